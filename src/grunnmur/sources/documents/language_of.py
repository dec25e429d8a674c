"""Which of bokmål, nynorsk and English a text is written in."""

from __future__ import annotations

from functools import cache
from typing import Any

CODES = {"no": "nb", "nn": "nn", "en": "en"}
FEWEST_LETTERS = 60
MOST_CHARACTERS = 20_000


def language_of(text: str) -> str:
    """``nb``, ``nn`` or ``en``, or ``""`` when the text is too short to tell (py3langid, offline)."""
    sample = text[:MOST_CHARACTERS]
    if sum(character.isalpha() for character in sample) < FEWEST_LETTERS:
        return ""
    code, _ = _identifier().classify(sample)
    return CODES[code]


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(CODES))
    return identifier
