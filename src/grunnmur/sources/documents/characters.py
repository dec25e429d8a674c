"""One spelling for every character: composed letters, plain spaces, nothing invisible."""

from __future__ import annotations

import re
import unicodedata

PAGE_BREAK = "\f"
_LIGATURES = {ord(c): unicodedata.normalize("NFKC", c) for c in "ﬀﬁﬂﬃﬄﬅﬆĳĲ"}
_SPACES = dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_BREAKS = dict.fromkeys([0x0B, 0x85, 0x2028, 0x2029], "\n")
# Soft hyphen, zero-width characters, direction marks, controls, lone surrogates and Symbol-font code points.
_NOTHING = dict.fromkeys(
    [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF, 0xFFFE, 0xFFFF,
     *range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0),
     *range(0xD800, 0xE000), *range(0xF000, 0xF100)]
)  # fmt: skip
_TABLE = {**_NOTHING, **_SPACES, **_BREAKS, **_LIGATURES, 0x2011: "-", 0x0D: ""}
_RARE = re.compile("[" + "".join(map(re.escape, map(chr, sorted(_TABLE)))) + "]")  # most paragraphs have none
_BULLET = re.compile(r"\s*(?:(?P<glyph>[•◦▪▫■□●○‣⁃∙➢➤✓✔❖\uf000-\uf0ff])\s*|(?P<dash>[·o–-])\t\s*)(?=\S)")


def clean(text: str) -> str:
    """NFC text with ligatures as letters, runs of spaces as one, and line feeds, tabs and form feeds kept.

    Form feeds stand for page breaks inside a paragraph: the space around one is moved before it.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    if _RARE.search(text):
        text = text.translate(_TABLE)
    text = re.sub(r"  +", " ", unicodedata.normalize("NFC", text))
    if PAGE_BREAK in text:
        text = re.sub(r" ?(\f+) ?", lambda match: (" " if match[0] != match[1] else "") + match[1], text)
    if "\n" in text:
        text = re.sub(r"[ \t]*\n[ \t\n]*", "\n", text)
    return text.strip(" \t\n")


def fold(text: str) -> str:
    """Clean text with every run of white space as one space."""
    return " ".join(clean(text).split())


def typed_bullet(raw: str) -> tuple[str, str] | None:
    """Bullet and rest of a paragraph whose list bullet was typed by hand, else ``None``."""
    match = _BULLET.match(raw)
    if match is None:
        return None
    glyph = match["glyph"] or match["dash"]
    return ("•" if glyph >= "\uf000" else glyph), raw[match.end() :]
