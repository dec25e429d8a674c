"""The text of an OpenDocument paragraph, and the notes and frames that hang on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from grunnmur.sources.documents.characters import PAGE_BREAK, clean
from grunnmur.sources.documents.office import Element, has_text, local_name
from grunnmur.sources.documents.opendocument_styles import TEXT, TextStyles

MOST_SPACES = 1_000
SIGNS = {"tab": "\t", "line-break": "\n", "soft-page-break": PAGE_BREAK}
SKIPPED = frozenset(
    {"note-citation", "annotation-end", "bookmark-start", "bookmark-end", "ruby-text", "tracked-changes"}
)
HIDING = frozenset({"hidden-text", "hidden-paragraph"})
DRAWN = frozenset({"frame", "g", "custom-shape", "rect", "a"})


@dataclass(slots=True)
class Inline:
    """What a paragraph holds: text with form feeds at page breaks, notes (class, mark, text), comments, text boxes."""

    text: str = ""
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)


@dataclass(slots=True)
class InlineReader:
    """Reads paragraphs; remembers whether text was hidden and whether there were pictures."""

    styles: TextStyles
    hidden: bool = False
    pictures: bool = False

    def read(self, paragraph: Element) -> Inline:
        """Text and attachments of a ``text:p`` or ``text:h``."""
        inline = Inline()
        inline.text = "".join(self._pieces(paragraph, inline))
        return inline

    def _pieces(self, element: Element, inline: Inline) -> Iterator[str]:
        """White space in the file counts as one space; spaces that are meant are elements."""
        yield _folded(element.text)
        for child in element:
            yield from self._child(child, local_name(child), inline)
            yield _folded(child.tail)

    def _child(self, child: Element, name: str, inline: Inline) -> Iterator[str]:
        if name in SIGNS:
            yield SIGNS[name]
        elif name == "s":
            yield " " * min(MOST_SPACES, int(child.get(f"{TEXT}c") or 1))
        elif name == "note":
            inline.notes.append(self._note(child))
        elif name == "annotation":
            inline.comments.append(clean("\n".join(self.read(p).text for p in child.iter(f"{TEXT}p"))))
        elif name in DRAWN and not child.tag.startswith(TEXT):
            self._drawing(child, inline)
        elif name in HIDING or (name == "span" and self.styles.hides(child.get(f"{TEXT}style-name"))):
            self.hidden = self.hidden or has_text(child)
        elif name and name not in SKIPPED:
            yield from self._pieces(child, inline)

    def _note(self, note: Element) -> tuple[str, str, str]:
        mark = note.findtext(f"{TEXT}note-citation") or ""
        body = note.find(f"{TEXT}note-body")
        paragraphs = body.iter(f"{TEXT}p") if body is not None else ()
        text = clean("\n".join(self.read(paragraph).text for paragraph in paragraphs).replace(PAGE_BREAK, ""))
        return note.get(f"{TEXT}note-class") or "footnote", mark.strip(), text

    def _drawing(self, drawing: Element, inline: Inline) -> None:
        for child in drawing:
            name = local_name(child)
            if name == "text-box":
                inline.boxes.append(child)
            elif name == "image":
                self.pictures = True
            elif name in DRAWN:
                self._drawing(child, inline)
        if local_name(drawing) in ("custom-shape", "rect"):
            inline.boxes.append(drawing)


def _folded(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text) if text else ""
