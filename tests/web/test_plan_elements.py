"""Changing a plan's tree: nothing is written over, everything is logged, and every act can be taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from grunnmur.choices.plans.outline import Placement
from grunnmur.kernel import BadInput
from grunnmur_web.accounts.models import Role, User
from grunnmur_web.actions import plan_elements as acts
from grunnmur_web.actions import plans
from grunnmur_web.models import AuditEvent, Finding, FindingState, Plan, PlanElement
from grunnmur_web.store.plans import history, snapshot
from grunnmur_web.store.plans.outline import element_numbers, element_rows
from tests.web.library import person
from tests.web.plans import add_culture_document, add_plan, add_tree, texts

pytestmark = pytest.mark.django_db
TREE = [(0, "Mål en"), (1, "Delmål a"), (1, "Delmål b"), (0, "Mål to")]


@pytest.fixture
def planner() -> User:
    return person(Role.PLANNER)


@pytest.fixture
def plan(planner: User) -> Plan:
    return add_plan(planner)


@pytest.fixture
def tree(plan: Plan, planner: User) -> dict[str, PlanElement]:
    return add_tree(plan, planner)


def numbered(plan: Plan) -> dict[str, str]:
    rows = element_rows(plan)
    found = element_numbers(rows)
    return {row.text: found[row.public_id] for row in rows if row.public_id in found}


@pytest.mark.usefixtures("tree")
def test_elements_stand_where_they_were_added(plan: Plan) -> None:
    assert texts(plan) == TREE
    assert numbered(plan) == {"Mål en": "1", "Delmål a": "1.1", "Delmål b": "1.2", "Mål to": "2"}


def test_a_branch_moves_whole_and_every_way_can_be_undone(
    plan: Plan, tree: dict[str, PlanElement], planner: User
) -> None:
    for id, way, after in [
        (tree["Mål en"].public_id, "down", [(0, "Mål to"), (0, "Mål en"), (1, "Delmål a"), (1, "Delmål b")]),
        (tree["Mål to"].public_id, "in", [(0, "Mål en"), (1, "Delmål a"), (1, "Delmål b"), (1, "Mål to")]),
        (tree["Delmål a"].public_id, "out", [(0, "Mål en"), (1, "Delmål b"), (0, "Delmål a"), (0, "Mål to")]),
        (tree["Delmål b"].public_id, "up", [(0, "Mål en"), (1, "Delmål b"), (1, "Delmål a"), (0, "Mål to")]),
    ]:
        acts.rearrange(plan, id, way, by=planner)
        assert texts(plan) == after
        assert acts.undo(plan, by=planner).act == f"moved_{way}"
        assert texts(plan) == TREE


@pytest.mark.parametrize(
    ("name", "way", "code"), [("Mål en", "in", "plan-nothing-above"), ("Mål en", "out", "plan-at-the-top")]
)
def test_a_move_that_leaves_no_tree_changes_nothing(
    plan: Plan, tree: dict[str, PlanElement], planner: User, name: str, way: str, code: str
) -> None:
    with pytest.raises(BadInput, match=code):
        acts.rearrange(plan, tree[name].public_id, way, by=planner)
    assert texts(plan) == TREE


def test_writing_logs_old_and_new_and_counts_the_version(
    plan: Plan, tree: dict[str, PlanElement], planner: User
) -> None:
    row = tree["Delmål a"]
    acts.write(row, {"text": "Delmål A", "sdg": ["3", "3.4"], "rationale": "Fordi"}, 1, by=planner)
    row.refresh_from_db()
    assert (row.text, row.sdg, row.version, row.edited_by) == ("Delmål A", ["3", "3.4"], 2, planner)
    event = AuditEvent.objects.filter(act="plan.written").get()
    assert event.old is not None and event.old["text"] == "Delmål a"
    assert event.new is not None and event.new["text"] == "Delmål A"


def test_two_writers_lose_neither_text(tree: dict[str, PlanElement], planner: User) -> None:
    other = person(Role.PLANNER, "Ola")
    row = tree["Delmål a"]
    acts.write(row, {"text": "Olas tekst"}, 1, by=other)
    with pytest.raises(BadInput, match="wording-changed"):
        acts.write(row, {"text": "Karis tekst"}, 1, by=planner)
    row.refresh_from_db()
    assert (row.text, row.version) == ("Olas tekst", 2)


def test_one_may_write_while_another_moves_the_same_element(
    plan: Plan, tree: dict[str, PlanElement], planner: User
) -> None:
    acts.rearrange(plan, tree["Delmål a"].public_id, "down", by=person(Role.PLANNER, "Ola"))
    acts.write(tree["Delmål a"], {"text": "Ny"}, 1, by=planner)
    assert texts(plan) == [(0, "Mål en"), (1, "Delmål b"), (1, "Ny"), (0, "Mål to")]


def test_split_and_join_keep_words_sources_and_children(
    plan: Plan, tree: dict[str, PlanElement], planner: User
) -> None:
    document = add_culture_document()
    assert document.current_id is not None
    acts.write(tree["Mål en"], {"sources": [(document.current_id, 2, 9)]}, 1, by=planner)
    acts.split(tree["Mål en"], ["Mål 1a", " ", "Mål 1b"], 2, by=planner)
    assert texts(plan)[:4] == [(0, "Mål 1a"), (1, "Delmål a"), (1, "Delmål b"), (0, "Mål 1b")]
    second = plan.elements.get(text="Mål 1b")
    assert list(second.sources.values_list("start", "end")) == [(2, 9)]
    acts.join(plan, second.public_id, tree["Mål en"].public_id, by=planner)
    assert texts(plan) == [(0, "Mål 1b\nMål 1a"), (1, "Delmål a"), (1, "Delmål b"), (0, "Mål to")]
    acts.undo(plan, by=planner)
    acts.undo(plan, by=planner)
    assert texts(plan) == TREE
    with pytest.raises(BadInput, match="nothing-to-split"):
        acts.split(plan.elements.get(text="Mål to"), ["en", ""], 1, by=planner)


def test_what_stood_under_a_removed_element_moves_up_and_comes_back(
    plan: Plan, tree: dict[str, PlanElement], planner: User
) -> None:
    acts.remove(plan, tree["Mål en"].public_id, by=planner)
    assert texts(plan) == [(0, "Delmål a"), (0, "Delmål b"), (0, "Mål to")]
    acts.undo(plan, by=planner)
    assert texts(plan) == TREE
    assert plan.elements.get(text="Mål en").public_id == tree["Mål en"].public_id


def test_undo_takes_back_ones_own_and_never_what_another_wrote_since(
    plan: Plan, tree: dict[str, PlanElement], planner: User
) -> None:
    other = person(Role.PLANNER, "Ola")
    acts.write(tree["Delmål a"], {"text": "Karis"}, 1, by=planner)
    acts.write(tree["Mål to"], {"text": "Olas"}, 1, by=other)
    acts.undo(plan, by=planner)
    assert texts(plan) == [(0, "Mål en"), (1, "Delmål a"), (1, "Delmål b"), (0, "Olas")]
    row = plan.elements.get(text="Delmål a")
    acts.write(row, {"text": "Karis igjen"}, row.version, by=planner)
    row.refresh_from_db()
    acts.write(row, {"text": "Olas endring"}, row.version, by=other)
    with pytest.raises(BadInput, match="plan-changed-since"):
        acts.undo(plan, by=planner)
    assert (1, "Olas endring") in texts(plan)


def test_there_is_nothing_to_undo_in_a_new_plan(plan: Plan, planner: User) -> None:
    with pytest.raises(BadInput, match="nothing-to-undo"):
        acts.undo(plan, by=planner)


def test_an_older_version_is_restored_whole_and_that_too_is_undone(
    plan: Plan, tree: dict[str, PlanElement], planner: User
) -> None:
    wanted = history.latest(plan)
    assert wanted is not None
    acts.remove(plan, tree["Mål to"].public_id, by=planner)
    acts.write(tree["Delmål a"], {"text": "Endret"}, 1, by=planner)
    changed = texts(plan)
    acts.restore(plan, wanted, by=planner)
    assert texts(plan) == TREE
    acts.undo(plan, by=planner)
    assert texts(plan) == changed


def test_history_is_thinned_but_never_loses_a_days_last_version(
    plan: Plan, tree: dict[str, PlanElement], planner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "KEPT", 2)
    for number in range(1, 6):
        acts.write(tree["Mål to"], {"text": f"Utgave {number}"}, number, by=planner)
    newest = history.latest(plan)
    history.thin(plan)
    acts_left = list(plan.versions.order_by("id").values_list("act", flat=True))
    assert acts_left[0] == "began"
    assert len(acts_left) == 4
    assert history.latest(plan) == newest


def test_a_plan_is_made_from_what_its_document_says(plan: Plan, planner: User) -> None:
    document = add_culture_document()
    Finding.objects.filter(text__startswith="Kulturskolen har").update(state=FindingState.REJECTED)
    assert acts.make_from(plan, document, by=planner) == 5
    assert texts(plan) == [
        (0, "Kultur for alle."), (0, "Flere skal få oppleve kultur."), (1, "Biblioteket er åpent hver dag."),
        (1, "Ansette to lærere i kulturskolen."), (0, "Kulturarven blir tatt vare på."),
    ]  # fmt: skip
    assert {row.text: row.level.name for row in element_rows(plan)}["Flere skal få oppleve kultur."] == "Hovedmål"
    assert document.current is not None
    for row in element_rows(plan):
        source = row.sources.get()
        assert document.current.text[source.start : source.end] == row.text
    with pytest.raises(BadInput, match="no-elements"):
        acts.make_from(plan, document, by=planner)
    acts.undo(plan, by=planner)
    assert texts(plan) == []


def test_nothing_is_made_from_a_document_one_does_not_see(plan: Plan, planner: User) -> None:
    leader = person(Role.STAFF, "Lise")
    plans.change(plan, {"owner": leader}, by=planner)
    document = add_culture_document(published=False)
    with pytest.raises(BadInput, match="no-elements"):
        acts.make_from(plan, document, by=leader)


def test_only_those_who_may_edit_change_anything(plan: Plan, tree: dict[str, PlanElement]) -> None:
    stranger = person(Role.STAFF, "Ola")
    id = tree["Mål to"].public_id
    attempts: list[Any] = [
        lambda: acts.write(tree["Mål to"], {"text": "x"}, 1, by=stranger),
        lambda: acts.rearrange(plan, id, "up", by=stranger),
        lambda: acts.remove(plan, id, by=stranger),
        lambda: acts.add(plan, "x", tree["Mål to"].level, Placement.AFTER, id, by=stranger),
        lambda: acts.undo(plan, by=stranger),
        lambda: acts.make_from(plan, add_culture_document(), by=stranger),
    ]
    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()
    assert texts(plan) == TREE


def test_levels_in_use_stay_and_names_may_change_places(
    plan: Plan, tree: dict[str, PlanElement], planner: User
) -> None:
    from grunnmur.choices.plans.levels import Level, LevelRole

    goal, subgoal = tree["Mål en"].level, tree["Delmål a"].level
    rows = [(goal.pk, Level(LevelRole.GOAL, "Delmål")), (subgoal.pk, Level(LevelRole.SUBGOAL, "Mål"))]
    plans.set_levels(plan, rows, by=planner)
    assert {row.text: row.level.name for row in element_rows(plan)}["Mål en"] == "Delmål"
    with pytest.raises(BadInput, match="level-in-use"):
        plans.set_levels(plan, rows[:1], by=planner)
    with pytest.raises(BadInput, match="level-names"):
        plans.set_levels(plan, [(goal.pk, Level(LevelRole.GOAL, "Mål")), rows[1]], by=planner)


def test_a_snapshot_says_all_that_an_element_says(plan: Plan, tree: dict[str, PlanElement], planner: User) -> None:
    acts.write(tree["Delmål a"], {"target_group": "Barn", "indicators": "Plasser"}, 1, by=planner)
    said = snapshot.by_id(snapshot.take(plan))[tree["Delmål a"].public_id]
    assert (said["number"], said["level"], said["target_group"], said["indicators"]) == (
        "1.1",
        "Delmål",
        "Barn",
        "Plasser",
    )
