"""What is checked of every request before a page sees it, and said of every answer after."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

Answer = Callable[[HttpRequest], HttpResponseBase]
NUL = "\x00"


def client_address(request: HttpRequest) -> str:
    """Where a request comes from. What was forwarded is believed only behind our own proxy, which adds the last part;
    what stands before that a visitor can have written.
    """
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.ALLAUTH_TRUSTED_PROXY_COUNT else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


class RequestGuard:
    """Refuses what no page can use: NUL characters, which no database takes, and bodies beyond reason."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look at the address and the cookies; the body is weighed before anything reads it."""
        if any(NUL in value for value in request.COOKIES.values()):
            # The error page asks who is there, and no database can be asked with such a key.
            request.session = SessionStore()
            request.user = AnonymousUser()
            raise BadRequest("NUL")
        if _holds_nul(request.GET) or NUL in request.path_info:
            raise BadRequest("NUL")
        if _length(request) > self._longest(request):
            return _too_long(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Look at the form, which the check against forgery has read by now."""
        if request.method == "POST" and _holds_nul(request.POST):
            raise BadRequest("NUL")

    def _longest(self, request: HttpRequest) -> int:
        """Only those who are signed in may send files. Asks who it is only when the answer matters."""
        if _length(request) <= settings.ANONYMOUS_MAX_BYTES or not request.user.is_authenticated:
            return int(settings.ANONYMOUS_MAX_BYTES)
        return int(settings.REQUEST_MAX_BYTES)


class PrivateAnswers:
    """Pages depend on who asks: no shared cache may keep one, and a browser keeps none after signing out."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add the header where a page has not set its own."""
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            known = settings.SESSION_COOKIE_NAME in request.COOKIES
            response["Cache-Control"] = "private, no-store" if known else "private, no-cache"
        patch_vary_headers(response, ["Cookie"])
        return response


class SignInFromForm:
    """Who has been signed out and sends a form, signs in and comes back to the page it stood on.

    The address a form is sent to takes no visit, so it can't be where one comes back.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Change where the way to the sign-in page ends."""
        response = self.get_response(request)
        sign_in = resolve_url(settings.LOGIN_URL)
        if request.method == "POST" and response.headers.get("Location", "").startswith(f"{sign_in}?"):
            response["Location"] = f"{sign_in}?{urlencode({'next': _page_of(request)})}"
        return response


def _page_of(request: HttpRequest) -> str:
    """The page a form was sent from, when that is one of ours."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}):
        return "/"
    parts = urlsplit(page)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _holds_nul(values: Any) -> bool:
    return any(NUL in name or any(NUL in value for value in several) for name, several in values.lists())


def _length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isascii() and length.isdecimal() and len(length) < 20 else 0


def _too_long(request: HttpRequest) -> HttpResponse:
    # The rest of the body is not read, so the connection can't be used again.
    response = render(request, "413.html", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    response["Connection"] = "close"
    return response
