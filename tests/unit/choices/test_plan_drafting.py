"""A first tree from what was found in a document."""

from __future__ import annotations

import pytest

from grunnmur.choices.plans import LevelRole, sdg
from grunnmur.choices.plans.drafting import DraftedPlan, Found, Section, drafted
from grunnmur.choices.plans.outline import is_whole, numbers

NAMES = {role: role.value.upper() for role in LevelRole}


def plan(*found: Found, sections: tuple[Section, ...] = ()) -> DraftedPlan:
    made = drafted(found, sections, NAMES.__getitem__)
    assert is_whole(made.outline)
    assert [node.id for node in made.outline] == [element.id for element in made.elements]
    return made


def shape(made: DraftedPlan) -> list[tuple[str, int]]:
    return [(node.id, node.depth) for node in made.outline]


def goal(id: str, start: int, text: str = "", **more: str) -> Found:
    return Found(id, LevelRole.GOAL, text or id, start, start + 5, **more)


def subgoal(id: str, start: int, **more: str) -> Found:
    return Found(id, LevelRole.SUBGOAL, id, start, start + 5, **more)


def action(id: str, start: int) -> Found:
    return Found(id, LevelRole.ACTION, id, start, start + 5)


def test_children_follow_their_parents_in_reading_order() -> None:
    made = plan(goal("g1", 10), goal("g2", 50), subgoal("b", 70, parent="g2"), subgoal("a", 60, parent="g2"))
    assert shape(made) == [("g1", 0), ("g2", 0), ("a", 1), ("b", 1)]


def test_levels_are_named_as_the_document_names_them() -> None:
    made = plan(goal("h", 1, label="Hovedmål 1"), subgoal("d", 10, label="Delmål 1.1", parent="h"), subgoal("e", 20))
    assert [level.name for level in made.levels] == ["Hovedmål", "Delmål", "SUBGOAL"]
    assert numbers(made.outline) == {"h": "1", "d": "1.1"}  # what has no name of its own takes no number here


@pytest.mark.parametrize("label", ["A1", "4.1.1", ""])
def test_a_number_alone_is_no_name(label: str) -> None:
    made = plan(goal("g", 1, label=label))
    assert [(level.name, level.numbered) for level in made.levels] == [("GOAL", True)]


def test_a_list_of_contents_gives_no_element_of_its_own() -> None:
    made = plan(
        Found("toc", LevelRole.AREA, "Tidlig hjelp 7", 5, 20, "Innsatsområde 1"),
        Found("body", LevelRole.AREA, "Tidlig hjelp", 100, 112, "Innsatsområde 1"),
        goal("g", 120, parent="body"),
    )
    assert shape(made) == [("body", 0), ("g", 1)]
    assert made.elements[0].passages == ((100, 112),)


def test_a_title_and_its_wording_are_one_element_with_both_passages() -> None:
    made = plan(
        goal("title", 10, "Nok boliger", label="Strategimål 1"),
        goal("wording", 30, "Det finnes nok boliger.", label="Strategimål 1"),
        subgoal("s", 60, parent="wording"),
    )
    assert shape(made) == [("wording", 0), ("s", 1)]
    assert made.elements[0].text == "Nok boliger\nDet finnes nok boliger."
    assert made.elements[0].passages == ((10, 15), (30, 35))


def test_an_element_stands_under_the_element_that_is_its_heading() -> None:
    choice = Found("v", LevelRole.CHOICE, "Mestring", 10, 18, "Veivalg 1")
    sections = (Section("s1", "Mestring", 2, 10, 18), Section("s2", "Mål", 3, 25, 28), Section("s3", "Nytt", 2, 50, 54))
    assert shape(plan(choice, goal("in", 30), goal("out", 60), sections=sections)) == [("v", 0), ("in", 1), ("out", 0)]


def test_actions_follow_the_goal_of_their_section_and_else_their_heading() -> None:
    sections = (
        Section("s1", "Mål", 2, 1, 4),
        Section("s2", "Slik gjør vi", 3, 30, 42),
        Section("s3", "Mer", 2, 80, 83),
    )
    made = plan(goal("g", 10), subgoal("s", 20, parent="g"), action("a", 50), action("b", 90), sections=sections)
    assert shape(made) == [("g", 0), ("s", 1), ("a", 1), ("s3", 0), ("b", 1)]
    assert [level.role for level in made.levels][-1] is LevelRole.TEXT


def test_actions_stand_under_the_goal_their_heading_names() -> None:
    sections = (Section("s1", "Hovedmål 1", 2, 1, 4), Section("s2", "Hovedmål 1: tiltak", 2, 30, 42))
    made = plan(goal("g", 5, label="Hovedmål 1"), goal("h", 20, label="Hovedmål 2"), action("a", 50), sections=sections)
    assert shape(made) == [("g", 0), ("a", 1), ("h", 0)]


def test_what_stands_among_numbered_goals_does_not_move_their_numbers() -> None:
    strategy = Found("s", LevelRole.STRATEGY, "Strategi", 1, 5)
    sections = (Section("m", "Mål", 1, 0, 1), Section("t", "Tiltak", 1, 25, 31))
    found = [
        strategy,
        goal("g", 10, label="Mål 1"),
        action("a", 40),
        goal("h", 60, label="Mål 2"),
        subgoal("d", 70, parent="h"),
    ]
    made = plan(*found, sections=(*sections, Section("u", "Mål", 1, 50, 55)))
    assert numbers(made.outline) == {"g": "1", "h": "2", "d": "2.1", "a": "3"}


def test_parents_that_go_in_a_ring_lose_nothing() -> None:
    made = plan(goal("a", 1, parent="b"), goal("b", 10, parent="a"), goal("c", 20, parent="c"))
    assert {element.id for element in made.elements} == {"a", "b", "c"}


def test_there_are_169_targets() -> None:
    assert sum(len(sdg.targets(goal)) for goal in sdg.GOALS) == 169


def test_goals_are_read_in_order_and_once() -> None:
    assert sdg.read_goals("17.19 3.9;3, 3.a og 3") == ("3", "3.9", "3.a", "17.19")


@pytest.mark.parametrize("text", ["18", "3.10", "0", "3.e", "fattigdom", "17.a"])
def test_a_goal_there_is_none_of_is_refused(text: str) -> None:
    with pytest.raises(sdg.UnknownGoalError) as error:
        sdg.read_goals(f"1, {text}")
    assert error.value.numbers == (text,)
