"""Find source items: by plan, by fate, by who decided, and by words («Mål 3.2 Kulturplanen»)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import QuerySet

from grunnmur.knowledge.search import index_terms, query_words
from grunnmur_web.models import SourceItem

LONGEST = 200
# Words of the question itself: «Hva ble det av mål 3.2 i Kulturplanen?»
ASKING = frozenset({"hva", "kva", "ble", "blei", "vart", "det", "av", "med", "i", "på", "og", "som", "til", "fra"})
NUMBER = re.compile(r"\d+(?:d\d+)*")  # «3.2» is one word to the search, «3d2»
LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class SourceFilters:
    """What to show. ``fate`` is a fate, or «left_out» for what no merged item cites."""

    plan: int | None = None
    fate: str = ""
    person: int | None = None
    text: str = ""


def select(rows: QuerySet[SourceItem], filters: SourceFilters) -> QuerySet[SourceItem]:
    """Narrow ``rows``; every word of the text must be there, in any form, in the item, its name or its plan's name."""
    if filters.plan is not None:
        rows = rows.filter(plan=filters.plan)
    if filters.fate == LEFT_OUT:
        rows = rows.filter(into__isnull=True)
    elif filters.fate:
        rows = rows.filter(fate=filters.fate)
    if filters.person is not None:
        rows = rows.filter(decided_by=filters.person)
    for stem in stems(filters.text):
        rows = rows.filter(terms__contains=f" {stem} ")
    return rows


def stems(text: str) -> list[str]:
    """The stem of each word, as rows are indexed."""
    words = query_words(text[:LONGEST])
    asked = [word for word in words if word not in ASKING] or words
    return list(dict.fromkeys(word if NUMBER.fullmatch(word) else index_terms(word).split()[0] for word in asked))
