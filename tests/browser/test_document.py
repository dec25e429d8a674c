"""Reading and deciding: from a file to what everyone can see, by mouse, by keyboard and without a script."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from grunnmur_web.accounts.models import Role, User
from grunnmur_web.actions import documents, uploads
from grunnmur_web.models import Document, Finding, FindingKind, FindingState
from tests.web.files import CARE_TEXT, pdf_file, text_file, word_file
from tests.web.library import add_document, add_finding, index, person

pytestmark = pytest.mark.django_db(transaction=True)
MARK = """(text) => {
  const run = [...document.querySelectorAll("[data-start]")].find((one) => one.textContent.includes(text)).firstChild;
  const at = run.data.indexOf(text);
  const range = new Range();
  range.setStart(run, at);
  range.setEnd(run, at + text.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.fixture
def planner(sign_in: Callable[[User], None]) -> User:
    user = person(Role.PLANNER)
    sign_in(user)
    return user


@pytest.fixture
def document(planner: User) -> Document:
    document = add_document(published=False, owner=planner)
    for passage, number in (("320 plasser", 320), ("402", 402)):
        add_finding(
            document, passage, label="sykehjemsplasser", number=number, unit="places", period="2032",
            state=FindingState.SUGGESTED,
        )  # fmt: skip
    add_finding(
        document, "Flere skal mestre eget liv hjemme.", kind=FindingKind.ELEMENT, type="goal",
        text="Flere skal mestre eget liv hjemme.", state=FindingState.SUGGESTED,
    )  # fmt: skip
    index(document)
    return document


def test_from_two_files_to_what_everyone_can_read(
    screen: Page, live_server: Any, planner: User, assert_accessible: Callable[[Page], None]
) -> None:
    screen.goto(live_server.url + reverse("document-list"))
    assert_accessible(screen)
    files = [
        {"name": "omsorgsplan.txt", "mimeType": "text/plain", "buffer": CARE_TEXT.encode()},
        {"name": "skoleplan.docx", "mimeType": "application/octet-stream", "buffer": word_file().read()},
    ]
    screen.get_by_label("Velg filer").set_input_files(files)  # type: ignore[arg-type]
    screen.get_by_role("button", name="Legg inn og les").click()
    expect(screen.get_by_text("0 av 2 filer er ferdige")).to_be_visible()
    assert_accessible(screen)
    call_command("work", batch=True)
    expect(screen.get_by_text("Ferdig: 2 av 2 filer er lest.")).to_be_visible()
    assert_accessible(screen)

    document = Document.objects.get(versions__filename="omsorgsplan.txt")
    screen.goto(live_server.url + reverse("document-detail", args=[document.pk]))
    assert_accessible(screen)
    figure = Finding.objects.get(kind=FindingKind.FIGURE, number=320)
    entry = screen.locator(f"#f-{figure.pk}")
    entry.locator(".gm-find__value a").click()
    entry.get_by_role("button", name="Godta").click()
    expect(entry.get_by_text(re.compile("Godtatt av Kari"))).to_be_visible()

    other = Finding.objects.get(kind=FindingKind.FIGURE, number=402)
    entry = screen.locator(f"#f-{other.pk}")
    entry.locator(".gm-find__value a").click()
    entry.get_by_text("Rett", exact=True).click()
    entry.get_by_label("Hva tallet er").fill("plasser som trengs")
    assert_accessible(screen)
    entry.get_by_role("button", name="Lagre rettelsen").click()
    expect(entry.get_by_text(re.compile("Maskinen leste"))).to_be_visible()
    assert_accessible(screen)

    screen.get_by_text("Publiser …").click()
    assert_accessible(screen)
    screen.get_by_role("button", name="Ja, vis dokumentet for alle").click()
    expect(screen.get_by_text("Dokumentet er publisert.")).to_be_visible()

    screen.context.clear_cookies()
    screen.goto(live_server.url + reverse("document-list"))
    expect(screen.locator("tbody tr")).to_have_count(1)
    screen.locator("tbody a").click()
    expect(screen.get_by_text("plasser som trengs")).to_be_visible()
    expect(screen.locator(".gm-find__item")).to_have_count(2)
    expect(screen.get_by_role("button", name="Godta")).to_have_count(0)
    assert_accessible(screen)


def test_everything_can_be_decided_from_the_keyboard(page: Page, live_server: Any, document: Document) -> None:
    page.goto(live_server.url + reverse("document-detail", args=[document.pk]))
    chosen = page.locator(".gm-find__item[data-chosen]")
    page.keyboard.press("j")
    expect(chosen).to_contain_text("320")
    expect(page.locator('mark[aria-current="true"]')).to_have_text("320 plasser")
    page.keyboard.press("a")
    expect(page.locator('.gm-find__item[data-state="accepted"]')).to_contain_text("320")
    expect(chosen).to_contain_text("402")
    page.keyboard.press("x")
    expect(page.locator('.gm-find__item[data-state="rejected"]')).to_contain_text("402")
    expect(chosen).to_contain_text("Flere skal mestre")
    page.keyboard.press("k")
    expect(chosen).to_contain_text("402")
    page.keyboard.press("u")
    expect(page.locator('.gm-find__item[data-state="rejected"]')).to_have_count(0)
    page.keyboard.press("r")
    expect(page.get_by_label("Hva tallet er")).to_be_focused()
    page.keyboard.press("j")
    expect(page.get_by_label("Hva tallet er")).to_have_value(re.compile("j"))
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_text("neste og forrige funn")).to_be_visible()
    states = dict(Finding.objects.values_list("number", "state"))
    assert states[320] == FindingState.ACCEPTED
    assert states[402] == FindingState.SUGGESTED


def test_marked_text_becomes_a_finding_at_its_own_place(page: Page, live_server: Any, document: Document) -> None:
    page.goto(live_server.url + reverse("document-detail", args=[document.pk]))
    page.evaluate(MARK, "behovet vokser")
    toolbar = page.get_by_role("toolbar", name="Legg til det du har markert")
    expect(toolbar).to_be_visible()
    page.keyboard.press("n")
    expect(toolbar.get_by_text("Tall")).to_be_focused()
    toolbar.get_by_text("Tjeneste").click()
    expect(page.get_by_text("«behovet vokser»")).to_be_visible()
    page.get_by_role("button", name="Legg til funnet").click()
    expect(page.locator(".gm-find__item[data-chosen]")).to_contain_text("Lagt til av Kari")
    finding = Finding.objects.get(kind=FindingKind.SERVICE)
    assert finding.version.text[finding.start : finding.end] == "behovet vokser"


def test_the_thread_ties_the_entry_to_its_passage(page: Page, live_server: Any, document: Document) -> None:
    figure = Finding.objects.get(number=402)
    page.goto(live_server.url + reverse("document-detail", args=[document.pk]) + f"?funn={figure.pk}#funn-{figure.pk}")
    expect(page.locator(".gm-tie path")).to_have_attribute("d", re.compile(r"^M[\d.]+ [\d.]+H"))
    expect(page.locator(f"#f-{figure.pk}")).to_have_attribute("data-chosen", "")


def test_the_original_page_stands_beside_its_text_with_the_passage_framed(
    screen: Page, live_server: Any, planner: User, assert_accessible: Callable[[Page], None]
) -> None:
    uploads.receive([pdf_file("Det er 320 plasser ved sykehjem i dag.", "Side to.")], by=planner)
    call_command("work", batch=True)
    figure = Finding.objects.get(kind=FindingKind.FIGURE, number=320)
    document = figure.version.document
    screen.goto(live_server.url + reverse("document-detail", args=[document.pk]) + f"?funn={figure.pk}")
    image = screen.get_by_role("img", name="Bilde av side 1 i originalen")
    expect(image).to_be_visible()
    expect(screen.locator(".gm-original rect[data-chosen]")).to_have_count(1)
    screen.wait_for_function("(image) => image.naturalWidth === 800", arg=image.element_handle())
    assert_accessible(screen)


def assert_the_thread_passes_behind_the_original(page: Page) -> None:
    original, home = page.locator(".gm-original").bounding_box(), page.locator(".gm-doc").bounding_box()
    assert original
    assert home
    path = page.locator(".gm-tie path").get_attribute("d") or ""
    parts = [[float(number) for number in re.findall(r"[\d.]+", part)] for part in path.removeprefix("M").split("M")]
    assert len(parts) == 2, path
    (_, _, stops), (begins, *_) = parts
    assert stops == pytest.approx(original["x"] - home["x"], abs=1)
    assert begins == pytest.approx(original["x"] + original["width"] - home["x"], abs=1)


def test_on_a_wide_screen_the_original_stands_beside_the_text_and_the_frame_follows(
    page: Page, live_server: Any, planner: User, assert_accessible: Callable[[Page], None]
) -> None:
    uploads.receive([pdf_file("Det er 320 plasser ved sykehjem i dag. Det trengs 402 plasser i 2032.")], by=planner)
    call_command("work", batch=True)
    first, second = (Finding.objects.get(kind=FindingKind.FIGURE, number=number) for number in (320, 402))
    address = reverse("document-detail", args=[first.version.document_id])
    page.set_viewport_size({"width": 1500, "height": 900})
    page.goto(live_server.url + address + f"?funn={first.pk}")
    image, text = page.locator(".gm-original__sheet").bounding_box(), page.locator(".gm-read__text").bounding_box()
    found = page.locator(".gm-found").bounding_box()
    assert image
    assert text
    assert found
    assert text["x"] + text["width"] <= image["x"]
    assert image["x"] + image["width"] <= found["x"]
    assert image["width"] >= 380
    frame = page.locator(".gm-original rect[data-chosen]")
    expect(frame).to_have_attribute("data-funn", str(first.pk))
    page.locator(f"#f-{second.pk} .gm-find__value a").click()
    expect(frame).to_have_attribute("data-funn", str(second.pk))
    assert_accessible(page)
    page.set_viewport_size({"width": 1800, "height": 900})
    page.wait_for_timeout(300)
    assert_the_thread_passes_behind_the_original(page)
    page.set_viewport_size({"width": 1200, "height": 900})
    image, text = page.locator(".gm-original__sheet").bounding_box(), page.locator(".gm-read__text").bounding_box()
    assert image
    assert text
    assert image["y"] + image["height"] <= text["y"]


def test_what_changed_between_versions_is_readable(
    screen: Page, live_server: Any, planner: User, assert_accessible: Callable[[Page], None]
) -> None:
    uploads.receive([text_file()], by=planner)
    call_command("work", batch=True)
    document = Document.objects.get()
    uploads.receive_version(document, text_file(CARE_TEXT.replace("320", "331")), by=planner)
    call_command("work", batch=True)
    screen.goto(live_server.url + reverse("document-versions", args=[document.pk]))
    assert_accessible(screen)
    screen.get_by_text("Se hva som er endret siden").click()
    expect(screen.locator("ins", has_text="331")).to_be_visible()
    assert_accessible(screen)


def test_facts_history_and_deleting_are_accessible(
    screen: Page, live_server: Any, document: Document, planner: User, assert_accessible: Callable[[Page], None]
) -> None:
    documents.change_facts(document, {"title": "Ny tittel"}, by=planner)
    for name in ("document-facts", "document-delete"):
        screen.goto(live_server.url + reverse(name, args=[document.pk]))
        assert_accessible(screen)
    figure = Finding.objects.get(number=402)
    screen.goto(live_server.url + reverse("document-finding-correct", args=[document.pk, figure.pk]))
    assert_accessible(screen)
    address = reverse("document-finding-add", args=[document.pk])
    screen.goto(live_server.url + address + "?tekst=behovet vokser&side=1&slag=action")
    assert_accessible(screen)


def test_deciding_works_without_a_script(browser: Browser, live_server: Any, document: Document, page: Page) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    plain = context.new_page()
    plain.goto(live_server.url + reverse("document-detail", args=[document.pk]))
    plain.locator(".gm-find__value a").first.click()
    plain.get_by_role("button", name="Godta", exact=True).click()
    expect(plain.get_by_text("Godtatt av Kari i dag")).to_be_visible()
    plain.get_by_role("button", name="Angre").click()
    expect(plain.get_by_role("button", name="Godta", exact=True)).to_be_visible()
    context.close()
    assert Finding.objects.get(number=320).state == FindingState.SUGGESTED


def test_one_who_has_been_signed_out_is_asked_to_sign_in_and_comes_back(
    page: Page, live_server: Any, document: Document
) -> None:
    place = reverse("document-detail", args=[document.pk])
    page.goto(live_server.url + place)
    page.locator(".gm-find__value a").first.click()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.locator(".gm-find__item[data-chosen]").get_by_role("button", name="Godta").click()
    expect(page).to_have_url(re.compile(re.escape(f"{reverse('account_login')}?next={quote(place, safe='')}")))
    expect(page.locator("main")).to_have_count(1)
