"""Footnotes, endnotes and comments of a Word document, in the order that the text refers to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from grunnmur.sources.documents.characters import PAGE_BREAK, clean
from grunnmur.sources.documents.numerals import roman
from grunnmur.sources.documents.office import Element
from grunnmur.sources.documents.word_runs import RunReader
from grunnmur.sources.documents.word_styles import Styles, W


class Notes:
    """Keeps notes back until the page, or the document, ends."""

    def __init__(self, parts: Mapping[str, Element | None], styles: Styles) -> None:
        self.runs = RunReader(styles)
        self.has_comments = False
        self._elements = {kind: _by_identifier(root, kind) for kind, root in parts.items()}
        self._waiting: dict[str, list[tuple[str, str]]] = {kind: [] for kind in parts}
        self._counts = dict.fromkeys(parts, 0)

    def refer(self, references: list[tuple[str, str, str]]) -> None:
        """Take up the notes that a paragraph refers to: kind, identifier, own mark (or none)."""
        for kind, identifier, own_mark in references:
            element = self._elements[kind].pop(identifier, None)
            if element is None:
                continue
            if not own_mark:
                self._counts[kind] += 1
            mark = own_mark or _mark(kind, self._counts[kind])
            self._waiting[kind].append((mark, self._text(element)))

    def footnotes(self) -> list[tuple[str, str]]:
        """Marks and texts of the footnotes since the last call."""
        return self._take("footnote")

    def endnotes(self) -> list[tuple[str, str]]:
        """Marks and texts of the endnotes since the last call."""
        return self._take("endnote")

    def comments(self) -> Iterator[str]:
        """Texts of the comments since the last call."""
        for _, text in self._take("comment"):
            self.has_comments = True
            yield text

    def _take(self, kind: str) -> list[tuple[str, str]]:
        taken, self._waiting[kind] = self._waiting[kind], []
        return taken

    def _text(self, element: Element) -> str:
        texts = (self.runs.paragraph(paragraph).text for paragraph in element.iter(f"{W}p"))
        return clean("\n".join(texts).replace(PAGE_BREAK, ""))


def _by_identifier(root: Element | None, kind: str) -> dict[str, Element]:
    """Notes by identifier; the lines that part notes from text are no notes."""
    elements = root.iterfind(W + kind) if root is not None else ()
    return {
        element.get(f"{W}id") or "": element for element in elements if element.get(f"{W}type", "normal") == "normal"
    }


def _mark(kind: str, number: int) -> str:
    """Word numbers footnotes 1, 2, 3 and endnotes i, ii, iii unless told otherwise."""
    return roman(number) if kind == "endnote" else str(number)
