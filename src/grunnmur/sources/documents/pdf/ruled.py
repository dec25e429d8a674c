"""Tables drawn with lines or coloured cells: a grid of walls, and cells where no wall parts two squares."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grunnmur.sources.documents.model import BlockKind
from grunnmur.sources.documents.pdf.geometry import Box, Rule
from grunnmur.sources.documents.pdf.lines import lines_of, rows_of
from grunnmur.sources.documents.pdf.numbers import with_header_row
from grunnmur.sources.documents.pdf.pieces import Piece, PieceCell
from grunnmur.sources.documents.pdf.segments import Segment

SNAP = 3.0  # points: lines closer than this are one line
MOST_RULES = 1_500
MOST_SQUARES = 20_000
FEWEST_FILLED = 0.3  # of the cells; the grid of a chart is nearly empty


@dataclass(frozen=True, slots=True)
class Grid:
    """Places of the walls of one table, and the walls themselves."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    upright: tuple[Rule, ...]
    level: tuple[Rule, ...]

    @property
    def box(self) -> Box:
        """The whole table."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


@dataclass(slots=True)
class RuledTable:
    """A table and the segments that went into it."""

    piece: Piece
    box: Box
    used: set[int]


def ruled_tables(segments: Sequence[Segment], rules: Sequence[Rule], page: int) -> list[RuledTable]:
    """All tables with drawn walls, from the top."""
    found = []
    for grid in grids(rules):
        inside = [segment for segment in segments if _holds(grid.box, segment)]
        if table := _table(grid, inside, page):
            found.append(table)
    return sorted(found, key=lambda table: (table.box[1], table.box[0]))


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """Groups of crossing rules that part an area into at least two rows and two columns."""
    if len(rules) > MOST_RULES:
        return []
    grids = [grid for group in _touching(rules) if (grid := _grid(group))]
    return [grid for grid in grids if not any(_within(grid.box, other.box) for other in grids if other is not grid)]


def _touching(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Rules grouped by whether they meet, directly or through others."""
    groups: list[tuple[list[float], list[Rule]]] = []
    for rule in sorted(rules, key=lambda r: r.low if r.upright else r.at):
        box = _box(rule)
        meets = [_meets(box, rule, group) for group in groups]
        mine = [group for group, met in zip(groups, meets, strict=True) if met]
        rest = [group for group, met in zip(groups, meets, strict=True) if not met]
        merged = [rule, *(r for _, members in mine for r in members)]
        boxes = [box, *(b for b, _ in mine)]
        outer = [min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)]
        groups = [*rest, (outer, merged)]
    return [members for _, members in groups if len(members) >= 3]


def _meets(box: list[float], rule: Rule, group: tuple[list[float], list[Rule]]) -> bool:
    outer, members = group
    if box[0] > outer[2] or box[2] < outer[0] or box[1] > outer[3] or box[3] < outer[1]:
        return False
    return any(_cross(rule, other) for other in members)


def _cross(a: Rule, b: Rule) -> bool:
    if a.upright == b.upright:
        return abs(a.at - b.at) <= SNAP and a.low <= b.high + SNAP and b.low <= a.high + SNAP
    return b.low - SNAP <= a.at <= b.high + SNAP and a.low - SNAP <= b.at <= a.high + SNAP


def _box(rule: Rule) -> list[float]:
    if rule.upright:
        return [rule.at - SNAP, rule.low - SNAP, rule.at + SNAP, rule.high + SNAP]
    return [rule.low - SNAP, rule.at - SNAP, rule.high + SNAP, rule.at + SNAP]


def _grid(rules: Sequence[Rule]) -> Grid | None:
    """Walls at every line, and at the ends of the lines where a table is open to its sides."""
    upright = tuple(rule for rule in rules if rule.upright)
    level = tuple(rule for rule in rules if not rule.upright)
    if not upright or len(level) < 2:
        return None
    xs = _snapped([r.at for r in upright] + [min(r.low for r in level), max(r.high for r in level)])
    ys = _snapped([r.at for r in level] + [min(r.low for r in upright), max(r.high for r in upright)])
    if len(xs) < 3 or len(ys) < 3 or len(xs) * len(ys) > MOST_SQUARES:
        return None
    return Grid(xs, ys, upright, level)


def _snapped(values: Iterable[float]) -> tuple[float, ...]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > SNAP:
            places.append(value)
    return tuple(places)


def _table(grid: Grid, segments: Sequence[Segment], page: int) -> RuledTable | None:
    cells = _cells(grid)
    filled: dict[tuple[int, int, int, int], list[Segment]] = {cell: [] for cell in cells}
    owner = {square: cell for cell in cells for square in _squares(cell)}
    for segment in segments:
        column = bisect_right(grid.xs, (segment.x0 + min(segment.x1, segment.x0 + 40)) / 2) - 1
        row = bisect_right(grid.ys, (segment.y0 + segment.y1) / 2) - 1
        if (cell := owner.get((row, column))) is not None:
            filled[cell].append(segment)
    if not _is_table(filled):
        return None
    pieces = [
        PieceCell(row, column, lines_of(rows_of(inside), page), rowspan, colspan)
        for (row, column, rowspan, colspan), inside in filled.items()
    ]
    used = {id(segment) for inside in filled.values() for segment in inside}
    return RuledTable(Piece(BlockKind.TABLE, cells=with_header_row(_packed(pieces)), page=page), grid.box, used)


def _is_table(filled: dict[tuple[int, int, int, int], list[Segment]]) -> bool:
    """Two rows and two columns with text, and text in a fair share of the cells."""
    full = [cell for cell, inside in filled.items() if inside]
    rows, columns = {cell[0] for cell in full}, {cell[1] for cell in full}
    return len(rows) >= 2 and len(columns) >= 2 and len(full) >= max(4, FEWEST_FILLED * len(filled))


def _squares(cell: tuple[int, int, int, int]) -> list[tuple[int, int]]:
    row, column, rowspan, colspan = cell
    return [(r, c) for r in range(row, row + rowspan) for c in range(column, column + colspan)]


def _cells(grid: Grid) -> list[tuple[int, int, int, int]]:
    """Row, column, rowspan and colspan of every cell: squares grow right and down until a wall."""
    rows, columns = len(grid.ys) - 1, len(grid.xs) - 1
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            wide = 1
            while column + wide < columns and not _wall_right(grid, row, column + wide):
                wide += 1
            high = 1
            while row + high < rows and not _any_wall_above(grid, row + high, column, wide):
                high += 1
            cell = (row, column, high, wide)
            taken.update(_squares(cell))
            cells.append(cell)
    return cells


def _wall_right(grid: Grid, row: int, line: int) -> bool:
    """Whether a wall stands on the vertical line ``line`` beside the row."""
    middle = (grid.ys[row] + grid.ys[row + 1]) / 2
    return any(abs(r.at - grid.xs[line]) <= SNAP and r.low <= middle <= r.high for r in grid.upright)


def _any_wall_above(grid: Grid, line: int, column: int, wide: int) -> bool:
    for number in range(column, column + wide):
        middle = (grid.xs[number] + grid.xs[number + 1]) / 2
        if any(abs(r.at - grid.ys[line]) <= SNAP and r.low <= middle <= r.high for r in grid.level):
            return True
    return False


def _packed(cells: list[PieceCell]) -> list[PieceCell]:
    """Rows and columns numbered anew without those that no cell with text begins in (double lines, gaps)."""
    rows = sorted({cell.row for cell in cells if cell.lines})
    columns = sorted({cell.column for cell in cells if cell.lines})
    kept = []
    for cell in cells:
        if cell.row not in rows or cell.column not in columns:
            continue
        below, beside = bisect_left(rows, cell.row + cell.rowspan), bisect_left(columns, cell.column + cell.colspan)
        cell.row, cell.column = bisect_left(rows, cell.row), bisect_left(columns, cell.column)
        cell.rowspan, cell.colspan = below - cell.row, beside - cell.column
        kept.append(cell)
    return kept


def _holds(box: Box, segment: Segment) -> bool:
    x, y = segment.x0 + min(segment.x1 - segment.x0, 40) / 2, (segment.y0 + segment.y1) / 2
    return box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1


def _within(inner: Box, outer: Box) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]
