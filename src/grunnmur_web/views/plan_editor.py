"""The editor: every act is a form that works without the script, and ends where it began."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from grunnmur.choices.plans.outline import Placement
from grunnmur.kernel import BadInput, GrunnmurError
from grunnmur_web.accounts.models import User
from grunnmur_web.actions import plan_elements as acts
from grunnmur_web.models import Plan, PlanElement
from grunnmur_web.pages.plans.editor import editor_page, readable
from grunnmur_web.pages.plans.heads import plan_head
from grunnmur_web.pages.plans.history import act_word, version_page, version_view
from grunnmur_web.permissions import PlanAct, require_plan
from grunnmur_web.store.plans.passages import find_passage
from grunnmur_web.views.documents import whole
from grunnmur_web.views.plan_forms import ElementForm
from grunnmur_web.views.plans import seen_plan
from grunnmur_web.views.sources import signed_in
from grunnmur_web.words.codes import sentence

WAYS = {"opp": "up", "ned": "down", "inn": "in", "ut": "out"}
PLACES = {"etter": Placement.AFTER, "under": Placement.UNDER, "for": Placement.BEFORE}


def edited_plan(request: HttpRequest, slug: str) -> Plan:
    """A plan that the viewer may edit; 404 for one not seen, 403 for one not theirs."""
    plan = seen_plan(request.user, slug)
    require_plan(request.user, PlanAct.EDIT, plan)
    return plan


@login_required
@require_safe
def plan_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The outline, with the element that the address asks for open."""
    plan = edited_plan(request, slug)
    return render(request, "plans/editor.html", _context(request, plan, request.GET.get("punkt", "")))


@login_required
@require_POST
def plan_element_write(request: HttpRequest, slug: str, element: str) -> HttpResponse:
    """Save an element, or split it. When someone else has written meanwhile both texts are shown, and neither lost."""
    plan = edited_plan(request, slug)
    row = plan.elements.select_related("level", "edited_by").filter(public_id=element).first()
    if row is None:
        written = {"text": request.POST.get("text", ""), "rationale": request.POST.get("rationale", "")}
        return render(
            request, "plans/gone.html", {"head": plan_head(request.user, plan, "plan-edit"), **written}, status=409
        )
    form = ElementForm(request.POST, row)
    if not form.is_valid():
        return render(request, "plans/editor.html", _context(request, plan, element, form), status=400)
    try:
        _save(request, row, form.cleaned_data)
    except GrunnmurError as error:
        return _not_saved(request, plan, row, form, error)
    messages.success(request, _("Lagret."))
    return redirect(_place(slug, element))


@login_required
@require_POST
def plan_element_act(request: HttpRequest, slug: str, element: str, act: str) -> HttpResponse:
    """Move, join, take out, or add beside or under."""
    plan = edited_plan(request, slug)
    try:
        shown = ACTS[act](request, plan, element, signed_in(request))
    except GrunnmurError as error:
        messages.error(request, sentence(error.code, error.params))
        shown = element
    return redirect(_place(slug, shown or ""))


@login_required
@require_POST
def plan_act(request: HttpRequest, slug: str, act: str) -> HttpResponse:
    """Undo, add at the end, or fetch elements from a document."""
    plan = edited_plan(request, slug)
    try:
        shown = WHOLE[act](request, plan, signed_in(request))
    except GrunnmurError as error:
        messages.error(request, sentence(error.code, error.params))
        shown = None
    return redirect(_place(slug, shown or ""))


@login_required
@require_safe
def plan_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every remembered act."""
    plan = seen_plan(request.user, slug)
    require_plan(request.user, PlanAct.VIEW_DRAFT, plan)
    page, rows = version_page(plan, request.GET.get("side"))
    head = plan_head(request.user, plan, "plan-history")
    return render(request, "plans/history.html", {"head": head, "page": page, "rows": rows})


@login_required
@require_http_methods(["GET", "POST"])
def plan_version(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """What one act changed; and the way back to how the plan was after it."""
    plan = seen_plan(request.user, slug)
    require_plan(request.user, PlanAct.VIEW_DRAFT, plan)
    row = get_object_or_404(plan.versions.select_related("by", "plan").exclude(act="began"), pk=version)
    if request.method == "POST":
        acts.restore(plan, row, by=signed_in(request), why=request.POST.get("hvorfor", ""))
        messages.success(request, _("Planen er som den var da. Du kan angre."))
        return redirect("plan-edit", slug)
    head = plan_head(request.user, plan, "plan-history")
    return render(request, "plans/version.html", {"head": head, "view": version_view(row)})


def _save(request: HttpRequest, row: PlanElement, given: Mapping[str, Any]) -> None:
    by = signed_in(request)
    values = {name: value for name, value in given.items() if name != "version"}
    if "del" in request.POST:
        acts.split(row, str(values["text"]).replace("\r\n", "\n").split("\n\n"), given["version"], by=by)
        return
    kept = [_numbers(text) for text in request.POST.getlist("kilde")]
    places = [place for place in row.sources.values_list("version", "start", "end") if list(place) in kept]
    quote = request.POST.get("sitat", "").strip()
    if quote:
        chosen = whole(request.POST.get("dokument", ""))
        document = next((one for one in readable(by, row.plan) if one.pk == chosen), None)
        if document is None:
            raise BadInput("no-such-passage")
        places.append(find_passage(document, quote))
    values["text"] = str(values["text"]).replace("\r\n", "\n")
    acts.write(row, {**values, "sources": places}, given["version"], by=by)


def _not_saved(
    request: HttpRequest, plan: Plan, row: PlanElement, form: ElementForm, error: GrunnmurError
) -> HttpResponse:
    clash = error.code == "wording-changed"
    mine = dict(form.cleaned_data)
    if clash:
        row.refresh_from_db()
        data = request.POST.copy()
        data["version"] = str(row.version)
        form = ElementForm(data, row)
    else:
        form.add_error(None, sentence(error.code, error.params))
    context = _context(request, plan, row.public_id, form)
    return render(request, "plans/editor.html", {**context, "clash": row if clash else None, "mine": mine}, status=409)


def _numbers(text: str) -> list[int | None]:
    return [whole(part) for part in text.split("-")]


def _context(request: HttpRequest, plan: Plan, opened: str, form: ElementForm | None = None) -> dict[str, Any]:
    page = editor_page(signed_in(request), plan, opened)
    if form is None and page.opened is not None:
        form = ElementForm(None, page.opened)
    adding = request.GET.get("nytt", "")
    return {
        "page": page, "head": page.head, "form": form, "adding": adding, "where": request.GET.get("hvor", "etter"),
        "areas": ElementForm.areas,
    }  # fmt: skip


def _place(slug: str, element: str) -> str:
    return reverse("plan-edit", args=[slug]) + (f"#p-{element}" if element else "")


def _rearrange(way: str) -> Callable[[HttpRequest, Plan, str, User], str]:
    def act(request: HttpRequest, plan: Plan, element: str, by: User) -> str:
        acts.rearrange(plan, element, WAYS[way], by=by)
        return element

    return act


def _move(request: HttpRequest, plan: Plan, element: str, by: User) -> str:
    placement = PLACES.get(request.POST.get("hvor", ""), Placement.AFTER)
    acts.move(plan, element, placement, request.POST.get("mal", ""), by=by)
    return element


def _join(request: HttpRequest, plan: Plan, element: str, by: User) -> str:
    kept = request.POST.get("med", "")
    acts.join(plan, kept, element, by=by)
    return kept


def _remove(request: HttpRequest, plan: Plan, element: str, by: User) -> str:
    acts.remove(plan, element, by=by)
    messages.success(request, _("Punktet er tatt ut. Det som sto under det, har rykket opp. Du kan angre."))
    return ""


def _add(request: HttpRequest, plan: Plan, element: str | None, by: User) -> str:
    level = plan.levels.filter(pk=whole(request.POST.get("niva", "")) or 0).first() or plan.levels.first()
    if level is None:
        raise BadInput("level-names")
    placement = PLACES.get(request.POST.get("hvor", ""), Placement.AFTER)
    return acts.add(plan, request.POST.get("tekst", "")[:8000], level, placement, element, by=by).public_id


def _undo(request: HttpRequest, plan: Plan, by: User) -> None:
    last = acts.undo(plan, by=by)
    messages.success(
        request, _("Angret: %(what)s («%(about)s»).") % {"what": act_word(last.act).lower(), "about": last.about}
    )


def _make(request: HttpRequest, plan: Plan, by: User) -> None:
    chosen = whole(request.POST.get("dokument", ""))
    document = next((one for one in readable(by, plan) if one.pk == chosen), None)
    if document is None:
        raise BadInput("no-elements")
    count = acts.make_from(plan, document, by=by)
    told = _("Hentet %(count)s punkter fra «%(title)s». Se over dem, flytt og rett. Du kan angre alt i ett.")
    messages.success(request, told % {"count": count, "title": document.title})


ACTS: Mapping[str, Callable[[HttpRequest, Plan, str, User], str]] = {
    **{way: _rearrange(way) for way in WAYS}, "flytt": _move, "sla-sammen": _join, "fjern": _remove, "nytt": _add,
}  # fmt: skip
WHOLE: Mapping[str, Callable[[HttpRequest, Plan, User], str | None]] = {
    "angre": _undo,
    "hent": _make,
    "nytt": lambda request, plan, by: _add(request, plan, None, by),
}
