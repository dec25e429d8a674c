"""Paths of the front page and the pages about the site."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.views.generic import RedirectView

from grunnmur_web.views import about, account, feedback, front, language

urlpatterns: list[URLPattern] = [
    path("", front.front, name="front"),
    path("om/", about.about, name="about-page"),
    path("tilgjengelighet/", about.accessibility, name="accessibility-page"),
    path("meld-fra/", feedback.feedback, name="feedback-form"),
    path("meld-fra/takk/", feedback.thanks, name="feedback-thanks"),
    path("sprak/", language.set_language, name="language-set"),
    path("utseende/", language.set_appearance, name="appearance-set"),
    path("min-side/", account.account, name="account-page"),
    # The address a person signs in with is the administrator's to change, so these pages of allauth's are closed.
    path("konto/email/", RedirectView.as_view(pattern_name="account-page")),
    path("konto/3rdparty/", RedirectView.as_view(pattern_name="account-page")),
]
