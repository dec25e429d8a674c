"""The paragraphs of a text frame on a slide: text, depth and list marker, bullets inherited as PowerPoint does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grunnmur.sources.documents.characters import clean
from grunnmur.sources.documents.charts import A
from grunnmur.sources.documents.numerals import BULLET, numeral
from grunnmur.sources.documents.office import Element, local_name

_NUMBERS = re.compile(r"(arabic|alphaLc|alphaUc|romanLc|romanUc)(Period|ParenR|ParenBoth|Plain)")
_FORMS = {
    "arabic": "decimal", "alphaLc": "lowerLetter", "alphaUc": "upperLetter",
    "romanLc": "lowerRoman", "romanUc": "upperRoman",
}  # fmt: skip
_WRITTEN = {"Period": "{}.", "ParenR": "{})", "ParenBoth": "({})", "Plain": "{}"}


@dataclass(frozen=True, slots=True)
class SlideParagraph:
    """``level`` is the depth from 1; ``marker`` is empty outside lists; ``size`` is the largest font size set here."""

    text: str
    level: int
    marker: str
    size: int


def paragraph_text(paragraph: Element) -> str:
    """Runs, fields and line breaks of an ``a:p`` as one text."""
    pieces: list[str] = []
    for child in paragraph:
        name = local_name(child)
        if name in ("r", "fld"):
            pieces.append(child.findtext(f"{A}t") or "")
        elif name == "br":
            pieces.append("\n")
    return clean("".join(pieces))


def paragraphs_of(body: Element, inherited: Sequence[Element]) -> Iterator[SlideParagraph]:
    """Paragraphs with text in a ``txBody``; ``inherited`` are the list styles behind it, nearest first."""
    own = body.find(f"{A}lstStyle")
    styles = [*([own] if own is not None else []), *inherited]
    counts: dict[int, int] = {}
    for paragraph in body.iterfind(f"{A}p"):
        text = paragraph_text(paragraph)
        if not text:
            continue
        properties = paragraph.find(f"{A}pPr")
        level = int(properties.get("lvl") or 0) if properties is not None else 0
        bullet = _bullet(properties, level, styles)
        yield SlideParagraph(text, level + 1, _marker(bullet, level, counts), _size(paragraph))


def _bullet(properties: Element | None, level: int, styles: Sequence[Element]) -> Element | None:
    """The nearest setting that says which bullet this level has."""
    settings = [properties, *(style.find(f"{A}lvl{level + 1}pPr") for style in styles)]
    for setting in settings:
        for child in setting if setting is not None else ():
            if local_name(child) in ("buNone", "buChar", "buAutoNum", "buBlip"):
                return child
    return None


def _marker(bullet: Element | None, level: int, counts: dict[int, int]) -> str:
    """The marker, counting numbered paragraphs; a paragraph without number ends the count at its level."""
    for deeper in [key for key in counts if key > level]:
        del counts[deeper]
    name = local_name(bullet) if bullet is not None else "buNone"
    if bullet is None or name != "buAutoNum":
        counts.pop(level, None)
        return "" if name == "buNone" else BULLET
    counts[level] = counts.get(level, int(bullet.get("startAt") or 1) - 1) + 1
    match = _NUMBERS.fullmatch(bullet.get("type") or "")
    form, written = (_FORMS[match[1]], _WRITTEN[match[2]]) if match else ("decimal", "{}.")
    return written.format(numeral(counts[level], form))


def _size(paragraph: Element) -> int:
    return max((int(run.get("sz") or 0) for run in paragraph.iter(f"{A}rPr")), default=0)
