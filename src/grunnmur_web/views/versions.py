"""The versions of a document: bring in a new one, compare, and choose which one counts."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from grunnmur.kernel import GrunnmurError, LimitExceeded
from grunnmur_web.actions import documents as acts
from grunnmur_web.actions import uploads
from grunnmur_web.models import ReadState
from grunnmur_web.pages.document import rights
from grunnmur_web.pages.versions import comparison, version_list
from grunnmur_web.permissions import Act, require
from grunnmur_web.views.documents import seen_document
from grunnmur_web.views.sources import signed_in
from grunnmur_web.words.codes import sentence


@login_required
@require_http_methods(["GET", "POST"])
def document_versions(request: HttpRequest, document_id: int) -> HttpResponse:
    """All versions, and the form for a new one."""
    document = seen_document(request.user, document_id)
    require(request.user, Act.EDIT, document)
    problem, status = "", 200
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is None:
            problem, status = sentence("no-files", {}), 400
        else:
            try:
                upload = uploads.receive_version(document, file, by=signed_in(request))
                return redirect("document-upload-status", upload.pk)
            except GrunnmurError as error:
                problem = sentence(error.code, error.params)
                status = 429 if isinstance(error, LimitExceeded) and error.code == "too-many-uploads" else 400
    versions = version_list(document)
    context = {"document": document, "versions": versions, "rights": rights(request.user, document), "error": problem}
    return render(request, "document/versions.html", context, status=status)


@login_required
@require_safe
def document_compare(request: HttpRequest, document_id: int, old: int, new: int) -> HttpResponse:
    """What changed from one version to another."""
    document = seen_document(request.user, document_id)
    require(request.user, Act.EDIT, document)
    read = document.versions.filter(state=ReadState.READ)
    if old == new:
        raise Http404
    before, after = get_object_or_404(read, number=old), get_object_or_404(read, number=new)
    context = {"document": document, "comparison": comparison(before, after), "rights": rights(request.user, document)}
    return render(request, "document/compare.html", context)


@login_required
@require_POST
def document_use_version(request: HttpRequest, document_id: int, number: int) -> HttpResponse:
    """Let another version count."""
    document = seen_document(request.user, document_id)
    version = get_object_or_404(document.versions, number=number)
    try:
        acts.use_version(version, by=signed_in(request))
        messages.success(request, _("Versjon %(number)s er tatt i bruk.") % {"number": number})
    except GrunnmurError as error:
        messages.error(request, sentence(error.code, error.params))
    return redirect("document-detail", document_id)
