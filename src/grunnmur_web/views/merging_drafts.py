"""Ask for a draft, look at it, and take it into use or put it away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from grunnmur.kernel import GrunnmurError
from grunnmur_web.actions import merging_drafts as acts
from grunnmur_web.models import MergedItem, MergedTheme, MergingDraft
from grunnmur_web.pages.merging.drafts import draft_page
from grunnmur_web.permissions import MergingAct, require_merge
from grunnmur_web.views.merging import seen_item, seen_merging, seen_theme, tell
from grunnmur_web.views.sources import signed_in


@login_required
@require_POST
def merging_theme_draft(request: HttpRequest, merging_id: int, theme_id: int) -> HttpResponse:
    """Ask for a name or a summary of a theme."""
    theme = seen_theme(request, merging_id, theme_id)
    return _asked(request, theme, reverse("merging-theme", args=[merging_id, theme_id]))


@login_required
@require_POST
def merging_item_draft(request: HttpRequest, merging_id: int, item_id: int) -> HttpResponse:
    """Ask for a common wording of an item's sources."""
    item = seen_item(request, merging_id, item_id)
    return _asked(request, item, reverse("merging-item", args=[merging_id, item_id]))


@login_required
@require_safe
def merging_draft(request: HttpRequest, merging_id: int, draft_id: int) -> HttpResponse:
    """A draft with every sentence as code found it."""
    page = draft_page(request.user, _seen(request, merging_id, draft_id))
    return render(request, "merging/draft.html", {"page": page, "head": page.head})


@login_required
@require_POST
def merging_draft_act(request: HttpRequest, merging_id: int, draft_id: int, act: str) -> HttpResponse:
    """Adopt it or put it away."""
    draft = _seen(request, merging_id, draft_id)
    try:
        if act == "ta-i-bruk":
            acts.adopt(draft, by=signed_in(request))
            messages.success(request, _("Utkastet er tatt i bruk. Du kan endre det eller angre."))
        else:
            acts.dismiss(draft, by=signed_in(request))
            messages.success(request, _("Utkastet er lagt bort."))
    except GrunnmurError as error:
        tell(request, error)
        return redirect("merging-draft", merging_id, draft_id)
    return redirect(_home(draft))


def _asked(request: HttpRequest, about: MergedTheme | MergedItem, back: str) -> HttpResponse:
    try:
        draft = acts.ask(about, request.POST.get("oppgave", ""), by=signed_in(request))
    except GrunnmurError as error:
        tell(request, error)
        return redirect(back)
    return redirect("merging-draft", about.merging.pk, draft.pk)


def _seen(request: HttpRequest, merging_id: int, draft_id: int) -> MergingDraft:
    """A draft is for those who decide: nobody else is shown what a machine wrote."""
    merging = seen_merging(request.user, merging_id)
    require_merge(request.user, MergingAct.DECIDE, merging)
    rows = MergingDraft.objects.select_related("theme", "item", "item__theme", "asked_by", "decided_by")
    draft = get_object_or_404(rows, pk=draft_id, merging=merging)
    for about in (draft.theme, draft.item):
        if about is not None:
            about.merging = merging
    return draft


def _home(draft: MergingDraft) -> Any:
    if draft.item_id:
        return reverse("merging-item", args=[draft.merging_id, draft.item_id])
    return reverse("merging-theme", args=[draft.merging_id, draft.theme_id])
