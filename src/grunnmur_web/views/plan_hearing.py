"""The hearing: anyone comments on an element, and those who work with the plan see to it and answer."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from grunnmur.kernel import GrunnmurError
from grunnmur_web.accounts.models import User
from grunnmur_web.actions import plan_comments as acts
from grunnmur_web.models import PlanComment
from grunnmur_web.pages.plans.heads import plan_head
from grunnmur_web.pages.plans.hearing import hearing_page
from grunnmur_web.pages.plans.reading import element_views
from grunnmur_web.permissions import PlanAct, require_plan
from grunnmur_web.store.plans.editions import open_hearing
from grunnmur_web.views.feedback import may_send
from grunnmur_web.views.plan_forms import CommentForm
from grunnmur_web.views.plans import seen_plan
from grunnmur_web.views.sources import signed_in
from grunnmur_web.words.codes import sentence

STATES = {"vis": PlanComment.State.SHOWN, "skjul": PlanComment.State.HIDDEN}


@require_http_methods(["GET", "HEAD", "POST"])
def plan_comment(request: HttpRequest, slug: str, element: str) -> HttpResponse:
    """Say something about an element."""
    plan = seen_plan(request.user, slug)
    edition = open_hearing(plan)
    said = [] if edition is None else [one for one in edition.snapshot["elements"] if one["id"] == element]
    if edition is None or not said:
        raise Http404
    user = request.user if isinstance(request.user, User) else None
    form = CommentForm(request.POST or None, known=user is not None)
    status = 200
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["website"]:
            return redirect("plan-comment-thanks", slug)
        if user is not None or may_send(request, "plan-comment"):
            acts.comment(plan, element, form.cleaned_data["text"], name=form.cleaned_data.get("name", ""), by=user)
            return redirect("plan-comment-thanks", slug)
        form.add_error(None, _("Det er sendt mange innspill herfra den siste timen. Vent litt og prøv igjen."))
        status = 429
    shown = element_views(request.user, {"elements": said}, {})[0]
    context = {"head": plan_head(request.user, plan, "plan-comment"), "form": form, "element": shown}
    return render(request, "plans/comment.html", context, status=status)


@require_safe
def plan_comment_thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens with the comment now."""
    head = plan_head(request.user, seen_plan(request.user, slug), "plan-comment-thanks")
    return render(request, "plans/comment_thanks.html", {"head": head})


@login_required
@require_safe
def plan_comments(request: HttpRequest, slug: str) -> HttpResponse:
    """Every comment, for those who see to them."""
    plan = seen_plan(request.user, slug)
    require_plan(request.user, PlanAct.MODERATE, plan)
    asked = request.GET
    page = hearing_page(request.user, plan, asked.get("vis", ""), asked.get("side"))
    return render(request, "plans/comments.html", {"page": page, "head": page.head})


@login_required
@require_POST
def plan_comment_act(request: HttpRequest, slug: str, comment: int, act: str) -> HttpResponse:
    """Show it, do not show it, or answer it."""
    plan = seen_plan(request.user, slug)
    row = get_object_or_404(PlanComment.objects.select_related("edition__plan"), pk=comment, edition__plan=plan)
    try:
        if act == "svar":
            acts.answer(row, request.POST.get("svar", ""), by=signed_in(request))
            messages.success(request, _("Svaret er lagret."))
        else:
            acts.moderate(row, STATES[act], by=signed_in(request))
            messages.success(request, _("Innspillet vises nå.") if act == "vis" else _("Innspillet vises ikke."))
    except GrunnmurError as error:
        messages.error(request, sentence(error.code, error.params))
    shown = request.POST.get("tilbake", "")
    query = f"?vis={shown}" if shown in {"waiting", "shown", "hidden"} else ""
    return redirect(f"{reverse('plan-comments', args=[slug])}{query}#innspill-{row.pk}")
