"""The search index, on whichever database the tests run on."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from grunnmur.knowledge.search import AnyWord, Candidate, HitKind, Phrase, Query, parse, rank
from grunnmur_web.accounts.models import Role
from grunnmur_web.models import Document, FindingState, OrgUnit, Plan, SearchEntry, ServiceZone
from grunnmur_web.store import search as store
from grunnmur_web.store.search import SearchFilters, search
from grunnmur_web.store.search.searching import with_prefixes
from tests.web.library import add_care_plan, add_document, add_finding, add_school_plan, index, person

pytestmark = pytest.mark.django_db
RESIDENT = AnonymousUser()


def titles(text: str, user: object = RESIDENT, **filters: object) -> list[str]:
    results = search(text, user, SearchFilters(**filters))  # type: ignore[arg-type]
    return [f"{entry.kind}: {entry.title}" for entry in results.entries]


def test_a_passage_is_the_text_of_its_document_at_its_offsets() -> None:
    document = add_care_plan()
    assert document.current
    entries = SearchEntry.objects.filter(document=document)
    assert entries.count() == 12
    assert [entry.body for entry in entries] == [document.current.text[entry.start : entry.end] for entry in entries]


def test_indexing_again_changes_nothing() -> None:
    document = add_care_plan()
    before = list(SearchEntry.objects.order_by("id").values_list("kind", "title", "start", "end"))
    index(document)
    after = list(SearchEntry.objects.order_by("id").values_list("kind", "title", "start", "end"))
    assert after == before
    assert search("sykehjem", RESIDENT).total == search("sykehjem", RESIDENT).total


def test_the_figure_of_the_year_comes_first() -> None:
    add_care_plan()
    results = search("sykehjemsplasser 2032", RESIDENT)
    first = results.entries[0]
    assert first.kind == HitKind.FIGURE
    assert first.finding and (first.finding.number, first.finding.year) == (402, 2032)


def test_a_compound_finds_its_parts_and_a_part_finds_the_compound() -> None:
    add_care_plan()
    bodies = {entry.body for entry in search("sykehjemsplasser", RESIDENT).entries}
    assert "Det er 320 plasser ved sykehjem i dag, og behovet vokser." in bodies
    assert any(body.startswith("Sykehjemsplasser\t320") for body in bodies)
    assert "figure: Sykehjemsplasser" in titles("sykehjem")
    assert search("sjukeheimsplassar", RESIDENT).total >= 2


def test_an_exact_title_comes_first() -> None:
    care, school = add_care_plan(), add_school_plan()
    assert titles("plan for omsorg")[0] == f"document: {care.title}"
    assert titles("Plan for skole og barnehage")[0] == f"document: {school.title}"
    assert titles("Barnehageplasser", kind=HitKind.PASSAGE)[0] == "passage: Barnehageplasser"


def test_phrase_prefix_and_not() -> None:
    add_care_plan()
    add_school_plan()
    assert titles('"mestre eget liv"')[0].startswith("element: Flere skal mestre")
    assert titles('"eget mestre"') == []
    assert {title.split(": ")[1] for title in titles("barnehagepl*")} >= {"barnehageplasser", "Barnehageplasser"}
    with_homes, without = search("plasser", RESIDENT).total, search("plasser -sykehjem", RESIDENT).total
    assert 0 < without < with_homes
    assert search("-sykehjem", RESIDENT).query.is_empty


def test_numbers_are_found_however_they_are_grouped() -> None:
    add_school_plan()
    for written in ("1 250", "1250", "1.250"):
        assert "figure: barnehageplasser" in titles(written), written
    assert titles("440 000") == titles("440.000") != []


@pytest.mark.parametrize(
    "text", ["'", '"', "a' OR 1=1 --", "* AND (", "NEAR(a b)", "title_terms:x", "\\", "%", "æ:*", "x" * 500]
)
def test_what_only_looks_like_a_query_finds_nothing(text: str) -> None:
    add_care_plan()
    assert titles(text) == titles(f"sykehjem {text} finnesikke") == []


@pytest.mark.parametrize(
    "text", ["sykehjem'", 'sykehjem "', "%sykehjem%", "sykehjem:*", "sykehjem\\", "(sykehjem", "sykehjem -"]
)
def test_signs_around_a_word_change_nothing(text: str) -> None:
    add_care_plan()
    assert titles(text) == titles("sykehjem") != []


@pytest.mark.parametrize(
    "text", ["sykehjem NOT plasser", "NEAR(sykehjem plasser)", "title_terms:sykehjem", "sykehjem' OR 1=1"]
)
def test_words_of_the_engines_own_language_are_words(text: str) -> None:
    add_care_plan()
    assert titles(text) == []
    index(add_document(f"# Notat\nHer står {text} som tekst."))
    assert "document: Notat" in titles(text)


def test_counts_by_kind_and_document_are_those_of_all_hits() -> None:
    care, school = add_care_plan(), add_school_plan()
    results = search("plasser", RESIDENT, limit=2)
    assert len(results.entries) == 2
    assert sum(results.kinds.values()) == sum(results.documents.values()) == results.total
    assert set(results.documents) == {care.pk, school.pk}
    only = search("plasser", RESIDENT, SearchFilters(kind=HitKind.FIGURE, document=care.pk))
    assert only.total == 2 == only.kinds[HitKind.FIGURE] == only.documents[care.pk]
    assert set(only.documents) == {care.pk, school.pk}, "other choices are still counted"


QUERIES = ["plasser", "sykehjem", "sykehjemsplasser", "barnehage plasser", "mål livet", '"plasser ved"',
           "plasser -barnehage",
           "barnehage*", "2032", "440 000", "behovet 320"]  # fmt: skip


@pytest.mark.parametrize("text", QUERIES)
def test_every_database_finds_what_the_terms_say_in_the_order_of_the_core(text: str) -> None:
    add_care_plan()
    add_school_plan()
    query = with_prefixes(parse(text))
    rows = [row for row in SearchEntry.objects.select_related("finding") if is_decided(row) and answers(row, query)]
    candidates = [
        Candidate(row.pk, HitKind(row.kind), row.title_terms, row.body_terms, row.year, row.heading_terms)
        for row in rows
    ]
    found = [entry.pk for entry in search(text, RESIDENT, limit=200).entries]
    assert found == rank(candidates, query) != []


def is_decided(entry: SearchEntry) -> bool:
    return entry.finding is None or entry.finding.state in {FindingState.ACCEPTED, FindingState.CORRECTED}


def answers(entry: SearchEntry, query: Query) -> bool:
    """Whether the stored terms answer, decided without a full-text engine."""
    own = f"{entry.title_terms} | {entry.body_terms}"
    everything = f"{own} | {entry.heading_terms}"

    def has(clause: AnyWord | Phrase, terms: str) -> bool:
        if isinstance(clause, Phrase):
            return f" {' '.join(clause.terms)} " in f" {terms} "
        return any(set(way) <= set(terms.split()) for way in clause.ways)

    return (
        all(has(clause, everything) for clause in query.required)
        and any(has(clause, own) for clause in query.required)
        and not any(has(clause, everything) for clause in query.excluded)
    )


def test_pages_of_hits_do_not_overlap() -> None:
    add_care_plan()
    add_school_plan()
    everything = [entry.pk for entry in search("plasser", RESIDENT, limit=50).entries]
    parts = [
        entry.pk for offset in range(0, 50, 3) for entry in search("plasser", RESIDENT, offset=offset, limit=3).entries
    ]
    assert parts == everything
    assert len(set(parts)) == len(parts) > 6


def test_filters() -> None:
    unit = OrgUnit.objects.create(slug="oppvekst", name="Oppvekst", kind=OrgUnit.Kind.SERVICE_AREA)
    zone = ServiceZone.objects.create(slug="stavern", name="Stavern")
    plan = Plan.objects.create(slug="skole", name="Skoleplan")
    school = add_school_plan(unit=unit, plan=plan, kind="plan")
    add_care_plan(kind="month_report")
    school.zones.add(zone)
    for filters in ({"unit": "oppvekst"}, {"zone": "stavern"}, {"plan": "skole"}, {"document_kind": "plan"}):
        assert set(search("plasser", RESIDENT, SearchFilters(**filters)).documents) == {school.pk}, filters  # type: ignore[arg-type]
    assert titles("plasser", year=2030) == ["figure: barnehageplasser"]
    assert "plan: Skoleplan" in titles("skoleplan")


def test_residents_find_only_what_is_published_and_decided() -> None:
    add_care_plan(published=False)
    school = add_school_plan()
    assert set(search("plasser", RESIDENT).documents) == {school.pk}
    assert search("sykehjem", RESIDENT).total == 0
    assert titles("oppvekst") == [], "a suggestion is not found by its unit"
    planner = person(Role.PLANNER)
    assert len(search("plasser", planner).documents) == 2
    assert titles("oppvekst", planner) == ["figure: mer hvert år"]


def test_a_committee_member_finds_what_residents_find() -> None:
    add_care_plan(published=False)
    add_school_plan()
    member = person(Role.COMMITTEE_MEMBER)
    for text in ("plasser", "oppvekst", "sykehjem"):
        assert search(text, member).total == search(text, RESIDENT).total


def test_staff_find_their_own_drafts() -> None:
    owner, other = person(Role.STAFF, "Ola"), person(Role.STAFF, "Nina")
    add_care_plan(published=False, owner=owner)
    assert search("sykehjem", owner).total > 0
    assert search("sykehjem", other).total == 0


def test_publishing_and_unpublishing_follow_at_once() -> None:
    document = add_care_plan(published=False)
    document.status, document.published_at = Document.Status.PUBLISHED, timezone.now()
    document.save()
    store.refresh_document(document)
    assert search("sykehjem", RESIDENT).total > 0
    document.status, document.published_at = Document.Status.DRAFT, None
    document.save()
    # Even before the index is told, a draft is not found.
    assert search("sykehjem", RESIDENT).total == 0
    store.refresh_document(document)
    assert search("sykehjem", RESIDENT).total == 0


def test_a_plan_is_public_when_one_of_its_documents_is() -> None:
    plan = Plan.objects.create(slug="kystplan", name="Kystplan")
    store.index_plan(plan)
    assert titles("kystplan") == []
    assert titles("kystplan", person()) == ["plan: Kystplan"]
    add_care_plan(plan=plan)
    assert titles("kystplan") == ["plan: Kystplan"]


def test_a_decision_is_found_at_once() -> None:
    document = add_document()
    finding = add_finding(document, "402", label="Sykehjemsplasser", number=402, period="2032", state="suggested")
    index(document)
    assert "figure: Sykehjemsplasser" not in titles("402")
    finding.state, finding.decided_at = FindingState.CORRECTED, timezone.now()
    finding.text = "Plasser på Byskogen"
    finding.save()
    store.index_finding(finding)
    assert titles("byskogen") == ["figure: Plasser på Byskogen"]
    finding.state = FindingState.REJECTED
    finding.save()
    store.index_finding(finding)
    assert titles("byskogen", person()) == []


def test_a_deleted_document_is_gone_from_the_index() -> None:
    document = add_care_plan()
    document.current = None
    document.save()
    document.delete()
    assert search("sykehjem", RESIDENT).total == 0
    add_school_plan()
    assert search("plasser", RESIDENT).total > 0


def test_new_facts_change_title_and_year() -> None:
    document = add_care_plan()
    document.title = "Temaplan for eldre"
    document.date = timezone.datetime(2026, 3, 1).date()  # type: ignore[attr-defined]
    document.save()
    store.refresh_document(document)
    assert titles("temaplan") == ["document: Temaplan for eldre"]
    assert search("behovet", RESIDENT, SearchFilters(year=2026)).total == 1


def test_suggestions_are_words_that_give_hits_for_this_person() -> None:
    add_care_plan(published=False)
    add_school_plan()
    assert search("barnehgaer", RESIDENT).other_queries[0] == "barnehager"
    assert search("sykehejm", RESIDENT).other_queries == (), "a draft's words are not given away"
    assert "sykehjem" in search("sykehejm", person()).other_queries


def test_everything_can_be_indexed_again() -> None:
    add_care_plan()
    plan = Plan.objects.create(slug="kystplan", name="Kystplan")
    store.index_plan(plan)
    before = SearchEntry.objects.count()
    assert store.index_everything() == before
    assert search("sykehjem", RESIDENT).total > 0


def test_a_search_asks_few_questions(django_assert_num_queries: object) -> None:
    add_care_plan()
    add_school_plan()
    # 1 counts by kind and document, 2 documents and 3 plans that may be seen, 4 the best ids, 5 their terms,
    # 6 the entries shown with document and finding
    with django_assert_num_queries(6):  # type: ignore[operator]
        search("plasser", RESIDENT)
    # 1 the words that begin so, then as above
    with django_assert_num_queries(7):  # type: ignore[operator]
        search("plas*", RESIDENT)
