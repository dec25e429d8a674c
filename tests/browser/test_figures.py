"""«Tall» in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from grunnmur_web.accounts.models import Role, User
from tests.web.library import add_care_plan, add_school_plan, person

Check = Callable[[Page], None]
SignIn = Callable[[User], None]
pytestmark = pytest.mark.django_db(transaction=True)


def open_figures(page: Page, live_server: Any, query: str = "") -> None:
    page.goto(live_server.url + reverse("figure-list") + query)


@pytest.mark.parametrize("query", ["", "?q=finnes-ikke", "?aar=tull", "?sorter=-tall&maaleenhet=places"])
def test_no_barriers(screen: Page, live_server: Any, assert_accessible: Check, query: str) -> None:
    add_care_plan()
    add_school_plan()
    open_figures(screen, live_server, query)
    assert_accessible(screen)


def test_no_barriers_for_those_who_work_here(
    screen: Page, live_server: Any, sign_in: SignIn, assert_accessible: Check
) -> None:
    add_care_plan()
    add_school_plan()
    sign_in(person(Role.PLANNER))
    open_figures(screen, live_server)
    expect(screen.get_by_text("Ikke kontrollert").first).to_be_attached()
    assert_accessible(screen)


def test_no_barriers_when_empty_or_dark(page: Page, live_server: Any, assert_accessible: Check) -> None:
    open_figures(page, live_server)
    assert_accessible(page)
    page.emulate_media(color_scheme="dark")
    add_care_plan()
    open_figures(page, live_server)
    assert_accessible(page)


def test_sorting_and_filtering_with_the_keyboard(page: Page, live_server: Any) -> None:
    add_care_plan()
    add_school_plan()
    open_figures(page, live_server)
    head = page.get_by_role("columnheader", name="Tall", exact=True)
    head.get_by_role("link").focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(page.get_by_role("rowheader").first).to_have_text("barnehager")
    page.get_by_label("Ord").fill("sykehjem")
    page.keyboard.press("Enter")
    expect(page.locator(".gm-figures__count")).to_have_text("2 tall i 1 dokument.")
    expect(head).to_have_attribute("aria-sort", "ascending")


def test_the_file_is_that_of_the_page(page: Page, live_server: Any) -> None:
    add_care_plan()
    add_school_plan()
    open_figures(page, live_server, "?q=sykehjem")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV").click()
    text = waiting.value.path().read_text(encoding="utf-8-sig")
    assert len(text.splitlines()) == 3


def test_a_source_opens_at_the_number(page: Page, live_server: Any) -> None:
    add_care_plan()
    open_figures(page, live_server, "?q=2032")
    page.get_by_role("link", name="Plan for omsorg, side 1").click()
    expect(page.locator("mark[aria-current]")).to_have_text("402")


def test_a_planner_puts_a_figure_on_the_front_page(page: Page, live_server: Any, sign_in: SignIn) -> None:
    add_care_plan()
    sign_in(person(Role.PLANNER))
    open_figures(page, live_server, "?q=2032")
    page.get_by_role("button", name=re.compile("Vis på forsiden.*Sykehjemsplasser")).click()
    expect(page.get_by_text("«Sykehjemsplasser» vises nå på forsiden.")).to_be_visible()
    page.goto(live_server.url + "/")
    expect(page.get_by_text("402")).to_be_visible()


def test_every_column_is_on_the_paper_and_the_table_begins_under_its_heading(
    page: Page, live_server: Any, sign_in: SignIn
) -> None:
    add_care_plan(title="Handlingsplan mot levekårsforskjeller og barnefattigdom")
    sign_in(person(Role.PLANNER))
    page.set_viewport_size({"width": 673, "height": 1000})
    page.emulate_media(media="print")
    open_figures(page, live_server)
    table = page.locator(".gm-table table")
    assert table.evaluate("(table) => getComputedStyle(table).breakInside") == "auto"
    assert table.evaluate("(table) => table.scrollWidth <= table.parentElement.clientWidth")
    expect(page.get_by_role("columnheader", name="Kontroll")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Forsiden")).to_be_hidden()
