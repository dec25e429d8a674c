"""The front page: what it sums up, what it asks people to do, and what it keeps from those who may not see it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from grunnmur_web.accounts.models import Role, User
from grunnmur_web.models import DocumentVersion, FindingKind, FindingState, KeyFigure, ReadState
from grunnmur_web.pages.front import front
from grunnmur_web.words.numbers import NBSP
from tests.web.library import SCHOOL_PLAN, add_care_plan, add_document, add_finding, add_school_plan, person

pytestmark = pytest.mark.django_db
PUBLIC = AnonymousUser()


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def test_an_empty_site_teaches_the_first_step(client: Client) -> None:
    assert "har ikke publisert noe her ennå" in client.get("/").content.decode()
    client.force_login(person(Role.PLANNER), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/").content.decode()
    assert "Legg inn det første dokumentet" in page
    assert reverse("document-upload") in page


def test_a_committee_member_is_not_asked_to_add_documents() -> None:
    assert not front(person(Role.COMMITTEE_MEMBER)).may_upload


def test_the_summary_counts_what_the_viewer_may_see() -> None:
    add_care_plan()
    add_school_plan(published=False)
    assert plain(front(PUBLIC).summary) == "1 dokument gir 2 tall og 1 mål eller veivalg."
    assert plain(front(person()).summary) == "2 dokumenter gir 5 tall og 1 mål eller veivalg."


def test_the_lead_tells_how_much_people_have_gone_through() -> None:
    add_school_plan()
    assert plain(front(person()).lead).startswith("Mennesker har sett over 2 av 3 funn.")
    assert front(PUBLIC).lead.startswith("Alt er sett over av mennesker")


def test_documents_without_findings_are_summed_up_too() -> None:
    add_document()
    shown = front(PUBLIC)
    assert plain(shown.summary) == "1 dokument ligger her."
    assert "når mennesker har sett over det" in shown.lead
    assert front(person()).lead.startswith("Når dokumentene er lest")


def test_key_figures_show_number_unit_period_status_and_source() -> None:
    document = add_care_plan()
    finding = document.current.findings.get(number=402)  # type: ignore[union-attr]
    KeyFigure.objects.create(
        label="sykehjemsplasser", value=402, unit="places", status="estimated", period="2032", comparison="320 i 2024.",
        source_title="Plan for omsorg", source_locator="side 1", finding=finding,
    )  # fmt: skip
    (figure,) = front(PUBLIC).figures
    assert (figure.number, figure.unit, figure.label) == ("402", "plasser", "sykehjemsplasser")
    assert figure.note == "2032, beregnet. 320 i 2024."
    assert figure.source == "Plan for omsorg, side 1"
    assert figure.url.endswith(f"?side={finding.page}&funn={finding.pk}#funn-{finding.pk}")


@pytest.mark.parametrize(
    ("value", "unit", "number", "word"),
    [
        (-7e6, "NOK", "−7", "mill. kr"),
        (440_000, "NOK", f"440{NBSP}000", "kr"),
        (8.63, "percent", f"8,63{NBSP}%", ""),
        (2.9, "ratio", "2,9", ""),
        (None, "persons", "–", "skjult av hensyn til personvern"),
    ],
)
def test_key_figures_are_set_with_a_small_unit(value: float | None, unit: str, number: str, word: str) -> None:
    add_care_plan()
    status = "observed" if value is not None else "suppressed"
    KeyFigure.objects.create(label="x", value=value, unit=unit, status=status, source_title="Regnskap")
    (figure,) = front(PUBLIC).figures
    assert (figure.number, figure.unit) == (number, word)
    assert figure.url == ""


def test_a_key_figure_from_a_draft_is_kept_from_the_public() -> None:
    add_care_plan()
    draft = add_school_plan(published=False)
    finding = draft.current.findings.get(number=38)  # type: ignore[union-attr]
    KeyFigure.objects.create(label="barnehager", value=38, unit="other", source_title="Plan", finding=finding)
    assert front(PUBLIC).figures == ()
    assert len(front(person()).figures) == 1


def test_what_needs_attention_is_the_viewers_own_first() -> None:
    me = person()
    add_school_plan(title="Andres plan")
    mine = add_document(SCHOOL_PLAN + "\nMer om saken.", title="Min plan", owner=me)
    add_finding(mine, "38", label="barnehager", number=38, unit="other", state=FindingState.SUGGESTED)
    shown = front(me).attention
    assert [item.title for item in shown if "funn" in item.text] == ["Min plan", "Andres plan"]
    assert [item.mine for item in shown] == sorted((item.mine for item in shown), reverse=True)


def test_failed_readings_say_what_to_do() -> None:
    document = add_document()
    DocumentVersion.objects.update(state=ReadState.FAILED, error_code="encrypted")
    (failed,) = [item for item in front(person()).attention if "kunne ikke leses" in item.title]
    assert "passord" in failed.text
    assert failed.url == reverse("document-detail", args=[document.pk])
    assert front(PUBLIC).attention == ()


def test_sums_that_do_not_add_up_are_shown_in_words() -> None:
    document = add_care_plan()
    finding = add_finding(document, "320", kind=FindingKind.WARNING, state=FindingState.SUGGESTED,
                          code="sum-differs", params={"stated": 320, "computed": 322, "unit": "places"})  # fmt: skip
    (warning,) = [item for item in front(person()).attention if "til sammen" in item.text]
    assert plain(warning.text) == "Delene blir 322 plasser til sammen, men det står 320 plasser."
    assert warning.url.endswith(f"#funn-{finding.pk}")
    assert front(PUBLIC).attention == ()


def test_documents_that_nobody_can_place_are_counted() -> None:
    add_care_plan()
    titles = [plain(item.title) for item in front(person()).attention]
    assert "1 dokument mangler dato" in titles
    assert "1 dokument mangler eier" in titles


def test_nobody_is_asked_to_do_what_they_may_not() -> None:
    document = add_school_plan(title="Andres plan")
    DocumentVersion.objects.filter(pk=document.current_id).update(state=ReadState.FAILED, error_code="encrypted")
    assert {item.title for item in front(person(Role.PLANNER)).attention} > {"Andres plan"}
    assert front(person(Role.STAFF)).attention == ()


def test_the_newest_documents_come_first() -> None:
    for title in ("Eldst", "Yngst"):
        add_document(f"# {title}\nTekst.")
    assert [document.title for document in front(PUBLIC).newest] == ["Yngst", "Eldst"]


@pytest.fixture
def _library() -> User:
    me = person()
    for number in range(3):
        add_school_plan(title=f"Plan {number}", owner=me)
        finding = add_care_plan(title=f"Omsorg {number}").current.findings.first()  # type: ignore[union-attr]
        KeyFigure.objects.create(label="x", value=1, unit="places", source_title="Plan", finding=finding)
    return me


def test_queries_of_the_public_front_page(client: Client, _library: User, django_assert_num_queries: Any) -> None:
    # 1 findings by kind, 2 documents, 3 key figures with their findings, 4 things that don't add up,
    # 5 newest documents, 6 is there anything to follow (the thread).
    with django_assert_num_queries(6):
        assert client.get("/").status_code == 200


def test_queries_of_the_planners_front_page(client: Client, _library: User, django_assert_num_queries: Any) -> None:
    client.force_login(_library, backend="django.contrib.auth.backends.ModelBackend")
    # 1 session, 2 user, then the six of the public page, and
    # 9 failed readings, 10 documents with most to go through, 11 documents without date or owner.
    with django_assert_num_queries(11):
        assert client.get("/").status_code == 200
