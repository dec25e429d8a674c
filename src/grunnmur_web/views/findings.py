"""Decide about findings. Every form works without the script: it posts, and the page comes back at the same place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from grunnmur.kernel import BadInput, GrunnmurError
from grunnmur_web.accounts.models import User
from grunnmur_web.actions import findings as acts
from grunnmur_web.models import Document, DocumentVersion, Finding, FindingKind, FindingState
from grunnmur_web.pages.document import page_index, page_of
from grunnmur_web.pages.finding_answer import finding_answer, gone_answer, marked_passage, place_of
from grunnmur_web.permissions import Act, require
from grunnmur_web.views.documents import detail_url, seen_document, seen_version, whole
from grunnmur_web.views.finding_forms import FORMS, FindingForm, initial, suggestion
from grunnmur_web.views.sources import signed_in
from grunnmur_web.words.codes import sentence

Decide = Callable[..., Any]
DECISIONS: dict[str, Decide] = {"godta": acts.accept, "avvis": acts.reject, "angre": acts.undo}


@login_required
@require_POST
def finding_decide(request: HttpRequest, document_id: int, finding_id: int, act: str) -> HttpResponse:
    """«Godta», «Avvis» and «Angre»."""
    user, finding = signed_in(request), _finding(request, document_id, finding_id)
    try:
        if DECISIONS[act](finding, by=user) is None and act == "angre":
            return _gone(request, finding)
    except GrunnmurError as error:
        return _answer(request, finding, sentence(error.code, error.params))
    return _answer(request, finding)


@login_required
@require_http_methods(["GET", "POST"])
def finding_correct(request: HttpRequest, document_id: int, finding_id: int) -> HttpResponse:
    """The form with the value in force, and the correction itself."""
    user, finding = signed_in(request), _finding(request, document_id, finding_id)
    if finding.kind not in FORMS:
        return _answer(request, finding, sentence("not-correctable", {}))
    value = finding.human or finding.machine or {}
    form = _form(request, finding.kind, initial(finding.kind, value))
    if request.method == "POST" and form.is_valid():
        acts.correct(finding, value | form.value(), by=user)
        return _answer(request, finding)
    answer = finding_answer(user, finding)
    context = {"form": form, "item": answer.item, "document": finding.version.document}
    if not _is_partial(request):
        return render(request, "document/finding_page.html", context, status=422 if form.errors else 200)
    # A form with errors takes the place of the form, not of the entry around it.
    place = {"HX-Retarget": f"#f-{finding.pk} .gm-find__more", "HX-Reswap": "innerHTML"}
    return HttpResponse(render_to_string("document/finding_form.html", context, request), headers=place)


@login_required
@require_http_methods(["GET", "POST"])
def finding_add(request: HttpRequest, document_id: int) -> HttpResponse:
    """A finding the rules missed: the passage is marked, or its exact text given, and then read from the document."""
    user = signed_in(request)
    document = seen_document(user, document_id)
    require(user, Act.DECIDE, document)
    version = _version(request, user, document)
    asked = request.POST or request.GET
    kind = asked.get("slag", "")
    page = whole(asked.get("side", "")) or 1
    try:
        start, end = _place(version, asked, page)
        passage = marked_passage(version, start, end)
        if kind not in FORMS:
            raise BadInput("bad-passage")
    except GrunnmurError as error:
        messages.error(request, sentence(error.code, error.params))
        return redirect(detail_url(document.pk, page=page))
    form = _form(request, kind, initial(kind, suggestion(kind, passage)))
    if request.method == "POST" and form.is_valid():
        return _added(request, document, version, (kind, start, end), form, user)
    context = {
        "form": form, "document": document, "version": version, "passage": " ".join(passage.split()), "kind": kind,
        "start": start, "end": end, "page": page_of(page_index(version), start),
    }  # fmt: skip
    return render(request, "document/finding_add.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def finding_accept_all(request: HttpRequest, document_id: int) -> HttpResponse:
    """«Godta alle»: the suggestions in the list, which can be undone until the next time."""
    return _decide_all(request, document_id, acts.accept_all, FindingState.ACCEPTED)


@login_required
@require_POST
def finding_reject_all(request: HttpRequest, document_id: int) -> HttpResponse:
    """«Avvis alle», likewise."""
    return _decide_all(request, document_id, acts.reject_all, FindingState.REJECTED)


@login_required
@require_POST
def finding_undo_all(request: HttpRequest, document_id: int) -> HttpResponse:
    """Take back the last «Godta alle» or «Avvis alle»."""
    user = signed_in(request)
    document = seen_document(user, document_id)
    undo = request.session.pop("undo", {})
    version = get_object_or_404(document.versions.defer("text"), pk=undo.get("version"))
    count = acts.undo_all(version, undo["ids"], by=user)
    text = ngettext("%(count)s avgjørelse er angret.", "%(count)s avgjørelser er angret.", count)
    messages.success(request, text % {"count": count})
    return redirect(detail_url(document.pk, page=undo["page"]))


def _decide_all(request: HttpRequest, document_id: int, decide: Decide, state: FindingState) -> HttpResponse:
    user = signed_in(request)
    document = seen_document(user, document_id)
    require(user, Act.DECIDE, document)
    version = _version(request, user, document)
    page, start, end = (whole(request.POST.get(name, "")) for name in ("side", "fra", "til"))
    if page is None or start is None or end is None:
        return redirect(detail_url(document.pk))
    ids = decide(version, start, end, by=user, kind=request.POST.get("slag", ""))
    undo = {"version": version.pk, "ids": ids, "page": page, "state": state.value}
    request.session["undo"] = undo if ids else {}
    if not ids:
        messages.info(request, _("Det var ingen forslag igjen å avgjøre her."))
    return redirect(detail_url(document.pk, page=page))


def _finding(request: HttpRequest, document_id: int, finding_id: int) -> Finding:
    """A finding of a document that the viewer may see and decide in."""
    document = seen_document(request.user, document_id)
    require(request.user, Act.DECIDE, document)
    rows = Finding.objects.select_related("version__document", "decided_by").defer(
        "version__text", "version__structure"
    )
    return get_object_or_404(rows, pk=finding_id, version__document=document)


def _version(request: HttpRequest, user: User, document: Document) -> DocumentVersion:
    asked = request.POST.get("versjon") or request.GET.get("versjon")
    version = seen_version(user, document, asked)
    if version is None:
        return get_object_or_404(document.versions.none())
    version.document = document
    return version


def _form(request: HttpRequest, kind: str, start: dict[str, Any]) -> FindingForm:
    prefix = f"funn-{kind}"
    data = request.POST if request.method == "POST" else None
    return FORMS[kind](data, initial=start, label_suffix="", auto_id=f"{prefix}-%s")


def _place(version: DocumentVersion, asked: Any, page: int) -> tuple[int, int]:
    """Offsets as given, or those of the exact text on the page."""
    start, end = whole(asked.get("start", "")), whole(asked.get("end", ""))
    if start is not None and end is not None:
        return start, end
    return place_of(version, page, asked.get("tekst", ""))


def _added(
    request: HttpRequest, document: Document, version: DocumentVersion, what: tuple[str, int, int], form: FindingForm,
    user: User,
) -> HttpResponse:  # fmt: skip
    kind, start, end = what
    try:
        finding = acts.add(version, FindingKind(kind), start, end, form.value(), by=user)
    except GrunnmurError as error:
        messages.error(request, sentence(error.code, error.params))
        return redirect(detail_url(document.pk, page=page_of(page_index(version), start)))
    messages.success(request, _("Funnet er lagt til."))
    return redirect(detail_url(document.pk, page=finding.page, finding=finding.pk))


def _answer(request: HttpRequest, finding: Finding, problem: str = "") -> HttpResponse:
    """The finding as it now stands: its entry in the list, or the whole page for those without the script."""
    if not _is_partial(request):
        if problem:
            messages.error(request, problem)
        return redirect(detail_url(finding.version.document_id, page=finding.page, finding=finding.pk))
    context = {"answer": finding_answer(request.user, finding), "problem": problem}
    return render(request, "document/finding_answer.html", context)


def _gone(request: HttpRequest, finding: Finding) -> HttpResponse:
    """What a person had added, and has now taken away."""
    if _is_partial(request):
        return render(request, "document/finding_gone.html", {"answer": gone_answer(request.user, finding.version)})
    return redirect(detail_url(finding.version.document_id, page=finding.page))


def _is_partial(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request"))
