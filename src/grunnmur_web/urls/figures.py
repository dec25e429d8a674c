"""Paths of figures."""

from __future__ import annotations

from django.urls import URLPattern, path

from grunnmur_web.views import figures

urlpatterns: list[URLPattern] = [
    path("tall/", figures.figure_list, name="figure-list"),
    path("tall/tall.<str:format_>", figures.figure_export, name="figure-export"),
    path("tall/<int:pk>/vis-pa-forsiden/", figures.figure_choose, name="figure-choose"),
    path("tall/pa-forsiden/<int:pk>/fjern/", figures.figure_unchoose, name="figure-unchoose"),
]
