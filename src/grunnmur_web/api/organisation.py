"""Units and zones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from ninja import Router

from grunnmur_web.api.schemas import UnitOut, ZoneOut
from grunnmur_web.models import OrgUnit, ServiceZone

router = Router(tags=["organisation"])


@router.get("/units", response=list[UnitOut], operation_id="list_units", summary="Organisational units")
def list_units(request: HttpRequest) -> list[dict[str, Any]]:
    """Service areas, divisions and departments; ``parent`` is the slug of the unit above."""
    return [
        {"slug": unit.slug, "name": unit.name, "kind": unit.kind, "parent": unit.parent.slug if unit.parent else None}
        for unit in OrgUnit.objects.select_related("parent").order_by("name")
    ]


@router.get("/zones", response=list[ZoneOut], operation_id="list_zones", summary="Service zones")
def list_zones(request: HttpRequest) -> Iterable[Mapping[str, Any]]:
    """Parts of the municipality where services are gathered."""
    return ServiceZone.objects.order_by("name").values("slug", "name")
