"""Blocks of a plain text file: headings, paragraphs, list items and footnotes, as offsets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from grunnmur.sources.documents.model import Block, BlockKind, PageKind
from grunnmur.sources.documents.text_groups import Group, Spacing, group_lines, spacing_of
from grunnmur.sources.documents.text_headings import (
    AMOUNT_OR_DATE,
    HeadingSpan,
    could_be_title,
    heading_spans,
    is_label_line,
    is_sentence,
)
from grunnmur.sources.documents.text_lines import TextLine
from grunnmur.sources.documents.text_stacks import stacks_of
from grunnmur.sources.documents.text_tables import tables_of

CAPTION = re.compile(r"(?:figur|tabell|bilde|diagram|kart|foto)\s*(?:\d+[.:]?|:)", re.IGNORECASE)
FOOTNOTE = re.compile(r"(\d{1,2})\s?(?=[^\W\d_«]|«|https?:)")
FOOTNOTE_RULE = 20
NOTE_STEP = 3
NOTE_LINES = 8
LEAD_IN = re.compile(r"[:;]$")
GAP_INSIDE = re.compile(r"\S\s{3,}\S")
LONGEST_LEAD_IN = 70
LEAD_SENTENCE = 6
LEAST_BODY = 60
PAGE_NUMBER = re.compile(r"(?:side|s\.)?\s*[-–]?\s*\d{1,3}\s*[-–]?(?:\s*(?:av|/)\s*\d{1,3})?$", re.IGNORECASE)
REPEATED = 0.4
FEWEST_PAGES = 3
DEEPEST = 6


def blocks_of(text: str, lines: Sequence[TextLine], kind: PageKind, double: bool) -> list[Block]:
    """The blocks in order of their start; running headers and page numbers have none."""
    if not lines:
        return []
    running = _running(lines, kind)
    body = [line for line in lines if line.start not in running]
    notes = _footnote_starts(text, body)
    spacing = spacing_of(body, double)
    tables = tables_of(body, notes)
    taken = {index for first, last, _ in tables for index in range(first, last + 1)}
    tables += [stack for stack in stacks_of(body, taken) if not taken.intersection(range(stack[0], stack[1] + 1))]
    inside = {index for first, last, _ in tables for index in range(first, last + 1)}
    headings = heading_spans(body, spacing, kind is PageKind.SLIDE, notes)
    parts: list[Part] = [
        *(Part(first, last, table) for first, last, table in tables),
        *(_heading(body, span) for span in headings if span.first not in inside),
    ]
    blocks: list[Block] = []
    for part, run in _runs(body, sorted(parts, key=lambda part: part.first)):
        if part is not None:
            blocks.append(part.block)
        else:
            level = next((block.level for block in reversed(blocks) if block.kind is BlockKind.HEADING), 0)
            blocks.extend(_body_blocks(group_lines(run, spacing, notes), spacing, notes, level))
    return blocks


@dataclass(frozen=True, slots=True)
class Part:
    """Lines ``first`` to ``last``, both counted, that are known to make one block."""

    first: int
    last: int
    block: Block


def _runs(lines: Sequence[TextLine], parts: Sequence[Part]) -> Iterator[tuple[Part | None, list[TextLine]]]:
    place = 0
    for part in parts:
        if lines[place : part.first]:
            yield None, list(lines[place : part.first])
        yield part, []
        place = part.last + 1
    if lines[place:]:
        yield None, list(lines[place:])


def _heading(lines: Sequence[TextLine], span: HeadingSpan) -> Part:
    first, last = lines[span.first], lines[span.last]
    return Part(span.first, span.last, Block(BlockKind.HEADING, first.start, last.end, first.page, span.level))


def _body_blocks(groups: Sequence[Group], spacing: dict[int, Spacing], notes: set[int], level: int) -> Iterator[Block]:
    depths: list[tuple[str, int]] = []
    for index, group in enumerate(groups):
        if not group.words:
            continue
        if group.marker is not None and group.first.start not in notes:
            yield _item(group, depths)
            continue
        depths.clear()
        yield Block(*_kind(groups, index, spacing, notes, level))


def _kind(
    groups: Sequence[Group], index: int, spacing: dict[int, Spacing], notes: set[int], level: int
) -> tuple[BlockKind, int, int, int, int]:
    group = groups[index]
    place = (group.first.start, group.end, group.first.page)
    if group.first.start in notes:
        return BlockKind.FOOTNOTE, *place, 0
    if CAPTION.match(group.words):
        return BlockKind.CAPTION, *place, 0
    if _is_heading(groups, index, spacing[group.first.page]):
        return BlockKind.HEADING, *place, level + 1
    return BlockKind.PARAGRAPH, *place, 0


def _is_heading(groups: Sequence[Group], index: int, spacing: Spacing) -> bool:
    """A short line without a full stop, after finished text, with body under it."""
    group = groups[index]
    after = groups[index + 1] if index + 1 < len(groups) else None
    before = groups[index - 1] if index else None
    if group.scattered or after is None or after.first.page != group.first.page or not after.words:
        return False
    ends = LEAD_IN.search(group.words)
    if ends and is_sentence(group.words, LEAD_SENTENCE):
        return False
    if ends and len(group.words) <= LONGEST_LEAD_IN and (after.marker is not None or ends[0] == ":"):
        return True
    if any(GAP_INSIDE.search(line.text) for line in group.lines):
        return False
    if len(group.lines) > 2 or not could_be_title(group.words) or is_label_line(group.words):
        return False
    if AMOUNT_OR_DATE.search(group.words):
        return False
    if group.words[0].islower() or (before is not None and not (_finished(before) and group.first.gap)):
        return False
    if after.marker is not None:
        return True
    body = after.first.length >= 0.6 * spacing.width and not after.first.starts_small
    return body and (len(after.words) >= LEAST_BODY or (after.words.endswith(".") and len(after.words) > 30))


def _finished(group: Group) -> bool:
    return group.marker is not None or group.words.endswith((*".!?:»”)",)) or len(group.words) > 60


def _item(group: Group, depths: list[tuple[str, int]]) -> Block:
    marker = group.marker
    assert marker is not None  # noqa: S101
    key = (marker.kind, group.first.indent // 2)
    if key in depths:
        del depths[depths.index(key) + 1 :]
    else:
        while depths and depths[-1][0] == marker.kind and depths[-1][1] > key[1]:
            depths.pop()
        depths.append(key)
    level = min(len(depths), DEEPEST)
    return Block(BlockKind.LIST_ITEM, group.start, group.end, group.first.page, level, marker.text)


def _footnote_starts(text: str, lines: Sequence[TextLine]) -> set[int]:
    """Starts of numbered notes: under the rule of white space that PDF text leaves above them, or next in number."""
    found: set[int] = set()
    number, open_page = 0, 0
    left = Counter(line.page for line in lines)
    for previous, line in zip([None, *lines[:-1]], lines, strict=True):
        left[line.page] -= 1
        match = FOOTNOTE.match(line.text)
        ruled = previous is not None and previous.page == line.page and _ruled(text[previous.end : line.start])
        follows = match is not None and 0 < int(match[1]) - number <= NOTE_STEP and number > 0
        near_foot = left[line.page] < NOTE_LINES and line.gap > 0 and not line.marker
        if match and (ruled or (follows and (open_page == line.page or near_foot))):
            found.add(line.start)
            number, open_page = int(match[1]), line.page
        elif line.gap:
            open_page = 0
    return found


def _ruled(between: str) -> bool:
    return any(len(part) >= FOOTNOTE_RULE and not part.strip() for part in between.split("\n"))


def _running(lines: Sequence[TextLine], kind: PageKind) -> set[int]:
    """Starts of lines that come back at the top or foot of many pages, digits aside, and of page numbers."""
    pages = [list(group) for _, group in groupby(lines, key=lambda line: line.page)]
    edges = [line for page in pages for line in {id(edge): edge for edge in (page[0], page[-1])}.values()]
    seen = Counter(_masked(line) for line in edges)
    often = max(FEWEST_PAGES, REPEATED * len(pages))
    numbers = {line.start for line in edges if len(pages) >= FEWEST_PAGES and PAGE_NUMBER.fullmatch(line.text)}
    return numbers | {line.start for line in edges if seen[_masked(line)] >= often}


def _masked(line: TextLine) -> str:
    return re.sub(r"\d+", "0", line.text).casefold()
