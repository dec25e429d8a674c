"""Who may do what to a merge of plans: a table, held by the rules, by every address, by lists, counts and the API."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from grunnmur_web.accounts.models import Role
from grunnmur_web.actions import merging as acts
from grunnmur_web.actions import merging_themes as themes
from grunnmur_web.models import AuditEvent, Document, Merging, SourceItem
from grunnmur_web.permissions import MergingAct, Visitor, can_merge, merging_acts, visible_mergings
from tests.web.library import person
from tests.web.mergings import add_merging, item, source, theme

pytestmark = pytest.mark.django_db

# V view, C comment, D decide, F finish, R open again, P publish, X delete. «rests-on-drafts»: a document behind it is
# somebody else's draft; «withdrawn»: the merge is published, and a document behind it no longer is.
TABLE = """
role              waiting  open    finished  published  rests-on-drafts  published-but-withdrawn
resident          -        -       -         V          -                -
staff             V        VC      V         V          -                -
unit_leader       V        VC      V         V          -                -
planner           VX       VCDFX   VRP       VRP        VCDFX            VRP
economist         V        VC      V         V          VC               V
committee_member  -        -       -         V          -                -
administrator     VX       VCDFX   VRP       VRP        VCDFX            VRP
"""
LETTERS = {
    "V": MergingAct.VIEW, "C": MergingAct.COMMENT, "D": MergingAct.DECIDE, "F": MergingAct.FINISH,
    "R": MergingAct.REOPEN, "P": MergingAct.PUBLISH, "X": MergingAct.DELETE,
}  # fmt: skip
COLUMNS = TABLE.strip().splitlines()[0].split()[1:]
ROWS = [line.split() for line in TABLE.strip().splitlines()[1:]]
CASES = [(row[0], column, row[n + 1]) for row in ROWS for n, column in enumerate(COLUMNS)]
OUTSIDE = ["resident", "committee_member"]


def visitor(role: str) -> Visitor:
    return AnonymousUser() if role == "resident" else person(Role(role))


def merging_for(column: str) -> Merging:
    merging = add_merging(published=column != "rests-on-drafts")
    now = timezone.now()
    if column == "waiting":
        merging.state = Merging.State.WAITING
    if column == "finished" or column.startswith("published"):
        merging.state, merging.finished_at = Merging.State.FINISHED, now
    if column.startswith("published"):
        merging.published_at = now
    merging.save()
    if column == "published-but-withdrawn":
        Document.objects.update(status=Document.Status.DRAFT, published_at=None)
    return merging


def sign_in(client: Client, role: str) -> None:
    if role != "resident":
        client.force_login(person(Role(role), "Innlogget"))


@pytest.mark.parametrize(("role", "column", "letters"), CASES, ids=[f"{r} {c}" for r, c, _ in CASES])
def test_role_by_state(role: str, column: str, letters: str) -> None:
    user, merging = visitor(role), merging_for(column)
    allowed = {letter for letter, act in LETTERS.items() if can_merge(user, act, merging)}
    assert allowed == set(letters) - {"-"}
    assert visible_mergings(user).exists() == ("V" in letters)


@pytest.mark.parametrize("role", [row[0] for row in ROWS])
def test_who_may_start(role: str) -> None:
    assert can_merge(visitor(role), MergingAct.START) == (role in {"planner", "administrator"})


def test_a_user_that_is_not_active_sees_what_a_resident_sees() -> None:
    user = person(Role.ADMINISTRATOR)
    user.is_active = False
    assert merging_acts(user, merging_for("open")) == frozenset()
    assert not can_merge(user, MergingAct.START)


def reads(merging: Merging) -> list[str]:
    one = item(merging, "n0")
    pages = [reverse(f"merging-{name}", args=[merging.pk]) for name in ("detail", "fates", "balance", "noticed")]
    return [
        *pages, reverse("merging-theme", args=[merging.pk, one.theme_id]),
        reverse("merging-item", args=[merging.pk, one.pk]), reverse("merging-export", args=[merging.pk, "json"]),
        f"/api/merges/{merging.pk}", f"/api/merges/{merging.pk}/items", f"/api/merges/{merging.pk}/sources",
    ]  # fmt: skip


def writes(merging: Merging) -> list[tuple[str, dict[str, Any]]]:
    one, other, art = item(merging, "n0"), item(merging, "n4"), theme(merging)
    tension, row = merging.suggestions.get(kind="tension"), source(merging, "a1")
    words = {"text": "Hemmelig", "level": "goal", "step": "", "version": "1", "navn": "Nytt navn", "omrade": "2"}
    on_theme = words | {"tema": other.theme_id, "punkt": one.pk}
    on_item = {"tema": other.theme_id, "punkt": other.pk, "kilde": row.pk}
    whole = ("ferdig", "gjenapne", "publiser", "trekk-tilbake")
    about_theme = ("godta", "navn", "omrade", "sla-sammen", "del")
    about_item = ("godta", "flytt", "sla-sammen", "del", "fjern")
    return [
        *((reverse("merging-act", args=[merging.pk, act]), {}) for act in whole),
        *((reverse("merging-theme-act", args=[merging.pk, art.pk, act]), on_theme) for act in about_theme),
        *((reverse("merging-item-act", args=[merging.pk, one.pk, act]), on_item) for act in about_item),
        (reverse("merging-item-write", args=[merging.pk, one.pk]), words),
        (reverse("merging-move", args=[merging.pk]), {"punkt": one.pk, "tema": other.theme_id}),
        (reverse("merging-source", args=[merging.pk, row.pk]), {"fate": "closed", "reason": "x"}),
        (reverse("merging-suggestion", args=[merging.pk, tension.pk]), {"state": "resolved", "text": "x"}),
        (reverse("merging-undo", args=[merging.pk]), {}),
        (reverse("merging-delete", args=[merging.pk]), {}),
    ]


@pytest.mark.parametrize("role", OUTSIDE)
def test_what_is_not_published_does_not_exist_for_those_outside(client: Client, role: str) -> None:
    merging = merging_for("open")
    sign_in(client, role)
    for address in reads(merging):
        assert client.get(address).status_code == 404, address
    for address, data in writes(merging):
        response: Any = client.post(address, data)
        assert response.status_code == 404 or "/konto/login/" in response.url, address
    for address in (reverse("merging-list"), f"{reverse('merging-answers')}?q=kunst", "/api/merges"):
        page = client.get(address).content.decode()
        assert "Felles plan" not in page
        assert "Alle barn skal" not in page
    finding = source(merging, "a1").finding
    assert finding is not None
    document = reverse("document-detail", args=[finding.version.document_id])
    assert "Hva ble det av dette?" not in client.get(document, {"funn": finding.pk}).content.decode()


@pytest.mark.parametrize("role", ["resident", "committee_member", "staff", "unit_leader", "economist"])
def test_what_is_published_is_read_and_not_changed(client: Client, role: str) -> None:
    merging = merging_for("published")
    sign_in(client, role)
    for address in reads(merging):
        assert client.get(address).status_code == 200, address
    for address, data in writes(merging):
        response: Any = client.post(address, data)
        assert response.status_code == 403 or "/konto/login/" in response.url, address
    assert not AuditEvent.objects.filter(act__startswith="merging.").exists()
    assert set(SourceItem.objects.values_list("fate", flat=True)) == {"undecided"}


@pytest.mark.parametrize("role", ["staff", "economist"])
def test_those_who_work_here_comment_on_an_open_merge_and_decide_nothing(client: Client, role: str) -> None:
    merging = merging_for("open")
    sign_in(client, role)
    address = reverse("merging-theme-act", args=[merging.pk, theme(merging).pk, "kommentar"])
    client.post(address, {"text": "Husk Stavern"})
    assert [comment.text for comment in merging.comments.all()] == ["Husk Stavern"]
    page = client.get(reverse("merging-theme", args=[merging.pk, theme(merging).pk])).content.decode()
    assert "Husk Stavern" in page
    assert "Godta" not in page
    for address, data in writes(merging):
        assert client.post(address, data).status_code == 403, address


def test_a_merge_on_drafts_is_not_published(client: Client) -> None:
    planner = person(Role.PLANNER)
    merging = merging_for("rests-on-drafts")
    for one in merging.themes.select_related("merging"):
        themes.accept_theme(one, by=planner)
    acts.finish(merging, by=planner)
    client.force_login(planner)
    page = client.post(reverse("merging-act", args=[merging.pk, "publiser"]), follow=True).content.decode()
    assert "Kulturplan 2018-2028" in page
    merging.refresh_from_db()
    assert merging.published_at is None


def test_those_outside_are_not_told_who_decided(client: Client) -> None:
    merging = merging_for("open")
    planner = person(Role.PLANNER, "Kari Avgjører")
    for one in merging.themes.select_related("merging"):
        themes.accept_theme(one, by=planner)
    acts.finish(merging, by=planner)
    acts.publish(merging, by=planner)
    for role in OUTSIDE:
        sign_in(client, role)
        for address in [*reads(merging), f"{reverse('merging-answers')}?q=kunst"]:
            assert "Kari Avgjører" not in client.get(address).content.decode(), address
        assert client.get(reverse("merging-log", args=[merging.pk])).status_code in {302, 404}


@pytest.mark.parametrize("role", OUTSIDE)
def test_what_the_machine_noticed_is_not_shown_outside_before_a_person_has(client: Client, role: str) -> None:
    merging = merging_for("published")
    sign_in(client, role)
    page = reverse("merging-noticed", args=[merging.pk])
    file = reverse("merging-export", args=[merging.pk, "json"])
    for kind in ("tension", "expired", "pair", "gap", "alone", "vocabulary"):
        assert client.get(page, {"slag": kind}).context["page"].items == ()
    assert (
        "Motsetning"
        not in client.get(reverse("merging-item", args=[merging.pk, item(merging, "n1").pk])).content.decode()
    )
    data = client.get(file).json()
    assert data["tensions"] == data["gaps"] == data["duplicates"] == []
    merging.suggestions.filter(kind="tension").update(
        state="resolved", decision="Den skal være gratis.", decided_at=timezone.now()
    )
    assert "Den skal være gratis." in client.get(page).content.decode()
    assert len(client.get(file).json()["tensions"]) == 1


def test_the_api_gives_the_pages_numbers(client: Client) -> None:
    merging = merging_for("published")
    data = client.get(f"/api/merges/{merging.pk}").json()
    page = client.get(reverse("merging-balance", args=[merging.pk])).context["page"]
    assert data["balance"]["incoming"] == page.sheet.all.incoming == 6
    assert [plan["balance"]["incoming"] for plan in data["plans"]] == [row.counts.incoming for row in page.sheet.plans]
    found = client.get(f"/api/merges/{merging.pk}/sources", {"q": "mål 1.1 kulturplan"}).json()
    assert [one["text"] for one in found["items"]] == ["Kulturskolen skal være gratis."]
    new = client.get(f"/api/merges/{merging.pk}/items", {"limit": 1}).json()
    assert (new["total"], len(new["items"][0]["sources"])) == (5, 2)
    assert client.get("/api/merges").json()["total"] == 1
