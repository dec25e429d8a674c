"""Sums, shares and differences stated in running text and lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from grunnmur.kernel import Unit
from grunnmur.knowledge.consistency.arithmetic import rounding, same, slack
from grunnmur.knowledge.language.numbers import Bound, NumberMatch
from grunnmur.knowledge.language.spans import Span
from grunnmur.knowledge.model import Warning
from grunnmur.knowledge.reading import Reading, Segment
from grunnmur.sources.documents.model import BlockKind

_TOTAL = re.compile(
    r"\b(?:til\s+sammen|tilsammen|til\s+saman|totalt|total|samlet|samla|i\s+alt|sum|sammenlagt|samanlagt)\b[^.;:]{0,25}$",
    re.I,
)
_TOTAL_AFTER = re.compile(r"^[^.,;:\d]{0,20}\b(?:totalt|til\s+sammen|til\s+saman|i\s+alt|samlet|samla)\b", re.I)
_SPLIT = re.compile(r"\b(?:fordelt\s+på|fordeler\s+seg|fordelar\s+seg|består\s+av|delt\s+på)\b", re.I)
_EQUATION = re.compile(r"\s*(?P<sign>[-–−+])\s*$")
_EQUALS = re.compile(r"\s*=\s*$")
_CHANGE = re.compile(
    r"\b(?:økning|auke|vekst|reduksjon|nedgang|endring|økt|auka|redusert|økte|falt|sank)\b[^.;,]{0,25}"
    r"\b(?:på|med|lik)\s+(?:ca\.?\s+)?(?:kr\.?\s*)?$",
    re.I,
)
_FROM = re.compile(r"\bfr[aå]\s+(?:kr\.?\s*)?$", re.I)
_TO = re.compile(r"^[^.;:\d]{0,30}\btil\s+(?:ca\.?\s+)?(?:kr\.?\s*)?$", re.I)
_FEWEST_ITEMS = 3
# Beyond these no one adds up in prose, and looking further would make the work grow faster than the text.
_MOST_PARTS = 60
_MOST_BETWEEN = 20
_LONGEST_LIST = 300


def sum_warnings(reading: Reading) -> Iterator[Warning]:
    """Stated sums, shares, equations and changes that do not follow from the numbers beside them."""
    for segment in reading.segments:
        for sentence in segment.sentences if segment.numbers else ():
            numbers = list(segment.numbers_in(*sentence))
            yield from _stated_totals(segment, numbers)
            yield from _shares(segment, numbers, sentence)
            yield from _equations(segment, numbers)
            yield from _changes(segment, numbers, sentence)
        yield from _part_of_whole(segment)
        yield from _exceeded(segment)
        yield from _doubled(segment)
    yield from _list_sums(reading)


def _warn(code: str, number: NumberMatch, others: Sequence[NumberMatch], **params: object) -> Warning:
    passages = tuple((other.start, other.end) for other in others)
    return Warning(code, number.start, number.end, params, passages)


def _stated_totals(segment: Segment, numbers: list[NumberMatch]) -> Iterator[Warning]:
    """«2 a, 3 b, til sammen 6»: a total that comes after its parts in the same sentence."""
    for place, total in enumerate(numbers[:_MOST_PARTS]):
        before = segment.text[numbers[place - 1].end if place else segment.sentence(total.start)[0] : total.start]
        if total.unit is None or total.bound is not Bound.NONE or not _TOTAL.search(before):
            continue
        parts = [number for number in numbers[:place] if number.unit is total.unit and number.bound is Bound.NONE]
        if len(parts) < 2 or len(parts) != place or any(part.value >= total.value for part in parts):
            continue
        computed = sum(part.value for part in parts)
        if not same(computed, total.value, slack(segment.text, [*parts, total])):
            yield _warn(
                "sum-differs", total, parts, stated=total.value, computed=round(computed, 4), unit=total.unit.value
            )


def _shares(segment: Segment, numbers: list[NumberMatch], sentence: Span) -> Iterator[Warning]:
    """«fordelt på 14 % menn og 84 % kvinner»: shares after such words should make 100."""
    for match in _SPLIT.finditer(segment.text, *sentence):
        after = list(segment.numbers_in(match.end(), sentence[1])[:_MOST_PARTS])
        shares = [number for number in after if number.unit is Unit.PERCENT]
        if len(shares) < 2 or shares != after[: len(shares)] or any(number.points for number in shares):
            continue
        total = sum(number.value for number in shares)
        if not same(total, 100.0, slack(segment.text, shares)):
            yield _warn("shares-not-100", shares[0], shares[1:], computed=round(total, 4))


def _equations(segment: Segment, numbers: list[NumberMatch]) -> Iterator[Warning]:
    """«615 – 374 = 240»."""
    for first, second, result in zip(numbers, numbers[1:], numbers[2:], strict=False):
        sign = _EQUATION.fullmatch(segment.text[first.end : second.start])
        if not sign or not _EQUALS.fullmatch(segment.text[second.end : result.start]):
            continue
        value = first.value + second.value if sign["sign"] == "+" else first.value - second.value
        if not same(value, result.value, slack(segment.text, (first, second, result))):
            yield _warn(
                "sum-differs", result, (first, second), stated=result.value, computed=round(value, 4), unit="other"
            )


def _changes(segment: Segment, numbers: list[NumberMatch], sentence: Span) -> Iterator[Warning]:
    """«fra 120 til 150, en økning på 40» or «… på 35 %»."""
    for place, (first, second) in enumerate(pairwise(numbers)):
        text = segment.text
        if not _FROM.search(text[max(sentence[0], first.start - 12) : first.start]) or not _TO.match(
            text[first.end : second.start]
        ):
            continue
        for stated in numbers[place + 2 : place + 2 + _MOST_BETWEEN]:
            if _CHANGE.search(text[second.end : stated.start]):
                yield from _change(text, first, second, stated)
                break


def _change(text: str, first: NumberMatch, second: NumberMatch, stated: NumberMatch) -> Iterator[Warning]:
    difference = abs(second.value - first.value)
    relative = stated.unit is Unit.PERCENT and not stated.points and (first.unit is not Unit.PERCENT)
    if relative and not first.value:
        return
    computed = 100 * difference / abs(first.value) if relative else difference
    if not relative and stated.unit not in {first.unit, second.unit, None}:
        return
    spread = slack(text, (first, second))
    tolerance = rounding(text, stated) + (100 * spread / abs(first.value) * 2 if relative else spread)
    if not same(computed, abs(stated.value), tolerance):
        yield _warn("change-differs", stated, (first, second), stated=stated.value, computed=round(computed, 2))


_SHARE_OF = re.compile(r"^[^.;:\d]{0,30}\(?\s*(?:eller|dvs\.?|tilsvarer|utgjør|det er|=|,)?\s*(?:ca\.?\s+)?$", re.I)
_OF = re.compile(r"^\s+av\s+(?:de\s+|dei\s+|totalt\s+|i alt\s+)?$", re.I)


def _part_of_whole(segment: Segment) -> Iterator[Warning]:
    """«12 av 48 (30 %)»: a share that is not the part over the whole."""
    numbers = segment.numbers
    for part, whole, share in zip(numbers, numbers[1:], numbers[2:], strict=False):
        text = segment.text
        if share.unit is not Unit.PERCENT or not whole.value or part.value > whole.value:
            continue
        if not _OF.match(text[part.end : whole.start]) or not _SHARE_OF.match(text[whole.end : share.start]):
            continue
        computed = 100 * part.value / whole.value
        if not same(computed, share.value, rounding(text, share) + (1 if share.approx or part.approx else 0.01)):
            yield _warn("share-differs", share, (part, whole), stated=share.value, computed=round(computed, 2))


def _exceeded(segment: Segment) -> Iterator[Warning]:
    """«67 mill. totalt … 64 mill. for a og 39 mill. for b»: parts in the next sentence that exceed a stated total."""
    for place, total in enumerate(segment.numbers):
        if total.unit is not Unit.NOK or not _TOTAL_AFTER.match(segment.text[total.end : total.end + 30]):
            continue
        after = [number for number in segment.numbers[place + 1 : place + 1 + _MOST_PARTS]
                 if number.unit is total.unit]  # fmt: skip
        following = segment.sentence(after[0].start) if after else (0, 0)
        parts = [number for number in after if number.start < following[1] and number.bound is Bound.NONE]
        computed = sum(part.value for part in parts)
        largest = max((part.value for part in parts), default=0.0)
        if len(parts) >= 2 and largest < total.value < computed - slack(segment.text, [*parts, total]):
            yield _warn(
                "parts-exceed-total", total, parts, stated=total.value, computed=computed, unit=total.unit.value
            )


def _doubled(segment: Segment) -> Iterator[Warning]:
    """«24 000 000 mill.»: the number is whole already."""
    for number in segment.numbers:
        if number.doubled:
            written = " ".join(segment.text[number.start : number.end].split())
            yield _warn("doubled-unit", number, (), written=written, read_as=number.value)


def _list_sums(reading: Reading) -> Iterator[Warning]:
    """A lead-in with a total, and a list in which every item gives a part."""
    segments = reading.segments
    for place, lead in enumerate(segments):
        if lead.block.kind is BlockKind.TABLE or not lead.text[lead.start : lead.end].rstrip().endswith(":"):
            continue
        items = _items(segments[place + 1 : place + 1 + _LONGEST_LIST])
        totals = [number for number in lead.numbers if number.unit is not None and number.bound is Bound.NONE]
        if len(items) < _FEWEST_ITEMS or len(totals) != 1:
            continue
        parts = [part for item in items if (part := _part(item, totals[0].unit))]
        computed = sum(part.value for part in parts)
        if len(parts) == len(items) and not same(computed, totals[0].value, slack(lead.text, [*parts, totals[0]])):
            yield _warn(
                "sum-differs", totals[0], parts, stated=totals[0].value, computed=computed, unit=str(totals[0].unit)
            )


def _items(following: Sequence[Segment]) -> list[Segment]:
    """The items of the list that begins right here, at its own level; none of one that does not end here."""
    items: list[Segment] = []
    for segment in following:
        if segment.block.kind is not BlockKind.LIST_ITEM or (items and segment.block.page != items[0].block.page):
            return items
        if not items or segment.block.level == items[0].block.level:
            items.append(segment)
    return items if len(following) < _LONGEST_LIST else []


def _part(item: Segment, unit: Unit | None) -> NumberMatch | None:
    """The number that an item contributes: the one in its unit, else a bare one that opens it."""
    same_unit = [number for number in item.numbers if number.unit is unit]
    if same_unit:
        return same_unit[0]
    first = item.numbers[0] if item.numbers else None
    return first if first and first.unit is None and not item.text[item.start : first.start].strip() else None
