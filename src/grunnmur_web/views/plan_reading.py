"""A plan to be read, as page and as file: the current edition, earlier ones, and the addresses of elements."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from grunnmur.kernel import GrunnmurError
from grunnmur_web.actions import plan_editions as acts
from grunnmur_web.models import Plan, PlanVersion
from grunnmur_web.pages.plans.files import FORMATS, plan_file
from grunnmur_web.pages.plans.reading import anchor_url, reading_page
from grunnmur_web.store.plans.editions import editions
from grunnmur_web.views.documents import whole
from grunnmur_web.views.plans import download, seen_plan
from grunnmur_web.views.sources import signed_in
from grunnmur_web.words.codes import sentence


@require_safe
def plan_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The current edition."""
    plan = seen_plan(request.user, slug)
    page = reading_page(request.user, plan, editions(plan).first())
    return render(request, "plans/reading.html", {"page": page, "head": page.head})


@require_safe
def plan_edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An earlier edition, which reads as it always did."""
    plan = seen_plan(request.user, slug)
    page = reading_page(request.user, plan, _edition(plan, number))
    return render(request, "plans/reading.html", {"page": page, "head": page.head})


@require_safe
def plan_number(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """«…/2.1.3» is the element with that number; 404 when the current edition has none."""
    plan = seen_plan(request.user, slug)
    current = editions(plan).first()
    if current is None or all(one["number"] != number for one in current.snapshot["elements"]):
        raise Http404
    return redirect(anchor_url(plan, number))


@require_safe
def plan_export(request: HttpRequest, slug: str, format_: str) -> HttpResponse:
    """An edition as a file; the current one unless another is asked for."""
    plan = seen_plan(request.user, slug)
    asked = whole(request.GET.get("utgave", ""))
    edition = _edition(plan, asked) if asked else editions(plan).first()
    if edition is None or format_ not in FORMATS:
        raise Http404
    site = request.build_absolute_uri("/").rstrip("/")
    content, content_type = plan_file(request.user, plan, edition, format_, site=site)
    name = _("utgave")
    return download(content, content_type, f"{plan.slug}-{name}-{edition.edition}.{format_}")


@login_required
@require_POST
def plan_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish the plan as it stands."""
    plan = seen_plan(request.user, slug)
    try:
        made = acts.publish(plan, by=signed_in(request), why=request.POST.get("hvorfor", ""))
        messages.success(request, _("Utgave %(number)s er publisert. Alle kan lese den nå.") % {"number": made.edition})
    except GrunnmurError as error:
        messages.error(request, sentence(error.code, error.params))
        return redirect("plan-edit", slug)
    return redirect("plan-detail", slug)


@login_required
@require_POST
def plan_withdraw(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take an edition back."""
    plan = seen_plan(request.user, slug)
    acts.withdraw(plan, _edition(plan, number), by=signed_in(request))
    messages.success(request, _("Utgave %(number)s er trukket tilbake. Ingenting er slettet.") % {"number": number})
    return redirect("plan-detail", slug)


def _edition(plan: Plan, number: int) -> PlanVersion:
    return get_object_or_404(editions(plan).select_related("by"), edition=number)
