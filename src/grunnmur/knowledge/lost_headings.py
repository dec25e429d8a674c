"""Headings that a reader took for list items or paragraphs: «8. Oppfølging», and the plan's own name on its front."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from grunnmur.sources.documents.model import Block, BlockKind, Document

_MARKER = re.compile(r"(?P<number>\d{1,2})\.")
_OWN_NUMBER = re.compile(r"(?P<number>\d{1,2})(?:\.\d{1,2})*\.?\s+(?=[^\W\d])")
_TITLE = re.compile(r"[A-ZÆØÅ][^.:;?!•]*[^\s.,:;?!•-]")
_PLAN = re.compile(
    r"(?:[A-ZÆØÅ][\w-]*(?:plan|strategi|program|melding)|Plan|Strategi|Program|Melding)\s+(?:for|mot|om)\s+[^.:;?!]*"
)
_LONGEST = 80
_LONGEST_FRONT = 8


def with_lost_headings(document: Document) -> Document:
    """The document with those blocks as headings of the highest level; the same one when there are none."""
    blocks = list(document.blocks)
    _number_sections(document, blocks)
    _name_front(document, blocks)
    return document if tuple(blocks) == document.blocks else replace(document, blocks=tuple(blocks))


def _number_sections(document: Document, blocks: list[Block]) -> None:
    """A lone item «5. …» is a section when the last heading of the highest level was numbered 4."""
    section = 0
    for place, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            own = _OWN_NUMBER.match(document.text, block.start, block.end) if block.level == 1 else None
            section = int(own["number"]) if own else section
        elif section and (start := _section_start(document, blocks, place, section + 1)) is not None:
            blocks[place] = replace(block, kind=BlockKind.HEADING, level=1, start=start, marker="")
            section += 1


def _section_start(document: Document, blocks: Sequence[Block], place: int, number: int) -> int | None:
    """Where the number of a section stands, when the block at ``place`` is its heading and no member of a list."""
    block = blocks[place]
    mark = _MARKER.fullmatch(block.marker) if block.kind is BlockKind.LIST_ITEM else None
    if mark is None or int(mark["number"]) != number or block.end - block.start > _LONGEST:
        return None
    beside = [other for other in blocks[place - 1 : place + 2] if other is not block]
    if any(other.kind is BlockKind.LIST_ITEM and _MARKER.fullmatch(other.marker) for other in beside):
        return None
    start = document.text.rfind("\n", 0, block.start) + 1
    start += len(document.text[start : block.start]) - len(document.text[start : block.start].lstrip())
    marked = document.text[start : block.start].strip() == block.marker
    return start if marked and _TITLE.fullmatch(document.text, block.start, block.end) else None


def _name_front(document: Document, blocks: list[Block]) -> None:
    """«Temaplan for levekår 2025–2036» on a front page that holds little else."""
    front = [block for block in blocks[: _LONGEST_FRONT + 1] if block.page == 1]
    if len(front) > _LONGEST_FRONT:
        return
    for place, block in enumerate(front):
        short = block.kind is BlockKind.PARAGRAPH and block.end - block.start <= _LONGEST
        if short and _PLAN.fullmatch(document.text, block.start, block.end):
            blocks[place] = replace(block, kind=BlockKind.HEADING, level=1)
            return
