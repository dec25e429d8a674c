"""A draft from a language model as it is shown: what is proved, what is not and why, and what it left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from grunnmur_web.models import MergingDraft
from grunnmur_web.pages.merging.heads import MergingHead, merging_head
from grunnmur_web.pages.merging.sources import SourceView, source_views, with_relations
from grunnmur_web.permissions import Visitor
from grunnmur_web.store.merging.drafting import sources_of

FAULTS: Mapping[str, Any] = {
    "no-citation": _("Setningen viser ikke til noen kilde."),
    "unknown-passage": _("Setningen viser til en kilde som ikke finnes."),
    "quote": _("Sitatet «%(written)s» står ikke i kilden."),
    "number": _("Tallet «%(written)s» står ikke i kilden."),
    "bound": _("«%(written)s» har en annen grense i kilden."),
    "date": _("Tidspunktet «%(written)s» står ikke i kilden."),
    "quantifier": _("«%(written)s» stemmer ikke: det står ikke i kilden, eller antallet er et annet."),
    "count-missing": _("«%(written)s» er skrevet uten tallet bak."),
    "name": _("Navnet «%(written)s» står ikke i kilden."),
    "negation": _("Kilden sier det motsatte: en nektelse er lagt til eller tatt bort."),
}


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """One sentence with the sources it cites and what is wrong with it, in words."""

    text: str
    holds: bool
    sources: tuple[SourceView, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A draft and its merge. ``uncited`` are the sources that no proved sentence rests on."""

    head: MergingHead
    draft: MergingDraft
    sentences: tuple[DraftSentence, ...]
    uncited: tuple[SourceView, ...]

    @property
    def proved(self) -> int:
        """How many sentences hold."""
        return sum(sentence.holds for sentence in self.sentences)


def draft_page(user: Visitor, draft: MergingDraft) -> DraftPage:
    """Everything the page shows."""
    views = source_views(user, draft.merging, with_relations(sources_of(draft)))
    sentences = tuple(_sentence(one, views) for one in draft.sentences)
    cited = {view.row.pk for sentence in sentences if sentence.holds for view in sentence.sources}
    uncited = tuple(view for pk, view in views.items() if pk not in cited)
    return DraftPage(merging_head(user, draft.merging, "merging-draft"), draft, sentences, uncited)


def may_draft() -> bool:
    """Whether this installation has a language model."""
    return bool(settings.KI_URL)


def _sentence(one: Mapping[str, Any], views: Mapping[int, SourceView]) -> DraftSentence:
    sources = tuple(views[pk] for pk in one["sources"] if pk in views)
    return DraftSentence(one["text"], one["holds"], sources, tuple(_faults(one["faults"])))


def _faults(faults: Sequence[Sequence[Any]]) -> Iterable[str]:
    for code, _start, _end, params in faults:
        yield str(FAULTS[code]) % {"written": "", **params}
