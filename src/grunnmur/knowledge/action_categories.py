"""Where an action finds its room, when the document says so by a letter («A», «Kat. B») or in short («(eff.)»)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from grunnmur.knowledge.cues import category_of
from grunnmur.knowledge.model import ActionCategory, Effect
from grunnmur.knowledge.outline import Item
from grunnmur.knowledge.passages import Stretch
from grunnmur.sources.documents.model import Document

CATEGORY_HEAD = re.compile(r"kat(?:egori)?\b\.?|type\b|gruppe\b", re.IGNORECASE)
_WORD = r"(?:effektiv|service|tjeneste|teneste|smart|struktur|produktiv)[^\W\d_]*(?:\s+drift)?"
_DEFINED = re.compile(rf"(?<![\w.])(?P<letter>[A-E1-3])(?:\s*[=:.)–-]\s*|[^\S\n]+)(?P<word>{_WORD})", re.IGNORECASE)
_LETTER = re.compile(r"(?P<letter>[A-E1-3])[.)]?", re.IGNORECASE)
_LAST_LETTER = re.compile(r"\s+(?P<letter>[A-E])$")
_NOTE = re.compile(
    r"\s*\((?:kat(?:egori)?\.?\s*)?(?P<kind>eff(?:ekt)?\.?|effektivi?ser\w*|serv\.?|service(?:nivå)?|(?:tjeneste|teneste)nivå"
    r"|str(?:ukt)?\.?|struktur\w*)\)",
    re.IGNORECASE,
)  # fmt: skip
_SHORT = {"e": ActionCategory.EFFICIENCY, "st": ActionCategory.STRUCTURE}
_FEWEST = 2


class Categories:
    """What the letters of one document stand for: «A Effektivisering», «B Servicenivå», «C Struktur»."""

    def __init__(self, document: Document) -> None:
        self._letters = _defined(document.text)

    def of_letter(self, words: str) -> ActionCategory | None:
        """The category that a letter alone stands for («A», «B.»)."""
        match = _LETTER.fullmatch(words.strip())
        return self._letters.get(match["letter"].upper()) if match else None

    def of_item(self, item: Item, words: str) -> ActionCategory | None:
        """What the action itself says, in parentheses or by the letter it is listed with."""
        note = _NOTE.search(words)
        return _of_note(note["kind"]) if note else self.of_letter(item.block.marker)

    def last_letter(self, stretch: Stretch) -> tuple[Stretch, ActionCategory | None]:
        """«Ny turnus A»: the words without the letter that ends them, and what it stands for."""
        match = _LAST_LETTER.search(stretch.flat)
        kind = self._letters.get(match["letter"]) if match else None
        return (stretch.part(0, match.start()), kind) if match and kind else (stretch, None)


def without_note(stretch: Stretch) -> Stretch:
    """The words before «(eff.)», or all of them."""
    note = _NOTE.search(stretch.flat)
    return stretch.part(0, note.start()) if note and note.start() > 0 else stretch


def as_savings(effects: tuple[Effect, ...], category: ActionCategory | None, costs: bool) -> tuple[Effect, ...]:
    """Where the action says that room is found, its amounts are savings, unless the words say that it ``costs``."""
    if category is None or costs:
        return effects
    return tuple(Effect(effect.year, -abs(effect.nok)) for effect in effects)


@cache
def _of_note(kind: str) -> ActionCategory | None:
    found = category_of(kind)
    short = kind.casefold()
    return found or next(
        (one for begin, one in _SHORT.items() if short.startswith(begin)), ActionCategory.SERVICE_LEVEL
    )


def _defined(text: str) -> Mapping[str, ActionCategory]:
    """The letters with one meaning each, when at least two have different ones."""
    meanings: dict[str, set[ActionCategory]] = {}
    for match in _DEFINED.finditer(text):
        if kind := category_of(match["word"]):
            meanings.setdefault(match["letter"].upper(), set()).add(kind)
    clear = {letter: min(kinds) for letter, kinds in meanings.items() if len(kinds) == 1}
    return clear if len(set(clear.values())) >= _FEWEST else {}
