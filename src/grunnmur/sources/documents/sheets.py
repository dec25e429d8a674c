"""Workbooks: every sheet as a page, its tables with the numbers as they are shown."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from grunnmur.kernel import LimitExceeded, UnreadableFile
from grunnmur.sources.documents.builder import CellText, DocumentBuilder
from grunnmur.sources.documents.characters import clean
from grunnmur.sources.documents.failures import clear_errors
from grunnmur.sources.documents.grids import add_grid
from grunnmur.sources.documents.limits import Limits
from grunnmur.sources.documents.model import PageKind
from grunnmur.sources.documents.notation import shown
from grunnmur.sources.documents.office import Parts
from grunnmur.sources.documents.sheet_parts import PLAIN, Look, SheetScan, looks_of, scan, sheet_parts

MOST_CELLS = 5_000_000  # of the rectangle from A1 to the last filled cell, which is held in memory
LONGEST_HEADING = 150
HEADING_LETTERS = 12.0  # points
LEVELS = 3
Merge = tuple[tuple[int, int], tuple[int, int]]


@clear_errors()
def read(data: bytes, builder: DocumentBuilder, limits: Limits) -> None:
    """Read a workbook; hidden sheets are marked as hidden pages.

    Notices: ``hidden-sheet`` and ``hidden-cells`` (left out) with their page, ``formulas-not-computed``
    (``formulas``) when the program that wrote the file computed nothing, ``macros-ignored``.
    Raises :class:`UnreadableFile` and :class:`LimitExceeded`.
    """
    parts = Parts.of(data)
    builder.page_kind = PageKind.SHEET
    reader = _WorkbookReader(parts, builder, limits)
    try:
        reader.read(CalamineWorkbook.from_filelike(io.BytesIO(data)))
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # calamine's own failures are no ordinary exceptions
            raise
        raise UnreadableFile("broken", detail="calamine") from error
    if parts.has_macros:
        builder.note("macros-ignored")
    builder.title = parts.title


@dataclass(slots=True)
class _WorkbookReader:
    parts: Parts
    builder: DocumentBuilder
    limits: Limits
    formulas: int = 0
    computed: int = 0
    looks: list[Look] = field(init=False)

    def __post_init__(self) -> None:
        self.looks = looks_of(self.parts)

    def read(self, workbook: Any) -> None:
        names = sheet_parts(self.parts)
        sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        if len(sheets) > self.limits.pages:
            raise LimitExceeded("too-many-pages", found=len(sheets), limit=self.limits.pages)
        for number, sheet in enumerate(sheets, start=1):
            self._begin(sheet, number)
            if sheet.name in names:
                self._read_sheet(workbook, sheet.name, names[sheet.name], number)
            self.builder.report(number, len(sheets))
        if self.formulas and not self.computed:
            self.builder.note("formulas-not-computed", formulas=self.formulas)

    def _begin(self, sheet: Any, number: int) -> None:
        hidden = sheet.visible != SheetVisibleEnum.Visible
        self.builder.begin_page(clean(sheet.name), hidden=hidden)
        if hidden:
            self.builder.note("hidden-sheet", page=number)

    def _read_sheet(self, workbook: Any, name: str, part: str, number: int) -> None:
        found = scan(self.parts, part, self.looks)
        self.formulas += found.formulas
        self.computed += found.computed
        if found.hidden_rows or found.hidden_columns:
            self.builder.note("hidden-cells", page=number)
        if found.height * found.width > MOST_CELLS:
            raise LimitExceeded("too-large", limit=MOST_CELLS)
        if not found.filled:
            return
        sheet = workbook.get_sheet_by_name(name)
        cells = list(_cells(sheet.to_python(skip_empty_area=False), found, sheet.merged_cell_ranges or []))
        sizes = sorted({found.looks.get((c.row, c.column), PLAIN).size for c in cells}, reverse=True)
        add_grid(self.builder, cells, lambda cell: _heading_level(cell, found, sizes))


def _cells(rows: list[list[object]], found: SheetScan, merges: list[Merge]) -> Iterator[CellText]:
    """The filled cells with their values as shown and their spans."""
    spans = {(top, left): _span(top, left, bottom, right, found) for (top, left), (bottom, right) in merges}
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value == "" or value is None or found.is_hidden(row, column):
                continue
            look = found.looks.get((row, column), PLAIN)
            rowspan, colspan = spans.get((row, column), (1, 1))
            text = clean(value) if isinstance(value, str) else shown(value, look.number_format)
            yield CellText(row, column, text, rowspan, colspan)


def _span(top: int, left: int, bottom: int, right: int, found: SheetScan) -> tuple[int, int]:
    """Rows and columns of a merged cell; a title merged far to the right reaches no further than the data."""
    return max(1, min(bottom + 1, found.height) - top), max(1, min(right + 1, found.width) - left)


def _heading_level(cell: CellText, found: SheetScan, sizes: list[float]) -> int:
    """A lone cell in bold or large letters is a heading; the largest letters on the sheet make the highest level."""
    look = found.looks.get((cell.row, cell.column), PLAIN)
    if len(cell.text) > LONGEST_HEADING or not (look.bold or look.size > HEADING_LETTERS):
        return 0
    return min(LEVELS, sizes.index(look.size) + 1)
