"""What needs a person, as far as the viewer may see it and do something about it; the viewer's own comes first."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, Count, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grunnmur_web.accounts.models import User
from grunnmur_web.models import Document, DocumentVersion, Finding, FindingKind, FindingState, ReadState
from grunnmur_web.pages.places import finding_url
from grunnmur_web.permissions import Visitor, sees_suggestions, visible_findings, worked_documents
from grunnmur_web.words import codes, numbers

PER_KIND = 3
SHOWN = ("page", "type", "machine", "human", "version__current_of__title", "version__current_of__owner")


@dataclass(frozen=True, slots=True)
class Attention:
    """One thing to do: what it is, why, and where. ``mine`` when the document is the viewer's own."""

    title: str
    text: str
    url: str
    link: str
    mine: bool


def attention(user: Visitor) -> tuple[Attention, ...]:
    """Readings that failed, things that don't add up, findings to go through, documents without date or owner."""
    items = [*_warnings(user)]
    if sees_suggestions(user):
        items = [*_failed(user), *items, *_unreviewed(user), *_without_facts(user)]
    return tuple(sorted(items, key=lambda item: not item.mine))


def _failed(user: Visitor) -> list[Attention]:
    failed = (
        DocumentVersion.objects.filter(state=ReadState.FAILED, document__in=worked_documents(user))
        .select_related("document")
        .defer("text", "structure")
        .order_by("-uploaded_at")[:PER_KIND]
    )
    return [
        Attention(
            title=_("%(file)s kunne ikke leses") % {"file": version.filename},
            text=codes.sentence(version.error_code, version.error_params),
            url=reverse("document-detail", args=[version.document_id]),
            link=_("Se hva du kan gjøre"),
            mine=_is_mine(user, version.document),
        )
        for version in failed
    ]


def _warnings(user: Visitor) -> list[Attention]:
    """Sums and shares that don't add up, and figures that two documents give differently."""
    found = _own_first(visible_findings(user).filter(kind=FindingKind.WARNING), user)
    return [_warning(user, finding) for finding in found.only(*SHOWN)[:PER_KIND]]


def _own_first(findings: QuerySet[Finding], user: Visitor) -> QuerySet[Finding]:
    # Through the document's current version: SQLite would read the whole text of a version to find its document.
    mine = Case(When(version__current_of__owner=user.pk, then=0), default=1)
    return findings.select_related("version__current_of").order_by(mine, "-pk")


def _warning(user: Visitor, finding: Finding) -> Attention:
    value = finding.human or finding.machine or {}
    document = finding.version.current_of
    return Attention(
        title=document.title,
        text=codes.sentence(str(value.get("code", finding.type)), value.get("params", {})),
        url=finding_url(document.pk, finding.page, finding.pk),
        link=_("Se stedet"),
        mine=_is_mine(user, document),
    )


def _unreviewed(user: Visitor) -> list[Attention]:
    """The documents with most left to go through."""
    waiting = Q(current__findings__state=FindingState.SUGGESTED) & ~Q(current__findings__kind=FindingKind.HEADING)
    documents = (
        worked_documents(user)
        .annotate(waiting=Count("current__findings", filter=waiting))
        .filter(waiting__gt=0)
        .order_by(Case(When(owner=user.pk, then=0), default=1), "-waiting", "-pk")[:PER_KIND]
    )
    return [
        Attention(
            title=document.title,
            text=ngettext(
                "%(n)s funn venter på at noen ser over det.",
                "%(n)s funn venter på at noen ser over dem.",
                document.waiting,
            )
            % {"n": numbers.number(document.waiting)},
            url=reverse("document-detail", args=[document.pk]),
            link=_("Se over"),
            mine=_is_mine(user, document),
        )
        for document in documents
    ]


def _without_facts(user: Visitor) -> list[Attention]:
    """Documents that nobody can place in time, or that nobody answers for."""
    missing = worked_documents(user).aggregate(
        date=Count("pk", filter=Q(date__isnull=True)), owner=Count("pk", filter=Q(owner__isnull=True))
    )
    items = []
    if missing["date"]:
        title = ngettext("%(n)s dokument mangler dato", "%(n)s dokumenter mangler dato", missing["date"])
        items.append((title % {"n": numbers.number(missing["date"])}, _("Da vet ingen hvor ferskt det er.")))
    if missing["owner"]:
        title = ngettext("%(n)s dokument mangler eier", "%(n)s dokumenter mangler eier", missing["owner"])
        items.append((title % {"n": numbers.number(missing["owner"])}, _("Da svarer ingen for det som står der.")))
    sources = reverse("document-list")
    return [Attention(title, text, sources, _("Åpne kildene"), mine=False) for title, text in items]


def _is_mine(user: Visitor, document: Document) -> bool:
    return isinstance(user, User) and document.owner_id == user.pk
