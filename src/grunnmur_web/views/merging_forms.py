"""Forms of the merging of plans."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grunnmur.choices.merging.frame import DEFAULT_FRAME
from grunnmur.choices.merging.model import Area, Fate
from grunnmur_web.models import Document, MergedItem, Merging, SourceItem
from grunnmur_web.pages.merging.lists import is_plan, plans_to_choose
from grunnmur_web.pages.merging.theme import items_by_theme
from grunnmur_web.pages.selects import ChosenRows, LongSelect
from grunnmur_web.permissions import Visitor
from grunnmur_web.words.merging import item_name

MOST_AREAS = 12
FATE_CHOICES = (
    (Fate.KEPT.value, _("Behold det som det er")),
    (Fate.MERGED.value, _("Slå det sammen med et annet punkt")),
    (Fate.MOVED.value, _("Flytt det under et annet punkt")),
    (Fate.CLOSED.value, _("Avslutt det")),
    (Fate.UNDECIDED.value, _("Gjør det uavgjort igjen")),
)
EXCERPT = 90


class NewMergingForm(forms.Form):
    """Which plans, and what the new one shall be divided into."""

    title = forms.CharField(label=_("Hva skal den nye planen hete?"), max_length=200)
    documents = ChosenRows(
        Document.objects.none(),
        label=_("Hvilke planer skal slås sammen?"),
        help_text=_("Det som er funnet i dem, blir med, unntatt det noen har avvist."),
        widget=forms.CheckboxSelectMultiple,
    )
    frame = forms.ChoiceField(
        label=_("Hva skal den nye planen deles inn i?"),
        choices=[("standard", _("Tre hovedområder")), ("own", _("Egne hovedområder"))],
        initial="standard",
        widget=forms.RadioSelect,
    )
    areas = forms.CharField(
        label=_("Egne hovedområder"),
        required=False,
        max_length=4_000,
        help_text=_("Ett på hver linje. Etter kolon kan du skrive ord for det som hører hjemme der, med komma mellom."),
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, data: Any, user: Visitor) -> None:
        super().__init__(data, label_suffix="")
        field = self.fields["documents"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 (declared above)
        field.queryset = plans_to_choose(user)
        self.fields["frame"].help_text = _("De tre: %(areas)s.") % {
            "areas": " · ".join(a.title for a in DEFAULT_FRAME.areas)
        }
        self.initial["documents"] = [document.pk for document in field.queryset if is_plan(document)]

    def clean(self) -> dict[str, Any]:
        """Own areas must be written when they are chosen."""
        cleaned = super().clean() or {}
        if cleaned.get("frame") == "own" and not _written(cleaned.get("areas", "")):
            self.add_error("areas", _("Skriv minst ett hovedområde, eller velg de tre."))
        return cleaned

    def chosen_areas(self) -> tuple[Area, ...]:
        """The frame."""
        if self.cleaned_data["frame"] == "own":
            return _written(self.cleaned_data["areas"])
        return DEFAULT_FRAME.areas


class FateForm(forms.Form):
    """What shall become of one source item."""

    fate = forms.ChoiceField(label=_("Hva skal skje med punktet?"), widget=forms.RadioSelect)
    into = forms.ModelChoiceField(
        MergedItem.objects.none(), label=_("Punktet det slås sammen med eller flyttes under"), required=False,
        widget=LongSelect,
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Begrunnelse"), required=False, max_length=2_000, widget=forms.Textarea({"rows": 2}),
        help_text=_("Må fylles ut når punktet avsluttes."),
    )  # fmt: skip
    decision = forms.CharField(label=_("Vedtak eller saksnummer"), required=False, max_length=200)

    def __init__(self, data: Any, source: SourceItem, merging: Merging) -> None:
        initial = {"fate": source.fate, "into": source.into_id, "reason": source.reason, "decision": source.decision}
        super().__init__(data, initial=initial, label_suffix="", auto_id=f"kilde-{source.pk}-%s")
        fate, into = self.fields["fate"], self.fields["into"]
        assert isinstance(fate, forms.ChoiceField) and isinstance(into, forms.ModelChoiceField)  # noqa: S101
        fate.choices = [(code, words) for code, words in FATE_CHOICES if code != source.fate or code != Fate.UNDECIDED]
        into.queryset = merging.items.all()
        into.choices = [
            ("", _("Velg et punkt")),
            *((item.pk, f"{title}: {_short(item.text)}") for title, items in items_by_theme(merging) for item in items),
        ]

    def clean(self) -> dict[str, Any]:
        """A reason for what is closed, a place for what is merged or moved."""
        cleaned = super().clean() or {}
        if cleaned.get("fate") == Fate.CLOSED and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Skriv hvorfor punktet avsluttes. Den som spør senere, skal få et svar."))
        if cleaned.get("fate") in {Fate.MERGED, Fate.MOVED} and not cleaned.get("into"):
            self.add_error("into", _("Velg hvilket punkt det skal inn i."))
        return cleaned


def source_title(source: SourceItem) -> str:
    """«Kulturplan, delmål 3.2»."""
    return f"{source.plan.title}, {item_name(source.type, source.number).lower()}"


def _written(text: str) -> tuple[Area, ...]:
    lines = [" ".join(line.split()) for line in text.splitlines()]
    parts = [line.partition(":") for line in lines if line][:MOST_AREAS]
    named = ((title.strip()[:200], words) for title, _colon, words in parts if title.strip())
    return tuple(Area(title, words=tuple(filter(None, map(str.strip, words.split(","))))) for title, words in named)


def _short(text: str) -> str:
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT].rsplit(' ', 1)[0]} …"
