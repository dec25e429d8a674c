"""New versions: the old ones stay, decisions follow unchanged passages, and what changed can be read."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from grunnmur.kernel import BadInput
from grunnmur_web.accounts.models import Role, User
from grunnmur_web.actions import documents as acts
from grunnmur_web.actions import findings, uploads
from grunnmur_web.models import Document, DocumentVersion, Finding, FindingKind, FindingState
from grunnmur_web.pages.versions import comparison
from grunnmur_web.store import reading
from tests.web.files import CARE_TEXT, text_file
from tests.web.library import person

pytestmark = pytest.mark.django_db(transaction=True)
NEW_TEXT = CARE_TEXT.replace("320 plasser", "331 plasser") + "\nDagsenter\nVi åpner et nytt dagsenter i Stavern.\n"


@pytest.fixture
def planner() -> User:
    return person(Role.PLANNER)


@pytest.fixture
def document(planner: User) -> Document:
    version = uploads.receive([text_file()], by=planner).items.get().version
    assert version is not None
    reading.read_version(version.pk)
    return Document.objects.get()


def add_version(document: Document, planner: User, text: str = NEW_TEXT) -> DocumentVersion:
    version = uploads.receive_version(document, text_file(text), by=planner).items.get().version
    assert version is not None
    reading.read_version(version.pk)
    version.refresh_from_db()
    document.refresh_from_db()
    return version


def test_a_new_version_counts_when_it_is_read_and_the_old_one_stays(document: Document, planner: User) -> None:
    new = add_version(document, planner)
    assert document.current == new
    assert [version.number for version in document.versions.all()] == [2, 1]
    assert document.versions.get(number=1).text == CARE_TEXT


def test_a_new_version_of_what_is_published_waits_for_a_person(document: Document, planner: User) -> None:
    acts.publish(document, by=planner)
    new = add_version(document, planner)
    assert document.current is not None
    assert document.current.number == 1
    assert "Stavern" not in Client().get(reverse("document-detail", args=[document.pk])).content.decode()
    acts.use_version(new, by=planner)
    assert "Stavern" in Client().get(reverse("document-detail", args=[document.pk])).content.decode()


def test_decisions_follow_unchanged_passages_only(document: Document, planner: User) -> None:
    old = document.current
    assert old is not None
    goal = next(f for f in old.findings.all() if "402" in old.text[f.start : f.end] and f.kind == FindingKind.FIGURE)
    home = old.text.index("omsorgsboliger")
    added = findings.add(old, FindingKind.SERVICE, home, home + 14, {"text": "omsorgsboliger"}, by=planner)
    findings.accept(goal, by=planner)
    new = add_version(document, planner)
    carried = new.findings.get(kind=FindingKind.SERVICE, carried_from=1)
    assert new.text[carried.start : carried.end] == "omsorgsboliger"
    assert (carried.decided_by, carried.human) == (planner, added.human)
    # 402 stands in the paragraph where 320 became 331, so a person should look at it again.
    again = next(f for f in new.findings.filter(kind=FindingKind.FIGURE) if "402" in new.text[f.start : f.end])
    assert (again.state, again.carried_from) == (FindingState.SUGGESTED, None)
    page = Client()
    page.force_login(planner)
    html = page.get(reverse("document-detail", args=[document.pk]), {"funn": carried.pk}).content.decode()
    assert "(avgjort i versjon 1)" in html


def test_what_was_rejected_stays_rejected(document: Document, planner: User) -> None:
    old = document.current
    assert old is not None
    action = Finding.objects.filter(version=old, kind=FindingKind.FIGURE, number=40).first()
    assert action is not None
    findings.reject(action, by=planner)
    new = add_version(document, planner)
    assert [f.state for f in new.findings.filter(kind=FindingKind.FIGURE, number=40)] == [FindingState.REJECTED]


def test_what_changed_is_counted_and_figures_with_new_values_are_named(document: Document, planner: User) -> None:
    new = add_version(document, planner)
    changes = comparison(document.versions.get(number=1), new)
    assert changes.changed >= 1
    assert changes.added >= 1
    assert changes.removed == 0
    assert [(figure.old, figure.new) for figure in changes.figures] == [("320\xa0plasser", "331\xa0plasser")]
    client = Client()
    client.force_login(planner)
    html = client.get(reverse("document-compare", args=[document.pk, 1, 2])).content.decode()
    assert "<del>320</del>" in html
    assert "<ins>331</ins>" in html
    assert "1 tall har fått ny verdi" in html


def test_the_same_file_is_no_new_version(document: Document, planner: User) -> None:
    with pytest.raises(BadInput, match="same-content"):
        uploads.receive_version(document, text_file(), by=planner)
    client = Client()
    client.force_login(planner)
    response = client.post(reverse("document-versions", args=[document.pk]), {"file": text_file()})
    assert response.status_code == 400
    assert document.versions.count() == 1


def test_one_can_go_back_to_an_older_version(document: Document, planner: User) -> None:
    add_version(document, planner)
    client = Client()
    client.force_login(planner)
    client.post(reverse("document-use-version", args=[document.pk, 1]))
    document.refresh_from_db()
    assert document.current is not None
    assert document.current.number == 1


def test_a_version_that_fails_leaves_the_current_one(document: Document, planner: User) -> None:
    broken: Any = text_file(name="plan.txt")
    broken.name, broken.file = "plan.pdf", __import__("io").BytesIO(b"%PDF-1.4 broken")
    version = uploads.receive_version(document, broken, by=planner).items.get().version
    assert version is not None
    reading.read_version(version.pk)
    document.refresh_from_db()
    assert document.current is not None
    assert document.current.number == 1


@pytest.mark.parametrize("numbers", [(1, 1), (1, 9)])
def test_only_versions_that_are_read_are_compared(document: Document, planner: User, numbers: tuple[int, int]) -> None:
    client = Client()
    client.force_login(planner)
    assert client.get(reverse("document-compare", args=[document.pk, *numbers])).status_code == 404
