"""«Søk» in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from grunnmur_web.models import Plan
from tests.web.library import add_care_plan, add_school_plan

Check = Callable[[Page], None]
pytestmark = pytest.mark.django_db(transaction=True)


def open_search(page: Page, live_server: Any, query: str = "") -> None:
    page.goto(live_server.url + reverse("search-page") + query)


@pytest.mark.parametrize("query", ["", "?q=plasser", "?q=plasser&slag=figure&aar=x", "?q=finnesikke", "?q=barnehgaer"])
def test_no_barriers(screen: Page, live_server: Any, assert_accessible: Check, query: str) -> None:
    plan = Plan.objects.create(slug="plasser", name="Plan for plasser")
    add_care_plan(plan=plan)
    add_school_plan()
    open_search(screen, live_server, query)
    assert_accessible(screen)


def test_no_barriers_in_the_dark(page: Page, live_server: Any, assert_accessible: Check) -> None:
    add_care_plan()
    page.emulate_media(color_scheme="dark")
    open_search(page, live_server, "?q=plasser")
    assert_accessible(page)


def test_from_the_head_of_the_page_to_the_number_in_its_document(page: Page, live_server: Any) -> None:
    add_care_plan()
    page.goto(live_server.url + "/")
    box = page.get_by_role("searchbox").first
    box.fill("sykehjemsplasser 2032")
    box.press("Enter")
    expect(page.locator(".gm-search__count")).to_contain_text("treff i 1 dokument.")
    first = page.locator(".gm-hit").first
    expect(first).to_contain_text("402\N{NO-BREAK SPACE}plasser")
    first.get_by_role("link").click()
    expect(page.locator("mark[aria-current]")).to_have_text("402")


def test_a_passage_opens_with_its_words_marked(page: Page, live_server: Any) -> None:
    add_care_plan()
    open_search(page, live_server, "?q=behovet&slag=passage")
    page.locator(".gm-hit").first.get_by_role("link").click()
    expect(page.locator("#sted")).to_be_attached()


def test_narrowing_works_without_scripts(live_server: Any, browser: Any) -> None:
    add_care_plan()
    add_school_plan()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    open_search(page, live_server, "?q=plasser")
    page.locator(".gm-search__kinds a", has_text="Tall").click()
    expect(page.locator(".gm-hit__kind").first).to_contain_text("Tall")
    page.get_by_label("År").fill("2030")
    page.get_by_role("button", name="Avgrens", exact=True).click()
    expect(page.locator(".gm-search__count")).to_have_text("1 treff i 1 dokument.")
    context.close()
