"""The register of plans: what is shown, what can be chosen, and the files it can be taken away as."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Lower, NullIf
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from grunnmur.output import Cell, Column, ColumnKind, Table
from grunnmur_web.models import OrgUnit, Plan
from grunnmur_web.permissions import PlanAct, Visitor, can_plan, sees_suggestions, visible_plans
from grunnmur_web.words import dates, numbers, periods
from grunnmur_web.words.plans import due_text, is_due

SORT = "sorter"
ORDERS: Mapping[str, Any] = {
    "navn": Lower("name"),
    "type": F("type"),
    "periode": F("period_to"),
    "status": F("status"),
    "revisjon": NullIf("next_revision", Value("")),
    "gjennomfort": F("progress"),
}
MOST = 500


class RegisterForm(forms.Form):
    """The filters, from the address of the page."""

    q = forms.CharField(label=gettext_lazy("Navn"), max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
    type = forms.ChoiceField(label=gettext_lazy("Type"))
    status = forms.ChoiceField(label=gettext_lazy("Status"))
    enhet = forms.ModelChoiceField(OrgUnit.objects.none(), label=gettext_lazy("Eier"), empty_label=None)
    frist = forms.ChoiceField(label=gettext_lazy("Frist"))

    def __init__(self, data: QueryDict, user: Visitor) -> None:
        super().__init__(data, auto_id="filter-%s", label_suffix="")
        for field in self.fields.values():
            field.required = False
            field.widget.attrs["class"] = "ds-input"
        self._offer("type", Plan.Type.choices)
        self._offer("status", Plan.Status.choices)
        self._offer("frist", [("na", _("Må tas opp nå"))])
        units = self.fields["enhet"]
        assert isinstance(units, forms.ModelChoiceField)  # noqa: S101
        units.queryset = OrgUnit.objects.filter(plans__in=visible_plans(user)).distinct()
        units.empty_label = _("Alle")

    def _offer(self, name: str, options: Sequence[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", _("Alle")), *options]

    def chosen(self) -> dict[str, Any]:
        """What makes sense of what is asked for."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan in words. ``due`` is the sentence on what must be done; ``is_due`` when that is this year or before."""

    plan: Plan
    url: str
    type: str
    period: str
    decision: str
    owner: str
    revision: str
    due: str
    is_due: bool


@dataclass(frozen=True, slots=True)
class Register:
    """Everything on the page. ``query`` is the address's own, for links that keep the choice."""

    form: RegisterForm
    rows: tuple[PlanRow, ...]
    summary: str
    is_narrowed: bool
    knows_none: bool
    may_create: bool
    inside: bool
    query: str


def register(user: Visitor, data: QueryDict) -> Register:
    """The plans ``user`` may see, as the address asks for them."""
    form = RegisterForm(data, user)
    rows, chosen = plan_rows(user, form, data.get(SORT, ""))
    return Register(
        form=form,
        rows=rows,
        summary=_summary(rows),
        is_narrowed=bool(chosen),
        knows_none=not rows and not chosen,
        may_create=can_plan(user, PlanAct.CREATE),
        inside=sees_suggestions(user),
        query=data.urlencode(),
    )


def plan_rows(user: Visitor, form: RegisterForm, sort: str) -> tuple[tuple[PlanRow, ...], dict[str, Any]]:
    """The rows in order, and what they were narrowed to."""
    chosen = form.chosen()
    found = _narrowed(visible_plans(user).select_related("unit", "owner"), chosen)
    today, inside = timezone.localdate(), sees_suggestions(user)
    rows = (plan_row(plan, today, inside=inside) for plan in _ordered(found, sort)[:MOST])
    return tuple(row for row in rows if row.is_due or "frist" not in chosen), chosen


def plan_row(plan: Plan, today: date, *, inside: bool) -> PlanRow:
    """A plan in words; who the person is stays inside."""
    owners = [plan.unit.name if plan.unit else "", str(plan.owner) if plan.owner and inside else ""]
    return PlanRow(
        plan=plan,
        url=reverse("plan-detail", args=[plan.slug]),
        type=plan.get_type_display(),
        period=period_text(plan),
        decision=decision_text(plan),
        owner=", ".join(filter(None, owners)),
        revision=periods.period(plan.next_revision),
        due=due_text(plan.status, plan.period_to, plan.next_revision, today),
        is_due=is_due(plan.status, plan.period_to, plan.next_revision, today),
    )


def period_text(plan: Plan) -> str:
    """«2019–2032»."""
    years = [str(year) for year in (plan.period_from, plan.period_to) if year]
    return "–".join(dict.fromkeys(years))


def decision_text(plan: Plan) -> str:
    """«Sak 045/19, 14. mai 2019»; empty when that is not known."""
    case = _("Sak %(number)s") % {"number": plan.case_number} if plan.case_number else ""
    return ", ".join(filter(None, (case, dates.day(plan.adopted_on) if plan.adopted_on else "")))


def register_table(user: Visitor, data: QueryDict, *, site: str, now: datetime) -> Table:
    """The register as a table for a file: the rows of the page in the same order."""
    form = RegisterForm(data, user)
    rows, chosen = plan_rows(user, form, data.get(SORT, ""))
    narrowing = ", ".join(f"{form[name].label}: {_chosen_words(form, name, chosen[name])}" for name in chosen)
    about = [
        (_("Hva"), _("Planer i %(municipality)s") % {"municipality": settings.MUNICIPALITY_NAME}),
        (_("Hentet"), dates.moment(now)),
        (_("Antall planer"), numbers.number(len(rows))),
        (_("Avgrensning"), narrowing or _("Ingen, alle planer er med")),
        (_("Nettsted"), site),
    ]
    columns = [Column(title, kind) for title, kind, _read in _columns()]
    cells = [[read(row, site) for _title, _kind, read in _columns()] for row in rows]
    return Table(_("Planer"), columns, cells, about, _("Om planene"), made=now)


def _columns() -> list[tuple[str, ColumnKind, Callable[[PlanRow, str], Cell]]]:
    text, number = ColumnKind.TEXT, ColumnKind.NUMBER
    return [
        (_("Plan"), text, lambda row, site: row.plan.name),
        (_("Type"), text, lambda row, site: row.type),
        (_("Fra år"), number, lambda row, site: row.plan.period_from),
        (_("Til år"), number, lambda row, site: row.plan.period_to),
        (_("Status"), text, lambda row, site: str(row.plan.get_status_display())),
        (_("Saksnummer"), text, lambda row, site: row.plan.case_number),
        (_("Vedtatt"), text, lambda row, site: row.plan.adopted_on.isoformat() if row.plan.adopted_on else ""),
        (_("Eier"), text, lambda row, site: row.owner),
        (_("Neste revisjon"), text, lambda row, site: row.plan.next_revision),
        (_("Gjennomført i prosent"), number, lambda row, site: row.plan.progress),
        (_("Frist"), text, lambda row, site: row.due),
        (_("Lov som krever planen"), text, lambda row, site: row.plan.law),
        (_("Adresse"), ColumnKind.LINK, lambda row, site: site + row.url),
    ]


def _narrowed(plans: QuerySet[Plan], chosen: Mapping[str, Any]) -> QuerySet[Plan]:
    wanted = Q()
    if "q" in chosen:
        wanted &= Q(name__icontains=chosen["q"])
    for name, column in (("type", "type"), ("status", "status"), ("enhet", "unit")):
        if name in chosen:
            wanted &= Q(**{column: chosen[name]})
    return plans.filter(wanted)


def _ordered(plans: QuerySet[Plan], sort: str) -> QuerySet[Plan]:
    """Sorted as asked; what is missing comes last either way."""
    name = sort.removeprefix("-")
    column = ORDERS.get(name, ORDERS["navn"])
    falling = sort.startswith("-") and name in ORDERS
    ordered = column.desc(nulls_last=True) if falling else column.asc(nulls_last=True)
    return plans.order_by(ordered, "name", "pk")


def _summary(rows: Sequence[PlanRow]) -> str:
    """«9 planer. 3 av dem må tas opp nå.»"""
    if not rows:
        return _("Ingen planer passer.")
    text = ngettext("%(n)s plan.", "%(n)s planer.", len(rows)) % {"n": numbers.number(len(rows))}
    due = sum(row.is_due for row in rows)
    return text if not due else f"{text} " + _("%(n)s av dem må tas opp nå.") % {"n": numbers.number(due)}


def _chosen_words(form: RegisterForm, name: str, value: Any) -> str:
    words = {str(key): words for key, words in getattr(form[name].field, "choices", [])}
    return str(words.get(str(getattr(value, "pk", value)), value))
