"""The core's items of plans ↔ rows."""

from __future__ import annotations

from typing import Any

from grunnmur.choices.merging.model import Item
from grunnmur.kernel import Passage
from grunnmur.knowledge.search import index_terms
from grunnmur_web.models import MergingPlan, SourceItem
from grunnmur_web.store.documents import storable
from grunnmur_web.words.merging import GOALS, item_name

ANY_GOAL = "mål"


def row_of(item: Item, plan: MergingPlan, number: str, finding: int | None) -> SourceItem:
    """An unsaved row; what stands in ``details`` is what no page sorts or filters by."""
    owner = storable(item.owner or "")[:300]
    row = SourceItem(
        merging_id=plan.merging_id, plan=plan, key=item.id, finding_id=finding, type=item.type,
        label=storable(item.label or "")[:100], number=number, text=storable(item.text), start=item.start, end=item.end,
        page=item.page, owner=owner, details=_details(item),
    )  # fmt: skip
    row.terms = terms_of(row)
    return row


def item_of(row: SourceItem) -> Item:
    """The core's item back, equal to the one that was saved."""
    details = row.details
    return Item(
        id=row.key, plan=row.plan.key, type=row.type, text=row.text, start=row.start, end=row.end, page=row.page,
        label=row.label or None, parent=details.get("parent"), context=tuple(details.get("context", ())),
        owner=row.owner or None,
        effects=tuple((year, nok) for year, nok in details.get("effects", ())),
        dates=tuple(details.get("dates", ())), indicators=tuple(details.get("indicators", ())),
        laws=passages_of(details.get("laws", ())), when=details.get("when", ""),
        date_passages=passages_of(details.get("date_passages", ())),
    )  # fmt: skip


def terms_of(row: SourceItem) -> str:
    """What it is found by: its own words, what it is called, and its plan's name; a space before and after each."""
    names = [row.plan.title, item_name(row.type, row.number), row.label, ANY_GOAL if row.type in GOALS else ""]
    words = " ".join([*names, row.text]).replace("\N{NO-BREAK SPACE}", " ")
    return f" {index_terms(words)} "


def plain_passages(passages: tuple[Passage, ...]) -> list[list[Any]]:
    """Passages as JSON holds them."""
    return [[passage.document, passage.start, passage.end] for passage in passages]


def passages_of(rows: Any) -> tuple[Passage, ...]:
    """Passages back."""
    return tuple(Passage(*row) for row in rows)


def _details(item: Item) -> dict[str, Any]:
    details: dict[str, Any] = {
        "parent": item.parent, "context": [storable(text) for text in item.context],
        "effects": [list(effect) for effect in item.effects], "dates": list(item.dates),
        "indicators": [storable(text) for text in item.indicators], "laws": plain_passages(item.laws),
        "when": storable(item.when), "date_passages": plain_passages(item.date_passages),
    }  # fmt: skip
    return {name: value for name, value in details.items() if value}
