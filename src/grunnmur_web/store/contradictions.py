"""Figures and names that two documents give differently, kept as warnings in both.

A warning on one side points to the passage on the other (``Finding.elsewhere``). It is shown only to those who see both
documents, so that a draft never tells its numbers through another document's warning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction

from grunnmur.kernel import Passage, Unit
from grunnmur.knowledge.consistency import Contradiction, compare_documents
from grunnmur.knowledge.model import Extraction, Figure
from grunnmur.sources.documents.model import Document as ReadDocument
from grunnmur.sources.documents.model import Format
from grunnmur_web.models import Document, DocumentPage, DocumentVersion, Finding, FindingKind, FindingState
from grunnmur_web.store import documents
from grunnmur_web.store.findings import apply

Versions = Mapping[str, DocumentVersion]
Side = tuple[DocumentVersion, Passage]


@dataclass(frozen=True, slots=True)
class _Key:
    """What makes two warnings the same one."""

    version: int
    start: int
    end: int
    elsewhere: int | None
    elsewhere_start: int | None


def find_contradictions(version: DocumentVersion) -> int:
    """Compare a version with the current ones of all other documents; returns how many pairs disagree.

    Suggestions from an earlier comparison are replaced; what people decided stays.
    """
    others = _others(version)
    versions = {one.sha256: one for one in [version, *others]}
    # The new one comes first, so that every pair that holds it is looked at.
    found = compare_documents([(_document(one), Extraction(figures=_figures(one))) for one in [version, *others]])
    pairs = [pair for one in found if (pair := _pair(one, versions, version))]
    with transaction.atomic():
        _forget(version)
        known = {_key(row) for row in Finding.objects.filter(elsewhere__isnull=False, version__in=versions.values())}
        rows = [row for one, mine, other in pairs for row in (_row(one, mine, other), _row(one, other, mine))]
        Finding.objects.bulk_create(row for row in rows if _key(row) not in known)
    return len(pairs)


def _others(version: DocumentVersion) -> list[DocumentVersion]:
    """Current versions of other documents; illustrations are compared only with each other."""
    kin = Document.objects.filter(illustration=version.document.illustration).exclude(pk=version.document_id)
    return list(DocumentVersion.objects.filter(current_of__in=kin).exclude(sha256=version.sha256).defer("structure"))


def _document(version: DocumentVersion) -> ReadDocument:
    """As much of the document as a comparison needs."""
    return ReadDocument(version.filename, Format(version.format), version.sha256, version.text, (), ())


def _figures(version: DocumentVersion) -> tuple[Figure, ...]:
    rows = version.findings.filter(kind=FindingKind.FIGURE, number__isnull=False, internal=False).exclude(
        state=FindingState.REJECTED
    )
    return tuple(_figure(row) for row in rows.only(*_SHOWN).order_by("start", "pk"))


_SHOWN = ("text", "number", "unit", "page", "start", "end", "period", "org", "approx")


def _figure(row: Finding) -> Figure:
    return Figure(
        label=row.text, number=float(row.number or 0), unit=Unit(row.unit or Unit.OTHER), page=row.page,
        start=row.start, end=row.end, period=row.period or None, org=row.org or None, approx=row.approx,
    )  # fmt: skip


def _pair(
    found: Contradiction, versions: Versions, version: DocumentVersion
) -> tuple[Contradiction, Side, Side] | None:
    """The side in ``version`` and the other one; None when the contradiction is between two others."""
    sides = [(versions[passage.document], passage) for passage in found.passages if passage.document in versions]
    mine = next((side for side in sides if side[0].pk == version.pk), None)
    other = next((side for side in sides if side[0].pk != version.pk), None)
    if mine is None or other is None or any(_is_internal(side) for side in (mine, other)):
        return None
    return found, mine, other


def _is_internal(side: Side) -> bool:
    """Whether it stands in notes or on a hidden page, which must not come out through another document."""
    version, passage = side
    return documents.is_internal(version, passage.start, passage.end)


def _row(found: Contradiction, here: Side, there: Side) -> Finding:
    version, passage = here
    other, counterpart = there
    row = Finding(
        version=version, kind=FindingKind.WARNING, start=passage.start, end=passage.end,
        page=_page_at(version.pk, passage.start), machine={"code": found.code, "params": dict(found.params)},
        elsewhere=other, elsewhere_start=counterpart.start, elsewhere_end=counterpart.end,
    )  # fmt: skip
    apply(row, version.text[passage.start : passage.end])
    return row


def _page_at(version_id: int, offset: int) -> int:
    before = DocumentPage.objects.filter(version=version_id, start__lte=offset).order_by("-start")
    return before.values_list("number", flat=True).first() or 1


def _forget(version: DocumentVersion) -> None:
    suggested = Finding.objects.filter(elsewhere__isnull=False, state=FindingState.SUGGESTED)
    document = version.document_id
    suggested.filter(version__document=document).delete()
    suggested.filter(elsewhere__document=document).delete()


def _key(row: Finding) -> _Key:
    return _Key(row.version_id, row.start, row.end, row.elsewhere_id, row.elsewhere_start)


@dataclass(frozen=True, slots=True)
class Counterpart:
    """The other side of a contradiction: the words there, read from the other document."""

    document: int
    title: str
    page: int
    start: int
    end: int
    text: str


def counterparts(findings: Iterable[Finding]) -> dict[int, Counterpart]:
    """The other side of each contradiction among ``findings``, by the finding's id."""
    rows = [row for row in findings if row.elsewhere_id is not None]
    by_version = {number: [row for row in rows if row.elsewhere_id == number] for number in _elsewhere(rows)}
    return {
        row.pk: Counterpart(document.pk, document.title, _page_at(number, start), start, end, text)
        for number, some in by_version.items()
        if (document := Document.objects.filter(current=number).only("title").first()) is not None
        for row, (start, end), text in _quoted(number, some)
    }


def _elsewhere(rows: Iterable[Finding]) -> list[int]:
    return sorted({row.elsewhere_id for row in rows if row.elsewhere_id is not None})


def _quoted(version_id: int, rows: list[Finding]) -> Iterator[tuple[Finding, tuple[int, int], str]]:
    spans = [(row.elsewhere_start or 0, row.elsewhere_end or 0) for row in rows]
    yield from zip(rows, spans, documents.texts_between(version_id, spans), strict=True)
