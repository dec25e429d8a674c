"""The page of one document."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from grunnmur.kernel import LimitExceeded
from grunnmur_web.accounts.models import Role
from grunnmur_web.actions import documents as acts
from grunnmur_web.models import AuditEvent, Document, DocumentVersion, FindingKind, FindingState, Plan, ServiceZone
from grunnmur_web.pages.document import PageEntry, stretches
from tests.web.files import pdf_file
from tests.web.library import add_document, add_finding, index, person

pytestmark = pytest.mark.django_db
LONG = "# Lang plan\n" + "\n---\n".join(f"Side {n} har {n} plasser. " + "Mer tekst. " * 150 for n in range(1, 31))


@pytest.fixture
def planner(client: Client) -> Client:
    client.force_login(person(Role.PLANNER))
    return client


def detail(client: Client, document: Document, **query: Any) -> str:
    return client.get(reverse("document-detail", args=[document.pk]), query).content.decode()


def test_a_finding_in_the_address_opens_its_page_with_the_passage_marked(planner: Client) -> None:
    document = add_document(LONG)
    finding = add_finding(document, "27 plasser", label="plasser", number=27, unit="places")
    page = detail(planner, document, funn=finding.pk)
    assert f'id="funn-{finding.pk}"' in page
    assert re.search(rf'<mark [^>]*data-funn="{finding.pk}"[^>]*aria-current="true">27 plasser</mark>', page)
    assert re.search(rf'id="f-{finding.pk}"[^>]* data-chosen', page)
    assert "Side 26 har" not in page


def test_a_place_in_the_address_is_marked(planner: Client) -> None:
    document = add_document(LONG)
    assert document.current is not None
    start = document.current.text.index("Side 12 har")
    page = detail(planner, document, sted=f"{start}-{start + 7}")
    assert 'id="sted"' in page
    assert re.search(r'<mark [^>]*data-kind="place"[^>]*>Side 12</mark>', page)


@pytest.mark.parametrize(
    "query",
    [
        {"side": "9999"},
        {"side": "x"},
        {"funn": "9" * 18},
        {"sted": "5-2"},
        {"sted": "a-b"},
        {"side": "9" * 5000},
        {"sted": "1-" + "9" * 5000},
        {"side": "²"},
    ],
)
def test_nonsense_in_the_address_still_shows_the_document(planner: Client, query: dict[str, str]) -> None:
    assert "Lang plan" in detail(planner, add_document(LONG), **query)


def test_a_long_document_is_read_a_page_at_a_time(planner: Client, django_assert_num_queries: Any) -> None:
    document = add_document(LONG)
    for n in range(1, 31):
        add_finding(document, f"{n} plasser", label="plasser", number=n, unit="places", state=FindingState.SUGGESTED)
    page = detail(planner, document, side=15)
    assert page.count('<section aria-labelledby="side-') == 1
    assert len(page) < 40_000
    # 1 session  2 user  3 document with version, owner, plan and unit  4 page numbers  5 findings of the stretch
    # 6 its text  7 warnings  8 hit rates  9 page rows  10 outline  11 counts  12 a later version
    # 13 whether there is anything to see (menu)
    with django_assert_num_queries(13):
        detail(planner, document, side=15)


def test_slides_are_shown_several_at_a_time_and_the_same_whichever_way_one_comes() -> None:
    index_of_pages = [PageEntry(n, 100 * n, 100 * (n + 1)) for n in range(20)] + [PageEntry(20, 2000, 5000)]
    groups = stretches(index_of_pages)
    assert [page for group in groups for page in group] == index_of_pages
    assert [len(group) for group in groups] == [8, 8, 5]


def test_the_original_is_a_download_with_the_type_the_reader_saw(client: Client) -> None:
    document = add_document()
    version = document.current
    assert version is not None
    version.filename, version.format = 'plan"; x=.html', "html"
    version.save()
    response: Any = client.get(reverse("document-original", args=[document.pk]))
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_pdf_page_is_shown_as_a_picture_and_kept(client: Client) -> None:
    document = add_document("# Plan\nDet er 320 plasser.")
    version = document.current
    assert version is not None
    version.file.save("plan.pdf", pdf_file("Det er 320 plasser."))
    version.format = "pdf"
    version.save()
    url = reverse("document-page-image", args=[document.pk, 1])
    first = client.get(url)
    assert first.content.startswith(b"\x89PNG")
    Path(version.file.path).unlink()
    assert client.get(url).content == first.content
    assert client.get(reverse("document-page-image", args=[document.pk, 2])).status_code == 404
    assert (Path(settings.DATA_DIR) / "page-images" / str(version.pk)).is_dir()


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1", "x"])
def test_a_version_that_is_no_number_is_not_there(planner: Client, number: str) -> None:
    document = add_document(LONG)
    assert planner.get(reverse("document-detail", args=[document.pk]), {"versjon": number}).status_code == 404


def test_a_page_that_can_not_be_drawn_is_not_there(planner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> bytes:
        raise LimitExceeded("too-slow", limit=20)

    monkeypatch.setattr("grunnmur_web.views.documents.page_image", refuse)
    document = add_document(LONG)
    DocumentVersion.objects.update(format="pdf")
    assert planner.get(reverse("document-page-image", args=[document.pk, 1])).status_code == 404


def test_what_does_not_add_up_stands_on_top_with_its_passages(planner: Client) -> None:
    document = add_document(published=False)
    assert document.current is not None
    start = document.current.text.index("402")
    add_finding(
        document, "320 plasser", kind=FindingKind.WARNING, code="sum-differs", params={}, passages=[[start, start + 3]],
        state=FindingState.SUGGESTED,
    )  # fmt: skip
    page = detail(planner, document)
    assert "Noe som ikke stemmer" in page
    assert "Side 1: «402»" in page
    assert "1 ting stemmer ikke, og er ikke avgjort." in page


def test_publishing_shows_the_document_to_everyone_and_taking_back_hides_it(planner: Client) -> None:
    document = add_document(published=False)
    index(document)
    status = "document-status"
    assert Client().get(reverse("document-detail", args=[document.pk])).status_code == 404
    planner.post(reverse(status, args=[document.pk, "publiser"]))
    assert Client().get(reverse("document-detail", args=[document.pk])).status_code == 200
    planner.post(reverse(status, args=[document.pk, "trekk-tilbake"]))
    assert Client().get(reverse("document-detail", args=[document.pk])).status_code == 404
    assert list(AuditEvent.objects.order_by("id").values_list("act", flat=True)) == [
        "document.published",
        "document.unpublished",
    ]


def test_an_unread_document_can_not_be_published(planner: Client) -> None:
    document = Document.objects.create(title="Uleset")
    document.versions.create(number=1, filename="x.pdf", sha256="1" * 64, size=1)
    page = planner.post(reverse("document-status", args=[document.pk, "publiser"]), follow=True)
    document.refresh_from_db()
    assert document.status == Document.Status.DRAFT
    assert page.status_code == 200


def test_facts_are_changed_logged_and_no_longer_guesses(planner: Client) -> None:
    document = add_document(published=False)
    index(document)
    Document.objects.update(guessed=["kind"])
    plan, zone = Plan.objects.create(slug="p", name="Planen"), ServiceZone.objects.create(slug="sor", name="Sør")
    data = {"title": "Ny tittel", "kind": "plan", "date": "2024-05-14", "plan": plan.pk, "zones": [zone.pk]}
    response = planner.post(reverse("document-facts", args=[document.pk]), data)
    assert response.status_code == 302
    document.refresh_from_db()
    assert (document.title, document.plan, document.guessed) == ("Ny tittel", plan, [])
    assert list(document.zones.all()) == [zone]
    event = AuditEvent.objects.get(act="document.changed")
    assert event.old is not None and event.new is not None
    assert (event.old["title"], event.new["title"], event.new["zones"]) == ("Plan for omsorg", "Ny tittel", ["Sør"])
    page = planner.get(reverse("document-facts", args=[document.pk])).content.decode()
    assert "Endret opplysninger" in page


def test_wrong_facts_are_explained_and_nothing_is_lost(planner: Client) -> None:
    document = add_document()
    response = planner.post(reverse("document-facts", args=[document.pk]), {"title": "", "kind": "plan"})
    assert response.status_code == 400
    assert "Noe må rettes før det kan lagres" in response.content.decode()
    document.refresh_from_db()
    assert document.title == "Plan for omsorg"


def test_staff_can_not_hand_a_document_over(client: Client) -> None:
    staff, other = person(Role.STAFF), person(Role.PLANNER)
    document = add_document(published=False, owner=staff)
    index(document)
    client.force_login(staff)
    data = {"title": "Min", "kind": "plan", "owner": other.pk}
    client.post(reverse("document-facts", args=[document.pk]), data)
    document.refresh_from_db()
    assert (document.title, document.owner) == ("Min", staff)


def test_deleting_asks_first_and_takes_the_file_along(planner: Client, django_capture_on_commit_callbacks: Any) -> None:
    document = add_document(published=False)
    assert document.current is not None
    path = Path(document.current.file.path)
    url = reverse("document-delete", args=[document.pk])
    assert "Det kan ikke angres." in planner.get(url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        planner.post(url)
    assert not Document.objects.exists()
    assert not path.exists()
    assert AuditEvent.objects.get().act == "document.deleted"


def test_what_is_published_is_not_deleted(planner: Client) -> None:
    document = add_document()
    planner.post(reverse("document-delete", args=[document.pk]))
    assert Document.objects.exists()


def test_an_illustration_says_so(client: Client) -> None:
    assert "Illustrasjon" in detail(client, add_document(illustration=True))


def test_the_log_outlives_the_document() -> None:
    planner = person(Role.PLANNER)
    document = add_document(published=False)
    acts.delete(document, by=planner)
    event = AuditEvent.objects.get()
    assert (event.actor, event.target) == ("Kari", "Plan for omsorg")
