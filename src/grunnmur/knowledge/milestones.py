"""Dated events: what has happened or shall happen, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grunnmur.kernel import Unit
from grunnmur.knowledge.figures.periods import is_name
from grunnmur.knowledge.grids import grid_of
from grunnmur.knowledge.language.dates import DateKind, DateMatch, find_dates
from grunnmur.knowledge.language.nouns import is_function_word
from grunnmur.knowledge.language.spans import Span
from grunnmur.knowledge.model import Milestone
from grunnmur.knowledge.reading import Reading, Segment
from grunnmur.sources.documents.model import BlockKind, Document

# Verbs and nouns of change: something begins, ends, is decided, handed over or built.
_CHANGE = re.compile(
    r"\b(?:vedta|vedtatt|vedteke|beslutt|behandl|handsam|fremm|framlagt|fremlagt|lagt? (?:fram|frem|ned|ut)|"
    r"legges? (?:fram|frem|ned|ut)|iverksett|sett i verk|igangs|start|byrj|begyn|åpn|opn|ferdig|fullfør|innfør|"
    r"effektuer|avvik|avslutt|opphør|oppretta?|etabler|utvid|flytt|ta(?:tt|s)? i bruk|tek(?:ne|e) i bruk|evaluer|"
    r"ruller|revider|gjennomfør|systematiser|tr(?:er|eng|å) i kraft|i kraft|ansatt|tilsett|ansettes|overta|overført|"
    r"rekrutter|tilta|inntog|innleie|takk(?:et|a) ja|tilført|send[te]s?|kunngjør|lans|signer|inngå|bygg|konkurranse|"
    r"anskaff|leveres?|overlever|slå(?:tt|s) sammen|omorganis|erstatt|skifte[tr]|endre[ts]|styrke[ts]|reduseres|økes|"
    r"varsl|pilot|prøve[sd]|rapporteres?|oppgrader|rehabiliter|kjøp|sel[gj]|lukke[st]|stenge[st]|"
    r"kutte[st])\w*",
    re.I,
)
_GATHERING = re.compile(
    r"\b\w*(?:samling|møte|seminar|kurs|konferanse|høring|høyring|oppstart|bygging|åpning|opning)(?:er|ar|en|a|t)?\b",
    re.I,
)
_FROM = re.compile(
    r"(?:\b(?:(?<!er )(?<!var )(?:fra|frå)|f\.?o\.?m\.?|innen|innan|senest|seinast|med virkning fra|med verknad frå|"
    r"etter|før)(?:\s+(?:og med|utgangen av|sommeren|høsten|våren|starten av|året|år|den|ca\.?))*)\s*$",
    re.I,
)
_AT = re.compile(
    r"(?:\b(?:i|den|på|ved|tidlig i|seint i|sent i|sist i|slutten av|starten av|begynnelsen av|løpet av|til|om)\s*)$",
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
    r"\.$|\s[–-]\s(?=[a-zæøå])|(?<=\S)\s*[•●]",
)
_SUMS = frozenset({Unit.NOK, Unit.PERCENT})
_RECURRING = re.compile(r"\s*(?:hvert|kvart|hvert\s+\w+|kvart\s+\w+)\s+år\b|\s*årle?g", re.I)
_NEEDS_NO_PREPOSITION = frozenset({DateKind.DAY, DateKind.SEASON})
_LABEL = re.compile(r"\s*(?::|[–-]\s|\t)\s*(?=\S)")
_LEAD = re.compile(
    r"[\s(•●○\-–*]*(?:(?:i|fra|frå|innen|innan|pr\.?|den|ca\.?|medio|ultimo|primo|start|slutten av|til)\s+)*$", re.I
)
_FEWEST_WORDS = 2
_LONGEST_LINE = 80


def find_milestones(document: Document, reading: Reading | None = None) -> tuple[Milestone, ...]:
    """Dated events in the order of the text: time lines, sentences in which something happens, tables with dates."""
    reading = reading or Reading(document)
    found: list[Milestone] = []
    for segment in reading.segments:
        if segment.block.kind is BlockKind.TABLE:
            found.extend(_in_table(reading, segment))
        elif segment.block.kind is not BlockKind.FOOTNOTE:
            found.extend(_in_text(reading, segment))
    return tuple(_once(found))


def _in_text(reading: Reading, segment: Segment) -> Iterator[Milestone]:
    for date in segment.dates:
        if is_name(segment, date) or _is_source(segment, date):
            continue
        event = _line_event(segment, date)
        if event is None and _happens(reading, segment, date):
            event = _clause(segment, date) or _line_above(reading, segment, date)
        if event is not None:
            yield _milestone(reading, date, event)


def _milestone(reading: Reading, date: DateMatch, event: Span) -> Milestone:
    start, end = event
    words = " ".join(reading.document.text[start:end].split())
    return Milestone(date.iso, words, reading.document.page_at(start), start, end)


def _line_event(segment: Segment, date: DateMatch) -> Span | None:
    """«Juni 2025: oppstart …»: a date that opens its line and is followed by a colon, a dash or a tab."""
    text = segment.text
    line = max(text.rfind("\n", 0, date.start) + 1, segment.start)
    after = _LABEL.match(text, date.end, segment.end)
    if not _LEAD.fullmatch(text[line : date.start]) or after is None or date.as_of:
        return None
    following = [other.start for other in segment.dates if other.start > date.end and _opens_line(segment, other)]
    end = min([*following, segment.sentence(after.end())[1], segment.end])
    return _worded(text, after.end(), end)


def _opens_line(segment: Segment, date: DateMatch) -> bool:
    line = max(segment.text.rfind("\n", 0, date.start) + 1, segment.start)
    return bool(_LEAD.fullmatch(segment.text[line : date.start]) and _LABEL.match(segment.text, date.end, segment.end))


def _worded(text: str, start: int, end: int) -> Span | None:
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    end -= len(part) - len(part.rstrip(" \t\r\n.;,"))
    return (start, end) if len(re.findall(r"[^\W\d_]{2,}", text[start:end])) >= _FEWEST_WORDS else None


def _says_more_than(text: str, event: Span, date: DateMatch) -> bool:
    """Whether words of substance are left in an event when its date is taken away."""
    rest = text[event[0] : date.start] + text[date.end : event[1]]
    return len([word for word in re.findall(r"[^\W\d_]{2,}", rest) if not is_function_word(word)]) >= _FEWEST_WORDS


def _is_source(segment: Segment, date: DateMatch) -> bool:
    """A date that tells where a statement was taken from, or up to when a result counts."""
    text = segment.text
    before = text[max(segment.start, date.start - 60) : date.start]
    cited = _SOURCE_BEFORE.search(before) and (date.kind is not DateKind.DAY or _in_parentheses(segment, date))
    if date.as_of or cited or _RECURRING.match(text, date.end) or _RESULT_BEFORE.search(before):
        return True
    return _in_parentheses(segment, date) and not _only_date_in_parentheses(text, date)


def _in_parentheses(segment: Segment, date: DateMatch) -> bool:
    before = segment.text[segment.start : date.start]
    return before.count("(") > before.count(")")


def _only_date_in_parentheses(text: str, date: DateMatch) -> bool:
    return text[: date.start].endswith("(") and text[date.end :].startswith(")")


def _happens(reading: Reading, segment: Segment, date: DateMatch) -> bool:
    """Whether the clause tells of an event rather than of a level, a plan's name or the document's own date."""
    if date.iso == reading.today and date.start < _front(reading):
        return False
    if segment.block.kind is BlockKind.HEADING and date.kind in {DateKind.YEAR, DateKind.RANGE, DateKind.RELATIVE}:
        return False
    start, end = _clause(segment, date) or (date.start, date.end)
    words = segment.text[start:end]
    before = segment.text[max(segment.start, date.start - 40) : date.start]
    if date.kind is DateKind.RELATIVE or _has_sum(segment, start, end):
        return False
    if date.kind is DateKind.RANGE and (_in_parentheses(segment, date) or not _tells_change(words)):
        return False
    if date.kind is DateKind.DAY and not date.borrowed:
        return True
    if date.kind in _NEEDS_NO_PREPOSITION and _GATHERING.search(words) and not _counts(segment, start, end):
        return True
    if _FROM.search(before) and not re.match(r"\s*(?:til|-|–)\s*\d", segment.text[date.end : date.end + 8]):
        return True
    placed = _AT.search(before) or _LEAD.fullmatch(before) or _only_date_in_parentheses(segment.text, date)
    return bool(placed and _tells_change(words)) and not _counts(segment, start, end)


def _counts(segment: Segment, start: int, end: int) -> bool:
    """A clause that gives a number is a figure with a period, not an event."""
    return any(start <= number.start < end for number in segment.numbers)


def _tells_change(words: str) -> bool:
    return bool(_CHANGE.search(words) or _GATHERING.search(words))


def _has_sum(segment: Segment, start: int, end: int) -> bool:
    """A clause about money or a share: its date is the figure's."""
    return any(start <= number.start < end and number.unit in _SUMS for number in segment.numbers)


def _front(reading: Reading) -> int:
    pages = reading.document.pages
    return pages[0].end if pages else 0


def _clause(segment: Segment, date: DateMatch) -> Span | None:
    first, last = segment.sentence(date.start)
    start, end = first, last
    for match in _CLAUSE.finditer(segment.text, first, last):
        if match.end() <= date.start:
            start = match.end()
        elif match.start() >= date.end:
            end = match.start()
            break
    event = _worded(segment.text, start, end)
    if event is not None and not _says_more_than(segment.text, event, date):
        return _worded(segment.text, first, last)
    return event


def _line_above(reading: Reading, segment: Segment, date: DateMatch) -> Span | None:
    """A date alone on its line belongs to the short line above it («Fylkesmannens tilsyn», «3. mai 2023»)."""
    place = reading.place(segment)
    if segment.text[segment.start : segment.end].strip() != segment.text[date.start : date.end] or place == 0:
        return None
    above = reading.segments[place - 1]
    if above.block.page != segment.block.page or above.end - above.start > _LONGEST_LINE or above.dates:
        return None
    return above.start, date.end


def _in_table(reading: Reading, segment: Segment) -> Iterator[Milestone]:
    """A row with one date in a cell of its own and words in another; the first worded cell tells what happens."""
    grid = grid_of(segment.text, segment.block, reading.today)
    for row in grid.rows:
        cells = [*([row.span] if row.span else []), *(span for _, span in row.words)]
        dated = [(span, dates[0]) for span in cells if (dates := _whole_cell_dates(segment.text, span, reading.today))]
        worded = [span for span in cells if span not in [place for place, _ in dated] and _worded(segment.text, *span)]
        if len(dated) == 1 and worded:
            yield _milestone(reading, dated[0][1], worded[0])


def _whole_cell_dates(text: str, span: Span, today: str | None) -> list[DateMatch]:
    """The date of a cell that says little else."""
    words = text[slice(*span)]
    dates = find_dates(words, today)
    if len(dates) != 1:
        return []
    rest = words[: dates[0].start] + words[dates[0].end :]
    return dates if len(re.findall(r"[^\W\d_]{2,}", rest)) <= _FEWEST_WORDS else []


def _once(found: list[Milestone]) -> Iterator[Milestone]:
    seen: set[tuple[str, str]] = set()
    for milestone in found:
        key = (milestone.date, milestone.text.casefold())
        if key not in seen:
            seen.add(key)
            yield milestone
