from __future__ import annotations

from typing import Any

import pytest

from grunnmur.knowledge.milestones import find_milestones
from tests.unit.knowledge.plain import plain, table
from tests.unit.knowledge.reading_cases import cases, document, passage


@pytest.mark.parametrize("case", cases("milestones.yaml"), ids=lambda case: case["name"])
def test_each_way_of_dating_gives_its_events(case: dict[str, Any]) -> None:
    read = document(case["text"])
    events = find_milestones(read)
    assert [[event.date, event.text] for event in events] == case["expected"]
    assert [passage(read, event.start, event.end) for event in events] == [event.text for event in events]


def found(text: str) -> list[tuple[str, str]]:
    return [(milestone.date, milestone.text) for milestone in find_milestones(plain(text))]


def test_a_time_line() -> None:
    text = "Framdrift\n\nMars 2026: oppstart av anskaffelsen\nHøsten 2026: kontrakt signeres med leverandøren\n"
    assert found(text) == [("2026-03", "oppstart av anskaffelsen"), ("2026", "kontrakt signeres med leverandøren")]


def test_a_time_line_entry_without_a_year_takes_the_deck_s() -> None:
    text = "Framdrift\n\nFebruar: felles samling for lagene\nJuni 2026: planen vedtas\nAugust 2026: oppstart i sonene\n"
    assert [date for date, _ in found(text)] == ["2026-02", "2026-06", "2026-08"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Svømmehallen legges ned fra 1.8.25.", [("2025-08-01", "Svømmehallen legges ned fra 1.8.25")]),
        ("Planen vart vedteken i juni 2024.", [("2024-06", "Planen vart vedteken i juni 2024")]),
        ("Tre skoler slås sammen innen 2028, men kretsene består.", [("2028", "Tre skoler slås sammen innen 2028")]),
    ],
)
def test_sentences_in_which_something_happens(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Tallene er hentet fra en rapport fra 2017.",
        "Kulturplan 2022–2030 er et godt grunnlag.",
        "Merforbruket var 2 mill. kr t.o.m. 31.5.24.",
        "Flere blir eldre (SSB, oktober 2023).",
        "Budsjettet vedtas i desember hvert år, og rammen var kr 400 000 i 2023.",
    ],
)
def test_sources_results_plans_and_habits_are_no_events(text: str) -> None:
    assert found(text) == []


def test_a_table_row_with_a_date() -> None:
    rows = [["Tiltak", "Ansvar", "Frist"], ["Ny turvei langs elva", "Virksomhet teknisk", "1. juni 2027"]]
    assert [(m.date, m.text) for m in find_milestones(table(rows))] == [("2027-06-01", "Ny turvei langs elva")]


def test_the_passage_is_the_text() -> None:
    document = plain("Legevakta\nflyttes fra 1. mars 2026 til nye lokaler.")
    for milestone in find_milestones(document):
        assert " ".join(document.text[milestone.start : milestone.end].split()) == milestone.text
