"""The front page: what the municipality knows right now, what needs a person, and what is new."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from grunnmur.kernel import Unit
from grunnmur_web.models import Document, FindingKind, FindingState, KeyFigure
from grunnmur_web.pages.attention import Attention, attention
from grunnmur_web.pages.places import finding_url
from grunnmur_web.permissions import (
    Act,
    Visitor,
    can,
    sees_suggestions,
    visible_documents,
    visible_findings,
)
from grunnmur_web.store.figures import key_figures
from grunnmur_web.words import numbers, periods

NEWEST = 6
MOST_KEY_FIGURES = 5


@dataclass(frozen=True, slots=True)
class Knowledge:
    """How much there is, as far as the viewer may see it. ``reviewed`` of ``findings`` were decided by people."""

    documents: int
    figures: int
    elements: int
    actions: int
    findings: int
    reviewed: int


@dataclass(frozen=True, slots=True)
class FrontFigure:
    """A key figure ready to be set: the number, the short unit after it, what it is, and where it was read."""

    number: str
    unit: str
    label: str
    note: str
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Front:
    """Everything on the front page."""

    summary: str
    lead: str
    figures: tuple[FrontFigure, ...]
    attention: tuple[Attention, ...]
    newest: tuple[Document, ...]
    may_upload: bool
    may_choose_figures: bool

    @property
    def is_empty(self) -> bool:
        """Nothing to see yet, for this viewer."""
        return not self.newest


def front(user: Visitor) -> Front:
    """The front page as ``user`` may see it."""
    knowledge = _knowledge(user)
    return Front(
        summary=_summary(knowledge),
        lead=_lead(knowledge, sees_suggestions(user)),
        figures=tuple(_front_figure(figure) for figure in key_figures(user)[:MOST_KEY_FIGURES]),
        attention=attention(user),
        newest=tuple(visible_documents(user).only("title", "kind", "status", "created_at")[:NEWEST]),
        may_upload=can(user, Act.UPLOAD),
        may_choose_figures=can(user, Act.CHOOSE_KEY_FIGURES),
    )


def _knowledge(user: Visitor) -> Knowledge:
    people = Q(state__in=[FindingState.ACCEPTED, FindingState.CORRECTED])
    counted = visible_findings(user).order_by().aggregate(
        figures=Count("pk", filter=Q(kind=FindingKind.FIGURE)),
        elements=Count("pk", filter=Q(kind=FindingKind.ELEMENT)),
        actions=Count("pk", filter=Q(kind=FindingKind.ACTION)),
        findings=Count("pk", filter=~Q(kind=FindingKind.HEADING)),
        reviewed=Count("pk", filter=~Q(kind=FindingKind.HEADING) & people),
    )  # fmt: skip
    return Knowledge(documents=visible_documents(user).count(), **counted)


def _summary(known: Knowledge) -> str:
    """One sentence: «14 dokumenter gir 412 tall, 121 mål og veivalg og 86 tiltak.»"""
    documents = _counted(ngettext("%(n)s dokument", "%(n)s dokumenter", known.documents), known.documents)
    parts = [
        _counted(ngettext("%(n)s tall", "%(n)s tall", known.figures), known.figures),
        _counted(ngettext("%(n)s mål eller veivalg", "%(n)s mål og veivalg", known.elements), known.elements),
        _counted(ngettext("%(n)s tiltak", "%(n)s tiltak", known.actions), known.actions),
    ]
    present = [part for part in parts if part]
    if not present:
        return _("%(documents)s ligger her.") % {"documents": documents}
    return _("%(documents)s gir %(findings)s.") % {"documents": documents, "findings": _joined(present)}


def _counted(text: str, n: int) -> str:
    """The count and its noun, never parted by a line break; nothing for none."""
    return text.replace(" ", numbers.NBSP, 1) % {"n": numbers.number(n)} if n else ""


def _joined(parts: list[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    return _("%(first)s og %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def _lead(known: Knowledge, sees_suggestions: bool) -> str:
    """How far people have come in going through what the machine found."""
    if not known.findings and not sees_suggestions:
        return _("Det dokumentene sier av mål, tiltak og tall, vises her når mennesker har sett over det.")
    if not known.findings:
        return _("Når dokumentene er lest, ser du her hva de sier, og hvor hvert tall og hver setning står.")
    if known.reviewed == known.findings:
        return _("Alt er sett over av mennesker, og hvert tall og hver setning viser hvor den står.")
    if not known.reviewed:
        return _("Maskinen har funnet dem, og ingen har sett over dem ennå. Hvert funn viser hvor det står.")
    return _("Mennesker har sett over %(reviewed)s av %(findings)s funn. Hvert funn viser hvor det står.") % {
        "reviewed": numbers.number(known.reviewed),
        "findings": numbers.number(known.findings),
    }


def _front_figure(figure: KeyFigure) -> FrontFigure:
    number, unit = _number_and_unit(figure)
    note = [periods.period(figure.period), numbers.status_word(figure.status) if figure.value is not None else ""]
    sentence = ", ".join(part for part in note if part)
    return FrontFigure(
        number=number,
        unit=unit,
        label=figure.label,
        note=" ".join(
            f"{part}." for part in (sentence[:1].upper() + sentence[1:], figure.comparison.rstrip(".")) if part
        ),
        source=", ".join(part for part in (figure.source_title, figure.source_locator) if part),
        url=_finding_url(figure),
    )


def _number_and_unit(figure: KeyFigure) -> tuple[str, str]:
    """The number itself is set large, its unit small: («−7», «mill. kr»), («12,5 %», «»)."""
    if figure.value is None:
        return "–", numbers.status_word(figure.status)
    if figure.unit == Unit.PERCENT:
        return numbers.percent(figure.value), ""
    if figure.unit == Unit.NOK:
        amount, step = numbers.money_parts(figure.value)
        kroner = pgettext("etter et beløp", "kr")
        return amount, f"{step} {kroner}".strip()
    return numbers.number(figure.value), numbers.unit_word(figure.unit, figure.value)


def _finding_url(figure: KeyFigure) -> str:
    finding = figure.finding
    return finding_url(finding.version.current_of.pk, finding.page, finding.pk) if finding else ""
