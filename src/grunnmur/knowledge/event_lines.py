"""Lines that say one thing each: a block cut where its writer did, and not where the page was full."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from grunnmur.knowledge.language.spans import Span
from grunnmur.knowledge.passages import OPEN_END
from grunnmur.knowledge.reading import Reading, Segment
from grunnmur.sources.documents.model import BlockKind

_LINE = re.compile(r"[^\s\n][^\n]*")
_NEW = re.compile(r"[•●○▪■✓✔→⇒o*–-]\s|\d{1,2}(?:\.\d{1,2})+\.?\s|\d{1,2}[.)]\s+[A-ZÆØÅ]|[①-⑳]")
_GOES_ON = re.compile(
    r"(?::|,|-|\b(?:den|det|de|dei|fra|frå|innen|innan|senest|seinast|er|var|ble|vart|som|at|der|ikke|ikkje|per|pr\.|ca\.|gjennom|mellom|under|over|etter|før|hos|mot|uten|utan|sin|si"
    r"|sitt|sine|vår|vårt|våre|sak|jf\.))\s*$",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"[A-ZÆØÅ]")
_FEWEST = 4
_NARROW = 12  # shorter lines stand in a box beside others
_SLIDE = 150  # words on a page of a slide deck; a page of prose has twice as many


class EventLines:
    """The lines of each segment of a document, with those that only go on from the line before joined to it."""

    def __init__(self, reading: Reading) -> None:
        self._memory: dict[int, list[Span]] = {}
        self._words = Counter[int]()
        for segment in reading.segments:
            self._words[segment.block.page] += len(segment.text[segment.start : segment.end].split())
        self._deck = len(self._words) > 2
        self._headings = _headings(reading.segments)

    def heading(self, segment: Segment) -> str:
        """The nearest heading above the segment on its page, or nothing."""
        return self._headings.get(segment.start, "")

    def of(self, segment: Segment) -> list[Span]:
        """The lines in order, white space round each left out."""
        if segment.start not in self._memory:
            self._memory[segment.start] = self._cut(segment)
        return self._memory[segment.start]

    def at(self, segment: Segment, offset: int) -> Span:
        """The line that holds ``offset``, or the one before it."""
        lines = self.of(segment)
        place = bisect_right(lines, offset, key=lambda line: line[0]) - 1
        return lines[max(0, place)] if lines else (segment.start, segment.end)

    def _cut(self, segment: Segment) -> list[Span]:
        text = segment.text
        lines = [(match.start(), match.start() + len(match.group().rstrip()))
                 for match in _LINE.finditer(text, segment.start, segment.end)]  # fmt: skip
        width = max((end - start for start, end in lines), default=0)
        slide = self._deck and self._words[segment.block.page] <= _SLIDE
        dated = {date.start: date.end for date in segment.dates}
        rows: list[Span] = []
        previous = 0
        for start, end in lines:
            before = text[previous : rows[-1][1]] if rows else ""
            told = slide and end - dated.get(start, end) > _FEWEST  # a date and something after it
            if rows and told and not (_breaks_off(before) or len(before) < _NARROW):
                rows.append((start, end))
            elif rows and _goes_on(before, text[start:end], width, slide):
                rows[-1] = rows[-1][0], end
            else:
                rows.append((start, end))
            previous = start
        return rows


def _headings(segments: Sequence[Segment]) -> dict[int, str]:
    nearest: dict[int, str] = {}
    last: Segment | None = None
    for segment in segments:
        if segment.block.kind is BlockKind.HEADING:
            last = segment
        elif last is not None and last.block.page == segment.block.page:
            nearest[segment.start] = " ".join(segment.text[last.start : last.end].split())
    return nearest


def _goes_on(before: str, line: str, width: int, slide: bool) -> bool:
    """Whether the page broke the line: it is in the middle of something, or the next word had no room."""
    if _NEW.match(line):
        return False
    if _breaks_off(before) or line[0].islower():
        return True
    fits = len(before) + 1 + len(line.split()[0]) <= width
    return not fits and not (slide and _CAPITAL.match(line) is not None and not _short_and_dated(before, line))


def _breaks_off(before: str) -> bool:
    return OPEN_END.search(before) is not None or _GOES_ON.search(before) is not None


def _short_and_dated(before: str, line: str) -> bool:
    """«Høst 2025» and then what happens, in a narrow box."""
    return len(before) < len(line) and re.search(r"(?:19|20)\d\d\s*$", before) is not None and len(before.split()) <= 3
