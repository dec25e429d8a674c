from __future__ import annotations

from dataclasses import replace

from grunnmur.knowledge.headings import find_headings
from grunnmur.knowledge.lost_headings import with_lost_headings
from grunnmur.sources.documents.builder import DocumentBuilder
from grunnmur.sources.documents.model import Block, BlockKind, Document, Format
from tests.unit.knowledge.reading_cases import document, passage


def test_slide_titles_are_headings_and_labels_inside_slides_are_not() -> None:
    text = "Virksomhet vei\n\nVi må:\n\n● Brøyte\n● Strø\n\n\n\nBakgrunn:\n\n● Mye snø\n\n\n\nTakk\n\nSpørsmål?"
    read = document(text)
    found = find_headings(read)
    assert [heading.text for heading in found] == ["Virksomhet vei", "Bakgrunn:", "Takk"]
    assert [passage(read, heading.start, heading.end) for heading in found] == [heading.text for heading in found]
    assert [heading.page for heading in found] == [1, 2, 3]


def test_a_footnote_mark_is_no_part_of_the_heading() -> None:
    text = "1.1 Rent vann2\n\nElva er ren.\n\n" + " " * 40 + "\n1 Fylket 2020\n2 Egen måling\n"
    assert [heading.text for heading in find_headings(document(text))] == ["1.1 Rent vann"]


def test_a_number_that_ends_a_heading_stays_when_no_footnote_answers_to_it() -> None:
    assert [heading.text for heading in find_headings(document("1.1 Trinn 2\n\nNoen ord.\n"))] == ["1.1 Trinn 2"]


def test_other_formats_keep_every_heading_of_the_reader() -> None:
    builder = DocumentBuilder(Format.DOCX, "0" * 64)
    builder.add(BlockKind.HEADING, "Plan", level=1)
    builder.add(BlockKind.HEADING, "Vi vil:", level=2)
    builder.add(BlockKind.PARAGRAPH, "Mye.")
    assert [(heading.text, heading.level) for heading in find_headings(builder.build())] == [
        ("Plan", 1),
        ("Vi vil:", 2),
    ]


def test_a_lone_item_that_follows_a_numbered_heading_is_the_next_section() -> None:
    found = with_lost_headings(numbered(_text_of(["3. Mål", "4. Tiltak"]), "4."))
    assert [heading.text for heading in find_headings(found)] == ["3. Mål", "4. Tiltak"]


def test_items_of_a_list_are_no_sections() -> None:
    read = numbered(_text_of(["3. Mål", "4. Tiltak", "5. Frist"]), "4.", "5.")
    assert with_lost_headings(read) is read


def test_the_name_of_a_plan_on_its_front_is_a_heading() -> None:
    text = "Fjellby kommune\n\nTemaplan for sykkel 2026–2030\n"
    paragraphs = [Block(BlockKind.PARAGRAPH, 17, 46, 1)]
    read = replace(document(text), blocks=(Block(BlockKind.HEADING, 0, 15, 1, 1), *paragraphs))
    assert [heading.text for heading in find_headings(with_lost_headings(read))] == [
        "Fjellby kommune", "Temaplan for sykkel 2026–2030",
    ]  # fmt: skip


def _text_of(lines: list[str]) -> str:
    return "\n".join(lines)


def numbered(text: str, *markers: str) -> Document:
    """The first line as a heading, those that begin with the markers as list items."""
    blocks = [Block(BlockKind.HEADING, 0, text.index("\n"), 1, 1)]
    for marker in markers:
        start = text.index(marker) + len(marker) + 1
        end = text.find("\n", start)
        blocks.append(Block(BlockKind.LIST_ITEM, start, end if end > 0 else len(text), 1, 1, marker))
    return replace(document(text), blocks=tuple(blocks))
