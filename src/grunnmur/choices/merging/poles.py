"""Where a text puts itself at a pole («reduseres», «i gruppe», «gratis»), and what it says so about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from grunnmur.choices.merging.opposites import CHARGE, POLES
from grunnmur.knowledge.language.spans import Span

_REJECTED: Final = re.compile(
    r"\b(?:ikke|ikkje|aldri|framfor|fremfor|heller\s+enn|i\s+stedet\s+for|i\s+staden\s+for|unngå(?:\s+å)?|uten\s+å|utan\s+å)"
    r"\s+(?:\S+\s+){0,2}$",
    re.IGNORECASE,
)
# «Hjelp til å kjøpe»: what somebody else does, with help.
_OF_OTHERS: Final = re.compile(
    r"\b(?:hjelp\w*|støtte|mulighet|moglegheit|råd|\w*lån|veiledning|rettleiing)\s+(?:til|om)\s+(?:å\s+)?$",
    re.IGNORECASE,
)
_BREAK: Final = re.compile(
    r"[,;:(–]|\b(?:for\s+å|framfor|fremfor|slik\s+at|når|dersom|hvis|som|innen|innan|fra|frå|med|til|under|hos|gjennom|etter|uten|utan)\b",
    re.IGNORECASE,
)
_OF_CHARGES: Final = re.compile(rf"{CHARGE}(?!\w)", re.IGNORECASE)


_AMOUNTS: Final = frozenset({"more", "less"})
_PRICES: Final = frozenset({"dear", "cheap"})
# Verbs that do something to one thing; the other poles say how all of it is.
_ACTS: Final = _AMOUNTS | {"end", "start", "sell", "buy", "outside", "inside", "allow", "forbid"}


@dataclass(frozen=True, slots=True)
class Pole:
    """``text[start:end]`` puts the text at a pole; ``about`` are the stretches that say about what."""

    name: str
    start: int
    end: int
    about: tuple[Span, ...]


@lru_cache(maxsize=100_000)
def find_poles(text: str) -> tuple[Pole, ...]:
    """Each pole that the text is at, once. More or less of a charge is about what it costs, not how much there is."""
    return tuple(_poles(text))


def _poles(text: str) -> Iterator[Pole]:
    for name, pattern in POLES.items():
        for match in pattern.finditer(text):
            before = text[: match.start()]
            if _REJECTED.search(before) or (name in _ACTS and _OF_OTHERS.search(before)):
                continue
            about = _spans(name, text, match)
            if name in _AMOUNTS and any(_OF_CHARGES.search(text, *span) for span in about):
                continue
            yield Pole(name, match.start(), match.end(), about)
            break


def _spans(name: str, text: str, match: re.Match[str]) -> tuple[Span, ...]:
    if name in _PRICES:
        return tuple(_without_charges(text))
    if name in _ACTS:
        return (_about(text, match),)
    return (0, match.start()), (match.end(), len(text))


def _without_charges(text: str) -> Iterator[Span]:
    done = 0
    for match in _OF_CHARGES.finditer(text):
        yield done, match.start()
        done = match.end()
    yield done, len(text)


def _about(text: str, match: re.Match[str]) -> Span:
    """What stands before a passive («X reduseres»), else what follows («Selge X»)."""
    before = text[: match.start()]
    passive = re.search(r"(?:es|ast|ned|opp)$", match.group().casefold()) and len(before.split()) > 0
    if passive:
        return 0, match.start()
    after = _BREAK.search(text, match.end())
    end = after.start() if after else len(text)
    if len(text[match.end() : end].split()) >= 1:
        return match.end(), end
    return 0, len(text)
