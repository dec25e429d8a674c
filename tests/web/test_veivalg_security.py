"""What nobody gets to see, spoil or write over in plans and merges, however they ask."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from grunnmur.kernel import BadInput
from grunnmur_web.accounts.models import Role, User
from grunnmur_web.actions import merging_drafts as drafts
from grunnmur_web.actions import merging_items as items
from grunnmur_web.actions import merging_steps as steps
from grunnmur_web.actions import merging_themes as themes
from grunnmur_web.actions import plan_editions, plan_elements, plans
from grunnmur_web.actions.merging_items import FateChoice, Wording
from grunnmur_web.models import Merging, MergingComment, MergingDraft, Plan, ServiceZone
from grunnmur_web.views.feedback import PER_HOUR, may_send
from tests.web.library import person
from tests.web.mergings import add_merging, item, source, theme
from tests.web.plans import add_plan, add_tree

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture
def planner() -> User:
    return person(Role.PLANNER, "Kari")


@pytest.fixture
def other() -> User:
    return person(Role.PLANNER, "Per")


def refused(code: str) -> Any:
    return pytest.raises(BadInput, check=lambda error: error.code == code)


def test_an_item_is_not_put_back_in_a_theme_that_is_gone(planner: User, other: User) -> None:
    merging = add_merging()
    items.move_item(item(merging, "n0"), theme(merging, "Helse i skolen"), by=planner)
    themes.join_themes(theme(merging), theme(merging, "Helse i skolen"), by=other)
    with refused("changed-since"):
        steps.undo(merging, by=planner)
    connection.check_constraints()


def test_a_source_is_not_put_back_in_an_item_that_is_gone(planner: User, other: User) -> None:
    merging = add_merging()
    items.decide_fate(source(merging, "b1"), FateChoice("closed", None, "Utgått"), by=planner)
    items.join_items(item(merging, "n0"), item(merging, "n1"), by=other)
    with refused("changed-since"):
        steps.undo(merging, by=planner)
    assert source(merging, "b1").fate == "closed"
    connection.check_constraints()


def ready(merging: Merging, **about: Any) -> MergingDraft:
    sentence = {"text": "Maskinens ord.", "holds": True, "sources": [], "quotes": [], "faults": []}
    return MergingDraft.objects.create(merging=merging, state="ready", sentences=[sentence], **about)


def test_a_draft_does_not_replace_what_a_person_has_written_since(planner: User, other: User) -> None:
    merging = add_merging()
    draft, one = ready(merging, task="merged-wording", item=item(merging, "n0")), item(merging, "n0")
    items.write(one, Wording("Skrevet av Per", one.level, "", one.version), by=other)
    with refused("wording-changed"):
        drafts.adopt(draft, by=planner)
    assert item(merging, "n0").text == "Skrevet av Per"
    draft.refresh_from_db()
    assert draft.state == "ready"


def test_a_name_from_the_machine_does_not_replace_a_name_a_person_has_given_since(planner: User, other: User) -> None:
    merging = add_merging()
    draft = ready(merging, task="theme-title", theme=theme(merging))
    themes.rename_theme(theme(merging), "Navnet fra Per", by=other)
    with refused("wording-changed"):
        drafts.adopt(draft, by=planner)
    steps.undo(merging, by=other)
    drafts.adopt(draft, by=planner)
    assert theme(merging, "Maskinens ord").decided_by == planner


def test_two_who_have_the_same_draft_open_use_it_once(planner: User, other: User) -> None:
    merging = add_merging()
    ready(merging, task="summary", theme=theme(merging))
    first, second = MergingDraft.objects.get(), MergingDraft.objects.get()
    drafts.adopt(first, by=planner)
    for act in (drafts.adopt, drafts.dismiss):
        with refused("draft-not-ready"):
            act(second, by=other)
    assert MergingComment.objects.count() == 1


def test_only_those_who_decide_take_a_summary_into_use() -> None:
    merging = add_merging()
    draft = ready(merging, task="summary", theme=theme(merging))
    with pytest.raises(PermissionDenied):
        drafts.adopt(draft, by=person(Role.STAFF))
    assert not MergingComment.objects.exists()


def test_an_old_form_does_not_write_over_an_element_that_has_been_away(planner: User, other: User) -> None:
    plan = add_plan(planner)
    row = add_tree(plan, planner)["Delmål a"]
    began = row.version
    plan_elements.write(row, {"text": "Ny tekst"}, began, by=planner)
    plan_elements.remove(plan, row.public_id, by=planner)
    plan_elements.undo(plan, by=planner)
    now = plan.elements.get(public_id=row.public_id)
    with refused("wording-changed"):
        plan_elements.write(now, {"text": "Gammelt skjema"}, began, by=other)
    now.refresh_from_db()
    assert now.text == "Ny tekst"


def test_facts_are_written_one_by_one(planner: User) -> None:
    plan = add_plan(planner, law="Folkehelseloven § 6")
    read_before = Plan.objects.get(pk=plan.pk)
    plans.change(plan, {"status": Plan.Status.HEARING}, by=planner)
    plans.change(read_before, {"name": "Nytt navn"}, by=planner)
    plan.refresh_from_db()
    assert (plan.status, plan.name, plan.law) == ("hearing", "Nytt navn", "Folkehelseloven § 6")


def test_a_flood_is_stopped_for_a_whole_hour(client: Client, planner: User) -> None:
    plan = add_plan(planner)
    element = add_tree(plan, planner)["Mål en"].public_id
    plans.change(plan, {"status": Plan.Status.HEARING}, by=planner)
    plan_editions.publish(plan, by=planner)
    address = reverse("plan-comment", args=[plan.slug, element])
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sent = [client.post(address, {"text": "Et innspill"}).status_code for _ in range(PER_HOUR + 1)]
        assert sent == [302] * PER_HOUR + [429]
        clock.shift(timedelta(minutes=59))
        assert client.post(address, {"text": "Et innspill"}).status_code == 429
        clock.shift(timedelta(minutes=2))
        assert client.post(address, {"text": "Et innspill"}).status_code == 302


def test_a_household_counts_as_one_also_with_many_addresses() -> None:
    def send(address: str) -> bool:
        return may_send(RequestFactory().get("/", REMOTE_ADDR=address), "feedback")

    assert all(send(f"2001:db8:1:1::{number:x}") for number in range(PER_HOUR))
    assert not send("2001:db8:1:1:ffff::1")
    assert send("2001:db8:1:2::1")
    assert send("192.0.2.1")


@pytest.mark.parametrize("number", ["9" * 20, "9" * 400, "-1", "4294967296"])
def test_numbers_no_database_counts_to_are_answered(client: Client, planner: User, number: str) -> None:
    client.force_login(planner)
    plan = add_plan(planner)
    row = add_tree(plan, planner)["Mål en"]
    ServiceZone.objects.create(slug="nord", name="Nord")
    level = {"niva-TOTAL_FORMS": "1", "niva-INITIAL_FORMS": "0", "niva-0-key": number, "niva-0-name": "Mål"}
    answers = [
        client.post(reverse("merging-new"), {"title": "Ny", "documents": [number], "frame": "standard"}),
        client.post(reverse("plan-levels", args=[plan.slug]), {**level, "niva-0-role": "goal"}),
        client.post(
            reverse("plan-element-write", args=[plan.slug, row.public_id]),
            {"text": "Ny", "level": row.level_id, "version": row.version, "zones": [number]},
        ),
    ]
    assert [answer.status_code for answer in answers] == [400, 200, 400]
    row.refresh_from_db()
    assert (row.text, plan.levels.filter(elements__isnull=False).exists()) == ("Mål en", True)
