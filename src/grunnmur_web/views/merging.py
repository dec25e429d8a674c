"""The pages of merging plans: the list, the board, a theme, an item, and what became of everything."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from grunnmur.kernel import GrunnmurError
from grunnmur_web.actions import merging as acts
from grunnmur_web.models import MergedItem, MergedTheme, Merging
from grunnmur_web.pages.merging import export as exports
from grunnmur_web.pages.merging.balance import balance_page
from grunnmur_web.pages.merging.board import board
from grunnmur_web.pages.merging.fates import answers, fates_page
from grunnmur_web.pages.merging.heads import merging_head
from grunnmur_web.pages.merging.lists import merging_list as list_page
from grunnmur_web.pages.merging.log import log_page
from grunnmur_web.pages.merging.noticed import ABOUT, noticed_page
from grunnmur_web.pages.merging.theme import item_page, theme_view
from grunnmur_web.permissions import MergingAct, Visitor, require_merge, sees_suggestions, visible_mergings
from grunnmur_web.store.merging.answers import LONGEST, SourceFilters
from grunnmur_web.views.documents import whole
from grunnmur_web.views.merging_forms import NewMergingForm
from grunnmur_web.views.sources import signed_in
from grunnmur_web.words.codes import sentence
from grunnmur_web.words.merging import LEVELS

READABLE = {Merging.State.OPEN, Merging.State.FINISHED}
UNDER_WAY = {Merging.State.WAITING, Merging.State.COMPARING}
POLLING = "tilstand"  # the part of the page that asks how the comparison goes


def seen_merging(user: Visitor, merging_id: int, *, readable: bool = True) -> Merging:
    """A merge that ``user`` may see; 404 for every other, and for one with nothing to show yet."""
    rows = visible_mergings(user).select_related("created_by", "finished_by")
    merging = get_object_or_404(rows, pk=merging_id)
    if readable and merging.state not in READABLE:
        raise Http404
    return merging


@require_safe
def merging_list(request: HttpRequest) -> HttpResponse:
    """Every merge that the viewer may see."""
    return render(request, "merging/list.html", {"list": list_page(request.user)})


@login_required
@require_http_methods(["GET", "POST"])
def merging_new(request: HttpRequest) -> HttpResponse:
    """Choose plans and frame, and start."""
    require_merge(request.user, MergingAct.START)
    form = NewMergingForm(request.POST or None, request.user)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            merging = acts.start(chosen["title"], chosen["documents"], form.chosen_areas(), by=signed_in(request))
            return redirect("merging-detail", merging.pk)
        except GrunnmurError as error:
            form.add_error("documents" if error.code == "needs-plans" else None, sentence(error.code, error.params))
    return render(request, "merging/new.html", {"form": form}, status=400 if form.errors else 200)


@require_safe
def merging_detail(request: HttpRequest, merging_id: int) -> HttpResponse:
    """The board; until there is one, how the comparison goes."""
    merging = seen_merging(request.user, merging_id, readable=False)
    if request.headers.get("HX-Trigger") == POLLING and merging.state not in UNDER_WAY:
        return HttpResponse(headers={"HX-Refresh": "true"})
    head = merging_head(request.user, merging, "merging-detail")
    if merging.state not in READABLE:
        return _not_ready(request, {"head": head, "merging": merging})
    return render(request, "merging/board.html", {"head": head, "board": board(merging), "formats": exports.FORMATS})


@require_safe
def merging_theme(request: HttpRequest, merging_id: int, theme_id: int) -> HttpResponse:
    """A theme with the sources of each of its items side by side."""
    theme = seen_theme(request, merging_id, theme_id)
    return render(request, "merging/theme.html", {"view": theme_view(request.user, theme, request.GET.get("side"))})


@require_safe
def merging_item(request: HttpRequest, merging_id: int, item_id: int) -> HttpResponse:
    """An item with its words, sources and comments."""
    page = item_page(request.user, seen_item(request, merging_id, item_id))
    return render(request, "merging/item.html", item_context(page))


@require_safe
def merging_fates(request: HttpRequest, merging_id: int) -> HttpResponse:
    """«Hva ble det av?»."""
    merging = seen_merging(request.user, merging_id)
    page = fates_page(request.user, merging, filters(request), request.GET.get("side"))
    return render(request, "merging/fates.html", {"page": page, "head": page.head})


@require_safe
def merging_balance(request: HttpRequest, merging_id: int) -> HttpResponse:
    """The balance sheet."""
    page = balance_page(request.user, seen_merging(request.user, merging_id), request.GET.get("side"))
    return render(request, "merging/balance.html", {"page": page, "head": page.head})


@require_safe
def merging_noticed(request: HttpRequest, merging_id: int) -> HttpResponse:
    """What the machine noticed, by kind."""
    asked = request.GET
    merging = seen_merging(request.user, merging_id)
    numbers = {column: whole(asked.get(name, "")) for name, column in ABOUT.items()}
    about = {column: number for column, number in numbers.items() if number is not None}
    page = noticed_page(request.user, merging, asked.get("slag", ""), about=about, number=asked.get("side"))
    return render(request, "merging/noticed.html", {"page": page, "head": page.head})


@login_required
@require_safe
def merging_log(request: HttpRequest, merging_id: int) -> HttpResponse:
    """Everything that was done; for those who work here."""
    merging = seen_merging(request.user, merging_id)
    if not sees_suggestions(request.user):
        raise Http404
    page, entries = log_page(merging, request.GET.get("side"))
    head = merging_head(request.user, merging, "merging-log")
    return render(request, "merging/log.html", {"head": head, "page": page, "entries": entries})


@require_safe
def merging_export(request: HttpRequest, merging_id: int, format_: str) -> HttpResponse:
    """The merge as a file."""
    merging = seen_merging(request.user, merging_id)
    if format_ not in exports.FORMATS:
        raise Http404
    content, content_type, name = exports.export(request.user, merging, format_)
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def merging_answers(request: HttpRequest) -> HttpResponse:
    """What became of anything that any merge one may see rests on: by words, or from a finding in a document."""
    found = answers(request.user, request.GET.get("q", "").strip()[:LONGEST], whole(request.GET.get("funn", "")))
    return render(request, "merging/answers.html", {"answers": found})


def seen_theme(request: HttpRequest, merging_id: int, theme_id: int) -> MergedTheme:
    """A theme of a merge that the viewer may see."""
    merging = seen_merging(request.user, merging_id)
    theme = get_object_or_404(MergedTheme.objects.select_related("decided_by"), pk=theme_id, merging=merging)
    theme.merging = merging
    return theme


def seen_item(request: HttpRequest, merging_id: int, item_id: int) -> MergedItem:
    """An item of a merge that the viewer may see."""
    merging = seen_merging(request.user, merging_id)
    rows = MergedItem.objects.select_related("theme", "edited_by")
    item = get_object_or_404(rows, pk=item_id, merging=merging)
    item.merging = item.theme.merging = merging
    return item


def item_context(page: Any, **more: Any) -> dict[str, Any]:
    """What the template of an item's page needs."""
    return {"page": page, "levels": list(LEVELS.items()), "steps": MergedItem.Step.choices, **more}


def filters(request: HttpRequest) -> SourceFilters:
    """What the address asks for; what makes no sense is left out."""
    asked = request.GET
    inside = sees_suggestions(request.user)
    return SourceFilters(
        plan=whole(asked.get("plan", "")),
        fate=asked.get("skjebne", ""),
        person=whole(asked.get("hvem", "")) if inside else None,
        text=asked.get("q", "").strip()[:LONGEST],
    )


def _not_ready(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    template = "merging/state.html" if request.headers.get("HX-Trigger") == POLLING else "merging/waiting.html"
    return render(request, template, context)


def tell(request: HttpRequest, error: GrunnmurError) -> None:
    """The sentence of an error, on top of the next page."""
    messages.error(request, sentence(error.code, error.params))
