"""Items that want the same thing, but another amount of it or by another time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from grunnmur.choices.merging.expired import last_day
from grunnmur.choices.merging.model import Item, Pair, SourcePlan, Tension
from grunnmur.choices.merging.opposed import flat
from grunnmur.choices.merging.poles import find_poles
from grunnmur.choices.merging.subjects import Subjects, overlap
from grunnmur.kernel import Passage, Unit
from grunnmur.knowledge.language.numbers import NumberMatch, find_numbers
from grunnmur.knowledge.language.spans import blank

ALIKE: Final = 0.40  # score of a pair
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


def find_rivals(plans: Mapping[str, SourcePlan], items: Sequence[Item], pairs: Sequence[Pair]) -> Iterator[Tension]:
    """``number`` and ``deadline`` tensions among pairs of different plans, each pair at most once of each kind."""
    by_id = {item.id: item for item in items}
    texts = {item.id: _without_poles(flat(plans[item.plan], item)) for item in items}
    subjects = Subjects(list(texts.values()))
    for pair in pairs:
        one, other = by_id[pair.first], by_id[pair.second]
        if one.plan == other.plan or pair.score < ALIKE:
            continue
        shared = overlap(subjects.of(texts[one.id]), subjects.of(texts[other.id]))
        if shared.mutual >= SHARE_OF_NUMBERS:
            yield from _numbers(plans, one, other, pair.score)
        if shared.mutual >= SHARE_OF_DEADLINES and _aims_at_number(plans, one) == _aims_at_number(plans, other):
            yield from _deadlines(plans, one, other, pair.score)


def _aims_at_number(plans: Mapping[str, SourcePlan], item: Item) -> bool:
    return bool(_amounts(flat(plans[item.plan], item)))


def _without_poles(text: str) -> str:
    """What is said to grow or shrink, without saying so."""
    return blank(text, [(pole.start, pole.end) for pole in find_poles(text)]).replace("\0", " ")


def _numbers(plans: Mapping[str, SourcePlan], one: Item, other: Item, score: float) -> Iterator[Tension]:
    for first in _amounts(flat(plans[one.plan], one)):
        for second in _amounts(flat(plans[other.plan], other)):
            if _differ(first, second):
                spans = ((first.start, first.end), (second.start, second.end))
                yield _tension(plans, (one, other), "number", score, spans)
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


def _deadlines(plans: Mapping[str, SourcePlan], one: Item, other: Item, score: float) -> Iterator[Tension]:
    if not one.dates or not other.dates:
        return
    days = [last_day(item.dates[0]) for item in (one, other)]
    if abs((days[0] - days[1]).days) >= DAYS_APART:
        spans = tuple(
            (item.date_passages[0].start - item.start, item.date_passages[0].end - item.start) for item in (one, other)
        )
        yield _tension(plans, (one, other), "deadline", score, spans)


def _tension(
    plans: Mapping[str, SourcePlan], pair: tuple[Item, Item], code: str, score: float, spans: Sequence[tuple[int, int]]
) -> Tension:
    """``spans`` count from the start of each item."""
    passages = tuple(
        Passage(plans[item.plan].sha256, item.start + start, item.start + end)
        for item, (start, end) in zip(pair, spans, strict=True)
    )
    said = [" ".join(passage.read(plans[item.plan].text).split()) for item, passage in zip(pair, passages, strict=True)]
    return Tension((pair[0].id, pair[1].id), code, score, {"first": said[0], "second": said[1]}, passages)
