"""Plans become one: from choosing them to the answer a committee member gets, also by keys and without a script."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from grunnmur_web.accounts.models import Role, User
from grunnmur_web.models import Merging
from tests.web.library import person
from tests.web.mergings import add_merging, add_plans, item, source, theme

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def planner(sign_in: Callable[[User], None]) -> User:
    user = person(Role.PLANNER)
    sign_in(user)
    return user


def opened(page: Page, live_server: Any, name: str, *arguments: int) -> None:
    page.goto(live_server.url + reverse(name, args=arguments))


def test_two_plans_become_one_and_a_committee_member_gets_an_answer(
    screen: Page, live_server: Any, planner: User, sign_in: Callable[[User], None],
    assert_accessible: Callable[[Page], None],
) -> None:  # fmt: skip
    add_plans()
    opened(screen, live_server, "merging-list")
    assert_accessible(screen)
    screen.get_by_role("link", name="Velg planer").click()
    assert_accessible(screen)
    screen.get_by_label("Hva skal den nye planen hete?").fill("Plan for barn og kultur")
    screen.get_by_role("button", name="Sammenlign planene").click()
    expect(screen.get_by_text("Venter på tur.")).to_be_visible()
    assert_accessible(screen)
    call_command("work", batch=True)
    expect(screen.get_by_role("heading", name="Et godt lokalsamfunn skaper vi sammen")).to_be_visible()
    assert_accessible(screen)
    _decide_themes(screen, assert_accessible)
    _close_one(screen, assert_accessible)
    _balance_and_publish(screen, assert_accessible)

    sign_in(person(Role.COMMITTEE_MEMBER))
    opened(screen, live_server, "merging-list")
    screen.get_by_label("Hva ble det av …?").fill("mål 1.1 i Kulturplanen")
    screen.get_by_role("button", name="Finn svaret").click()
    answer = screen.get_by_role("article")
    expect(answer).to_contain_text("Kulturskolen skal være gratis.")
    expect(answer).to_contain_text("Beholdt")
    assert_accessible(screen)
    finding = source(Merging.objects.get(), _key("Alle barn skal møte kunst.")).finding
    assert finding is not None
    opened(screen, live_server, "document-detail", finding.version.document_id)
    entry = screen.locator(f"#f-{finding.pk}")
    entry.locator(".gm-find__value a").click()
    entry.get_by_role("link", name="Hva ble det av dette?").click()
    expect(screen.get_by_role("article")).to_contain_text("Alle barn skal møte kunst.")


def _decide_themes(screen: Page, assert_accessible: Callable[[Page], None]) -> None:
    """Accept all there is, theme by theme, give the first a name and write one item anew."""
    board = screen.url
    for number in range(Merging.objects.get().themes.count()):
        screen.goto(board)
        screen.locator(".gm-theme h3 a").nth(number).click()
        screen.get_by_role("button", name=re.compile("^Godta .*i dette temaet$")).click()
        expect(screen.get_by_role("button", name=re.compile("i dette temaet$"))).to_have_count(0)
    assert_accessible(screen)
    screen.get_by_text("Gi nytt navn").click()
    screen.get_by_label("Navn på temaet").fill("Kunst til alle")
    screen.get_by_role("button", name="Lagre navnet").click()
    expect(screen.get_by_role("heading", level=1, name="Kunst til alle")).to_be_visible()
    screen.locator(".gm-item__text a").first.click()
    assert_accessible(screen)
    screen.get_by_label("Ordlyd").fill("Kunst skal møte alle barn.")
    screen.get_by_label("Trinn i tjenestetrappa").select_option("universal")
    screen.get_by_role("button", name="Lagre ordlyden").click()
    expect(screen.get_by_role("heading", level=1, name="Kunst skal møte alle barn.")).to_be_visible()
    expect(screen.get_by_text("Ordlyden er lagret.")).to_be_visible()
    screen.goto(board)


def _close_one(screen: Page, assert_accessible: Callable[[Page], None]) -> None:
    """The last one is made undecided, cannot be overlooked, and is closed with a reason."""
    one = Merging.objects.get().sources.get(text="Biblioteket åpner på søndager.")
    screen.goto(screen.url + f"kilde/{one.pk}/")
    screen.get_by_label("Gjør det uavgjort igjen").check()
    screen.get_by_role("button", name="Lagre avgjørelsen").click()
    screen.get_by_role("navigation", name="Du er her").get_by_text("Plan for barn og kultur").click()
    screen.get_by_text("Gjør ferdig …").click()
    expect(screen.get_by_text("1 punkt er ikke avgjort.")).to_be_visible()
    assert_accessible(screen)
    screen.get_by_role("link", name="Vis dem som gjenstår").click()
    expect(screen.locator("tbody tr")).to_have_count(1)
    assert_accessible(screen)
    screen.get_by_role("link", name=re.compile("^Avgjør")).click()
    screen.get_by_label("Avslutt det").check()
    screen.get_by_role("button", name="Lagre avgjørelsen").click()
    expect(screen.get_by_text("Den som spør senere, skal få et svar.").first).to_be_visible()
    assert_accessible(screen)
    screen.get_by_label("Begrunnelse").fill("Er gjennomført")
    screen.get_by_label("Vedtak eller saksnummer").fill("Sak 12/26")
    screen.get_by_role("button", name="Lagre avgjørelsen").click()
    expect(screen.get_by_text("Avgjørelsen er lagret.")).to_be_visible()


def _balance_and_publish(screen: Page, assert_accessible: Callable[[Page], None]) -> None:
    screen.get_by_role("link", name="Regnskap", exact=True).click()
    expect(screen.get_by_text("Regnskapet går opp")).to_be_visible()
    assert_accessible(screen)
    screen.get_by_role("link", name=re.compile("^Må avklares")).click()
    assert_accessible(screen)
    screen.get_by_role("link", name="Logg", exact=True).click()
    assert_accessible(screen)
    screen.get_by_text("Gjør ferdig …").click()
    screen.get_by_role("button", name="Ja, gjør den ferdig").click()
    expect(screen.get_by_text("Sammenstillingen er ferdig og frosset.")).to_be_visible()
    assert_accessible(screen)
    screen.get_by_role("button", name="Publiser for alle").click()
    expect(screen.get_by_text("Alle kan lese den nå.")).to_be_visible()


def test_items_and_themes_are_dragged_to_where_they_belong(page: Page, live_server: Any, planner: User) -> None:
    merging = add_merging(planner)
    one, health = item(merging, "n1"), theme(merging, "Helse i skolen")
    opened(page, live_server, "merging-detail", merging.pk)
    page.locator(f'[data-item="{one.pk}"]').drag_to(page.locator(f"#tema-{health.pk} h3"))
    expect(page.locator(f"#tema-{health.pk}")).to_contain_text("Kulturskolen skal være gratis.")
    page.locator(f"#tema-{health.pk} .gm-theme__meta").drag_to(page.locator("#omrade-2"))
    expect(page.locator('[data-area="2"]')).to_contain_text("Helse i skolen")
    page.get_by_role("button", name=re.compile("^Angre mitt siste valg")).click()
    expect(page.locator('[data-area="1"]')).to_contain_text("Helse i skolen")
    one.refresh_from_db()
    assert one.theme == health


def test_a_theme_is_worked_through_from_the_keyboard(page: Page, live_server: Any, planner: User) -> None:
    merging = add_merging(planner)
    opened(page, live_server, "merging-theme", merging.pk, theme(merging).pk)
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator(".gm-item").first.get_by_role("button", name=re.compile("^Godta"))).to_have_count(0)
    assert source(merging, "a1").fate == "merged"
    page.keyboard.press("u")
    expect(page.locator(".gm-item").first.get_by_role("button", name=re.compile("^Godta"))).to_have_count(1)
    assert source(merging, "a1").fate == "undecided"


def test_everything_works_without_the_script(browser: Browser, page: Page, live_server: Any, planner: User) -> None:
    merging = add_merging(planner)
    context = browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    plain = context.new_page()
    opened(plain, live_server, "merging-theme", merging.pk, theme(merging).pk)
    plain.get_by_role("button", name=re.compile("i dette temaet$")).click()
    expect(plain.get_by_role("button", name=re.compile("i dette temaet$"))).to_have_count(0)
    plain.get_by_role("button", name="Angre mitt siste valg").click()
    expect(plain.get_by_role("button", name=re.compile("i dette temaet$"))).to_have_count(1)
    plain.get_by_text("Flytt eller slå sammen").click()
    plain.get_by_label("Hovedområde").select_option("2")
    plain.get_by_role("button", name="Flytt temaet").click()
    expect(plain.get_by_text("Når noen trenger mye støtte fra oss alle").first).to_be_visible()
    assert theme(merging).area == 2
    context.close()


def _key(text: str) -> str:
    return Merging.objects.get().sources.get(text=text).key
