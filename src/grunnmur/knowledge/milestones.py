"""Dated events: what has happened or shall happen, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from grunnmur.kernel import Unit
from grunnmur.knowledge.figures.periods import is_name
from grunnmur.knowledge.grids import Grid
from grunnmur.knowledge.language.dates import DateKind, DateMatch, find_dates
from grunnmur.knowledge.language.nouns import is_function_word
from grunnmur.knowledge.language.spans import Span
from grunnmur.knowledge.model import Milestone
from grunnmur.knowledge.reading import Reading, Segment
from grunnmur.sources.documents.model import BlockKind, Document

# Verbs and nouns of change: something begins, ends, is decided, handed over or built.
_CHANGE = re.compile(
    r"\b(?:vedta|vedtatt|vedteke|beslutt|behandl|handsam|fremm|framlagt|fremlagt|lagt? (?:fram|frem|ned|ut)|"
    r"legges? (?:fram|frem|ned|ut)|iverksett|sett i verk|igangs|start|oppstart|byrj|begyn|åpn|opn|ferdig|fullfør|"
    r"innfør|effektuer|avvik|avslutt|opphør|oppretta?|etabler|utvid|flytt|ta(?:tt|s)? i bruk|tek(?:ne|e) i bruk|"
    r"evaluer|ruller|revider|gjennomfør|systematiser|tr(?:er|eng|å) i kraft|i kraft|ansettes|tilsettes|overta|"
    r"overført|rekrutter|tilta(?!k)|inntog|innleie|takk(?:et|a) ja|tilført|send[te]s?|kunngjør|lans|signer|inngå|"
    r"bygg|konkurranse|anskaff|leveres?|overlever|slå(?:tt|s) sammen|omorganis|erstatt|skifte[tr]|endre[ts]|"
    r"styrke[ts]|reduseres|økes|varsl|pilot|prøve[sd]|rapporteres?|oppgrader|rehabiliter|kjøp|sel[gj]|lukke[st]|"
    r"stenge[st]|kutte[st]|tas inn|slutt|rapport|sak i|varer ut|holdt|halde|klar\b|på plass|i drift)\w*",
    re.I,
)
_GATHERING = re.compile(
    r"\b\w*(?:samling|møte|seminar|kurs|konferanse|høring|høyring|bygging|åpning|opning|melding|start|plan|kommunestyre|"
    r"formannskap|bystyre)(?:r|er|ar|en|ne|ene|ane|a|t)?\b",
    re.I,
)
_FROM = re.compile(
    r"(?:\b(?:(?<!er )(?<!var )(?:fra|frå)|f\.?o\.?m\.?|innen|innan|senest|seinast|med virkning fra|med verknad frå|"
    r"etter|før)(?:\s+(?:og med|utgangen av|sommeren|høsten|våren|starten av|"
    r"skolestart|skulestart|nyttår|året|år|den|ca\.?))*)\s*$",
    re.I,
)
_AT = re.compile(
    r"(?:\b(?:i|den|på|ved|tidlig i|seint i|sent i|sist i|slutten av|starten av|begynnelsen av|løpet av|til|om|"
    r"ut)\s*)$",
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
_TIES = re.compile(r"\s*(?:i|fra|frå|for|per|pr\.?)?\s*", re.I)
_SUMS = frozenset({Unit.NOK, Unit.PERCENT})
_RECURRING = re.compile(r"\s*(?:hvert|kvart|hvert\s+\w+|kvart\s+\w+)\s+år\b|\s*årle?g", re.I)
_NEEDS_NO_PREPOSITION = frozenset({DateKind.DAY, DateKind.SEASON, DateKind.MONTH, DateKind.PART})
_AIM = re.compile(r"\b(?:innen|innan|senest|seinast)\s+(?:\w+\s+av\s+)?$", re.I)
_TARGET = re.compile(r"\bmål(?:et|tall)?\b", re.I)
_DECIDES = re.compile(
    r"\b(?:mål|sak|vedtak|vedtatt|behandl\w*|kommunestyre\w*|utvalg\w*|formannskap\w*|møte\w*)\b", re.I
)
_LABEL = re.compile(r"\s*(?::|[–-]\s|\t)\s*(?=\S)")
_LEAD = re.compile(
    r"[\s(•●○\-–*]*(?:(?:i|fra|frå|innen|innan|pr\.?|den|ca\.?|medio|ultimo|primo|start|slutten av|til)\s+)*$", re.I
)
_FEWEST_WORDS = 2
_LONGEST_LINE = 80
_LONGEST_SENTENCE = 2000
_LONGEST_ENTRY = 120
_LONGEST_HEADER = 200
_LONGEST_LEAD = 8
_CAPITAL = re.compile(r"[ \t]+(?=[A-ZÆØÅ][^\W\d_])")


def find_milestones(document: Document, reading: Reading | None = None) -> tuple[Milestone, ...]:
    """Dated events in the order of the text: time lines, sentences in which something happens, tables with dates."""
    reading = reading or Reading(document)
    found: list[Milestone] = []
    for segment in reading.segments:
        if segment.block.kind is not BlockKind.FOOTNOTE:
            found.extend(_in_text(reading, segment))
    for grid in reading.grids:
        found.extend(_in_table(reading, grid))
    return tuple(_once(sorted(found, key=lambda milestone: milestone.start)))


def _in_text(reading: Reading, segment: Segment) -> Iterator[Milestone]:
    for written in segment.dates:
        if written.start in reading.in_text_grids:
            continue
        date = _in_time_line(reading, segment, written)
        if is_name(segment, date) or _is_source(segment, date):
            continue
        event = _line_event(segment, date)
        if event is None and _happens(reading, segment, date):
            event = _clause(segment, date) or _line_above(reading, segment, date)
        if event is not None:
            yield _milestone(reading, date, event)


def _in_time_line(reading: Reading, segment: Segment, date: DateMatch) -> DateMatch:
    """An entry without a year follows the entry before it on its page: «Januar 2024 …», «Mars …», «Januar …»."""
    if not date.borrowed or date.kind is not DateKind.MONTH or _line_event(segment, date) is None:
        return date
    before = _entries_before(reading, segment)
    if not before:
        return date
    year = before[0].year
    months = [int(entry.iso[5:7]) for entry in before if len(entry.iso) == 7] + [int(date.iso[5:7])]
    return replace(date, iso=f"{year + sum(b < a for a, b in pairwise(months))}-{months[-1]:02d}")


def _entries_before(reading: Reading, segment: Segment) -> list[DateMatch]:
    """Time line dates of the lines above on the same page, back to the nearest with a year, which comes first here."""
    found: list[DateMatch] = []
    for index in range(reading.place(segment) - 1, -1, -1):
        earlier = reading.segments[index]
        dates = [date for date in earlier.dates if _line_event(earlier, date)]
        if earlier.block.page != segment.block.page:
            return []
        found.extend(reversed(dates))
        if dates and not dates[0].borrowed:
            return found[::-1]
    return []


def _milestone(reading: Reading, date: DateMatch, event: Span) -> Milestone:
    start, end = event
    words = " ".join(reading.document.text[start:end].split())
    return Milestone(date.iso, words, reading.document.page_at(start), start, end)


def _line_event(segment: Segment, date: DateMatch) -> Span | None:
    """«Juni 2025: oppstart …»: a date that opens its line and is followed by a colon, a dash or a tab."""
    text = segment.text
    line = max(text.rfind("\n", 0, date.start) + 1, segment.start)
    after = _LABEL.match(text, date.end, segment.end) or _entry(segment, date)
    if not _LEAD.fullmatch(text[line : date.start]) or after is None or date.as_of:
        return None
    following = [
        other.start
        for other in segment.dates_in(date.end, segment.sentence(after.end())[1])
        if _opens_line(segment, other)
    ]
    end = min([*following, segment.sentence(after.end())[1], segment.end])
    return _worded(text, after.end(), end)


def _entry(segment: Segment, date: DateMatch) -> re.Match[str] | None:
    """«Juni 2026 Statusmelding til rådet»: a short line of its own, a capital letter after the date, no full stop."""
    after = _CAPITAL.match(segment.text, date.end, segment.end)
    short = segment.end - segment.start <= _LONGEST_ENTRY and not segment.text.endswith(".", segment.start, segment.end)
    return after if short and date.start - segment.start < _LONGEST_LEAD else None


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
    if not _in_parentheses(segment, date) or _only_date_in_parentheses(segment, date):
        return False
    return not _DECIDES.search(text[text.rfind("(", segment.start, date.start) : date.start])


def _in_parentheses(segment: Segment, date: DateMatch) -> bool:
    opened, closed = (segment.text.rfind(mark, segment.start, date.start) for mark in "()")
    return opened > closed


def _only_date_in_parentheses(segment: Segment, date: DateMatch) -> bool:
    """«Samling for ledere (2022)»: the date alone in parentheses that end the sentence."""
    text = segment.text
    if not text.startswith("(", max(0, date.start - 1)) or not text.startswith(")", date.end):
        return False
    return text[date.end + 1 : segment.end].lstrip()[:1] in {"", ".", ";"}


def _happens(reading: Reading, segment: Segment, date: DateMatch) -> bool:
    """Whether the clause tells of an event rather than of a level, a plan's name or the document's own date."""
    if date.iso == reading.today and not _CHANGE.match(segment.text, segment.start):
        return False
    if segment.block.kind is BlockKind.HEADING and date.kind in {DateKind.YEAR, DateKind.RANGE, DateKind.RELATIVE}:
        return False
    start, end = _clause(segment, date) or (date.start, date.end)
    words = segment.text[start:end]
    before = segment.text[max(segment.start, date.start - 40) : date.start]
    if date.kind is DateKind.RELATIVE or _dates_a_sum(segment, date) or _is_header(segment):
        return False
    before = segment.text[max(segment.start, date.start - 40) : date.start]
    if (_AIM.search(before) or _TARGET.search(words)) and date.kind is not DateKind.RANGE and not date.borrowed:
        return True
    if _has_sum(segment, start, end) and not _CHANGE.search(words):
        return False
    if date.kind is DateKind.RANGE and (_in_parentheses(segment, date) or not _tells_change(segment, (start, end))):
        return False
    if date.kind is DateKind.DAY and not date.borrowed:
        return True
    if date.kind in _NEEDS_NO_PREPOSITION and _tells_change(segment, (start, end)):
        return True
    if _FROM.search(before) and not re.match(r"\s*(?:til|-|–)\s*\d", segment.text[date.end : date.end + 8]):
        return True
    placed = _AT.search(before) or _LEAD.fullmatch(before) or _only_date_in_parentheses(segment, date)
    return bool(placed) and _tells_change(segment, (start, end))


def _counts(segment: Segment, start: int, end: int) -> bool:
    """A clause that gives a number is a figure with a period, not an event."""
    return any(not number.spelled and number.unit is not None for number in segment.numbers_in(start, end))


def _is_header(segment: Segment) -> bool:
    """Two times or more and hardly a word between them: the head of a table."""
    if len(segment.dates) < 2 or segment.end - segment.start > _LONGEST_HEADER:
        return False
    words = re.findall(r"[^\W\d_]{2,}", segment.text[segment.start : segment.end])
    return len(words) <= 2 * len(segment.dates) + 1 and not _LABEL.search(segment.text, segment.start, segment.end)


def _dates_a_sum(segment: Segment, date: DateMatch) -> bool:
    """«kr 400 000 i 2024»: the date is the amount's."""
    before = segment.numbers_in(max(segment.start, date.start - 60), date.start)
    if not before or before[-1].unit not in _SUMS:
        return False
    return bool(_TIES.fullmatch(segment.text[before[-1].end : date.start]))


def _tells_change(segment: Segment, span: Span) -> bool:
    """A verb of change, or a meeting or decision; a clause that only counts («70 tok kurs») is a figure."""
    words = segment.text[slice(*span)]
    return bool(_CHANGE.search(words)) or (bool(_GATHERING.search(words)) and not _counts(segment, *span))


def _has_sum(segment: Segment, start: int, end: int) -> bool:
    """A clause about money or a share: its date is the figure's."""
    return any(number.unit in _SUMS for number in segment.numbers_in(start, end))


def _clause(segment: Segment, date: DateMatch) -> Span | None:
    first, last = segment.sentence(date.start)
    if last - first > _LONGEST_SENTENCE:  # a list or a table gone flat: nothing that long tells one event
        return None
    start, end = first, last
    for match in _CLAUSE.finditer(segment.text, first, last):
        if match.end() <= date.start:
            start = match.end()
        elif match.start() >= date.end:
            end = match.start()
            break
    event = _worded(segment.text, start, end)
    if event is None or not _says_more_than(segment.text, event, date):
        return _worded(segment.text, first, last) or _short_line(segment, first, last)
    return event


def _short_line(segment: Segment, first: int, last: int) -> Span | None:
    """«Oppstart: 01.11.22»: one word of substance is enough when the line is no more than that and a date."""
    line = segment.text[first:last]
    return (first, last) if len(line) <= _LONGEST_LINE and re.search(r"[^\W\d_]{4}", line) else None


def _line_above(reading: Reading, segment: Segment, date: DateMatch) -> Span | None:
    """A date alone on its line belongs to the short line above it («Fylkesmannens tilsyn», «3. mai 2023»)."""
    place = reading.place(segment)
    if (segment.start, segment.end) != (date.start, date.end) or place == 0:
        return None
    above = reading.segments[place - 1]
    if above.block.page != segment.block.page or above.end - above.start > _LONGEST_LINE or above.dates:
        return None
    return above.start, date.end


def _in_table(reading: Reading, grid: Grid) -> Iterator[Milestone]:
    """A row with one date in a cell of its own and words in another; the first worded cell tells what happens."""
    text = reading.document.text
    for row in grid.rows:
        cells = [*([row.span] if row.span else []), *(span for _, span in row.words)]
        dated = [(span, dates[0]) for span in cells if (dates := _whole_cell_dates(text, span, reading.today))]
        worded = [span for span in cells if span not in [place for place, _ in dated] and _worded(text, *span)]
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
