"""Count words: about the plans they are held against a count, about anything else they must stand in a source.

«De fleste planene» is true when more than half of the plans are cited, and it is written only with its count
(«7 av 9 planer»). «Alle barn» is a claim a plan makes, so a cited passage must make it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from grunnmur.choices.citations.model import Fault, FaultCode
from grunnmur.knowledge.language.numbers import find_numbers
from grunnmur.knowledge.language.spans import Span, overlaps
from grunnmur.knowledge.language.words import content_words, find_words, stem, word_list

Holds = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class _Class:
    """Words that say the same share; ``counted`` ones are never written about plans without the count itself."""

    words: str
    holds: Holds
    counted: bool = False


# n plans are cited of m that were read.
_CLASSES = (
    _Class(r"samtlige|samtlege|alle|alt|all|hver(?:t)?|kvar(?:t)?|enhver|einkvar", lambda n, m: n == m),
    _Class(r"ingen|inga|inkje|ingenting|ikke noen|ikkje nokon", lambda n, m: n == 0),
    _Class(
        r"(?:de|dei) (?:aller )?fleste|flertallet|fleirtalet|hovedvekten|hovudvekta|majoriteten|det meste|mesteparten",
        lambda n, m: 2 * n > m,
        counted=True,
    ),
    _Class(r"mindretallet|mindretalet|et fåtall|eit fåtal|få|svært få", lambda n, m: 2 * n < m, counted=True),
    _Class(r"mange|svært mange|en rekke|ei rekkje", lambda n, m: 2 * n >= m, counted=True),
    _Class(r"halvparten|halvdelen", lambda n, m: 2 * n == m),
    _Class(r"begge", lambda n, m: n == 2),
    _Class(r"flere|fleire", lambda n, m: n >= 2),
    _Class(r"noen|nokon|nokre|enkelte|visse", lambda n, m: 1 <= n < m),
)
_WORD = re.compile(
    r"\b(?:" + "|".join(f"(?P<c{place}>{kind.words})" for place, kind in enumerate(_CLASSES)) + r")\b(?!-)",
    re.IGNORECASE,
)
_PLANS = re.compile(
    r"\b(?:tema|handlings|kommunedel|fag|sektor)?plan(?:en|er|ene|ane|ar)?\b|\bdokument(?:et|er|ene|a)?\b"
    r"|\bkjelde(?:r|ne)?\b|\bkilde(?:r|ne)?\b",
    re.IGNORECASE,
)
_MOST_WORDS_BETWEEN = 4
_VERBS = word_list("skal kan må bør har er får vil blir ble var hadde skulle kunne kjem kommer fekk fikk")


def plan_counts(text: str) -> list[Span]:
    """Where the sentence counts plans with numbers: «7 av 9 planer», «de ni planene», «tre planer»."""
    return [span for span, _, _ in _counts(text)]


def quantifier_faults(
    text: str, sources: Sequence[str], cited: int, total: int, exempt: Sequence[Span] = ()
) -> Iterator[Fault]:
    """Count words that are not true of ``cited`` out of ``total`` plans, or that no source has of the same thing."""
    counts = _counts(text)
    for span, number, of in counts:
        if not _is_true(number, of, cited, total):
            yield Fault(FaultCode.QUANTIFIER, *span, {"written": text[slice(*span)], "cited": cited, "total": total})
    for match in _WORD.finditer(text):
        if not overlaps(match.span(), [*exempt, *(span for span, _, _ in counts)]):
            yield from _word_fault(text, match, sources, cited, total, bool(counts))


def _counts(text: str) -> list[tuple[Span, int, int | None]]:
    """Numbers before a word for plans, each with what it is out of."""
    found: list[tuple[Span, int, int | None]] = []
    numbers = find_numbers(text)
    for place, number in enumerate(numbers):
        if number.unit is not None or number.value % 1:
            continue
        plans = _plans_after(text, number.end)
        if plans is None or (found and found[-1][0][1] >= number.end):
            continue
        of = int(numbers[place + 1].value) if number.of is not None and place + 1 < len(numbers) else None
        found.append(((number.start, plans), int(number.value), of))
    return found


def _plans_after(text: str, start: int) -> int | None:
    """Where the word for plans ends, when one follows within a few words and no other sentence part begins."""
    match = _PLANS.search(text, start)
    if match is None:
        return None
    between = text[start : match.start()]
    if re.search(r"[.;:,!?()]", between) or len(between.split()) > _MOST_WORDS_BETWEEN:
        return None
    return match.end()


def _is_true(number: int, of: int | None, cited: int, total: int) -> bool:
    """«7 av 9 planer» is about those cited; a number alone may also be all the plans that were read."""
    if of is not None:
        return (number, of) == (cited, total)
    return number in {cited, total}


def _word_fault(
    text: str, match: re.Match[str], sources: Sequence[str], cited: int, total: int, has_count: bool
) -> Iterator[Fault]:
    kind = _CLASSES[int((match.lastgroup or "c0")[1:])]
    shown = {"written": match[0], "cited": cited, "total": total}
    if _plans_after(text, match.end()) is None:
        if not any(_says(source, kind, text[match.end() :]) for source in sources):
            yield Fault(FaultCode.QUANTIFIER, *match.span(), shown)
    elif not kind.holds(cited, total):
        yield Fault(FaultCode.QUANTIFIER, *match.span(), shown)
    elif kind.counted and not has_count:
        yield Fault(FaultCode.COUNT_MISSING, *match.span(), shown)


def _says(source: str, kind: _Class, after: str) -> bool:
    """Whether the source has a word of the same class before the same thing, when the sentence names one."""
    wanted = _things(after)[:1]
    for match in re.finditer(rf"\b(?:{kind.words})\b(?!-)", source, re.IGNORECASE):
        if not wanted or wanted[0] in _things(source[match.end() :]):
            return True
    return False


def _things(after: str) -> list[str]:
    """Stems of the first content words; none when the count word stands alone («alle skal …»)."""
    words = find_words(re.split(r"[.;:!?]", after, maxsplit=1)[0])[:6]
    if not words or words[0] in _VERBS:
        return []
    return [stem(word) for word in content_words(" ".join(words))][:3]
