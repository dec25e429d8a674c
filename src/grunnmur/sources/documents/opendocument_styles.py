"""Paragraph, text and list styles of an OpenDocument text, with what they inherit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from grunnmur.sources.documents.numerals import BULLET, numeral
from grunnmur.sources.documents.office import Element, local_name

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
FORMAT = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_ESCAPED = re.compile(r"_([0-9a-f]{2,4})_")
_CAPTIONS = frozenset(
    {
        "caption",
        "bildetekst",
        "illustration",
        "illustrasjon",
        "figure",
        "figur",
        "table",
        "tabell",
        "drawing",
        "tegning",
    }
)
_TITLES = frozenset({"title", "tittel"})
_HEADING = re.compile(r"(?:heading|overskrift) (\d+)")
_LONGEST_CHAIN = 50


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """``heading`` is 1.. or 0; ``list_style`` the list that paragraphs of this style belong to."""

    heading: int = 0
    title: bool = False
    caption: bool = False
    hidden: bool = False
    breaks_before: bool = False
    breaks_after: bool = False
    list_style: str = ""


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How one level of a list counts; a bullet has no form."""

    form: str = ""
    before: str = ""
    after: str = ""
    shown_levels: int = 1
    start: int = 1


@dataclass(slots=True)
class Counters:
    """The numbers of one list as it is read."""

    numbers: dict[int, int] = field(default_factory=dict)

    def advance(self, levels: dict[int, ListLevel], depth: int, start: int | None) -> str:
        """Count one item at a depth (1..) and return its marker."""
        level = levels.get(depth, ListLevel())
        for deeper in [key for key in self.numbers if key > depth]:
            del self.numbers[deeper]
        self.numbers[depth] = self.numbers.get(depth, level.start - 1) + 1 if start is None else start
        if not level.form:
            return BULLET
        first = max(1, depth - level.shown_levels + 1)
        shown = [
            numeral(self.numbers.get(index, 1), levels[index].form)
            for index in range(first, depth + 1)
            if index in levels and levels[index].form
        ]
        return (level.before + ".".join(shown) + level.after).strip()


class TextStyles:
    """All styles of one document by name."""

    def __init__(self, roots: list[Element]) -> None:
        self._elements: dict[tuple[str, str], Element] = {}
        self._lists: dict[str, dict[int, ListLevel]] = {}
        self._resolved: dict[tuple[str, str], ParagraphStyle] = {}
        self.outline: dict[int, ListLevel] = {}
        for root in roots:
            self._load(root)

    def paragraph(self, name: str | None) -> ParagraphStyle:
        """The paragraph style with this name."""
        return self._style("paragraph", name or "")

    def hides(self, name: str | None) -> bool:
        """Whether a text style hides its text."""
        return self._style("text", name or "").hidden

    def list_levels(self, name: str) -> dict[int, ListLevel]:
        """The levels of a list style by depth (1..)."""
        return self._lists.get(name, {})

    def _load(self, root: Element) -> None:
        for element in root.iter(f"{STYLE}style"):
            key = (element.get(f"{STYLE}family") or "", element.get(f"{STYLE}name") or "")
            self._elements[key] = element
        for element in root.iter(f"{TEXT}list-style"):
            self._lists[element.get(f"{STYLE}name") or ""] = _levels(element)
        for element in root.iter(f"{TEXT}outline-style"):
            self.outline = {depth: level for depth, level in _levels(element).items() if level.form}

    def _style(self, family: str, name: str) -> ParagraphStyle:
        key = (family, name)
        if key not in self._resolved:
            self._resolved[key] = self._resolve(list(self._chain(family, name)))
        return self._resolved[key]

    def _chain(self, family: str, name: str) -> Iterator[Element]:
        """The style and its parents, nearest first; a loop ends after fifty."""
        for _ in range(_LONGEST_CHAIN):
            element = self._elements.get((family, name))
            if element is None:
                return
            yield element
            name = element.get(f"{STYLE}parent-style-name") or ""

    def _resolve(self, chain: list[Element]) -> ParagraphStyle:
        names = [_plain_name(element) for element in chain]
        title = any(name in _TITLES for name in names)
        return ParagraphStyle(
            heading=1 if title else _heading(chain, names),
            title=title,
            caption=any(name in _CAPTIONS for name in names),
            hidden=_first(chain, f"{TEXT}display") == "none",
            breaks_before=_first(chain[:1], f"{FORMAT}break-before") == "page" or _first_master(chain),
            breaks_after=_first(chain[:1], f"{FORMAT}break-after") == "page",
            list_style=next((v for e in chain if (v := e.get(f"{STYLE}list-style-name")) is not None), ""),
        )


def _plain_name(element: Element) -> str:
    name = element.get(f"{STYLE}display-name") or element.get(f"{STYLE}name") or ""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), name).lower()


def _heading(chain: list[Element], names: list[str]) -> int:
    for element, name in zip(chain, names, strict=True):
        level = element.get(f"{STYLE}default-outline-level")
        if level is not None:
            return int(level or 0)
        match = _HEADING.fullmatch(name)
        if match:
            return int(match[1])
    return 0


def _first(chain: list[Element], attribute: str) -> str:
    """The nearest value of a property."""
    for element in chain:
        for properties in element:
            found = properties.get(attribute)
            if found is not None:
                return found
    return ""


def _first_master(chain: list[Element]) -> bool:
    """A paragraph that changes the page's design begins a page."""
    return bool(chain and chain[0].get(f"{STYLE}master-page-name"))


def _levels(element: Element) -> dict[int, ListLevel]:
    return {int(child.get(f"{TEXT}level") or 1): _level(child) for child in element if local_name(child)}


def _level(element: Element) -> ListLevel:
    return ListLevel(
        form=element.get(f"{STYLE}num-format") or "",
        before=element.get(f"{STYLE}num-prefix") or "",
        after=element.get(f"{STYLE}num-suffix") or "",
        shown_levels=int(element.get(f"{TEXT}display-levels") or 1),
        start=int(element.get(f"{TEXT}start-value") or 1),
    )
