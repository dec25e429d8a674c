"""Documents and their text."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Router

from grunnmur_web.api.paging import Limit, Offset, Part, sliced
from grunnmur_web.api.schemas import DocumentOut, PageOut, Problem, Slice
from grunnmur_web.api.service import visitor
from grunnmur_web.models import Document, DocumentKind, DocumentPage, DocumentVersion
from grunnmur_web.permissions import sees_notes, visible_documents
from grunnmur_web.store.documents import blanked, blocks_of, internal_spans, page_from

router = Router(tags=["documents"])


@router.get("/documents", response=Slice[DocumentOut], operation_id="list_documents", summary="Documents, newest first")
def list_documents(
    request: HttpRequest,
    kind: DocumentKind | None = None,
    plan: str | None = None,
    unit: str | None = None,
    zone: str | None = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Part:
    """Narrow by kind, or by the slug of a plan, a unit or a zone."""
    chosen = {"kind": kind, "plan__slug": plan, "unit__slug": unit, "zones__slug": zone}
    documents = visible_documents(visitor(request)).filter(**{name: value for name, value in chosen.items() if value})
    related = documents.select_related("current", "plan", "unit").prefetch_related("zones")
    light = related.defer("current__text", "current__structure")
    return sliced(request, light, limit, offset, lambda rows: [document_values(request, row) for row in rows])


@router.get("/documents/{document_id}", response={200: DocumentOut, 404: Problem}, operation_id="get_document")
def get_document(request: HttpRequest, document_id: int) -> dict[str, Any]:
    """One document."""
    document = get_object_or_404(visible_documents(visitor(request)), pk=document_id)
    return document_values(request, document)


@router.get(
    "/documents/{document_id}/pages",
    response={200: Slice[PageOut], 404: Problem},
    operation_id="list_pages",
    summary="The text, page by page",
)
def list_pages(request: HttpRequest, document_id: int, limit: Limit = 20, offset: Offset = 0) -> Part:
    """Put together, the texts of all pages are the text that offsets count in. Internal notes are blank."""
    document = get_object_or_404(visible_documents(visitor(request)), pk=document_id)
    pages = DocumentPage.objects.filter(version=document.current_id).defer("lines").order_by("number")
    text = DocumentVersion.objects.filter(current_of=document).values_list("text", flat=True).first() or ""
    notes = sees_notes(visitor(request), document)
    return sliced(request, pages, limit, offset, lambda rows: [_page(row, text, notes=notes) for row in rows])


def document_values(request: HttpRequest, document: Document) -> dict[str, Any]:
    """A document as the API shows it."""
    current = document.current
    return {
        "id": document.pk,
        "title": document.title,
        "kind": document.kind,
        "status": document.status,
        "date": document.date,
        "published_at": document.published_at,
        "illustration": document.illustration,
        "plan": document.plan.slug if document.plan else None,
        "unit": document.unit.slug if document.unit else None,
        "zones": [zone.slug for zone in document.zones.all()],
        "version": current.number if current else None,
        "sha256": current.sha256 if current else None,
        "format": current.format if current else None,
        "language": current.language if current else None,
        "pages": current.page_count if current else 0,
        "url": request.build_absolute_uri(reverse("document-detail", args=[document.pk])),
    }


def _page(row: DocumentPage, text: str, *, notes: bool) -> dict[str, Any]:
    """A page; for those who do not work with the document its notes are blank, so that offsets hold."""
    internal = [] if notes else internal_spans([page_from(row)], blocks_of(row))
    shown = blanked(text[row.start : row.end], row.start, internal)
    return {
        "number": row.number, "kind": row.kind, "label": row.label, "start": row.start, "end": row.end, "text": shown,
    }  # fmt: skip
