"""The API itself: version, errors as problem+json (RFC 9457), entity tags, and a limit for those not signed in."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError
from ninja.throttling import AnonRateThrottle

from grunnmur_web.accounts.guards import client_address
from grunnmur_web.accounts.models import User
from grunnmur_web.permissions import Visitor

VERSION = "1.0.0"
ANONYMOUS_RATE = "300/min"
PROBLEM_TYPE = "application/problem+json"
DESCRIPTION = """Everything a municipality has published in Grunnmur: documents with their text, what they say, and the
figures in them. Each value carries its source: document, page and offsets into the document's text.

Without signing in you see what is published and what people have accepted or corrected. Lists are paged with
`limit` and `offset`; `next` and `prev` are complete addresses. Errors are `application/problem+json`."""


class AddressThrottle(AnonRateThrottle):
    """Counts by where the question comes from."""

    def get_cache_key(self, request: HttpRequest) -> str | None:
        """Nothing to count for those who have signed in."""
        return None if request.user.is_authenticated else super().get_cache_key(request)

    def get_ident(self, request: HttpRequest) -> str | None:
        """The address, as the nearest proxy saw it when there is one."""
        return client_address(request)


class PublicAPI(NinjaAPI):
    """Answers carry an entity tag, so that what has not changed is not sent again."""

    @property
    def urls(self) -> tuple[list[URLResolver | URLPattern], str, str]:
        """The addresses, where also a wrong method is answered as a problem."""
        patterns, application, namespace = super().urls
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = _with_explained_methods(pattern.callback)
        return patterns, application, namespace

    def create_response(
        self,
        request: HttpRequest,
        data: Any,
        *,
        status: int | None = None,
        temporal_response: HttpResponse | None = None,
    ) -> HttpResponse:
        """The answer, or «not modified»."""
        response = super().create_response(request, data, status=status, temporal_response=temporal_response)
        if response.status_code != HTTPStatus.OK:
            return response
        response["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ["Cookie"])
        set_response_etag(response)
        answer = get_conditional_response(request, etag=response["ETag"], response=response)
        return answer if answer is not None else response


def _with_explained_methods(view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = view(request, *args, **kwargs)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return response
        allowed = response.get("Allow", "")
        refused = problem(request, HTTPStatus.METHOD_NOT_ALLOWED, f"This address takes {allowed}.")
        refused["Allow"] = allowed
        return refused

    return answer


THROTTLE = AddressThrottle(ANONYMOUS_RATE)
api = PublicAPI(
    title="Grunnmur",
    version=VERSION,
    description=DESCRIPTION,
    docs_url=None,
    urls_namespace="api",
    throttle=[THROTTLE],
)


def visitor(request: HttpRequest) -> Visitor:
    """Who asks."""
    return request.user if isinstance(request.user, User) else AnonymousUser()


def problem(request: HttpRequest, status: HTTPStatus, detail: str, **more: Any) -> HttpResponse:
    """An error in the shape of RFC 9457. ``detail`` says what to do about it."""
    body = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail, **more}
    body["instance"] = request.path
    return HttpResponse(json.dumps(body, ensure_ascii=False), status=status.value, content_type=PROBLEM_TYPE)


@api.exception_handler(Http404)
@api.exception_handler(ObjectDoesNotExist)
def not_found(request: HttpRequest, error: Exception) -> HttpResponse:
    """What is not there, and what the asker may not know of, look the same."""
    return problem(request, HTTPStatus.NOT_FOUND, "There is nothing here that you may see.")


@api.exception_handler(PermissionDenied)
def forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    """The asker may not."""
    return problem(request, HTTPStatus.FORBIDDEN, "You may not do this.")


@api.exception_handler(ValidationError)
def unprocessable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Parameters that make no sense, each with where it stands."""
    errors = [{"parameter": str(one["loc"][-1]), "message": one["msg"]} for one in error.errors]
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "Some parameters make no sense.", errors=errors)


@api.exception_handler(Throttled)
def too_many(request: HttpRequest, error: Throttled) -> HttpResponse:
    """Too many questions; when to come back."""
    response = problem(request, HTTPStatus.TOO_MANY_REQUESTS, "Too many requests. Wait, or ask for larger pages.")
    response["Retry-After"] = str(int(error.wait or 60))
    return response


@api.exception_handler(HttpError)
def other_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Whatever else an operation refuses."""
    return problem(request, HTTPStatus(error.status_code), str(error))
