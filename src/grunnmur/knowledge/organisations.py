"""Which organisational unit a figure is about: its own row or column, else the unit its page speaks of."""

from __future__ import annotations

import re

from grunnmur.knowledge.language.nouns import is_function_word
from grunnmur.knowledge.units import Units, is_unit_name

_KINDS = re.compile(
    r"(?:virksomhet|verksemd|avdeling|enhet|eining|seksjon|sektor|etat|område|tjeneste(?:n|r|ne)?|teneste(?:r|ne)?|skole|skule|"
    r"barnehage|barnehagemyndighet|sykehjem|sjukeheim|helsehus|omsorgssenter|kommune|legevakt|bibliotek|kontor(?:et)?|senter|"
    r"sentral|helsestasjon|stab|foretak|fylkeskommune|fellesfunksjoner|departement(?:et)?)$",
    re.I,
)
_MOST_WORDS = 6


class Organisations:
    """Answers which unit a figure is about."""

    def __init__(self, units: Units) -> None:
        self._units = units

    def of(self, offset: int, *labels: str) -> str | None:
        """The first label that names a unit («Virksomhet sykehjem», «Nordbyen skole»), else the unit of the page."""
        return next((label for label in labels if names_unit(label)), None) or self._units.at(offset)


def names_unit(label: str) -> bool:
    """Whether a row or column label is the name of a unit."""
    words = label.split()
    if not words or len(words) > _MOST_WORDS or not label[0].isupper() or re.search(r"\d", label):
        return False
    if is_unit_name(label):
        return True
    phrase = any(word != "og" and is_function_word(word) for word in words)
    return not phrase and bool(_KINDS.search(words[-1]))
