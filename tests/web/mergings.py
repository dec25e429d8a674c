"""A small merge for tests: two plans of three items each, with one of everything that the machine can notice."""

from __future__ import annotations

from typing import Any

from grunnmur.choices.merging.frame import DEFAULT_FRAME
from grunnmur.choices.merging.model import (
    Expired,
    Fate,
    Gap,
    Item,
    Merge,
    Missing,
    Outcome,
    Pair,
    PairKind,
    Proposal,
    ProposedItem,
    SourcePlan,
    Tension,
    Term,
    Theme,
    Vocabulary,
)
from grunnmur.kernel import Passage
from grunnmur_web.accounts.models import User
from grunnmur_web.models import Document, FindingKind, MergedItem, MergedTheme, Merging, MergingPlan, SourceItem
from grunnmur_web.store.merging.snapshot import keep
from tests.web.library import add_document, add_finding

CULTURE = """# Kulturplan 2018-2028
## Mål
Alle barn skal møte kunst.
Kulturskolen skal være gratis.
## Tiltak
Biblioteket åpner på søndager."""
UPBRINGING = """# Oppvekstplan 2016-2020
## Mål
Hvert barn skal få møte kunst.
Kulturskolen skal koste 4 200 kroner.
Skolene skal ha helsesykepleier."""
GOALS = {
    "Alle barn skal møte kunst.": "goal",
    "Kulturskolen skal være gratis.": "subgoal",
    "Hvert barn skal få møte kunst.": "goal",
    "Kulturskolen skal koste 4 200 kroner.": "goal",
    "Skolene skal ha helsesykepleier.": "goal",
}
ACTION = "Biblioteket åpner på søndager."


def add_plans(*, published: bool = True, **facts: Any) -> tuple[Document, Document]:
    """Both documents with what is found in them."""
    documents = tuple(add_document(text, published=published, kind="plan", **facts) for text in (CULTURE, UPBRINGING))
    for document in documents:
        assert document.current is not None
        for text, type_ in GOALS.items():
            if text in document.current.text:
                parent = 0 if type_ == "subgoal" else None
                add_finding(document, text, kind=FindingKind.ELEMENT, type=type_, text=text, parent=parent)
    add_finding(documents[0], ACTION, kind=FindingKind.ACTION, text=ACTION, org="Biblioteket")
    return documents


def add_merging(by: User | None = None, *, published: bool = True) -> Merging:
    """An open merge of the two plans, in which nothing is decided. ``published`` is about the documents."""
    documents = add_plans(published=published)
    merging = Merging.objects.create(
        title="Felles plan", areas=[{"title": area.title, "description": ""} for area in DEFAULT_FRAME.areas],
        state=Merging.State.OPEN, created_by=by,
    )  # fmt: skip
    for document in documents:
        MergingPlan.objects.create(
            merging=merging, version=document.current, key=f"d{document.pk}", title=document.title
        )
    keep(merging, small_merge(documents))
    return merging


def small_merge(documents: tuple[Document, Document]) -> Merge:
    """What the engine could have said about them."""
    plans = tuple(_plan(document) for document in documents)
    culture, upbringing = plans
    art, free, library = (
        _item(culture, "a1", "goal", "Alle barn skal møte kunst."),
        _item(culture, "a2", "subgoal", "Kulturskolen skal være gratis.", parent="a1"),
        _item(culture, "a3", "action", ACTION, owner="Biblioteket"),
    )
    meet, price, nurse = (
        _item(upbringing, "b1", "goal", "Hvert barn skal få møte kunst."),
        _item(upbringing, "b2", "goal", "Kulturskolen skal koste 4 200 kroner."),
        _item(upbringing, "b3", "goal", "Skolene skal ha helsesykepleier.", label="Mål 7"),
    )
    proposal = Proposal(
        frame=DEFAULT_FRAME,
        themes=(
            Theme("Kunst og kulturskole", ("kunst", "kulturskole"), ("a1", "b1", "a2", "b2")),
            Theme("Helse i skolen", ("helse",), ("a3", "b3")),
        ),
        areas=(0, 1),
        items=(
            ProposedItem("n0", 0, "goal", art.text, ("a1", "b1")),
            ProposedItem("n1", 0, "subgoal", free.text, ("a2",)),
            ProposedItem("n2", 0, "goal", price.text, ("b2",)),
            ProposedItem("n3", 1, "action", library.text, ("a3",)),
            ProposedItem("n4", 1, "goal", nurse.text, ("b3",)),
        ),
    )
    items = (art, free, library, meet, price, nurse)
    place = {source: item.id for item in proposal.items for source in item.sources}
    return Merge(
        plans=plans,
        items=items,
        pairs=(Pair("a1", "b1", PairKind.DUPLICATE, 0.91, (("barn", "barn"), ("møte", "møte"))),),
        tensions=(
            Tension(("a2", "b2"), "number", 0.8, {}, (_passage(culture, "gratis"), _passage(upbringing, "4 200"))),
        ),
        gaps=(Gap("a3", (Missing.MONEY, Missing.DATE)),),
        expired=(Expired(upbringing.id, "period", _passage(upbringing, "2016-2020"), None, {"date": "2020"}),),
        alone=("b3",),
        vocabulary=(
            Vocabulary(
                (
                    Term("Alle barn", (culture.id,), (_passage(culture, "Alle barn"),)),
                    Term("Hvert barn", (upbringing.id,), (_passage(upbringing, "Hvert barn"),)),
                ),
                0.5,
            ),
        ),
        proposal=proposal,
        outcomes=tuple(Outcome(item.id, Fate.PROPOSED, place[item.id]) for item in items),
    )


def theme(merging: Merging, title: str = "Kunst og kulturskole") -> MergedTheme:
    """A theme by its name."""
    return merging.themes.select_related("merging").get(title=title)


def item(merging: Merging, key: str) -> MergedItem:
    """A merged item by the machine's key."""
    return merging.items.select_related("merging", "theme").get(key=key)


def source(merging: Merging, key: str) -> SourceItem:
    """A source item by its key."""
    return merging.sources.select_related("merging", "into").get(key=key)


def _plan(document: Document) -> SourcePlan:
    version = document.current
    assert version is not None
    return SourcePlan(f"d{document.pk}", document.title, version.sha256, version.text)


def _item(plan: SourcePlan, id: str, type_: str, text: str, **more: Any) -> Item:
    start = plan.text.index(text)
    return Item(id, plan.id, type_, text, start, start + len(text), **more)


def _passage(plan: SourcePlan, text: str) -> Passage:
    start = plan.text.index(text)
    return Passage(plan.sha256, start, start + len(text))
