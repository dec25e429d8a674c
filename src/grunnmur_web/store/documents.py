"""A document as read ↔ its rows: the text and notices of the version, and one row for each page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Substr

from grunnmur.knowledge.language.spans import overlaps
from grunnmur.sources.documents.model import Block, BlockKind, Cell, Document, Format, Line, Notice, Page, PageKind
from grunnmur_web.models import DocumentPage, DocumentVersion

READ_FIELDS = ["text", "structure", "format", "language", "page_count"]
# What a file may hold beside its text that was never meant for those who only read it.
INTERNAL_NOTICES = frozenset(
    {
        "comments", "embedded-ignored", "hidden-cells", "hidden-sheet", "hidden-slide", "hidden-text",
        "off-slide-text", "tracked-changes",
    }
)  # fmt: skip


def save(version: DocumentVersion, document: Document) -> None:
    """Put what the reader made into ``version`` and its pages, in place of what stood there."""
    version.text = storable(document.text)
    version.format = document.format.value
    version.language = document.language
    version.page_count = len(document.pages)
    version.structure = {
        "title": storable(document.title),
        "sha256": document.sha256,
        "notices": [[note.code, note.page, dict(note.params)] for note in document.notices],
        "internal": bool(internal_spans(document.pages, document.blocks))
        or any(note.code in INTERNAL_NOTICES for note in document.notices),
    }
    version.save(update_fields=READ_FIELDS)
    version.pages.all().delete()
    DocumentPage.objects.bulk_create(page_rows(version, document), batch_size=200)


def load(version: DocumentVersion) -> Document:
    """The document back, equal to the one that was saved."""
    structure = version.structure
    pages = list(version.pages.all())
    return Document(
        title=structure["title"],
        format=Format(version.format),
        sha256=structure["sha256"],
        text=version.text,
        pages=tuple(page_from(row) for row in pages),
        blocks=tuple(block for row in pages for block in blocks_of(row) if block.page == row.number),
        language=version.language,
        lines=tuple(line for row in pages for line in lines_of(row)),
        notices=tuple(notices_of(version)),
    )


def internal_spans(pages: Iterable[Page], blocks: Iterable[Block]) -> list[tuple[int, int]]:
    """Stretches meant only for those who work with the document: hidden pages, speaker notes and comments."""
    hidden = [(page.start, page.end) for page in pages if page.hidden]
    return hidden + [(block.start, block.end) for block in blocks if block.kind is BlockKind.NOTE]


def touches(spans: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    """Whether ``start..end`` shares anything with one of the spans."""
    return overlaps((start, end), spans)


def is_internal(version: DocumentVersion, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` shares anything with a note or a hidden page."""
    rows = version.pages.filter(start__lt=end, end__gt=start).defer("lines")
    return any(touches(internal_spans([page_from(row)], blocks_of(row)), start, end) for row in rows)


def holds_internal(version: DocumentVersion) -> bool:
    """Whether the file holds notes, hidden pages or anything else that is not shown to those who only read it.

    Until a reading has found out, it may.
    """
    return bool(version.structure.get("internal", True))


def blanked(text: str, begin: int, spans: Iterable[tuple[int, int]]) -> str:
    """``text``, which begins at offset ``begin``, with spaces for the letters in ``spans``, so that offsets hold."""
    for start, end in spans:
        first, last = max(start - begin, 0), min(end - begin, len(text))
        if first < last:
            text = text[:first] + " " * (last - first) + text[last:]
    return text


def page_rows(version: DocumentVersion, document: Document) -> list[DocumentPage]:
    """One row for each page, with the blocks that touch it and the lines that stand on it."""
    blocks: dict[int, list[Any]] = {page.number: [] for page in document.pages}
    for block in document.blocks:
        for number in _touched(document, block):
            blocks[number].append(_block_to_json(block))
    lines: dict[int, list[Any]] = {page.number: [] for page in document.pages}
    for line in document.lines:
        lines[line.page].append([line.start, line.end, line.x0, line.y0, line.x1, line.y1])
    return [
        DocumentPage(
            version=version, number=page.number, start=page.start, end=page.end, kind=page.kind.value,
            label=storable(page.label), hidden=page.hidden, blocks=blocks[page.number], lines=lines[page.number],
        )
        for page in document.pages
    ]  # fmt: skip


def page_from(row: DocumentPage) -> Page:
    """The core's page."""
    return Page(row.number, row.start, row.end, PageKind(row.kind), row.label, row.hidden)


def blocks_of(row: DocumentPage) -> list[Block]:
    """The blocks that touch a page."""
    return [_block_from_json(values) for values in row.blocks]


def lines_of(row: DocumentPage) -> list[Line]:
    """Where the page's text stands on its image."""
    return [Line(row.number, *values) for values in row.lines]


def notices_of(version: DocumentVersion) -> list[Notice]:
    """What the reader wanted people to know."""
    return [Notice(code, page, params) for code, page, params in version.structure.get("notices", [])]


def text_between(version_id: int, start: int, end: int) -> str:
    """``text[start:end]`` of a version without loading the rest of it."""
    part = Substr(F("text"), start + 1, Value(end - start))
    return DocumentVersion.objects.filter(pk=version_id).annotate(part=part).values_list("part", flat=True).get()


def texts_between(version_id: int, spans: Sequence[tuple[int, int]]) -> list[str]:
    """Several stretches of a version's text in one query, in the order asked for."""
    if not spans:
        return []
    parts = {f"part{n}": Substr(F("text"), start + 1, Value(end - start)) for n, (start, end) in enumerate(spans)}
    row = DocumentVersion.objects.filter(pk=version_id).annotate(**parts).values_list(*parts).get()
    return list(row)


def storable(text: str) -> str:
    """The text with what no database takes (NUL, lone surrogates) replaced one for one, so that offsets hold."""
    if text.isascii() and "\x00" not in text:
        return text
    return "".join("\N{REPLACEMENT CHARACTER}" if c == "\x00" or "\ud800" <= c <= "\udfff" else c for c in text)


def _touched(document: Document, block: Block) -> list[int]:
    return [
        page.number
        for page in document.pages
        if page.number == block.page or (page.start < block.end and block.start < page.end)
    ]


def _block_to_json(block: Block) -> list[Any]:
    cells = [[c.row, c.column, c.start, c.end, c.rowspan, c.colspan, c.header] for c in block.cells]
    return [block.kind.value, block.start, block.end, block.page, block.level, storable(block.marker), cells]


def _block_from_json(values: list[Any]) -> Block:
    kind, start, end, page, level, marker, cells = values
    return Block(BlockKind(kind), start, end, page, level, marker, tuple(Cell(*cell) for cell in cells))
