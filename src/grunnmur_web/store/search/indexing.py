"""Write the rows that can be searched. Everything here can be called again without harm."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from django.db import transaction

from grunnmur.knowledge.search import index_terms, words_of
from grunnmur.sources.documents.model import Block, BlockKind
from grunnmur.sources.documents.model import Document as ReadDocument
from grunnmur_web.models import (
    Document,
    DocumentVersion,
    Finding,
    FindingKind,
    FindingState,
    Plan,
    SearchEntry,
    SearchWord,
)
from grunnmur_web.store import documents
from grunnmur_web.store.plans.editions import published_text
from grunnmur_web.store.search.numbering import give_numbers

FOUND_KINDS = {FindingKind.ELEMENT: SearchEntry.Kind.ELEMENT, FindingKind.FIGURE: SearchEntry.Kind.FIGURE}
TITLE_LENGTH = 300
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
ROWS_AT_A_TIME = 500
INTRODUCTION = 600  # characters of a document's first paragraph


@transaction.atomic
def index_version(version: DocumentVersion) -> None:
    """Make ``version`` what is found of its document, in place of what was there before."""
    document = version.document
    remove_document(document)
    read = documents.load(version)
    passages = list(_passages(read))
    entries = [_document_entry(document, read, passages)]
    entries += [_passage_entry(version, read, *passage) for passage in passages]
    findings = version.findings.filter(kind__in=FOUND_KINDS, internal=False).exclude(state=FindingState.REJECTED)
    entries += [_finding_entry(finding, read.text, read.blocks) for finding in findings]
    for entry in entries:
        entry.document, entry.version = document, version
    _write(entries)
    if document.plan:
        index_plan(document.plan)


@transaction.atomic
def index_finding(finding: Finding) -> None:
    """Bring one finding's row in line with what was decided about it."""
    SearchEntry.objects.filter(finding=finding).delete()
    version = finding.version
    left_out = finding.kind not in FOUND_KINDS or finding.state == FindingState.REJECTED or finding.internal
    if left_out or version.document.current != version:
        return
    pages = version.pages.filter(number__in=[finding.page - 1, finding.page])
    blocks = sorted({block for page in pages for block in documents.blocks_of(page)}, key=lambda block: block.start)
    entry = _finding_entry(finding, version.text, blocks)
    entry.document, entry.version = version.document, version
    _write([entry])


@transaction.atomic
def refresh_document(document: Document) -> None:
    """After new facts about a document; its text is the same. Who may see it is looked up in each search."""
    rows = SearchEntry.objects.filter(document=document)
    rows.exclude(kind=SearchEntry.Kind.FIGURE).update(year=_document_year(document))
    title = document.title[:TITLE_LENGTH]
    rows.filter(kind=SearchEntry.Kind.DOCUMENT).update(title=title, title_terms=index_terms(title))
    _keep_words([title])
    if document.plan:
        index_plan(document.plan)


def remove_document(document: Document) -> None:
    """Nothing of the document is found any more."""
    SearchEntry.objects.filter(document=document).delete()


@transaction.atomic
def index_plan(plan: Plan) -> None:
    """A plan is found by its name and by what its current edition says."""
    SearchEntry.objects.filter(plan=plan).delete()
    _write([_entry(SearchEntry.Kind.PLAN, plan.name, published_text(plan), plan=plan)])


def index_everything() -> int:
    """Make the whole index again; how many rows it has."""
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    for plan in Plan.objects.all():
        index_plan(plan)
    for document in Document.objects.exclude(current=None).select_related("current", "plan"):
        if document.current:
            index_version(document.current)
    return SearchEntry.objects.count()


def _document_year(document: Document) -> int | None:
    return document.date.year if document.date else None


def _passages(read: ReadDocument) -> Iterator[tuple[str, int, int, int]]:
    """Heading, start, end and page of each passage: a block, or a row of a table. Notes are not searched."""
    heading, internal = read.title, documents.internal_spans(read.pages, read.blocks)
    for block in read.blocks:
        if documents.touches(internal, block.start, block.end):
            continue
        if block.kind is BlockKind.HEADING:
            heading = _one_line(read.text[block.start : block.end])
        for start, end in _stretches(block):
            if read.text[start:end].strip():
                yield heading, start, end, block.page


def _stretches(block: Block) -> list[tuple[int, int]]:
    if not block.cells:
        return [(block.start, block.end)]
    cells = sorted((cell for cell in block.cells if cell.end > cell.start), key=lambda cell: (cell.row, cell.start))
    rows = [list(row) for _, row in groupby(cells, key=lambda cell: cell.row)]
    return [(row[0].start, max(cell.end for cell in row)) for row in rows]


def _document_entry(document: Document, read: ReadDocument, passages: list[tuple[str, int, int, int]]) -> SearchEntry:
    """A document is found by its title and introduced by its first paragraph."""
    internal = documents.internal_spans(read.pages, read.blocks)
    paragraphs = (
        block for block in read.blocks
        if block.kind is BlockKind.PARAGRAPH and not documents.touches(internal, block.start, block.end)
    )  # fmt: skip
    first = next(paragraphs, None)
    start, end = (first.start, min(first.end, first.start + INTRODUCTION)) if first else (0, 0)
    page = first.page if first else 1
    entry = _entry(SearchEntry.Kind.DOCUMENT, document.title, read.text[start:end], start=start, end=end, page=page)
    entry.year = _document_year(document)
    return entry


def _passage_entry(
    version: DocumentVersion, read: ReadDocument, heading: str, start: int, end: int, page: int
) -> SearchEntry:
    entry = _entry(SearchEntry.Kind.PASSAGE, heading, read.text[start:end], start=start, end=end, page=page)
    if entry.title_terms != entry.body_terms:
        entry.heading_terms, entry.title_terms = entry.title_terms, ""
    entry.year = _document_year(version.document)
    return entry


def _finding_entry(finding: Finding, text: str, blocks: Sequence[Block]) -> SearchEntry:
    """A finding is found by its own text and by the passage around it; a figure also by its years and its unit."""
    place = _holder(finding, blocks)
    start, end = _around(finding, blocks[place]) if place is not None else (finding.start, finding.end)
    title = finding.text or _one_line(text[finding.start : finding.end])
    kind = FOUND_KINDS[FindingKind(finding.kind)]
    entry = _entry(kind, title, text[start:end], start=start, end=end, page=finding.page, finding=finding)
    if kind == SearchEntry.Kind.FIGURE:
        extra = " ".join(part for part in (finding.period, finding.org, _plain_number(finding.number)) if part)
        near = _years_before(text, blocks, place) if finding.year is None and place is not None else []
        entry.body_terms, entry.year = index_terms(f"{entry.body}\n{extra}", near), finding.year
    else:
        entry.year = _document_year(finding.version.document)
    return entry


def _years_before(text: str, blocks: Sequence[Block], place: int) -> list[str]:
    """Years in the two passages before, under the same heading: what a figure without a period is likely about."""
    years: list[str] = []
    for block in reversed(blocks[max(0, place - 2) : place]):
        if block.kind is BlockKind.HEADING:
            break
        years += YEAR.findall(text[block.start : block.end])
    return years


def _plain_number(number: float | None) -> str:
    return "" if number is None else f"{number:.10g}" if number % 1 else f"{number:.0f}"


def _holder(finding: Finding, blocks: Sequence[Block]) -> int | None:
    """Which block holds the finding; none when it runs across several."""
    places = (n for n, block in enumerate(blocks) if block.start <= finding.start and finding.end <= block.end)
    return next(places, None)


def _around(finding: Finding, block: Block) -> tuple[int, int]:
    """The passage that holds the finding: the block, or one row of a table."""
    rows = (span for span in _stretches(block) if span[0] <= finding.start and finding.end <= span[1])
    return next(rows, (finding.start, finding.end))


def _entry(
    kind: SearchEntry.Kind,
    title: str,
    body: str,
    *,
    start: int = 0,
    end: int = 0,
    page: int = 0,
    finding: Finding | None = None,
    plan: Plan | None = None,
) -> SearchEntry:
    title = title[:TITLE_LENGTH]
    return SearchEntry(
        kind=kind, title=title, body=body, start=start, end=end, page=page, finding=finding, plan=plan,
        title_terms=index_terms(title), body_terms=index_terms(body),
    )  # fmt: skip


@transaction.atomic
def _write(entries: list[SearchEntry]) -> None:
    """Number and save. The documents are held meanwhile, so that two who decide at once get different numbers."""
    owners = {entry.document_id for entry in entries if entry.document_id}
    list(Document.objects.select_for_update().filter(pk__in=owners).order_by("pk").values_list("pk"))
    give_numbers(entries)
    SearchEntry.objects.bulk_create(entries, batch_size=ROWS_AT_A_TIME)
    _keep_words(text for entry in entries for text in (entry.title, entry.body))


def _keep_words(texts: Iterable[str]) -> None:
    """Remember words as written, for «begins with» and for suggestions."""
    words = {word for text in texts for word in words_of(text) if len(word) <= SearchWord.LONGEST}
    SearchWord.objects.bulk_create([SearchWord(word=word) for word in sorted(words)], ROWS_AT_A_TIME, True)


def _one_line(text: str) -> str:
    return " ".join(text.split())
