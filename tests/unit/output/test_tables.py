"""Tables as files that spreadsheets open."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grunnmur.output import Column, ColumnKind, Table, to_csv, to_xlsx
from grunnmur.output.tables import FORMULA_STARTS, csv_cell, plain_number

COLUMNS = [Column("Hva"), Column("Verdi", ColumnKind.NUMBER), Column("Kilde", ColumnKind.LINK)]
ROWS = [
    ["Sykehjemsplasser; alle", 402.0, "https://kommune.example/kilder/1"],
    ["=1+1", -2.5, "javascript:alert(1)"],
    ["Ukjent", None, ""],
]
TABLE = Table(
    "Tall: alle/noen", COLUMNS, ROWS, about=[("Hentet", "=nå")], about_title="Om tallene",
    formats=["#,##0", '0.0## "%"', "General"], made=datetime(2026, 5, 14, 12, tzinfo=UTC),
)  # fmt: skip


def read_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_csv_is_what_a_norwegian_spreadsheet_expects() -> None:
    rows = read_csv(to_csv(TABLE))
    assert rows[0] == ["Hva", "Verdi", "Kilde"]
    assert rows[1] == ["Sykehjemsplasser; alle", "402", "https://kommune.example/kilder/1"]
    assert rows[2] == ["'=1+1", "-2,5", "javascript:alert(1)"]
    assert rows[3] == ["Ukjent", "", ""]


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_no_text_becomes_a_formula(start: str) -> None:
    assert csv_cell(f"{start}HYPERLINK()") == f"'{start}HYPERLINK()"


@given(st.text(max_size=40))
def test_a_text_comes_back_from_csv_or_is_made_harmless(text: str) -> None:
    rows = read_csv(to_csv(Table("t", COLUMNS[:1], [[text]])))
    written = text if not text.startswith(FORMULA_STARTS) else f"'{text}"
    # An empty row and a text of line breaks only are the same to the reader of CSV.
    expected = [written.encode("utf-8", "replace").decode()]
    assert (rows[1] if len(rows) > 1 and rows[1] else [""]) == expected


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_numbers_are_written_in_full_and_read_back(value: float) -> None:
    text = plain_number(value)
    assert "e" not in text
    assert float(text) == pytest.approx(value, abs=1e-15)


def test_excel_has_real_numbers_and_a_frozen_head() -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(TABLE)))
    sheet, about = book.worksheets
    assert (sheet.title, about.title) == ("Tall  alle noen", "Om tallene")
    assert sheet.freeze_panes == "A2"
    assert sheet["B2"].value == 402
    assert sheet["B2"].number_format == "#,##0"
    assert (sheet["B3"].value, sheet["B3"].number_format) == (-2.5, '0.0## "%"')
    assert sheet["B4"].value is None
    assert (sheet["A3"].value, sheet["A3"].data_type) == ("=1+1", "s")
    assert sheet["C2"].hyperlink.target == "https://kommune.example/kilder/1"
    assert sheet["C3"].hyperlink is None, "only web addresses become links"
    assert [cell.value for cell in about[1]] == ["Hentet", "=nå"]
    assert about["B1"].data_type == "s"


@given(st.text(max_size=40))
def test_any_text_can_be_written_to_excel(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(Table(text, COLUMNS[:1], [[text]]))))
    assert book.worksheets[0].max_row >= 1


def test_the_same_table_gives_the_same_csv() -> None:
    assert to_csv(TABLE) == to_csv(TABLE)
