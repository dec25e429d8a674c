"""The headings of a document, numbering and unit names included, labels inside a slide left out."""

from __future__ import annotations

import re

from grunnmur.knowledge.model import Heading
from grunnmur.knowledge.outline import fold
from grunnmur.sources.documents.model import Block, BlockKind, Document, Format

LABEL_END = re.compile(r"[:;]\s*$")
NOTE_MARK = re.compile(r"(?<=[^\W\d]|[?!.])\s?\d{1,2}$")


def find_headings(document: Document) -> tuple[Heading, ...]:
    """Headings in order. In plain text a label that only leads in a list («Vi må:») is one only as a title."""
    found = [_heading(document, block) for block in document.blocks if block.kind is BlockKind.HEADING]
    plain = document.format is Format.TEXT
    return tuple(heading for heading in found if not (plain and heading.level > 1 and LABEL_END.search(heading.text)))


def _heading(document: Document, block: Block) -> Heading:
    end = _without_note_mark(document, block)
    return Heading(fold(document.text[block.start : end]), max(block.level, 1), block.page, block.start, end)


def _without_note_mark(document: Document, block: Block) -> int:
    """The end of the heading before a footnote mark that a footnote in the document answers to."""
    words = document.text[block.start : block.end]
    mark = NOTE_MARK.search(words)
    if mark is None:
        return block.end
    number = mark[0].strip()
    notes = (other for other in document.blocks if other.kind is BlockKind.FOOTNOTE)
    if any(re.match(rf"{number}(?!\d)", document.text[note.start : note.end]) for note in notes):
        return block.start + mark.start()
    return block.end
