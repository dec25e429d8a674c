from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grunnmur.knowledge import Warning, extract
from grunnmur.knowledge.serialise import bad_offsets, document_json, extraction_json
from tests.unit.knowledge.reading_cases import cases, document
from tests.unit.knowledge.test_extract import TEXT

ELEMENT_KEYS = {"type", "text", "label", "parent", "page", "start", "end"}


def said(warning: Warning) -> str:
    return f"kode {warning.code}"


def result(text: str) -> dict[str, Any]:
    read = document(text)
    return extraction_json(read, extract(read), said)


def test_the_contract_of_the_command() -> None:
    found = json.loads(json.dumps(result(TEXT)))
    assert set(found["document"]) == {"title", "format", "pages", "sha256", "language"}
    assert found["text"] == TEXT
    assert set(found["headings"][0]) == {"text", "level", "page", "start", "end"}
    assert set(found["elements"][0]) == ELEMENT_KEYS
    assert set(found["figures"][0]) == {"label", "number", "unit", "period", "org", "approx", "page", "start", "end"}
    assert set(found["actions"][0]) == {"text", "org", "category", "effects", "fte", "page", "start", "end"}
    assert found["actions"][0]["effects"] == [{"year": 2026, "nok": -200000}]
    assert found["actions"][0]["category"] == "efficiency"
    assert set(found["milestones"][0]) == {"date", "text", "page", "start", "end"}
    assert set(found["laws"][0]) == {"text", "start", "end"}
    assert set(found["services"][0]) == {"text", "org", "start", "end"}
    assert set(found["warnings"][0]) == {"code", "message", "start", "end"}
    assert found["warnings"][0]["message"].startswith("kode ")


def test_whole_numbers_are_written_without_a_decimal_point() -> None:
    assert '"number": 200000,' in json.dumps(result(TEXT))


def test_the_document_as_read() -> None:
    found = document_json(document("Sak 1\n\n  2020 2021\nNord 1 2\nSør 3 4\n"))
    assert [block["kind"] for block in found["blocks"]] == ["heading", "table"]
    assert found["blocks"][1]["cells"][0] == {
        "row": 0, "column": 1, "rowspan": 1, "colspan": 1, "header": True, "start": 9, "end": 13,
    }  # fmt: skip
    assert found["pages"] == [{"number": 1, "kind": "page", "label": "", "hidden": False, "start": 0, "end": 36}]


@pytest.mark.parametrize("name", ["elements.yaml", "actions.yaml"])
def test_every_offset_gives_its_passage(name: str) -> None:
    assert [problem for case in cases(name) for problem in bad_offsets(result(case["text"]))] == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"start": 0, "end": 10_000}, "is outside the text"),
        ({"start": 5, "end": 5}, "is outside the text"),
        ({"start": 14, "end": 22}, "white space"),
        ({"text": "noe annet"}, "is not"),
    ],
)
def test_a_wrong_offset_is_found(change: dict[str, Any], problem: str) -> None:
    found = result(TEXT)
    found["elements"][0].update(change)
    (line,) = bad_offsets(found)
    assert line.startswith("elements[0]")
    assert problem in line


WORDS = [
    "Mål:", "Delmål", "Tiltak", "Virksomhet", "vei", "skal", "1.", "2.1", "- ", "● ", "\n", "\n\n", "\n\n\n\n",
    ". ", ", ", " og ",
    "kr 200 000", "2026", "2025 2026", "(", ")", "«", "»", ":", "Etablere", "barnehage", "  ", "Tjenester:", "er", "å",
]  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=50).map(" ".join))
def test_offsets_hold_in_any_text(text: str) -> None:
    found = result(text)
    mine = {kind: found[kind] for kind in ("headings", "elements", "actions", "services")}
    assert bad_offsets(found | {"figures": [], "milestones": [], "laws": [], "warnings": []} | mine) == []
