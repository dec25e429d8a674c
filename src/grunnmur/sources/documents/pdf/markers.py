"""List markers, heading numbers, captions and page numbers as they are written."""

from __future__ import annotations

import re
from typing import NamedTuple

_BULLET = re.compile(r"([●○■□•▪▫‣◦⁃∙·–—*➢➤►▶✓✔»→❖\-])\s+(?=\S)")
_HOLLOW = re.compile(r"(o)\s+(?=[A-ZÆØÅ])")  # Word's second level is the letter o in another font
_NUMBER = re.compile(r"(\(?(?:\d{1,2}|[a-zæøå]|[ivx]{1,4})[.)])(?:\s+(?=\S)|(?=[A-ZÆØÅ][a-zæøå]))")
_HEADING_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=\S*[A-ZÆØÅa-zæøå])")
_CAPTION = re.compile(r"(?:Figur|Tabell|Bilde|Kart|Diagram|Illustrasjon|Foto|Figure|Table)\s*\d*\s*[.:–—-]?\s", re.I)
_POINTING = re.compile(r"(?:viser|under|over|nedenfor|ovenfor|gir|syner|er)\b")
_PAGE_NUMBER = re.compile(r"(?:side|s\.|page)?\s*\d{1,3}\s*(?:(?:av|of|/|\|)\s*\d{1,4})?\s*\|?", re.I)
_CONTENTS = re.compile(r".*\s…\s*\d{1,4}$")


class Marked(NamedTuple):
    """A list marker and the text after it."""

    marker: str
    rest: str
    numbered: bool


def marker_of(text: str) -> Marked | None:
    """The list marker that begins the text, if any."""
    if found := _BULLET.match(text) or _HOLLOW.match(text):
        return Marked(found[1], text[found.end() :], False)
    if found := _NUMBER.match(text):
        return Marked(found[1], text[found.end() :], True)
    return None


def heading_depth(text: str) -> int:
    """Levels in a heading's number: 2 for «3.1 Mål», 0 without a number."""
    found = _HEADING_NUMBER.match(text)
    return found[1].count(".") + 1 if found else 0


def is_caption(text: str) -> bool:
    """«Tabell 3: …» and the like, but not «Tabell 3 viser …»."""
    found = _CAPTION.match(text)
    if not found or len(text) > 250:
        return False
    numbered = any(character.isdigit() for character in found[0]) or found[0].rstrip().endswith((":", ".", "–"))
    return numbered and not _POINTING.match(text[found.end() :])


def is_page_number(text: str) -> bool:
    """«12», «Side 3 av 10», «3 | »."""
    return _PAGE_NUMBER.fullmatch(text.strip()) is not None


def is_contents_line(text: str) -> bool:
    """A line of a table of contents: title, dots, page number."""
    return _CONTENTS.match(text) is not None
