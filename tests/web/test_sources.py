"""The list of documents: filters, order, counts and what it costs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from grunnmur_web.accounts.models import Role
from grunnmur_web.models import Document, DocumentKind, FindingState, OrgUnit, Plan
from grunnmur_web.words.codes import sentence
from tests.web.library import SCHOOL_PLAN, add_document, add_finding, person

pytestmark = pytest.mark.django_db
LIST = "document-list"


@pytest.fixture
def planner(client: Client) -> Client:
    client.force_login(person(Role.PLANNER))
    return client


def titles(client: Client, **query: Any) -> list[str]:
    page = client.get(reverse(LIST), query).context["sources"].page
    return [document.title for document in page]


def test_an_empty_list_teaches_the_first_step(planner: Client) -> None:
    page = planner.get(reverse(LIST)).content.decode()
    assert "Her er det ingen dokumenter ennå." in page
    assert 'type="file"' in page


def test_an_empty_list_for_residents_offers_nothing_they_can_not_do(client: Client) -> None:
    page = client.get(reverse(LIST)).content.decode()
    assert "Ingenting er publisert ennå" in page
    assert 'type="file"' not in page


def test_the_list_shows_what_waits_for_a_person(planner: Client) -> None:
    document = add_document(published=False, date=date(2024, 5, 14))
    for passage in ("320 plasser", "402"):
        add_finding(document, passage, label="x", number=1, unit="places", state=FindingState.SUGGESTED)
    add_finding(document, "Plan for omsorg", kind="heading", level=1, text="x", state=FindingState.SUGGESTED)
    page = planner.get(reverse(LIST)).content.decode()
    assert "14. mai 2024" in page
    assert '<td class="gm-number" data-label="Å avgjøre">2</td>' in page


def test_filters_narrow_the_list_and_say_how_much(planner: Client) -> None:
    plan = Plan.objects.create(slug="skole", name="Skoleplanen")
    unit = OrgUnit.objects.create(slug="oppvekst", name="Oppvekst", kind="service_area")
    add_document(published=False)
    school = add_document(SCHOOL_PLAN, plan=plan, unit=unit, kind=DocumentKind.PLAN)
    for query in (
        {"plan": plan.slug},
        {"enhet": unit.pk},
        {"type": "plan"},
        {"status": "published"},
        {"tittel": "SKOLE"},
    ):
        assert titles(planner, **query) == [school.title], query
    assert "1 av 2 dokumenter." in planner.get(reverse(LIST), {"type": "plan"}).content.decode()


@pytest.mark.parametrize(
    "query", [{"plan": "x"}, {"type": "feil"}, {"sorter": "feil"}, {"side": "99"}, {"enhet": "9" * 30}]
)
def test_nonsense_in_the_address_is_left_out(planner: Client, query: dict[str, str]) -> None:
    add_document()
    assert titles(planner, **query) == ["Plan for omsorg"]


def test_no_hits_offers_the_way_back(planner: Client) -> None:
    add_document()
    assert "Ingen dokumenter passer" in planner.get(reverse(LIST), {"tittel": "finnes ikke"}).content.decode()


def test_every_column_sorts_both_ways_with_empty_values_last(planner: Client) -> None:
    add_document("# B", date=date(2024, 1, 1))
    add_document("# A")
    add_document("# C", date=date(2023, 1, 1))
    assert titles(planner, sorter="tittel") == ["A", "B", "C"]
    assert titles(planner, sorter="-tittel") == ["C", "B", "A"]
    assert titles(planner, sorter="dato") == ["C", "B", "A"]
    assert titles(planner, sorter="-dato") == ["B", "C", "A"]
    for key in ("type", "status", "eier", "sider", "funn", "lagt-inn"):
        assert len(titles(planner, sorter=key)) == 3


def test_the_list_costs_the_same_however_long_it_is(planner: Client, django_assert_num_queries: Any) -> None:
    for n in range(30):
        document = add_document(f"# Dokument {n}\nDet er {n} plasser.")
        add_finding(document, f"{n} plasser", label="x", number=n, unit="places", state=FindingState.SUGGESTED)
    # 1 session  2 user  3–5 plans, units and owners of the filter  6–7 count and page  8 count without filters
    # 9 hit rates  10 whether there is anything to see (menu)
    with django_assert_num_queries(10):
        planner.get(reverse(LIST))


def test_an_unread_document_says_how_its_reading_goes(planner: Client) -> None:
    document = Document.objects.create(title="Under arbeid")
    document.versions.create(number=1, filename="x.pdf", sha256="1" * 64, size=1, state="failed", error_code="broken")
    assert "Kunne ikke leses" in planner.get(reverse(LIST)).content.decode()
    page = planner.get(reverse("document-detail", args=[document.pk])).content.decode()
    assert sentence("broken", {}) in page
    assert "Prøv igjen" in page
