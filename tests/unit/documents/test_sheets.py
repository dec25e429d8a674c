"""Workbooks: numbers as they are shown, tables where they begin and end."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import openpyxl
import pytest
from office_samples import grid, outline, read, saved, zipped
from openpyxl.styles import Font
from pdf_samples import codes, rows

from grunnmur.kernel import LimitExceeded
from grunnmur.sources.documents.model import Document, PageKind
from grunnmur.sources.documents.notation import shown
from grunnmur.sources.documents.reading import read_bytes


def sheet(*lines: list[object]) -> Any:
    workbook = openpyxl.Workbook()
    for line in lines:
        workbook.active.append(line)
    return workbook


def read_sheet(*lines: list[object]) -> Document:
    return read(saved(sheet(*lines)), "tall.xlsx")


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (0.125, "0.0%", "12,5 %"),
        (0.88, "0%", "88 %"),
        (450000, '"kr" #,##0', "kr 450 000"),
        (450000, '#,##0 "kr"', "450 000 kr"),
        (450000, '#,##0\\ "kr"', "450 000 kr"),
        (1250.5, "[$kr-414] #,##0.00", "kr 1 250,50"),
        (-450000, '_-"kr" * #,##0_-;-"kr" * #,##0_-', "kr -450 000"),
        (-12.5, "#,##0.0;[Red]#,##0.0", "-12,5"),
        (-12.5, "#,##0.0_);(#,##0.0)", "-12,5"),
        (1234567, "#,##0,", "1 235"),
        (5.5, '0.0 "mill. kr"', "5,5 mill. kr"),
        (7, "0.##", "7"),
        (709, "0000", "0709"),
        (2.5, "0", "3"),
        (-0.001, "0.0", "0,0"),
        (1250.0, "General", "1250"),
        (0.1 + 0.2, "General", "0,3"),
        (0.0110497, "General", "0,0110497"),
        (12345678901.0, "General", "12345678901"),
        (1e300, "0.0", "1e+300"),
        (1e-7, "General", "0,0000001"),
        (True, "General", "SANN"),
        (None, "General", ""),
        (dt.date(2024, 1, 15), "dd/mm/yyyy", "15.01.2024"),
        (dt.date(2024, 1, 15), "[$-414]mmm\\ yy;@", "januar 2024"),
        (dt.datetime(2024, 1, 15), "yyyy", "2024"),
        (dt.datetime(2024, 1, 15, 13, 45), "dd.mm.yyyy hh:mm", "15.01.2024 13:45"),
        (dt.time(8, 5), "hh:mm", "08:05"),
        (dt.timedelta(hours=30), "[h]:mm", "30:00"),
    ],
)  # fmt: skip
def test_notation_is_what_a_norwegian_reader_sees(value: object, number_format: str, expected: str) -> None:
    assert shown(value, number_format) == expected


def test_sheets_table_with_title_formats_and_spans() -> None:
    workbook = sheet(["Månedsrapport april", None, None], [], ["Enhet", "Budsjett", "Avvik"], ["Skole", 450000, -0.125])
    page = workbook.active
    page.title = "Drift"
    page.merge_cells("A1:C1")
    page["A1"].font = Font(bold=True, size=16)
    page["B4"].number_format, page["C4"].number_format = '"kr" #,##0', "0.0%"
    document = read(saved(workbook), "tall.xlsx")
    assert outline(document) == ["heading1 Månedsrapport april"]
    assert grid(document) == ["0,0* Enhet", "0,1* Budsjett", "0,2* Avvik", "1,0 Skole", "1,1 kr 450 000", "1,2 -12,5 %"]
    assert (document.pages[0].kind, document.pages[0].label) == (PageKind.SHEET, "Drift")


def test_sheets_merged_cells_are_one_cell() -> None:
    workbook = sheet(["Enhet", "2024", None], [None, "Ansatte", "Årsverk"], ["Skole", 12, 10.5])
    workbook.active.merge_cells("A1:A2")
    workbook.active.merge_cells("B1:C1")
    assert grid(read(saved(workbook), "tall.xlsx"))[:4] == [
        "0,0* [2x1] Enhet", "0,1* [1x2] 2024", "1,1 Ansatte", "1,2 Årsverk",
    ]  # fmt: skip


def test_sheets_tables_are_parted_by_blank_rows_and_columns() -> None:
    document = read_sheet(
        ["Enhet", "Tall", None, "Sone", "Brukere"],
        ["Skole", 1, None, "Øst", 3],
        ["Kultur", 2, None, "Vest", 4],
        [],
        ["År", "Sum"],
        [2024, 10],
    )
    assert [rows(document, number) for number in range(3)] == [
        [["Enhet", "Tall"], ["Skole", "1"], ["Kultur", "2"]],
        [["Sone", "Brukere"], ["Øst", "3"], ["Vest", "4"]],
        [["År", "Sum"], ["2024", "10"]],
    ]


def test_sheets_spacer_rows_and_columns_do_not_part_a_table() -> None:
    document = read_sheet(
        ["Enhet", "Budsjett", None, "Avvik"], ["Skole", 10, None, -1], [], ["Sum", 10, None, -1]
    )  # fmt: skip
    assert rows(document) == [["Enhet", "Budsjett", "Avvik"], ["Skole", "10", "-1"], ["Sum", "10", "-1"]]


def test_sheets_empty_cells_keep_columns_in_line() -> None:
    document = read_sheet(["Enhet", "2023", "2024"], ["Skole", None, 3], ["Kultur", 4, None])
    assert document.text.startswith("Enhet\t2023\t2024\nSkole\t\t3\nKultur\t4\t")


def test_sheets_hidden_sheets_are_marked() -> None:
    workbook = sheet(["a", "b"], ["c", 1])
    workbook.create_sheet("Grunnlag").sheet_state = "hidden"
    workbook["Grunnlag"].append(["x", "y"])
    workbook.active.row_dimensions[2].hidden = True
    document = read(saved(workbook), "tall.xlsx")
    assert [(page.label, page.hidden) for page in document.pages] == [("Sheet", False), ("Grunnlag", True)]
    assert [(notice.code, notice.page) for notice in document.notices] == [("hidden-cells", 1), ("hidden-sheet", 2)]


def test_sheets_hidden_rows_and_columns_are_left_out() -> None:
    workbook = sheet(["Enhet", "Navn", "Sum"], ["Skole", "Kari", 3], ["Hemmelig", "Ola", 4], ["Kultur", "Per", 5])
    workbook.active.row_dimensions[3].hidden = True
    workbook.active.column_dimensions["B"].hidden = True
    document = read(saved(workbook), "tall.xlsx")
    assert "Skole" in document.text
    assert "Kultur" in document.text
    assert not {"Hemmelig", "Kari", "Ola", "Per", "Navn", "4"} & set(document.text.split())
    assert [notice.code for notice in document.notices] == ["hidden-cells"]


def test_sheets_formulas_that_nobody_computed_are_told() -> None:
    document = read_sheet(["Enhet", "Sum"], ["Skole", "=1+1"])
    assert [(notice.code, dict(notice.params)) for notice in document.notices] == [
        ("formulas-not-computed", {"formulas": 1})
    ]


def test_sheets_macros_are_told_and_not_run() -> None:
    with zipfile.ZipFile(io.BytesIO(saved(sheet(["a", 1])))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    document = read(zipped({**parts, "xl/vbaProject.bin": b"Sub Auto_Open()"}), "tall.xlsm")
    assert codes(document) == ["macros-ignored"]


def test_sheets_a_cell_far_away_is_refused_before_it_fills_the_memory() -> None:
    workbook = sheet(["a"])
    workbook.active.cell(1_000_000, 16_000, "z")
    with pytest.raises(LimitExceeded, match="too-large"):
        read_bytes(saved(workbook), "tall.xlsx")
