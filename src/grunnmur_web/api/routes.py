"""The API with all its operations, and its page for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from ninja import Router

from grunnmur_web.api import documents, findings, merges, organisation, plans, search
from grunnmur_web.api.service import VERSION, api

api.add_router("", documents.router)
api.add_router("", findings.router)
api.add_router("", merges.router)
api.add_router("", search.router)
api.add_router("", organisation.router)
api.add_router("", plans.router)
elsewhere = Router()


@elsewhere.api_operation(["GET", "POST", "PUT", "PATCH", "DELETE"], "/{path:rest}", include_in_schema=False)
def nothing_here(request: HttpRequest, rest: str) -> None:
    """Any other address."""
    raise Http404


api.add_router("", elsewhere)  # last: it takes every address


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation as its page shows it. ``parameters`` are name, description and whether it must be given."""

    path: str
    summary: str
    description: str
    parameters: tuple[tuple[str, str, bool], ...]
    can_be_opened: bool


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """What can be asked, in plain HTML made from the OpenAPI description."""
    operations = [
        _operation(path, methods["get"])
        for path, methods in api.get_openapi_schema()["paths"].items()
        if "get" in methods
    ]
    return render(request, "api/docs.html", {"operations": operations, "version": VERSION})


def _operation(path: str, described: dict[str, Any]) -> Operation:
    parameters = tuple(
        (parameter["name"], _about(parameter), bool(parameter.get("required")))
        for parameter in described.get("parameters", [])
    )
    return Operation(
        path=path,
        summary=described.get("summary", ""),
        description=described.get("description", ""),
        parameters=parameters,
        can_be_opened=not any(required for _, _, required in parameters),
    )


def _about(parameter: dict[str, Any]) -> str:
    """What is known of a parameter: its own words, or the values it takes."""
    schema = parameter.get("schema", {})
    return str(parameter.get("description") or schema.get("description") or schema.get("type") or "")
