"""Speaker notes, comments and hidden pages are for those who work with the document."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from grunnmur.knowledge.model import Extraction, Warning
from grunnmur.sources.documents.model import Notice
from grunnmur_web.accounts.models import Role, User
from grunnmur_web.actions.findings import add
from grunnmur_web.models import Document, DocumentVersion, Finding, FindingKind
from grunnmur_web.permissions import sees_notes, visible_findings
from grunnmur_web.store import documents
from grunnmur_web.store.findings import rows_from
from grunnmur_web.store.search import search
from tests.web.library import add_document, add_finding, index, person

pytestmark = pytest.mark.django_db
TEXT = """# Lysbilder
Vi åpner 12 plasser.
! Si at Olsen er sykmeldt, og at vi mangler 7 vikarer.
--- skjult
Hemmelig lysbilde med 99 stillinger.
---
Takk for i dag."""


@pytest.fixture
def slides() -> Document:
    document = add_document(TEXT, owner=person(Role.STAFF, "Eier"))
    for number, words in ((12, "plasser"), (7, "vikarer"), (99, "stillinger")):
        add_finding(document, f"{number}", label=words, number=number)
    index(document)
    return document


def numbers(user: Any) -> set[float | None]:
    return {finding.number for finding in visible_findings(user).filter(kind="figure")}


def test_findings_in_notes_are_for_those_who_work_with_the_document(slides: Document) -> None:
    assert numbers(AnonymousUser()) == {12}
    assert numbers(person(Role.COMMITTEE_MEMBER)) == {12}
    assert numbers(person(Role.STAFF, "Annen")) == {12}
    assert numbers(slides.owner) == {12, 7, 99}
    assert numbers(person(Role.PLANNER)) == {12, 7, 99}


@pytest.mark.parametrize("role", list(Role))
def test_notes_are_shown_to_those_who_may_edit(slides: Document, role: Role) -> None:
    works_here = role in {Role.PLANNER, Role.ECONOMIST, Role.ADMINISTRATOR}
    assert sees_notes(person(role, "Nina"), slides) == works_here


def test_notes_are_not_searched(slides: Document) -> None:
    for user in (AnonymousUser(), person(Role.PLANNER)):
        assert search("plasser", user).total == 3, "the figure, the passage and the introduction"
        for word in ("sykmeldt", "vikarer", "hemmelig", "stillinger"):
            assert search(word, user).total == 0, word


def test_the_api_and_the_files_leave_notes_out_and_keep_offsets(slides: Document, client: Client) -> None:
    pages = client.get(f"/api/documents/{slides.pk}/pages").json()["items"]
    text = "".join(page["text"] for page in pages)
    assert slides.current
    assert len(text) == len(slides.current.text)
    assert text.index("Takk") == slides.current.text.index("Takk")
    for secret in ("Olsen", "Hemmelig"):
        assert secret not in text
        assert secret not in client.get("/api/findings").content.decode()
    assert "vikarer" not in client.get("/kunnskap/tall/tall.csv").content.decode("utf-8-sig")
    client.force_login(person(Role.PLANNER))
    whole = client.get(f"/api/documents/{slides.pk}/pages").json()["items"]
    assert "".join(page["text"] for page in whole) == slides.current.text


OTHERS = [None, Role.COMMITTEE_MEMBER, Role.STAFF]


def owner_of(document: Document) -> User:
    assert document.owner is not None
    return document.owner


def visit(client: Client, role: Role | None) -> Client:
    if role is not None:
        client.force_login(person(role, "Annen"))
    return client


@pytest.mark.parametrize("role", OTHERS)
def test_the_documents_page_leaves_notes_and_hidden_pages_out(slides: Document, client: Client, role: Role) -> None:
    address = reverse("document-detail", args=[slides.pk])
    page = visit(client, role).get(address).content.decode()
    assert "Vi åpner" in page
    assert "Takk for i dag" in page
    hidden = Finding.objects.get(number=99)
    asked: dict[str, Any] = {"side": 2, "funn": hidden.pk, "sted": f"{hidden.start}-{hidden.end}"}
    whole = page + client.get(address, asked).content.decode()
    for secret in (
        "Olsen",
        "vikarer",
        "Hemmelig",
        "stillinger",
        'id="side-2"',
        "hidden-slide",
        'class="gm-read__note"',
    ):
        assert secret not in whole, secret
    client.force_login(owner_of(slides))
    own = client.get(address).content.decode()
    for shown in ("Olsen", "vikarer", "Hemmelig", "stillinger", 'id="side-2"'):
        assert shown in own, shown


@pytest.mark.parametrize("role", OTHERS)
def test_a_file_with_notes_is_fetched_by_those_who_work_with_it_only(
    slides: Document, client: Client, role: Role
) -> None:
    original = reverse("document-original", args=[slides.pk])
    page = visit(client, role).get(reverse("document-detail", args=[slides.pk])).content.decode()
    assert original not in page
    assert "Originalfilen kan ikke lastes ned" in page
    answer = client.get(original)
    assert answer.status_code == 403
    assert "Olsen" not in answer.content.decode()
    client.force_login(owner_of(slides))
    assert original in client.get(reverse("document-detail", args=[slides.pk])).content.decode()
    assert "Olsen" in client.get(original).getvalue().decode()


@pytest.mark.parametrize("code", ["tracked-changes", "comments", "hidden-text", "hidden-cells", "embedded-ignored"])
def test_a_file_with_something_hidden_in_it_is_not_offered(client: Client, code: str) -> None:
    document = add_document("# Plan\nTekst.")
    original = reverse("document-original", args=[document.pk])
    assert client.get(original).status_code == 200
    assert document.current
    read = documents.load(document.current)
    documents.save(document.current, replace(read, notices=(Notice(code, None, {}),)))
    assert client.get(original).status_code == 403


def test_a_hidden_page_is_no_picture_for_others(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    document = add_document(TEXT, owner=person(Role.STAFF, "Eier"))
    DocumentVersion.objects.filter(document=document).update(format="pdf")
    monkeypatch.setattr("grunnmur_web.views.documents.page_image", lambda *_: b"PNG")
    addresses = [reverse("document-page-image", args=[document.pk, page]) for page in (1, 2, 3)]
    assert [client.get(address).status_code for address in addresses] == [200, 404, 200]
    client.force_login(owner_of(document))
    assert [client.get(address).status_code for address in addresses] == [200, 200, 200]


def test_what_a_person_adds_from_a_note_stays_with_the_note(slides: Document) -> None:
    assert slides.current
    assert slides.owner
    text = slides.current.text
    for words, internal in (("sykmeldt", True), ("Hemmelig lysbilde", True), ("Takk for i dag", False)):
        start = text.index(words)
        found = add(slides.current, FindingKind.ELEMENT, start, start + len(words), {"type": "goal"}, by=slides.owner)
        assert found.internal == internal, words


def test_a_warning_is_internal_when_any_of_its_passages_is(slides: Document) -> None:
    version = slides.current
    assert version
    read = documents.load(version)
    open_place, noted = (read.text.index(number) for number in ("12", "7 vik"))
    warnings = [
        Warning("same-figure-differs", open_place, open_place + 2, passages=passages)
        for passages in ((), ((noted, noted + 1),))
    ]
    rows = rows_from(version, read, Extraction(warnings=tuple(warnings)))
    assert [row.internal for row in rows] == [False, True]
