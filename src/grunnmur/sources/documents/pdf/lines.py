"""Lines of print, put together from segments, and running text put together from lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from grunnmur.sources.documents.pdf.geometry import Box
from grunnmur.sources.documents.pdf.segments import HYPHEN, Segment

_UNIT_BEFORE = re.compile(r"(?:^|[\s\d])(?:k|d|c|m)?m$")  # m², km³: a power, not a footnote
_SHARED_ENDING = re.compile(r"(?:og|eller|til|samt|men)\b")  # «helse- og omsorg» keeps its hyphen
_CAPITALS = re.compile(r"(?:^|\W)[A-ZÆØÅ]{2,}$")
_LEADERS = re.compile(r"\s*(?:\.\s?){4,}|\s*…{2,}\s*")


@dataclass(slots=True)
class TextLine:
    """One line of print. ``text`` may end in ``HYPHEN``; ``marks`` are the footnote marks taken out of it."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool
    page: int
    marks: tuple[str, ...] = ()

    @property
    def box(self) -> Box:
        """Place on the page in points."""
        return self.x0, self.y0, self.x1, self.y1


@dataclass(frozen=True, slots=True)
class Run:
    """Which characters of a joined text come from which line."""

    start: int
    end: int
    line: TextLine


def rows_of(segments: Iterable[Segment]) -> list[list[Segment]]:
    """Segments that stand on the same line, from the top, each row from the left."""
    rows: list[list[Segment]] = []
    middle_before, size_before = -1e9, 1.0
    for middle, size, word in sorted(map(_placed, _words(segments)), key=lambda placed: placed[0]):
        if middle - middle_before < 0.35 * min(size_before, size) + 0.15 * abs(size_before - size):
            rows[-1] += word
        else:
            rows.append(list(word))
            middle_before, size_before = middle, size
    for row in rows:
        row.sort(key=lambda segment: segment.x0)
    return rows


def _words(segments: Iterable[Segment]) -> list[list[Segment]]:
    """Segments with those glued to them."""
    words: list[list[Segment]] = []
    for segment in segments:
        if segment.glued and words:
            words[-1].append(segment)
        else:
            words.append([segment])
    return words


def _placed(word: list[Segment]) -> tuple[float, float, list[Segment]]:
    """Height of the middle and letter size of a word's main segment, and the word."""
    main = max(word, key=lambda segment: segment.style.size)
    return (main.y0 + main.y1) / 2, main.style.size, word


def rows_in_order(segments: Iterable[Segment]) -> list[list[Segment]]:
    """The same, but in the order given: a new row where the text turns to a new line."""
    rows: list[list[Segment]] = []
    for segment in segments:
        last = rows[-1][-1] if rows else None
        if last is None or not (segment.glued or _goes_on(last, segment)):
            rows.append([])
        rows[-1].append(segment)
    return rows


def _goes_on(last: Segment, segment: Segment) -> bool:
    overlap = min(last.y1, segment.y1) - max(last.y0, segment.y0)
    height = min(last.y1 - last.y0, segment.y1 - segment.y0)
    return overlap > 0.4 * height and segment.x0 > last.x0 - 1


def line_of(row: Sequence[Segment], page: int) -> TextLine | None:
    """The line that a row of segments makes; ``None`` when nothing but footnote marks or blanks is left."""
    text, marks = "", []
    for segment in row:
        mark = segment.text.strip()
        if segment.raised and len(mark) <= 3 and text and not _UNIT_BEFORE.search(text.rstrip()):
            marks.append(mark)
            if segment.text.endswith(" "):
                text += " "
            continue
        text += segment.text if segment.glued or not text else " " + segment.text
    text = tidy(_unspread(text, row))
    if not text:
        return None
    main = max(row, key=lambda s: len(s.text.strip()) if not s.raised else 0)
    letters = sum(len(s.text.strip()) for s in row)
    bold = sum(len(s.text.strip()) for s in row if s.style.bold) > 0.6 * letters
    x0, y0 = min(s.x0 for s in row), min(s.y0 for s in row)
    return TextLine(
        text, x0, y0, max(s.x1 for s in row), max(s.y1 for s in row), main.size, bold, page, tuple(marks)
    )  # fmt: skip


def lines_of(rows: Iterable[Sequence[Segment]], page: int) -> list[TextLine]:
    """The lines of several rows."""
    return [line for row in rows if (line := line_of(row, page))]


def tidy(text: str) -> str:
    """White space folded, dot leaders shortened."""
    return " ".join(_LEADERS.sub(" … ", text).split())


def _unspread(text: str, row: Sequence[Segment]) -> str:
    """«K O M M U N E» as one word: letters with a blank between each are spread, not words.

    Where the spread text has several words, two or more blanks or a wide gap part them.
    """
    tokens = text.split()
    if len(tokens) < 5 or sum(len(token) == 1 for token in tokens) < 0.8 * len(tokens):
        return text
    if not all(token.isalpha() for token in tokens):
        return text
    if len(row) == len(tokens):
        gaps = [b.x0 - a.x1 for a, b in pairwise(row)]
        wide = 1.8 * max(median(gaps), 0.1)
        return row[0].text.strip() + "".join(
            (" " if gap > wide else "") + segment.text.strip() for gap, segment in zip(gaps, row[1:], strict=True)
        )
    return " ".join("".join(word.split()) for word in re.split(r"\s{2,}", text))


def join(lines: Sequence[TextLine]) -> tuple[str, list[Run]]:
    """Running text from lines, hyphens at line ends resolved, with each line's stretch of it."""
    text = ""
    runs: list[Run] = []
    for line in lines:
        words = line.text
        if text:
            text = _before(text, words)
            if runs and runs[-1].end > len(text):
                runs[-1] = Run(runs[-1].start, len(text), runs[-1].line)
        start = len(text)
        text += words
        runs.append(Run(start, len(text), line))
    if text.endswith(HYPHEN):
        text = text[:-1] + "-"
    return text.replace(HYPHEN, "-"), runs


def _before(text: str, following: str) -> str:
    """The text so far, ready for the next line's words."""
    if text[-1] not in (HYPHEN, "-", "\u2010"):
        return text + " "
    stem, certain = text[:-1], text[-1] == HYPHEN
    if not stem or stem[-1].isspace():
        return stem + "- "
    if _SHARED_ENDING.match(following):
        return stem + "- "
    if not following[:1].islower() or _CAPITALS.search(stem) or not stem[-1].isalpha():
        return stem + "-"
    return stem if certain or stem[-1].islower() else stem + "-"
