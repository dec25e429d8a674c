"""Items that want the same thing, but another amount of it or by another time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from grunnmur.choices.merging.expired import last_day
from grunnmur.choices.merging.model import Item, SourcePlan, Tension
from grunnmur.choices.merging.opposed import flat
from grunnmur.choices.merging.poles import find_poles
from grunnmur.choices.merging.subjects import Subjects, overlap, sharing
from grunnmur.kernel import Passage, Unit
from grunnmur.knowledge.language.numbers import NumberMatch, find_numbers
from grunnmur.knowledge.language.spans import blank

SHARE_OF_NUMBERS: Final = 0.42
SHARE_OF_DEADLINES: Final = 0.55
FEW: Final = 12  # a spelled number up to here is seldom a target
COUNT: Final = "count"
NONE: Final = "none"
_MEASURED: Final = frozenset({Unit.NOK, Unit.PERCENT, Unit.DAYS, Unit.HOURS, Unit.RATIO, Unit.FTE})
DAYS_APART: Final = 60
_NONE: Final = re.compile(r"\b(?:ingen|inga|ikkje\s+nokon|null(?:visjon|toleranse)?)\b", re.IGNORECASE)
_CLOCK: Final = re.compile(r"\bkl(?:okk[ea]n?|\.)?\s*(?P<hour>\d{1,2})(?:[.:](?P<minute>\d\d))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Amount:
    """How much an item wants: ``text[start:end]``; ``kind`` is what amounts must share to be held together."""

    kind: str
    value: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Aim:
    """An item with what it is about and the numbers it aims at."""

    item: Item
    plan: SourcePlan
    about: Mapping[str, float]
    amounts: Sequence[_Amount]


def find_rivals(plans: Mapping[str, SourcePlan], items: Sequence[Item]) -> Iterator[Tension]:
    """``number`` and ``deadline`` tensions between items of different plans, each pair at most once of each kind."""
    subjects, aims = _aims(plans, items)
    for first, second in sharing(subjects, [aim.about for aim in aims]):
        one, other = aims[first], aims[second]
        if one.plan.id == other.plan.id:
            continue
        score = overlap(one.about, other.about).mutual
        if score >= SHARE_OF_NUMBERS:
            yield from _numbers(one, other, score)
        if score >= SHARE_OF_DEADLINES and bool(one.amounts) == bool(other.amounts):
            yield from _deadlines(one, other, score)


def _aims(plans: Mapping[str, SourcePlan], items: Sequence[Item]) -> tuple[Subjects, list[_Aim]]:
    """Items with a number or a date: what is said to grow or shrink, without saying so, and how much of it."""
    texts = [flat(plans[item.plan], item) for item in items]
    bare = [blank(text, [(pole.start, pole.end) for pole in find_poles(text)]).replace("\0", " ") for text in texts]
    subjects = Subjects(bare)
    return subjects, [
        _Aim(item, plans[item.plan], subjects.of(about), amounts)
        for item, text, about in zip(items, texts, bare, strict=True)
        if (amounts := _amounts(text)) or item.dates
    ]


def _numbers(one: _Aim, other: _Aim, score: float) -> Iterator[Tension]:
    for first in one.amounts:
        for second in other.amounts:
            if _differ(first, second):
                yield _tension(one, other, "number", score, ((first.start, first.end), (second.start, second.end)))
                return


def _differ(first: _Amount, second: _Amount) -> bool:
    if NONE in (first.kind, second.kind):
        return first.value != second.value and Unit.PERCENT in (first.kind, second.kind)
    return first.kind == second.kind and first.value != second.value


def _amounts(text: str) -> list[_Amount]:
    """The numbers an item aims at: of «fra 12,7 % til 11 %» the last, of «ingen» nought, a clock time as hours."""
    clocks = [
        _Amount("clock", int(match["hour"]) + int(match["minute"] or 0) / 60, match.start(), match.end())
        for match in _CLOCK.finditer(text)
    ]
    if clocks:
        return clocks
    none = [_Amount(NONE, 0.0, match.start(), match.end()) for match in _NONE.finditer(text)]
    return none + [
        _Amount(_kind(number), number.value, number.start, number.end)
        for number in find_numbers(text)
        if not _is_old_value(text, number.end)
        and not (number.spelled and number.value <= FEW and _kind(number) == COUNT)
    ]


def _kind(number: NumberMatch) -> str:
    """What is counted may be named otherwise; money, shares and time are kinds of their own."""
    return number.unit.value if number.unit in _MEASURED else COUNT


def _is_old_value(text: str, end: int) -> bool:
    return re.match(r"\s*(?:%|prosent)?\s*til\s+\d", text[end:]) is not None


def _deadlines(one: _Aim, other: _Aim, score: float) -> Iterator[Tension]:
    if not one.item.dates or not other.item.dates:
        return
    days = [last_day(aim.item.dates[0]) for aim in (one, other)]
    if abs((days[0] - days[1]).days) >= DAYS_APART:
        passages = [(aim.item.date_passages[0], aim.item.start) for aim in (one, other)]
        yield _tension(one, other, "deadline", score, [(at.start - start, at.end - start) for at, start in passages])


def _tension(one: _Aim, other: _Aim, code: str, score: float, spans: Sequence[tuple[int, int]]) -> Tension:
    """``spans`` count from the start of each item."""
    passages = tuple(
        Passage(aim.plan.sha256, aim.item.start + start, aim.item.start + end)
        for aim, (start, end) in zip((one, other), spans, strict=True)
    )
    said = [" ".join(passage.read(aim.plan.text).split()) for aim, passage in zip((one, other), passages, strict=True)]
    ordered = sorted(zip((one, other), said, passages, strict=True), key=lambda side: side[0].item.id)
    (first, first_said, first_at), (second, second_said, second_at) = ordered
    params = {"first": first_said, "second": second_said}
    return Tension((first.item.id, second.item.id), code, round(score, 4), params, (first_at, second_at))
