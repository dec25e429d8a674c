"""A table as a file: CSV for everyone, Excel with real numbers.

Text that a spreadsheet would run as a formula is made harmless: with an apostrophe in front in CSV, as text in Excel.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

Cell: TypeAlias = str | float | int | None
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
# XML 1.0 has no way to write these.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_WIDEST = 60
_MOST_DECIMALS = 15


class ColumnKind(StrEnum):
    """How a column's cells are written."""

    TEXT = "text"
    NUMBER = "number"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its heading in the reader's language."""

    title: str
    kind: ColumnKind = ColumnKind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns. ``about`` is what a reader needs to know, as pairs of name and text.

    ``formats`` gives each row the Excel number format of its numbers («0.0" %"»), where one format does not fit all.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    about: Sequence[tuple[str, str]] = ()
    about_title: str = "About"
    formats: Sequence[str] = ()
    made: datetime | None = None


def to_csv(table: Table) -> bytes:
    """Semicolons, decimal comma and UTF-8 with a byte order mark: what a Norwegian Excel opens with a double click."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.title for column in table.columns])
    writer.writerows([csv_cell(cell) for cell in row] for row in table.rows)
    return (BYTE_ORDER_MARK + text.getvalue()).encode("utf-8", errors="replace")


def csv_cell(cell: Cell) -> str:
    """One cell as text. Numbers are written in full, never in scientific notation.

    >>> csv_cell(440000.0), csv_cell(-2.5), csv_cell("-2 plasser"), csv_cell(None)
    ('440000', '-2,5', "'-2 plasser", '')
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
    return plain_number(cell).replace(".", ",")


def plain_number(value: float) -> str:
    """The shortest decimal that reads back as the same number."""
    if float(value).is_integer():
        return f"{value:.0f}"
    text = repr(float(value))
    return text if "e" not in text else f"{value:.{_MOST_DECIMALS}f}".rstrip("0")


def to_xlsx(table: Table) -> bytes:
    """A workbook with the table (frozen head, filter, numbers as numbers) and a sheet about where it is from."""
    book = Workbook(write_only=True)
    if table.made is not None:
        book.properties.created = book.properties.modified = table.made.replace(tzinfo=None)
    book.properties.title = writable(table.title)
    book.properties.creator = "Grunnmur"
    _write_rows(book, table)
    _write_about(book, table)
    with io.BytesIO() as out:
        book.save(out)
        return out.getvalue()


def _write_rows(book: Workbook, table: Table) -> None:
    sheet = book.create_sheet(_sheet_name(table.title))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    for place, column in enumerate(table.columns):
        longest = max((len(str(row[place] or "")) for row in table.rows[:500]), default=0)
        width = max(longest, len(column.title)) + 3
        sheet.column_dimensions[get_column_letter(place + 1)].width = min(width, _WIDEST)
    sheet.append([_head_cell(sheet, column.title) for column in table.columns])
    for number, row in enumerate(table.rows):
        number_format = table.formats[number] if table.formats else "General"
        cells = zip(table.columns, row, strict=True)
        sheet.append([_cell(sheet, column.kind, value, number_format) for column, value in cells])


def _write_about(book: Workbook, table: Table) -> None:
    sheet = book.create_sheet(_sheet_name(table.about_title))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 100
    for name, text in table.about:
        sheet.append([_head_cell(sheet, name), _cell(sheet, ColumnKind.TEXT, text, "General")])


def _head_cell(sheet: Any, title: str) -> Any:
    cell = _cell(sheet, ColumnKind.TEXT, title, "General")
    cell.font = Font(bold=True)
    cell.alignment = Alignment(vertical="top")
    return cell


def _cell(sheet: Any, kind: ColumnKind, value: Cell, number_format: str) -> Any:
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, value=value)
        if kind is ColumnKind.NUMBER:
            cell.number_format = number_format
        return cell
    cell = WriteOnlyCell(sheet, value=writable(value))
    cell.data_type = "s"  # a text that begins with = is still a text
    if kind is ColumnKind.LINK and value.startswith(("https://", "http://")):
        cell.hyperlink = value
        cell.font = Font(underline="single")
    return cell


def _sheet_name(title: str) -> str:
    return _SHEET_NAME.sub(" ", writable(title))[:31].strip(" '") or "Sheet"


def writable(text: str) -> str:
    """The text with what no XML file can hold replaced by the replacement character."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
