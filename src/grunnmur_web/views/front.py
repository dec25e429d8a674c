"""The front page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from grunnmur_web.pages.front import front as front_page


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What the municipality knows right now."""
    return render(request, "front/front.html", {"front": front_page(request.user)})
