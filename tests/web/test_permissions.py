"""Who may do what to which document: role × act × state, and no draft ever shows to those who may not see it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from grunnmur_web.accounts.models import Role, User
from grunnmur_web.models import Document, FindingKind, FindingState, OrgUnit, UploadItem
from grunnmur_web.permissions import Act, Visitor, can, visible_documents
from tests.web.files import pdf_file
from tests.web.library import add_document, add_finding, index, person

pytestmark = pytest.mark.django_db

# V see · E edit · D decide · P publish and take back · X delete · U upload · K key figures · L log
# A document is the person's own, in a unit the person leads, or someone else's.
TABLE = """
role              own draft  unit draft  other draft  own publ.  unit publ.  other publ.  without
resident          -          -           -            -          V           V            -
staff             VED        -           -            VED        V           V            U
unit_leader       VEDPX      VEDPX       -            VEDPX      VEDPX       V            U
planner           VEDPX      VEDPX       VEDPX        VEDPX      VEDPX       VEDPX        UK
economist         VED        VED         VED          VED        VED         VED          U
committee_member  -          -           -            V          V           V            -
administrator     VEDPX      VEDPX       VEDPX        VEDPX      VEDPX       VEDPX        UKL
"""
LETTERS = {"V": Act.VIEW, "E": Act.EDIT, "D": Act.DECIDE, "P": Act.PUBLISH, "X": Act.DELETE}
WITHOUT = {"U": Act.UPLOAD, "K": Act.CHOOSE_KEY_FIGURES, "L": Act.READ_LOG}
COLUMNS = ["own draft", "unit draft", "other draft", "own publ.", "unit publ.", "other publ."]
ROWS = [line.split() for line in TABLE.strip().splitlines()[1:]]


def visitor(role: str) -> Visitor:
    return AnonymousUser() if role == "resident" else person(Role(role))


def document_for(user: Visitor, column: str) -> Document:
    document = add_document(published=column.endswith("publ."))
    if column.startswith("own") and isinstance(user, User):
        document.owner = user
    elif column.startswith("unit"):
        document.unit = OrgUnit.objects.create(slug="helse", name="Helse", kind="service_area")
        if isinstance(user, User) and user.role == Role.UNIT_LEADER:
            document.unit.leaders.add(user)
    document.save()
    return document


# A resident owns nothing.
CASES = [
    (row[0], column, row[n + 1])
    for row in ROWS
    for n, column in enumerate(COLUMNS)
    if not (row[0] == "resident" and column.startswith("own"))
]


@pytest.mark.parametrize(("role", "column", "letters"), CASES, ids=[f"{r} {c}" for r, c, _ in CASES])
def test_role_by_document(role: str, column: str, letters: str) -> None:
    user = visitor(role)
    document = document_for(user, column)
    allowed = {letter for letter, act in LETTERS.items() if can(user, act, document)}
    assert allowed == set(letters) - {"-"}
    assert visible_documents(user).filter(pk=document.pk).exists() == ("V" in letters)


@pytest.mark.parametrize(("role", "letters"), [(row[0], row[-1]) for row in ROWS])
def test_role_without_document(role: str, letters: str) -> None:
    user = visitor(role)
    assert {letter for letter, act in WITHOUT.items() if can(user, act)} == set(letters) - {"-"}


def test_a_user_that_is_not_active_may_only_what_a_resident_may() -> None:
    user = person(Role.ADMINISTRATOR)
    user.is_active = False
    assert not can(user, Act.VIEW, add_document(published=False))
    assert can(user, Act.VIEW, add_document())


# Every address of a document: name, extra arguments, and what a visitor gets who may see it but not work with it.
READ = [("document-detail", [], 200), ("document-original", [], 200), ("document-page-image", [1], 200)]
WORK = [("document-facts", []), ("document-versions", []), ("document-delete", []), ("document-finding-add", [])]
ACTS = [
    ("document-status", ["publiser"]), ("document-status", ["trekk-tilbake"]), ("document-delete", []),
    ("document-read-again", ["les-pa-nytt"]), ("document-read-again", ["avbryt"]), ("document-versions", []),
    ("document-use-version", [1]), ("document-facts", []), ("document-finding-add", []),
    ("document-finding-accept-all", []), ("document-finding-reject-all", []),
    ("document-finding-decide", ["FINDING", "godta"]),
    ("document-finding-decide", ["FINDING", "avvis"]), ("document-finding-decide", ["FINDING", "angre"]),
    ("document-finding-correct", ["FINDING"]),
]  # fmt: skip


def pdf_document(*, published: bool) -> Document:
    document = add_document("# Hemmelig utkast\nDet er 777 plasser.", published=published)
    version = document.current
    assert version is not None
    version.file.save("plan.pdf", pdf_file("Det er 777 plasser."))
    version.format = "pdf"
    version.save()
    add_finding(document, "777", label="plasser", number=777, unit="places", state=FindingState.SUGGESTED)
    index(document)
    return document


def address(name: str, arguments: list[Any], document: Document) -> str:
    assert document.current is not None
    finding = document.current.findings.get()
    return reverse(name, args=[document.pk, *(finding.pk if part == "FINDING" else part for part in arguments)])


@pytest.mark.parametrize("role", ["resident", "staff", "unit_leader", "committee_member"])
def test_a_draft_does_not_exist_for_those_who_may_not_see_it(client: Client, role: str) -> None:
    document = pdf_document(published=False)
    if role != "resident":
        client.force_login(person(Role(role)))
    for name, arguments, _ in READ:
        assert client.get(address(name, arguments, document)).status_code == 404, name
    for name, arguments in WORK:
        assert client.get(address(name, arguments, document)).status_code in {302, 404}, name
    for name, arguments in ACTS:
        response: Any = client.post(address(name, arguments, document))
        assert response.status_code == 404 or "/konto/login/" in response.url, name
    page = client.get(reverse("document-list")).content.decode()
    assert "Hemmelig" not in page
    assert "777" not in page
    document.refresh_from_db()
    assert document.status == Document.Status.DRAFT


@pytest.mark.parametrize("role", ["resident", "staff", "unit_leader", "committee_member"])
def test_what_is_published_can_be_read_but_not_changed(client: Client, role: str) -> None:
    document = pdf_document(published=True)
    if role != "resident":
        client.force_login(person(Role(role)))
    for name, arguments, status in READ:
        assert client.get(address(name, arguments, document)).status_code == status, name
    for name, arguments in ACTS:
        response: Any = client.post(address(name, arguments, document))
        assert response.status_code == 403 or "/konto/login/" in response.url, name
    document.refresh_from_db()
    assert document.status == Document.Status.PUBLISHED
    assert document.current is not None
    assert document.current.findings.get().state == FindingState.SUGGESTED


@pytest.mark.parametrize("role", ["resident", "committee_member"])
def test_suggestions_and_rejected_findings_are_not_shown_to_those_outside(client: Client, role: str) -> None:
    document = add_document()
    add_finding(document, "320 plasser", label="godtatt-tall", number=320, unit="places")
    add_finding(document, "402", label="forslag-tall", number=402, unit="places", state=FindingState.SUGGESTED)
    add_finding(document, "Flere", label="avvist-tall", number=1, unit="other", state=FindingState.REJECTED)
    add_finding(document, "gode", kind=FindingKind.WARNING, code="forslag-advarsel", state=FindingState.SUGGESTED)
    if role != "resident":
        client.force_login(person(Role(role)))
    page = client.get(reverse("document-detail", args=[document.pk])).content.decode()
    assert "godtatt-tall" in page
    assert "1 funn" in page
    for hidden in ("forslag-tall", "avvist-tall", "forslag-advarsel", "å avgjøre", "Maskinens treff"):
        assert hidden not in page


@pytest.mark.parametrize("role", ["resident", "committee_member", "staff"])
def test_older_versions_are_for_those_who_work_with_the_document(client: Client, role: str) -> None:
    document = add_document()
    document.versions.create(number=2, filename="ny.txt", sha256="1" * 64, size=1, state="read")
    if role != "resident":
        client.force_login(person(Role(role)))
    for name in ("document-detail", "document-original"):
        assert client.get(reverse(name, args=[document.pk]), {"versjon": "2"}).status_code == 404


def test_the_list_tells_residents_nothing_about_owners_or_work(client: Client) -> None:
    add_document(owner=person(Role.PLANNER, "Kari Eiersen"))
    page = client.get(reverse("document-list")).content.decode()
    assert "Plan for omsorg" in page
    for hidden in ("Kari Eiersen", "Å avgjøre", "Utkast"):
        assert hidden not in page


def test_a_draft_can_not_be_found_through_a_filter(client: Client) -> None:
    unit = OrgUnit.objects.create(slug="hemmelig", name="Hemmelig enhet", kind="division")
    add_document(published=False, unit=unit)
    page = client.get(reverse("document-list"), {"enhet": unit.pk}).content.decode()
    assert "Hemmelig enhet" not in page


def test_a_stranger_can_not_touch_the_files_of_anothers_upload(client: Client) -> None:
    from grunnmur_web.actions import uploads

    upload = uploads.receive([pdf_file("x")], by=person(Role.STAFF, "Ola"))
    client.force_login(person(Role.PLANNER))
    item = UploadItem.objects.get()
    for act in ("prov-igjen", "avbryt", "fjern"):
        assert client.post(reverse("document-upload-act", args=[upload.pk, item.pk, act])).status_code == 404
    assert UploadItem.objects.count() == 1
