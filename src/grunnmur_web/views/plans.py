"""The register of plans, and what is known about each of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from grunnmur.kernel import GrunnmurError
from grunnmur.output import to_csv, to_xlsx
from grunnmur_web.actions import plans as acts
from grunnmur_web.actions.plan_merging import plan_from
from grunnmur_web.models import Merging, Plan
from grunnmur_web.pages.figure_files import CONTENT_TYPES
from grunnmur_web.pages.plans.heads import plan_head
from grunnmur_web.pages.plans.history import log_entries
from grunnmur_web.pages.plans.register import register, register_table
from grunnmur_web.permissions import PlanAct, Visitor, require_plan, visible_mergings, visible_plans
from grunnmur_web.views.documents import whole
from grunnmur_web.views.plan_forms import LevelFormSet, PlanForm
from grunnmur_web.views.sources import signed_in
from grunnmur_web.words.codes import sentence

WRITERS = {"csv": to_csv, "xlsx": to_xlsx}


def seen_plan(user: Visitor, slug: str) -> Plan:
    """A plan that ``user`` may see; 404 for every other."""
    return get_object_or_404(visible_plans(user).select_related("unit", "owner"), slug=slug)


@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """The register."""
    return render(request, "plans/list.html", {"register": register(request.user, request.GET)})


@require_safe
def plan_list_export(request: HttpRequest, format_: str) -> HttpResponse:
    """The register as a file: the plans of the page, with the same filters and the same order."""
    if format_ not in WRITERS:
        raise Http404
    now = timezone.localtime()
    site = request.build_absolute_uri("/").rstrip("/")
    table = register_table(request.user, request.GET, site=site, now=now)
    return download(WRITERS[format_](table), CONTENT_TYPES[format_], _("planer") + f"-{now:%Y-%m-%d}.{format_}")


@login_required
@require_http_methods(["GET", "POST"])
def plan_new(request: HttpRequest) -> HttpResponse:
    """Put a plan in the register."""
    require_plan(request.user, PlanAct.CREATE)
    form = PlanForm(request.POST or None, may_hand_over=True)
    if request.method == "POST" and form.is_valid():
        plan = acts.create(form.cleaned_data, by=signed_in(request))
        messages.success(
            request, _("«%(name)s» er lagt inn. Nå kan du skrive eller hente inn punktene.") % {"name": plan.name}
        )
        return redirect("plan-edit", plan.slug)
    finished = visible_mergings(request.user).filter(state=Merging.State.FINISHED)
    context = {"form": form, "mergings": finished.only("title", "finished_at")}
    return render(request, "plans/new.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def plan_from_merging(request: HttpRequest) -> HttpResponse:
    """Make a plan of a finished merge."""
    chosen = whole(request.POST.get("sammenstilling", ""))
    merging = get_object_or_404(visible_mergings(request.user), pk=chosen)
    try:
        plan = plan_from(merging, by=signed_in(request))
    except GrunnmurError as error:
        messages.error(request, sentence(error.code, error.params))
        return redirect("plan-new")
    told = _("Sammenstillingen er blitt til en plan, med kildene til hvert punkt. Se over den før du publiserer.")
    messages.success(request, told)
    return redirect("plan-edit", plan.slug)


@login_required
@require_http_methods(["GET", "POST"])
def plan_facts(request: HttpRequest, slug: str) -> HttpResponse:
    """What is known about a plan, its levels, and everything that was done to it."""
    plan = seen_plan(request.user, slug)
    require_plan(request.user, PlanAct.EDIT, plan)
    form = PlanForm(request.POST or None, instance=plan, may_hand_over=acts.may_hand_over(plan, signed_in(request)))
    if request.method == "POST" and form.is_valid():
        acts.change(seen_plan(request.user, slug), form.cleaned_data, by=signed_in(request))
        messages.success(request, _("Opplysningene er lagret."))
        return redirect("plan-detail", slug)
    return render(request, "plans/facts.html", _facts(request, slug, form), status=400 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def plan_levels(request: HttpRequest, slug: str) -> HttpResponse:
    """What the levels of a plan are called."""
    plan = seen_plan(request.user, slug)
    require_plan(request.user, PlanAct.EDIT, plan)
    known = [{"key": row.pk, "name": row.name, "role": row.role, "numbered": row.numbered} for row in plan.levels.all()]
    forms = LevelFormSet(request.POST or None, initial=known, prefix="niva")
    if request.method == "POST" and forms.is_valid():
        try:
            acts.set_levels(plan, [row for form in forms if (row := form.level())], by=signed_in(request))
            messages.success(request, _("Nivåene er lagret."))
            return redirect("plan-edit", slug)
        except GrunnmurError as error:
            messages.error(request, sentence(error.code, error.params))
    head = plan_head(request.user, plan, "plan-levels")
    return render(request, "plans/levels.html", {"forms": forms, "head": head})


@login_required
@require_http_methods(["GET", "POST"])
def plan_delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask, saying what is lost; then take the plan out of the register."""
    plan = seen_plan(request.user, slug)
    require_plan(request.user, PlanAct.DELETE, plan)
    if request.method == "POST":
        try:
            acts.delete(plan, by=signed_in(request))
        except GrunnmurError as error:
            messages.error(request, sentence(error.code, error.params))
            return redirect("plan-facts", slug)
        messages.success(request, _("«%(name)s» er tatt ut av oversikten.") % {"name": plan.name})
        return redirect("plan-list")
    return render(request, "plans/delete.html", {"plan": plan, "elements": plan.elements.count()})


def download(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A file to take away, kept by nobody on the way."""
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
    )


def _facts(request: HttpRequest, slug: str, form: PlanForm) -> dict[str, Any]:
    plan = seen_plan(request.user, slug)
    return {"form": form, "head": plan_head(request.user, plan, "plan-facts"), "history": log_entries(plan)}
