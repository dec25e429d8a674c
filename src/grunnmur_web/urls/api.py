"""Paths of the open API."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from grunnmur_web.api.routes import api_docs
from grunnmur_web.api.service import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", api_docs, name="api-docs"),
    path("", api.urls),
]
