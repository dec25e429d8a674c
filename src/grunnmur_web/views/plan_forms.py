"""Forms of plans: what a plan is, what an element says, its levels, and a comment at a hearing."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grunnmur.choices.merging.frame import DEFAULT_FRAME
from grunnmur.choices.plans.levels import Level, LevelRole
from grunnmur.choices.plans.sdg import UnknownGoalError, read_goals
from grunnmur_web.accounts.models import User
from grunnmur_web.models import MergedItem, OrgUnit, Plan, PlanElement, PlanLevel, ServiceZone
from grunnmur_web.models.plans import ISO_DAY
from grunnmur_web.pages.selects import ChosenRows
from grunnmur_web.permissions import OWN_DRAFTS
from grunnmur_web.words.plans import ROLES

NORWEGIAN_DAY = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})")
NEW_LEVELS = 2


class PlanForm(forms.ModelForm[Plan]):
    """What is known about a plan."""

    next_revision = forms.CharField(
        label=gettext_lazy("Neste revisjon"), required=False, max_length=20,
        help_text=gettext_lazy("Et år, eller en dato: 2027 eller 14.5.2027."),
    )  # fmt: skip

    class Meta:
        model = Plan
        fields = [
            "name", "type", "status", "period_from", "period_to", "unit", "owner", "case_number", "adopted_on",
            "hearing_ends", "next_revision", "law", "progress",
        ]  # fmt: skip
        labels = {"progress": gettext_lazy("Hvor mye er gjennomført, i prosent")}
        help_texts = {
            "case_number": gettext_lazy("Saken der kommunestyret vedtok planen, for eksempel 045/19."),
            "hearing_ends": gettext_lazy("Siste dag for innspill når planen er på høring."),
            "law": gettext_lazy("For eksempel folkehelseloven § 6. La feltet stå tomt når ingen lov krever den."),
        }
        widgets = {
            "adopted_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "hearing_ends": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, may_hand_over: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name in ("owner", "unit"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (a foreign key)
            field.empty_label = str(_("Ikke valgt"))
            if name == "owner":
                field.queryset = User.objects.filter(is_active=True, role__in=OWN_DRAFTS).order_by("name")
        if not may_hand_over:
            for name in ("owner", "unit", "status"):
                del self.fields[name]

    def clean_next_revision(self) -> str:
        """A year, a month or a day in ISO 8601; a day may be written in the Norwegian way."""
        written = str(self.cleaned_data["next_revision"]).strip()
        day = NORWEGIAN_DAY.fullmatch(written)
        iso = f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}" if day else written
        if iso and not re.fullmatch(ISO_DAY, iso):
            raise forms.ValidationError(_("Skriv et årstall eller en dato, for eksempel 2027 eller 14.5.2027."))
        return iso

    def clean(self) -> dict[str, Any]:
        """Years in order; what is adopted says where."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("period_from"), cleaned.get("period_to")
        if last and not first:
            self.add_error("period_from", _("Skriv hvilket år perioden begynner."))
        elif first and last and last < first:
            self.add_error("period_to", _("Perioden kan ikke slutte før den begynner."))
        if cleaned.get("adopted_on") and not cleaned.get("case_number"):
            self.add_error("case_number", _("Skriv nummeret på saken, så andre finner vedtaket."))
        return cleaned


class ElementForm(forms.Form):
    """What an element says, with the version the writer began with."""

    text = forms.CharField(
        label=gettext_lazy("Tekst"), max_length=8000, widget=forms.Textarea({"rows": 3}), strip=True,
        error_messages={"required": gettext_lazy("Skriv hva punktet sier.")},
    )  # fmt: skip
    level = forms.ModelChoiceField(PlanLevel.objects.none(), label=gettext_lazy("Nivå"), empty_label=None)
    rationale = forms.CharField(
        label=gettext_lazy("Begrunnelse"), required=False, max_length=8000, widget=forms.Textarea({"rows": 2})
    )
    unit = forms.ModelChoiceField(
        OrgUnit.objects.all(), label=gettext_lazy("Ansvarlig enhet"), required=False,
        empty_label=gettext_lazy("Ikke valgt"),
    )  # fmt: skip
    sdg = forms.CharField(
        label=gettext_lazy("FNs bærekraftsmål"), required=False, max_length=200,
        help_text=gettext_lazy("Numre på mål og delmål, for eksempel 3, 3.4 og 11."),
    )  # fmt: skip
    target_group = forms.CharField(label=gettext_lazy("Målgruppe"), required=False, max_length=200)
    area = forms.CharField(
        label=gettext_lazy("Område i tjenestetrappa"), required=False, max_length=120,
        widget=forms.TextInput({"list": "plan-areas"}),
    )  # fmt: skip
    step = forms.ChoiceField(
        label=gettext_lazy("Trinn i tjenestetrappa"), required=False,
        choices=[("", gettext_lazy("Ikke valgt")), *MergedItem.Step.choices],
    )  # fmt: skip
    zones = ChosenRows(
        ServiceZone.objects.all(), label=gettext_lazy("Tjenestesoner"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    indicators = forms.CharField(
        label=gettext_lazy("Indikatorer"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Hva dere vil måle. Én på hver linje."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    areas = tuple(area.title for area in DEFAULT_FRAME.areas)

    def __init__(self, data: Any, element: PlanElement) -> None:
        super().__init__(data, auto_id="punkt-%s", label_suffix="", initial=initial(element))
        level = self.fields["level"]
        assert isinstance(level, forms.ModelChoiceField)  # noqa: S101
        level.queryset = PlanLevel.objects.filter(plan=element.plan_id)
        if not ServiceZone.objects.exists():
            del self.fields["zones"]

    def clean_sdg(self) -> list[str]:
        """Numbers the United Nations have given."""
        try:
            return list(read_goals(self.cleaned_data["sdg"]))
        except UnknownGoalError as error:
            told = _("%(numbers)s er ikke et mål eller delmål. Skriv for eksempel 3 eller 3.4.")
            raise forms.ValidationError(told % {"numbers": ", ".join(error.numbers)}) from error


def initial(element: PlanElement) -> dict[str, Any]:
    """What the form shows of an element."""
    plain = ("text", "level", "rationale", "unit", "target_group", "area", "step", "indicators", "version")
    shown = {name: getattr(element, name) for name in plain}
    return shown | {"sdg": ", ".join(element.sdg), "zones": element.zones.all()}


class LevelForm(forms.Form):
    """One level of a plan."""

    key = forms.IntegerField(required=False, max_value=2**31 - 1, widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("Navn"), max_length=60, required=False)
    role = forms.ChoiceField(
        label=gettext_lazy("Er en slags"), choices=[(role.value, word) for role, word in ROLES.items()]
    )
    numbered = forms.BooleanField(label=gettext_lazy("Nummereres"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def level(self) -> tuple[int | None, Level] | None:
        """Key and level; None for a row whose name is left empty, which is taken away."""
        clean = self.cleaned_data
        if not clean.get("name"):
            return None
        return clean.get("key"), Level(LevelRole(clean["role"]), clean["name"], clean["numbered"])


LevelFormSet = forms.formset_factory(LevelForm, extra=NEW_LEVELS)


class CommentForm(forms.Form):
    """What someone says at a hearing. ``website`` is not shown to people; what fills it in is not a person."""

    text = forms.CharField(
        label=gettext_lazy("Innspillet ditt"), max_length=4000, widget=forms.Textarea({"rows": 4}),
        error_messages={"required": gettext_lazy("Skriv hva du mener.")},
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("Navnet ditt"), max_length=100, required=False,
        help_text=gettext_lazy("Det vises sammen med innspillet. Du kan la det stå tomt."),
    )  # fmt: skip
    website = forms.CharField(required=False, label=gettext_lazy("La dette feltet stå tomt"))

    def __init__(self, data: Any, *, known: bool) -> None:
        super().__init__(data, auto_id="innspill-%s", label_suffix="")
        if known:
            del self.fields["name"]
