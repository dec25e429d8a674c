"""Tensions and replaced acts by readable cases, and what has expired."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from grunnmur.choices.merging.acts import acts, replaced_acts
from grunnmur.choices.merging.expired import find_expired, last_day
from grunnmur.choices.merging.model import Tension
from grunnmur.choices.merging.tensions import find_tensions
from tests.unit.choices.plan_makers import plan_of

CASES = Path(__file__).resolve().parents[2] / "cases"
TENSIONS = yaml.safe_load((CASES / "tensions.yaml").read_text("utf-8"))
ACTS = yaml.safe_load((CASES / "replaced_acts.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def tensions() -> dict[tuple[str, ...], Tension]:
    """All cases as two plans, so that each pair stands among others as it does in practice."""
    first, firsts = plan_of("a", [case["first"] for case in TENSIONS])
    second, seconds = plan_of("b", [case["second"] for case in TENSIONS])
    found = find_tensions([first, second], [*firsts, *seconds])
    for tension in found:
        for passage in tension.passages:
            assert passage.read(first.text if passage.document == first.sha256 else second.text).strip()
    return {tension.items: tension for tension in found}


@pytest.mark.parametrize(("number", "case"), list(enumerate(TENSIONS)))
def test_tension(tensions: dict[tuple[str, ...], Tension], number: int, case: dict[str, Any]) -> None:
    tension = tensions.get((f"a-{number}", f"b-{number}"))
    assert (tension.code if tension else "none") == case["code"]


def test_conflicting_words_are_shown(tensions: dict[tuple[str, ...], Tension]) -> None:
    assert tensions[("a-0", "b-0")].params == {"poles": ["less", "more"], "first": "reduseres", "second": "økes"}
    assert {tensions[("a-10", "b-10")].params[side] for side in ("first", "second")} == {"40 %", "60 %"}


def test_order_of_plans_plays_no_part() -> None:
    plans = [plan_of(name, [case[side] for case in TENSIONS]) for name, side in (("a", "first"), ("b", "second"))]
    ways = [
        find_tensions([p for p, _ in way], [item for _, own in way for item in own]) for way in (plans, plans[::-1])
    ]
    assert ways[0] == ways[1]


@pytest.mark.parametrize("case", ACTS, ids=lambda case: case["text"][:40])
def test_replaced_acts(case: dict[str, Any]) -> None:
    found = replaced_acts(case["text"], case["today"])
    assert sorted(named.act.number for named in found) == sorted(case["acts"])
    for named in found:
        assert case["text"][named.start : named.end].strip()


def test_every_act_says_what_followed_and_where_that_stands() -> None:
    for act in acts():
        assert act.names and act.successor and act.source.startswith("LOV-")
        assert date(act.year, 1, 1) < act.since


@pytest.mark.parametrize(
    ("iso", "day"),
    [
        ("2024", date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2024-06-05", date(2024, 6, 5)),
        ("2024/2027", date(2027, 12, 31)),
        ("2026-05/2026-08", date(2026, 8, 31)),
    ],
)
def test_last_day(iso: str, day: date) -> None:
    assert last_day(iso) == day


def test_deadlines_pass_the_day_after() -> None:
    plan, items = plan_of("p", ["Ny brygge innen 1. juni 2024", "Ny benk innen 2024", "Mer skygge"])
    for today, late in ((date(2024, 6, 1), 0), (date(2024, 6, 2), 1), (date(2025, 1, 1), 2)):
        found = [one for one in find_expired([plan], items, today) if one.code == "deadline"]
        assert len(found) == late
    assert [one.passage.read(plan.text) for one in found] == ["1. juni 2024", "2024"]
