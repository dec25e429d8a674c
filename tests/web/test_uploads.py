"""Bringing files in: each is taken in, recognised or refused, and none stops the others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from grunnmur.kernel import BadInput, LimitExceeded
from grunnmur_web.accounts.models import Role, User
from grunnmur_web.actions import documents, uploads
from grunnmur_web.models import AuditEvent, Document, DocumentKind, DocumentVersion, ReadState, Upload, UploadItem
from grunnmur_web.store.uploads import is_junk, safe_name
from tests.web.files import CARE_TEXT, pdf_file, text_file, word_file, zip_file
from tests.web.library import person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def planner() -> User:
    return person(Role.PLANNER)


@pytest.fixture
def signed_in(client: Client, planner: User) -> Client:
    client.force_login(planner)
    return client


def read_all() -> None:
    call_command("work", batch=True)


def test_files_become_drafts_that_are_read(planner: User) -> None:
    upload = uploads.receive([text_file(), word_file(), pdf_file()], by=planner)
    assert [item.version.state for item in upload.items.all() if item.version] == [ReadState.WAITING] * 3
    read_all()
    states = {version.filename: version.state for version in DocumentVersion.objects.all()}
    assert states == {"omsorgsplan.txt": "read", "skoleplan.docx": "read", "plan.pdf": "read"}
    assert set(Document.objects.values_list("status", "owner")) == {("draft", planner.pk)}
    assert AuditEvent.objects.filter(act="document.uploaded", actor_id=planner.pk).count() == 3


def test_what_a_document_is_is_guessed_from_its_content(planner: User) -> None:
    uploads.receive([word_file("Vedtatt 14. mai 2024.", heading="Plan for helse og omsorg 2024–2032")], by=planner)
    read_all()
    document = Document.objects.get()
    assert document.title == "Plan for helse og omsorg 2024–2032"
    assert document.kind == DocumentKind.PLAN
    assert str(document.date) == "2024-05-14"
    assert document.guessed == ["title", "kind", "date"]


def test_a_persons_choice_is_not_guessed_over(planner: User) -> None:
    uploads.receive([text_file()], by=planner)
    document = Document.objects.get()
    documents.change_facts(document, {"title": "Min tittel", "kind": DocumentKind.CASE_PAPER}, by=planner)
    read_all()
    document.refresh_from_db()
    assert (document.title, document.kind) == ("Min tittel", DocumentKind.CASE_PAPER)
    assert document.guessed == ["date"]


def test_the_same_content_is_recognised_whatever_it_is_called(planner: User) -> None:
    first = uploads.receive([text_file()], by=planner).items.get()
    second = uploads.receive([text_file(name="kopi av plan.txt")], by=planner).items.get()
    assert second.version is None
    assert second.duplicate_of == first.version
    assert Document.objects.count() == 1


def test_a_duplicate_of_someone_elses_draft_says_only_that_it_exists() -> None:
    owner, other = person(Role.STAFF, "Ola"), person(Role.STAFF, "Eva")
    uploads.receive([text_file()], by=owner)
    item = uploads.receive([text_file()], by=other).items.get()
    assert (item.version, item.duplicate_of, item.error_code) == (None, None, "already-here")


def test_duplicates_within_one_upload_are_recognised(planner: User) -> None:
    upload = uploads.receive([text_file(name="a.txt"), text_file(name="b.txt")], by=planner)
    assert [bool(item.duplicate_of) for item in upload.items.all()] == [False, True]


def test_an_archive_becomes_its_files_and_bad_members_are_told_one_by_one(planner: User) -> None:
    archive = zip_file(
        {"mappe/plan.txt": CARE_TEXT.encode(), "../ut.txt": b"farlig", "__MACOSX/._plan.txt": b"x", "tom.txt": b""}
    )  # fmt: skip
    upload = uploads.receive([archive, word_file()], by=planner)
    rows = {item.filename: item.error_code for item in upload.items.all()}
    assert rows == {"plan.txt": "", "ut.txt": "unsafe-name", "tom.txt": "empty-file", "skoleplan.docx": ""}


def test_a_broken_archive_harms_nothing_else(planner: User) -> None:
    broken = SimpleUploadedFile("samling.zip", b"PK\x03\x04 not a zip")
    upload = uploads.receive([broken, text_file()], by=planner)
    assert [(item.filename, item.error_code) for item in upload.items.all()] == [
        ("samling.zip", "broken"),
        ("omsorgsplan.txt", ""),
    ]


def test_a_file_that_is_too_large_is_refused_by_itself(planner: User, settings: Settings) -> None:
    settings.UPLOAD_MAX_BYTES = 400
    upload = uploads.receive([text_file("x" * 401), text_file("Kort tekst.", name="kort.txt")], by=planner)
    assert [item.error_code for item in upload.items.all()] == ["too-large", ""]


def test_an_hours_files_are_limited_and_archives_count_their_members(planner: User, settings: Settings) -> None:
    settings.UPLOADS_PER_HOUR = 2
    members = {f"{n}.txt": f"Tekst nummer {n}.".encode() for n in range(3)}
    upload = uploads.receive([zip_file(members)], by=planner)
    assert [item.error_code for item in upload.items.all()] == ["", "", "too-many-uploads"]
    with pytest.raises(LimitExceeded, match="too-many-uploads"):
        uploads.receive([text_file()], by=planner)


def test_nothing_chosen_is_said_so(planner: User) -> None:
    with pytest.raises(BadInput, match="no-files"):
        uploads.receive([], by=planner)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\kari\\plan.docx", "plan.docx"),
        ("plan\x00\u202efdp.exe", "planfdp.exe"),
        ("", "fil"),
        ("a" * 300 + ".pdf", "a" * 196 + ".pdf"),
    ],
)
def test_names_are_only_ever_names(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize("name", [".DS_Store", "~$plan.docx", "__MACOSX/plan.txt", "Thumbs.db"])
def test_litter_is_left_out(name: str) -> None:
    assert is_junk(name)


def test_a_reading_can_be_cancelled_tried_again_and_removed(planner: User) -> None:
    item = uploads.receive([text_file()], by=planner).items.get()
    assert item.version is not None
    uploads.cancel(item.version, by=planner)
    read_all()
    item.version.refresh_from_db()
    assert item.version.state == ReadState.CANCELLED
    uploads.retry(item.version, by=planner)
    read_all()
    item.version.refresh_from_db()
    assert item.version.state == ReadState.READ
    path = item.version.file.path
    item = UploadItem.objects.select_related("version__document").get()
    uploads.remove(item, by=planner)
    assert not Document.objects.exists()
    assert not Path(path).exists()


def test_staff_can_take_back_what_is_unread_but_not_what_is_read() -> None:
    staff = person(Role.STAFF)
    upload = uploads.receive([text_file(), SimpleUploadedFile("x.pdf", b"%PDF-1.4 broken")], by=staff)
    read_all()
    good, bad = UploadItem.objects.filter(upload=upload).select_related("version__document")
    uploads.remove(bad, by=staff)
    with pytest.raises(BadInput, match="already-read"):
        uploads.remove(good, by=staff)


def test_what_is_published_cannot_be_taken_back_through_its_upload(planner: User) -> None:
    staff = person(Role.STAFF)
    uploads.receive([text_file()], by=staff)
    read_all()
    documents.publish(Document.objects.get(), by=planner)
    version = DocumentVersion.objects.select_related("document").get()
    uploads.retry(version, by=staff)  # it waits to be read again, and has been read before
    for user in (staff, planner):
        item = UploadItem.objects.select_related("version__document").get()
        with pytest.raises(BadInput, match="published-document"):
            uploads.remove(item, by=user)
    documents.unpublish(Document.objects.get(), by=planner)
    item = UploadItem.objects.select_related("version__document").get()
    with pytest.raises(BadInput, match="already-read"):
        uploads.remove(item, by=staff)
    assert Document.objects.exists()


def test_a_refused_file_is_taken_away_with_a_row_in_the_log(planner: User) -> None:
    item = uploads.receive([SimpleUploadedFile("tom.txt", b"")], by=planner).items.get()
    uploads.remove(item, by=planner)
    assert AuditEvent.objects.get(act="upload.file_removed").old == {"file": "tom.txt"}


def test_the_form_works_without_a_script(signed_in: Client) -> None:
    response = signed_in.post(reverse("document-upload"), {"files": [text_file(), word_file()]})
    upload = Upload.objects.get()
    assert response.url == reverse("document-upload-status", args=[upload.pk])  # type: ignore[attr-defined]
    page = signed_in.get(response.url).content.decode()  # type: ignore[attr-defined]
    assert "omsorgsplan.txt" in page
    assert "0 av 2 filer er ferdige" in page
    assert 'hx-trigger="every 1s"' in page
    read_all()
    page = signed_in.get(response.url).content.decode()  # type: ignore[attr-defined]
    assert "Ferdig: 2 av 2 filer er lest." in page
    assert "hx-trigger" not in page


def test_progress_is_announced_only_when_it_changes(signed_in: Client) -> None:
    signed_in.post(reverse("document-upload"), {"files": [text_file()]})
    url = reverse("document-upload-status", args=[Upload.objects.get().pk])
    headers: Any = {"HX-Request": "true"}
    assert "hx-swap-oob" not in signed_in.get(url, {"ferdig": "0"}, headers=headers).content.decode()
    read_all()
    assert "hx-swap-oob" in signed_in.get(url, {"ferdig": "0"}, headers=headers).content.decode()


def test_pages_read_are_shown_while_a_file_is_read(signed_in: Client) -> None:
    signed_in.post(reverse("document-upload"), {"files": [pdf_file("Side en", "Side to")]})
    DocumentVersion.objects.update(state=ReadState.READING, done=1, total=2)
    url = reverse("document-upload-status", args=[Upload.objects.get().pk])
    page = signed_in.get(url).content.decode()
    assert 'value="1" max="2"' in page
    assert "1 av 2" in page


def test_an_upload_is_its_owners_alone(client: Client, planner: User) -> None:
    upload = uploads.receive([text_file()], by=planner)
    client.force_login(person(Role.ADMINISTRATOR))
    assert client.get(reverse("document-upload-status", args=[upload.pk])).status_code == 404


def test_too_many_files_give_a_clear_page(signed_in: Client, settings: Settings) -> None:
    settings.UPLOADS_PER_HOUR = 1
    response = signed_in.post(reverse("document-upload"), {"files": [text_file(), word_file()]})
    assert response.status_code == 429
    assert "Du kan legge inn 1 filer i timen." in response.content.decode()
    assert not Document.objects.exists()


def test_residents_and_committee_members_bring_nothing_in(client: Client) -> None:
    url = reverse("document-upload")
    assert client.post(url, {"files": [text_file()]}).status_code == 302
    client.force_login(person(Role.COMMITTEE_MEMBER))
    assert client.post(url, {"files": [text_file()]}).status_code == 403
    assert not Document.objects.exists()
