"""One document: its text, its file, what is known about it and who sees it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from grunnmur.kernel import GrunnmurError
from grunnmur.sources.documents.model import Format
from grunnmur_web.actions import documents as acts
from grunnmur_web.actions import uploads
from grunnmur_web.models import Document, DocumentVersion
from grunnmur_web.pages.document import Wanted, document_view, offers_original, rights
from grunnmur_web.pages.history import history_entries
from grunnmur_web.permissions import Act, Visitor, can, require, sees_notes, visible_documents
from grunnmur_web.store.page_images import page_image
from grunnmur_web.views.document_forms import FactsForm
from grunnmur_web.views.sources import signed_in
from grunnmur_web.words.codes import sentence

# The type comes from what the reader recognised, never from the name a person gave.
CONTENT_TYPES = {
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.ODT: "application/vnd.oasis.opendocument.text",
}
# In the order people reach for them.
ADDABLE = ("figure", "element", "action", "milestone", "law", "service")
IMAGE_WIDTHS = (800, 1600)
IMAGE_SECONDS = 3600
LONGEST_NUMBER = 9


def seen_document(user: Visitor, document_id: int) -> Document:
    """A document that ``user`` may see, without its text; 404 for every other."""
    rows = visible_documents(user).select_related("current", "owner", "plan", "unit").defer("current__text")
    return get_object_or_404(rows, pk=document_id)


def seen_version(user: Visitor, document: Document, number: str | None) -> DocumentVersion | None:
    """The current version, or for those who work with the document the one they ask for."""
    if number is None or (document.current and str(document.current.number) == number):
        return document.current
    asked = whole(number)
    if asked is None or not can(user, Act.EDIT, document):
        raise Http404
    return get_object_or_404(document.versions.defer("text"), number=asked)


@require_safe
def document_detail(request: HttpRequest, document_id: int) -> HttpResponse:
    """The text with what was found in it; until there is one, how the reading goes."""
    document = seen_document(request.user, document_id)
    version = seen_version(request.user, document, request.GET.get("versjon"))
    if version is None or version.state != "read":
        return _unread(request, document, version)
    view = document_view(request.user, document, version, wanted(request))
    undo = request.session.get("undo", {}) if request.user.is_authenticated else {}
    context = {"view": view, "undo": undo if undo.get("version") == version.pk else {}, "addable": ADDABLE}
    return render(request, "document/detail.html", context)


@require_safe
def document_original(request: HttpRequest, document_id: int) -> FileResponse:
    """The file itself, always as a download."""
    document = seen_document(request.user, document_id)
    version = seen_version(request.user, document, request.GET.get("versjon")) or _latest(request.user, document)
    if not offers_original(version, rights(request.user, document)):
        raise PermissionDenied
    kind = CONTENT_TYPES.get(Format(version.format)) if version.format else None
    response = FileResponse(
        version.file.open("rb"), as_attachment=True, filename=version.filename,
        content_type=kind or "application/octet-stream",
    )  # fmt: skip
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def document_page_image(request: HttpRequest, document_id: int, page: int) -> HttpResponse:
    """A page of a PDF as a picture."""
    document = seen_document(request.user, document_id)
    version = seen_version(request.user, document, request.GET.get("versjon"))
    if version is None or version.format != Format.PDF or not 1 <= page <= version.page_count:
        raise Http404
    if not sees_notes(request.user, document) and version.pages.filter(number=page, hidden=True).exists():
        raise Http404
    width = IMAGE_WIDTHS[request.GET.get("bredde") == str(IMAGE_WIDTHS[1])]
    try:
        image = page_image(version, page, width)
    except GrunnmurError as error:
        raise Http404 from error
    response = HttpResponse(image, content_type="image/png")
    response["Cache-Control"] = f"private, max-age={IMAGE_SECONDS}"
    return response


@login_required
@require_http_methods(["GET", "POST"])
def document_facts(request: HttpRequest, document_id: int) -> HttpResponse:
    """What is known about the document, its history, and the form to change it."""
    document = seen_document(request.user, document_id)
    require(request.user, Act.EDIT, document)
    allowed = rights(request.user, document)
    form = FactsForm(request.POST or None, instance=document, may_hand_over=allowed.publish)
    if request.method == "POST" and form.is_valid():
        fresh = seen_document(request.user, document_id)
        acts.change_facts(fresh, form.cleaned_data, by=signed_in(request))
        messages.success(request, _("Opplysningene er lagret."))
        return redirect("document-detail", document_id)
    shown = seen_document(request.user, document_id)
    context = {"form": form, "document": shown, "rights": allowed, "history": history_entries(shown)}
    return render(request, "document/facts.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def document_status(request: HttpRequest, document_id: int, act: str) -> HttpResponse:
    """Publish, or take back."""
    document = seen_document(request.user, document_id)
    try:
        if act == "publiser":
            acts.publish(document, by=signed_in(request))
            messages.success(request, _("Dokumentet er publisert. Alle kan lese det nå."))
        else:
            acts.unpublish(document, by=signed_in(request))
            messages.success(request, _("Dokumentet er trukket tilbake. Bare dere som arbeider med det, ser det."))
    except GrunnmurError as error:
        messages.error(request, sentence(error.code, error.params))
    return redirect("document-detail", document_id)


@login_required
@require_http_methods(["GET", "POST"])
def document_delete(request: HttpRequest, document_id: int) -> HttpResponse:
    """Ask, saying what is lost; then delete."""
    document = seen_document(request.user, document_id)
    require(request.user, Act.DELETE, document)
    if request.method == "POST":
        try:
            acts.delete(document, by=signed_in(request))
        except GrunnmurError as error:
            messages.error(request, sentence(error.code, error.params))
            return redirect("document-detail", document_id)
        messages.success(request, _("«%(title)s» er slettet.") % {"title": document.title})
        return redirect("document-list")
    return render(request, "document/delete.html", {"document": document, "losses": acts.losses(document)})


@login_required
@require_POST
def document_read_again(request: HttpRequest, document_id: int, act: str) -> HttpResponse:
    """Read the latest version again, or stop reading it."""
    document = seen_document(request.user, document_id)
    require(request.user, Act.EDIT, document)
    version = _latest(request.user, document)
    (uploads.retry if act == "les-pa-nytt" else uploads.cancel)(version, by=signed_in(request))
    return redirect("document-detail", document_id)


def wanted(request: HttpRequest) -> Wanted:
    """What the address asks for; what makes no sense is left out."""
    first, _separator, last = request.GET.get("sted", "").partition("-")
    start, end = whole(first), whole(last)
    return Wanted(
        page=whole(request.GET.get("side", "")) or 1,
        finding=whole(request.GET.get("funn", "")),
        place=(start, end) if start is not None and end is not None and start < end else None,
        kind=request.GET.get("slag", ""),
    )


def whole(text: str) -> int | None:
    """A whole number from an address or a form; None for what is none, and for one that no page or offset can be."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else None


def detail_url(document_id: int, *, page: int | None = None, finding: int | None = None) -> str:
    """The address of a document, a page of it, or a finding on that page."""
    url = reverse("document-detail", args=[document_id])
    if finding is not None:
        return f"{url}?side={page or 1}&funn={finding}#funn-{finding}"
    return f"{url}?side={page}" if page else url


def _unread(request: HttpRequest, document: Document, version: DocumentVersion | None) -> HttpResponse:
    shown = version or _latest(request.user, document)
    allowed = rights(request.user, document)
    context: dict[str, Any] = {
        "document": document, "version": shown, "rights": allowed,
        "offers_original": offers_original(shown, allowed),
    }  # fmt: skip
    if request.headers.get("HX-Request") and shown.state in {"waiting", "reading"}:
        return render(request, "document/reading_state.html", context)
    response = render(request, "document/unread.html", context)
    if request.headers.get("HX-Request"):
        response["HX-Refresh"] = "true"
    return response


def _latest(user: Visitor, document: Document) -> DocumentVersion:
    """The newest version, whatever its state; only for those who work with the document."""
    version = document.versions.defer("text").order_by("-number").first()
    if version is None or not can(user, Act.EDIT, document):
        raise Http404
    return version
