"""Plans in a real browser: read, edit with mouse and keyboard, two at once, and the hearing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from grunnmur_web.accounts.models import Role, User
from grunnmur_web.actions import plan_comments, plan_editions, plans
from grunnmur_web.actions import plan_elements as acts
from grunnmur_web.models import Plan, PlanComment
from tests.web.library import person
from tests.web.plans import add_culture_document, add_plan, add_tree, texts

Check = Callable[[Page], None]
SignIn = Callable[[User], None]
pytestmark = pytest.mark.django_db(transaction=True)


def hearing(planner: User) -> Plan:
    plan = add_plan(planner, period_from=2016, period_to=2020, law="kulturlova")
    acts.make_from(plan, add_culture_document(kind="plan", plan=plan), by=planner)
    row = plan.elements.get(text__startswith="Biblioteket")
    acts.write(row, {"rationale": "Mange spør", "sdg": ["4", "4.7"], "target_group": "Alle"}, row.version, by=planner)
    plans.change(plan, {"status": Plan.Status.HEARING}, by=planner)
    plan_editions.publish(plan, by=planner)
    comment = plan_comments.comment(plan, row.public_id, "Også på søndager", name="Nora")
    plan_comments.moderate(comment, PlanComment.State.SHOWN, by=planner)
    plan_comments.answer(comment, "Det ser vi på", by=planner)
    plan_comments.comment(plan, row.public_id, "Venter")
    return plan


def test_no_barriers_for_those_outside(screen: Page, live_server: Any, assert_accessible: Check) -> None:
    screen.goto(live_server.url + reverse("plan-list"))
    assert_accessible(screen)
    plan = hearing(person())
    element = plan.elements.all()[1].public_id
    for name, arguments in (
        ("plan-list", []), ("plan-detail", [plan.slug]), ("plan-comment", [plan.slug, element]),
        ("plan-comment-thanks", [plan.slug]),
    ):  # fmt: skip
        screen.goto(live_server.url + reverse(name, args=arguments))
        assert_accessible(screen)


def test_no_barriers_for_planners(screen: Page, live_server: Any, sign_in: SignIn, assert_accessible: Check) -> None:
    planner = person()
    sign_in(planner)
    plan = hearing(planner)
    row = plan.elements.all()[2]
    acts.write(row, {"text": "Biblioteket er alltid åpent."}, row.version, by=planner)
    newest = plan.versions.order_by("-id")[0].pk
    edit = reverse("plan-edit", args=[plan.slug])
    paths = [
        reverse(name, args=[plan.slug])
        for name in ("plan-detail", "plan-facts", "plan-levels", "plan-history", "plan-comments", "plan-delete")
    ]
    paths += [reverse("plan-version", args=[plan.slug, newest]), reverse("plan-new")]
    for path in [*paths, edit, f"{edit}?punkt={row.public_id}", f"{edit}?nytt={row.public_id}&hvor=under"]:
        screen.goto(live_server.url + path)
        assert_accessible(screen)


def test_dark_and_open_parts_have_no_barriers(
    page: Page, live_server: Any, sign_in: SignIn, assert_accessible: Check
) -> None:
    planner = person()
    sign_in(planner)
    plan = hearing(planner)
    page.emulate_media(color_scheme="dark")
    page.goto(live_server.url + reverse("plan-edit", args=[plan.slug]))
    page.locator(".gm-node__more summary").first.click()
    page.get_by_text("Hent punkter fra et dokument").click()
    assert_accessible(page)
    page.goto(live_server.url + reverse("plan-detail", args=[plan.slug]))
    assert_accessible(page)


def test_a_planner_makes_a_plan_from_a_document_edits_and_publishes_it(
    page: Page, live_server: Any, sign_in: SignIn
) -> None:
    planner = person()
    sign_in(planner)
    add_culture_document(kind="plan")
    page.goto(live_server.url + reverse("plan-list"))
    page.get_by_role("link", name="Legg inn en plan").click()
    page.get_by_label("Navn").fill("Kulturplan 2030")
    page.get_by_role("button", name="Legg inn planen").click()
    page.get_by_role("button", name="Hent punktene").click()
    expect(page.locator(".gm-node")).to_have_count(6)
    plan = Plan.objects.get()
    page.get_by_role("link", name="Kulturarven blir tatt vare på.").focus()
    page.keyboard.press("Alt+Shift+ArrowUp")
    expect(page.locator(".gm-node__text").nth(1)).to_have_text("Kulturarven blir tatt vare på.")
    expect(page.locator(".gm-node__text").nth(1)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.get_by_label("Tekst", exact=True).fill("Langt flere skal få oppleve kultur.")
    page.get_by_role("button", name="Lagre punktet").click()
    expect(page.get_by_text("Langt flere skal få oppleve kultur.")).to_be_visible()
    page.get_by_role("button", name="Angre").click()
    expect(page.get_by_role("link", name="Flere skal få oppleve kultur.", exact=True)).to_be_visible()
    assert texts(plan)[2] == (0, "Flere skal få oppleve kultur.")
    page.locator("summary", has_text="Publiser").click()
    page.get_by_role("button", name="Ja, publiser").click()
    page.goto(live_server.url + f"/planer/{plan.slug}/2.1")
    expect(page).to_have_url(live_server.url + f"/planer/{plan.slug}/#2.1")
    expect(page.locator('[id="2.1"]')).to_be_in_viewport()


def test_two_write_at_once_and_both_texts_are_there(page: Page, live_server: Any, sign_in: SignIn) -> None:
    planner, other = person(), person(Role.PLANNER, "Ola")
    sign_in(planner)
    plan = add_plan(planner)
    row = add_tree(plan, planner)["Delmål a"]
    page.goto(live_server.url + reverse("plan-edit", args=[plan.slug]))
    page.get_by_role("link", name="Delmål a").click()
    acts.write(row, {"text": "Olas tekst"}, 1, by=other)
    page.get_by_label("Tekst", exact=True).fill("Karis tekst")
    page.get_by_role("button", name="Lagre punktet").click()
    expect(page.locator("#andres-tekst")).to_have_text("Olas tekst")
    expect(page.locator("#din-tekst")).to_have_text("Karis tekst")
    page.get_by_label("Tekst", exact=True).fill("Begges tekst")
    page.get_by_role("button", name="Lagre punktet").click()
    expect(page.get_by_role("link", name="Begges tekst")).to_be_visible()


def test_a_resident_comments_and_a_planner_lets_it_through(page: Page, live_server: Any, sign_in: SignIn) -> None:
    planner = person()
    plan = hearing(planner)
    page.goto(live_server.url + reverse("plan-detail", args=[plan.slug]))
    page.get_by_role("link", name="Si hva du mener om «Kulturarven").click()
    page.get_by_label("Innspillet ditt").fill("Ta vare på seterne")
    page.get_by_role("button", name="Send innspillet").click()
    expect(page.get_by_role("heading", name="Takk for innspillet")).to_be_visible()
    sign_in(planner)
    page.goto(live_server.url + reverse("plan-comments", args=[plan.slug]))
    page.locator("li", has_text="Ta vare på seterne").get_by_role("button", name="Vis for alle").click()
    page.context.clear_cookies()
    page.goto(live_server.url + reverse("plan-detail", args=[plan.slug]))
    expect(page.get_by_text("Ta vare på seterne")).to_be_visible()
