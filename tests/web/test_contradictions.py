"""The same figure given differently in two documents: told in both, and only to those who see both."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from grunnmur_web.accounts.models import Role
from grunnmur_web.models import Document, Finding, FindingKind, FindingState
from grunnmur_web.permissions import visible_findings
from grunnmur_web.store.contradictions import find_contradictions
from tests.web.library import add_document, add_finding, person

pytestmark = pytest.mark.django_db

PLAN = "I 2024 har kommunen 374 sykehjemsplasser i Virksomhet sykehjem."
REPORT = "Virksomhet sykehjem hadde 292 sykehjemsplasser i 2024."


def figure(document: Document, number: int) -> Finding:
    """The number of places that the document gives for 2024."""
    return add_finding(
        document, str(number), label="sykehjemsplasser Virksomhet sykehjem", number=float(number), unit="places",
        period="2024", org="Virksomhet sykehjem",
    )  # fmt: skip


def disagreeing() -> tuple[Document, Document]:
    """A plan and a report, both drafts, that give the number of places differently."""
    plan = add_document(PLAN, published=False, title="Temaplan")
    report = add_document(REPORT, published=False, title="Rapport")
    figure(plan, 374)
    figure(report, 292)
    return plan, report


def warnings(document: Document) -> list[Finding]:
    return list(document.current.findings.filter(kind=FindingKind.WARNING))


def test_a_contradiction_is_told_in_both_documents() -> None:
    plan, report = disagreeing()
    assert find_contradictions(report.current) == 1
    for here, there, number in ((plan, report, "374"), (report, plan, "292")):
        (warning,) = warnings(here)
        assert warning.type == "same-figure-differs"
        assert here.current.text[warning.start : warning.end] == number
        assert warning.elsewhere == there.current


def test_comparing_again_changes_nothing() -> None:
    plan, report = disagreeing()
    find_contradictions(report.current)
    find_contradictions(plan.current)
    find_contradictions(report.current)
    assert len(warnings(plan)) == len(warnings(report)) == 1


def test_a_decision_outlives_the_next_comparison() -> None:
    plan, report = disagreeing()
    find_contradictions(report.current)
    (warning,) = warnings(plan)
    planner = person(Role.PLANNER)
    Finding.objects.filter(pk=warning.pk).update(
        state=FindingState.REJECTED, decided_by=planner, decided_at=warning.version.uploaded_at
    )
    find_contradictions(report.current)
    assert [row.state for row in warnings(plan)] == [FindingState.REJECTED]


def test_the_other_side_goes_with_its_document() -> None:
    plan, report = disagreeing()
    find_contradictions(report.current)
    report.delete()
    assert warnings(plan) == []


def test_who_does_not_see_the_other_document_does_not_learn_its_number() -> None:
    plan, report = disagreeing()
    find_contradictions(report.current)
    staff, planner = person(Role.STAFF), person(Role.PLANNER)
    Document.objects.filter(pk=plan.pk).update(owner=staff)
    assert not visible_findings(staff).filter(kind=FindingKind.WARNING).exists()
    assert visible_findings(planner).filter(kind=FindingKind.WARNING).count() == 2
    for user, shown in ((staff, False), (planner, True)):
        client = Client()
        client.force_login(user)
        page = client.get(reverse("document-detail", args=[plan.pk])).content.decode()
        assert ("292" in page) is shown, user.role


def test_illustrations_are_not_held_against_facts() -> None:
    plan, report = disagreeing()
    Document.objects.filter(pk=plan.pk).update(illustration=True)
    assert find_contradictions(report.current) == 0


def test_the_page_quotes_the_other_document() -> None:
    plan, report = disagreeing()
    find_contradictions(report.current)
    client = Client()
    client.force_login(person(Role.PLANNER))
    page = client.get(reverse("document-detail", args=[plan.pk])).content.decode()
    assert f"{report.title}, side 1: «292»" in page


def test_speaker_notes_do_not_come_out_through_another_document() -> None:
    plan = add_document(PLAN, published=False, title="Temaplan")
    report = add_document(f"Sykehjem\n! {REPORT}", published=False, title="Rapport")
    figure(plan, 374)
    figure(report, 292)
    assert find_contradictions(plan.current) == 0
    assert warnings(plan) == []
