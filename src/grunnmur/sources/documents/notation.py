"""Cell values as a Norwegian reader sees them: «12,5 %», «kr 450 000», «15.01.2024», «januar 2024»."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

GENERAL = "General"
LARGEST = 1e15  # beyond this a sheet's numbers are no longer exact
_MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip
# Quoted text, an escaped letter, room for a letter, a filler, a currency or locale, a colour or condition.
_PIECE = re.compile(r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<sign>[^\]-]*)[^\]]*\]|\[[^\]]*\]')
_DIGITS = re.compile(r"[#0?][#0?,. ]*")
_TIME = re.compile(r"[hs]|\[m", re.I)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """How a number format shows a number."""

    before: str
    after: str
    width: int
    """Digits before the comma, at least: municipality code 709 is written 0709."""
    decimals: int
    fewest: int
    grouped: bool
    scale: Decimal


def shown(value: object, number_format: str = GENERAL) -> str:
    """The value as text. Numbers follow the format's decimals, grouping, percent and currency; ``None`` is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "SANN" if value else "USANN"
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
        return _moment(value, number_format)
    return str(value)


def _number(value: float, number_format: str) -> str:
    if not math.isfinite(value):
        return ""
    pattern = _pattern(number_format)
    if pattern is None or abs(value) >= LARGEST:
        return _plain(value)
    exact = Decimal(repr(value)) * pattern.scale
    rounded = exact.quantize(Decimal(1).scaleb(-pattern.decimals), ROUND_HALF_UP)
    whole, _, fraction = (f"{rounded:,f}" if pattern.grouped else f"{rounded:f}").partition(".")
    needed = fraction[: pattern.fewest] + fraction[pattern.fewest :].rstrip("0")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    text = sign + digits.replace(",", " ").zfill(pattern.width) + ("," + needed if needed else "")
    return f"{pattern.before}{text if rounded else text.lstrip('-')}{pattern.after}".strip()


def _plain(value: float) -> str:
    """Without a format: up to ten significant digits, as a sheet shows a number in an ordinary cell."""
    if float(value).is_integer() or abs(value) >= 1e9:
        return str(round(value)) if abs(value) < LARGEST else f"{value:.10g}".replace(".", ",")
    text = f"{Decimal(f'{value:.10g}'):f}"
    return text.rstrip("0").rstrip(".").replace(".", ",") if "." in text else text


@lru_cache(maxsize=1024)
def _pattern(number_format: str) -> _Pattern | None:
    """The part of the format for positive numbers; ``None`` when it has no plain place for digits.

    The sign always comes from the value: a format that shows negative numbers in red or in brackets must not lose it.
    """
    section = re.sub(r"\[(?:[<>=][^\]]*|Red|Black|Blue|Green|Color\d+)\]", "", number_format, flags=re.I).split(";")[0]
    if section.strip().lower() in ("", "general", "@") or re.search(r"E[+-]|/", section, re.I):
        return None
    bare = _PIECE.sub(_literal, section)
    digits = _DIGITS.search(bare)
    if digits is None:
        return None
    before, after = bare[: digits.start()], bare[digits.end() :]
    whole, _, fraction = digits[0].partition(".")
    thousands = len(digits[0].rstrip()) - len(digits[0].rstrip().rstrip(","))
    percent = "%" in before + after
    return _Pattern(
        before=_spaced(before, left=True),
        after=_spaced(after, left=False) if after.strip() else "",
        width=whole.count("0"),
        decimals=min(15, sum(fraction.count(sign) for sign in "0#?")),
        fewest=fraction.count("0"),
        grouped=bool(re.search(r"[#0?][, ]+[#0?]", whole)),
        scale=Decimal(100 if percent else 1) / Decimal(1000) ** thousands,
    )


def _literal(match: re.Match[str]) -> str:
    """What a piece of the format shows; digits and signs of the format language in it are no longer wanted."""
    text = match["quoted"] or match["escaped"] or match["sign"] or ""
    return re.sub(r"[#0?,.]", lambda m: m[0] if m[0] == "." and len(text) > 1 else "", text)


def _spaced(text: str, *, left: bool) -> str:
    """«kr» and «%» stand apart from the number, a sign or bracket of the format does not stand at all."""
    words = " ".join(re.sub(r"[-+()]", "", text).split())
    if not words:
        return ""
    return f"{words} " if left else f" {words}"


def _moment(value: dt.datetime | dt.date | dt.time | dt.timedelta, number_format: str) -> str:
    if isinstance(value, dt.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{'-' if minutes < 0 else ''}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    form = _PIECE.sub(lambda match: match[0] if _TIME.match(match[0]) else "", number_format.split(";")[0]).lower()
    if isinstance(value, dt.datetime) and (value.hour or value.minute):
        return f"{value:%d.%m.%Y %H:%M}"
    if "d" in form or not form.strip() or form == "general":
        return f"{value:%d.%m.}{value.year:04d}"
    if "m" in form:
        return f"{_MONTHS[value.month - 1]} {value.year}"
    return str(value.year)
