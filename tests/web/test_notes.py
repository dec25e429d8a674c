"""Speaker notes, comments and hidden pages are for those who work with the document."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from grunnmur_web.accounts.models import Role
from grunnmur_web.models import Document
from grunnmur_web.permissions import sees_notes, visible_findings
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
