"""The list of documents, and bringing files in."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from grunnmur.kernel import GrunnmurError, LimitExceeded
from grunnmur_web.accounts.models import User
from grunnmur_web.actions import uploads
from grunnmur_web.models import Upload, UploadItem
from grunnmur_web.pages.sources import source_list, upload_view
from grunnmur_web.permissions import Act, require
from grunnmur_web.views.document_forms import FilterForm
from grunnmur_web.words.codes import sentence


@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    """Every document that the viewer may see."""
    form = FilterForm(request.GET, request.user)
    page = source_list(request.user, form.values(), request.GET.get("sorter", ""), request.GET.get("side"))
    return render(request, "sources/list.html", {"sources": page, "filter": form})


@login_required
@require_http_methods(["GET", "POST"])
def document_upload(request: HttpRequest) -> HttpResponse:
    """Bring in files; their own page shows how they fare."""
    require(request.user, Act.UPLOAD)
    if request.method == "GET":
        return render(request, "sources/upload.html")
    try:
        upload = uploads.receive(request.FILES.getlist("files"), by=signed_in(request))
    except LimitExceeded as error:
        return render(request, "sources/upload.html", {"error": sentence(error.code, error.params)}, status=429)
    except GrunnmurError as error:
        return render(request, "sources/upload.html", {"error": sentence(error.code, error.params)}, status=400)
    return redirect("document-upload-status", upload.pk)


@login_required
@require_safe
def upload_status(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """How each file fares; the part that changes is fetched again every second until all are done."""
    upload = get_object_or_404(Upload, pk=upload_id, by=signed_in(request))
    context = {"view": upload_view(upload), "told": request.GET.get("ferdig", "")}
    if request.headers.get("HX-Request"):
        return render(request, "sources/upload_items.html", context)
    return render(request, "sources/upload_status.html", context)


@login_required
@require_POST
def upload_item_act(request: HttpRequest, upload_id: UUID, item_id: int, act: str) -> HttpResponse:
    """«Prøv igjen», «Avbryt» and «Fjern»."""
    user = signed_in(request)
    item = get_object_or_404(UploadItem.objects.select_related("version__document"), pk=item_id, upload_id=upload_id)
    get_object_or_404(Upload, pk=upload_id, by=user)
    try:
        if act == "fjern":
            uploads.remove(item, by=user)
        elif item.version is not None:
            (uploads.retry if act == "prov-igjen" else uploads.cancel)(item.version, by=user)
    except GrunnmurError as error:
        messages.error(request, sentence(error.code, error.params))
    return redirect(reverse("document-upload-status", args=[upload_id]))


def signed_in(request: HttpRequest) -> User:
    """The user of a view that needs one."""
    assert isinstance(request.user, User)  # noqa: S101 (login_required)
    return request.user
