"""The pages of plans: the register, the editor, history, editions with lasting addresses, and the hearing."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from docx import Document as WordDocument

from grunnmur.choices.plans.outline import Placement
from grunnmur.kernel import BadInput
from grunnmur_web.accounts.models import Role, User
from grunnmur_web.actions import documents as document_acts
from grunnmur_web.actions import plan_comments, plan_editions, plans
from grunnmur_web.actions import plan_elements as acts
from grunnmur_web.models import Document, Plan, PlanComment, PlanElement
from grunnmur_web.store.plans.editions import editions
from grunnmur_web.words.plans import due_text, is_due
from tests.web.library import person
from tests.web.plans import add_culture_document, add_plan, add_tree, texts

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def planner(client: Client) -> User:
    user = person(Role.PLANNER)
    client.force_login(user)
    return user


@pytest.fixture
def plan(planner: User) -> Plan:
    return add_plan(planner)


@pytest.fixture
def tree(plan: Plan, planner: User) -> dict[str, PlanElement]:
    return add_tree(plan, planner)


def page(client: Client, name: str, *arguments: Any, **query: Any) -> str:
    response = client.get(reverse(name, args=arguments), query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def on_hearing(plan: Plan, planner: User) -> None:
    plans.change(plan, {"status": Plan.Status.HEARING}, by=planner)
    plan_editions.publish(plan, by=planner)


# The register


@pytest.mark.parametrize(
    ("status", "to", "revision", "words", "due"),
    [
        ("adopted", 2030, "", "", False),
        ("adopted", 2030, "2027", "Skal revideres i 2027", False),
        ("adopted", 2030, "2026", "Skal revideres i 2026", True),
        ("adopted", 2030, "2026-12", "Skal revideres i desember 2026", True),
        ("adopted", 2030, "2025", "Skulle vært revidert i 2025", True),
        ("adopted", 2030, "2026-05-14", "Skulle vært revidert 14. mai 2026", True),
        ("adopted", 2020, "2030", "Gikk ut 2020", True),
        ("expired", 2030, "", "Utgått", True),
        ("adopted", 2027, "", "Går ut 2027", False),
        ("preparation", None, "", "", False),
    ],
)
def test_what_is_due_in_words(status: str, to: int | None, revision: str, words: str, due: bool) -> None:
    assert (due_text(status, to, revision, TODAY), is_due(status, to, revision, TODAY)) == (words, due)


def test_an_empty_register_says_what_belongs_there(client: Client) -> None:
    assert "Ingen planer er publisert ennå" in page(client, "plan-list")
    client.force_login(person(Role.PLANNER))
    assert "Legg inn den første planen" in page(client, "plan-list")


def test_the_register_filters_sorts_and_counts(client: Client, planner: User) -> None:
    add_plan(planner, "Eldre plan", period_from=2016, period_to=2020, status=Plan.Status.EXPIRED)
    add_plan(planner, "Boligplan", type=Plan.Type.ACTION, progress=40)
    shown = page(client, "plan-list")
    assert "2 planer. 1 av dem må tas opp nå." in shown
    assert shown.index("Boligplan") < shown.index("Eldre plan")
    assert "40\N{NO-BREAK SPACE}%" in shown
    shown = page(client, "plan-list", sorter="-navn")
    assert shown.index("Eldre plan") < shown.index("Boligplan")
    for query in ({"status": "expired"}, {"frist": "na"}, {"q": "eldre"}, {"type": "theme"}):
        shown = page(client, "plan-list", **query)
        assert "Eldre plan" in shown
        assert "Boligplan" not in shown
    assert "Ingen planer passer" in page(client, "plan-list", q="finnes ikke")
    assert "Boligplan" in page(client, "plan-list", type="tull", enhet="tull", sorter="tull")


def test_the_register_as_a_file_holds_the_rows_of_the_page(client: Client, planner: User) -> None:
    add_plan(planner, "Eldre plan", period_to=2020, period_from=2016, law="folkehelseloven")
    add_plan(planner, "=Ny plan")
    response = client.get(reverse("plan-list-export", args=["csv"]), {"q": "eldre"})
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows] == ["Plan", "Eldre plan"]
    assert "folkehelseloven" in rows[1]
    every = client.get(reverse("plan-list-export", args=["csv"])).content.decode()
    assert "'=Ny plan" in every
    assert client.get(reverse("plan-list-export", args=["xlsx"])).status_code == 200
    assert client.get(reverse("plan-list-export", args=["exe"])).status_code == 404


def test_a_plan_is_put_in_the_register(client: Client, planner: User) -> None:
    form = {
        "name": "Plan for ørret og ål", "type": "theme", "status": "adopted", "period_from": "2024",
        "period_to": "2028", "case_number": "012/24", "adopted_on": "2024-03-01", "next_revision": "14.5.2027",
    }  # fmt: skip
    assert client.post(reverse("plan-new"), form).status_code == 302
    plan = Plan.objects.get()
    assert (plan.slug, plan.next_revision) == ("plan-for-rret-og-al", "2027-05-14")
    shown = page(client, "plan-list")
    assert "Sak 012/24, 1. mars 2024" in shown
    assert "Skal revideres 14. mai 2027" in shown
    client.post(reverse("plan-new"), form)
    assert sorted(Plan.objects.values_list("slug", flat=True)) == ["plan-for-rret-og-al", "plan-for-rret-og-al-2"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Feltet er påkrevet"),
        ("period_to", "2020", "Perioden kan ikke slutte før den begynner"),
        ("adopted_on", "2024-03-01", "Skriv nummeret på saken"),
        ("next_revision", "snart", "Skriv et årstall eller en dato"),
        ("progress", "101", "100"),
    ],
)
def test_bad_facts_are_explained_and_nothing_is_saved(
    client: Client, planner: User, field: str, value: str, said: str
) -> None:
    form = {"name": "Plan", "type": "theme", "status": "adopted", "period_from": "2024", field: value}
    response = client.post(reverse("plan-new"), form)
    assert response.status_code == 400
    assert said in response.content.decode()
    assert not Plan.objects.exists()


def test_facts_are_changed_logged_and_kept_from_those_who_may_not(client: Client, plan: Plan, planner: User) -> None:
    owner = person(Role.STAFF, "Ola")
    plans.change(plan, {"owner": owner}, by=planner)
    client.force_login(owner)
    url = reverse("plan-facts", args=[plan.slug])
    assert 'name="status"' not in client.get(url).content.decode()
    client.post(url, {"name": "Kulturplan", "type": "theme", "status": "adopted", "law": "kulturlova"})
    plan.refresh_from_db()
    assert (plan.law, plan.status) == ("kulturlova", Plan.Status.PREPARATION)
    assert "kulturlova" in client.get(url).content.decode()


def test_a_plan_that_has_been_published_is_not_deleted(
    client: Client, plan: Plan, tree: dict[str, PlanElement], planner: User
) -> None:
    other = add_plan(planner, "Feil")
    add_tree(other, planner)
    assert client.post(reverse("plan-delete", args=[other.slug])).status_code == 302
    assert not Plan.objects.filter(pk=other.pk).exists()
    plan_editions.publish(plan, by=planner)
    client.post(reverse("plan-delete", args=[plan.slug]))
    assert Plan.objects.filter(pk=plan.pk).exists()


# The editor


def form_of(row: PlanElement, **given: Any) -> dict[str, Any]:
    return {"text": row.text, "level": row.level_id, "version": row.version, **given}


def test_the_whole_editor_works_without_a_script(client: Client, plan: Plan, tree: dict[str, PlanElement]) -> None:
    row = tree["Delmål b"]
    shown = page(client, "plan-edit", plan.slug, punkt=row.public_id)
    assert 'name="version" value="1"' in shown
    write = reverse("plan-element-write", args=[plan.slug, row.public_id])
    response = client.post(write, form_of(row, text="Delmål B", sdg="3.4 11", area="Ekstra støtte"))
    assert response["Location"].endswith(f"#p-{row.public_id}")
    for act in ("opp", "ut", "inn"):
        client.post(reverse("plan-element-act", args=[plan.slug, row.public_id, act]))
    assert texts(plan) == [(0, "Mål en"), (1, "Delmål a"), (1, "Delmål B"), (0, "Mål to")]
    joined = reverse("plan-element-act", args=[plan.slug, row.public_id, "sla-sammen"])
    client.post(joined, {"med": tree["Delmål a"].public_id})
    assert texts(plan)[1] == (1, "Delmål a\nDelmål B")
    client.post(reverse("plan-act", args=[plan.slug, "angre"]))
    new = reverse("plan-element-act", args=[plan.slug, tree["Mål to"].public_id, "nytt"])
    client.post(new, {"tekst": "Under to", "niva": row.level_id, "hvor": "under"})
    client.post(reverse("plan-element-act", args=[plan.slug, tree["Mål en"].public_id, "fjern"]))
    assert texts(plan) == [(0, "Delmål a"), (0, "Delmål B"), (0, "Mål to"), (1, "Under to")]
    move = reverse("plan-element-act", args=[plan.slug, row.public_id, "flytt"])
    client.post(move, {"mal": tree["Mål to"].public_id, "hvor": "under"})
    assert texts(plan)[-1] == (1, "Delmål B")
    client.post(move, {"mal": row.public_id})
    assert "Punktet kan ikke stå der" in page(client, "plan-edit", plan.slug)


def test_a_blank_line_splits_an_element(client: Client, plan: Plan, tree: dict[str, PlanElement]) -> None:
    row = tree["Mål to"]
    write = reverse("plan-element-write", args=[plan.slug, row.public_id])
    client.post(write, form_of(row, text="Mål to\r\n\r\nMål tre", **{"del": "1"}))
    assert texts(plan)[-2:] == [(0, "Mål to"), (0, "Mål tre")]
    row.refresh_from_db()
    response = client.post(write, form_of(row, **{"del": "1"}))
    assert (response.status_code, "Sett en tom linje" in response.content.decode()) == (409, True)


def test_a_clash_shows_both_texts_and_lets_the_writer_put_them_together(
    client: Client, plan: Plan, tree: dict[str, PlanElement], planner: User
) -> None:
    row, other = tree["Delmål a"], person(Role.PLANNER, "Ola")
    acts.write(row, {"text": "Olas tekst"}, 1, by=other)
    write = reverse("plan-element-write", args=[plan.slug, row.public_id])
    response = client.post(write, form_of(row, text="Karis tekst", version=1))
    shown = response.content.decode()
    assert response.status_code == 409
    assert "Slik Ola har lagret det" in shown
    assert "Olas tekst" in shown
    assert "Karis tekst" in shown
    assert 'name="version" value="2"' in shown
    client.post(write, form_of(row, text="Begges tekst", version=2))
    row.refresh_from_db()
    assert row.text == "Begges tekst"


def test_what_was_written_in_an_element_that_is_gone_is_not_lost(
    client: Client, plan: Plan, tree: dict[str, PlanElement], planner: User
) -> None:
    row = tree["Delmål a"]
    acts.remove(plan, row.public_id, by=person(Role.PLANNER, "Ola"))
    response = client.post(reverse("plan-element-write", args=[plan.slug, row.public_id]), form_of(row, text="Skrevet"))
    assert (response.status_code, "Skrevet" in response.content.decode()) == (409, True)


def test_goals_of_the_united_nations_are_checked(client: Client, plan: Plan, tree: dict[str, PlanElement]) -> None:
    row = tree["Delmål a"]
    write = reverse("plan-element-write", args=[plan.slug, row.public_id])
    response = client.post(write, form_of(row, text="Behold meg", sdg="3.99, 18"))
    shown = response.content.decode()
    assert response.status_code == 400
    assert "3.99, 18 er ikke et mål eller delmål" in shown
    assert "Behold meg" in shown


def test_sources_are_quoted_from_the_document_and_taken_away(
    client: Client, plan: Plan, tree: dict[str, PlanElement], planner: User
) -> None:
    document = add_culture_document(kind="plan", plan=plan)
    row = tree["Delmål a"]
    write = reverse("plan-element-write", args=[plan.slug, row.public_id])
    client.post(write, form_of(row, sitat="Kulturarven \n blir tatt", dokument=document.pk))
    source = row.sources.get()
    assert document.current is not None
    assert document.current.text[source.start : source.end] == "Kulturarven blir tatt"
    row.refresh_from_db()
    response = client.post(write, form_of(row, sitat="Dette står der ikke", dokument=document.pk))
    assert (response.status_code, "Fant ikke sitatet" in response.content.decode()) == (409, True)
    client.post(write, form_of(row, kilde="tull"))
    assert not row.sources.exists()


def test_elements_are_fetched_from_a_document_and_a_document_in_use_stays(
    client: Client, plan: Plan, planner: User
) -> None:
    document = add_culture_document(kind="plan", plan=plan, published=False)
    client.post(reverse("plan-act", args=[plan.slug, "hent"]), {"dokument": document.pk})
    assert plan.elements.count() == 6
    shown = page(client, "plan-edit", plan.slug)
    assert "Hentet 6 punkter fra «Kulturplan»" in shown
    with pytest.raises(BadInput, match="document-in-plan"):
        document_acts.delete(document, by=planner)
    client.post(reverse("plan-act", args=[plan.slug, "angre"]))
    assert plan.elements.count() == 0


def test_levels_are_named_in_a_form(client: Client, plan: Plan, tree: dict[str, PlanElement]) -> None:
    rows = list(plan.levels.all())
    form: dict[str, Any] = {"niva-TOTAL_FORMS": len(rows) + 1, "niva-INITIAL_FORMS": len(rows)}
    for number, row in enumerate(rows):
        form |= {f"niva-{number}-key": row.pk, f"niva-{number}-name": row.name, f"niva-{number}-role": row.role}
        form |= {f"niva-{number}-numbered": "on"} if row.numbered else {}
    goal = next(number for number, row in enumerate(rows) if row.role == "goal")
    new = len(rows)
    form |= {f"niva-{goal}-name": "Hovedmål", f"niva-{new}-name": "Løfte", f"niva-{new}-role": "strategy"}
    assert client.post(reverse("plan-levels", args=[plan.slug]), form).status_code == 302
    assert {"Hovedmål", "Løfte"} <= set(plan.levels.values_list("name", flat=True))
    form[f"niva-{goal}-name"] = ""
    assert "kan ikke tas bort" in client.post(reverse("plan-levels", args=[plan.slug]), form).content.decode()


# History


def test_history_shows_what_changed_and_brings_it_back(
    client: Client, plan: Plan, tree: dict[str, PlanElement], planner: User
) -> None:
    wanted = plan.versions.order_by("-id")[0]
    acts.write(tree["Delmål a"], {"text": "Delmål helt nytt", "target_group": "Barn"}, 1, by=planner)
    changed = plan.versions.order_by("-id")[0]
    assert "Endret et punkt" in page(client, "plan-history", plan.slug)
    shown = page(client, "plan-version", plan.slug, changed.pk)
    assert "<ins>helt nytt</ins>" in shown
    assert "<del>a</del>" in shown
    assert "Målgruppe" in shown
    client.post(reverse("plan-version", args=[plan.slug, wanted.pk]), {"hvorfor": "Feil"})
    assert texts(plan)[1] == (1, "Delmål a")
    assert "Feil" in page(client, "plan-history", plan.slug)
    stranger = add_plan(planner, "Annen")
    assert client.get(reverse("plan-version", args=[stranger.slug, wanted.pk])).status_code == 404


# Editions


def test_numbers_are_frozen_in_an_edition_and_earlier_ones_stay_readable(
    client: Client, plan: Plan, tree: dict[str, PlanElement], planner: User
) -> None:
    plan_editions.publish(plan, by=planner)
    acts.rearrange(plan, tree["Mål to"].public_id, "up", by=planner)
    client.logout()
    assert '<section class="gm-el" id="1.2"' in page(client, "plan-detail", plan.slug)
    plan_editions.publish(plan, by=planner, why="Ny rekkefølge")
    now, then = page(client, "plan-detail", plan.slug), page(client, "plan-edition", plan.slug, 1)
    assert 'id="2.2"' in now
    assert "Ny rekkefølge" in now
    assert 'id="1.2"' in then
    assert "Du leser utgave 1" in then
    response = client.get(reverse("plan-number", args=[plan.slug, "2.1"]))
    assert response["Location"] == f"/planer/{plan.slug}/#2.1"
    assert client.get(f"/planer/{plan.slug}/9.9").status_code == 404
    assert client.get(f"/planer/{plan.slug}/utgave/3/").status_code == 404


def test_publishing_needs_something_new(plan: Plan, planner: User) -> None:
    with pytest.raises(BadInput, match="plan-empty"):
        plan_editions.publish(plan, by=planner)
    add_tree(plan, planner)
    plan_editions.publish(plan, by=planner)
    with pytest.raises(BadInput, match="plan-unchanged"):
        plan_editions.publish(plan, by=planner)
    plans.change(plan, {"status": Plan.Status.ADOPTED}, by=planner)
    assert plan_editions.publish(plan, by=planner).edition == 2


def test_a_withdrawn_edition_is_gone_and_the_one_before_is_current(
    client: Client, plan: Plan, tree: dict[str, PlanElement], planner: User
) -> None:
    first = plan_editions.publish(plan, by=planner)
    acts.remove(plan, tree["Mål to"].public_id, by=planner)
    client.post(reverse("plan-publish", args=[plan.slug]), {"hvorfor": "Kortere"})
    client.post(reverse("plan-withdraw", args=[plan.slug, 2]))
    assert editions(plan).first() == first
    client.logout()
    assert "Mål to" in page(client, "plan-detail", plan.slug)
    assert client.get(reverse("plan-edition", args=[plan.slug, 2])).status_code == 404


def test_passages_of_drafts_are_not_published_with_the_plan(client: Client, plan: Plan, planner: User) -> None:
    document = add_culture_document(kind="plan", plan=plan, published=False)
    acts.make_from(plan, document, by=planner)
    plan_editions.publish(plan, by=planner)
    link = reverse("document-detail", args=[document.pk])
    assert link in page(client, "plan-detail", plan.slug)
    client.logout()
    assert link not in page(client, "plan-detail", plan.slug)
    Document.objects.filter(pk=document.pk).update(status="published", published_at="2026-01-01T00:00Z")
    assert link in page(client, "plan-detail", plan.slug)


def test_a_plan_as_word_pdf_and_web_page(client: Client, plan: Plan, planner: User) -> None:
    acts.make_from(plan, add_culture_document(kind="plan", plan=plan), by=planner)
    plan_editions.publish(plan, by=planner)
    client.logout()
    word = client.get(reverse("plan-export", args=[plan.slug, "docx"]))
    lines = [paragraph.text for paragraph in WordDocument(io.BytesIO(word.content)).paragraphs]
    assert any("1 Flere skal få oppleve kultur." in " ".join(line.split()) for line in lines)
    pdf = client.get(reverse("plan-export", args=[plan.slug, "pdf"]))
    assert pdf.content.startswith(b"%PDF-")
    html = client.get(reverse("plan-export", args=[plan.slug, "html"])).content.decode()
    assert "Biblioteket er åpent hver dag." in html
    assert "<script" not in html
    for bad in (["exe"], ["docx?utgave=9"]):
        assert client.get(f"/planer/{plan.slug}/last-ned/plan.{bad[0]}").status_code == 404


def test_search_finds_what_a_published_plan_says_and_not_what_it_said(
    client: Client, plan: Plan, tree: dict[str, PlanElement], planner: User
) -> None:
    acts.write(tree["Mål to"], {"text": "Kulturkarusellen"}, 1, by=planner)
    client.logout()
    link = reverse("plan-detail", args=[plan.slug])
    assert link not in page(client, "search-page", q="kulturkarusellen")
    plan_editions.publish(plan, by=planner)
    assert link in page(client, "search-page", q="kulturkarusellen")
    edition = editions(plan).first()
    assert edition is not None
    plan_editions.withdraw(plan, edition, by=planner)
    assert link not in page(client, "search-page", q="kulturkarusellen")


# The hearing


def test_anyone_comments_and_nothing_shows_before_it_is_let_through(
    client: Client, plan: Plan, tree: dict[str, PlanElement], planner: User
) -> None:
    on_hearing(plan, planner)
    client.logout()
    url = reverse("plan-comment", args=[plan.slug, tree["Delmål a"].public_id])
    assert "Delmål a" in client.get(url).content.decode()
    response = client.post(url, {"text": "Flott punkt <b>", "name": "Nora"})
    assert response["Location"] == reverse("plan-comment-thanks", args=[plan.slug])
    assert "Flott punkt" not in page(client, "plan-detail", plan.slug)
    comment = PlanComment.objects.get()
    plan_comments.moderate(comment, PlanComment.State.SHOWN, by=planner)
    plan_comments.answer(comment, "Takk skal du ha", by=planner)
    shown = page(client, "plan-detail", plan.slug)
    assert "Flott punkt &lt;b&gt;" in shown
    assert "Nora" in shown
    assert "Takk skal du ha" in shown
    assert "1 innspill vises" in shown
    plan_comments.moderate(comment, PlanComment.State.HIDDEN, by=planner)
    assert "Flott punkt" not in page(client, "plan-detail", plan.slug)


def test_staff_see_count_and_answer_comments(
    client: Client, plan: Plan, tree: dict[str, PlanElement], planner: User
) -> None:
    on_hearing(plan, planner)
    first = plan_comments.comment(plan, tree["Delmål a"].public_id, "En", name="Nora")
    plan_comments.comment(plan, tree["Delmål a"].public_id, "To", by=planner)
    plan_comments.comment(plan, tree["Mål to"].public_id, "Tre")
    shown = page(client, "plan-comments", plan.slug)
    assert "3 innspill til 2 punkter. 3 av dem venter." in shown
    for act, form in (("vis", {}), ("svar", {"svar": "Takk"})):
        client.post(reverse("plan-comment-act", args=[plan.slug, first.pk, act]), form)
    shown = page(client, "plan-comments", plan.slug, vis="shown")
    assert "Takk" in shown
    assert "Nora" in shown
    assert "Tre" not in shown


def test_comments_need_a_hearing_that_is_open(
    client: Client, plan: Plan, tree: dict[str, PlanElement], planner: User
) -> None:
    id = tree["Delmål a"].public_id
    url = reverse("plan-comment", args=[plan.slug, id])
    assert client.get(url).status_code == 404
    on_hearing(plan, planner)
    assert client.get(url).status_code == 200
    assert client.get(reverse("plan-comment", args=[plan.slug, "finnesikke"])).status_code == 404
    plans.change(plan, {"hearing_ends": date(2020, 1, 1)}, by=planner)
    assert client.get(url).status_code == 404
    with pytest.raises(BadInput, match="not-on-hearing"):
        plan_comments.comment(plan, id, "For sent")


def test_a_flood_of_comments_and_what_is_no_person_are_stopped(
    client: Client, plan: Plan, tree: dict[str, PlanElement], planner: User
) -> None:
    on_hearing(plan, planner)
    client.logout()
    url = reverse("plan-comment", args=[plan.slug, tree["Delmål a"].public_id])
    assert client.post(url, {"text": ""}).status_code == 200
    client.post(url, {"text": "Robot", "website": "http://x.example"})
    assert not PlanComment.objects.exists()
    statuses = [client.post(url, {"text": f"Innspill {number}"}).status_code for number in range(12)]
    assert statuses == [302] * 10 + [429] * 2
    assert PlanComment.objects.count() == 10


# Few questions to the database


@pytest.mark.parametrize("several", [0, 2])
def test_reading_and_editing_ask_the_same_however_long_the_plan_is(
    client: Client, plan: Plan, planner: User, several: int, django_assert_max_num_queries: Any
) -> None:
    first = next(iter(add_tree(plan, planner).values()))
    for number in range(10 * several):
        acts.add(plan, f"Mer {number}", first.level, Placement.AFTER, first.public_id, by=planner)
    acts.make_from(plan, add_culture_document(kind="plan", plan=plan), by=planner)
    plan_editions.publish(plan, by=planner)
    with django_assert_max_num_queries(24):
        page(client, "plan-edit", plan.slug)
    with django_assert_max_num_queries(16):
        page(client, "plan-detail", plan.slug)
    with django_assert_max_num_queries(8):
        page(client, "plan-list")
