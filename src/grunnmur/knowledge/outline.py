"""A document as items in context: which headings each block stands under, and what introduces its list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from grunnmur.knowledge.cues import titles_section
from grunnmur.sources.documents.model import Block, BlockKind, Document, Format

INTRODUCTION = re.compile(r"[:;]\s*$")
NUMBERING = re.compile(r"^\s*(?:\d{1,2}(?:\.\d{1,2})*\.?\s+|[IVX]{1,4}\.\s+)")

LOWEST = 9
FEWEST_ITEMS = 2
LONGEST_LINE = 110


@dataclass(frozen=True, slots=True)
class Item:
    """A block with its words on one line and its context.

    ``headings`` are the open headings, highest first, without the block itself; ``intro`` is what stands right above
    the list that the block belongs to (a heading or a paragraph), empty outside lists; ``within`` are the list items
    it is nested under.
    """

    block: Block
    words: str
    headings: tuple[str, ...] = ()
    intro: str = ""
    within: tuple[str, ...] = ()

    @property
    def kind(self) -> BlockKind:
        """What the block is."""
        return self.block.kind

    @property
    def heading(self) -> str:
        """The nearest heading above, or nothing."""
        return self.headings[-1] if self.headings else ""


def fold(text: str) -> str:
    """White space folded to single spaces."""
    return " ".join(text.split())


def without_number(words: str) -> str:
    """A heading without its own numbering."""
    return NUMBERING.sub("", words)


def lead_of(words: str) -> str:
    """The sentence of a paragraph or heading that leads in what follows: its last."""
    return re.split(r"(?<=[.!?])\s+(?=[A-ZÆØÅ«])", words)[-1]


def outline(document: Document) -> list[Item]:
    """Every block of the document in order, with its context."""
    return list(_items(document))


def _items(document: Document) -> Iterator[Item]:
    open_headings: list[tuple[int, str]] = []
    parents: list[tuple[int, str]] = []
    intro, page = "", 0
    for block in _with_lost_marks(document, [part for one in document.blocks for part in _as_title(document, one)]):
        words = fold(document.text[block.start : block.end])
        if block.page != page and document.format in (Format.PPTX, Format.TEXT):
            intro, page = (intro if parents else ""), block.page
        if block.kind is BlockKind.HEADING:
            open_headings = [entry for entry in open_headings if entry[0] < block.level]
            yield Item(block, words, _texts(open_headings))
            open_headings.append((block.level, words))
            intro, parents = words, []
        elif block.kind is BlockKind.LIST_ITEM:
            parents = [entry for entry in parents if entry[0] < block.level]
            yield Item(block, words, _texts(open_headings), intro, _texts(parents))
            parents.append((block.level, words))
        else:
            yield Item(block, words, _texts(open_headings))
            if block.kind is BlockKind.PARAGRAPH:
                intro, parents = words, []


def _with_lost_marks(document: Document, blocks: list[Block]) -> Iterator[Block]:
    """The blocks, with short paragraphs after a colon («Planen gjelder for:») as items of a list."""
    place = 0
    while place < len(blocks):
        yield blocks[place]
        place += 1
        if not _leads_in(document, blocks[place - 1]):
            continue
        last = place
        while last < len(blocks) and _is_short_line(document, blocks[last], blocks[place - 1].page):
            last += 1
        if last - place >= FEWEST_ITEMS:
            yield from (replace(block, kind=BlockKind.LIST_ITEM, level=1) for block in blocks[place:last])
            place = last


def _leads_in(document: Document, block: Block) -> bool:
    return block.kind is BlockKind.PARAGRAPH and document.text.endswith(":", block.start, block.end)


def _is_short_line(document: Document, block: Block, page: int) -> bool:
    """One short line of words, neither a sentence nor a label with its value."""
    words = document.text[block.start : block.end]
    plain = block.kind is BlockKind.PARAGRAPH and block.page == page and len(words) <= LONGEST_LINE
    return plain and re.match(r"[«“\"]?[^\W\d_][^\n:]*[^\n:.?!]$", words) is not None


def _as_title(document: Document, block: Block) -> Iterator[Block]:
    """A paragraph that titles what follows («Tiltak», «Slik gjør vi det»), or its first line, as the lowest heading."""
    if block.kind is not BlockKind.PARAGRAPH:
        yield block
        return
    first, _, rest = document.text[block.start : block.end].partition("\n")
    if not titles_section(fold(first)) or (rest.strip() and not re.match(r"\s*(?:[«“\"]?[A-ZÆØÅ]|\d)", rest)):
        yield block
        return
    end = block.start + len(first.rstrip())
    yield replace(block, kind=BlockKind.HEADING, level=LOWEST, end=end)
    if rest.strip():
        yield replace(block, start=block.end - len(rest.lstrip()))


def _texts(entries: list[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(words for _, words in entries)
