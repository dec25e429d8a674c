"""Tagged PDF: the file's own structure decides, and gives way where it does not hold."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import typst
from pdf_samples import codes, rows, sound, texts, words
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from grunnmur.sources.documents.model import BlockKind, Document
from grunnmur.sources.documents.reading import read_bytes

PLAN = """
#set document(title: "Temaplan for levekår")
#set page(header: [Temaplan levekår #h(1fr) Larvik], footer: context [Side #counter(page).display()])
#set heading(numbering: "1.1")
#set text(lang: "nb", hyphenate: true, font: "Libertinus Serif")
#set par(justify: true)
= Innledning
Kommunen har en plan#footnote[Se kunnskapsgrunnlaget for 2024.] for dette.
== Mål
- Flere skal bo hjemme
  - Med hjelp
    - Hver dag
- Flere skal delta
+ Først
+ Deretter
#table(columns: 4, table.header([Tiltak], [2024], [2025], [2026]),
  [Nattevakt], [1 250], [2 500], [3,5 mill.],
  table.cell(colspan: 2)[Til sammen], [12], [13])
#figure(rect[Kart], caption: [Sonene i kommunen])
= Tjenester
#for number in range(40) [Velferdsteknologi og hjemmetjenester utvikles i alle tjenestesonene framover. ]
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    source: Path = tmp_path_factory.mktemp("typst") / "plan.typ"
    source.write_text(PLAN, encoding="utf-8")
    made: bytes = typst.compile(str(source))
    return made


@pytest.fixture(scope="module")
def document(plan: bytes) -> Document:
    return sound(read_bytes(plan, "plan.pdf"))


def of_kind(document: Document, kind: BlockKind) -> list[tuple[str, int, str]]:
    return [(words(document, b), b.level, b.marker) for b in document.blocks if b.kind is kind]


def test_title_comes_from_the_properties(document: Document) -> None:
    assert document.title == "Temaplan for levekår"


def test_language_is_recognised(document: Document) -> None:
    assert document.language == "nb"


def test_headings_have_the_level_of_their_tag(document: Document) -> None:
    assert of_kind(document, BlockKind.HEADING) == [("1 Innledning", 1, ""), ("1.1 Mål", 2, ""), ("2 Tjenester", 1, "")]


def test_list_items_have_depth_and_marker(document: Document) -> None:
    assert of_kind(document, BlockKind.LIST_ITEM) == [
        ("Flere skal bo hjemme", 1, "•"),
        ("Med hjelp", 2, "‣"),
        ("Hver dag", 3, "–"),
        ("Flere skal delta", 1, "•"),
        ("Først", 1, "1."),
        ("Deretter", 1, "2."),
    ]


def test_footnotes_stand_apart_from_the_sentence(document: Document) -> None:
    assert of_kind(document, BlockKind.FOOTNOTE) == [("Se kunnskapsgrunnlaget for 2024.", 0, "1")]
    assert ("Kommunen har en plan for dette.", 0, "1") in of_kind(document, BlockKind.PARAGRAPH)


def test_tables_have_heads_and_merged_cells(document: Document) -> None:
    assert rows(document) == [
        ["Tiltak", "2024", "2025", "2026"],
        ["Nattevakt", "1 250", "2 500", "3,5 mill."],
        ["Til sammen", "12", "13"],
    ]
    (table,) = [block for block in document.blocks if block.kind is BlockKind.TABLE]
    assert [cell.header for cell in table.cells].count(True) == 4
    assert [(cell.column, cell.colspan) for cell in table.cells if cell.row == 2] == [(0, 2), (2, 1), (3, 1)]


def test_captions_are_captions(document: Document) -> None:
    ((caption, _, _),) = of_kind(document, BlockKind.CAPTION)
    assert caption.endswith("Sonene i kommunen")


def test_page_furniture_is_left_out(document: Document) -> None:
    assert "Temaplan levekår" not in document.text
    assert "Side 1" not in document.text


def test_hyphenated_words_are_whole(document: Document) -> None:
    running = texts(document, BlockKind.PARAGRAPH)[-1]
    assert running.count("Velferdsteknologi og hjemmetjenester utvikles i alle tjenestesonene framover.") == 40


def test_every_line_has_a_place(document: Document) -> None:
    placed = sum(line.end - line.start for line in document.lines)
    assert placed > 0.9 * len(document.text)


def without_tags(data: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    del writer.root_object[NameObject("/StructTreeRoot")]
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_without_its_tree_the_look_gives_the_same_structure(plan: bytes, document: Document) -> None:
    bare = sound(read_bytes(without_tags(plan), "plan.pdf"))
    assert of_kind(bare, BlockKind.HEADING) == of_kind(document, BlockKind.HEADING)
    assert [item[0] for item in of_kind(bare, BlockKind.LIST_ITEM)] == [
        item[0] for item in of_kind(document, BlockKind.LIST_ITEM)
    ]
    assert rows(bare)[1] == rows(document)[1]
    assert of_kind(bare, BlockKind.FOOTNOTE) == of_kind(document, BlockKind.FOOTNOTE)


def test_a_tree_that_leaves_out_most_of_the_page_is_not_trusted(plan: bytes, document: Document) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(plan)))
    tree = writer.root_object["/StructTreeRoot"]["/K"][0].get_object()
    kids = tree["/K"]
    del kids[3:]
    buffer = io.BytesIO()
    writer.write(buffer)
    clipped = sound(read_bytes(buffer.getvalue(), "plan.pdf"))
    assert "Flere skal bo hjemme" in clipped.text
    assert "Velferdsteknologi og hjemmetjenester" in clipped.text


def test_nothing_to_tell_about_a_clean_file(document: Document) -> None:
    assert codes(document) == []
