"""Paths of drafts from a language model."""

from __future__ import annotations

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from grunnmur_web.urls.merging import ITEM, ONE, THEME
from grunnmur_web.views import merging_drafts


class DraftAct(StringConverter):
    """What one does to a draft."""

    regex = "ta-i-bruk|legg-bort"


register_converter(DraftAct, "draft_act")

urlpatterns: list[URLPattern] = [
    path(f"{THEME}/utkast/", merging_drafts.merging_theme_draft, name="merging-theme-draft"),
    path(f"{ITEM}/utkast/", merging_drafts.merging_item_draft, name="merging-item-draft"),
    path(f"{ONE}/utkast/<int:draft_id>/", merging_drafts.merging_draft, name="merging-draft"),
    path(f"{ONE}/utkast/<int:draft_id>/<draft_act:act>/", merging_drafts.merging_draft_act, name="merging-draft-act"),
]
