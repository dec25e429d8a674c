"""Rearranging a plan, naming its levels, and telling what changed."""

from __future__ import annotations

import pytest

from grunnmur.choices.plans import (
    ElementChangeKind,
    LevelRole,
    Node,
    Outline,
    OutlineError,
    Placement,
    VersionedElement,
    changes,
    levels,
)
from grunnmur.choices.plans import outline as tree

PLAN: Outline = (
    Node("visjon", 0, numbered=False),
    Node("trygg", 0),
    Node("hjemme", 1),
    Node("natt", 2),
    Node("kultur", 0),
    Node("bibliotek", 1),
)


def drawn(outline: Outline) -> list[str]:
    return ["  " * node.depth + node.id for node in outline]


def test_numbers_skip_what_has_none() -> None:
    assert tree.numbers(PLAN) == {
        "trygg": "1",
        "hjemme": "1.1",
        "natt": "1.1.1",
        "kultur": "2",
        "bibliotek": "2.1",
    }


def test_an_element_takes_its_branch_along() -> None:
    assert drawn(tree.move(PLAN, "hjemme", Placement.UNDER, "kultur")) == [
        "visjon",
        "trygg",
        "kultur",
        "  bibliotek",
        "  hjemme",
        "    natt",
    ]


def test_steps_go_past_whole_branches_and_stop_at_the_ends() -> None:
    assert drawn(tree.step(PLAN, "kultur", -1))[1:3] == ["kultur", "  bibliotek"]
    assert tree.step(PLAN, "kultur", 1) == PLAN


def test_indent_and_outdent() -> None:
    under = tree.indent(PLAN, "kultur")
    assert drawn(under)[4:] == ["  kultur", "    bibliotek"]
    assert tree.outdent(under, "kultur") == PLAN


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda: tree.move(PLAN, "trygg", Placement.UNDER, "natt"), "inside-itself"),
        (lambda: tree.move(PLAN, "trygg", Placement.UNDER, "trygg"), "inside-itself"),
        (lambda: tree.move(PLAN, "borte", Placement.UNDER, "natt"), "unknown"),
        (lambda: tree.move(PLAN, "trygg", Placement.UNDER, "borte"), "unknown"),
        (lambda: tree.indent(PLAN, "visjon"), "first"),
        (lambda: tree.outdent(PLAN, "trygg"), "top"),
        (lambda: tree.join(PLAN, "natt", "trygg"), "inside-itself"),
        (lambda: tree.insert(PLAN, Node("natt", 0), Placement.AFTER, "trygg"), "twice"),
    ],
)
def test_what_would_not_leave_a_tree_is_refused(change: object, code: str) -> None:
    assert callable(change)
    with pytest.raises(OutlineError) as refused:
        change()
    assert refused.value.code == code


def test_a_new_element_is_put_in_its_place() -> None:
    assert drawn(tree.insert(PLAN, Node("dag", 0), Placement.AFTER, "natt"))[2:5] == ["  hjemme", "    natt", "    dag"]


def test_taking_an_element_out_moves_what_stood_under_it_up() -> None:
    assert drawn(tree.remove(PLAN, "hjemme"))[1:3] == ["trygg", "  natt"]


def test_joining_gathers_what_stood_under_both() -> None:
    assert drawn(tree.join(PLAN, "kultur", "hjemme"))[2:] == ["kultur", "  bibliotek", "  natt"]


def test_each_level_needs_a_name_of_its_own() -> None:
    named = levels([(LevelRole.VISION, "Visjon"), (LevelRole.GOAL, "Hovedområde")])
    assert [(level.name, level.numbered) for level in named] == [("Visjon", False), ("Hovedområde", True)]
    with pytest.raises(ValueError, match="Mål"):
        levels([(LevelRole.GOAL, "Mål"), (LevelRole.SUBGOAL, " Mål")])
    with pytest.raises(ValueError):
        levels([(LevelRole.GOAL, " ")])


def element(id: str, text: str, parent: str | None = None, **facts: str) -> VersionedElement:
    return VersionedElement(id, "1", "Mål", text, parent, facts)


def test_a_change_of_wording_shows_word_by_word() -> None:
    (change,) = changes([element("a", "Flere skal bo hjemme")], [element("a", "Flere kan bo hjemme")])
    assert change.kind is ElementChangeKind.REWORDED
    assert change.runs == (("same", "Flere"), ("removed", "skal"), ("added", "kan"), ("same", "bo hjemme"))


def test_every_change_is_told() -> None:
    old = [element("a", "En", owner="Kultur"), element("b", "To"), element("c", "Tre")]
    new = [element("b", "To", parent="d"), element("a", "En", owner="Helse"), element("d", "Fire")]
    assert [(change.kind.value, (change.new or change.old).id) for change in changes(old, new)] == [  # type: ignore[union-attr]
        ("moved", "b"),
        ("other", "a"),
        ("added", "d"),
        ("removed", "c"),
    ]
    assert changes(old, new)[1].facts == ("owner",)
    assert changes(old, old) == ()
