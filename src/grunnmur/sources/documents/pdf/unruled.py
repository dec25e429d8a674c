"""Tables of figures without drawn lines: rows of segments whose places line up in columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grunnmur.sources.documents.model import BlockKind
from grunnmur.sources.documents.pdf.lines import lines_of, rows_in_order
from grunnmur.sources.documents.pdf.markers import marker_of
from grunnmur.sources.documents.pdf.numbers import is_figure, is_year, with_header_row
from grunnmur.sources.documents.pdf.pieces import Piece, PieceCell
from grunnmur.sources.documents.pdf.segments import Segment

Row = list[Segment]
MOST_COLUMNS = 16
ROW_GAP = 3.2  # in letter sizes: a wider gap ends the table
FEWEST_FIGURES = 3


@dataclass(slots=True)
class Chunk:
    """A part of one segment, or several, that stands alone in its row."""

    segments: list[Segment]

    @property
    def x0(self) -> float:
        """Left edge in points."""
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        """Right edge in points."""
        return max(segment.x1 for segment in self.segments)

    @property
    def text(self) -> str:
        """The words."""
        return " ".join(" ".join(s.text for s in self.segments).split())


def split_tables(rows: Sequence[Row], page: int) -> Iterator[list[Row] | Piece]:
    """Rows of running text, and the tables between them, in order."""
    chunks = [_chunks(row) for row in rows]
    plain: list[Row] = []
    at = 0
    while at < len(rows):
        end = _table_end(rows, chunks, at)
        piece = _piece(rows[at:end], chunks[at:end], page) if end > at + 1 else None
        if piece is None:
            plain.append(rows[at])
            at += 1
            continue
        if plain:
            yield plain
        plain = []
        yield piece
        at = end
    if plain:
        yield plain


def _chunks(row: Row) -> list[Chunk]:
    """Segments of a row, those that belong to one word or a list marker and its text taken together."""
    chunks: list[Chunk] = []
    for segment in row:
        if chunks and (segment.glued or segment.x0 - chunks[-1].x1 < 0.5 * segment.size or _is_marker(chunks[-1])):
            chunks[-1].segments.append(segment)
        else:
            chunks.append(Chunk([segment]))
    return chunks


def _is_marker(chunk: Chunk) -> bool:
    found = marker_of(chunk.text + " x")
    return found is not None and found.rest == "x"


def _table_end(rows: Sequence[Row], chunks: Sequence[list[Chunk]], start: int) -> int:
    """One past the last row of the table that begins at ``start``; ``start`` itself when none does."""
    if not _is_table_row(chunks[start]):
        return start
    end, at = start + 1, start + 1
    while at < len(rows) and at - end < 2 and not _is_far(rows[at - 1], rows[at]):
        if _is_table_row(chunks[at]):
            end = at + 1
        elif max(chunk.x1 - chunk.x0 for chunk in chunks[at]) > 0.6 * _width(rows[start]):
            break
        at += 1
    if end < len(rows) and _continues(rows, chunks, end):
        end += 1
    return end


def _continues(rows: Sequence[Row], chunks: Sequence[list[Chunk]], at: int) -> bool:
    """A last cell that runs over two lines: further in, or the label going on in small letters."""
    here, before = rows[at][0], rows[at - 1][0]
    close = here.y0 - before.y0 < 1.5 * here.size and len(chunks[at]) < 3
    is_label = here.text[:1].islower() and chunks[at][0].x1 < rows[at - 1][-1].x0
    return close and (here.x0 > before.x0 + 20 or is_label)


def _is_table_row(chunks: list[Chunk]) -> bool:
    figures = sum(is_figure(chunk.text) for chunk in chunks)
    return len(chunks) >= 3 or (len(chunks) == 2 and figures >= 1 and not _is_marker(chunks[0]))


def _is_far(above: Row, below: Row) -> bool:
    return min(s.y0 for s in below) - min(s.y0 for s in above) > ROW_GAP * max(above[0].size, below[0].size)


def _width(row: Row) -> float:
    return max(segment.x1 for segment in row) - min(segment.x0 for segment in row)


def _piece(rows: Sequence[Row], chunks: Sequence[list[Chunk]], page: int) -> Piece | None:
    figures = sum(is_figure(chunk.text) and not is_year(chunk.text) for row in chunks for chunk in row)
    if figures < FEWEST_FIGURES or sum(len(row) >= 2 for row in chunks) < 2:
        return None
    columns = _columns(chunks)
    if not 2 <= len(columns) <= MOST_COLUMNS or _is_a_list(chunks):
        return None
    grid = [_in_columns(row, columns) for row in chunks]
    if not _figures_line_up(grid):
        return None
    cells = [
        PieceCell(number, column, lines_of(rows_in_order(segments), page))
        for number, row in enumerate(_folded(grid, rows))
        for column, segments in sorted(row.items())
    ]
    return Piece(BlockKind.TABLE, cells=with_header_row(_with_empty(cells, len(columns))), page=page)


def _columns(chunks: Sequence[list[Chunk]]) -> list[list[float]]:
    """Intervals across the page that some chunk fills, joined where they overlap."""
    columns: list[list[float]] = []
    for x0, x1 in sorted((chunk.x0, chunk.x1) for row in chunks if len(row) > 1 for chunk in row):
        if columns and x0 <= columns[-1][1] - 1:
            columns[-1][1] = max(columns[-1][1], x1)
        else:
            columns.append([x0, x1])
    return columns


def _is_a_list(chunks: Sequence[list[Chunk]]) -> bool:
    """Numbered points with a wide gap after the number."""
    return sum(_is_marker(row[0]) for row in chunks) >= 0.3 * len(chunks)


def _in_columns(row: list[Chunk], columns: list[list[float]]) -> dict[int, list[Segment]]:
    placed: dict[int, list[Segment]] = {}
    for chunk in row:
        best = max(
            range(len(columns)), key=lambda c: min(chunk.x1, columns[c][1]) - max(chunk.x0, columns[c][0])
        )  # fmt: skip
        placed.setdefault(best, []).extend(chunk.segments)
    return placed


def _figures_line_up(grid: Sequence[dict[int, list[Segment]]]) -> bool:
    """At least one column of mostly figures, two or more."""
    found: dict[int, list[bool]] = {}
    for row in grid:
        for column, segments in row.items():
            found.setdefault(column, []).append(is_figure(" ".join(s.text for s in segments)))
    return any(sum(figures) >= 2 and sum(figures) >= 0.6 * (len(figures) - 1) for figures in found.values())


def _folded(grid: Sequence[dict[int, list[Segment]]], rows: Sequence[Row]) -> list[dict[int, list[Segment]]]:
    """A row that only carries on cells of the row above is part of it: «1» over «250» is one number."""
    folded: list[dict[int, list[Segment]]] = []
    for number, row in enumerate(grid):
        if folded and _only_carries_on(row, folded[-1], rows[number], rows[number - 1]):
            for column, segments in row.items():
                folded[-1].setdefault(column, []).extend(segments)
        else:
            folded.append(dict(row))
    return folded


def _only_carries_on(row: dict[int, list[Segment]], above: dict[int, list[Segment]], here: Row, before: Row) -> bool:
    close = min(s.y0 for s in here) - min(s.y0 for s in before) < 1.5 * max(here[0].size, before[0].size)
    label_goes_on = 0 not in row or (len(row) == 1 and row[0][0].text[:1].islower())
    return close and label_goes_on and all(column in above for column in row)


def _with_empty(cells: list[PieceCell], columns: int) -> list[PieceCell]:
    """Every place in the grid has a cell."""
    there = {(cell.row, cell.column) for cell in cells}
    rows = max((cell.row for cell in cells), default=-1) + 1
    empty = [PieceCell(r, c, []) for r in range(rows) for c in range(columns) if (r, c) not in there]
    return sorted([*cells, *empty], key=lambda cell: (cell.row, cell.column))
