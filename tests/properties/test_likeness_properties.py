"""What holds for the likeness of any texts."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from grunnmur.choices.merging.likeness import space
from grunnmur.choices.merging.model import Item
from grunnmur.choices.merging.pairs import DUPLICATE, pairs, shared_words

CASES = Path(__file__).parents[1] / "cases"
THEMES = yaml.safe_load((CASES / "likeness.yaml").read_text("utf-8"))["themes"]
GOALS = [text for theme in THEMES.values() for text in theme]
UNRELATED = [
    "Havna skal mudres før isen legger seg.", "Skytebanen skal flyttes til et gammelt grustak.",
    "Kirkegården skal gjerdes inn med stein.", "Hjortestammen skal telles fra helikopter.",
    "Gatelysene skal slukkes mellom midnatt og morgen.", "Feiervesenet skal kontrollere pipeløp.",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(GOALS), st.text(max_size=60)), min_size=2, max_size=8)


def items_of(texts: list[str], plan: str = "p") -> list[Item]:
    return [Item(f"{plan}-{text[:40]}-{len(text)}", plan, "goal", text, 0, len(text)) for text in dict.fromkeys(texts)]


@settings(max_examples=15, deadline=None)
@given(TEXTS)
def test_a_score_lies_between_0_and_1_is_the_same_both_ways_and_1_for_itself(texts: list[str]) -> None:
    where = space(texts)
    for first in range(len(texts)):
        assert where.score(first, first) == 1.0
        for second in range(first):
            score = where.score(first, second)
            assert 0 <= score <= 1
            assert score == pytest.approx(where.score(second, first))


@settings(max_examples=6, deadline=None)
@given(st.permutations(GOALS[::3]))
def test_the_order_of_items_does_not_change_the_pairs(texts: list[str]) -> None:
    expected = {(pair.first, pair.second): pair for pair in pairs(items_of(GOALS[::3]))}
    found = {(pair.first, pair.second): pair for pair in pairs(items_of(texts))}
    assert found.keys() == expected.keys()
    for names, pair in found.items():
        assert pair.kind is expected[names].kind
        assert pair.score == pytest.approx(expected[names].score, abs=1e-3)


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(GOALS), st.sampled_from(GOALS))
def test_shared_words_stand_in_the_texts(first: str, second: str) -> None:
    shared = shared_words(first, second)
    assert all(one in first and other in second for one, other in shared)
    assert len(shared) == len(shared_words(second, first))


@settings(max_examples=6, deadline=None)
@given(st.lists(st.sampled_from(UNRELATED), min_size=1, unique=True))
def test_an_unrelated_plan_changes_little(texts: list[str]) -> None:
    before = {(pair.first, pair.second): pair.score for pair in pairs(items_of(GOALS)) if pair.score >= DUPLICATE + 0.2}
    after = {(pair.first, pair.second): pair.score for pair in pairs([*items_of(GOALS), *items_of(texts, "q")])}
    assert before
    assert all(abs(after.get(names, 0.0) - score) < 0.2 for names, score in before.items())


def test_the_same_texts_give_the_same_pairs_each_time() -> None:
    assert pairs(items_of(GOALS)) == pairs(items_of(GOALS))
