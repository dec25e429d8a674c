"""What documents say, and the figures among it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from grunnmur.kernel import Unit
from grunnmur.output import FigureRecord
from grunnmur_web.api.paging import Limit, Number, Offset, Part, sliced
from grunnmur_web.api.schemas import FigureOut, FindingOut, KeyFigureOut, Slice
from grunnmur_web.api.service import visitor
from grunnmur_web.models import Finding, FindingKind, FindingState, KeyFigure
from grunnmur_web.pages.places import finding_url
from grunnmur_web.permissions import visible_findings
from grunnmur_web.store import figures as store
from grunnmur_web.store.figures import FigureFilters

router = Router()


class FigureSort(StrEnum):
    """Columns to sort by; falling with «-» before."""

    LABEL = "label"
    NUMBER = "number"
    PERIOD = "period"
    ORG = "org"
    SOURCE = "source"
    STATE = "state"
    LABEL_FALLING = "-label"
    NUMBER_FALLING = "-number"
    PERIOD_FALLING = "-period"
    ORG_FALLING = "-org"
    SOURCE_FALLING = "-source"
    STATE_FALLING = "-state"


COLUMNS = {"label": "hva", "number": "tall", "period": "periode", "org": "hvem", "source": "kilde", "state": "status"}

KEY_FIGURE_FIELDS = ("label", "value", "unit", "status", "period", "comparison", "source_title", "source_locator")


@router.get(
    "/findings",
    response=Slice[FindingOut],
    operation_id="list_findings",
    summary="What documents say",
    tags=["findings"],
)
def list_findings(
    request: HttpRequest,
    kind: FindingKind | None = None,
    type: str | None = None,
    document: Number = None,
    year: Number = None,
    state: FindingState | None = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Part:
    """Headings, plan elements, figures, actions, milestones, laws, services and warnings, in order of place."""
    chosen = {"kind": kind, "type": type, store.DOCUMENT: document, "year": year, "state": state}
    found = visible_findings(visitor(request)).filter(**{name: value for name, value in chosen.items() if value})
    ordered = store.with_source(found).order_by(store.DOCUMENT, "start", "pk")
    return sliced(request, ordered, limit, offset, lambda rows: [finding_values(request, row) for row in rows])


@router.get(
    "/figures",
    response=Slice[FigureOut],
    operation_id="list_figures",
    summary="Figures with unit, period and source",
    tags=["figures"],
)
def list_figures(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=200, description="Words, in any form, as in the search.")] = "",
    unit: Unit | None = None,
    year: Number = None,
    org: str = "",
    document: Number = None,
    state: FindingState | None = None,
    sort: FigureSort = FigureSort.SOURCE,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Part:
    """The same figures, filters and order as the page of figures."""
    filters = FigureFilters(q, unit or "", year, org, document, state or "")
    column = COLUMNS[sort.removeprefix("-")]
    found = store.select(visitor(request), filters, f"-{column}" if sort.startswith("-") else column)
    return sliced(request, found, limit, offset, lambda rows: _figures(request, store.records(rows)))


@router.get(
    "/key-figures",
    response=list[KeyFigureOut],
    operation_id="list_key_figures",
    summary="The figures on the front page",
    tags=["figures"],
)
def list_key_figures(request: HttpRequest) -> list[dict[str, Any]]:
    """Those the municipality has chosen to show first, in its order."""
    return [_key_figure(request, figure) for figure in store.key_figures(visitor(request))]


def finding_values(request: HttpRequest, finding: Finding) -> dict[str, Any]:
    """A finding as the API shows it."""
    document = finding.version.current_of
    return {
        "id": finding.pk,
        **{name: getattr(finding, name) for name in store.COLUMNS if name != "version_id"},
        "document": {"id": document.pk, "title": document.title, "sha256": finding.version.sha256},
        "url": _url(request, document.pk, finding.page, finding.pk),
    }


def _figures(request: HttpRequest, records: Iterable[FigureRecord]) -> list[dict[str, Any]]:
    return [
        asdict(record)
        | {
            "document": {"id": record.document_id, "title": record.document, "sha256": record.sha256},
            "url": _url(request, record.document_id, record.page, record.id),
        }
        for record in records
    ]


def _key_figure(request: HttpRequest, figure: KeyFigure) -> dict[str, Any]:
    finding = figure.finding
    url = _url(request, finding.version.current_of.pk, finding.page, finding.pk) if finding else None
    return {"id": figure.pk, **{name: getattr(figure, name) for name in KEY_FIGURE_FIELDS}, "url": url}


def _url(request: HttpRequest, document: int, page: int, finding: int) -> str:
    return request.build_absolute_uri(finding_url(document, page, finding))
