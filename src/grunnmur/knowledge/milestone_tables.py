"""Events in tables: rows with a date in a cell of its own, and words for what happens then in another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from grunnmur.knowledge.grids import Grid
from grunnmur.knowledge.language.dates import DateMatch, find_dates
from grunnmur.knowledge.language.spans import Span
from grunnmur.knowledge.reading import Reading
from grunnmur.knowledge.time_lines import Entry, worded

_SHORT_REST = 2
_TIME = re.compile(
    r"frist|når|tid\w*|oppstart|start\w*|ferdig\w*|slutt\w*|dato|gjennomfør\w*|vedta\w*|behandl\w*|politisk\w*|høring\w*|høyring\w*",
    re.IGNORECASE,
)


def in_table(reading: Reading, grid: Grid) -> Iterator[Entry]:
    """A row with a date in a cell of its own and words in another; the first worded cell tells what happens.

    A row with several dates is read only where the heads of their columns say what each is («Oppstart», «Ferdig»).
    """
    text, heads = reading.document.text, _heads(reading.document.text, grid)
    for cells in _rows(grid):
        found = [(column, span, date) for column, span in cells if (date := _date_of(text, span, reading.today))]
        if len(found) > 1:
            found = [one for one in found if _TIME.match(heads.get(one[0], ""))]
        others = [span for _, span in cells if span not in [place for _, place, _ in found]]
        told = _telling(text, others)
        if told:
            yield from (Entry(date, told) for _, _, date in found)


def _rows(grid: Grid) -> Iterator[list[tuple[int, Span]]]:
    """The cells of each row with their columns, from the reader where it marked them."""
    rows: dict[int, list[tuple[int, Span]]] = defaultdict(list)
    for cell in grid.block.cells:
        if cell.row > 0:
            rows[cell.row].append((cell.column, (cell.start, cell.end)))
    if rows:
        yield from (sorted(rows[number]) for number in sorted(rows))
        return
    for row in grid.rows:
        yield [*([(0, row.span)] if row.span else []), *row.words]


def _heads(text: str, grid: Grid) -> dict[int, str]:
    marked = {cell.column: " ".join(text[cell.start : cell.end].split()) for cell in grid.block.cells if cell.row == 0}
    return marked or {index: column.label for index, column in grid.columns.items()}


def _telling(text: str, cells: Sequence[Span]) -> Span | None:
    """The first cell of the row when one word of it says enough, else the first with two."""
    for place, span in enumerate(cells):
        if found := worded(text, *span, fewest=1 if place == 0 else 2):
            return found
    return None


def _date_of(text: str, span: Span, today: str | None) -> DateMatch | None:
    """The date of a cell that says little else."""
    words = text[slice(*span)]
    dates = find_dates(words, today)
    if len(dates) != 1:
        return None
    rest = words[: dates[0].start] + words[dates[0].end :]
    return dates[0] if len(re.findall(r"[^\W\d_]{2,}", rest)) <= _SHORT_REST else None
