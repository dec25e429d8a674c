"""What a workbook's XML parts tell about cells besides their values: number format, font, formula, hidden rows."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.cell import column_index_from_string

from grunnmur.sources.documents.notation import GENERAL
from grunnmur.sources.documents.office import RELATIONS, Element, Parts, is_true

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT_S = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
SAFE = {"resolve_entities": False, "no_network": True, "huge_tree": False, "remove_comments": True, "remove_pis": True}
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """Number format and font of a cell style."""

    number_format: str = GENERAL
    bold: bool = False
    size: float = 11.0


PLAIN = Look()


MOST_COLUMNS = 16_384  # a sheet has no more


@dataclass(slots=True)
class SheetScan:
    """One pass over a sheet part. Rows and columns count from 0; ``looks`` leaves ordinary cells out."""

    height: int = 0
    width: int = 0
    filled: int = 0
    formulas: int = 0
    computed: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    looks: dict[Place, Look] = field(default_factory=dict)

    def is_hidden(self, row: int, column: int) -> bool:
        """Whether the writer hid the cell's row or column."""
        return row in self.hidden_rows or column in self.hidden_columns


def main_part(parts: Parts) -> str:
    """Name of the workbook part."""
    return parts.related("", "officeDocument") or "xl/workbook.xml"


def sheet_parts(parts: Parts) -> Mapping[str, str]:
    """Part of each sheet by the sheet's name."""
    main = main_part(parts)
    root = parts.xml(main)
    found: dict[str, str] = {}
    for sheet in root.iter(f"{S}sheet") if root is not None else ():
        part = parts.target(main, sheet.get(f"{RELATIONS}id"))
        if part is not None:
            found[sheet.get("name") or ""] = part
    return found


def looks_of(parts: Parts) -> list[Look]:
    """The looks that cells refer to by number."""
    part = parts.related(main_part(parts), "styles")
    root = parts.xml(part) if part else None
    if root is None:
        return []
    formats = dict(BUILTIN_FORMATS)
    for element in root.iterfind(f"{S}numFmts/{S}numFmt"):
        formats[int(element.get("numFmtId") or 0)] = element.get("formatCode") or GENERAL
    fonts = [_font(element) for element in root.iterfind(f"{S}fonts/{S}font")]
    return [_look(element, formats, fonts) for element in root.iterfind(f"{S}cellXfs/{S}xf")]


def _font(element: Element) -> tuple[bool, float]:
    bold = element.find(f"{S}b")
    size = element.find(f"{S}sz")
    is_bold = bold is not None and is_true(bold.get("val", "1"))
    return is_bold, float(size.get("val") or 11) if size is not None else 11.0


def _look(element: Element, formats: Mapping[int, str], fonts: list[tuple[bool, float]]) -> Look:
    font = int(element.get("fontId") or 0)
    bold, size = fonts[font] if font < len(fonts) else (False, 11.0)
    return Look(formats.get(int(element.get("numFmtId") or 0), GENERAL), bold, size)


def scan(parts: Parts, part: str, looks: list[Look]) -> SheetScan:
    """Walk through a sheet part without keeping it in memory."""
    result = SheetScan()
    for row, column, cell in _cells(parts, part, result):
        _take(result, row, column, cell, looks)
    return result


def _cells(parts: Parts, part: str, result: SheetScan) -> Iterator[tuple[int, int, Element]]:
    """Row, column and element of every cell; a cell without a reference follows the one before it."""
    row = -1
    tags = [space + name for space in (S, STRICT_S) for name in ("row", "col")]
    stream = io.BytesIO(parts.read(part))
    for _, element in etree.iterparse(stream, tag=tags, **SAFE):
        hidden = is_true(element.get("hidden") or "0")
        if element.tag.endswith("}col") and hidden:
            first, last = int(element.get("min") or 1), int(element.get("max") or 1)
            result.hidden_columns.update(range(first - 1, min(last, MOST_COLUMNS)))
        if element.tag.endswith("}row"):
            row, column = int(element.get("r") or row + 2) - 1, -1
            if hidden:
                result.hidden_rows.add(row)
            for cell in element:
                reference = cell.get("r")
                row, column = _place(reference) if reference else (row, column + 1)
                yield row, column, cell
        element.clear(keep_tail=True)


def _place(reference: str) -> Place:
    letters = reference.rstrip("0123456789")
    return int(reference[len(letters) :]) - 1, _column(letters)


@cache
def _column(letters: str) -> int:
    return column_index_from_string(letters) - 1


def _take(result: SheetScan, row: int, column: int, cell: Element, looks: list[Look]) -> None:
    has_value = has_formula = False
    for child in cell:
        if child.tag.endswith("}f"):
            has_formula = True
        elif child.text or len(child):
            has_value = True
    result.formulas += has_formula
    result.computed += has_formula and has_value
    if not has_value:
        return
    result.filled += 1
    result.height = max(result.height, row + 1)
    result.width = max(result.width, column + 1)
    style = int(cell.get("s") or 0)
    if style < len(looks) and looks[style] != PLAIN:
        result.looks[row, column] = looks[style]
