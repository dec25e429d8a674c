from __future__ import annotations

from typing import Any

import pytest

from grunnmur.kernel import Unit
from grunnmur.knowledge.figures import find_figures
from grunnmur.knowledge.reading import own_date
from grunnmur.sources.documents.reading import read_bytes
from tests.unit.knowledge.plain import cases, plain, table


@pytest.mark.parametrize("case", cases("figures"), ids=lambda case: case["name"])
def test_figures_in_text(case: dict[str, Any]) -> None:
    found = find_figures(plain(case["text"]))
    expected = case["figures"]
    assert [(f.number, f.unit.value, f.period) for f in found] == [
        (e["number"], e["unit"], e.get("period")) for e in expected
    ]
    for figure, wanted in zip(found, expected, strict=True):
        assert wanted.get("label", "").lower() in figure.label.lower()
        assert figure.org == wanted.get("org", figure.org)
        assert figure.approx or not wanted.get("approx")


def test_every_figure_points_at_its_number() -> None:
    document = plain("Skolen har 24 lærere og et budsjett på 19,5 mill. kr.")
    assert [document.text[f.start : f.end] for f in find_figures(document)] == ["24 lærere", "19,5 mill. kr"]


def test_a_note_scales_the_years_under_it_but_not_other_columns() -> None:
    rows = [["Tiltak", "Plasser", "Kostnad 2025", "2026"], ["Nytt dagsenter i sør", "12", "450", "900"]]
    found = find_figures(table(rows, "Alle beløp er i 1 000 kroner."))
    assert [(f.number, f.unit, f.period) for f in found] == [
        (12, Unit.PLACES, None), (450000, Unit.NOK, "2025"), (900000, Unit.NOK, "2026"),
    ]  # fmt: skip


def test_a_row_label_may_hold_a_number_and_a_serial_is_no_figure() -> None:
    rows = [["Nr.", "Tiltak", "Kostnad"], ["2.1", "Gruppetilbud med 16 plasser i året", "kr 300 000 i 2027"]]
    found = find_figures(table(rows))
    assert [(f.number, f.period) for f in found] == [(16, None), (300000, "2027")]
    assert all(f.label.startswith("Gruppetilbud") for f in found)


def test_a_column_about_time_holds_no_figures() -> None:
    rows = [["Tiltak", "Antall", "Frist"], ["Rette opp gangveien ved skolen", "3", "2027"]]
    assert [f.number for f in find_figures(table(rows))] == [3]


def test_values_and_names_of_a_chart_are_paired() -> None:
    document = plain("Fordelingen er vist i kakediagrammet under.\n\n60 %\n\n30 %\n\n10 %\n\nSkole\n\nKultur\n\nStab\n")
    assert [(f.number, f.label) for f in find_figures(document)] == [(60, "Skole"), (30, "Kultur"), (10, "Stab")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Utvalg for kultur\n7.5 2024\n\n\n\nSaker", "2024-05-07"),
        ("Kulturplan 2022–2030\n\nInnledning", None),
        ("Årsrapport 2023\n\nInnledning", "2023"),
    ],
)
def test_the_date_a_document_carries(text: str, expected: str | None) -> None:
    assert own_date(plain(text)) == expected


def test_rows_that_say_their_unit_take_no_note_on_amounts_from_another_table() -> None:
    amounts = "| Tiltak | 2025 | 2026 |\n|---|---|---|\n| Flere plasser i sør | 4 | 6 |\n\nBeløp i mill. kr.\n\n"
    filler = "Noe annet.\n\n" * 5
    rows = (
        "| Måltall | 2025 | 2026 |\n|---|---|---|\n| Barn i egen bolig (%) | 44 | 52 |\n| Nye hus per år | 14 | 21 |\n"
    )
    found = find_figures(read_bytes((amounts + filler + rows).encode(), "plan.md"))
    assert [(f.number, f.unit.value) for f in found] == [
        (4e6, "NOK"), (6e6, "NOK"), (44, "percent"), (52, "percent"), (14, "other"), (21, "other"),
    ]  # fmt: skip


def test_a_column_of_things_without_a_unit_does_not_count_the_rows_persons() -> None:
    rows = [["Gruppe", "Husstander"], ["Familier med lav inntekt", "310"], ["Personer med rusproblemer", "95"]]
    assert [(f.number, f.unit) for f in find_figures(table(rows))] == [(310, Unit.OTHER), (95, Unit.OTHER)]
