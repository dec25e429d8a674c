"""The log: written with the act or not at all, and kept when what it tells about is gone."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from grunnmur_web import audit
from grunnmur_web.accounts.models import Role
from grunnmur_web.actions import documents, findings
from grunnmur_web.models import AuditEvent, DocumentKind, FindingState
from grunnmur_web.pages.history import history_entries
from tests.web.library import add_document, add_finding, index, person

pytestmark = pytest.mark.django_db


def test_an_act_that_fails_leaves_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    planner, document = person(Role.PLANNER), add_document(published=False)
    figure = add_finding(document, "402", label="x", number=402, unit="places", state=FindingState.SUGGESTED)

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(findings.search, "index_finding", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        findings.accept(figure, by=planner)
    figure.refresh_from_db()
    assert figure.state == FindingState.SUGGESTED
    assert not AuditEvent.objects.exists()


def test_what_the_system_does_by_itself_is_logged_as_the_system() -> None:
    event = audit.record("document.changed", add_document(), by=None, new={"title": "x"})
    assert (event.actor, event.actor_id) == (audit.SYSTEM, None)


def test_the_log_knows_the_name_of_a_person_who_has_left() -> None:
    planner, document = person(Role.PLANNER, "Sluttet Sluttesen"), add_document(published=False)
    index(document)
    documents.publish(document, by=planner)
    planner.delete()
    assert [entry.actor for entry in history_entries(document)] == ["Sluttet Sluttesen"]


def test_history_holds_acts_on_the_document_and_on_what_it_says_newest_first() -> None:
    planner, document = person(Role.PLANNER), add_document(published=False)
    index(document)
    figure = add_finding(document, "402", label="plasser", number=402, unit="places", state=FindingState.SUGGESTED)
    documents.change_facts(document, {"title": "Ny tittel"}, by=planner)
    findings.accept(figure, by=planner)
    add_document("# Annet dokument")
    entries = history_entries(document)
    assert [entry.what for entry in entries] == ["Godtok et funn: plasser", "Endret opplysninger"]
    assert (entries[1].old, entries[1].new) == ("Plan for omsorg", "Ny tittel")


def test_nothing_changed_is_not_logged() -> None:
    planner, document = person(Role.PLANNER), add_document(published=False)
    documents.change_facts(document, {"title": document.title}, by=planner)
    assert not AuditEvent.objects.exists()


def test_history_is_in_words() -> None:
    planner, document = person(Role.PLANNER), add_document(published=False)
    index(document)
    facts = {"kind": DocumentKind.MONTH_REPORT, "date": date(2024, 6, 1), "illustration": True}
    documents.change_facts(document, facts, by=planner)
    documents.publish(document, by=planner)
    published, changed = history_entries(document)
    assert (published.what, published.old, published.new) == ("Publiserte", "", "")
    assert (changed.old, changed.new) == ("Annet", "Månedsrapport, Illustrasjon, 1. juni 2024")
