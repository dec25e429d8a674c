"""Numbers and dates in a sentence must stand in a passage it cites, with the same unit and the same bound."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from grunnmur.choices.citations.model import Fault, FaultCode
from grunnmur.kernel import Unit
from grunnmur.knowledge.language.dates import DateMatch, find_dates
from grunnmur.knowledge.language.nouns import counted
from grunnmur.knowledge.language.numbers import NumberMatch, find_numbers
from grunnmur.knowledge.language.spans import Span, overlaps
from grunnmur.knowledge.language.words import stem


class Side(StrEnum):
    """Which side of a number or a date is meant. «Fra» and «til» name an end without saying how far it holds."""

    EXACT = ""
    LEAST = "least"
    MOST = "most"
    FROM = "from"
    TO = "to"


_BOUNDS = {
    Side.LEAST: r"minst|over|mer enn|meir enn|flere enn|fleire enn|etter|siden|sidan|fra og med|frå og med|ikke under|"
    r"ikkje under",
    Side.MOST: r"høyst|høgst|maks|maksimalt|maksimum|inntil|under|mindre enn|færre enn|opptil|opp til|innen|innan|før|"
    r"senest|seinast|til og med|ikke over|ikkje over",
    Side.FROM: r"fra|frå",
    Side.TO: r"til|fram til|frem til|mot",
}
_BEFORE = re.compile(
    r"\b(?:" + "|".join(rf"(?P<{side}>{words})" for side, words in _BOUNDS.items()) + r")\s*(?:kr\.?\s*)?$",
    re.IGNORECASE,
)
_OPPOSITE = {
    Side.LEAST: {Side.MOST, Side.TO},
    Side.MOST: {Side.LEAST, Side.FROM},
    Side.FROM: {Side.MOST, Side.TO},
    Side.TO: {Side.LEAST, Side.FROM},
}
_ARTICLES = {"en", "et", "ei", "ein", "eit"}
_PARTS = re.compile(
    r"\b(?:halvpart\w*|halver\w*|halv(?:e|t)?|tredjedel\w*|tredel\w*|fjerdedel\w*|fjerdepart\w*|femtedel\w*|tidel\w*|"
    r"dobl\w*|dobbel\w*|dobbelt\w*|fordobl\w*|tredobl\w*|firedobl\w*|hver (?:andre|annen|tredje|fjerde|femte|tiende)|"
    r"kvar (?:andre|tredje|fjerde|femte|tiande))\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class _Number:
    """A number with what decides whether two are the same."""

    start: int
    end: int
    value: float
    unit: Unit | None
    side: Side


def number_faults(text: str, sources: Sequence[str], exempt: Sequence[Span] = ()) -> Iterator[Fault]:
    """Numbers in ``text`` that no source has. ``exempt`` spans are checked elsewhere (quotes, counts of plans)."""
    known = [number for source in sources for number in _numbers(source)]
    dates = [(match.start, match.end) for match in find_dates(text)]
    covered = [*exempt, *dates]
    for number in _numbers(text):
        span = (number.start, number.end)
        if overlaps(span, exempt):
            continue
        covered.append(span)
        yield from _number_fault(text, number, known)
    yield from _other_digits(text, sources, covered)
    yield from _parts(text, sources, exempt)


def date_faults(text: str, sources: Sequence[str], exempt: Sequence[Span] = ()) -> Iterator[Fault]:
    """Dates in ``text`` that no source has, also when the source has them with the opposite bound."""
    known = [(match, _side(source, match.start)) for source in sources for match in find_dates(source)]
    for match in find_dates(text):
        if overlaps((match.start, match.end), exempt):
            continue
        same = [side for other, side in known if _covers(other, match)]
        shown = {"written": text[match.start : match.end]}
        if not same:
            yield Fault(FaultCode.DATE, match.start, match.end, shown)
        elif _turned(_side(text, match.start), same):
            yield Fault(FaultCode.BOUND, match.start, match.end, shown)


def _number_fault(text: str, number: _Number, known: Sequence[_Number]) -> Iterator[Fault]:
    same = [other for other in known if other.value == number.value and _same_unit(number.unit, other.unit)]
    shown = {"written": text[number.start : number.end]}
    if not same:
        yield Fault(FaultCode.NUMBER, number.start, number.end, shown)
    elif _added(number.side, [other.side for other in same]) or _turned(number.side, [other.side for other in same]):
        yield Fault(FaultCode.BOUND, number.start, number.end, shown)


def _numbers(text: str) -> Iterator[_Number]:
    for match in find_numbers(text):
        if not _is_article(text, match):
            unit = match.unit or counted(text, match.end)[0]
            yield _Number(match.start, match.end, match.value, unit, _side(text, match.start))


def _is_article(text: str, match: NumberMatch) -> bool:
    return match.spelled and text[match.start : match.end].casefold() in _ARTICLES


def _same_unit(written: Unit | None, source: Unit | None) -> bool:
    """Money and percent need their unit; a source may leave the unit to a table's head, a sentence may not add one."""
    if written in {Unit.NOK, Unit.PERCENT} or source in {Unit.NOK, Unit.PERCENT}:
        return written == source
    return written == source or written is None or source is None


def _side(text: str, start: int) -> Side:
    match = _BEFORE.search(text, max(0, start - 24), start)
    return Side(match.lastgroup or "") if match else Side.EXACT


def _turned(written: Side, sources: Sequence[Side]) -> bool:
    """Whether every source has the bound the other way round."""
    opposite = _OPPOSITE.get(written, set())
    return bool(opposite) and all(side in opposite for side in sources)


def _added(written: Side, sources: Sequence[Side]) -> bool:
    """Whether the sentence says «minst» or «inntil» of a number that no source bounds that way."""
    return written in {Side.LEAST, Side.MOST} and written not in sources


def _covers(source: DateMatch, written: DateMatch) -> bool:
    """The same time, or a year or month of it: «2027» for «1. juni 2027», «2028» for «2018–2028»."""
    ends = source.iso.split("/")
    return written.iso == source.iso or any(end.startswith(written.iso) for end in ends)


def _other_digits(text: str, sources: Sequence[str], covered: Sequence[Span]) -> Iterator[Fault]:
    """Digits that are neither count nor date («4. trinn», «under 18 år») stand in a source as they are written."""
    known = [(match[0], _side(source, match.start())) for source in sources for match in _DIGITS.finditer(source)]
    for match in _DIGITS.finditer(text):
        if overlaps(match.span(), covered):
            continue
        same = [side for digits, side in known if digits == match[0]]
        if not same:
            yield Fault(FaultCode.NUMBER, *match.span(), {"written": match[0]})
        elif _turned(_side(text, match.start()), same):
            yield Fault(FaultCode.BOUND, *match.span(), {"written": match[0]})


def _parts(text: str, sources: Sequence[str], exempt: Sequence[Span]) -> Iterator[Fault]:
    known = {_part(match[0]) for source in sources for match in _PARTS.finditer(source)}
    for match in _PARTS.finditer(text):
        if not overlaps(match.span(), exempt) and _part(match[0]) not in known:
            yield Fault(FaultCode.NUMBER, *match.span(), {"written": match[0]})


def _part(words: str) -> str:
    """«halvere», «halvering» and «halvparten» say the same share."""
    return " ".join(stem(word)[:4].replace("kvar", "hver") for word in words.casefold().split())
