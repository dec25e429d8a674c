"""A document cut into blocks with their numbers, dates and sentences, read once and used by every finder."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from grunnmur.knowledge.grids import Grid, grid_of
from grunnmur.knowledge.language.dates import DateKind, DateMatch, find_dates
from grunnmur.knowledge.language.numbers import NumberMatch, find_numbers
from grunnmur.knowledge.language.sentences import find_sentences, sentence_at
from grunnmur.knowledge.language.spans import Span
from grunnmur.knowledge.organisations import Organisations
from grunnmur.knowledge.text_grids import text_grids
from grunnmur.knowledge.units import Units
from grunnmur.sources.documents.model import Block, BlockKind, Document

_LONGEST_SENTENCE = 1000
_NEAR = 250
_MARKS = " (•●-–\t\r"
_LABEL_END = re.compile(r"\s*(?::|–\s|-\s)")


@dataclass(frozen=True)
class Segment:
    """One block with what stands in it; all offsets are the document's."""

    text: str
    block: Block
    numbers: tuple[NumberMatch, ...]
    dates: tuple[DateMatch, ...]

    @property
    def start(self) -> int:
        """Where the block begins."""
        return self.block.start

    @property
    def end(self) -> int:
        """Where the block ends."""
        return self.block.end

    @cached_property
    def sentences(self) -> list[Span]:
        """Sentences of the block."""
        return find_sentences(self.text, self.start, self.end, one_block=True)

    def numbers_in(self, start: int, end: int) -> tuple[NumberMatch, ...]:
        """Numbers that begin between two offsets."""
        first, last = (bisect_left(self.numbers, at, key=lambda number: number.start) for at in (start, end))
        return self.numbers[first:last]

    def dates_in(self, start: int, end: int) -> tuple[DateMatch, ...]:
        """Dates that begin between two offsets."""
        first, last = (bisect_left(self.dates, at, key=lambda date: date.start) for at in (start, end))
        return self.dates[first:last]

    def line_before(self, offset: int) -> str:
        """What stands before ``offset`` on its line, within the block."""
        return self.text[max(self.text.rfind("\n", self.start, offset) + 1, self.start) : offset]

    @cached_property
    def line_labels(self) -> tuple[DateMatch, ...]:
        """Dates that stand first on a line and are followed by a colon or a dash."""
        return tuple(date for date in self.dates if not self.line_before(date.start).strip(_MARKS)
                     and _LABEL_END.match(self.text, date.end))  # fmt: skip

    def whole_sentence(self, offset: int) -> Span:
        """The sentence that holds ``offset``, however long; the whole block when none does."""
        return sentence_at(self.sentences, offset) or (self.start, self.end)

    def sentence(self, offset: int) -> Span:
        """The sentence that holds ``offset``, or of an endless one (a list gone flat) what stands near.

        So the work on each number does not grow with the list.
        """
        start, end = self.whole_sentence(offset)
        if end - start <= _LONGEST_SENTENCE:
            return start, end
        first, last = max(start, offset - _NEAR), min(end, offset + _NEAR)
        return max(first, self.text.find(" ", first, offset) + 1) if first > start else first, last


class Reading:
    """A document with its own date and its segments in order."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.today = own_date(document)
        self.year = None if self.today else usual_year(document)
        self.segments = tuple(self._segments())
        self._starts = [segment.start for segment in self.segments]
        self.lead_ins: dict[int, Segment | None] = {}
        self.memory: dict[str, list[tuple[int, str]]] = {}

    def segment_at(self, offset: int) -> Segment | None:
        """The segment that holds ``offset``."""
        place = bisect_right(self._starts, offset) - 1
        if place >= 0 and offset < self.segments[place].end:
            return self.segments[place]
        return None

    def place(self, segment: Segment) -> int:
        """The index of a segment."""
        return self.place_at(segment.start)

    def place_at(self, offset: int) -> int:
        """The index of the last segment that begins at or before ``offset``."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def headings_above(self, offset: int) -> list[Block]:
        """Headings that ``offset`` stands under, the nearest first; on slides those of the same slide."""
        found: list[Block] = []
        place = bisect_right(self._heading_starts, offset) - 1
        while place >= 0:
            found.append(self._headings[place])
            place = self._heading_parents[place]
        return found

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        """Every table, those marked by the reader and those found in lines of text, in order."""
        marked = [grid_of(self.document.text, block, self.today) for block in self.document.blocks
                  if block.kind is BlockKind.TABLE]  # fmt: skip
        return tuple(sorted([*marked, *text_grids(self.document, self.today)], key=lambda grid: grid.block.start))

    @cached_property
    def in_text_grids(self) -> frozenset[int]:
        """Offsets inside cells of the tables that were found in lines of text."""
        cells = [span for grid in self.grids if not grid.block.cells for row in grid.rows
                 for span in (*(value.cell for value in row.values), *(place for _, place in row.words))]  # fmt: skip
        return frozenset(offset for start, end in cells for offset in range(start, end))

    @cached_property
    def organisations(self) -> Organisations:
        """Which unit each part of the document is about."""
        return Organisations(Units(self.document))

    @cached_property
    def _headings(self) -> list[Block]:
        return [block for block in self.document.blocks if block.kind is BlockKind.HEADING]

    @cached_property
    def _heading_parents(self) -> list[int]:
        """For each heading the index of the one it stands under, or -1."""
        parents: list[int] = []
        open_headings: list[int] = []
        for index, heading in enumerate(self._headings):
            while open_headings and self._headings[open_headings[-1]].level >= heading.level:
                open_headings.pop()
            parents.append(open_headings[-1] if open_headings else -1)
            open_headings.append(index)
        return parents

    @cached_property
    def _heading_starts(self) -> list[int]:
        return [heading.start for heading in self._headings]

    def _segments(self) -> Iterator[Segment]:
        text, done = self.document.text, 0
        for block in self.document.blocks:
            if block.kind is BlockKind.TABLE:  # read cell by cell, since a table may run round other blocks
                yield Segment(text, block, (), ())
                continue
            begin = max(done, text.rfind("\n", 0, block.start) + 1)
            yield self._segment(block, begin)
            done = block.end

    def _segment(self, block: Block, begin: int) -> Segment:
        """Numbers and dates of a block, read together with its marker so that «1.» is known as one.

        Of a date that begins in the marker («1. kv. 2027») the part inside the block is kept.
        """
        part = self.document.text[begin : block.end]
        numbers = (replace(match, start=match.start + begin, end=match.end + begin) for match in find_numbers(part))
        dates = (
            replace(match, start=match.start + begin, end=match.end + begin)
            for match in find_dates(part, self.today, self.year)
        )
        inside = block.start
        return Segment(
            self.document.text, block,
            tuple(match for match in numbers if match.start >= inside),
            tuple(replace(match, start=max(match.start, inside)) for match in dates if match.end > inside),
        )  # fmt: skip


_REPORT = re.compile(r"rapport|årsmelding|kvalitetsmelding|regnskap|rekneskap|status\b|referat", re.I)
_OPENING = 4
_LONGEST_LINE = 150


def own_date(document: Document) -> str | None:
    """The date a document carries on its front: a day before a month before a year; None when it has none.

    A year alone counts in the name of a report only: a plan's name holds the year it reaches to.
    """
    front = [block for block in document.blocks[:_OPENING] if block.page == 1]
    lines = [document.text[block.start : block.end].strip() for block in front]
    texts = [document.title, *(line for line in lines if len(line) <= _LONGEST_LINE and not line.endswith("."))]
    found = [(_precision(match), match.iso) for text in texts for match in find_dates(text)
             if match.kind in _PRECISE or (match.kind is DateKind.YEAR and _REPORT.search(text))]  # fmt: skip
    return min(found, key=lambda pair: pair[0])[1] if found else None


def usual_year(document: Document) -> int | None:
    """The year that most days, months and seasons in the text name, for those that name none; None below two."""
    years = Counter(match.year for match in find_dates(document.text) if match.kind in _TELLING and not match.borrowed)
    if not years:
        return None
    year, times = min(years.items(), key=lambda item: (-item[1], item[0]))
    return year if times >= _FEWEST_DATES else None


_FEWEST_DATES = 2
_TELLING = frozenset({DateKind.DAY, DateKind.MONTH, DateKind.PART, DateKind.SEASON})
_PRECISE = {DateKind.DAY: 0, DateKind.MONTH: 1, DateKind.PART: 2}


def _precision(match: DateMatch) -> int:
    return _PRECISE.get(match.kind, 3)
