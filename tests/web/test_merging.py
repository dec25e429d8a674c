"""Merging plans: suggestions and decisions apart, every item with a fate, each act logged and undoable."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import RestrictedError
from django.test import Client
from django.urls import reverse

from grunnmur.choices.merging.frame import DEFAULT_FRAME
from grunnmur.kernel import BadInput
from grunnmur_web import tasks
from grunnmur_web.accounts.models import Role, User
from grunnmur_web.actions import documents as document_acts
from grunnmur_web.actions import merging as acts
from grunnmur_web.actions import merging_items as items
from grunnmur_web.actions import merging_steps as steps
from grunnmur_web.actions import merging_themes as themes
from grunnmur_web.actions.merging_items import FateChoice, Wording
from grunnmur_web.models import AuditEvent, Document, Finding, FindingKind, FindingState, Merging, Plan, SourceItem
from grunnmur_web.store.merging import figures, running
from grunnmur_web.store.merging.answers import SourceFilters, select
from grunnmur_web.store.merging.back import merge_of
from grunnmur_web.store.merging.plans import extraction_in_force, plan_text
from tests.web.library import add_document, add_finding, person
from tests.web.mergings import add_merging, add_plans, item, small_merge, source, theme

pytestmark = pytest.mark.django_db
Fates = dict[str, str]


@pytest.fixture
def planner(client: Client) -> User:
    user = person(Role.PLANNER)
    client.force_login(user)
    return user


@pytest.fixture
def merging(planner: User) -> Merging:
    return add_merging(planner)


def fates(merging: Merging) -> Fates:
    return dict(merging.sources.values_list("key", "fate"))


def decide_everything(merging: Merging, by: User) -> None:
    for one in merging.themes.select_related("merging"):
        themes.accept_theme(one, by=by)


def snapshot(merging: Merging) -> dict[str, Any]:
    """Everything that decisions change; the count of wordings aside, which only grows."""
    return {
        "sources": list(
            merging.sources.order_by("key").values("key", "fate", "into", "reason", "decision", "decided_at")
        ),
        "items": list(merging.items.order_by("pk").values("pk", "theme", "text", "level", "step", "edited_at")),
        "themes": list(merging.themes.order_by("pk").values("pk", "title", "area", "decided_at")),
        "suggestions": list(merging.suggestions.order_by("pk").values("pk", "state", "decision")),
    }


# What goes in


def test_what_the_machine_proposes_is_undecided_until_a_person_has_said_so(merging: Merging) -> None:
    assert set(fates(merging).values()) == {"undecided"}
    assert figures.balance_sheet(merging).all.proposed == 6
    assert source(merging, "a1").into == source(merging, "b1").into


def test_items_are_called_by_their_place_in_the_plan_or_by_its_own_number(merging: Merging) -> None:
    assert dict(merging.sources.values_list("key", "number")) == {
        "a1": "1", "a2": "1.1", "a3": "1", "b1": "1", "b2": "2", "b3": "7",
    }  # fmt: skip


def test_the_cores_merge_comes_back_from_the_rows(merging: Merging) -> None:
    documents = tuple(Document.objects.order_by("pk"))
    before, after = small_merge((documents[0], documents[1])), merge_of(merging)
    assert after.items == before.items
    assert after.tensions == before.tensions
    assert (after.pairs, after.gaps, after.expired) == (before.pairs, before.gaps, before.expired)
    assert (after.alone, after.vocabulary) == (before.alone, before.vocabulary)
    assert [theme.title for theme in after.proposal.themes] == [theme.title for theme in before.proposal.themes]
    assert {tuple(one.sources) for one in after.proposal.items} == {tuple(one.sources) for one in before.proposal.items}


def test_the_engine_runs_as_a_job_on_what_the_documents_say(
    planner: User, django_capture_on_commit_callbacks: Any
) -> None:
    documents = add_plans(published=False)
    with django_capture_on_commit_callbacks(execute=True):
        merging = acts.start("Ny plan", documents, DEFAULT_FRAME.areas, by=planner)
    assert running.waiting() == [merging.pk]
    assert running.run_merging(merging.pk) == "open"
    assert running.run_merging(merging.pk) is None
    texts = set(merging.sources.values_list("text", flat=True))
    assert {"Alle barn skal møte kunst.", "Biblioteket åpner på søndager."} <= texts
    for row in merging.sources.select_related("plan__version"):
        assert " ".join(row.plan.version.text[row.start : row.end].split()) == row.text
    assert merging.sources.filter(finding__isnull=False).count() == 6
    assert not merging.sources.exclude(fate="undecided").exists()


def test_a_job_that_fails_says_so_and_can_be_tried_again(planner: User, merging: Merging, monkeypatch: Any) -> None:
    Merging.objects.update(state="waiting")

    def broken(_merging: Merging) -> None:
        raise BadInput("no-items")

    monkeypatch.setattr(running, "compare", broken)
    assert running.run_merging(merging.pk) == "failed"
    merging.refresh_from_db()
    assert merging.error_code == "no-items"
    acts.retry(merging, by=planner)
    merging.refresh_from_db()
    assert merging.state == "waiting"


def test_a_job_whose_worker_died_is_made_again(merging: Merging) -> None:
    Merging.objects.update(state="comparing", claimed_at="2020-01-01T00:00:00Z", attempts=1)
    assert tasks.take_up_again() == 1
    merging.refresh_from_db()
    assert merging.state == "waiting"
    assert tasks.take_up_again() == 0


def test_rejected_findings_and_notes_stay_out(planner: User) -> None:
    document = add_document("# Plan\nVi vil ha flere trær.\nVi vil ha færre biler.\n! Vi vil selge parken.")
    add_finding(document, "Vi vil ha flere trær.", kind=FindingKind.ELEMENT, type="goal")
    for text in ("Vi vil ha færre biler.", "Vi vil selge parken."):
        add_finding(document, text, kind=FindingKind.ELEMENT, type="goal")
    Finding.objects.filter(text="Vi vil ha færre biler.").update(state=FindingState.REJECTED)
    version = document.current
    assert version is not None
    assert [one.text for one in extraction_in_force(version).elements] == ["Vi vil ha flere trær."]
    text = plan_text(version, "Plan").text
    assert "selge parken" not in text
    assert len(text) == len(version.text)


def test_a_parent_is_found_among_what_is_in_force(planner: User) -> None:
    document = add_document("# Plan\nBort\nMålet over\nDelmålet under")
    add_finding(document, "Bort", kind=FindingKind.ELEMENT, type="goal", state=FindingState.REJECTED)
    add_finding(document, "Målet over", kind=FindingKind.ELEMENT, type="goal")
    add_finding(document, "Delmålet under", kind=FindingKind.ELEMENT, type="subgoal", parent=1)
    assert document.current is not None
    assert [one.parent for one in extraction_in_force(document.current).elements] == [None, 0]


@pytest.mark.parametrize(
    ("title", "count", "areas", "code"),
    [
        ("", 2, DEFAULT_FRAME.areas, "needs-name"),
        ("X", 1, DEFAULT_FRAME.areas, "needs-plans"),
        ("X", 2, (), "needs-areas"),
    ],
)
def test_a_merge_needs_a_name_two_plans_and_an_area(
    planner: User, title: str, count: int, areas: Any, code: str
) -> None:
    with pytest.raises(BadInput, match=code):
        acts.start(title, add_plans()[:count], areas, by=planner)


def test_a_document_in_a_merge_can_not_be_deleted(merging: Merging, planner: User) -> None:
    document = Document.objects.first()
    assert document is not None
    document_acts.unpublish(document, by=planner)
    with pytest.raises(BadInput, match="document-in-merging"):
        document_acts.delete(document, by=planner)


# Deciding


def test_accepting_a_theme_decides_all_of_it_with_who_and_when(merging: Merging, planner: User) -> None:
    themes.accept_theme(theme(merging), by=planner)
    assert fates(merging) == {
        "a1": "merged", "b1": "merged", "a2": "kept", "b2": "kept", "a3": "undecided", "b3": "undecided",
    }  # fmt: skip
    row = source(merging, "a1")
    assert (row.decided_by, row.machine) == (planner, {"into": "n0"})
    assert row.decided_at is not None
    event = AuditEvent.objects.get(act="merging.theme_accepted")
    assert event.actor_id == planner.pk
    assert event.old is not None and event.old["source"][str(row.pk)]["fate"] == "undecided"
    assert event.new is not None and event.new["source"][str(row.pk)]["fate"] == "merged"


def test_what_keeps_its_words_is_kept_and_what_is_rewritten_is_merged(merging: Merging, planner: User) -> None:
    one = item(merging, "n1")
    items.accept_item(one, by=planner)
    assert fates(merging)["a2"] == "kept"
    items.write(one, Wording("Kulturskolen er gratis for alle.", "goal", "universal", 1), by=planner)
    assert fates(merging)["a2"] == "merged"
    one.refresh_from_db()
    assert (one.level, one.step, one.version, one.edited_by) == ("goal", "universal", 2, planner)
    assert one.machine is not None and one.machine["text"] == "Kulturskolen skal være gratis."


def test_two_who_write_at_once_see_both_texts(merging: Merging, planner: User, client: Client) -> None:
    one = item(merging, "n1")
    items.write(one, Wording("Olas ordlyd", "goal", "", 1), by=person(Role.PLANNER, "Ola"))
    address = reverse("merging-item-write", args=[merging.pk, one.pk])
    response = client.post(address, {"text": "Karis ordlyd", "level": "goal", "step": "", "version": "1"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Olas ordlyd" in page and "Karis ordlyd" in page
    assert 'name="version" value="2"' in page
    one.refresh_from_db()
    assert one.text == "Olas ordlyd"
    client.post(address, {"text": "Felles ordlyd", "level": "goal", "step": "", "version": "2"})
    one.refresh_from_db()
    assert (one.text, one.version) == ("Felles ordlyd", 3)


def test_a_text_written_to_an_item_that_is_gone_is_shown_again(merging: Merging, planner: User, client: Client) -> None:
    one = item(merging, "n1")
    items.join_items(one, item(merging, "n0"), by=person(Role.PLANNER, "Ola"))
    address = reverse("merging-item-write", args=[merging.pk, one.pk])
    response = client.post(address, {"text": "Karis ordlyd", "level": "goal", "step": "", "version": "1"})
    assert response.status_code == 409
    assert "Karis ordlyd" in response.content.decode()


def test_joining_items_moves_all_their_sources_and_comments(merging: Merging, planner: User) -> None:
    one, other = item(merging, "n1"), item(merging, "n2")
    items.comment(one, "Husk prisen", by=planner)
    items.join_items(one, other, by=planner)
    assert not merging.items.filter(key="n1").exists()
    assert {row.key for row in other.sources.all()} == {"a2", "b2"}
    assert [comment.text for comment in other.comments.all()] == ["Husk prisen"]
    assert fates(merging)["a2"] == fates(merging)["b2"] == "merged"


def test_splitting_an_item_makes_one_with_the_words_of_the_source(merging: Merging, planner: User) -> None:
    one = item(merging, "n0")
    made = items.split_item(one, [source(merging, "b1").pk], by=planner)
    assert made.text == "Hvert barn skal få møte kunst."
    assert fates(merging)["b1"] == "kept"
    assert fates(merging)["a1"] == "undecided"
    with pytest.raises(BadInput, match="nothing-chosen"):
        items.split_item(one, [source(merging, "a1").pk], by=planner)


def test_themes_are_named_placed_joined_and_split(merging: Merging, planner: User) -> None:
    art, health = theme(merging), theme(merging, "Helse i skolen")
    themes.rename_theme(art, " Kunst  for alle ", by=planner)
    themes.place_theme(art, 2, by=planner)
    art.refresh_from_db()
    assert (art.title, art.area, art.machine) == (
        "Kunst for alle",
        2,
        {"title": "Kunst og kulturskole", "area": 0, "reasons": []},
    )
    made = themes.split_theme(art, [item(merging, "n2").pk], "Pris", by=planner)
    assert (made.area, item(merging, "n2").theme) == (2, made)
    themes.join_themes(health, art, by=planner)
    assert not merging.themes.filter(pk=health.pk).exists()
    assert {row.key for row in art.items.all()} == {"n0", "n1", "n3", "n4"}
    for bad in (lambda: themes.rename_theme(art, " ", by=planner), lambda: themes.place_theme(art, 9, by=planner)):
        with pytest.raises(BadInput):
            bad()


def test_moving_the_last_item_takes_the_empty_theme_away_and_undo_brings_it_back(
    merging: Merging, planner: User
) -> None:
    health, art = theme(merging, "Helse i skolen"), theme(merging)
    for key in ("n3", "n4"):
        items.move_item(item(merging, key), art, by=planner)
    assert not merging.themes.filter(pk=health.pk).exists()
    steps.undo(merging, by=planner)
    assert item(merging, "n4").theme_id == health.pk


def test_the_four_fates(merging: Merging, planner: User) -> None:
    into = item(merging, "n0")
    items.decide_fate(source(merging, "a2"), FateChoice("merged", into), by=planner)
    items.decide_fate(source(merging, "b2"), FateChoice("moved", into), by=planner)
    items.decide_fate(source(merging, "a3"), FateChoice("closed", None, "Gjennomført", "Sak 12/26"), by=planner)
    items.decide_fate(source(merging, "b1"), FateChoice("kept", into), by=planner)
    assert fates(merging) == {
        "a1": "undecided", "a2": "merged", "b1": "kept", "b2": "moved", "a3": "closed", "b3": "undecided",
    }  # fmt: skip
    assert source(merging, "b1").into != into
    closed = source(merging, "a3")
    assert (closed.into, closed.reason, closed.decision) == (None, "Gjennomført", "Sak 12/26")
    # The machine's items that were emptied are gone.
    assert set(merging.items.exclude(key="").values_list("key", flat=True)) == {"n0", "n4"}


@pytest.mark.parametrize(("fate", "code"), [("closed", "needs-reason"), ("borte", "no-such-fate")])
def test_a_fate_needs_what_it_rests_on(merging: Merging, planner: User, fate: str, code: str) -> None:
    with pytest.raises(BadInput, match=code):
        items.decide_fate(source(merging, "a1"), FateChoice(fate), by=planner)


def test_a_closed_item_needs_a_place_to_come_back(merging: Merging, planner: User) -> None:
    items.decide_fate(source(merging, "a3"), FateChoice("closed", None, "Ferdig"), by=planner)
    for fate in ("kept", "merged", "moved"):
        with pytest.raises(BadInput, match="needs-place"):
            items.decide_fate(source(merging, "a3"), FateChoice(fate), by=planner)
    items.decide_fate(source(merging, "a3"), FateChoice("kept", item(merging, "n4")), by=planner)
    assert fates(merging)["a3"] == "kept"


def test_an_item_with_sources_can_not_be_lost(merging: Merging) -> None:
    with pytest.raises(RestrictedError):
        item(merging, "n0").delete()


def test_what_the_machine_noticed_is_resolved_or_dismissed(merging: Merging, planner: User) -> None:
    tension = merging.suggestions.select_related("merging").get(kind="tension")
    with pytest.raises(BadInput, match="needs-resolution"):
        items.decide_suggestion(tension, "resolved", " ", by=planner)
    items.decide_suggestion(tension, "resolved", "Den skal være gratis.", by=planner)
    pair = merging.suggestions.select_related("merging").get(kind="pair")
    items.decide_suggestion(pair, "dismissed", "", by=planner)
    assert merge_of(merging).pairs == ()
    assert len(merge_of(merging).tensions) == 1
    tension.refresh_from_db()
    assert (tension.decided_by, tension.decision) == (planner, "Den skal være gratis.")


# Taking back

ACTS: dict[str, Any] = {
    "accept theme": lambda m, by: themes.accept_theme(theme(m), by=by),
    "rename": lambda m, by: themes.rename_theme(theme(m), "Nytt", by=by),
    "place": lambda m, by: themes.place_theme(theme(m), 2, by=by),
    "join themes": lambda m, by: themes.join_themes(theme(m), theme(m, "Helse i skolen"), by=by),
    "split theme": lambda m, by: themes.split_theme(theme(m), [item(m, "n1").pk], "Ny", by=by),
    "accept item": lambda m, by: items.accept_item(item(m, "n0"), by=by),
    "write": lambda m, by: items.write(item(m, "n0"), Wording("Ny ordlyd", "choice", "", 1), by=by),
    "move": lambda m, by: items.move_item(item(m, "n0"), theme(m, "Helse i skolen"), by=by),
    "join items": lambda m, by: items.join_items(item(m, "n0"), item(m, "n4"), by=by),
    "split item": lambda m, by: items.split_item(item(m, "n0"), [source(m, "b1").pk], by=by),
    "close": lambda m, by: items.decide_fate(source(m, "a2"), FateChoice("closed", None, "Ferdig"), by=by),
    "keep": lambda m, by: items.decide_fate(source(m, "b1"), FateChoice("kept"), by=by),
    "resolve": lambda m, by: items.decide_suggestion(
        m.suggestions.select_related("merging").get(kind="tension"), "resolved", "Gratis", by=by
    ),
}


@pytest.mark.parametrize("name", ACTS)
def test_every_decision_is_logged_and_can_be_taken_back(merging: Merging, planner: User, name: str) -> None:
    before = snapshot(merging)
    events = AuditEvent.objects.count()
    ACTS[name](merging, planner)
    assert snapshot(merging) != before
    assert AuditEvent.objects.count() == events + 1
    steps.undo(merging, by=planner)
    assert snapshot(merging) == before
    assert AuditEvent.objects.filter(act="merging.undone").count() == 1
    with pytest.raises(BadInput, match="nothing-to-undo"):
        steps.undo(merging, by=planner)


def test_what_another_has_changed_since_is_not_taken_back(merging: Merging, planner: User) -> None:
    ola = person(Role.PLANNER, "Ola")
    items.write(item(merging, "n1"), Wording("Karis", "goal", "", 1), by=planner)
    items.write(item(merging, "n1"), Wording("Olas", "goal", "", 2), by=ola)
    with pytest.raises(BadInput, match="changed-since"):
        steps.undo(merging, by=planner)
    assert item(merging, "n1").text == "Olas"
    steps.undo(merging, by=ola)
    assert item(merging, "n1").text == "Karis"
    assert item(merging, "n1").version == 4


def test_undo_never_takes_a_comment_with_it(merging: Merging, planner: User) -> None:
    made = themes.split_theme(theme(merging), [item(merging, "n1").pk], "Ny", by=planner)
    items.comment(made, "Godt navn", by=person(Role.STAFF, "Siri"))
    with pytest.raises(BadInput, match="changed-since"):
        steps.undo(merging, by=planner)
    assert made.comments.count() == 1


# Finishing


def test_it_can_not_be_finished_while_anything_is_undecided(merging: Merging, planner: User) -> None:
    themes.accept_theme(theme(merging), by=planner)
    with pytest.raises(BadInput, match="merging-undecided") as caught:
        acts.finish(merging, by=planner)
    assert caught.value.params == {"count": 2}
    decide_everything(merging, planner)
    acts.finish(merging, by=planner)
    merging.refresh_from_db()
    assert (merging.state, merging.finished_by) == ("finished", planner)


def test_a_finished_merge_is_frozen_and_opening_it_is_logged(merging: Merging, planner: User) -> None:
    decide_everything(merging, planner)
    acts.finish(merging, by=planner)
    for act in ACTS.values():
        with pytest.raises(BadInput, match="merging-not-open"):
            act(merging, planner)
    acts.publish(merging, by=planner)
    acts.reopen(merging, by=planner)
    merging.refresh_from_db()
    assert (merging.state, merging.published_at) == ("open", None)
    event = AuditEvent.objects.get(act="merging.reopened")
    assert event.old == {"published": True}


def test_a_finished_merge_becomes_a_plan_in_one_press(merging: Merging, planner: User, client: Client) -> None:
    page = reverse("merging-detail", args=[merging.pk])
    assert reverse("plan-from-merging") not in client.get(page).content.decode()
    decide_everything(merging, planner)
    acts.finish(merging, by=planner)
    assert reverse("plan-from-merging") in client.get(page).content.decode()
    client.post(reverse("plan-from-merging"), {"sammenstilling": merging.pk})
    plan = Plan.objects.get(name="Felles plan")
    assert "Alle barn skal møte kunst." in set(plan.elements.values_list("text", flat=True))


def test_the_balance_adds_up_for_every_plan(merging: Merging, planner: User) -> None:
    decide_everything(merging, planner)
    items.decide_fate(source(merging, "a3"), FateChoice("closed", None, "Ferdig", "Sak 1"), by=planner)
    items.decide_fate(source(merging, "b3"), FateChoice("moved", item(merging, "n0")), by=planner)
    sheet = figures.balance_sheet(merging)
    assert sheet.all.is_complete
    counts = {row.title: row.counts for row in sheet.plans}
    culture, upbringing = counts["Kulturplan 2018-2028"], counts["Oppvekstplan 2016-2020"]
    assert (culture.incoming, culture.kept, culture.merged, culture.closed) == (3, 1, 1, 1)
    assert (upbringing.incoming, upbringing.kept, upbringing.merged, upbringing.moved) == (3, 1, 1, 1)
    change = figures.before_after(merging)
    assert (change.goals_before, change.goals_after) == (5, 3)
    assert (change.items_before, change.items_after, change.duplicates_removed) == (6, 3, 2)
    assert (change.ownerless_before, change.ownerless_after) == (5, 3)
    assert figures.left_out(merging.sources.all()).get().key == "a3"


def test_agreement_counts_what_people_took_as_it_was(merging: Merging, planner: User) -> None:
    assert figures.agreement(merging) == []
    themes.accept_theme(theme(merging), by=planner)
    themes.rename_theme(theme(merging, "Helse i skolen"), "Skolehelse", by=planner)
    items.decide_fate(source(merging, "b3"), FateChoice("closed", None, "Finnes"), by=planner)
    rates = {rate.kind: (rate.accepted, rate.decided) for rate in figures.agreement(merging)}
    assert rates == {"placement": (4, 5), "theme": (1, 2)}


# What became of it


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Hva ble det av mål 1.1 i Kulturplanen?", {"a2"}),
        ("Mål 7 oppvekstplan", {"b3"}),
        ("kunst", {"a1", "b1"}),
        ("kunst 9.9", set()),
        ("delmål", {"a2"}),
        ("tiltak", {"a3"}),
    ],
)
def test_an_item_is_found_by_number_plan_and_words(merging: Merging, text: str, keys: set[str]) -> None:
    assert {row.key for row in select(merging.sources.all(), SourceFilters(text=text))} == keys


def test_fates_are_filtered_by_plan_fate_and_person(merging: Merging, planner: User, client: Client) -> None:
    items.decide_fate(source(merging, "a3"), FateChoice("closed", None, "Ferdig gjort"), by=planner)
    address = reverse("merging-fates", args=[merging.pk])
    plan = source(merging, "a1").plan_id

    def keys(**query: Any) -> set[str]:
        return {view.row.key for view in client.get(address, query).context["page"].items}

    assert keys(plan=plan) == {"a1", "a2", "a3"}
    assert keys(skjebne="closed") == keys(hvem=planner.pk) == keys(skjebne="left_out") == {"a3"}
    assert keys(skjebne="undecided", q="kunst") == {"a1", "b1"}
    assert "Avsluttet: Ferdig gjort" in client.get(address, {"q": "biblioteket"}).content.decode()


def test_the_answer_is_one_search_away_and_one_click_from_the_document(
    merging: Merging, planner: User, client: Client
) -> None:
    decide_everything(merging, planner)
    acts.finish(merging, by=planner)
    acts.publish(merging, by=planner)
    client.logout()
    page = client.get(reverse("merging-answers"), {"q": "mål 1 i kulturplanen"}).content.decode()
    assert "Slått sammen med 1 annet punkt" in page
    row = source(merging, "a1")
    assert row.finding is not None
    document = row.finding.version.document
    detail = client.get(reverse("document-detail", args=[document.pk]), {"funn": row.finding_id}).content.decode()
    link = f"{reverse('merging-answers')}?funn={row.finding_id}"
    assert link in detail
    assert "Slått sammen med 1 annet punkt" in client.get(link).content.decode()


def test_passages_are_read_from_the_document_not_from_the_snapshot(
    merging: Merging, client: Client, planner: User
) -> None:
    SourceItem.objects.filter(key="a1").update(text="noe annet")
    page = client.get(reverse("merging-theme", args=[merging.pk, theme(merging).pk])).content.decode()
    assert "Alle barn skal møte kunst." in page
    assert "noe annet" not in page


# Pages


def test_every_page_of_a_merge_opens(merging: Merging, planner: User, client: Client) -> None:
    one = item(merging, "n0")
    pages = ("detail", "fates", "balance", "noticed", "log", "delete")
    addresses = [
        reverse("merging-list"), reverse("merging-new"), reverse("merging-answers"),
        *(reverse(f"merging-{name}", args=[merging.pk]) for name in pages),
        reverse("merging-theme", args=[merging.pk, one.theme_id]), reverse("merging-item", args=[merging.pk, one.pk]),
        reverse("merging-source", args=[merging.pk, source(merging, "a1").pk]),
    ]  # fmt: skip
    noticed = reverse("merging-noticed", args=[merging.pk])
    kinds = [f"{noticed}?slag={kind}" for kind in ("tension", "pair", "gap", "expired", "alone", "vocabulary")]
    for address in [*addresses, *kinds]:
        assert client.get(address).status_code == 200, address


def test_count_words_have_their_count(merging: Merging, planner: User, client: Client) -> None:
    page = client.get(reverse("merging-detail", args=[merging.pk])).content.decode()
    assert "2 av 2 planer" in page


def test_json_is_the_contracts(merging: Merging, planner: User, client: Client) -> None:
    themes.accept_theme(theme(merging), by=planner)
    response = client.get(reverse("merging-export", args=[merging.pk, "json"]))
    data = json.loads(response.content)
    assert set(data) >= {"documents", "sources", "areas", "duplicates", "tensions", "gaps", "balance"}
    by_id = {one["id"]: one for one in data["sources"]}
    assert by_id["a1"]["fate"]["kind"] == "merged"
    assert by_id["b3"]["fate"]["kind"] == "proposed"
    new = {one["id"] for area in data["areas"] for theme_ in area["themes"] for one in theme_["items"]}
    assert by_id["a1"]["fate"]["into"] in new
    assert client.get(reverse("merging-export", args=[merging.pk, "exe"])).status_code == 404


@pytest.mark.parametrize(("form", "begins"), [("docx", b"PK"), ("pdf", b"%PDF-"), ("html", b"<!doctype html>")])
def test_the_plan_is_downloaded_as_people_read_it(
    merging: Merging, planner: User, client: Client, form: str, begins: bytes
) -> None:
    decide_everything(merging, planner)
    response = client.get(reverse("merging-export", args=[merging.pk, form]))
    assert response.content.lower().startswith(begins.lower())
    assert f'filename="felles-plan.{form}"' in response["Content-Disposition"]
    if form == "html":
        page = response.content.decode()
        for words in ("Felles plan", "Kunst og kulturskole", "2 av 2 planer", "Slått sammen", "Mangler"):
            assert words in page


def test_forms_end_where_they_began_and_only_there(merging: Merging, planner: User, client: Client) -> None:
    address = reverse("merging-item-act", args=[merging.pk, item(merging, "n0").pk, "godta"])
    home = reverse("merging-theme", args=[merging.pk, theme(merging).pk])
    assert client.post(address, {"tilbake": f"{home}#punkt-1"})["Location"] == f"{home}#punkt-1"
    for bad in ("https://ond.example/", "//ond.example/", "javascript:alert(1)"):
        assert client.post(address, {"tilbake": bad})["Location"].startswith("/veivalg/")


def test_a_fate_without_a_reason_is_asked_for_again_with_what_was_written(
    merging: Merging, planner: User, client: Client
) -> None:
    address = reverse("merging-source", args=[merging.pk, source(merging, "a1").pk])
    response = client.post(address, {"fate": "closed", "decision": "Sak 9/26"})
    assert response.status_code == 422
    assert "Sak 9/26" in response.content.decode()
    client.post(address, {"fate": "closed", "reason": "Gjort", "decision": "Sak 9/26"})
    assert fates(merging)["a1"] == "closed"


def test_rows_of_another_merge_are_out_of_reach(merging: Merging, planner: User, client: Client) -> None:
    other = Merging.objects.create(title="En annen", areas=merging.areas, state="open")
    one = item(merging, "n0")
    assert client.get(reverse("merging-item", args=[other.pk, one.pk])).status_code == 404
    assert client.post(reverse("merging-item-act", args=[other.pk, one.pk, "godta"])).status_code == 404
    assert client.post(reverse("merging-move", args=[merging.pk]), {"punkt": one.pk, "tema": 99}).status_code == 404


def test_pages_ask_few_questions(
    merging: Merging, planner: User, client: Client, django_assert_max_num_queries: Any
) -> None:
    # session and user; the merge; what the viewer may do; counts of sources, suggestions and plans; the last step;
    # then the page's own, which do not grow with the number of items
    with django_assert_max_num_queries(16):
        client.get(reverse("merging-detail", args=[merging.pk]))
    with django_assert_max_num_queries(36):
        client.get(reverse("merging-theme", args=[merging.pk, theme(merging).pk]))
    with django_assert_max_num_queries(24):
        client.get(reverse("merging-fates", args=[merging.pk]))
    with django_assert_max_num_queries(32):
        client.get(reverse("merging-balance", args=[merging.pk]))


def test_the_boards_questions_do_not_grow(
    merging: Merging, planner: User, client: Client, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    address = reverse("merging-detail", args=[merging.pk])
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for one in merging.sources.select_related("into"):
        row = one.into
        assert row is not None
        for n in range(5):
            row.pk, row.key = None, f"{one.key}-{n}"
            row.save()
    with django_assert_num_queries(len(few)):
        client.get(address)


def test_someone_outside_gets_no_door(client: Client, merging: Merging) -> None:
    client.force_login(person(Role.STAFF))
    with pytest.raises(PermissionDenied):
        themes.accept_theme(theme(merging), by=person(Role.STAFF, "Ola"))
    assert client.get(reverse("merging-new")).status_code == 403
