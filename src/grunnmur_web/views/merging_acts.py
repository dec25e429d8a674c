"""What one does to a merge: every act is a form that works without the script, and ends where it began."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from grunnmur.kernel import GrunnmurError
from grunnmur_web.accounts.models import User
from grunnmur_web.actions import merging as whole_acts
from grunnmur_web.actions import merging_items as item_acts
from grunnmur_web.actions import merging_steps as steps
from grunnmur_web.actions import merging_themes as theme_acts
from grunnmur_web.actions.merging_items import FateChoice, Wording
from grunnmur_web.models import MergedItem, MergedTheme, Merging, SourceItem, Suggestion
from grunnmur_web.pages.merging.log import ACTS
from grunnmur_web.pages.merging.sources import source_views, with_relations
from grunnmur_web.pages.merging.theme import item_page
from grunnmur_web.permissions import MergingAct, require_merge
from grunnmur_web.views.documents import whole
from grunnmur_web.views.merging import item_context, seen_item, seen_merging, seen_theme, tell
from grunnmur_web.views.merging_forms import FateForm, source_title
from grunnmur_web.views.sources import signed_in

WHOLE: dict[str, tuple[Callable[..., Any], Any]] = {
    "ferdig": (whole_acts.finish, gettext_lazy("Sammenstillingen er ferdig og frosset.")),
    "gjenapne": (whole_acts.reopen, gettext_lazy("Sammenstillingen er åpnet igjen. Det står i loggen.")),
    "publiser": (whole_acts.publish, gettext_lazy("Sammenstillingen er publisert. Alle kan lese den nå.")),
    "trekk-tilbake": (whole_acts.unpublish, gettext_lazy("Sammenstillingen er trukket tilbake.")),
    "prov-igjen": (whole_acts.retry, gettext_lazy("Planene sammenlignes på nytt.")),
}


@login_required
@require_POST
def merging_act(request: HttpRequest, merging_id: int, act: str) -> HttpResponse:
    """Finish, open again, publish, take back, try again."""
    merging = seen_merging(request.user, merging_id, readable=False)
    do, done = WHOLE[act]
    try:
        do(merging, by=signed_in(request))
        messages.success(request, str(done))
    except GrunnmurError as error:
        tell(request, error)
    return redirect("merging-detail", merging.pk)


@login_required
@require_http_methods(["GET", "POST"])
def merging_delete(request: HttpRequest, merging_id: int) -> HttpResponse:
    """Ask, saying what is lost; then delete."""
    merging = seen_merging(request.user, merging_id, readable=False)
    require_merge(request.user, MergingAct.DELETE, merging)
    if request.method == "POST":
        whole_acts.delete(merging, by=signed_in(request))
        told = _("«%(title)s» er slettet. Planene den bygde på, er som før.") % {"title": merging.title}
        messages.success(request, told)
        return redirect("merging-list")
    return render(request, "merging/delete.html", {"merging": merging, "decisions": merging.steps.count()})


@login_required
@require_POST
def merging_undo(request: HttpRequest, merging_id: int) -> HttpResponse:
    """Take back one's own last decision."""
    merging = seen_merging(request.user, merging_id)
    try:
        step = steps.undo(merging, by=signed_in(request))
        what = str(ACTS.get(f"merging.{step.act}", step.act)).lower()
        messages.success(request, _("Angret: %(what)s («%(about)s»).") % {"what": what, "about": step.about})
    except GrunnmurError as error:
        tell(request, error)
    return back(request, reverse("merging-detail", args=[merging.pk]))


@login_required
@require_POST
def merging_theme_act(request: HttpRequest, merging_id: int, theme_id: int, act: str) -> HttpResponse:
    """Accept, name, place, join, split or comment on a theme."""
    theme = seen_theme(request, merging_id, theme_id)
    try:
        _require(request, act, theme.merging)
        moved = THEME[act](request, theme, signed_in(request))
    except GrunnmurError as error:
        tell(request, error)
        moved = None
    if isinstance(moved, MergedTheme):
        return redirect("merging-theme", merging_id, moved.pk)
    return back(request, reverse("merging-theme", args=[merging_id, theme_id]))


@login_required
@require_POST
def merging_item_act(request: HttpRequest, merging_id: int, item_id: int, act: str) -> HttpResponse:
    """Accept, move, join, split, remove or comment on an item."""
    item = seen_item(request, merging_id, item_id)
    home = reverse("merging-theme", args=[merging_id, item.theme_id])
    try:
        _require(request, act, item.merging)
        result = ITEM[act](request, item, signed_in(request))
    except GrunnmurError as error:
        tell(request, error)
        return back(request, reverse("merging-item", args=[merging_id, item_id]))
    if isinstance(result, MergedItem):
        return redirect("merging-item", merging_id, result.pk)
    return redirect(home) if act == "fjern" else back(request, reverse("merging-item", args=[merging_id, item_id]))


@login_required
@require_POST
def merging_item_write(request: HttpRequest, merging_id: int, item_id: int) -> HttpResponse:
    """The wording. When someone else has written meanwhile, both texts are shown and nothing is lost."""
    merging = seen_merging(request.user, merging_id)
    given = request.POST
    wording = Wording(
        given.get("text", ""), given.get("level", ""), given.get("step", ""), whole(given.get("version", "")) or 0
    )  # fmt: skip
    item = merging.items.select_related("theme", "edited_by").filter(pk=item_id).first()
    if item is None:
        return render(request, "merging/gone.html", {"merging": merging, "wording": wording}, status=409)
    item.merging = merging
    try:
        item_acts.write(item, wording, by=signed_in(request))
    except GrunnmurError as error:
        if error.code != "wording-changed":
            tell(request, error)
        item.refresh_from_db()
        item.merging = merging
        context = item_context(item_page(request.user, item), mine=wording, clash=error.code == "wording-changed")
        return render(request, "merging/item.html", context, status=409)
    messages.success(request, _("Ordlyden er lagret."))
    return back(request, reverse("merging-item", args=[merging_id, item_id]))


@login_required
@require_POST
def merging_move(request: HttpRequest, merging_id: int) -> HttpResponse:
    """Move an item to a theme: what dragging on the board does."""
    item = seen_item(request, merging_id, whole(request.POST.get("punkt", "")) or 0)
    theme = seen_theme(request, merging_id, whole(request.POST.get("tema", "")) or 0)
    try:
        item_acts.move_item(item, theme, by=signed_in(request))
    except GrunnmurError as error:
        tell(request, error)
    return redirect("merging-detail", merging_id)


@login_required
@require_http_methods(["GET", "POST"])
def merging_source(request: HttpRequest, merging_id: int, source_id: int) -> HttpResponse:
    """Decide what becomes of one source item."""
    merging = seen_merging(request.user, merging_id)
    require_merge(request.user, MergingAct.DECIDE, merging)
    source = get_object_or_404(with_relations(merging.sources.all()), pk=source_id)
    source.merging = merging
    form = FateForm(request.POST or None, source, merging)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            choice = FateChoice(chosen["fate"], chosen["into"], chosen["reason"], chosen["decision"])
            item_acts.decide_fate(source, choice, by=signed_in(request))
            messages.success(request, _("Avgjørelsen er lagret."))
            return back(request, _home(source))
        except GrunnmurError as error:
            tell(request, error)
    view = source_views(request.user, merging, [source])[source.pk]
    context = {"form": form, "view": view, "merging": merging, "title": source_title(source), "back": _asked(request)}
    return render(request, "merging/source.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def merging_suggestion(request: HttpRequest, merging_id: int, suggestion_id: int) -> HttpResponse:
    """Say how something the machine noticed was resolved, or that it is nothing."""
    merging = seen_merging(request.user, merging_id)
    suggestion = get_object_or_404(merging.suggestions.all(), pk=suggestion_id)
    suggestion.merging = merging
    state = request.POST.get("state", "")
    try:
        if state in set(Suggestion.State):
            item_acts.decide_suggestion(suggestion, state, request.POST.get("text", ""), by=signed_in(request))
    except GrunnmurError as error:
        tell(request, error)
    return back(request, f"{reverse('merging-noticed', args=[merging.pk])}?slag={suggestion.kind}")


def back(request: HttpRequest, otherwise: str) -> HttpResponseRedirect:
    """To where the form stood, when it says so and the address is one of ours."""
    return HttpResponseRedirect(_asked(request) or otherwise)


def _require(request: HttpRequest, act: str, merging: Merging) -> None:
    """Whoever may not is told that before anything about what was asked for."""
    steps.require_open(signed_in(request), MergingAct.COMMENT if act == "kommentar" else MergingAct.DECIDE, merging)


def _asked(request: HttpRequest) -> str:
    url = request.POST.get("tilbake") or request.GET.get("tilbake", "")
    is_ours = url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
    return url if is_ours else ""


def _home(source: SourceItem) -> str:
    if source.into is None:
        return reverse("merging-fates", args=[source.merging_id])
    return reverse("merging-item", args=[source.merging_id, source.into_id])


def _chosen(request: HttpRequest, name: str) -> list[int]:
    numbers = (whole(value) for value in request.POST.getlist(name))
    return [number for number in numbers if number is not None]


def _theme_named(request: HttpRequest, merging: Merging) -> MergedTheme:
    return get_object_or_404(MergedTheme.objects.select_related("merging"), pk=_one(request, "tema"), merging=merging)


def _item_named(request: HttpRequest, merging: Merging) -> MergedItem:
    return get_object_or_404(MergedItem.objects.select_related("theme"), pk=_one(request, "punkt"), merging=merging)


def _one(request: HttpRequest, name: str) -> int:
    return next(iter(_chosen(request, name)), 0)


def _join_themes(request: HttpRequest, theme: MergedTheme, by: User) -> MergedTheme:
    into = _theme_named(request, theme.merging)
    theme_acts.join_themes(theme, into, by=by)
    return into


def _join_items(request: HttpRequest, item: MergedItem, by: User) -> MergedItem:
    into = _item_named(request, item.merging)
    item_acts.join_items(item, into, by=by)
    return into


def _place(request: HttpRequest, theme: MergedTheme, by: User) -> None:
    area = _chosen(request, "omrade")
    theme_acts.place_theme(theme, area[0] if area else -1, by=by)


def _comment(request: HttpRequest, about: MergedTheme | MergedItem, by: User) -> None:
    item_acts.comment(about, request.POST.get("text", ""), by=by)


THEME: dict[str, Callable[[HttpRequest, MergedTheme, User], Any]] = {
    "godta": lambda request, theme, by: theme_acts.accept_theme(theme, by=by),
    "navn": lambda request, theme, by: theme_acts.rename_theme(theme, request.POST.get("navn", ""), by=by),
    "omrade": _place,
    "sla-sammen": _join_themes,
    "del": lambda request, theme, by: theme_acts.split_theme(
        theme, _chosen(request, "punkt"), request.POST.get("navn", ""), by=by
    ),
    "kommentar": _comment,
}
ITEM: dict[str, Callable[[HttpRequest, MergedItem, User], Any]] = {
    "godta": lambda request, item, by: item_acts.accept_item(item, by=by),
    "flytt": lambda request, item, by: item_acts.move_item(item, _theme_named(request, item.merging), by=by),
    "sla-sammen": _join_items,
    "del": lambda request, item, by: item_acts.split_item(item, _chosen(request, "kilde"), by=by),
    "fjern": lambda request, item, by: item_acts.remove_item(item, by=by),
    "kommentar": _comment,
}
