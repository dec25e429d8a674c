"""The frame in a real browser: keyboard, menus, appearance, language, sign-in, and no barrier on any page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from grunnmur_web.accounts.models import Role, User
from grunnmur_web.models import FindingKind, FindingState, KeyFigure
from tests.web.library import add_care_plan, add_finding, person

Check = Callable[[Page], None]
SignIn = Callable[[User], None]
pytestmark = pytest.mark.django_db(transaction=True)
PUBLIC = ["front", "about-page", "accessibility-page", "feedback-form", "feedback-thanks", "account_login"]


@pytest.mark.parametrize("name", [*PUBLIC, "account_reset_password", "account_reset_password_done"])
def test_public_pages_have_no_barriers(screen: Page, live_server: Any, assert_accessible: Check, name: str) -> None:
    screen.goto(live_server.url + reverse(name))
    assert_accessible(screen)


@pytest.mark.parametrize("name", ["front", "account-page", "account_change_password", "account_logout"])
def test_own_pages_have_no_barriers(
    screen: Page, live_server: Any, sign_in: SignIn, assert_accessible: Check, name: str
) -> None:
    sign_in(person(Role.PLANNER))
    screen.goto(live_server.url + reverse(name))
    assert_accessible(screen)


def test_a_full_front_page_has_no_barriers(
    screen: Page, live_server: Any, sign_in: SignIn, assert_accessible: Check
) -> None:
    me = person(Role.PLANNER)
    document = add_care_plan(owner=me, title="Handlingsplan mot levekårsforskjeller og barnefattigdomsutfordringer")
    add_finding(
        document, "320", kind=FindingKind.WARNING, state=FindingState.SUGGESTED, code="sum-differs",
        params={"stated": 320, "computed": 322, "unit": "places"},
    )  # fmt: skip
    for number in (-7e6, 1_234_567, 8.63, None, 47_037):
        status = "observed" if number is not None else "suppressed"
        KeyFigure.objects.create(
            label="sykehjemsplasser og omsorgsboliger", value=number, unit="persons", status=status, period="2032",
            source_title="Plan for omsorg", finding=document.current.findings.first(),
        )  # fmt: skip
    sign_in(me)
    screen.goto(live_server.url + reverse("front"))
    expect(screen.locator(".gm-key")).to_have_count(5)
    expect(screen.get_by_role("heading", name="Trenger oppmerksomhet")).to_be_visible()
    assert_accessible(screen)


def test_a_page_that_does_not_exist_says_so(screen: Page, live_server: Any, assert_accessible: Check) -> None:
    screen.goto(live_server.url + "/finnes-ikke/")
    expect(screen.get_by_role("heading", level=1)).to_contain_text("finnes ikke")
    assert_accessible(screen)


def test_dark_pages_have_no_barriers(page: Page, live_server: Any, assert_accessible: Check) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(live_server.url + reverse("feedback-form"))
    assert_accessible(page)


def test_the_first_tab_skips_to_the_content(page: Page, live_server: Any) -> None:
    page.goto(live_server.url + reverse("about-page"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hopp til innholdet")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_chosen_appearance_is_kept(page: Page, live_server: Any, assert_accessible: Check) -> None:
    page.goto(live_server.url + reverse("about-page"))
    page.get_by_role("button", name="Språk og utseende").click()
    page.get_by_role("button", name="Mørkt").click()
    expect(page.locator("html")).to_have_attribute("data-color-scheme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-color-scheme", "dark")
    page.get_by_role("button", name="Språk og utseende").click()
    assert_accessible(page)


def test_the_language_is_chosen_in_the_menu_and_kept(screen: Page, live_server: Any) -> None:
    screen.goto(live_server.url + reverse("about-page"))
    screen.get_by_role("button", name="Språk og utseende").click()
    screen.get_by_role("button", name="English").click()
    expect(screen.locator("html")).to_have_attribute("lang", "en")
    expect(screen.get_by_role("link", name="Skip to content")).to_be_attached()
    screen.goto(live_server.url + reverse("feedback-form"))
    expect(screen.locator("html")).to_have_attribute("lang", "en")


def test_signing_in_with_a_wrong_password_says_what_to_do(
    page: Page, live_server: Any, assert_accessible: Check
) -> None:
    user = person(Role.PLANNER)
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_label("E-post").fill(user.email)
    page.get_by_label("Passord", exact=True).fill("feil-passord")
    page.get_by_role("button", name="Logg inn").click()
    expect(page.locator(".gm-error-summary")).to_be_focused()
    assert_accessible(page)
    page.get_by_label("Passord", exact=True).fill("passord-til-prøving")
    page.get_by_role("button", name="Logg inn").click()
    expect(page.get_by_role("button", name="Kari")).to_be_visible()


def test_errors_in_a_form_take_the_focus(screen: Page, live_server: Any, assert_accessible: Check) -> None:
    screen.goto(live_server.url + reverse("feedback-form"))
    screen.get_by_label("E-postadressen din").fill("kari")
    screen.evaluate("document.querySelector('main form').noValidate = true")
    screen.get_by_role("button", name="Send meldingen").click()
    expect(screen.locator(".gm-error-summary")).to_be_focused()
    assert_accessible(screen)


def test_text_at_double_size_needs_no_sideways_scrolling(
    screen: Page, live_server: Any, assert_accessible: Check
) -> None:
    screen.goto(live_server.url + reverse("front"))
    screen.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => {document.documentElement.style.fontSize = '200%'})"
    )
    screen.reload()
    assert_accessible(screen)
