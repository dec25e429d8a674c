"""Paths of search."""

from __future__ import annotations

from django.urls import URLPattern, path

from grunnmur_web.views import search

urlpatterns: list[URLPattern] = [path("", search.search, name="search-page")]
