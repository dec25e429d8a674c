"""Acts that a text names though they have been replaced."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

import yaml

_YEAR = r"\s+(?:(?:av|frå|fra)\s+)?(?:\d{{1,2}}\.\s*\w+\s+)?{year}\b|\s+\({year}\)"
_OTHER_YEAR = re.compile(r"\s+(?:(?:av|frå|fra)\s+)?(?:\d{1,2}\.\s*\w+\s+)?\(?(?:1[89]|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Act:
    """A replaced act: its names, its year and number, and what followed ``since`` when.

    ``shared_name`` says that the successor is called the same.
    """

    names: tuple[str, ...]
    year: int
    number: str
    shared_name: bool
    successor: str
    since: date
    source: str


@dataclass(frozen=True, slots=True)
class NamedAct:
    """``text[start:end]`` names a replaced act."""

    act: Act
    start: int
    end: int


@lru_cache(maxsize=1)
def acts() -> tuple[Act, ...]:
    """Every act of the list."""
    rows = yaml.safe_load(files(__package__).joinpath("acts.yaml").read_text(encoding="utf-8"))
    return tuple(Act(**{**row, "names": tuple(row["names"])}) for row in rows)


def replaced_acts(text: str, today: date) -> tuple[NamedAct, ...]:
    """Acts named in the text that had been replaced on ``today``, in order, each once."""
    found: dict[str, NamedAct] = {}
    for match in _any_name().finditer(text):
        act, end = _meant(text, match)
        if act is not None and act.since <= today and act.number not in found:
            found[act.number] = NamedAct(act, match.start(), end)
    return tuple(sorted(found.values(), key=lambda named: named.start))


def _meant(text: str, match: re.Match[str]) -> tuple[Act | None, int]:
    """The act that a name stands for, and where the name ends; none when the one in force may be meant."""
    written = _folded(match.group())
    candidates = _by_name()[written]
    for act in candidates:
        year = re.compile(_YEAR.format(year=act.year)).match(text, match.end())
        if year:
            return act, year.end()
        if written == act.number.casefold():
            return act, match.end()
    if _OTHER_YEAR.match(text, match.end()):
        return None, match.end()
    return next((act for act in candidates if not act.shared_name), None), match.end()


@lru_cache(maxsize=1)
def _by_name() -> dict[str, list[Act]]:
    names: dict[str, list[Act]] = {}
    for act in acts():
        for name in (*act.names, act.number):
            names.setdefault(_folded(name), []).append(act)
    return names


@lru_cache(maxsize=1)
def _any_name() -> re.Pattern[str]:
    longest_first = sorted(_by_name(), key=len, reverse=True)
    forms = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest_first)
    return re.compile(rf"(?<![\w-])(?:{forms})(?!\w)", re.IGNORECASE)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
