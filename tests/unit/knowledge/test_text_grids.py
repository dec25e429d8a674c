from __future__ import annotations

from grunnmur.knowledge.reading import Reading
from grunnmur.knowledge.text_grids import text_grids
from grunnmur.sources.documents.builder import DocumentBuilder
from grunnmur.sources.documents.model import BlockKind, Document, Format


def lines(*paragraphs: str) -> Document:
    """A document whose table came as paragraphs."""
    builder = DocumentBuilder(Format.TEXT, "0" * 64, "Notat")
    for words in paragraphs:
        builder.add(BlockKind.PARAGRAPH, words)
    return builder.build("nb")


def cells(document: Document) -> list[tuple[str, list[tuple[str | None, float]]]]:
    return [
        (row.label, [(grid.columns[value.column].period, value.number.value) for value in row.values])
        for grid in text_grids(document)
        for row in grid.rows
    ]


def test_a_header_with_words_and_thousands_set_apart_by_spaces() -> None:
    document = lines("Regnskap 2022 Budsjett 2023", "Skole 128 450 140 612", "Kultur 9 877 12 447")
    assert cells(document) == [
        ("Skole", [("2022", 128450), ("2023", 140612)]),
        ("Kultur", [("2022", 9877), ("2023", 12447)]),
    ]


def test_a_header_of_school_years_broken_over_lines() -> None:
    document = lines("2014/15-\n2016/17", "2015/16-\n2017/18", "alle 24 25", "jenter 20 21")
    assert cells(document) == [
        ("alle", [("2014/2017", 24), ("2015/2018", 25)]),
        ("jenter", [("2014/2017", 20), ("2015/2018", 21)]),
    ]


def test_prose_with_two_years_is_no_table() -> None:
    assert cells(lines("Fra 2022 til 2023 økte tallet.", "Det var 12 14 steder.", "Og så 3 4 til.")) == []


def test_every_value_points_at_its_number() -> None:
    document = lines("Status 2023 Mål 2028", "Fravær 9,8 % 8,5 %", "Heltid 31 % 45 %")
    values = [value for grid in Reading(document).grids for row in grid.rows for value in row.values]
    assert [document.text[slice(*value.cell)] for value in values] == ["9,8 %", "8,5 %", "31 %", "45 %"]


def test_one_cell_on_each_line() -> None:
    document = lines(
        "Prosjekt", "Kostnad", "Ferdig",
        "Ny gangbro", "12,5 mill.", "Mai 2027",
        "Tak på idrettshallen", "6 200 000 kr", "2028",
    )  # fmt: skip
    (grid,) = text_grids(document)
    assert [(row.label, [value.number.value for value in row.values]) for row in grid.rows] == [
        ("Ny gangbro", [12_500_000]),
        ("Tak på idrettshallen", [6_200_000]),
    ]
    assert [column.label for column in grid.columns.values()] == ["Prosjekt", "Kostnad", "Ferdig"]


def test_short_lines_of_words_are_no_table() -> None:
    assert list(text_grids(lines("Mål", "Trygghet", "Mestring", "Fellesskap", "Nærhet", "Kvalitet"))) == []
