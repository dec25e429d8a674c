"""Prove a sentence by its citations, or say what does not hold. No model is asked, and nothing is mended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from grunnmur.choices.citations.facts import date_faults, number_faults
from grunnmur.choices.citations.model import (
    CheckedSentence,
    Fault,
    FaultCode,
    NumberedPassage,
    Sentence,
)
from grunnmur.choices.citations.names import denial_faults, name_faults
from grunnmur.choices.citations.quantifiers import plan_counts, quantifier_faults
from grunnmur.choices.citations.quotes import find_quote, quoted
from grunnmur.kernel.provenance import Passage
from grunnmur.knowledge.language.spans import Span


def check(sentence: Sentence, passages: Mapping[int, NumberedPassage], plans: Mapping[str, str]) -> CheckedSentence:
    """Hold one sentence against the passages it cites.

    ``passages`` are all that may be cited, by number; ``plans`` the titles of all plans that were read, by id: count
    words are about them.
    """
    cited = tuple(dict.fromkeys(passages[c.number] for c in sentence.citations if c.number in passages))
    faults = [*_citation_faults(sentence, passages)]
    quotes: list[Passage] = []
    if cited:
        quotes, missing = _quotes(sentence, cited, plans)
        faults += missing
        faults += _content_faults(sentence.text, cited, plans)
    return CheckedSentence(sentence, cited, tuple(quotes), tuple(faults))


def _citation_faults(sentence: Sentence, passages: Mapping[int, NumberedPassage]) -> Iterator[Fault]:
    whole = (0, len(sentence.text))
    if not sentence.citations:
        yield Fault(FaultCode.NO_CITATION, *whole)
    for citation in sentence.citations:
        if citation.number not in passages:
            yield Fault(FaultCode.UNKNOWN_PASSAGE, *whole, {"number": citation.number})


def _content_faults(text: str, cited: Sequence[NumberedPassage], plans: Mapping[str, str]) -> Iterator[Fault]:
    sources = [passage.text for passage in cited]
    quotes, counts = quoted(text), plan_counts(text)
    exempt: list[Span] = [*quotes, *counts, *_titles(text, plans)]
    yield from number_faults(text, sources, exempt)
    yield from date_faults(text, sources, exempt)
    cited_plans = len({passage.plan for passage in cited})
    yield from quantifier_faults(text, sources, cited_plans, len(plans), quotes)
    yield from name_faults(text, sources, [*plans.values()])
    yield from denial_faults(text, sources)


def _titles(text: str, plans: Mapping[str, str]) -> Iterator[Span]:
    """Where plans are named: the years in a title are part of the name."""
    for title in plans.values():
        for match in re.finditer(re.escape(title), text, re.IGNORECASE):
            yield match.span()


def _quotes(
    sentence: Sentence, cited: Sequence[NumberedPassage], plans: Mapping[str, str]
) -> tuple[list[Passage], list[Fault]]:
    """The places of everything quoted, and a fault for each quote that is nowhere."""
    found: list[Passage] = []
    faults: list[Fault] = []
    for start, end in quoted(sentence.text):
        words = sentence.text[start:end]
        places = next((places for source in cited if (places := _places(words, source))), None)
        if places is None and words.casefold() not in {title.casefold() for title in plans.values()}:
            faults.append(Fault(FaultCode.QUOTE, start, end, {"written": words}))
        found += places or []
    by_number = {source.number: source for source in cited}
    for citation in sentence.citations:
        if citation.quote and citation.number in by_number:
            places = _places(citation.quote, by_number[citation.number])
            found += places or []
            if not places:
                faults.append(Fault(FaultCode.QUOTE, 0, len(sentence.text), {"written": citation.quote}))
    return found, faults


def _places(quote: str, source: NumberedPassage) -> list[Passage]:
    spans = find_quote(quote, source.text) or []
    at = source.passage
    return [Passage(at.document, at.start + start, at.start + end) for start, end in spans]
