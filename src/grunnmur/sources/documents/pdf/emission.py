"""Write a PDF's blocks into the canonical text, each line with its place on the page image."""

from __future__ import annotations

from collections.abc import Sequence

from grunnmur.sources.documents.builder import CellText, DocumentBuilder
from grunnmur.sources.documents.model import Block
from grunnmur.sources.documents.pdf.geometry import Frame
from grunnmur.sources.documents.pdf.lines import Run, join
from grunnmur.sources.documents.pdf.pieces import Piece


class Emitter:
    """Fills a builder page by page."""

    def __init__(self, builder: DocumentBuilder, frames: Sequence[Frame], labels: Sequence[str]) -> None:
        self._builder = builder
        self._frames = frames
        self._labels = labels
        self._page = 0

    def write(self, pieces: Sequence[Piece]) -> None:
        """All pieces; what runs over to the next page comes last on its own."""
        by_page: dict[int, list[Piece]] = {}
        for piece in pieces:
            by_page.setdefault(piece.page, []).append(piece)
        for number in range(1, len(self._frames) + 1):
            self._turn_to(number)
            for piece in sorted(by_page.get(number, []), key=_runs_over):
                self._piece(piece)

    def _turn_to(self, number: int) -> None:
        while self._page < number:
            self._builder.begin_page(self._labels[self._page])
            self._page += 1

    def _piece(self, piece: Piece) -> None:
        if piece.cells:
            self._table(piece)
            return
        text, runs = join(piece.lines)
        marks = [mark for line in piece.lines for mark in line.marks]
        marker = piece.marker or " ".join(marks)
        parts, pages = _parts(text, runs)
        block = self._builder.add_across(
            piece.kind, parts, level=piece.level, marker=marker, labels=[self._labels[page - 1] for page in pages[1:]]
        )
        self._page = max(self._page, pages[-1])
        if block is not None:
            self._lines(block, runs, block.start)

    def _table(self, piece: Piece) -> None:
        cells = sorted(piece.cells, key=lambda cell: (cell.row, cell.column))
        joined = [join(cell.lines) for cell in cells]
        block = self._builder.add_table(
            [
                CellText(cell.row, cell.column, text, cell.rowspan, cell.colspan, cell.header)
                for cell, (text, _) in zip(cells, joined, strict=True)
            ]
        )
        if block is None:
            return
        for placed, (_, runs) in zip(block.cells, joined, strict=True):
            self._lines(block, runs, placed.start)

    def _lines(self, block: Block, runs: Sequence[Run], offset: int) -> None:
        for run in runs:
            if run.end > run.start:
                box = self._frames[run.line.page - 1].share(run.line.box)
                self._builder.add_line(run.line.page, offset + run.start, offset + run.end, box)


def _runs_over(piece: Piece) -> bool:
    return bool(piece.lines) and piece.lines[-1].page > piece.page


def _parts(text: str, runs: Sequence[Run]) -> tuple[list[str], list[int]]:
    """The text cut where its lines pass to another page, and the pages."""
    cuts, pages = [0], [runs[0].line.page]
    for run in runs[1:]:
        if run.line.page != pages[-1]:
            cuts.append(run.start)
            pages.append(run.line.page)
    ends = [*cuts[1:], len(text)]
    return [text[start:end] for start, end in zip(cuts, ends, strict=True)], pages
