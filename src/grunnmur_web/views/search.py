"""The search page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from grunnmur_web.pages.search import search_page


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One box over everything."""
    return render(request, "search/search.html", {"search": search_page(request.user, request.GET)})
