"""Time lines: a date and what happens then, beside each other on a line or one above the other."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from grunnmur.kernel import Unit
from grunnmur.knowledge.event_lines import EventLines
from grunnmur.knowledge.event_words import TIME_LINE, changes
from grunnmur.knowledge.language.dates import DateKind, DateMatch
from grunnmur.knowledge.language.spans import Span
from grunnmur.knowledge.reading import Reading, Segment
from grunnmur.sources.documents.model import BlockKind

LABEL = re.compile(r"\s*(?::|[–-]\s|\t|\|)\s*(?=\S)|(?:[^\S\n]{2,}|\s*\n\s*)(?=[^\W\d_«“(])")
LEAD = re.compile(
    r"[\s(•●○▪■→*–-]*(?:(?:i|fra|frå|innen|innan|pr\.?|den|ca\.?|medio|ultimo|primo|start|slutten av|til|utgangen av"
    r"|løpet av|tidlig|seint|sent|man(?:dag)?|tirs?(?:dag)?|ons(?:dag)?|tors?(?:dag)?|fre(?:dag)?"
    r"|lør(?:dag)?|søn(?:dag)?)\.?\s+)*$",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"[ \t]+(?=[A-ZÆØÅ«][^\W\d_])")
_GAP = re.compile(r"(?P<words>.*?\S)(?:\s*:\s*|\s+[–-]\s+|\t\s*|[^\S\n]{2,}|\s*\|\s*)$", re.DOTALL)
_BARE_DAY = re.compile(
    r"(?P<when>(?P<day>[12]\d|3[01]|0?[1-9])\.\s?(?P<month>1[0-2]|0?[1-9])\.?)(?:\s*[:–-]\s*|\s+)(?=[A-ZÆØÅ«])"
)
_CELL_END = re.compile(r"\s*(?:\||\t|[^\S\n]{2,})")
_REST = re.compile(r"[\s.,;)]*(?:kl\.?\s*[\d.:–-]+)?[\s.,;)]*$", re.IGNORECASE)
_LONGEST_ENTRY = 120
_LONGEST_LEAD = 8
_LONGEST_APPROACH = 40
_FEWEST_STACKED = 3
_FEWEST_TOLD = 2
_SUMS = frozenset({Unit.NOK, Unit.PERCENT})


@dataclass(frozen=True, slots=True)
class Entry:
    """A date and the stretch of text that says what happens then."""

    date: DateMatch
    event: Span


def worded(text: str, start: int, end: int, fewest: int = 2) -> Span | None:
    """The stretch without white space and stops round it, when it has words enough."""
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    end -= len(part) - len(part.rstrip(" \t\r\n.;,"))
    words = re.findall(r"[^\W\d_]{2,}", text[start:end])
    shortest = 2 if fewest == 1 else 4  # «SG 3» says enough where a time line is known to stand
    return (start, end) if len(words) >= fewest and any(len(word) >= shortest for word in words) else None


def leads(text: str, start: int, at: int) -> bool:
    """Whether nothing but bullets, prepositions and days of the week stands between two places."""
    return at - start <= _LONGEST_APPROACH and LEAD.fullmatch(text, start, at) is not None


def line_event(segment: Segment, date: DateMatch, line: Span, fewest: int = 2) -> Span | None:
    """«Juni 2025: oppstart …»: a date that opens its line, something that sets it apart, and words."""
    text, (start, end) = segment.text, line
    if date.as_of or not leads(text, start, date.start):
        return None
    after = LABEL.match(text, date.end, end) or _entry(text, date, line)
    if after is None:
        return None
    if ":" not in after[0] and _is_sum(segment, date, end):
        return None
    following = [other.start for other in segment.dates_in(date.end, end) if _opens(segment, other)]
    return worded(text, after.end(), min([*following, segment.sentence(after.end())[1], end]), fewest)


def _is_sum(segment: Segment, date: DateMatch, end: int) -> bool:
    """«2024  Budsjett 3 mill. kr»: a row of a table, not of a time line."""
    sums = any(number.unit in _SUMS for number in segment.numbers_in(date.end, end))
    return sums and not changes(segment.text[date.end : end])


def _entry(text: str, date: DateMatch, line: Span) -> re.Match[str] | None:
    """«Juni 2026 Statusmelding til rådet»: a short line of its own, a capital letter after the date, no full stop."""
    start, end = line
    after = _CAPITAL.match(text, date.end, end)
    short = end - start <= _LONGEST_ENTRY and not text.endswith(".", start, end)
    return after if short and date.start - start < _LONGEST_LEAD else None


def _opens(segment: Segment, date: DateMatch) -> bool:
    text = segment.text
    line = max(text.rfind("\n", 0, date.start) + 1, segment.start)
    return bool(leads(text, line, date.start) and LABEL.match(text, date.end, segment.end))


class TimeLines:
    """The entries of every time line in a document, by where their dates begin."""

    def __init__(self, reading: Reading, lines: EventLines) -> None:
        self._lines, self._year = lines, reading.today[:4] if reading.today else None
        self.entries: dict[int, Entry] = {}
        pages: dict[int, list[Segment]] = defaultdict(list)
        for segment in reading.segments:
            if self._year and self._told(segment):
                self.entries.update((entry.date.start, entry) for entry in self._bare_days(segment))
            pages[segment.block.page].append(segment)
        for page in pages.values():
            self._read(page)

    def _read(self, page: Sequence[Segment]) -> None:
        opening = [entry for segment in page for entry in self._opening(segment)]
        closing = [entry for segment in page for entry in self._closing(segment)]
        stacked = list(self._stacked(page))
        for entry in [*_years_borne(opening), *closing, *stacked]:
            self.entries.setdefault(entry.date.start, entry)

    def _told(self, segment: Segment) -> bool:
        """Whether the heading above says that a time line follows."""
        return TIME_LINE.search(self._lines.heading(segment)) is not None

    def _bare_days(self, segment: Segment) -> Iterator[Entry]:
        """«15.11 Høringsfrist»: a day and a month as numbers, which only a time line lets one read as a date."""
        text = segment.text
        for start, end in self._lines.of(segment):
            match = _BARE_DAY.match(text, start, end)
            event = worded(text, match.end(), end, 1) if match else None
            if match is None or event is None or segment.dates_in(start, match.end()):
                continue
            try:
                iso = datetime.date(int(self._year or 0), int(match["month"]), int(match["day"])).isoformat()
            except ValueError:
                continue
            yield Entry(DateMatch(start, match.end("when"), iso, DateKind.DAY, borrowed=True), event)

    def _opening(self, segment: Segment) -> Iterator[Entry]:
        """Lines that begin with a date."""
        if segment.block.kind is BlockKind.FOOTNOTE or not segment.dates:
            return
        fewest = 1 if self._told(segment) else 2
        for date in segment.dates:
            event = line_event(segment, date, self._lines.at(segment, date.start), fewest)
            if event is not None:
                yield Entry(date, event)

    def _closing(self, segment: Segment) -> Iterator[Entry]:
        """«Kontrakt signert    mars 2026»: lines that end in a date set apart from the words."""
        if segment.block.kind in {BlockKind.FOOTNOTE, BlockKind.HEADING} or not segment.dates:
            return
        found = [entry for date in segment.dates if (entry := self._closed(segment, date))]
        plan = self._told(segment)
        for entry in found:
            if plan or changes(segment.text[slice(*entry.event)]):
                yield entry

    def _closed(self, segment: Segment, date: DateMatch) -> Entry | None:
        text = segment.text
        start, end = self._lines.at(segment, date.start)
        if date.as_of or end - start > _LONGEST_ENTRY:
            return None
        before = text[start : date.start]
        gap = _GAP.match(re.sub(r"(?:i|innen|innan|fra|frå|den)\s+$", "", before))
        if not _REST.fullmatch(text[date.end : end]) or gap is None:
            return None
        stop = start + gap.end("words")
        earlier = segment.dates_in(start, date.start)
        if earlier:  # «Bygging | august 2026 | desember 2027»
            cell = _CELL_END.search(text, start, date.start)
            if cell is None or cell.end() > earlier[0].start:
                return None
            stop = cell.start()
        event = worded(text, start, stop, 1)
        return Entry(date, event) if event and not segment.numbers_in(*event) else None

    def _stacked(self, page: Sequence[Segment]) -> Iterator[Entry]:
        """Dates alone on their lines, each with the words under it, or each with those above it."""
        rows = [(segment, line) for segment in page if segment.block.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}
                for line in self._lines.of(segment)]  # fmt: skip
        dates = [self._alone(segment, line) for segment, line in rows]
        alone = [place for place, date in enumerate(dates) if date]
        told = bool(alone) and self._told(rows[alone[0]][0])
        if len(alone) < (_FEWEST_TOLD if told else _FEWEST_STACKED):
            return
        known = [date for date in dates if date]
        if any(b - a == 1 for a, b in pairwise(alone)) or any(a.iso == b.iso for a, b in pairwise(known)):
            return  # dates side by side, or the same one again, head the columns of a table
        step = 1 if alone[0] == 0 or alone[-1] < len(rows) - 1 else -1
        for place in alone:
            date = dates[place]
            if date is None or not 0 <= place + step < len(rows):
                continue
            segment, line = rows[place + step]
            event = worded(segment.text, *_whole(segment, line), 1)
            if event and not segment.numbers_in(*event):
                yield Entry(date, event)

    def _alone(self, segment: Segment, line: Span) -> DateMatch | None:
        dates = segment.dates_in(*line)
        if len(dates) != 1 or dates[0].kind is DateKind.RELATIVE or dates[0].as_of:
            return None
        text, date = segment.text, dates[0]
        if not leads(text, line[0], date.start) or not _REST.fullmatch(text[date.end : line[1]]):
            return None
        return date


def _whole(segment: Segment, line: Span) -> Span:
    """The line, or all of a short block that begins with it."""
    short = line[0] == segment.start and segment.end - segment.start <= _LONGEST_ENTRY
    return (segment.start, segment.end) if short and not segment.dates else line


def _years_borne(entries: Sequence[Entry]) -> Iterator[Entry]:
    """An entry without a year follows the one before it: «Januar 2024 …», «Mars …», «Januar …»."""
    before: DateMatch | None = None
    for entry in entries:
        date = entry.date
        if before is not None and date.borrowed and date.kind in {DateKind.MONTH, DateKind.DAY}:
            year = before.year + (date.iso[5:7] < before.iso[5:7])
            date = replace(date, iso=f"{year}{date.iso[4:]}")
        dated = not date.borrowed or before is not None
        if date.kind in {DateKind.MONTH, DateKind.DAY} and dated:
            before = date
        yield replace(entry, date=date)
