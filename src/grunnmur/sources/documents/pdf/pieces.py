"""Headings, paragraphs, list items and tables of a PDF before they have a place in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from grunnmur.sources.documents.model import BlockKind
from grunnmur.sources.documents.pdf.geometry import Frame
from grunnmur.sources.documents.pdf.lines import TextLine


@dataclass(slots=True)
class PieceCell:
    """One cell of a table with its lines of print."""

    row: int
    column: int
    lines: list[TextLine]
    rowspan: int = 1
    colspan: int = 1
    header: bool = False


@dataclass(slots=True)
class Piece:
    """One block: lines of print, or the cells of a table."""

    kind: BlockKind
    lines: list[TextLine] = field(default_factory=list)
    level: int = 0
    marker: str = ""
    cells: list[PieceCell] = field(default_factory=list)
    page: int = 1
    tagged: bool = False
    """The file itself says what kind of block this is."""
    edge: float | None = None
    """How far a list item is set in, in points from the edge of its column, or of the page in a tagged file."""
    right: float = 0.0
    """How far to the right lines of this column reach, in points."""

    def all_lines(self) -> Iterator[TextLine]:
        """Every line, those of cells as well."""
        yield from self.lines
        for cell in self.cells:
            yield from cell.lines


@dataclass(slots=True)
class Column:
    """Lines of one column in order, not yet parted into paragraphs; ``left`` is the column's own edge in points."""

    lines: list[TextLine]
    left: float = 0.0

    @property
    def right(self) -> float:
        """Right edge in points."""
        return max((line.x1 for line in self.lines), default=0.0)


@dataclass(slots=True)
class Draft:
    """A page as far as it can be read by itself."""

    number: int
    frame: Frame
    parts: list[Piece | Column] = field(default_factory=list)

    def all_lines(self) -> Iterator[TextLine]:
        """Every line of the page."""
        for part in self.parts:
            yield from part.lines if isinstance(part, Column) else part.all_lines()
