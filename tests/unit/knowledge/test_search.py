"""Norwegian search without a database: terms, queries, marks, order, suggestions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grunnmur.knowledge.search import (
    BREAK,
    AnyWord,
    Candidate,
    HitKind,
    Phrase,
    highlight,
    index_terms,
    nearest_words,
    parse,
    rank,
    tokens,
)
from grunnmur.knowledge.search.terms import compound, fold


def found(query: str, text: str) -> bool:
    """Whether a text answers a query, decided as the engines do: by terms alone."""
    in_order, _, others = index_terms(text).partition(BREAK)
    terms = set(in_order.split()) | set(others.split())

    def answers(clause: AnyWord | Phrase) -> bool:
        if isinstance(clause, Phrase):
            return " ".join(clause.terms) in in_order
        return any(set(way) <= terms for way in clause.ways)

    asked = parse(query)
    return all(map(answers, asked.required)) and not any(map(answers, asked.excluded))


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("sykehjem", "Sykehjemmet har 40 rom"),
        ("sykehjemmet", "et sykehjem"),
        ("sykehjem", "Sykehjemsplasser i 2032"),
        ("sykehjemsplasser", "Det trengs flere plasser ved sykehjem"),
        ("sykehjemsplassene", "SYKEHJEMSPLASS"),
        ("barnehage", "barnehagene våre"),
        ("tjenester", "helse- og omsorgstjenestene"),
        ("omsorgstjenester", "tjenester for omsorg"),
        ("årsverk", "12 A\u030aRSVERK"),
        ("aarsverk", "12 årsverk"),
        ("kafé", "en kafe i sentrum"),
        ("sjukeheim", "plass på sykehjem"),
        ("sykehjem", "plass på sjukeheimen"),
        ("sykehjemsplasser", "nye sjukeheimsplassar"),
        ("kommunene", "kommunane samarbeider"),
        ("utviklingen", "utviklinga held fram"),
        ("440 000", "kr. 440.000 i året"),
        ("440.000", "440 000 kroner"),
        ("1,5", "1,50 prosent"),
        ("2027", "planperioden 2024-2027"),
        ("450", "rad: 2 450 300"),
        ('"mestre eget liv"', "Flere mestrer eget liv hjemme"),
        ("covid-19", "under covid-19 var det stengt"),
        ("plasser -barnehage", "plasser ved sykehjem"),
        ("og", "liv og helse"),
        ("liv og helse", "helse hele livet"),
    ],
)
def test_what_is_found(query: str, text: str) -> None:
    assert found(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("tak", "et tiltak"),
        ("bar", "barnet leker"),
        ("mal", "et mål"),
        ('"eget mestre"', "mestre eget liv"),
        ("sykehjem -kommune", "kommunens sykehjem"),
        ("203", "i 2032"),
        ("12", "1,2 prosent"),
        ("plasser sykehjem", "plasser i barnehagen"),
    ],
)
def test_what_is_not_found(query: str, text: str) -> None:
    assert not found(query, text)


@pytest.mark.parametrize("word", ["tiltak", "rekruttering", "kommune", "menneske", "barnet", "tjeneste", "mål", "2032"])
def test_words_that_are_no_compounds_stay_whole(word: str) -> None:
    assert compound(word) == ()


def test_tokens_keep_their_place_in_the_text() -> None:
    text = "Sykehjem: 1 250 plasser (12,5 %) à kr. 440.000 den 12.06.2024"
    assert [(text[token.start : token.end], token.word) for token in tokens(text)] == [
        ("Sykehjem", "sykehjem"), ("1 250", "1250"), ("plasser", "plasser"), ("12,5", "12d5"), ("à", "a"),
        ("kr", "kr"), ("440.000", "440000"), ("den", "den"), ("12", "12"), ("06", "06"), ("2024", "2024"),
    ]  # fmt: skip


@given(st.text(max_size=80))
def test_any_text_can_be_analysed_and_its_tokens_are_its_own(text: str) -> None:
    last = 0
    for token in tokens(text):
        assert last <= token.start < token.end <= len(text)
        assert fold(token.word) == token.word or token.number
        last = token.end
    stored = index_terms(text)
    assert stored == index_terms(text)
    assert all(term.isalnum() for term in stored.split()), "engines cut only at spaces"


@given(st.text(max_size=250))
def test_any_text_is_a_query(text: str) -> None:
    query = parse(text)
    for clause in (*query.required, *query.excluded):
        terms = clause.terms if isinstance(clause, Phrase) else tuple(term for way in clause.ways for term in way)
        assert terms or (isinstance(clause, AnyWord) and clause.prefix)
        assert all(term and not term.isspace() for term in terms)


def test_a_query_reads_quotes_stars_and_minus() -> None:
    query = parse('"mestre eget liv" frivillig* -kommune 2032')
    assert query.required[0] == Phrase(("mestr", "eget", "liv"))
    assert query.prefixes == ("frivillig",)
    assert [clause.word for clause in query.excluded if isinstance(clause, AnyWord)] == ["kommune"]
    assert query.years == {2032}
    assert parse("-kommune").is_empty
    assert parse("  ").is_empty


def test_a_prefix_becomes_the_words_that_begin_so() -> None:
    query = parse("sykehj*").expanded({"sykehj": ["sykehjem", "sykehjemsplasser"]})
    clause = query.required[0]
    assert isinstance(clause, AnyWord)
    assert clause.ways == (("sykehjem",), ("sykehjemsplass",))
    unknown = parse("xyz*").expanded({}).required[0]
    assert isinstance(unknown, AnyWord)
    assert unknown.ways == (("xyz",),)


def marked(text: str, query: str, width: int = 240) -> list[str]:
    return [piece for piece, is_mark in highlight(text, parse(query), width=width).pieces(text) if is_mark]


def test_the_words_that_answer_are_marked() -> None:
    text = "Kommunen har 320 plasser ved sykehjemmet, og sykehjemsplasser er dyrt."
    assert marked(text, "sykehjemsplasser") == ["plasser", "sykehjemmet", "sykehjemsplasser"]
    assert marked(text, "320") == ["320"]
    assert marked(text, "sykehj*") == ["sykehjemmet", "sykehjemsplasser"]
    assert marked(text, "barnehage") == []


def test_the_window_shows_where_the_words_stand_together() -> None:
    text = "Sykehjem nevnes først. " + "Noe helt annet står her. " * 30 + "Sykehjem trenger 402 plasser i 2032."
    fragment = highlight(text, parse("sykehjem 2032"), width=120)
    assert text[fragment.start : fragment.end].endswith("Sykehjem trenger 402 plasser i 2032.")
    assert fragment.end - fragment.start <= 120


@given(st.text(max_size=600), st.text(max_size=30), st.integers(20, 300))
def test_pieces_are_the_text_itself(text: str, query: str, width: int) -> None:
    fragment = highlight(text, parse(query), width=width)
    pieces = fragment.pieces(text)
    assert "".join(piece for piece, _ in pieces) == text[fragment.start : fragment.end]
    assert 0 <= fragment.start <= fragment.end <= len(text)


def candidate(id: int, kind: str, title: str, body: str, year: int | None = None, heading: str = "") -> Candidate:
    return Candidate(id, HitKind(kind), index_terms(title), index_terms(body), year, index_terms(heading))


def test_an_exact_title_then_headings_then_text() -> None:
    rows = [
        candidate(1, "passage", "", "Et sykehjem ligger i sentrum.", heading="Tjenester"),
        candidate(2, "passage", "Sykehjem", "Sykehjem"),
        candidate(3, "document", "Sykehjem", "Innledning."),
        candidate(4, "passage", "", "Det koster mye.", heading="Sykehjem"),
        candidate(5, "element", "Bygge nytt sykehjem", "Bygge nytt sykehjem"),
        candidate(6, "document", "Plan for sykehjem og hjemmetjenester", "Innledning."),
    ]
    assert rank(rows, parse("sykehjem")) == [3, 2, 6, 5, 1, 4]


def test_who_asks_for_a_year_gets_the_figure_of_that_year_first() -> None:
    rows = [
        candidate(1, "passage", "", "Sykehjemsplasser i 2032 og senere"),
        candidate(2, "figure", "Sykehjemsplasser", "Sykehjemsplasser 320 402", 2024),
        candidate(3, "figure", "Sykehjemsplasser", "Sykehjemsplasser 320 402", 2032),
        candidate(4, "element", "Sykehjemsplasser 2032", "mål"),
    ]
    assert rank(rows, parse("sykehjemsplasser 2032"))[:2] == [4, 3]
    assert rank(rows[:3], parse("sykehjemsplasser 2032"))[0] == 3


def test_the_word_itself_counts_more_than_a_part_of_another() -> None:
    rows = [candidate(1, "passage", "", "sykehjemsplasser"), candidate(2, "passage", "", "et sykehjem")]
    assert rank(rows, parse("sykehjem")) == [2, 1]


def test_equals_stand_in_order_of_id() -> None:
    rows = [candidate(id, "passage", "", "sykehjem") for id in (9, 3, 7)]
    assert rank(rows, parse("sykehjem")) == [3, 7, 9]


def test_suggestions_are_near_and_nothing_else() -> None:
    known = ["økonomi", "sykehjem", "nærmiljø", "barnehage"]
    assert nearest_words("okonomi", known) == ["økonomi"]
    assert nearest_words("sykehejm", known) == ["sykehjem"]
    assert nearest_words("naermiljo", known) == ["nærmiljø"]
    assert nearest_words("kvikksølv", known) == []
