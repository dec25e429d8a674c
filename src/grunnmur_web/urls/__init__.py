"""Norwegian paths; names are ``<noun>-<what>``. Each stage lists its own pages."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("grunnmur_web.urls.shell")),
    path("kunnskap/", include("grunnmur_web.urls.documents")),
    path("kunnskap/", include("grunnmur_web.urls.figures")),
    path("sok/", include("grunnmur_web.urls.search")),
    path("api/", include("grunnmur_web.urls.api")),
    path("admin/", admin.site.urls),
    path("konto/", include("allauth.urls")),
]
