"""Figures as JSON-stat 2.0."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from grunnmur.output import FigureRecord, to_jsonstat

PLACES = FigureRecord(
    id=7, label="Sykehjemsplasser", number=402, unit="places", period="2032", org="", approx=False, state="accepted",
    document_id=3, document="Plan for omsorg", sha256="a" * 64, page=2, start=10, end=13, passage="402",
)  # fmt: skip
MONEY = replace(PLACES, id=9, label="Innsparing", number=-2.25, unit="NOK", period="", approx=True, org="Helse")
MISSING = replace(PLACES, id=11, number=None, period="2030")


def dataset(*records: FigureRecord) -> dict[str, Any]:
    return to_jsonstat(
        records, label="Tall", source="Larvik kommune", updated=datetime(2026, 5, 14, tzinfo=UTC),
        unit_words={"places": "Plasser"}, period_words={"-": "uten periode"},
    )  # fmt: skip


def test_the_shape_is_that_of_json_stat() -> None:
    result = dataset(PLACES, MONEY, MISSING)
    assert (result["version"], result["class"]) == ("2.0", "dataset")
    assert result["id"] == ["figure", "period"]
    assert result["size"] == [3, 3]
    sizes = [len(result["dimension"][name]["category"]["index"]) for name in result["id"]]
    assert sizes == result["size"]
    assert set(result["role"]) == {"metric", "time"}
    assert result["updated"] == "2026-05-14T00:00:00+00:00"


def value_of(result: dict[str, Any], figure: str, period: str) -> Any:
    """Look a value up as a reader of JSON-stat does, by its place in the cube."""
    indexes = [result["dimension"][name]["category"]["index"] for name in result["id"]]
    cell = indexes[0].index(figure) * result["size"][1] + indexes[1].index(period)
    return result["value"].get(str(cell)), result["status"].get(str(cell))


def test_every_value_is_in_its_cell_with_its_status() -> None:
    result = dataset(PLACES, MONEY, MISSING)
    assert value_of(result, "7", "2032") == (402, "observed")
    assert value_of(result, "9", "-") == (-2.25, "approximate")
    assert value_of(result, "11", "2030") == (None, "missing")
    assert value_of(result, "7", "2030") == (None, None)


def test_units_and_sources_follow() -> None:
    result = dataset(PLACES, MONEY)
    units = result["dimension"]["figure"]["category"]["unit"]
    assert units["7"] == {"base": "places", "label": "Plasser", "decimals": 0}
    assert units["9"] == {"base": "NOK", "label": "NOK", "decimals": 2}
    source = result["extension"]["figures"]["7"]
    assert source["passage"] == {"page": 2, "start": 10, "end": 13, "text": "402"}
    assert source["document"]["title"] == "Plan for omsorg"
    assert result["extension"]["figures"]["9"]["org"] == "Helse"


def test_no_figures_is_an_empty_cube() -> None:
    result = dataset()
    assert result["size"] == [0, 1]
    assert result["value"] == {}
