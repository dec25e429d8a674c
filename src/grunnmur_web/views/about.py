"""Pages about the site itself."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import grunnmur


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement: what is met, what is not, how to tell."""
    return render(request, "about/accessibility.html", {"statement_url": settings.ACCESSIBILITY_STATEMENT_URL})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What Grunnmur is, its source code and licences, and the cookies it sets."""
    return render(request, "about/about.html", {"version": grunnmur.__version__})
