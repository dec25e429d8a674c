"""Forms for what a document says, one for each kind; ``value()`` is the contract's shape."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from grunnmur.kernel import Unit
from grunnmur.knowledge.language.dates import find_dates
from grunnmur.knowledge.language.numbers import find_numbers, parse_number
from grunnmur_web.models import FindingKind
from grunnmur_web.words import kinds, numbers, periods

ISO_PART = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
ISO_PERIOD = re.compile(rf"{ISO_PART}(?:/{ISO_PART})?")
PLAIN_NUMBER = re.compile(r"[-\N{MINUS SIGN}–]?\d+(?:[.,]\d+)?")
MOST_LINES = 20


class NumberField(forms.CharField):
    """A number as people write it: «1 658», «12,5», «1,3 mill.»."""

    def clean(self, value: Any) -> float | None:
        """The number in whole units."""
        text = str(super().clean(value)).strip()
        if not text:
            return None
        number = as_number(text)
        if number is None:
            raise ValidationError(_("Skriv tallet med siffer, for eksempel 1 658, 12,5 eller 1,3 mill."))
        return number


class PeriodField(forms.CharField):
    """A time as people write it, kept as ISO 8601: «2032», «juni 2024», «2024–2027», «2024-06»."""

    def clean(self, value: Any) -> str:
        """ISO 8601, or empty."""
        text = str(super().clean(value)).strip()
        if not text or ISO_PERIOD.fullmatch(text):
            return text
        found = find_dates(text)
        if len(found) != 1 or found[0].start > 0 or found[0].end < len(text):
            raise ValidationError(_("Skriv et år, en måned eller en periode, for eksempel 2032, juni 2024, 2024–2027."))
        return found[0].iso


class FindingForm(forms.Form):
    """What the kinds have in common."""

    def value(self) -> dict[str, Any]:
        """The values as the contract has them; what is left empty is null."""
        return {name: None if value == "" else value for name, value in self.cleaned_data.items()}


class FigureForm(FindingForm):
    """A number with what it counts."""

    label = forms.CharField(label=_("Hva tallet er"), max_length=200)
    number = NumberField(label=_("Tall"), max_length=40)
    unit = forms.ChoiceField(
        label=_("Måleenhet"), choices=lambda: [(unit.value, numbers.unit_name(unit)) for unit in Unit]
    )
    period = PeriodField(label=_("Periode"), required=False, max_length=40)
    org = forms.CharField(label=_("Gjelder enheten"), required=False, max_length=200)
    approx = forms.BooleanField(label=_("Tallet er omtrentlig («ca.»)"), required=False)


class ElementForm(FindingForm):
    """A goal, a choice, a strategy …"""

    type = forms.ChoiceField(label=_("Hva det er"), choices=lambda: list(kinds.ELEMENTS.items()))
    text = forms.CharField(label=_("Tekst"), max_length=2_000, widget=forms.Textarea({"rows": 3}))
    label = forms.CharField(label=_("Nummer eller navn i planen"), required=False, max_length=100)


class ActionForm(FindingForm):
    """An action with its money."""

    text = forms.CharField(label=_("Tiltak"), max_length=2_000, widget=forms.Textarea({"rows": 3}))
    org = forms.CharField(label=_("Gjelder enheten"), required=False, max_length=200)
    category = forms.ChoiceField(
        label=_("Hva slags tiltak"),
        required=False,
        choices=lambda: [("", _("Ikke bestemt")), *kinds.CATEGORIES.items()],
    )
    effects = forms.CharField(
        label=_("Penger per år"),
        help_text=_("Ett år på hver linje, innsparing med minus: 2027: -1,2 mill."),
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    fte = NumberField(label=_("Årsverk"), required=False, max_length=40)

    def clean_effects(self) -> list[dict[str, Any]]:
        """Lines of year and money."""
        lines = [line.strip() for line in self.cleaned_data["effects"].splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise ValidationError(_("Skriv høyst tjue linjer."))
        return [_effect(line) for line in lines]


class MilestoneForm(FindingForm):
    """Something dated."""

    date = PeriodField(label=_("Når"), max_length=40)
    text = forms.CharField(label=_("Hva"), max_length=2_000, widget=forms.Textarea({"rows": 3}))


class LawForm(FindingForm):
    """A statute."""

    text = forms.CharField(label=_("Lov eller forskrift"), max_length=500)


class ServiceForm(FindingForm):
    """Something residents can get help with."""

    text = forms.CharField(label=_("Tjeneste"), max_length=500)
    org = forms.CharField(label=_("Gjelder enheten"), required=False, max_length=200)


FORMS: Mapping[str, type[FindingForm]] = {
    FindingKind.FIGURE: FigureForm,
    FindingKind.ELEMENT: ElementForm,
    FindingKind.ACTION: ActionForm,
    FindingKind.MILESTONE: MilestoneForm,
    FindingKind.LAW: LawForm,
    FindingKind.SERVICE: ServiceForm,
}


def initial(kind: str, value: Mapping[str, Any]) -> dict[str, Any]:
    """A value of the contract's shape as it stands in the form."""
    start = {name: part for name, part in value.items() if part is not None}
    for name in ("number", "fte"):
        if start.get(name) is not None:
            start[name] = numbers.number(start[name])
    for name in ("period", "date"):
        if start.get(name):
            start[name] = _period_text(start[name])
    if kind == FindingKind.ACTION:
        start["effects"] = "\n".join(_effect_line(effect) for effect in value.get("effects") or [])
    return start


def suggestion(kind: str, passage: str) -> dict[str, Any]:
    """What a marked passage itself says, to begin a new finding with."""
    folded = " ".join(passage.split())
    if kind == FindingKind.FIGURE:
        found = find_numbers(folded)
        number = found[0] if found else None
        if number is None:
            return {"unit": Unit.OTHER.value}
        return {"number": number.value, "unit": (number.unit or Unit.OTHER).value, "approx": number.approx}
    if kind == FindingKind.MILESTONE:
        dates = find_dates(folded)
        return {"text": folded, "date": dates[0].iso if dates else ""}
    return {"text": folded}


def as_number(text: str) -> float | None:
    """A number with spaces, decimal comma and «mill.», or None."""
    spaceless = re.sub(r"\s", "", text).replace("\N{MINUS SIGN}", "-").replace("–", "-")
    if PLAIN_NUMBER.fullmatch(spaceless):
        return float(spaceless.replace(",", "."))
    return parse_number(text.replace("\N{MINUS SIGN}", "-"))


def _period_text(iso: str) -> str:
    """The period in words when the words lead back to it, else as it stands."""
    words = periods.period(iso)
    found = find_dates(words)
    return words if len(found) == 1 and found[0].iso == iso and found[0].end == len(words) else iso


def _effect(line: str) -> dict[str, Any]:
    year, separator, money = line.partition(":")
    amount = as_number(money if separator else line)
    is_year = re.fullmatch(r"(?:19|20)\d\d", year.strip()) is not None
    if amount is None or (separator and not is_year):
        raise ValidationError(_("Skriv hver linje som år, kolon og beløp, for eksempel 2027: -1,2 mill."))
    return {"year": int(year) if separator else None, "nok": amount}


def _effect_line(effect: Mapping[str, Any]) -> str:
    amount = numbers.number(effect["nok"])
    return f"{effect['year']}: {amount}" if effect.get("year") else amount
