"""Norwegian numbers as written: money, percentages, positions, counts, ranges, words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from grunnmur.kernel import Unit
from grunnmur.knowledge.language.dates import find_dates, spans_of
from grunnmur.knowledge.language.nouns import counted
from grunnmur.knowledge.language.references import find_ages, find_citations, find_footnote_marks, find_names
from grunnmur.knowledge.language.spans import blank


class Bound(StrEnum):
    """Which end of a range a number is."""

    NONE = ""
    LOW = "low"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class NumberMatch:
    """``text[start:end]`` is the number with currency, scale and unit as written.

    ``value`` is in whole units (NOK in full; 13.08 for «13,08 %»). ``unit`` is None when the text next to the number
    does not say. ``scale`` is what «mill.» and the like multiplied with, ``spelled`` a number in words, ``noun`` where
    the counted noun ends (``end`` when there is none), ``of`` the second number in «8 av 10».
    """

    start: int
    end: int
    value: float
    unit: Unit | None = None
    approx: bool = False
    bound: Bound = Bound.NONE
    scale: float = 1.0
    spelled: bool = False
    points: bool = False
    doubled: bool = False
    of: float | None = None


_SCALES = {
    "tusen": 1e3, "mill": 1e6, "million": 1e6, "millionar": 1e6, "millioner": 1e6, "mnok": 1e6,
    "mrd": 1e9, "milliard": 1e9, "milliarder": 1e9, "milliardar": 1e9, "tnok": 1e3, "tkr": 1e3, "t.kr": 1e3,
}  # fmt: skip
_BELOW_TWENTY = (
    "null", "en", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv", "tretten", "fjorten",
    "femten", "seksten", "sytten", "atten", "nitten",
)  # fmt: skip
_TENS = {"tjue": 20, "tretti": 30, "førti": 40, "femti": 50, "seksti": 60, "sytti": 70, "åtti": 80, "nitti": 90}
_WORDS: dict[str, float] = {word: float(value) for value, word in enumerate(_BELOW_TWENTY)}
_WORDS |= dict.fromkeys(("ein", "ei", "eit", "ett", "et", "én", "éin", "éi", "éitt"), 1.0)
_WORDS |= {"syv": 7.0, "halvannen": 1.5, "halvanna": 1.5, "hundre": 100.0, "tusen": 1000.0}
_WORDS |= {word: float(value) for word, value in _TENS.items()}
_WORDS |= {ten + unit: float(_TENS[ten] + n) for ten in _TENS for n, unit in enumerate(_BELOW_TWENTY[1:10], 1)}
_ARTICLES = frozenset({"en", "ein", "ei", "et", "eit", "ett"})
_HALVES = {"½": 0.5, "¼": 0.25, "¾": 0.75}

# A row of a table («118,4 176 104,2») holds no thousands right after a decimal number.
_AFTER_DECIMALS = r"(?<!,\d[ \u00a0\u202f\u2009])(?<!,\d\d[ \u00a0\u202f\u2009])"
_DIGITS = (
    r"(?:\d{1,3}(?:\.\d{3})+(?!\d)"
    rf"|{_AFTER_DECIMALS}"
    r"\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3}(?!\d)){1,3}(?![ \u00a0\u202f\u2009]\d{3}(?!\d))|\d+)"
    r"(?:,\d{1,4}(?!\d)|,\s\d{1,2}(?=\s?%)|\.\d{1,2}(?![\d.])(?=\s?(?:%|prosent|pst|mill|mrd|årsverk|stilling)))?"
)
_FRACTION = r"(?:\s?[½¼¾])?"
_SCALE = r"(?:milliard(?:er|ar)?|mrd\.?|million(?:er|ar)?|mill\.?|MNOK|tusen|tkr|t\.\s?kr|TNOK)(?![a-zæøå])\.?"
_WORD_ALTERNATIVES = "|".join(sorted(_WORDS, key=len, reverse=True))
_SPELLED = rf"(?:{_WORD_ALTERNATIVES})(?:[ ](?:hundre|tusen))?(?![\w-])"
_CURRENCY = r"(?:t\.?\s?kr|tnok|mnok|kr|nok|kroner)(?![a-zæøå])\.?\s*"

_NUMBER = re.compile(
    rf"(?<![\w§])(?<!\d[/.,])(?P<currency>{_CURRENCY})?(?P<sign>[-–−+](?=\d)|[-–−]\s(?=\d))?"
    rf"(?P<digits>{_DIGITS}{_FRACTION}|[½¼¾])(?:\.(?=\s*(?:mill|mrd)|\s[a-zæøå]+[ae]r\b))?"
    rf"(?:\s*(?P<scale>{_SCALE}))?(?P<money>\s*,-|['’](?![^\W\d_])|\s*(?:kroner|kr|NOK)(?![a-zæøå])(?:\.(?=\s))?)?"
    rf"(?:\s*(?P<percent>%|prosentpoeng|prosentpoint|prosenteining\w*|prosent|pst\.?)(?:\s?-?\s?poeng)?(?![a-zæøå]))?"
    rf"|(?<!\w)(?P<words>{_SPELLED})(?:\s+(?P<wscale>{_SCALE}))?(?P<wmoney>\s*(?:kroner|kr)(?![a-zæøå]))?"
    rf"(?:\s*(?P<wpercent>prosentpoeng|prosent))?",
    re.I,
)
_APPROX = re.compile(
    r"(?:\b(?:ca|circa|cirka|om ?lag|omtrent|rundt|kring|over|godt over|nesten|nær|under|inntil|opptil|opp til|opp mot|"
    r"i overkant av|i underkant av|mer enn|meir enn|mindre enn|færre enn|minst|minimum|maks|maksimalt|drøyt|knapt|"
    r"anslagsvis|tilnærmet)|~)\.?\s*(?:kr\.?\s*)?$",
    re.I,
)
_POSITION = re.compile(r"\s?-?stilling(?:er|ar)?\b", re.I)  # «50 % stilling» is half a position
_RANGE = re.compile(r"\s*(?:[-–—]|til|til og med)\s*", re.I)
_SHARED = re.compile(r"\s*(?:[-–—/]|til|til og med|og|eller|evt\.?|evt\.? til)\s*", re.I)
_RANGE_AND = re.compile(r"\s*og\s*", re.I)
_BESIDE = re.compile(r"\s*\(")
_SAME_MEASURE = re.compile(r"[\s\x00]+(?:(?:samme|same)\s|\x00|i\s+fjor\b)", re.I)
_OUT_OF = re.compile(r"\s+av\s+(?:de\s+|dei\s+)?", re.I)


def find_numbers(text: str) -> list[NumberMatch]:
    """Every number that may count something, in order of appearance.

    Dates, ages, list marks, paragraphs, case numbers, telephones and other numbers that name things are left out.
    """
    spans = [*find_citations(text), *find_footnote_marks(text), *find_names(text), *find_ages(text)]
    spans += spans_of(find_dates(text, "2000"))
    open_text = blank(text, [span for span in spans if not _is_month_word(text, span)])
    found = [number for match in _NUMBER.finditer(open_text) if (number := _read(open_text, match))]
    return list(_related(open_text, found))


def parse_number(text: str) -> float | None:
    """The value of a text that is nothing but a number («1 250 000», «-3,5 mill.»), else None."""
    match = _NUMBER.fullmatch(text.strip())
    number = _read(match.string, match) if match else None
    return number.value if number else None


def _is_month_word(text: str, span: tuple[int, int]) -> bool:
    return not any(character.isdigit() for character in text[slice(*span)])


def _read(text: str, match: re.Match[str]) -> NumberMatch | None:
    if match["words"]:
        return _read_words(text, match)
    value = _digits_value(match["digits"])
    scale = _scale_of(match["scale"]) * _scale_of_currency(match["currency"])
    if match["money"] in {"'", "’"}:  # «400'» is 400 000 kroner
        scale *= 1000
    doubled = scale > 1 and value >= 1e5
    if not doubled:
        value *= scale
    if match["sign"] and match["sign"].strip() != "+" and _is_minus(text, match):
        value = -value
    start = match.start("sign") if value < 0 and not match["currency"] else match.start("digits")
    start = match.start("currency") if match["currency"] else start
    money = bool(match["currency"] or match["money"]) or _is_money_scale(match["scale"])
    found = NumberMatch(
        start, match.end(), round(value, 6), scale=scale, doubled=doubled, approx=_is_approx(text, start),
        points=bool(match["percent"]) and "p" in match["percent"].lower() and "po" in match["percent"].lower(),
    )  # fmt: skip
    return _with_unit(text, found, money, match["percent"])


def _read_words(text: str, match: re.Match[str]) -> NumberMatch | None:
    first, *more = match["words"].lower().split()
    if first in _ARTICLES and not (match["wscale"] or match["wpercent"] or more):
        return None
    value = _WORDS[first] * (_WORDS[more[0]] if more else 1.0)
    scale = _scale_of(match["wscale"])
    found = NumberMatch(
        match.start(), match.end(), value * scale, scale=scale, spelled=True, approx=_is_approx(text, match.start()),
        points=(match["wpercent"] or "").lower() == "prosentpoeng",
    )  # fmt: skip
    return _with_unit(text, found, bool(match["wmoney"]) or scale >= 1e6, match["wpercent"])


def _with_unit(text: str, found: NumberMatch, money: bool, percent: str | None) -> NumberMatch:
    if percent:
        if position := _POSITION.match(text, found.end):
            return replace(found, unit=Unit.FTE, value=round(found.value / 100, 6), end=position.end())
        return replace(found, unit=Unit.PERCENT)
    unit, end = counted(text, found.end)
    if (
        unit
        and not text[found.start : found.end].lower().rstrip(" .,-").endswith(("kr", "kroner", "nok"))
        and not text[found.start : found.end].endswith(",-")
    ):
        return replace(found, unit=unit, end=end)
    return replace(found, unit=Unit.NOK) if money else found


def _digits_value(written: str) -> float:
    half = sum(_HALVES.get(character, 0.0) for character in written)
    plain = re.sub(r"[\s\u00a0\u202f½¼¾]", "", written)
    if not plain:
        return half
    plain = re.sub(r"\.(?=\d{3}(?:\D|$))", "", plain).replace(",", ".")
    return float(plain) + half


def _scale_of(word: str | None) -> float:
    if not word:
        return 1.0
    return _SCALES[re.sub(r"\s", "", word.lower()).rstrip(".")]


def _scale_of_currency(word: str | None) -> float:
    return _SCALES.get(re.sub(r"\s", "", word.lower()).rstrip("."), 1.0) if word else 1.0


def _is_money_scale(word: str | None) -> bool:
    """«mill.» and «mrd.» without a noun are kroner in a municipality's papers; «tusen» is not."""
    return word is not None and not word.lower().startswith("tusen")


def _is_minus(text: str, match: re.Match[str]) -> bool:
    """A stroke is a minus when it touches the number, or stands alone after a colon or an opening parenthesis."""
    at = match.start("sign")
    before = text[max(0, at - 3) : at].rstrip(" \t")
    if match["sign"] != match["sign"].strip():
        return before.endswith((":", "(", "="))
    return not before or not (before[-1].isdigit() or before[-1] == "%")


def _is_approx(text: str, start: int) -> bool:
    return bool(_APPROX.search(text[max(0, start - 24) : start]))


def _related(text: str, found: list[NumberMatch]) -> Iterator[NumberMatch]:
    """Mark the two ends of ranges and the parts of «8 av 10»."""
    place = 0
    while place < len(found):
        pair = found[place : place + 2]
        between = text[pair[0].end : pair[1].start] if len(pair) == 2 else ""
        if len(pair) == 2 and _is_range(text, pair[0], pair[1], between):
            yield from _range(pair[0], pair[1])
            place += 2
        elif len(pair) == 2 and _OUT_OF.fullmatch(between) and pair[0].value <= pair[1].value and not pair[0].unit:
            yield replace(pair[0], of=pair[1].value)
            place += 1
        elif len(pair) == 2 and _measures_alike(text, pair[0], pair[1], between):
            yield pair[0]
            found[place + 1] = replace(
                pair[1], unit=pair[0].unit, value=round(pair[1].value * pair[0].scale, 6), scale=pair[0].scale
            )
            place += 1
        elif len(pair) == 2 and _shares_unit(pair[0], pair[1], between):
            yield replace(pair[0], unit=pair[1].unit, value=pair[0].value * pair[1].scale, scale=pair[1].scale)
            place += 1
        else:
            yield pair[0]
            place += 1


def _is_range(text: str, low: NumberMatch, high: NumberMatch, between: str) -> bool:
    joined = bool(_RANGE.fullmatch(between))
    if not joined and re.search(r"\bmellom\s+(?:kr\.?\s*)?$", text[max(0, low.start - 12) : low.start], re.I):
        joined = bool(_RANGE_AND.fullmatch(between))
    elif joined and re.search(r"\bfra\s+(?:kr\.?\s*)?$", text[max(0, low.start - 8) : low.start], re.I):
        return False
    same = low.unit is None or low.unit is high.unit or (high.unit is None and low.unit is Unit.NOK)
    return joined and same and low.value <= _scaled(low, high) and (high.value > 0)


def _shares_unit(low: NumberMatch, high: NumberMatch, between: str) -> bool:
    """«fra 12 til 15 plasser»: the unit stands once."""
    return low.unit is None and high.unit is not None and low.scale == 1.0 and bool(_SHARED.fullmatch(between))


def _measures_alike(text: str, first: NumberMatch, second: NumberMatch, between: str) -> bool:
    """«3,85 mill. (2,1 samme periode i fjor)»: the same amount at another time, its scale written once."""
    bare = second.unit is None and second.scale == 1.0 and first.scale > 1 and second.value < first.value
    return bare and bool(_BESIDE.fullmatch(between) and _SAME_MEASURE.match(text, second.end))


def _scaled(low: NumberMatch, high: NumberMatch) -> float:
    return high.value if low.scale == high.scale or low.scale == 1.0 else high.value * low.scale


def _range(low: NumberMatch, high: NumberMatch) -> tuple[NumberMatch, NumberMatch]:
    value = low.value * high.scale if low.scale == 1.0 and low.unit is None else low.value
    approx = low.approx or high.approx
    first = replace(
        low, value=value, unit=low.unit or high.unit, scale=max(low.scale, high.scale), bound=Bound.LOW, approx=approx
    )
    return first, replace(high, unit=high.unit or low.unit, bound=Bound.HIGH, approx=approx)
