"""Which lines are headings, by size, weight and number, and at what level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from grunnmur.sources.documents.model import BlockKind
from grunnmur.sources.documents.pdf.lines import TextLine
from grunnmur.sources.documents.pdf.markers import heading_depth, is_caption, is_contents_line, marker_of
from grunnmur.sources.documents.pdf.pieces import Draft, Piece

LARGER = 1.1  # times the body's letters
LONGEST = 160
LONGEST_BOLD = 110
MOST_LINES = 4
FEWEST_LETTERS = 3
MOST_LEVELS = 6


@dataclass(frozen=True, slots=True)
class Typography:
    """The body's letter size in points, whether the body itself is bold, and the usual line steps."""

    body: float
    bold_body: bool
    leadings: Mapping[int, float]

    def leading(self, size: float) -> float:
        """Usual distance between lines of this size."""
        return self.leadings.get(round(size), 1.25 * size)

    def is_heading_line(self, line: TextLine) -> bool:
        """Whether the line looks like a heading or a part of one."""
        if line.size >= LARGER * self.body:
            fits = len(line.text) <= LONGEST and not line.text.endswith((".", ",", ";"))
            return fits and _has_letters(line)
        return self._is_bold_heading(line) and _has_letters(line)

    def is_heading(self, lines: Sequence[TextLine]) -> bool:
        """Whether these lines together are a heading."""
        text = " ".join(line.text for line in lines)
        if len(lines) > MOST_LINES or len(text) > LONGEST or is_caption(text) or is_contents_line(text):
            return False
        return all(self.is_heading_line(line) for line in lines) and text[:1] not in "•-–"

    def _is_bold_heading(self, line: TextLine) -> bool:
        if not line.bold or self.bold_body or line.size < 0.95 * self.body or len(line.text) > LONGEST_BOLD:
            return False
        found = marker_of(line.text)
        if found is not None and not found.numbered:
            return False
        return not line.text.endswith((".", ",", ";", ":")) or heading_depth(line.text) > 1


def _has_letters(line: TextLine) -> bool:
    return sum(character.isalpha() for character in line.text) >= FEWEST_LETTERS


def body_look(drafts: Iterable[Draft]) -> tuple[float, bool]:
    """The size most letters are set in, and whether they are bold."""
    sizes: Counter[tuple[float, bool]] = Counter()
    for draft in drafts:
        for line in draft.all_lines():
            sizes[(round(line.size * 2) / 2, line.bold)] += len(line.text)
    if not sizes:
        return 11.0, False
    by_size: Counter[float] = Counter()
    for (size, _), count in sizes.items():
        by_size[size] += count
    body = by_size.most_common(1)[0][0]
    return body, sizes[(body, True)] > sizes[(body, False)]


def set_levels(pieces: Sequence[Piece]) -> None:
    """Levels of headings that the file doesn't tag: one per look, finer where numbers go deeper."""
    headings = [piece for piece in pieces if piece.kind is BlockKind.HEADING and not piece.tagged]
    ranks = _ranks(headings)
    depths: dict[int, int] = {}
    for piece in headings:
        if depth := heading_depth(piece.lines[0].text):
            rank = ranks[_look(piece)]
            depths[rank] = min(depths.get(rank, depth), depth)
    for piece in headings:
        rank = ranks[_look(piece)]
        deeper = max(heading_depth(piece.lines[0].text) - depths.get(rank, 99), 0)
        piece.level = min(rank + deeper, MOST_LEVELS)


def _look(piece: Piece) -> tuple[int, bool]:
    return round(piece.lines[0].size * 2), piece.lines[0].bold


def _ranks(headings: Sequence[Piece]) -> dict[tuple[int, bool], int]:
    """Looks from the largest; sizes half a point apart are one look."""
    ranks: dict[tuple[int, bool], int] = {}
    rank, before = 0, None
    for look in sorted({_look(piece) for piece in headings}, reverse=True):
        if before is None or before[0] - look[0] > 1 or before[1] != look[1]:
            rank += 1
        ranks[look] = rank
        before = look
    return ranks
