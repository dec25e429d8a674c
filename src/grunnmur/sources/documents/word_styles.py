"""What a Word paragraph style means, through the styles that it is based on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from grunnmur.sources.documents.office import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY_LEVEL = 9  # Word's outline level for body text
_HEADING = re.compile(r"(?:heading|overskrift) ?(\d)", re.I)
_CONTENTS = re.compile(r"(?:toc|innh|innholdsfortegnelse|table of figures|figurliste) ?\d?", re.I)
_LIST = re.compile(r"(?:list (?:bullet|number)|punktliste|punktmerket liste|nummerert liste) ?(\d)?", re.I)
_TITLES = frozenset({"title", "tittel"})
_CAPTIONS = frozenset({"caption", "bildetekst", "figurtekst", "tabelltekst", "figur", "tabell"})


@dataclass(frozen=True, slots=True)
class NumberingUse:
    """Which numbering a paragraph or style takes part in; ``level`` from 0, ``None`` when the style leaves it open."""

    number_id: str
    level: int | None


@dataclass(frozen=True, slots=True)
class Style:
    """A style with everything that it inherits. ``heading`` is 1.., 0 for body text; ``depth`` likewise for lists.

    ``size`` is in half points, 0 when no style of these says.
    """

    heading: int = 0
    title: bool = False
    caption: bool = False
    contents: bool = False
    hidden: bool = False
    breaks_page: bool = False
    depth: int = 0
    numbering: NumberingUse | None = None
    numbered_by: str = ""
    bold: bool = False
    size: int = 0


def is_on(parent: Element | None, name: str) -> bool | None:
    """Value of an on/off property, ``None`` when it is not set."""
    mark = parent.find(f"{W}{name}") if parent is not None else None
    return None if mark is None else mark.get(f"{W}val") not in ("0", "false", "off")


def value(parent: Element | None, path: str) -> str | None:
    """The ``w:val`` of the element at a path of names below ``parent``."""
    found = parent.find("/".join(W + name for name in path.split("/"))) if parent is not None else None
    return None if found is None else found.get(f"{W}val")


def numbering_of(properties: Element | None) -> NumberingUse | None:
    """The numbering that paragraph properties name themselves."""
    number_id = value(properties, "numPr/numId")
    if number_id is None:
        return None
    level = value(properties, "numPr/ilvl")
    return NumberingUse(number_id, int(level) if level else None)


def size_of(look: Element | None) -> int:
    """Size of text in half points, 0 when its properties don't say."""
    size = value(look, "sz") or ""
    return int(size) if size.isascii() and size.isdecimal() else 0


def outline_level(properties: Element | None) -> int | None:
    """Heading level (1..) from the outline level in paragraph properties, 0 for body text, ``None`` when not set."""
    level = value(properties, "outlineLvl")
    return None if level is None else (int(level) + 1) % (BODY_LEVEL + 1)


class Styles:
    """The styles of one document by identifier."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._default = ""
        self.usual_size = size_of(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")) if root is not None else 0
        self._styles: dict[str, Style] = {}
        for element in root.iterfind(f"{W}style") if root is not None else ():
            identifier = element.get(f"{W}styleId") or ""
            self._elements[identifier] = element
            if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in ("1", "true"):
                self._default = identifier

    def of(self, identifier: str | None) -> Style:
        """The style with this identifier, the default paragraph style for ``None``, a plain one when unknown."""
        name = self._default if identifier is None else identifier
        if name not in self._styles:
            self._styles[name] = self._resolve(name)
        return self._styles[name]

    def _chain(self, identifier: str) -> Iterator[tuple[str, Element]]:
        """The style and those it is based on, nearest first; a loop ends the chain."""
        seen: set[str] = set()
        while identifier in self._elements and identifier not in seen:
            seen.add(identifier)
            element = self._elements[identifier]
            yield identifier, element
            identifier = value(element, "basedOn") or ""

    def _resolve(self, identifier: str) -> Style:
        chain = list(self._chain(identifier))
        names = [(value(element, "name") or "").lower().strip() for _, element in chain]
        heading, title = _heading(chain, names)
        numbering, numbered_by = _numbering(chain)
        return Style(
            heading=heading,
            title=title,
            caption=bool(names) and any(name in _CAPTIONS for name in names),
            contents=any(_CONTENTS.fullmatch(name) for name in names),
            hidden=_first_set(chain, "rPr", "vanish"),
            breaks_page=_first_set(chain, "pPr", "pageBreakBefore"),
            depth=next((int(match[1] or 1) for name in names if (match := _LIST.fullmatch(name))), 0),
            numbering=numbering,
            numbered_by=numbered_by,
            bold=_first_set(chain, "rPr", "b"),
            size=next((size for _, element in chain if (size := size_of(element.find(f"{W}rPr")))), 0),
        )


def _heading(chain: list[tuple[str, Element]], names: list[str]) -> tuple[int, bool]:
    """Heading level and whether the style is for the document's title: the nearest style that says decides."""
    for (_, element), name in zip(chain, names, strict=True):
        level = outline_level(element.find(f"{W}pPr"))
        if name in _TITLES:
            return 1, True
        if level is not None:
            return level, False
        match = _HEADING.fullmatch(name)
        if match:
            return int(match[1]), False
    return 0, False


def _numbering(chain: list[tuple[str, Element]]) -> tuple[NumberingUse | None, str]:
    for identifier, element in chain:
        numbering = numbering_of(element.find(f"{W}pPr"))
        if numbering is not None:
            return numbering, identifier
    return None, ""


def _first_set(chain: list[tuple[str, Element]], group: str, name: str) -> bool:
    settings = (is_on(element.find(f"{W}{group}"), name) for _, element in chain)
    return next((setting for setting in settings if setting is not None), False)
