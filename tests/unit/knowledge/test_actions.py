from __future__ import annotations

from typing import Any

import pytest

from grunnmur.knowledge.actions import find_actions
from grunnmur.knowledge.effects import effects_of, positions_of, scale_of, signed
from grunnmur.knowledge.elements import find_elements
from grunnmur.knowledge.model import Action, Effect
from tests.unit.knowledge.reading_cases import cases, document, passage


def shown(action: Action, keys: set[str]) -> dict[str, Any]:
    everything = {
        "text": action.text,
        "org": action.org,
        "category": action.category.value if action.category else None,
        "effects": [[effect.year, effect.nok] for effect in action.effects],
        "fte": action.fte,
    }
    return {key: value for key, value in everything.items() if key in keys}


@pytest.mark.parametrize("case", cases("actions.yaml"), ids=lambda case: case["name"])
def test_each_way_of_writing_gives_its_actions(case: dict[str, Any]) -> None:
    read = document(case["text"])
    found = find_actions(read, find_elements(read))
    keys = [set(expected) for expected in case["expected"]] + [{"text"}] * len(found)
    assert [shown(action, known) for action, known in zip(found, keys, strict=False)] == case["expected"]
    assert [passage(read, action.start, action.end) for action in found] == [action.text for action in found]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Kutter 200 000 kroner i 2026", (Effect(2026, -200_000),)),
        ("Investering på 4,5 mill. kr i 2027", (Effect(2027, 4_500_000),)),
        ("Drift 300 000 kroner per år", (Effect(None, 300_000),)),
        ("Et lån på 5 mill. kr er gitt til laget", ()),
        ("Innsparing på 12 stoler", ()),
    ],
)
def test_money_counts_when_the_words_say_what_it_does(words: str, expected: tuple[Effect, ...]) -> None:
    assert effects_of(words) == expected


def test_a_cost_is_positive_even_where_something_is_reduced() -> None:
    assert signed("reduksjon av taket, kostnad", 10.0) == 10.0
    assert signed("reduksjon av taket", 10.0) == -10.0


@pytest.mark.parametrize(("words", "expected"), [("2,5 årsverk", 2.5), ("2-3 årsverk", None), ("tre biler", None)])
def test_positions_are_one_number_or_none(words: str, expected: float | None) -> None:
    assert positions_of(words) == expected


@pytest.mark.parametrize(("words", "scale"), [("hele tusen kroner", 1e3), ("i mill. kr", 1e6), ("kroner", None)])
def test_the_scale_of_a_column(words: str, scale: float | None) -> None:
    assert scale_of(words) == scale
