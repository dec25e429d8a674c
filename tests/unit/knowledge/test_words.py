from __future__ import annotations

import pytest

from grunnmur.kernel import Unit
from grunnmur.knowledge.language.nouns import unit_of_noun
from grunnmur.knowledge.language.words import compound_parts, content_words, find_words, lemma, stem


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("sykehjemsplasser", ("sykehjem", "plasser")),
        ("barnehageplasser", ("barnehage", "plasser")),
        ("sjukeheimsplassar", ("sjukeheim", "plassar")),
        ("helse-", ("helse",)),
        ("plan", ("plan",)),
    ],
)
def test_compounds(word: str, parts: tuple[str, ...]) -> None:
    assert compound_parts(word) == parts


def test_stems_and_lemmas_join_inflections() -> None:
    assert stem("avdelinger") == stem("avdelingen") == stem("Avdeling")
    assert lemma("innbyggernes") == "innbygger"


def test_words_that_carry_meaning_in_plans_are_kept() -> None:
    assert content_words("Målet er at lederen skal ha et år") == ["målet", "lederen", "år"]
    assert find_words("Helse- og 3,5 årsverk") == ["helse", "og", "3,5", "årsverk"]


@pytest.mark.parametrize(
    ("noun", "unit"),
    [
        ("omsorgsplasser", Unit.PLACES), ("fastleger", Unit.PERSONS), ("klagesaker", Unit.CASES),
        ("liggedøgn", Unit.DAYS), ("årsverk", Unit.FTE), ("avdelinger", None), ("årsaker", None),
    ],
)  # fmt: skip
def test_what_a_noun_counts(noun: str, unit: Unit | None) -> None:
    assert unit_of_noun(noun) is unit
