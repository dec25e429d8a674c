"""Paths of merging plans."""

from __future__ import annotations

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from grunnmur_web.views import merging, merging_acts


class WholeAct(StringConverter):
    """What one does to a merge."""

    regex = "ferdig|gjenapne|publiser|trekk-tilbake|prov-igjen"


class ThemeAct(StringConverter):
    """What one does to a theme."""

    regex = "godta|navn|omrade|sla-sammen|del|kommentar"


class MergedItemAct(StringConverter):
    """What one does to an item of the new plan."""

    regex = "godta|flytt|sla-sammen|del|fjern|kommentar"


register_converter(WholeAct, "merging_act")
register_converter(ThemeAct, "theme_act")
register_converter(MergedItemAct, "merged_item_act")

ONE = "sammenstilling/<int:merging_id>"
THEME = f"{ONE}/tema/<int:theme_id>"
ITEM = f"{ONE}/punkt/<int:item_id>"

urlpatterns: list[URLPattern] = [
    path("sammenstilling/", merging.merging_list, name="merging-list"),
    path("sammenstilling/ny/", merging.merging_new, name="merging-new"),
    path("hva-ble-det-av/", merging.merging_answers, name="merging-answers"),
    path(f"{ONE}/", merging.merging_detail, name="merging-detail"),
    path(f"{ONE}/hva-ble-det-av/", merging.merging_fates, name="merging-fates"),
    path(f"{ONE}/regnskap/", merging.merging_balance, name="merging-balance"),
    path(f"{ONE}/avklar/", merging.merging_noticed, name="merging-noticed"),
    path(f"{ONE}/avklar/<int:suggestion_id>/", merging_acts.merging_suggestion, name="merging-suggestion"),
    path(f"{ONE}/logg/", merging.merging_log, name="merging-log"),
    path(f"{ONE}/last-ned/plan.<str:format_>", merging.merging_export, name="merging-export"),
    path(f"{ONE}/flytt/", merging_acts.merging_move, name="merging-move"),
    path(f"{ONE}/angre/", merging_acts.merging_undo, name="merging-undo"),
    path(f"{ONE}/slett/", merging_acts.merging_delete, name="merging-delete"),
    path(f"{ONE}/<merging_act:act>/", merging_acts.merging_act, name="merging-act"),
    path(f"{THEME}/", merging.merging_theme, name="merging-theme"),
    path(f"{THEME}/<theme_act:act>/", merging_acts.merging_theme_act, name="merging-theme-act"),
    path(f"{ITEM}/", merging.merging_item, name="merging-item"),
    path(f"{ITEM}/skriv/", merging_acts.merging_item_write, name="merging-item-write"),
    path(f"{ITEM}/<merged_item_act:act>/", merging_acts.merging_item_act, name="merging-item-act"),
    path(f"{ONE}/kilde/<int:source_id>/", merging_acts.merging_source, name="merging-source"),
]
