"""A merge as a report: every item with its sources, every source with its fate."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from lxml import html

from grunnmur.choices.merging.model import (
    Area,
    Expired,
    Fate,
    Frame,
    Gap,
    Item,
    Merge,
    Missing,
    Outcome,
    Proposal,
    ProposedItem,
    SourcePlan,
    Tension,
    Term,
    Theme,
    Vocabulary,
)
from grunnmur.cli.merge_words import WORDS, say
from grunnmur.kernel.provenance import Passage
from grunnmur.output.merged import CODES, item_numbers, merge_report, write_merge
from grunnmur.output.reports import GridBlock, HeadingBlock, QuoteBlock, plain, to_html

MADE = datetime(2026, 11, 22, tzinfo=UTC)
TEXTS = {
    "kultur": "Alle barn skal ha en  fritidsaktivitet. Kulturskolen økes til 900 plasser.",
    "helse": "Foreldrenes lommebok skal ikke avgjøre. Kulturskolen reduseres til 600 plasser.",
}


def item(id: str, plan: str, words: str, type: str = "goal", label: str | None = None) -> Item:
    start = TEXTS[plan].index(words)
    return Item(id, plan, type, " ".join(words.split()), start, start + len(words), label=label)


ITEMS = (
    item("k1", "kultur", "Alle barn skal ha en  fritidsaktivitet.", label="Mål 3.2"),
    item("k2", "kultur", "Kulturskolen økes til 900 plasser.", "action"),
    item("h1", "helse", "Foreldrenes lommebok skal ikke avgjøre."),
    item("h2", "helse", "Kulturskolen reduseres til 600 plasser.", "action"),
)


def passage(of: Item) -> Passage:
    return Passage(of.plan * 8, of.start, of.end)


MERGE = Merge(
    plans=tuple(SourcePlan(plan, f"{plan.title()}plan", plan * 8, text) for plan, text in TEXTS.items()),
    items=ITEMS,
    pairs=(),
    tensions=(Tension(("k2", "h2"), "direction", 0.9, {}, (passage(ITEMS[1]), passage(ITEMS[3]))),),
    gaps=(Gap("k1", (Missing.OWNER, Missing.DATE)),),
    expired=(Expired("helse", "deadline", passage(ITEMS[3]), "h2", {"date": "2020"}),),
    alone=(),
    vocabulary=(Vocabulary((Term("fritidsaktivitet", ("kultur",), (passage(ITEMS[0]),)),), 0.5),),
    proposal=Proposal(
        Frame((Area("Sammen", "For alle"), Area("Litt støtte"))),
        (Theme("Fritid", ("fritid",), ("k1", "h1")), Theme("Kulturskole", ("skole",), ("k2",))),
        (0, 1),
        (
            ProposedItem("n1", 0, "goal", "Alle barn skal ha en fritidsaktivitet uansett lommebok.", ("k1", "h1")),
            ProposedItem("n2", 1, "action", "Kulturskolen økes til 900 plasser.", ("k2",)),
        ),
    ),
    outcomes=(
        Outcome("k1", Fate.MERGED, "n1"),
        Outcome("k2", Fate.KEPT, "n2"),
        Outcome("h1", Fate.MERGED, "n1"),
        Outcome("h2", Fate.CLOSED, None, "Vedtatt i sak 24/100"),
    ),
)
REPORT = merge_report(MERGE, say, made=MADE)


def grids(caption: str) -> list[list[str]]:
    return [
        [plain(cell) for cell in row]
        for block in REPORT.blocks
        if isinstance(block, GridBlock) and block.caption == caption
        for row in block.rows
    ]


def test_items_are_numbered_by_area_theme_and_place() -> None:
    assert item_numbers(MERGE) == {"n1": "1.1.1", "n2": "2.1.1"}


def test_every_new_item_shows_all_its_sources_as_they_stand() -> None:
    quotes = [block.text for block in REPORT.blocks if isinstance(block, QuoteBlock)]
    assert quotes[:2] == ["Alle barn skal ha en fritidsaktivitet.", "Foreldrenes lommebok skal ikke avgjøre."]


def test_the_balance_adds_up_in_the_table() -> None:
    assert grids("Balanse") == [
        ["Kulturplan", "2", "1", "1", "0", "0", "0", "0"],
        ["Helseplan", "2", "0", "1", "0", "1", "0", "0"],
        ["Alle planene", "4", "1", "2", "0", "1", "0", "0"],
    ]


def test_every_item_that_went_in_is_listed_with_its_fate() -> None:
    assert grids("Kulturplan")[0][:4] == [
        "Mål 3.2: Alle barn skal ha en fritidsaktivitet.",
        "Mål",
        "Slått sammen",
        "1.1.1",
    ]
    assert grids("Helseplan")[1][2:] == ["Avsluttet", "", "Vedtatt i sak 24/100"]


def test_what_no_new_item_cites_is_shown() -> None:
    titles = [block.text for block in REPORT.blocks if isinstance(block, HeadingBlock)]
    assert "Utelatt" in titles
    left = [block.text for block in REPORT.blocks if isinstance(block, QuoteBlock)][-1]
    assert left == "Kulturskolen reduseres til 600 plasser."


def test_every_code_has_words() -> None:
    assert set(CODES) == set(WORDS) | {"source", "level", "type"}


def test_plans_are_counted() -> None:
    assert "2 av 2 planer" in html.fromstring(to_html(REPORT)).text_content()


def test_all_the_files_are_written(tmp_path: Path) -> None:
    written = write_merge(MERGE, tmp_path, say, made=MADE)
    assert sorted(path.name for path in written) == ["merged.docx", "merged.html", "merged.pdf"]
    assert all(path.stat().st_size > 1000 for path in written)
