"""The page «Søk»."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from grunnmur_web.accounts.models import Role
from grunnmur_web.models import OrgUnit, Plan
from grunnmur_web.pages.search import search_page
from grunnmur_web.store import search as store
from tests.web.library import add_care_plan, add_document, add_school_plan, index, person

pytestmark = pytest.mark.django_db


def ask(client: Client, **query: str) -> Any:
    response = client.get(reverse("search-page"), query)
    assert response.status_code == 200
    return response


def test_the_number_for_the_year_is_first_with_value_and_source(client: Client) -> None:
    document = add_care_plan()
    page = ask(client, q="sykehjemsplasser 2032").context["search"]
    group = page.groups[0]
    assert (group.title, group.note) == ("Plan for omsorg", "Annet")
    hit = group.hits[0]
    assert (hit.amount, hit.period, hit.title) == ("402\N{NO-BREAK SPACE}plasser", "2032", "Sykehjemsplasser")
    assert hit.url.startswith(reverse("document-detail", args=[document.pk]) + "?side=1&funn=")


def test_hits_are_gathered_by_document_and_counted(client: Client) -> None:
    add_care_plan()
    add_school_plan()
    response = ask(client, q="plasser")
    page = response.context["search"]
    assert {group.title for group in page.groups} == {"Plan for skole og barnehage", "Plan for omsorg"}
    total = store.search("plasser", response.wsgi_request.user).total
    assert page.summary == f"{total} treff i 2 dokumenter."
    assert sum(len(group.hits) for group in page.groups) == total
    assert page.kinds[0].count == str(total)


def test_the_found_words_are_marked_and_everything_is_escaped(client: Client) -> None:
    document = add_document("# Plan\nVelg <script>alert(1)</script> for sykehjemmet & alle.")
    index(document)
    content = ask(client, q="sykehjem").content.decode()
    assert "<mark>sykehjemmet</mark>" in content
    assert "&lt;script&gt;alert(1)&lt;/script&gt; for" in content
    assert "<script>alert(1)" not in content
    assert "<script>alert" not in ask(client, q="<script>alert(1)</script>").content.decode()


def test_a_passage_opens_where_it_stands(client: Client) -> None:
    document = add_care_plan()
    page = ask(client, q="behovet vokser", slag="passage").context["search"]
    hit = page.groups[0].hits[0]
    assert document.current
    start = document.current.text.index("Det er 320")
    end = document.current.text.index("vokser.") + len("vokser.")
    assert hit.url.endswith(f"?side=1&sted={start}-{end}#sted")
    assert "".join(text for text, _ in hit.pieces) == "Det er 320 plasser ved sykehjem i dag, og behovet vokser."


def test_choosing_a_kind_keeps_the_other_counts(client: Client) -> None:
    add_care_plan()
    page = ask(client, q="sykehjem", slag="figure").context["search"]
    assert page.is_narrowed
    assert {hit.kind for group in page.groups for hit in group.hits} == {"Tall"}
    names = {kind.name: kind for kind in page.kinds}
    assert names["Tall"].chosen
    assert int(names["Tekst"].count) > 0
    assert "slag=figure" in names["Tall"].query


def test_nothing_found_says_what_to_do(client: Client) -> None:
    add_school_plan()
    assert "Mente du" in ask(client, q="barnehgaer").content.decode()
    assert "Prøv færre ord" in ask(client, q="xyzzy").content.decode()
    assert "Minus tar bare bort treff" in ask(client, q="-barnehage").content.decode()
    assert "Bøyning og sammensatte ord" in ask(client).content.decode()


def test_a_plan_is_found_by_name(client: Client) -> None:
    plan = Plan.objects.create(slug="kystplan", name="Kystplan", period_from=2024, period_to=2028)
    add_care_plan(plan=plan)
    group = ask(client, q="kystplan").context["search"].groups[0]
    assert (group.title, group.note) == ("Kystplan", "Plan, 2024–2028")
    assert ask(client, q="kystplan").context["search"].summary == "1 treff."


def test_drafts_are_marked_for_those_who_see_them(client: Client) -> None:
    add_care_plan(published=False)
    assert ask(client, q="sykehjem").context["search"].summary == "Ingen treff."
    client.force_login(person(Role.PLANNER))
    page = ask(client, q="sykehjem").context["search"]
    assert page.groups[0].note == "Annet, utkast"


def test_choices_of_unit_give_no_drafts_away(client: Client) -> None:
    secret = OrgUnit.objects.create(slug="hemmelig", name="Hemmelig enhet", kind=OrgUnit.Kind.DIVISION)
    add_care_plan(published=False, unit=secret)
    add_school_plan()
    assert "Hemmelig enhet" not in ask(client, q="plasser").content.decode()


@pytest.mark.parametrize(
    "query",
    [{"aar": "x"}, {"dokument": "æ"}, {"slag": "tull"}, {"enhet": "finnes-ikke"}, {"side": "-3"}, {"side": "0"}],
)
def test_a_filter_that_makes_no_sense_is_left_out(client: Client, query: dict[str, str]) -> None:
    add_care_plan()
    found = ask(client, q="sykehjem").context["search"]
    assert found.groups
    page = ask(client, q="sykehjem", **query).context["search"]
    assert (page.groups, page.summary) == (found.groups, found.summary)


@pytest.mark.parametrize("query", [{"dokument": "999999"}, {"aar": "1850"}])
def test_a_filter_that_nothing_passes_finds_nothing(client: Client, query: dict[str, str]) -> None:
    add_care_plan()
    page = ask(client, q="sykehjem", **query).context["search"]
    assert not page.groups
    assert page.summary


def test_a_page_that_can_not_be_is_the_first(client: Client) -> None:
    index(add_document("# Lang plan\n" + "\n".join(f"Sykehjem nummer {n} ligger sentralt." for n in range(1, 31))))
    first, beyond = (ask(client, q="sykehjem", side=side).context["search"] for side in ("1", "99999999999"))
    assert beyond.groups == first.groups != ()


def test_many_hits_come_in_pages(client: Client) -> None:
    text = "# Lang plan\n" + "\n".join(f"Sykehjem nummer {n} ligger sentralt." for n in range(1, 31))
    index(add_document(text))
    first, second = ask(client, q="nummer sentralt"), ask(client, q="nummer sentralt", side="2")
    # The document's own introduction is the thirty-first hit; it stands above the others.
    assert first.context["search"].groups[0].lead is not None
    assert len(first.context["search"].groups[0].hits) == 19
    assert len(second.context["search"].groups[0].hits) == 11
    assert "Viser 21–31 av 31" in second.content.decode()


def test_the_page_asks_few_questions(django_assert_num_queries: Any) -> None:
    add_care_plan()
    add_school_plan()
    user = person(Role.ADMINISTRATOR)
    # 1 units and 2 zones to choose from, 3 counts, 4 documents and 5 plans that may be seen, 6 the best ids,
    # 7 their terms, 8 the entries, 9 titles of documents with hits
    with django_assert_num_queries(9):
        page = search_page(user, QueryDict("q=plasser"))
        assert len(page.groups) == 2
