"""Lists in parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any, TypedDict

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query

MOST = 200
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many to give at most.")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="How many to skip.")]
# Larger numbers are no year and no row, and more than a database counts to.
Number = Annotated[int | None, Query(ge=0, le=2_147_483_647)]


class Part(TypedDict):
    """The shape of ``schemas.Slice``."""

    total: int
    limit: int
    offset: int
    next: str | None
    prev: str | None
    items: list[Any]


def sliced(
    request: HttpRequest,
    rows: QuerySet[Any],
    limit: int,
    offset: int,
    shape: Callable[[Iterable[Any]], list[Any]],
    total: int | None = None,
) -> Part:
    """One part of ``rows``, each made into what the API answers with by ``shape``."""
    count = rows.count() if total is None else total
    return part(request, shape(rows[offset : offset + limit]), count, limit, offset)


def part(
    request: HttpRequest, items: list[Any], total: int, limit: int, offset: int, reachable: int | None = None
) -> Part:
    """The part with its neighbours; ``reachable`` is where the list ends when that is before ``total``."""
    end = total if reachable is None else reachable
    return Part(
        total=total,
        limit=limit,
        offset=offset,
        next=_address(request, limit, offset + limit) if offset + limit < end else None,
        prev=_address(request, limit, max(0, offset - limit)) if offset > 0 else None,
        items=items,
    )


def _address(request: HttpRequest, limit: int, offset: int) -> str:
    query = request.GET.copy()
    query["limit"], query["offset"] = str(limit), str(offset)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
