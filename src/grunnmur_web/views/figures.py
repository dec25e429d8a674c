"""All figures as a table and as files, and the choice of those the front page shows."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from grunnmur.kernel import BadInput
from grunnmur_web.accounts.models import User
from grunnmur_web.actions.figures import choose_key_figure, remove_key_figure
from grunnmur_web.models import KeyFigure
from grunnmur_web.pages.figure_files import CONTENT_TYPES, figure_file
from grunnmur_web.pages.figures import chosen_records, figures_page
from grunnmur_web.permissions import visible_findings
from grunnmur_web.words.codes import sentence


@require_safe
def figure_list(request: HttpRequest) -> HttpResponse:
    """The table."""
    return render(request, "figures/figure_list.html", {"figures": figures_page(request.user, request.GET)})


@require_safe
def figure_export(request: HttpRequest, format_: str) -> HttpResponse:
    """The table as a file: exactly the figures of the page, with the same filters and the same order."""
    if format_ not in CONTENT_TYPES:
        raise Http404
    records, narrowing = chosen_records(request.user, request.GET)
    site = request.build_absolute_uri("/").rstrip("/")
    now = timezone.localtime()
    content = figure_file(format_, records, narrowing, site=site, now=now)
    name = _("tall") + f"-{now:%Y-%m-%d}.{format_}"
    return HttpResponse(
        content,
        content_type=CONTENT_TYPES[format_],
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
    )


@require_POST
@login_required
def figure_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a figure on the front page."""
    assert isinstance(request.user, User)  # noqa: S101
    finding = get_object_or_404(visible_findings(request.user), pk=pk)
    try:
        choose_key_figure(finding, by=request.user)
        messages.success(request, _("«%(label)s» vises nå på forsiden.") % {"label": finding.text})
    except BadInput as error:
        messages.error(request, sentence(error.code, error.params))
    return redirect(_back(request))


@require_POST
@login_required
def figure_unchoose(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a figure off the front page."""
    assert isinstance(request.user, User)  # noqa: S101
    key_figure = get_object_or_404(KeyFigure, pk=pk)
    remove_key_figure(key_figure, by=request.user)
    messages.success(request, _("«%(label)s» vises ikke lenger på forsiden.") % {"label": key_figure.label})
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """The page the person came from, when it is one of ours."""
    wanted = request.POST.get("tilbake", "")
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if wanted and ours else reverse("figure-list")
