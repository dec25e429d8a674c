"""Sentences with their citations: the faithful pass, the corrupted do not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from grunnmur.choices.citations import Citation, NumberedPassage, Sentence, check
from grunnmur.choices.citations.quotes import find_quote
from grunnmur.kernel.provenance import Passage

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "citations.yaml").read_text())
PASSAGES = {
    number: NumberedPassage(
        number, case["plan"], case["text"], Passage("0" * 64, 1000 * number, 1000 * number + len(case["text"]))
    )
    for number, case in CASES["passages"].items()
}


def sentence(case: dict[str, Any]) -> Sentence:
    quotes = case.get("quotes", {})
    return Sentence(case["text"], tuple(Citation(number, quotes.get(number)) for number in case["cites"]))


@pytest.mark.parametrize("case", CASES["faithful"], ids=lambda case: case["text"])
def test_a_faithful_sentence_holds(case: dict[str, Any]) -> None:
    assert check(sentence(case), PASSAGES, CASES["plans"]).faults == ()


@pytest.mark.parametrize("case", CASES["corrupted"], ids=lambda case: case["text"])
def test_a_corrupted_sentence_is_refused(case: dict[str, Any]) -> None:
    checked = check(sentence(case), PASSAGES, CASES["plans"])
    assert not checked.holds
    assert case["fault"] in {fault.code.value for fault in checked.faults}


def test_there_are_enough_corrupted_sentences() -> None:
    assert len(CASES["corrupted"]) >= 60


def test_quoted_words_are_read_from_the_source() -> None:
    checked = check(Sentence("Målet er «11 %  av INNBYGGERE».", (Citation(1),)), PASSAGES, CASES["plans"])
    (place,) = checked.quotes
    start = place.start - PASSAGES[1].passage.start
    assert PASSAGES[1].text[start : start + place.end - place.start] == "11 % av innbyggere"


@given(st.text(min_size=1, max_size=60), st.integers(0, 20), st.integers(1, 40))
def test_what_is_found_is_what_stands_there(source: str, start: int, length: int) -> None:
    found = find_quote(source[start : start + length], source)
    for place in found or []:
        assert 0 <= place[0] < place[1] <= len(source)


@given(st.sampled_from(sorted(PASSAGES)), st.data())
def test_any_run_of_whole_words_is_found(number: int, data: st.DataObject) -> None:
    words = PASSAGES[number].text.replace("om-\nsorg", "omsorg").replace("1 250", "1\u00a0250").split(" ")
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    assert find_quote(" ".join(words[first : last + 1]), PASSAGES[number].text)


@given(st.sampled_from(sorted(PASSAGES)), st.data())
def test_no_changed_letter_is_let_through(number: int, data: st.DataObject) -> None:
    source = PASSAGES[number].text
    place = data.draw(st.sampled_from([at for at, letter in enumerate(source) if letter.isalnum()]))
    changed = source[:place] + "ø" * (source[place].casefold() != "ø") + "q" + source[place + 1 :]
    assert find_quote(changed, source) is None
