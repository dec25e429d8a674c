"""The list of all figures: what is shown, what can be chosen, and the files it can be taken away as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from grunnmur.output import FigureRecord
from grunnmur_web.models import FindingState
from grunnmur_web.pages.places import finding_url, place_text
from grunnmur_web.pages.selects import LongSelect
from grunnmur_web.permissions import Act, Visitor, can, sees_suggestions
from grunnmur_web.store import figures as store
from grunnmur_web.store.figures import FigureChoices, FigureCounts, FigureFilters
from grunnmur_web.words import numbers, periods
from grunnmur_web.words.figures import amount

PER_PAGE = 50
SORT = "sorter"
PAGE = "side"


class FigureFilterForm(forms.Form):
    """The filters, from the address of the page."""

    q = forms.CharField(label=gettext_lazy("Ord"), max_length=200, widget=forms.TextInput(attrs={"type": "search"}))
    maaleenhet = forms.ChoiceField(label=gettext_lazy("Måleenhet"), widget=LongSelect)
    aar = forms.TypedChoiceField(label=gettext_lazy("År"), coerce=int, empty_value=None, widget=LongSelect)
    hvem = forms.ChoiceField(label=gettext_lazy("Hvem det gjelder"), widget=LongSelect)
    dokument = forms.TypedChoiceField(label=gettext_lazy("Dokument"), coerce=int, empty_value=None, widget=LongSelect)
    status = forms.ChoiceField(label=gettext_lazy("Kontroll"), widget=LongSelect)

    def __init__(self, data: QueryDict, choices: FigureChoices, *, staff: bool) -> None:
        super().__init__(data)
        for field in self.fields.values():
            field.required = False
            field.widget.attrs["class"] = "ds-input"
        self._offer("maaleenhet", [(unit, numbers.unit_name(unit)) for unit in choices.units])
        self._offer("aar", [(str(year), str(year)) for year in choices.years])
        self._offer("hvem", [(org, org) for org in choices.orgs])
        self._offer("dokument", [(str(id), title) for id, title in choices.documents])
        states = list(FindingState)[0 if staff else 1 : 3]
        self._offer("status", [(state.value, STATE_WORDS[state]) for state in states])

    def _offer(self, name: str, options: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", _("Alle")), *options]

    def filters(self) -> FigureFilters:
        """The filters that make sense; those that do not are shown as errors and left out."""
        self.is_valid()
        clean = self.cleaned_data
        return FigureFilters(
            text=clean.get("q") or "",
            unit=clean.get("maaleenhet") or "",
            year=clean.get("aar"),
            org=clean.get("hvem") or "",
            document=clean.get("dokument"),
            state=clean.get("status") or "",
        )


STATE_WORDS: dict[FindingState, Any] = {
    FindingState.SUGGESTED: gettext_lazy("Ikke kontrollert"),
    FindingState.ACCEPTED: gettext_lazy("Godtatt"),
    FindingState.CORRECTED: gettext_lazy("Rettet"),
}


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row of the table, in words."""

    id: int
    label: str
    amount: str
    period: str
    org: str
    source: str
    url: str
    state: str
    unchecked: bool
    key_figure: int | None
    may_choose: bool


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """Everything on the page «Tall». ``query`` is the address's own, for links that keep the choice."""

    form: FigureFilterForm
    page: Page[Any]
    rows: tuple[FigureRow, ...]
    summary: str
    is_narrowed: bool
    knows_none: bool
    shows_states: bool
    may_choose: bool
    query: str


def figures_page(user: Visitor, data: QueryDict) -> FiguresPage:
    """The figures ``user`` may see, as the address asks for them."""
    staff, may_choose = sees_suggestions(user), can(user, Act.CHOOSE_KEY_FIGURES)
    form = FigureFilterForm(data, store.choices(user), staff=staff)
    filters = form.filters()
    found = store.select(user, filters, data.get(SORT, ""))
    counts = store.count(found)
    page = _Counted(found, PER_PAGE, counts.figures).get_page(data.get(PAGE))
    records = store.records(page.object_list)
    chosen = store.chosen_for_front([finding.pk for finding in page.object_list]) if may_choose else {}
    narrowed = filters != FigureFilters()
    return FiguresPage(
        form=form,
        page=page,
        rows=tuple(_row(record, chosen.get(record.id), may_choose=may_choose) for record in records),
        summary=summary(counts, staff=staff),
        is_narrowed=narrowed,
        knows_none=counts.figures == 0 and not narrowed,
        shows_states=staff,
        may_choose=may_choose,
        query=data.urlencode(),
    )


class _Counted(Paginator[Any]):
    """A paginator that has been told the count, which the page has asked for already."""

    def __init__(self, items: Any, per_page: int, count: int) -> None:
        super().__init__(items, per_page)
        self.count = count


def summary(counts: FigureCounts, *, staff: bool) -> str:
    """«412 tall i 14 dokumenter. Mennesker har kontrollert 38 av dem.»"""
    if not counts.figures:
        return _("Ingen tall passer.")
    figures = ngettext("%(n)s tall", "%(n)s tall", counts.figures) % {"n": numbers.number(counts.figures)}
    documents = ngettext("%(n)s dokument", "%(n)s dokumenter", counts.documents)
    text = _("%(figures)s i %(documents)s.") % {
        "figures": figures,
        "documents": documents % {"n": numbers.number(counts.documents)},
    }
    if not staff:
        return text
    return text + " " + _("Mennesker har kontrollert %(n)s av dem.") % {"n": numbers.number(counts.decided)}


def _row(record: FigureRecord, key_figure: int | None, *, may_choose: bool) -> FigureRow:
    unchecked = record.state == FindingState.SUGGESTED
    return FigureRow(
        id=record.id,
        label=record.label,
        amount=amount(record.number, record.unit, approx=record.approx),
        period=periods.period(record.period),
        org=record.org,
        source=place_text(record.document, record.page),
        url=finding_url(record.document_id, record.page, record.id),
        state=record.state,
        unchecked=unchecked,
        key_figure=key_figure,
        may_choose=may_choose and not unchecked,
    )


def chosen_records(user: Visitor, data: QueryDict) -> tuple[list[FigureRecord], Sequence[tuple[str, str]]]:
    """The figures of the page, all pages of it, for a file; with what they were narrowed to, in words."""
    form = FigureFilterForm(data, store.choices(user), staff=sees_suggestions(user))
    found = store.select(user, form.filters(), data.get(SORT, ""))
    return store.records(found, passages=True), _narrowing(form)


def _narrowing(form: FigureFilterForm) -> list[tuple[str, str]]:
    chosen = []
    for name in form.fields:
        value = form.cleaned_data.get(name)
        if value not in ("", None):
            bound = form[name]
            words = {str(key): words for key, words in getattr(bound.field, "choices", [])}
            chosen.append((str(bound.label), str(words.get(str(value), value))))
    return chosen
