"""Norwegian paths; names are ``<noun>-<what>``. Each stage lists its own pages."""

from __future__ import annotations

from django.urls import include, path

from grunnmur_web.admin import site

urlpatterns = [
    path("", include("grunnmur_web.urls.shell")),
    path("kunnskap/", include("grunnmur_web.urls.documents")),
    path("kunnskap/", include("grunnmur_web.urls.figures")),
    path("planer/", include("grunnmur_web.urls.plans")),
    path("veivalg/", include("grunnmur_web.urls.merging")),
    path("veivalg/", include("grunnmur_web.urls.merging_drafts")),
    path("sok/", include("grunnmur_web.urls.search")),
    path("api/", include("grunnmur_web.urls.api")),
    path("admin/", site.urls),
    path("konto/", include("allauth.urls")),
]
