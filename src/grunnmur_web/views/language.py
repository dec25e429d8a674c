"""Choosing language and appearance; both are remembered in a cookie, the language also on the user."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from grunnmur_web.accounts.models import User
from grunnmur_web.pages.frame import APPEARANCE_COOKIE, APPEARANCES

ONE_YEAR = 60 * 60 * 24 * 365


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the language and go back to where the person was."""
    response = HttpResponseRedirect(_next(request))
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return response
    remember(response, settings.LANGUAGE_COOKIE_NAME, language)
    if isinstance(request.user, User):
        User.objects.filter(pk=request.user.pk).update(language=language)
    return response


@require_POST
def set_appearance(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or following the system."""
    response = HttpResponseRedirect(_next(request))
    appearance = request.POST.get("appearance", "")
    if appearance in APPEARANCES:
        remember(response, APPEARANCE_COOKIE, appearance)
    return response


def remember(response: HttpResponse, name: str, value: str) -> None:
    """Keep a choice in a cookie for a year."""
    # page.js sets the appearance cookie too, so neither of them is hidden from scripts.
    response.set_cookie(name, value, max_age=ONE_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)


def _next(request: HttpRequest) -> str:
    """Where to go back to; never to another site."""
    target = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if own else reverse("front")
