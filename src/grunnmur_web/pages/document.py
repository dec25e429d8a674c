"""The page of one document: a stretch of its text with what was found in it, and what is known about the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Q, QuerySet

from grunnmur.sources.documents.model import BlockKind, Format
from grunnmur_web.models import (
    Document,
    DocumentPage,
    DocumentVersion,
    Finding,
    FindingKind,
    FindingState,
)
from grunnmur_web.pages.finding_items import FindingItem, Place, finding_item
from grunnmur_web.pages.merging.fates import followed
from grunnmur_web.pages.passages import Mark, PageText, TextBlock, text_blocks
from grunnmur_web.permissions import Act, Visitor, can, sees_notes, sees_suggestions, with_visible_counterparts
from grunnmur_web.store import contradictions, documents, findings
from grunnmur_web.store.findings import HitRate

# A page of print fills a view; slides are short, so several of them do.
ENOUGH_LETTERS = 1_400
MOST_PAGES = 8
LONG_OUTLINE = 60
MOST_WARNINGS = 30
MOST_PLACES = 6


@dataclass(frozen=True, slots=True)
class Rights:
    """What the viewer may do with this document."""

    edit: bool
    decide: bool
    publish: bool
    delete: bool
    suggestions: bool
    notes: bool


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page's number and place in the text."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Box:
    """Where a finding's passage stands on the page image, in thousandths of its width and height."""

    finding: int
    chosen: bool
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ShownPage:
    """One page of text; ``boxes`` frame the passages on its image."""

    number: int
    label: str
    kind: str
    hidden: bool
    blocks: list[TextBlock]
    boxes: tuple[Box, ...]

    @property
    def is_framed(self) -> bool:
        """Whether the chosen passage stands on this page."""
        return any(box.chosen for box in self.boxes)


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading to go to."""

    text: str
    level: int
    page: int
    here: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """The stretch of pages that is shown, and the way to the ones around it."""

    pages: tuple[ShownPage, ...]
    first: int
    last: int
    previous: int | None
    next: int | None
    total: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Findings that are not headings: all the viewer may see, those that wait, and those a person has corrected."""

    all: int
    waiting: int
    corrected: int
    open_warnings: int


@dataclass(frozen=True, slots=True)
class DocumentView:
    """Everything on the page."""

    document: Document
    version: DocumentVersion
    rights: Rights
    reading: Reading
    items: tuple[FindingItem, ...]
    kinds: tuple[tuple[str, int], ...]
    chosen: FindingItem | None
    outline: tuple[OutlineEntry, ...]
    warnings: tuple[FindingItem, ...]
    notices: tuple[tuple[str, int | None, object], ...]
    counts: Counts
    rates: tuple[HitRate, ...]
    total_rate: HitRate | None
    has_images: bool
    holds_internal: bool
    offers_original: bool
    is_current: bool
    newer: DocumentVersion | None

    @property
    def open_items(self) -> int:
        """Suggestions in the list that can be decided together; what does not add up is looked at one by one."""
        return sum(item.is_open and item.is_correctable for item in self.items)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for: a page, a finding, a stretch of text, one kind in the list."""

    page: int = 1
    finding: int | None = None
    place: tuple[int, int] | None = None
    kind: str = ""


def rights(user: Visitor, document: Document) -> Rights:
    """What ``user`` may do with ``document``."""
    return Rights(
        edit=can(user, Act.EDIT, document),
        decide=can(user, Act.DECIDE, document),
        publish=can(user, Act.PUBLISH, document),
        delete=can(user, Act.DELETE, document),
        suggestions=sees_suggestions(user),
        notes=sees_notes(user, document),
    )


def shown_findings(version: DocumentVersion, allowed: Rights) -> QuerySet[Finding]:
    """The findings of a version that the viewer may see: rejected ones only where one decides, notes likewise."""
    states = [FindingState.ACCEPTED, FindingState.CORRECTED]
    states += [FindingState.SUGGESTED] if allowed.suggestions else []
    states += [FindingState.REJECTED] if allowed.decide else []
    found = Finding.objects.filter(version=version, state__in=states)
    return found if allowed.notes else found.filter(internal=False)


def offers_original(version: DocumentVersion, allowed: Rights) -> bool:
    """The file is for everyone who sees the document, unless it holds what they are not shown."""
    return allowed.notes or not documents.holds_internal(version)


def document_view(user: Visitor, document: Document, version: DocumentVersion, wanted: Wanted) -> DocumentView:
    """The page as ``user`` may see it. ``version`` comes without its text; only the shown stretch is loaded."""
    allowed = rights(user, document)
    seen = with_visible_counterparts(shown_findings(version, allowed), user)
    index = page_index(version, hidden=allowed.notes)
    page = _wanted_page(index, wanted, seen)
    stretch, around = _stretch(index, page)
    start, end = (stretch[0].start, stretch[-1].end) if stretch else (0, 0)
    rows = list(_rows(seen, start, end))
    text = documents.text_between(version.pk, start, end) if end > start else ""
    items = _items(rows, text, start, wanted, index, followed(user, rows))
    warnings = _warnings(version, seen, index)
    rates = tuple(findings.hit_rates(Finding.objects.filter(version=version))) if allowed.suggestions else ()
    return DocumentView(
        document=document,
        version=version,
        rights=allowed,
        reading=Reading(
            pages=tuple(_shown_pages(version, stretch, text, _marks(rows, wanted), notes=allowed.notes)),
            first=stretch[0].number if stretch else 1,
            last=stretch[-1].number if stretch else 1,
            previous=around[0], next=around[1], total=index[-1].number if index else 0, start=start, end=end,
        ),
        items=tuple(item for item in items if not wanted.kind or item.finding.kind == wanted.kind or item.chosen),
        kinds=_kinds(items),
        chosen=next((item for item in items if item.chosen), None),
        outline=tuple(_outline(version, stretch[-1].end if stretch else 0, notes=allowed.notes)),
        warnings=warnings,
        notices=tuple(_notices(version, index)),
        counts=counts(seen),
        rates=rates,
        total_rate=findings.total(list(rates)),
        has_images=version.format == Format.PDF,
        holds_internal=documents.holds_internal(version),
        offers_original=offers_original(version, allowed),
        is_current=document.current_id == version.pk,
        newer=_newer(document, version) if allowed.edit else None,
    )  # fmt: skip


def page_index(version: DocumentVersion, *, hidden: bool = True) -> list[PageEntry]:
    """Number and place of every page, without their contents; with or without those that are hidden in the file."""
    rows = DocumentPage.objects.filter(version=version).order_by("number")
    rows = rows if hidden else rows.filter(hidden=False)
    return [PageEntry(*row) for row in rows.values_list("number", "start", "end")]


def page_of(index: Sequence[PageEntry], offset: int) -> int:
    """The page that holds an offset."""
    return next((page.number for page in reversed(index) if page.start <= offset), 1)


def stretches(index: Sequence[PageEntry]) -> list[list[PageEntry]]:
    """Pages grouped so that each group has enough to read; the same however one comes to it."""
    groups: list[list[PageEntry]] = []
    letters = ENOUGH_LETTERS
    for page in index:
        if letters >= ENOUGH_LETTERS or len(groups[-1]) >= MOST_PAGES:
            groups.append([])
            letters = 0
        groups[-1].append(page)
        letters += page.end - page.start
    return groups


def _wanted_page(index: Sequence[PageEntry], wanted: Wanted, seen: QuerySet[Finding]) -> int:
    """A finding or a place says where it is, whatever page the address names."""
    if wanted.finding is not None:
        page = seen.filter(pk=wanted.finding).values_list("page", flat=True).first()
        if page is not None:
            return page
    return page_of(index, wanted.place[0]) if wanted.place else wanted.page


def _stretch(index: Sequence[PageEntry], page: int) -> tuple[list[PageEntry], tuple[int | None, int | None]]:
    groups = stretches(index)
    if not groups:
        return [], (None, None)
    at = next((n for n, group in enumerate(groups) if group[-1].number >= page), len(groups) - 1)
    before = groups[at - 1][0].number if at else None
    after = groups[at + 1][0].number if at + 1 < len(groups) else None
    return groups[at], (before, after)


def _rows(seen: QuerySet[Finding], start: int, end: int) -> QuerySet[Finding]:
    touching = seen.filter(start__lt=end, end__gt=start).exclude(kind=FindingKind.HEADING)
    return touching.select_related("decided_by").order_by("start", "-end", "id")


def _items(
    rows: Sequence[Finding], text: str, start: int, wanted: Wanted, index: Sequence[PageEntry], known: frozenset[int]
) -> list[FindingItem]:
    return [
        finding_item(
            row,
            text[max(row.start - start, 0) : row.end - start],
            chosen=row.pk == wanted.finding,
            passages=other_places(row, index),
            is_followed=row.pk in known,
        )
        for row in rows
    ]


def other_places(finding: Finding, index: Sequence[PageEntry]) -> list[Place]:
    """The other passages of a warning."""
    passages = (finding.machine or {}).get("passages") or []
    return [Place(start, end, page_of(index, start), "") for start, end in passages]


def _marks(rows: Sequence[Finding], wanted: Wanted) -> list[Mark]:
    marks = [
        Mark(row.pk, row.kind, row.start, row.end, row.pk == wanted.finding)
        for row in rows
        if row.state != FindingState.REJECTED or row.pk == wanted.finding
    ]
    if wanted.place and wanted.finding is None:
        marks.append(Mark(0, "place", *wanted.place, chosen=True))
    return marks


def _shown_pages(
    version: DocumentVersion, stretch: Sequence[PageEntry], text: str, marks: Sequence[Mark], *, notes: bool
) -> list[ShownPage]:
    numbers = [page.number for page in stretch]
    pages = []
    for row in version.pages.filter(number__in=numbers) if stretch else []:
        begin = row.start - stretch[0].start
        part, found = text[begin : begin + row.end - row.start], documents.blocks_of(row)
        if not notes:
            part = documents.blanked(part, row.start, documents.internal_spans([documents.page_from(row)], found))
            found = [block for block in found if block.kind is not BlockKind.NOTE]
        blocks = text_blocks(PageText(part, row.start, row.end, marks), found)
        boxes = tuple(_boxes(row, marks))
        pages.append(ShownPage(row.number, row.label, row.kind, row.hidden, blocks, boxes))
    return pages


def _boxes(row: DocumentPage, marks: Sequence[Mark]) -> list[Box]:
    """The lines of the page that each passage stands on, cut to it as if letters were equally wide."""
    boxes = []
    for line in documents.lines_of(row):
        for mark in marks:
            start, end = max(line.start, mark.start), min(line.end, mark.end)
            if start < end:
                letter = (line.x1 - line.x0) / (line.end - line.start)
                left, right = line.x0 + (start - line.start) * letter, line.x0 + (end - line.start) * letter
                sides = (left, line.y0, right - left, line.y1 - line.y0)
                boxes.append(Box(mark.id, mark.chosen, *(round(1000 * side) for side in sides)))
    return boxes


def _kinds(items: Sequence[FindingItem]) -> tuple[tuple[str, int], ...]:
    counts = {kind: sum(item.finding.kind == kind for item in items) for kind in FindingKind}
    return tuple((kind.value, count) for kind, count in counts.items() if count)


def _notices(version: DocumentVersion, index: Sequence[PageEntry]) -> list[tuple[str, int | None, object]]:
    """What the reader has to say about the whole, and about the pages that are shown."""
    shown = {None, *(page.number for page in index)}
    return [(note.code, note.page, note.params) for note in documents.notices_of(version) if note.page in shown]


def _outline(version: DocumentVersion, until: int, *, notes: bool) -> list[OutlineEntry]:
    """The headings, in a long document only those of the two top levels; the last one begun is where one is."""
    rows = Finding.objects.filter(version=version, kind=FindingKind.HEADING).exclude(state=FindingState.REJECTED)
    rows = rows if notes else rows.filter(internal=False)
    entries = list(rows.order_by("start").values_list("text", "type", "page", "start"))
    if len(entries) > LONG_OUTLINE:
        top = sorted({int(level or 1) for _, level, _, _ in entries})[:2]
        entries = [entry for entry in entries if int(entry[1] or 1) in top]
    begun = [n for n, entry in enumerate(entries) if entry[3] < until]
    lowest = min((int(level or 1) for _, level, _, _ in entries), default=1)
    return [
        OutlineEntry(text, min(int(level or 1) - lowest + 1, 3), page, bool(begun) and n == begun[-1])
        for n, (text, level, page, _) in enumerate(entries)
    ]


def _warnings(version: DocumentVersion, seen: QuerySet[Finding], index: Sequence[PageEntry]) -> tuple[FindingItem, ...]:
    """What does not add up, each with all its passages as they stand in the document."""
    found = seen.filter(kind=FindingKind.WARNING).exclude(state=FindingState.REJECTED)
    rows = list(found.select_related("decided_by").order_by("start", "id")[:MOST_WARNINGS])
    places = [other_places(row, index)[:MOST_PLACES] for row in rows]
    spans = [(place.start, place.end) for some in places for place in some]
    texts = iter(documents.texts_between(version.pk, spans))
    quoted = [[replace(place, text=" ".join(next(texts).split())) for place in some] for some in places]
    others = contradictions.counterparts(rows)
    return tuple(
        finding_item(row, row.text, passages=some, counterpart=others.get(row.pk))
        for row, some in zip(rows, quoted, strict=True)
    )


def counts(seen: QuerySet[Finding]) -> Counts:
    """How many findings there are, wait, and were corrected."""
    real = seen.exclude(kind=FindingKind.HEADING).exclude(state=FindingState.REJECTED)
    waits = Q(state=FindingState.SUGGESTED)
    counted = real.order_by().aggregate(
        all=Count("pk"),
        waiting=Count("pk", filter=waits),
        corrected=Count("pk", filter=Q(state=FindingState.CORRECTED)),
        open_warnings=Count("pk", filter=waits & Q(kind=FindingKind.WARNING)),
    )
    return Counts(**counted)


def _newer(document: Document, version: DocumentVersion) -> DocumentVersion | None:
    """The last version to arrive, when it is not the one shown."""
    later = document.versions.filter(number__gt=version.number).order_by("-number")
    return later.defer("text", "structure").first()
