"""The search page: hits gathered under their documents, and what the search can be narrowed to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from grunnmur.knowledge.search import MAX_LENGTH, HitKind, Query, highlight
from grunnmur_web.models import Document, DocumentKind, FindingState, OrgUnit, SearchEntry, ServiceZone
from grunnmur_web.pages.places import finding_url, passage_url
from grunnmur_web.pages.selects import LongSelect
from grunnmur_web.permissions import Visitor, visible_documents
from grunnmur_web.store.search import SearchFilters, SearchResults, search
from grunnmur_web.words import numbers, periods
from grunnmur_web.words.figures import amount
from grunnmur_web.words.kinds import element_word

PER_PAGE = 20
MOST_DOCUMENTS = 30  # in the choice of document
PAGE = "side"
KINDS: dict[HitKind, Any] = {
    HitKind.FIGURE: gettext_lazy("Tall"),
    HitKind.ELEMENT: gettext_lazy("Planelementer"),
    HitKind.PASSAGE: gettext_lazy("Tekst"),
    HitKind.DOCUMENT: gettext_lazy("Dokumenter"),
    HitKind.PLAN: gettext_lazy("Planer"),
}


class SearchForm(forms.Form):
    """The search and its filters, from the address of the page."""

    q = forms.CharField(
        label=gettext_lazy("Søk etter"), max_length=MAX_LENGTH, widget=forms.TextInput({"type": "search"})
    )
    slag = forms.ChoiceField(label=gettext_lazy("Slag"), widget=forms.HiddenInput)
    dokument = forms.IntegerField(max_value=2_147_483_647, widget=LongSelect)
    type = forms.ChoiceField(label=gettext_lazy("Type dokument"), widget=LongSelect)
    enhet = forms.ChoiceField(label=gettext_lazy("Enhet"), widget=LongSelect)
    sone = forms.ChoiceField(label=gettext_lazy("Tjenestesone"), widget=LongSelect)
    aar = forms.IntegerField(label=gettext_lazy("År"), min_value=1800, max_value=2200)

    def __init__(self, data: QueryDict, user: Visitor) -> None:
        super().__init__(data)
        for field in self.fields.values():
            field.required = False
            field.widget.attrs["class"] = "ds-input"
        self.fields["dokument"].label = _("Dokument")
        seen = visible_documents(user)
        units = OrgUnit.objects.filter(documents__in=seen).distinct().values_list("slug", "name")
        zones = ServiceZone.objects.filter(documents__in=seen).distinct().values_list("slug", "name")
        self._offer("slag", KINDS.items())
        self._offer("type", DocumentKind.choices)
        self._offer("enhet", units)
        self._offer("sone", zones)

    def _offer(self, name: str, options: Iterable[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", _("Alle")), *options]

    def offer_documents(self, titles: list[tuple[int, str]]) -> None:
        """The documents with hits are known only after the search."""
        self.fields["dokument"].widget.choices = [("", _("Alle")), *titles]

    @property
    def choices(self) -> list[forms.BoundField]:
        """The filters that have something to choose between."""
        names = [name for name in ("dokument", "type", "enhet", "sone") if len(self[name].field.widget.choices) > 1]
        return [self[name] for name in (*names, "aar")]

    def filters(self) -> SearchFilters:
        """The filters that make sense; those that do not are shown as errors and left out."""
        self.is_valid()
        clean = self.cleaned_data
        return SearchFilters(
            kind=HitKind(clean["slag"]) if clean.get("slag") else None,
            document=clean.get("dokument"),
            document_kind=clean.get("type") or "",
            unit=clean.get("enhet") or "",
            zone=clean.get("sone") or "",
            year=clean.get("aar"),
        )


@dataclass(frozen=True, slots=True)
class KindChoice:
    """One sort of hit, how many there are, and the address that shows only them."""

    name: str
    count: str
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A hit as it is shown. ``pieces`` is the passage, cut at the words that were found.

    A heading ``says_itself``: its passage is its title, shown once.
    """

    kind: str
    title: str
    url: str
    pieces: tuple[tuple[str, bool], ...]
    page: int
    amount: str = ""
    period: str = ""
    org: str = ""
    unchecked: bool = False
    says_itself: bool = False


@dataclass(frozen=True, slots=True)
class HitGroup:
    """Hits that stand in the same document; a plan is a group of its own. ``lead`` is the hit on the document."""

    title: str
    url: str
    note: str
    hits: tuple[Hit, ...]
    lead: Hit | None = None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Everything on the search page."""

    form: SearchForm
    text: str
    summary: str
    groups: tuple[HitGroup, ...]
    page: Page[Any] | None
    kinds: tuple[KindChoice, ...]
    suggestions: tuple[str, ...]
    is_narrowed: bool
    more_than_shown: bool
    only_excludes: bool


def search_page(user: Visitor, data: QueryDict) -> SearchPage:
    """What ``user`` may see that answers the address."""
    form = SearchForm(data, user)
    filters = form.filters()
    text = data.get("q", "").strip()[:MAX_LENGTH]
    number = _page_number(data.get(PAGE, ""))
    results = search(text, user, filters, offset=(number - 1) * PER_PAGE, limit=PER_PAGE)
    form.offer_documents(_titles(results))
    return SearchPage(
        form=form,
        text=text,
        summary=summary(results, filters.document),
        groups=tuple(groups(results)),
        page=_Reachable(results.reachable).get_page(number) if results.entries else None,
        kinds=tuple(_kind_choices(results, filters.kind, data)),
        suggestions=results.other_queries,
        is_narrowed=filters != SearchFilters(),
        more_than_shown=results.total > results.reachable,
        only_excludes=bool(results.query.excluded) and results.query.is_empty,
    )


class _Reachable(Paginator[int]):
    """Pages over hits that have been fetched already."""

    def __init__(self, count: int) -> None:
        super().__init__(range(count), PER_PAGE)


def _page_number(text: str) -> int:
    return int(text) if text.isdecimal() and 0 < int(text[:6]) < 10_000 else 1


def summary(results: SearchResults, document: int | None = None) -> str:
    """«23 treff i 4 dokumenter.»"""
    if not results.total:
        return _("Ingen treff.")
    hits = ngettext("%(n)s treff", "%(n)s treff", results.total) % {"n": numbers.number(results.total)}
    count = 1 if document else len(results.documents)
    if not count:
        return _("%(hits)s.") % {"hits": hits}
    documents = ngettext("%(n)s dokument", "%(n)s dokumenter", count) % {"n": numbers.number(count)}
    return _("%(hits)s i %(documents)s.") % {"hits": hits, "documents": documents}


def groups(results: SearchResults) -> list[HitGroup]:
    """The hits gathered by document, in the order of each document's best hit."""
    order: dict[Any, int] = {}
    for entry in results.entries:
        order.setdefault(_owner(entry), len(order))
    gathered = sorted(results.entries, key=lambda entry: order[_owner(entry)])
    return [_group(list(entries), results.query) for _, entries in groupby(gathered, key=_owner)]


def _owner(entry: SearchEntry) -> tuple[str, int | None]:
    return ("document", entry.document_id) if entry.document_id else ("plan", entry.plan_id)


def _group(entries: list[SearchEntry], query: Query) -> HitGroup:
    first = entries[0]
    if first.plan is not None:
        years = "–".join(str(year) for year in (first.plan.period_from, first.plan.period_to) if year)
        url = reverse("plan-detail", args=[first.plan.slug])
        return HitGroup(first.plan.name, url, ", ".join(part for part in (_("Plan"), years) if part), ())
    document = first.document
    assert document is not None  # noqa: S101  a row belongs to a document or to a plan
    own = [entry for entry in entries if entry.kind == HitKind.DOCUMENT]
    return HitGroup(
        title=document.title,
        url=reverse("document-detail", args=[document.pk]),
        note=_note(document),
        hits=tuple(_hit(entry, document, query) for entry in entries if entry.kind != HitKind.DOCUMENT),
        lead=_hit(own[0], document, query) if own else None,
    )


def _note(document: Document) -> str:
    parts = [str(DocumentKind(document.kind).label), str(document.date.year) if document.date else ""]
    parts.append(_("utkast") if document.status == Document.Status.DRAFT else "")
    return ", ".join(part for part in parts if part)


def _hit(entry: SearchEntry, document: Document, query: Query) -> Hit:
    finding = entry.finding
    fragment = highlight(entry.body, query)
    pieces = tuple((" ".join(_spaced(text)), marked) for text, marked in fragment.pieces(entry.body))
    if fragment.start > 0:
        pieces = (("… ", False), *pieces)
    if fragment.end < len(entry.body):
        pieces = (*pieces, (" …", False))
    if finding is None:
        url = passage_url(document.pk, entry.page, entry.start, entry.end) if entry.end else ""
        itself = " ".join(entry.body.split()) == entry.title
        kind = str(_("Overskrift")) if itself else str(KINDS[HitKind(entry.kind)])
        return Hit(kind, entry.title, url, pieces, entry.page, says_itself=itself)
    is_figure = entry.kind == HitKind.FIGURE
    return Hit(
        kind=str(_("Tall")) if is_figure else element_word(finding.type),
        title=entry.title,
        url=finding_url(document.pk, finding.page, finding.pk),
        pieces=pieces,
        page=finding.page,
        amount=amount(finding.number, finding.unit, approx=finding.approx) if is_figure else "",
        period=periods.period(finding.period) if is_figure else "",
        org=finding.org,
        unchecked=finding.state == FindingState.SUGGESTED,
    )


def _spaced(text: str) -> list[str]:
    """White space folded, with one space kept at either end, where the pieces meet."""
    words = text.split()
    start = [""] if text[:1].isspace() and words else []
    end = [""] if text[-1:].isspace() and words else []
    return [*start, *words, *end] if words else ["", ""]


def _kind_choices(results: SearchResults, chosen: HitKind | None, data: QueryDict) -> list[KindChoice]:
    """All, and each kind with hits; the one chosen stays, with or without hits."""
    if not results.kinds:
        return []
    choices = [KindChoice(_("Alle"), numbers.number(sum(results.kinds.values())), _query(data, ""), chosen is None)]
    for kind, name in KINDS.items():
        if kind in results.kinds or kind is chosen:
            count = numbers.number(results.kinds.get(kind, 0))
            choices.append(KindChoice(str(name), count, _query(data, kind), kind is chosen))
    return choices


def _query(data: QueryDict, kind: str) -> str:
    copy = data.copy()
    copy.pop(PAGE, None)
    copy["slag"] = kind
    if not kind:
        copy.pop("slag")
    return copy.urlencode()


def _titles(results: SearchResults) -> list[tuple[int, str]]:
    """The documents with most hits, with how many."""
    most = sorted(results.documents.items(), key=lambda item: (-item[1], item[0]))[:MOST_DOCUMENTS]
    titles = dict(Document.objects.filter(pk__in=[pk for pk, _ in most]).values_list("pk", "title"))
    return [(pk, f"{titles[pk]} ({numbers.number(count)})") for pk, count in most if pk in titles]
