"""The figures of all documents as one list: filtered, sorted and counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.db.models.functions import Lower

from grunnmur.kernel import Status
from grunnmur.output import FigureRecord
from grunnmur_web.models import Document, DocumentVersion, Finding, FindingKind, FindingState, KeyFigure
from grunnmur_web.permissions import Visitor, visible_findings
from grunnmur_web.store import search

# Documents are reached from the version's side of «current»: SQLite would read through the whole text of a version to
# come to its reference to the document.
DOCUMENT = "version__current_of"
SORTS: dict[str, list[F | Lower]] = {
    "hva": [Lower("text")],
    "tall": [F("number")],
    "periode": [F("year"), F("period")],
    "hvem": [Lower("org")],
    "kilde": [Lower(f"{DOCUMENT}__title"), F("start")],
    "status": [F("state")],
}
DEFAULT_SORT = "kilde"
COLUMNS = (
    "kind", "type", "text", "number", "unit", "period", "year", "org", "approx", "state", "origin", "page", "start",
    "end", "version_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FigureFilters:
    """What the list is narrowed to; empty means everything. ``text`` is searched for in Norwegian."""

    text: str = ""
    unit: str = ""
    year: int | None = None
    org: str = ""
    document: int | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class FigureCounts:
    """How many figures, in how many documents, and how many of them a person has decided about."""

    figures: int
    documents: int
    decided: int


@dataclass(frozen=True, slots=True)
class FigureChoices:
    """What there is to choose from, as far as the viewer may see it."""

    units: tuple[str, ...]
    years: tuple[int, ...]
    orgs: tuple[str, ...]
    documents: tuple[tuple[int, str], ...]


def all_figures(user: Visitor) -> QuerySet[Finding]:
    """Every figure that ``user`` may see."""
    return visible_findings(user).filter(kind=FindingKind.FIGURE)


def select(user: Visitor, filters: FigureFilters, sort: str = "") -> QuerySet[Finding]:
    """The figures that ``user`` may see within the filters. ``sort`` is a key of SORTS, falling with «-» before it."""
    chosen = {
        "unit": filters.unit,
        "year": filters.year,
        "org": filters.org,
        DOCUMENT: filters.document,
        "state": filters.state,
    }
    found = all_figures(user).filter(**{name: value for name, value in chosen.items() if value not in ("", None)})
    if filters.text.strip():
        found = found.filter(pk__in=search.findings_matching(filters.text))
    return with_source(found).order_by(*_order(sort))


def with_source(findings: QuerySet[Finding]) -> QuerySet[Finding]:
    """The findings with the document they stand in, without its text and without what each value once was."""
    return findings.select_related(DOCUMENT).only(*COLUMNS, "version__sha256", f"{DOCUMENT}__title")


def _order(sort: str) -> list[str | OrderBy]:
    key, falling = sort.removeprefix("-"), sort.startswith("-")
    columns = SORTS.get(key, SORTS[DEFAULT_SORT])
    # What has no value stands last both ways.
    ordered = [column.desc(nulls_last=True) if falling else column.asc(nulls_last=True) for column in columns]
    return [*ordered, "pk"]


def count(figures: QuerySet[Finding]) -> FigureCounts:
    """Counts of a selection, in one question."""
    people = Q(state__in=[FindingState.ACCEPTED, FindingState.CORRECTED])
    counted = figures.order_by().aggregate(
        figures=Count("pk"), documents=Count("version", distinct=True), decided=Count("pk", filter=people)
    )
    return FigureCounts(**counted)


def choices(user: Visitor) -> FigureChoices:
    """Units, years, org units and documents that figures have; asked together, since each look at them all costs."""
    rows = set(all_figures(user).order_by().values_list("unit", "year", "org", "version").distinct())
    titles = Document.objects.filter(current__in={row[3] for row in rows}).order_by().values_list("pk", "title")
    return FigureChoices(
        units=tuple(sorted({unit for unit, _, _, _ in rows if unit})),
        years=tuple(sorted({year for _, year, _, _ in rows if year}, reverse=True)),
        orgs=tuple(sorted({org for _, _, org, _ in rows if org})),
        documents=tuple(sorted(titles, key=lambda row: row[1].casefold())),
    )


def records(figures: Iterable[Finding], *, passages: bool = False) -> list[FigureRecord]:
    """Rows as plain values; with ``passages`` also the words each figure was read from."""
    found = list(figures)
    texts = _texts(found) if passages else {}
    return [_record(finding, texts.get(finding.version_id, "")) for finding in found]


def chosen_for_front(figures: Sequence[Finding]) -> dict[int, int]:
    """Which of the figures are shown on the front page: finding → key figure."""
    return dict(KeyFigure.objects.filter(finding__in=figures).values_list("finding", "pk"))


def key_figures(user: Visitor) -> QuerySet[KeyFigure]:
    """The figures on the front page, less those whose source ``user`` may not open."""
    # Said twice, so that the database looks at the few that are chosen and not at all that can be seen.
    seen = visible_findings(user).filter(pk__in=KeyFigure.objects.order_by().values("finding"))
    related = KeyFigure.objects.filter(Q(finding__isnull=True) | Q(finding__in=seen.order_by()))
    shown = [field.attname for field in KeyFigure._meta.concrete_fields]
    return related.select_related(f"finding__{DOCUMENT}").only(*shown, "finding__page", f"finding__{DOCUMENT}__title")


def front_label(text: str) -> str:
    """A finding's label, as long as the front page has room for."""
    return text[: KeyFigure.LONGEST_LABEL]


def follow_key_figures(finding: Finding, old_label: str) -> list[KeyFigure]:
    """After a decision: the front page shows what is in force; returns those that no longer belong there.

    A label that someone has written for the front page itself stays; ``old_label`` is the finding's own before.
    """
    shown = KeyFigure.objects.filter(finding=finding)
    if finding.state in {FindingState.REJECTED, FindingState.SUGGESTED}:
        return list(shown)
    status = Status.APPROXIMATE if finding.approx else Status.OBSERVED
    shown.filter(label=front_label(old_label)).update(label=front_label(finding.text))
    shown.update(value=finding.number, unit=finding.unit, period=finding.period, status=status)
    return []


def _texts(figures: Sequence[Finding]) -> dict[int, str]:
    versions = {finding.version_id for finding in figures}
    return dict(DocumentVersion.objects.filter(pk__in=versions).values_list("pk", "text"))


def _record(finding: Finding, text: str) -> FigureRecord:
    document = finding.version.current_of
    return FigureRecord(
        id=finding.pk,
        label=finding.text,
        number=finding.number,
        unit=finding.unit,
        period=finding.period,
        org=finding.org,
        approx=finding.approx,
        state=finding.state,
        document_id=document.pk,
        document=document.title,
        sha256=finding.version.sha256,
        page=finding.page,
        start=finding.start,
        end=finding.end,
        passage=text[finding.start : finding.end],
    )
