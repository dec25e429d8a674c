"""Forms for sources and documents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grunnmur_web.accounts.models import User
from grunnmur_web.models import Document, DocumentKind, OrgUnit, Plan, ServiceZone
from grunnmur_web.permissions import OWN_DRAFTS, Visitor, sees_suggestions, visible_documents, visible_plans


class FilterForm(forms.Form):
    """What to show in the list; the names are those of the address."""

    tittel = forms.CharField(label=_("Tittel"), required=False, max_length=100)
    type = forms.ChoiceField(label=_("Type"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    plan = forms.ModelChoiceField(
        Plan.objects.none(), label=_("Plan"), required=False, empty_label=_("Alle"), to_field_name="slug"
    )
    enhet = forms.ModelChoiceField(OrgUnit.objects.none(), label=_("Enhet"), required=False, empty_label=_("Alle"))
    eier = forms.ModelChoiceField(User.objects.none(), label=_("Eier"), required=False, empty_label=_("Alle"))

    def __init__(self, data: Any, user: Visitor) -> None:
        super().__init__(data, auto_id="filter-%s", label_suffix="")
        seen = visible_documents(user)
        self._choices("type", DocumentKind.choices)
        self._choices("status", Document.Status.choices)
        self._rows("plan", visible_plans(user))
        self._rows("enhet", OrgUnit.objects.filter(pk__in=seen.values("unit")))
        self._rows("eier", User.objects.filter(pk__in=seen.values("owner")))
        if not sees_suggestions(user):
            # Residents see published documents only; who owns them is the municipality's own affair.
            del self.fields["status"], self.fields["eier"]
        for field in self.fields.values():
            field.widget.attrs["class"] = "ds-input"

    def values(self) -> dict[str, Any]:
        """The valid filters; one that makes no sense is as if it were not there."""
        return self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})

    @property
    def is_used(self) -> bool:
        """Whether any filter is set."""
        return any(self.values().values())

    def _choices(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [("", _("Alle")), *choices]

    def _rows(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (declared above)
        field.queryset = rows


class FactsForm(forms.ModelForm[Document]):
    """What people say about a document."""

    class Meta:
        model = Document
        fields = ["title", "kind", "date", "owner", "plan", "unit", "zones", "illustration"]
        labels = {"plan": _("Plan det hører til"), "unit": _("Enhet"), "zones": _("Tjenestesoner")}
        help_texts = {
            "date": _("Datoen dokumentet selv er fra."),
            "illustration": _("Innholdet er laget som eksempel. Det står tydelig på siden."),
        }
        widgets = {
            "date": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "zones": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, may_hand_over: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name in ("owner", "plan", "unit"):
            self._choice(name).empty_label = str(_("Ikke valgt"))
        if not ServiceZone.objects.exists():
            del self.fields["zones"]
        if not may_hand_over:
            del self.fields["owner"], self.fields["unit"]
            return
        self._choice("owner").queryset = User.objects.filter(is_active=True, role__in=OWN_DRAFTS).order_by("name")

    def _choice(self, name: str) -> forms.ModelChoiceField[Any]:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (a foreign key)
        return field
