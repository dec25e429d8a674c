"""What looks like a figure in a table cell, and which row is the table's head."""

from __future__ import annotations

import re

from grunnmur.sources.documents.pdf.pieces import PieceCell

_FIGURE = re.compile(
    r"(?:ca\.?\s*|kr\.?\s*)?[-–−+]?\(?\d[\d .,]*\)?\s*"
    r"(?:%|kr\.?|,-|mill\.?|mrd\.?|pst\.?|prosent|årsverk|\*+)?(?:\s*kr\.?)?"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)?\d\d)?")


def is_figure(text: str) -> bool:
    """A number with or without unit; a dash that stands for nothing also counts."""
    text = text.strip()
    return text in {"-", "–", "—"} or _FIGURE.fullmatch(text) is not None


def is_year(text: str) -> bool:
    """A year or a span of years."""
    return _YEAR.fullmatch(text.strip()) is not None


def with_header_row(cells: list[PieceCell]) -> list[PieceCell]:
    """The same cells, the first row marked as head when it names what stands below it."""
    first = [cell for cell in cells if cell.row == 0 and cell.lines]
    if first and all(_names(cell) for cell in first):
        for cell in cells:
            cell.header = cell.row == 0
    return cells


def _names(cell: PieceCell) -> bool:
    text = " ".join(line.text for line in cell.lines)
    return is_year(text) or not is_figure(text)
