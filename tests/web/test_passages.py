"""Marks in the text: cut where findings begin and end, never losing or moving a letter."""

from __future__ import annotations

from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from grunnmur.sources.documents.model import Block, BlockKind, Cell
from grunnmur_web.pages.passages import Mark, PageText, TextBlock, text_blocks

TEXT = "Det er 320 plasser ved sykehjem i dag."
PLACES = st.tuples(st.integers(0, 38), st.integers(1, 20)).map(lambda pair: (pair[0], min(pair[0] + pair[1], 38)))


def page(*marks: Mark, text: str = TEXT, start: int = 0) -> PageText:
    return PageText(text, start, start + len(text), marks)


@given(st.lists(PLACES.filter(lambda place: place[0] < place[1]), max_size=8), st.integers(0, 500))
def test_runs_hold_every_letter_in_order_and_know_their_findings(places: list[tuple[int, int]], shift: int) -> None:
    marks = [Mark(n, "figure", a + shift, b + shift) for n, (a, b) in enumerate(places)]
    runs = page(*marks, start=shift).runs(shift, shift + len(TEXT))
    assert "".join(run.text for run in runs) == TEXT
    for run in runs:
        assert TEXT[run.start - shift :].startswith(run.text)
        covering = {mark.id for mark in marks if mark.start <= run.start and mark.end >= run.start + len(run.text)}
        assert {mark.id for mark in run.marks} == covering
    assert sorted(id for run in runs for id in run.anchors) == [mark.id for mark in marks]


def test_a_figure_inside_a_goal_keeps_both_and_shows_the_inner_one() -> None:
    runs = page(Mark(1, "element", 0, 38), Mark(2, "figure", 7, 18)).runs(0, 38)
    assert [(run.text, run.kind, run.ids) for run in runs] == [
        ("Det er ", "element", "1"),
        ("320 plasser", "figure", "2 1"),
        (" ved sykehjem i dag.", "element", "1"),
    ]


def test_markup_in_a_document_is_only_text() -> None:
    text = '<script>alert("x")</script> & <b>fet</b>'
    blocks = text_blocks(page(Mark(1, "figure", 8, 20), text=text), [Block(BlockKind.PARAGRAPH, 0, len(text), 1)])
    html = render_to_string("document/blocks.html", {"blocks": blocks})
    assert "<script" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;" in html


def shown(text: str, *blocks: Block) -> list[TextBlock]:
    return text_blocks(page(text=text), blocks)


def words(block: TextBlock) -> str:
    return "".join(run.text for run in block.runs)


def test_text_outside_blocks_is_shown_but_markers_only_once() -> None:
    text = "Først.\n● Punkt en\n● Punkt to\nSist."
    items = [Block(BlockKind.LIST_ITEM, 9, 17, 1, 1, "●"), Block(BlockKind.LIST_ITEM, 20, 28, 1, 1, "●")]
    blocks = shown(text, *items)
    assert [block.kind for block in blocks] == ["paragraph", "list", "paragraph"]
    assert words(blocks[0]).strip() == "Først."
    assert [words(item) for item in blocks[1].items] == ["Punkt en", "Punkt to"]
    assert words(blocks[2]).strip() == "Sist."


def test_headings_never_skip_a_level() -> None:
    text = "A\nB\nC\nD"
    levels = [1, 4, 2, 6]
    blocks = shown(text, *(Block(BlockKind.HEADING, 2 * n, 2 * n + 1, 1, level) for n, level in enumerate(levels)))
    assert [block.level for block in blocks] == [3, 4, 4, 5]


def test_a_paragraph_over_a_page_break_is_shown_in_its_parts() -> None:
    block = Block(BlockKind.PARAGRAPH, 0, 20, 1)
    first, second = PageText("abcdefghij", 0, 10, []), PageText("klmnopqrst", 10, 20, [])
    assert [words(text_blocks(part, [block])[0]) for part in (first, second)] == ["abcdefghij", "klmnopqrst"]


def test_a_table_is_a_table_with_heads_and_spans() -> None:
    text = "Hva\t2024\nPlasser\t320"
    cells = (Cell(0, 0, 0, 3, header=True), Cell(0, 1, 4, 8, header=True), Cell(1, 0, 9, 16), Cell(1, 1, 17, 20))
    blocks = shown(text, Block(BlockKind.TABLE, 0, 20, 1, cells=cells))
    html = render_to_string("document/blocks.html", {"blocks": blocks})
    assert html.count("<tr>") == 2
    assert html.count('<th scope="col"') == 2
    assert html.count("<td") == 2
