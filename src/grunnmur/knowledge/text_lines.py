"""Lines of running text with their places, and the number that a stretch of a line is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from grunnmur.knowledge.language.numbers import NumberMatch, find_numbers
from grunnmur.knowledge.language.spans import Span
from grunnmur.sources.documents.model import BlockKind, Document


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text that is no part of a table block."""

    start: int
    end: int
    page: int
    text: str


def text_lines(document: Document) -> Iterator[TextLine]:
    """Lines with words outside tables, footnotes and lists."""
    for block in document.blocks:
        if block.kind in {BlockKind.TABLE, BlockKind.FOOTNOTE, BlockKind.LIST_ITEM}:
            continue
        for match in re.finditer(r"[^\n]*\S[^\n]*", document.text[block.start : block.end]):
            words = match.group().strip()
            start = block.start + match.start() + len(match.group()) - len(match.group().lstrip())
            yield TextLine(start, start + len(words), document.page_at(start), words)


def number_in(line: TextLine, span: Span) -> NumberMatch:
    """The number that ``span`` holds, also where it would be a year or a list mark elsewhere."""
    words = line.text[span[0] - line.start : span[1] - line.start]
    found = find_numbers(words)
    if len(found) == 1:
        match = found[0]
        return replace(match, start=span[0] + match.start, end=span[0] + match.end)
    digits = re.sub(r"[^\d,]", "", words).replace(",", ".")
    value = float(digits) * (-1 if words.lstrip()[0] in "-–−" else 1)
    return NumberMatch(span[0], span[1], value)
