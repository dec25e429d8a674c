"""Headings that a writer made by hand: short lines all in bold, in documents that use no heading style."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from grunnmur.sources.documents.characters import typed_bullet
from grunnmur.sources.documents.office import Element, local_name
from grunnmur.sources.documents.word_runs import BLOCK_WRAPPERS, INSERTED, WRAPPERS
from grunnmur.sources.documents.word_styles import Style, Styles, W, is_on, numbering_of, outline_level, size_of, value

MOST_WORDS = 12
LONGEST = 80
SHORTEST_BODY = 40  # characters; shorter lines are names, dates and addresses
DEEPEST = 4
UNFINISHED = (".", ",", ";", ":")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph as it looks; ``size`` in half points is that of its largest text, 0 when nothing says."""

    element: Element
    text: str
    bold: bool
    size: int
    listed: bool

    @property
    def is_body(self) -> bool:
        return bool(self.text) and not self.bold and (self.listed or len(self.text) >= SHORTEST_BODY)

    @property
    def is_short_and_bold(self) -> bool:
        text = self.text
        return (
            self.bold and not self.listed and len(text) <= LONGEST and len(text.split()) <= MOST_WORDS
            and "\n" not in text and not text.endswith(UNFINISHED) and bool(_LETTER.search(text))
            and typed_bullet(text) is None
        )  # fmt: skip


def headings_by_hand(body: Element, styles: Styles) -> Mapping[Element, int]:
    """Paragraph → heading level. Empty when a heading style is in use: then the writer's own structure stands.

    A heading is short, all in bold, and larger than most of the text or followed by body text. Larger ones are higher.
    """
    lines = [_line(element, styles) if element is not None else None for element in _paragraphs(body)]
    shown = [line for line in lines if line is None or line.text]
    if any(line is not None and _has_level(line.element, styles) for line in shown):
        return MappingProxyType({})
    usual = _usual_size([line for line in shown if line is not None])
    found = [
        line for line, after in pairwise([*shown, None])
        if line is not None and line.is_short_and_bold
        and (line.size > usual or (after is not None and after.is_body))
    ]  # fmt: skip
    sizes = sorted({line.size for line in found}, reverse=True)
    return MappingProxyType({line.element: min(sizes.index(line.size) + 1, DEEPEST) for line in found})


def _paragraphs(container: Element) -> Iterator[Element | None]:
    """The paragraphs of the text in order; None where a table stands."""
    for child in container:
        name = local_name(child)
        if name == "p":
            yield child
        elif name == "tbl":
            yield None
        elif name in BLOCK_WRAPPERS or name == "sdt":
            yield from _paragraphs(child)


def _has_level(element: Element, styles: Styles) -> bool:
    properties = element.find(f"{W}pPr")
    style = styles.of(value(properties, "pStyle"))
    return bool(outline_level(properties)) or bool(style.heading and not style.title)


def _usual_size(lines: list[_Line]) -> int:
    sizes = Counter[int]()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0


def _line(element: Element, styles: Styles) -> _Line:
    properties = element.find(f"{W}pPr")
    style = styles.of(value(properties, "pStyle"))
    runs = [(text, run.find(f"{W}rPr")) for run in _runs(element) if (text := _text(run))]
    solid = [look for text, look in runs if text.strip()]
    plain = bool(style.title or style.caption or style.contents)
    return _Line(
        element,
        "".join(text for text, _ in runs).strip(),
        bool(solid) and not plain and all(_is_bold(look, style, styles) for look in solid),
        max((_size(look, style, styles) for look in solid), default=0),
        numbering_of(properties) is not None or style.depth > 0 or style.numbering is not None,
    )


def _runs(element: Element) -> Iterator[Element]:
    """Runs of the paragraph's own line: neither deleted ones nor those of text boxes."""
    for child in element:
        name = local_name(child)
        if name == "r":
            yield child
        elif name in WRAPPERS or name in INSERTED:
            yield from _runs(child)


def _text(run: Element) -> str:
    return "".join(_piece(child, local_name(child)) for child in run)


def _piece(child: Element, name: str) -> str:
    if name == "t":
        return child.text or ""
    return "\n" if name in ("br", "cr") and child.get(f"{W}type") != "page" else ""


def _is_bold(look: Element | None, style: Style, styles: Styles) -> bool:
    own = is_on(look, "b")
    if own is not None:
        return own
    named = value(look, "rStyle")
    return style.bold or (named is not None and styles.of(named).bold)


def _size(look: Element | None, style: Style, styles: Styles) -> int:
    named = value(look, "rStyle")
    return size_of(look) or (styles.of(named).size if named else 0) or style.size or styles.usual_size
