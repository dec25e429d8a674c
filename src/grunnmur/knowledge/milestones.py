"""Dated events: what has happened or shall happen, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set

from grunnmur.kernel import Unit
from grunnmur.knowledge.event_lines import EventLines
from grunnmur.knowledge.event_words import DEADLINE, changes, gathers
from grunnmur.knowledge.figures.periods import is_name
from grunnmur.knowledge.language.dates import DateKind, DateMatch
from grunnmur.knowledge.language.nouns import is_function_word
from grunnmur.knowledge.language.spans import Span
from grunnmur.knowledge.milestone_tables import in_table
from grunnmur.knowledge.model import Milestone
from grunnmur.knowledge.plan_rows import plan_rows
from grunnmur.knowledge.reading import Reading, Segment
from grunnmur.knowledge.time_lines import LEAD, Entry, TimeLines, worded
from grunnmur.sources.documents.model import BlockKind, Document

_FROM = re.compile(
    r"(?:\b(?:(?<!er )(?<!var )(?:fra|frå)|f\.?o\.?m\.?|innen|innan|senest|seinast|med virkning fra|med verknad frå|"
    r"etter|før)(?:\s+(?:og med|utgangen av|sommeren|høsten|våren|starten av|"
    r"skolestart|skulestart|skoleåret|skuleåret|barnehageåret|nyttår|året|år|den|ca\.?))*)\s*$",
    re.I,
)
_AT = re.compile(
    r"(?:\b(?:i|den|på|ved|tidlig i|seint i|sent i|sist i|slutten av|starten av|begynnelsen av|løpet av|til|om|"
    r"ut|skolestart|skulestart|årsskiftet)\s*)$",
    re.I,
)
_SOURCE_BEFORE = re.compile(
    r"(?:rapport(?:en)?|tall|tal|undersøkelse[nr]?|undersøking\w*|statistikk(?:en)?|analyse[nr]?|artikkel(?:en)?|forskning(?:en)?|data|bok|"
    r"barometer(?:et)?|prognose[nr]?|framskriving\w*|studie\w*|evaluering\w*|notat(?:et)?|kilde|utgave[nr]?|publisert|utgitt|oppdatert)"
    r"[^.;:()]{0,25}$",
    re.I,
)
_RESULT_BEFORE = re.compile(
    r"(?:resultat|merforbruk|mindreforbruk|meirforbruk|budsjett|prognose|regnskap|rekneskap|fravær|effekten?)(?!\w*er)[^.;:()]{0,30}$",
    re.I,
)
_CLAUSE = re.compile(
    r"[;:!?]\s|,\s+(?=(?:og|men|mens|medan|som|ble|blei|blir|vart|vert|er|har|vil|skal|der|hvor|kor|at|slik|samt)\b)|\.\s+(?=[A-ZÆØÅ«])|"
    r"\.$|\s[–-]\s(?=[a-zæøå])|(?<=\S)\s*[•●]|,\s+(?=\w*(?:kostnad|innsparing|effekt|utgift)\b)",
)
_TIES = re.compile(r"\s*(?:i|fra|frå|for|per|pr\.?)?\s*", re.I)
_SUMS = frozenset({Unit.NOK, Unit.PERCENT})
_RECURRING = re.compile(r"\s*(?:hvert|kvart|hvert\s+\w+|kvart\s+\w+)\s+år\b|\s*årle?g", re.I)
_NEEDS_NO_PREPOSITION = frozenset({DateKind.DAY, DateKind.SEASON, DateKind.MONTH, DateKind.PART})
_AIM = re.compile(r"\b(?:innen|innan|senest|seinast)\s+(?:\w+\s+av\s+)?$", re.I)
_TARGET = re.compile(r"\bmål(?:et|tall)?\b", re.I)
_DECIDES = re.compile(
    r"\b(?:mål|sak|vedtak|vedtatt|behandl\w*|kommunestyre\w*|utvalg\w*|formannskap\w*|møte\w*)\b", re.I
)
_DONE = re.compile(
    r"(?:vedtatt|vedteke|vedtak|behandl|handsam|godkjen|åpn|opn|oppstart|start(?:er|ar|et|a)\b|legges|sluttbehandl)",
    re.I,
)
_FINITE = re.compile(
    r"\b(?:skal|vil|(?:gjennomfør|start|legg|lever|vedta|ferdigstill|avslutt)(?:e?s|ast|er|ar))\b", re.I
)
_SAME = re.compile(r"\s+(?:samme|same)\s+år", re.I)
_GOES_ON = re.compile(r"\s+og\s+(?=(?:\w+[ae]r|skal|vil|får|gir)\b)")
_JOINT = re.compile(r"\s*(?:og|men|mens|medan|samt)\s+")
_LABELS = re.compile(r"\s*(?::|[–-]\s|\t)\s*(?=\S)")
_SINCE = re.compile(r"\b(?:siden|sidan|mot|enn)\s+(?:i\s+)?$", re.I)
_BODY = re.compile(
    r"(?:kommunestyre\w*|formannskap\w*|bystyre\w*|\w*utval[g]?(?:et|get)?|\w*råd(?:et)?|styret|[–-]\s+[A-ZÆØÅ]{2,5})"
    r"(?:\s+den)?\s*$"
)
_SHARE_OF = re.compile(r"\s*av\s+(?:de|dei|disse|desse|alle)\b", re.I)
_CLOCK = re.compile(r"\s*,?\s*(?:kl\.?|klokk\w+)\s*\d", re.I)
_AIMS = re.compile(r"(?:\w*mål|mål\w*|ambisjon\w*)\b", re.I)
_SERIES = 2
_LONGEST_LABEL = 6
_LONGEST_EVENT = 100
_FEWEST_WORDS = 2
_LONGEST_LINE = 80
_LONGEST_SENTENCE = 2000
_LONGEST_HEADER = 200
_LONGEST_PARENTHESIS = 400


def find_milestones(document: Document, reading: Reading | None = None) -> tuple[Milestone, ...]:
    """Dated events in the order of the text: time lines, sentences in which something happens, tables with dates."""
    reading = reading or Reading(document)
    lines = EventLines(reading)
    rows = plan_rows(document, reading.today)
    entries = TimeLines(reading, lines).entries | {
        row.date.start: Entry(row.date, row.action) for row in rows if row.date is not None
    }
    beside = frozenset(at for row in rows if row.date is not None for at in range(*row.rest) if at not in entries)
    found: list[Milestone] = []
    for segment in reading.segments:
        if segment.block.kind is not BlockKind.FOOTNOTE:
            found.extend(_in_text(reading, segment, lines, entries, beside))
    known = {date.start for segment in reading.segments for date in segment.dates}
    found.extend(_milestone(reading, one.date, one.event) for start, one in entries.items() if start not in known)
    for grid in reading.grids:
        found.extend(_milestone(reading, entry.date, entry.event) for entry in in_table(reading, grid))
    return tuple(_once(sorted(found, key=lambda milestone: milestone.start)))


def _in_text(
    reading: Reading, segment: Segment, lines: EventLines, entries: Mapping[int, Entry], beside: Set[int]
) -> Iterator[Milestone]:
    """Events of the block's dates, those in tables and those ``beside`` a row's deadline left out."""
    for date in segment.dates:
        if date.start in reading.in_text_grids or date.start in beside:
            continue
        entry = entries.get(date.start)
        if entry is not None and not is_name(segment, date):
            yield _milestone(reading, entry.date, entry.event)
            continue
        if is_name(segment, date) or _is_source(segment, date) or not _happens(reading, segment, date, lines):
            continue
        event = _clause(segment, date, lines.at(segment, date.start)) or _line_above(reading, segment, date)
        if event is not None:
            yield _milestone(reading, date, event)


def _milestone(reading: Reading, date: DateMatch, event: Span) -> Milestone:
    start, end = event
    words = " ".join(reading.document.text[start:end].split())
    return Milestone(date.iso, words, reading.document.page_at(start), start, end)


def _says_more_than(text: str, event: Span, date: DateMatch) -> bool:
    """Whether words of substance are left in an event when its date is taken away."""
    rest = text[event[0] : date.start] + text[date.end : event[1]]
    return len([word for word in re.findall(r"[^\W\d_]{2,}", rest) if not is_function_word(word)]) >= _FEWEST_WORDS


def _is_source(segment: Segment, date: DateMatch) -> bool:
    """A date that tells where a statement was taken from, or up to when a result counts."""
    text = segment.text
    before = text[max(segment.start, date.start - 60) : date.start]
    source = _SOURCE_BEFORE.search(before)
    cited = (
        source and not _FINITE.search(source[0]) and (date.kind is not DateKind.DAY or _in_parentheses(segment, date))
    )
    resulted = _RESULT_BEFORE.search(before) and not _BODY.search(before)
    if date.as_of or cited or _RECURRING.match(text, date.end) or resulted:
        return True
    if not _in_parentheses(segment, date) or _only_date_in_parentheses(segment, date):
        return False
    return not _DECIDES.search(
        text[text.rfind("(", max(segment.start, date.start - _LONGEST_PARENTHESIS), date.start) : date.start]
    )


def _in_parentheses(segment: Segment, date: DateMatch) -> bool:
    start = max(segment.start, date.start - _LONGEST_PARENTHESIS)
    opened, closed = (segment.text.rfind(mark, start, date.start) for mark in "()")
    return opened > closed


def _only_date_in_parentheses(segment: Segment, date: DateMatch) -> bool:
    """«Samling for ledere (2022)»: the date alone in parentheses that end the sentence."""
    text = segment.text
    if not text.startswith("(", max(0, date.start - 1)) or not text.startswith(")", date.end):
        return False
    return text[date.end + 1 : segment.end].lstrip()[:1] in {"", ".", ";"}


def _happens(reading: Reading, segment: Segment, date: DateMatch, lines: EventLines) -> bool:
    """Whether the clause tells of an event rather than of a level, a plan's name or the document's own date."""
    line = lines.at(segment, date.start)
    if date.iso == reading.today and not _is_own_event(segment, date, line):
        return False
    if segment.block.kind is BlockKind.HEADING and date.kind in {DateKind.YEAR, DateKind.RANGE, DateKind.RELATIVE}:
        return False
    start, end = _clause(segment, date, line) or (date.start, date.end)
    words = segment.text[start:end]
    before = segment.text[max(segment.start, date.start - 40) : date.start]
    if date.kind is DateKind.RELATIVE or _is_header(segment) or _elsewhen(segment, date, before):
        return False
    if (
        date.kind is not DateKind.RANGE
        and not date.borrowed
        and _is_target(reading, lines.heading(segment), date, words)
    ):
        return True
    if _dates_a_sum(segment, date):
        return False
    if _AIM.search(before) or DEADLINE.search(words):
        return True
    if _has_sum(segment, start, end) and (not changes(words) or _SHARE_OF.match(words)):
        return False
    return _occurs(segment, date, (start, end), before)


def _occurs(segment: Segment, date: DateMatch, clause: Span, before: str) -> bool:
    """Whether the date's own shape and the words round it place an event."""
    changed = _tells_change(segment, clause)
    if date.kind is DateKind.RANGE:
        placed = (
            _FROM.search(before)
            or _AT.search(before)
            or LEAD.fullmatch(before)
            or len(date.iso) > len("2025-01/2025-02")
        )
        return bool(placed) and changed and not _in_parentheses(segment, date)
    if date.kind is DateKind.YEAR and not _FROM.search(before) and _counts_often(segment, clause):
        return False
    if date.kind is DateKind.DAY and (not date.borrowed or _BODY.search(before)):
        return True
    if date.kind in _NEEDS_NO_PREPOSITION and changed:
        return True
    if _FROM.search(before) and not re.match(r"\s*(?:til|-|–)\s*\d", segment.text[date.end : date.end + 8]):
        return True
    placed = _AT.search(before) or LEAD.fullmatch(before) or _only_date_in_parentheses(segment, date)
    return bool(placed) and changed


def _elsewhen(segment: Segment, date: DateMatch, before: str) -> bool:
    """«siden januar», «mot 5 100 i 2019», «i juni samme år»: not the time of what the clause tells."""
    return _SINCE.search(before) is not None or (date.borrowed and _SAME.match(segment.text, date.end) is not None)


def _is_own_event(segment: Segment, date: DateMatch, line: Span) -> bool:
    """The document's own date is an event where a clock time or a verb stands by it («Folkemøte 3. mai kl. 18»)."""
    text = segment.text
    clock = _CLOCK.match(text, date.end, line[1]) is not None and gathers(
        text[line[0] : min(line[1], line[0] + _LONGEST_HEADER)]
    )
    return clock or _DONE.match(text, segment.start) is not None


def _is_target(reading: Reading, heading: str, date: DateMatch, words: str) -> bool:
    """A level to be reached: the clause says «mål», or a heading does and the year has yet to come."""
    if _TARGET.search(words):
        return True
    if date.kind is not DateKind.YEAR or reading.today is None or date.iso <= reading.today[:4]:
        return False
    return _AIMS.match(heading) is not None


def _counts(segment: Segment, start: int, end: int) -> bool:
    """A clause that gives a number is a figure with a period, not an event."""
    return any(not number.spelled and number.unit is not None for number in segment.numbers_in(start, end))


def _is_header(segment: Segment) -> bool:
    """Two times or more and hardly a word between them: the head of a table."""
    if len(segment.dates) < 2 or segment.end - segment.start > _LONGEST_HEADER:
        return False
    if changes(segment.text[segment.start : segment.end]):
        return False
    words = re.findall(r"[^\W\d_]{2,}", segment.text[segment.start : segment.end])
    return len(words) <= 2 * len(segment.dates) + 1 and not _LABELS.search(segment.text, segment.start, segment.end)


def _dates_a_sum(segment: Segment, date: DateMatch) -> bool:
    """«kr 400 000 i 2024»: the date is the amount's."""
    before = segment.numbers_in(max(segment.start, date.start - 60), date.start)
    if not before or before[-1].unit not in _SUMS:
        return False
    return bool(_TIES.fullmatch(segment.text[before[-1].end : date.start]))


def _tells_change(segment: Segment, span: Span) -> bool:
    """A verb of change, or a meeting or decision; a clause that only counts («70 tok kurs») is a figure."""
    words = segment.text[slice(*span)]
    return changes(words) or (gathers(words) and not _counts(segment, *span))


def _counts_often(segment: Segment, span: Span) -> bool:
    """«64 i 2022, 31 i 2023»: two counts or more make a series of figures."""
    return len([number for number in segment.numbers_in(*span) if not number.spelled]) >= _SERIES


def _has_sum(segment: Segment, start: int, end: int) -> bool:
    """A clause about money or a share: its date is the figure's."""
    return any(number.unit in _SUMS for number in segment.numbers_in(start, end))


def _clause(segment: Segment, date: DateMatch, line: Span) -> Span | None:
    """The part of the date's sentence that speaks of it, with a short label before a colon kept."""
    sentence = segment.whole_sentence(date.start)
    first, last = max(sentence[0], line[0]), min(sentence[1], line[1])
    if last - first > _LONGEST_SENTENCE:  # a list or a table gone flat: nothing that long tells one event
        return None
    start, end = first, last
    for match in _CLAUSE.finditer(segment.text, first, last):
        if match.end() <= date.start:
            start = start if _is_label(segment.text[first : match.end()]) else match.end()
        elif match.start() >= date.end:
            end = match.start()
            break
    start, end = _own_part(segment, date, (start, end))
    goes_on = _GOES_ON.search(segment.text, date.end, end) if changes(segment.text[start : date.end]) else None
    end = goes_on.start() if goes_on and end - start > _LONGEST_EVENT else end
    joint = _JOINT.match(segment.text, start, date.start)
    start = joint.end() if joint else start
    event = worded(segment.text, start, end)
    narrowed = (start, end) != (first, last) and changes(segment.text[start:end])
    if event is None or not (narrowed or _says_more_than(segment.text, event, date)):
        return worded(segment.text, first, last) or _short_line(segment, first, last)
    return event


def _is_label(words: str) -> bool:
    return words.rstrip().endswith(":") and len(words.split()) <= _LONGEST_LABEL


def _own_part(segment: Segment, date: DateMatch, clause: Span) -> Span:
    """«byggestart i mai, ferdig i juni»: the part of the date, where each part tells of change."""
    text, (start, end) = segment.text, clause
    for other in segment.dates_in(start, end):
        if is_name(segment, other):
            continue
        if other.end <= date.start:
            comma = text.rfind(", ", other.end, date.start)
            start = comma + 2 if comma >= 0 and changes(text[comma : date.end]) else start
        elif other.start >= date.end:
            comma = text.find(", ", date.end, other.start)
            return (start, comma) if comma >= 0 and changes(text[comma:end]) else (start, end)
    return start, end


def _short_line(segment: Segment, first: int, last: int) -> Span | None:
    """«Oppstart: 01.11.22»: one word of substance is enough when the line is no more than that and a date."""
    line = segment.text[first:last]
    return (first, last) if len(line) <= _LONGEST_LINE and re.search(r"[^\W\d_]{4}", line) else None


def _line_above(reading: Reading, segment: Segment, date: DateMatch) -> Span | None:
    """A date alone on its line belongs to what leads up to it («Frist for å lukke:») or to the short line above it."""
    place = reading.place(segment)
    if (segment.start, segment.end) != (date.start, date.end) or place == 0:
        return None
    above = reading.segments[place - 1]
    if above.block.page != segment.block.page or above.block.kind is BlockKind.TABLE:
        return None
    if segment.text.endswith(":", above.start, above.end):
        return worded(segment.text, above.sentence(above.end - 1)[0], date.end)
    if above.end - above.start > _LONGEST_LINE or above.dates:
        return None
    return above.start, date.end


def _once(found: list[Milestone]) -> Iterator[Milestone]:
    seen: set[tuple[str, str]] = set()
    for milestone in found:
        key = (milestone.date, milestone.text.casefold())
        if key not in seen:
            seen.add(key)
            yield milestone
