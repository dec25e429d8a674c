"""Money by year and positions that an action's own words or its table row state."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grunnmur.kernel import Unit
from grunnmur.knowledge.language.dates import DateMatch, find_dates
from grunnmur.knowledge.language.numbers import Bound, NumberMatch, find_numbers
from grunnmur.knowledge.model import Effect

MONEY_CUE = re.compile(
    r"effekt\b|\w*innspar\w*|\bspar\w*|besparelse\w*|gevinst\w*|kutt\w*|kost(?:nad\w*|er|ar)\b|utgift\w*|merutgift\w*|invester\w*"
    r"|bevilg\w*|løyv\w*|\w*inntekt\w*|\bredus\w*\b[^.;]{0,60}\bmed\b|ramme\b|finansier\w*|merkostnad\w*",
    re.IGNORECASE,
)
SAVING = re.compile(
    r"effekt\b|innspar\w*|\bspar\w*|besparelse\w*|gevinst\w*|kutt\w*|\bredus\w*|reduksjon\w*|nedtrekk|avvikl\w*|legg\w*\s+ned|mindre",
    re.IGNORECASE,
)
COST = re.compile(r"kost(?:nad\w*|er|ar)\b|invester\w*|bevilg\w*|løyv\w*|merutgift\w*", re.IGNORECASE)
RISING = re.compile(r"\b(?:økende|stigende|aukande|stigande|og\s+videre)\s+til\b", re.IGNORECASE)
YEARLY = re.compile(r"^\s*(?:,-)?\s*(?:/\s?år|per\s+år|pr\.?\s+år|i\s+året|årl[ie]g\w*)", re.IGNORECASE)
SCALES = (
    (re.compile(r"1[\s.]?000\s*kr|tusen\s+kr|hele\s+tusen|heile\s+tusen|\btkr\b|\bTNOK\b", re.IGNORECASE), 1e3),
    (re.compile(r"\bmill(?:\.|ioner|ionar)?\s*(?:kr|kroner)?|\bMNOK\b", re.IGNORECASE), 1e6),
)
ONCE = re.compile(
    r"\b(?:invester\w*|\w*investering|engangs\w*|eingongs\w*|salgs(?:sum|pris|inntekt)\w*|sals(?:sum|pris|inntekt)\w*|kjøpesum)\b"
    r"[^;.\d]*$",
    re.IGNORECASE,
)
BEFORE_BARE = re.compile(r"\b(?:spar\w*|kutt\w*|innspar\w*)\s+(?:ca\.?\s+|om\s+lag\s+)?$", re.IGNORECASE)
FROM_YEAR = re.compile(r"\s+(?:fra|frå|i)\s+(?:og\s+med\s+)?20\d\d\b", re.IGNORECASE)
LEAST_BARE = 10_000
NEAR_AFTER = 14
NEAR_BEFORE = 28
LEAST_MONEY = 1_000


def effects_of(words: str, *, always: bool = False) -> tuple[Effect, ...]:
    """Amounts in NOK with their years; savings are negative.

    An amount counts when a word of saving or cost stands in the text, when a year or «per år» is tied to it, or
    when ``always`` says that the place itself is for amounts (a cost column).
    """
    amounts = [number for number in find_numbers(words) if _is_amount(words, number)]
    years = [date for date in find_dates(words) if re.match(r"(?:19|20)\d\d", date.iso)]
    taken = [_year(words, amount, amounts, years) for amount in amounts]
    for index in range(len(amounts) - 1):
        rising = RISING.search(words, amounts[index].end, amounts[index + 1].start)
        if rising and taken[index] is None and taken[index + 1] is not None:
            taken[index] = int(taken[index + 1] or 0) - 1
    cue = MONEY_CUE.search(words) is not None
    return tuple(
        Effect(year, signed(words, amount.value))
        for amount, year in zip(amounts, taken, strict=True)
        if year is not None or YEARLY.match(words[amount.end :]) or always or (cue and not _is_once(words, amount))
    )


def _is_amount(words: str, number: NumberMatch) -> bool:
    """Money, also where no currency is written: «620 000 fra 2026», «Sparer 380 000»."""
    if number.unit is Unit.NOK:
        return abs(number.value) >= LEAST_MONEY
    if number.unit is not None or abs(number.value) < LEAST_BARE:
        return False
    saved = BEFORE_BARE.search(words, max(0, number.start - NEAR_BEFORE), number.start)
    return saved is not None or FROM_YEAR.match(words, number.end) is not None


def _is_once(words: str, number: NumberMatch) -> bool:
    """«investering 34,5 mill.», «engangsinntekt 21 mill.»: no money by year."""
    return ONCE.search(words, max(0, number.start - NEAR_BEFORE), number.start) is not None


def signed(words: str, value: float) -> float:
    """The amount as an effect: negative when the words speak of saving and not of cost, or when it is written so."""
    if value < 0 or COST.search(words) or not SAVING.search(words):
        return value
    return -value


def positions_of(words: str) -> float | None:
    """The number of positions, when the text gives exactly one that is no range."""
    found = [number for number in find_numbers(words) if number.unit is Unit.FTE]
    if len(found) != 1 or found[0].bound is not Bound.NONE:
        return None
    return abs(found[0].value)


def scale_of(words: str) -> float | None:
    """What bare amounts are multiplied with when a head or a note says «1 000 kroner» or «mill. kr»."""
    return next((scale for pattern, scale in SCALES if pattern.search(words)), None)


def _year(words: str, amount: NumberMatch, amounts: Sequence[NumberMatch], years: Sequence[DateMatch]) -> int | None:
    next_start = min((other.start for other in amounts if other.start > amount.start), default=len(words))
    last_end = max((other.end for other in amounts if other.end < amount.start), default=0)
    after = [year for year in years if amount.end <= year.start < min(next_start, amount.end + NEAR_AFTER)]
    if after:
        return after[0].year
    before = [
        year for year in years if max(last_end, amount.start - NEAR_BEFORE) <= year.start and year.end <= amount.start
    ]
    return before[-1].year if before else None
