"""The main menu is the chain: the stages that are built, each with its pages.

A stage joins :data:`STAGES` the day it has a page to show; nothing is listed before it works.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page of a stage. ``section`` is the first part of the names of the urls that belong to it."""

    name: Any
    caption: Any
    url_name: str
    section: str


@dataclass(frozen=True, slots=True)
class StageEntry:
    """A stage of the chain with its pages in the order one walks them."""

    name: Any
    pages: tuple[PageEntry, ...]


STAGES = (
    StageEntry(
        _("Kunnskap"),
        (
            PageEntry(_("Kilder"), _("dokumentene"), "document-list", "document"),
            PageEntry(pgettext_lazy("flere tall", "Tall"), _("med kilde"), "figure-list", "figure"),
            PageEntry(_("Søk"), _("på tvers"), "search-page", "search"),
        ),
    ),
    StageEntry(
        _("Veivalg"),
        (
            PageEntry(_("Planer"), _("alle samlet"), "plan-list", "plan"),
            PageEntry(_("Sammenstilling"), _("planer blir én"), "merging-list", "merging"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class NavigationPage:
    """A page as the menu shows it; ``here`` is «page» on the page itself, «true» on those below it."""

    name: Any
    caption: Any
    url: str
    here: str


@dataclass(frozen=True, slots=True)
class NavigationStage:
    """A stage as the menu shows it."""

    name: Any
    here: bool
    pages: tuple[NavigationPage, ...]


def navigation(url_name: str) -> tuple[NavigationStage, ...]:
    """The menu, seen from the page whose url is named ``url_name``."""
    stages = []
    for stage in STAGES:
        pages = tuple(
            NavigationPage(page.name, page.caption, reverse(page.url_name), _here(page, url_name))
            for page in stage.pages
        )
        stages.append(NavigationStage(stage.name, any(page.here for page in pages), pages))
    return tuple(stages)


def _here(page: PageEntry, url_name: str) -> str:
    if url_name == page.url_name:
        return "page"
    return "true" if url_name.split("-")[0] == page.section else ""
