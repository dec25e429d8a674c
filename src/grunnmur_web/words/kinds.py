"""What sorts of things a document says, in words: plan elements, categories of action, headings of a finding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from grunnmur.knowledge.model import ActionCategory, ElementType
from grunnmur_web.words import numbers, periods
from grunnmur_web.words.codes import sentence

ELEMENTS: Mapping[str, Any] = {
    ElementType.VISION: gettext_lazy("Visjon"),
    ElementType.GOAL: gettext_lazy("Mål"),
    ElementType.CHOICE: gettext_lazy("Veivalg"),
    ElementType.SUBGOAL: gettext_lazy("Delmål"),
    ElementType.STRATEGY: gettext_lazy("Strategi"),
    ElementType.PRINCIPLE: gettext_lazy("Prinsipp"),
    ElementType.TARGET_GROUP: gettext_lazy("Målgruppe"),
    ElementType.THEME: gettext_lazy("Tema"),
    ElementType.AREA: pgettext_lazy("del av en plan", "Område"),
}
CATEGORIES: Mapping[str, Any] = {
    ActionCategory.EFFICIENCY: gettext_lazy("Gjøre det smartere"),
    ActionCategory.SERVICE_LEVEL: gettext_lazy("Endre tjenestenivået"),
    ActionCategory.STRUCTURE: gettext_lazy("Organisere annerledes"),
}
KINDS: Mapping[str, Any] = {
    "heading": gettext_lazy("Overskrift"),
    "element": gettext_lazy("Planelement"),
    "figure": gettext_lazy("Tall"),
    "action": gettext_lazy("Tiltak"),
    "milestone": gettext_lazy("Milepæl"),
    "law": gettext_lazy("Lov"),
    "service": gettext_lazy("Tjeneste"),
    "warning": gettext_lazy("Noe som ikke stemmer"),
}


def element_word(type_: str) -> str:
    """«Delmål»."""
    return str(ELEMENTS.get(type_, type_))


def category_word(category: str | None) -> str:
    """«Gjøre det smartere»; empty when there is none."""
    return str(CATEGORIES.get(category, category)) if category else ""


def kind_word(kind: str) -> str:
    """«Tall»."""
    return str(KINDS.get(kind, kind))


def about(kind: str, value: Mapping[str, Any]) -> list[str]:
    """The short facts above a value: «Tall», «personer», «2032»; from the contract's shape."""
    parts = [element_word(value.get("type") or "") if kind == "element" else kind_word(kind)]
    if kind == "figure" and value.get("unit") not in {None, "", "other"}:
        parts.append(numbers.unit_name(value["unit"]).lower())
    parts.append(periods.period(value.get("period") or value.get("date")))
    parts.append(category_word(value.get("category")) if kind == "action" else "")
    return [part for part in parts if part]


def value_text(kind: str, value: Mapping[str, Any], passage: str) -> str:
    """The value itself in one line: the number with its unit, the text, or the sentence of a warning."""
    if kind == "figure":
        status = "approximate" if value.get("approx") else "observed"
        return numbers.quantity(value.get("number"), value.get("unit") or "", status)
    if kind == "warning":
        return sentence(str(value.get("code", "")), value.get("params") or {})
    text = str(value.get("text") or passage)
    return f"{value['label']} {text}" if value.get("label") and not text.startswith(str(value["label"])) else text


def detail_text(kind: str, value: Mapping[str, Any]) -> str:
    """What stands below a value: label of a figure, unit of organisation, money by year, positions."""
    parts = [str(value.get("label") or "")] if kind == "figure" else []
    for effect in value.get("effects") or []:
        amount = numbers.money(effect.get("nok"))
        parts.append(f"{effect['year']}: {amount}" if effect.get("year") else amount)
    if value.get("fte") is not None:
        parts.append(numbers.quantity(value["fte"], "FTE"))
    if value.get("org"):
        parts.append(_("Enhet: %(name)s") % {"name": value["org"]})
    return " · ".join(part for part in parts if part)
