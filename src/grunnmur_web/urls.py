"""Norwegian paths; names are ``<noun>-<what>``. Each stage lists its own pages."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("konto/", include("allauth.urls")),
]
