"""Slides: reading order, depth, numbers in charts, and what an audience does not see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree
from office_samples import grid, outline, read, saved
from pdf_samples import codes
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Inches, Pt

from grunnmur.kernel import LimitExceeded
from grunnmur.sources.documents.limits import Limits
from grunnmur.sources.documents.model import Document, PageKind
from grunnmur.sources.documents.reading import read_bytes

TITLE_AND_BODY, BLANK = 1, 6
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154789c6300010000050001"
    "0d0a2db40000000049454e44ae426082"
)


def deck(*fill: Callable[[Any], object], layout: int = BLANK) -> Document:
    """A deck with one slide per function."""
    return read(deck_bytes(*fill, layout=layout), "plan.pptx")


def deck_bytes(*fill: Callable[[Any], object], layout: int = BLANK) -> bytes:
    presentation = Presentation()
    for function in fill:
        function(presentation.slides.add_slide(presentation.slide_layouts[layout]))
    return saved(presentation)


def box(shapes: Any, text: str, left: float = 1, top: float = 1, size: int = 0) -> Any:
    shape = shapes.add_textbox(Inches(left), Inches(top), Inches(2), Inches(0.5))
    shape.text_frame.text = text
    if size:
        shape.text_frame.paragraphs[0].runs[0].font.size = Pt(size)
    return shape


def test_slides_bullets_keep_their_depth() -> None:
    def fill(slide: Any) -> None:
        slide.shapes.title.text = "Trygg\voppvekst"
        frame = slide.placeholders[1].text_frame
        frame.text = "Tidlig innsats"
        for level, text in ((1, "Barnehage"), (2, "Språk"), (0, "Skole")):
            paragraph = frame.add_paragraph()
            paragraph.text, paragraph.level = text, level

    document = deck(fill, layout=TITLE_AND_BODY)
    assert outline(document) == [
        "heading1 Trygg oppvekst", "list_item1 • Tidlig innsats", "list_item2 • Barnehage", "list_item3 • Språk",
        "list_item1 • Skole",
    ]  # fmt: skip
    assert document.title == "Trygg oppvekst"
    assert document.pages[0].kind is PageKind.SLIDE


def test_slides_numbered_paragraphs_count() -> None:
    def fill(slide: Any) -> None:
        box(slide.shapes, "Tittel", size=30)
        frame = box(slide.shapes, "en", top=3).text_frame
        frame.add_paragraph().text = "to"
        for paragraph in frame.paragraphs:
            etree.SubElement(paragraph._p.get_or_add_pPr(), f"{{{A}}}buAutoNum", type="alphaLcParenR", startAt="2")

    assert outline(deck(fill)) == ["heading1 Tittel", "list_item1 b) en", "list_item1 c) to"]


def test_slides_are_read_from_the_top_and_from_the_left() -> None:
    def fill(slide: Any) -> None:
        box(slide.shapes, "høyre", left=5, top=3.02)
        box(slide.shapes, "nederst", top=5)
        box(slide.shapes, "venstre", left=1, top=3.05)
        box(slide.shapes, "Overskrift", top=0.5)

    assert outline(deck(fill)) == [
        "heading1 Overskrift", "paragraph venstre", "paragraph høyre", "paragraph nederst",
    ]  # fmt: skip


def test_slides_without_a_title_box_take_the_largest_letters() -> None:
    def fill(slide: Any) -> None:
        box(slide.shapes, "Larvik kommune", top=0.2, size=10)
        box(slide.shapes, "Velferd i 2032", top=2, size=40)

    assert outline(deck(fill)) == ["heading1 Velferd i 2032", "paragraph Larvik kommune"]


def test_slides_group_stays_together() -> None:
    def fill(slide: Any) -> None:
        box(slide.shapes, "Tittel", top=0.1, size=30)
        group = slide.shapes.add_group_shape()
        box(group.shapes, "i gruppe, nede", top=4)
        box(group.shapes, "i gruppe, oppe", top=2)
        box(slide.shapes, "ved siden", left=6, top=3)

    assert outline(deck(fill))[1:] == ["paragraph i gruppe, oppe", "paragraph i gruppe, nede", "paragraph ved siden"]


def test_slides_table_with_merged_cells() -> None:
    def fill(slide: Any) -> None:
        table = slide.shapes.add_table(3, 2, Inches(1), Inches(1), Inches(4), Inches(2)).table
        table.cell(0, 0).merge(table.cell(0, 1))
        table.cell(1, 0).merge(table.cell(2, 0))
        for row, column, text in ((0, 0, "Årsverk"), (1, 0, "Skole"), (1, 1, "12,5"), (2, 1, "13")):
            table.cell(row, column).text = text

    assert grid(deck(fill)) == ["0,0* [1x2] Årsverk", "1,0 [2x1] Skole", "1,1 12,5", "2,1 13"]


def test_slides_chart_gives_its_numbers() -> None:
    def fill(slide: Any) -> None:
        data = CategoryChartData(number_format="0.0%")
        data.categories = ["Øst", "Vest"]
        data.add_series("2024", (0.125, None))
        data.add_series("2025", (0.25, 0.5))
        place = (Inches(1), Inches(1), Inches(5), Inches(4))
        chart = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *place, data).chart
        chart.has_title = True
        chart.chart_title.text_frame.text = "Sykefravær"

    document = deck(fill)
    assert outline(document) == ["caption Sykefravær"]
    assert grid(document) == [
        "0,0* ", "0,1* 2024", "0,2* 2025", "1,0 Øst", "1,1 12,5 %", "1,2 25,0 %", "2,0 Vest", "2,1 ", "2,2 50,0 %",
    ]  # fmt: skip


def test_slides_smart_art_gives_its_words() -> None:
    points = "".join(
        f'<dgm:pt modelId="{name}"{kind}><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>'
        for name, kind, text in (
            ("0", ' type="doc"', ""),
            ("1", "", "Trapp"),
            ("2", "", "Trinn B"),
            ("3", "", "Trinn A"),
        )
    )
    links = "".join(
        f'<dgm:cxn modelId="c{child}" srcId="{parent}" destId="{child}" srcOrd="{order}"/>'
        for parent, child, order in (("0", "1", 0), ("1", "2", 1), ("1", "3", 0))
    )
    model = (
        f'<dgm:dataModel xmlns:dgm="{DGM}" xmlns:a="{A}"><dgm:ptLst>{points}</dgm:ptLst>'
        f"<dgm:cxnLst>{links}</dgm:cxnLst></dgm:dataModel>"
    )

    def fill(slide: Any) -> None:
        part = Part(PackURI("/ppt/diagrams/data1.xml"), "application/xml", slide.part.package, model.encode())
        relation = slide.part.relate_to(part, RELATIONSHIP_TYPE.DIAGRAM_DATA)
        frame = slide.shapes.add_table(1, 1, 0, 0, 1, 1)._element
        data = frame.find(f".//{{{A}}}graphicData")
        data.set("uri", DGM)
        data[:] = [
            etree.fromstring(
                f'<dgm:relIds xmlns:dgm="{DGM}" r:dm="{relation}" '
                'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
            )
        ]

    assert outline(deck(fill)) == ["list_item1 • Trapp", "list_item2 • Trinn A", "list_item2 • Trinn B"]


def test_slides_speaker_notes_are_notes() -> None:
    def fill(slide: Any) -> None:
        box(slide.shapes, "Tittel")
        slide.notes_slide.notes_text_frame.text = "Husk tallene\nog kildene"

    assert outline(deck(fill)) == ["heading1 Tittel", "note Husk tallene", "note og kildene"]


def test_slides_what_the_audience_does_not_see() -> None:
    def hidden_slide(slide: Any) -> None:
        slide.element.set("show", "0")
        box(slide.shapes, "På skjult lysbilde")

    def outside(slide: Any) -> None:
        box(slide.shapes, "Tittel")
        box(slide.shapes, "utenfor", left=20)
        shape = box(slide.shapes, "usynlig", top=3)
        shape._element.nvSpPr.cNvPr.set("hidden", "1")

    document = deck(hidden_slide, outside)
    assert outline(document) == ["heading1 På skjult lysbilde", "heading1 Tittel"]
    assert [page.hidden for page in document.pages] == [True, False]
    assert [(notice.code, notice.page) for notice in document.notices] == [
        ("hidden-slide", 1), ("off-slide-text", 2), ("hidden-text", 2),
    ]  # fmt: skip


def test_slides_shape_inside_an_alternative_is_read_once() -> None:
    def fill(slide: Any) -> None:
        shape = box(slide.shapes, "Ett sted")._element
        compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
        alternate = etree.Element(f"{{{compatibility}}}AlternateContent")
        shape.addprevious(alternate)
        choice = etree.SubElement(alternate, f"{{{compatibility}}}Choice", Requires="a14")
        fallback = etree.SubElement(alternate, f"{{{compatibility}}}Fallback")
        fallback.append(etree.fromstring(etree.tostring(shape)))
        choice.append(shape)

    assert outline(deck(fill)) == ["heading1 Ett sted"]


@pytest.mark.parametrize(("text", "expected"), [("", ["only-pictures", "needs-ocr"]), ("Tittel", [])])
def test_slides_with_pictures_only_say_so(tmp_path: Any, text: str, expected: list[str]) -> None:
    picture = tmp_path / "kart.png"
    picture.write_bytes(PIXEL)

    def fill(slide: Any) -> None:
        slide.shapes.add_picture(str(picture), 0, 0, Inches(1), Inches(1))
        box(slide.shapes, text)

    assert codes(deck(fill)) == expected


def test_slides_too_many() -> None:
    data = deck_bytes(*[lambda slide: None] * 3)
    with pytest.raises(LimitExceeded, match="too-many-pages"):
        read_bytes(data, "plan.pptx", Limits(pages=2))
