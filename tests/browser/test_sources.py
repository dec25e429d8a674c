"""Bringing files in, and finding them again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page, expect

from grunnmur_web.accounts.models import Role, User
from grunnmur_web.models import Document
from tests.web.library import SCHOOL_PLAN, add_document, person

pytestmark = pytest.mark.django_db(transaction=True)
DROP = """(names) => {
  const transfer = new DataTransfer();
  for (const name of names) transfer.items.add(new File(["Det er 320 plasser i " + name], name));
  const form = document.querySelector("[data-drop]");
  for (const type of ["dragenter", "dragover", "drop"]) {
    form.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }
}"""


def test_files_are_dropped_and_one_bad_file_is_explained(
    screen: Page, live_server: Any, sign_in: Callable[[User], None], assert_accessible: Callable[[Page], None]
) -> None:
    sign_in(person(Role.STAFF))
    screen.goto(live_server.url + reverse("document-upload"))
    assert_accessible(screen)
    screen.evaluate(DROP, ["plan.txt", "falsk.pdf"])
    expect(screen.get_by_text("0 av 2 filer er ferdige")).to_be_visible()
    call_command("work", batch=True)
    expect(screen.get_by_text("Ferdig: 1 av 2 filer er lest.")).to_be_visible()
    expect(screen.get_by_role("button", name="Prøv igjen falsk.pdf")).to_be_visible()
    assert_accessible(screen)
    screen.get_by_role("button", name="Fjern falsk.pdf").click()
    expect(screen.get_by_text("falsk.pdf")).to_have_count(0)
    assert Document.objects.count() == 1


def test_the_list_filters_and_sorts(
    screen: Page, live_server: Any, sign_in: Callable[[User], None], assert_accessible: Callable[[Page], None]
) -> None:
    sign_in(person(Role.PLANNER))
    add_document(published=False)
    add_document(SCHOOL_PLAN, illustration=True)
    screen.goto(live_server.url + reverse("document-list"))
    assert_accessible(screen)
    screen.get_by_label("Tittel", exact=True).fill("skole")
    screen.get_by_role("button", name="Vis").click()
    expect(screen.get_by_text("1 av 2 dokumenter.")).to_be_visible()
    expect(screen.locator("tbody tr")).to_have_count(1)
    assert_accessible(screen)


def test_residents_see_an_empty_list_that_says_why(
    screen: Page, live_server: Any, assert_accessible: Callable[[Page], None]
) -> None:
    screen.goto(live_server.url + reverse("document-list"))
    expect(screen.get_by_text("Ingenting er publisert ennå")).to_be_visible()
    assert_accessible(screen)
