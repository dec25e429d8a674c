"""OpenDocument texts: structure, notes and breaks."""

from __future__ import annotations

import pytest
from office_samples import grid, open_document, outline, read
from pdf_samples import codes, texts

from grunnmur.kernel import LimitExceeded, UnreadableFile
from grunnmur.sources.documents.limits import Limits
from grunnmur.sources.documents.model import Document
from grunnmur.sources.documents.reading import read_bytes

STYLES = """
<style:style style:name="Heading_20_2" style:family="paragraph" style:default-outline-level="2"/>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Heading_20_2"/>
<style:style style:name="Illustration" style:family="paragraph"/>
<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Illustration"/>
<style:style style:name="Title" style:family="paragraph"/>
<style:style style:name="Ny" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>
<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>
<text:list-style style:name="L1">
  <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
  <text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")" text:display-levels="2"/>
</text:list-style>
<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1"/></text:list-style>
"""


def odt(body: str) -> Document:
    return read(open_document(body, STYLES), "plan.odt")


def p(inside: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{inside}</text:p>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<text:h text:outline-level="3">Mål</text:h>', "heading3 Mål"),
        (p("Mål", "P1"), "heading2 Mål"),
        (p("Plan", "Title"), "heading1 Plan"),
        (p("Kart", "P2"), "caption Kart"),
        (p('To<text:s text:c="3"/>ord<text:tab/>og<text:line-break/>linje'), "paragraph To ord\tog\nlinje"),
        (p("Brutt\n   linje i fila"), "paragraph Brutt linje i fila"),
        (p('Med <text:a>lenke</text:a> og <text:span text:style-name="T2">stil</text:span>'),
         "paragraph Med lenke og stil"),
        (p("– Ja"), "paragraph – Ja"),
        (p("• Punkt"), "list_item1 • Punkt"),
        (f"<text:section>{p('I seksjon')}</text:section>", "paragraph I seksjon"),
    ],
)  # fmt: skip
def test_opendocument_paragraphs(body: str, expected: str) -> None:
    assert outline(odt(body)) == [expected]


def item(*inside: str) -> str:
    return f"<text:list-item>{''.join(inside)}</text:list-item>"


def test_opendocument_lists() -> None:
    inner = f"<text:list>{item(p('Barnehage'))}{item(p('Skole'))}</text:list>"
    body = (
        f'<text:list text:style-name="L1">{item(p("Oppvekst"), inner)}{item(p("Helse"), p("mer om helse"))}</text:list>'
        f'<text:list text:style-name="L2">{item(p("Punkt"))}</text:list>'
        f'<text:list text:style-name="L1" text:continue-numbering="true">{item(p("Kultur"))}</text:list>'
        f'<text:list text:style-name="L1">{item(p("Forfra"))}</text:list>'
    )
    assert outline(odt(body)) == [
        "list_item1 1. Oppvekst", "list_item2 1.a) Barnehage", "list_item2 1.b) Skole", "list_item1 2. Helse",
        "paragraph mer om helse", "list_item1 • Punkt", "list_item1 3. Kultur", "list_item1 1. Forfra",
    ]  # fmt: skip


def test_opendocument_table_with_covered_cells() -> None:
    def cell(text: str, attributes: str = "") -> str:
        return f"<table:table-cell {attributes}>{p(text)}</table:table-cell>"

    covered = "<table:covered-table-cell/>"
    table = (
        "<table:table><table:table-header-rows><table:table-row>"
        + cell("Enhet") + cell("År", 'table:number-columns-spanned="2"') + covered
        + "</table:table-row></table:table-header-rows><table:table-row>"
        + cell("Skole", 'table:number-rows-spanned="2"') + cell("0", 'table:number-columns-repeated="2"')
        + "</table:table-row><table:table-row>" + covered + cell("1 250") + cell("3")
        + "</table:table-row></table:table>"
    )  # fmt: skip
    assert grid(odt(table)) == [
        "0,0* Enhet", "0,1* [1x2] År", "1,0 [2x1] Skole", "1,1 0", "1,2 0", "2,1 1 250", "2,2 3",
    ]  # fmt: skip


def test_opendocument_notes_end_their_page() -> None:
    def note(kind: str, mark: str, text: str) -> str:
        return (
            f'<text:note text:note-class="{kind}"><text:note-citation>{mark}</text:note-citation>'
            f"<text:note-body>{p(text)}</text:note-body></text:note>"
        )

    comment = f"<office:annotation>{p('Sjekk dette')}</office:annotation>"
    body = p(f"Planen{note('footnote', '1', 'Fotnote')} gjelder{note('endnote', 'i', 'Sluttnote')}.{comment}")
    document = odt(body + p("Side to", "Ny"))
    assert [(block.page, line) for block, line in zip(document.blocks, outline(document), strict=True)] == [
        (1, "paragraph Planen gjelder."), (1, "footnote 1 Fotnote"), (1, "note Sjekk dette"), (2, "paragraph Side to"),
        (2, "footnote i Sluttnote"),
    ]  # fmt: skip
    assert codes(document) == ["comments"]


def test_opendocument_soft_page_break_runs_through_a_paragraph() -> None:
    document = odt(p("Første <text:soft-page-break/>andre") + "<text:soft-page-break/>" + p("tredje"))
    assert texts(document) == ["Første andre", "tredje"]
    assert [document.text[page.start : page.end] for page in document.pages] == ["Første ", "andre\n\n", "tredje\n\n"]


def test_opendocument_too_many_pages() -> None:
    data = open_document("<text:p>a" + "<text:soft-page-break/>b" * 3 + "</text:p>")
    with pytest.raises(LimitExceeded, match="too-many-pages") as caught:
        read_bytes(data, "plan.odt", Limits(pages=3))
    assert caught.value.params == {"found": 4, "limit": 3}
    assert len(read_bytes(data, "plan.odt", Limits(pages=4)).pages) == 4


def test_opendocument_frames_are_read_after_their_paragraph() -> None:
    frame = f"<draw:frame><draw:text-box>{p('Figur 1', 'P2')}</draw:text-box></draw:frame>"
    assert outline(odt(p(f"Se kartet.{frame}"))) == ["paragraph Se kartet.", "caption Figur 1"]


def test_opendocument_what_is_not_shown_is_left_out_and_told() -> None:
    deletion = f"<text:deletion>{p('slettet')}</text:deletion>"
    deleted = f"<text:tracked-changes><text:changed-region>{deletion}</text:changed-region>"
    contents = f"<text:table-of-content><text:index-body>{p('Mål 3')}</text:index-body></text:table-of-content>"
    hidden = p('Synlig<text:span text:style-name="T1"> skjult</text:span>')
    document = odt(deleted + "</text:tracked-changes>" + contents + hidden)
    assert texts(document) == ["Synlig"]
    assert codes(document) == ["contents-left-out", "hidden-text", "tracked-changes"]


def test_opendocument_encrypted() -> None:
    manifest = "<manifest><encryption-data/></manifest>"
    data = open_document(p("x"), extra={"META-INF/manifest.xml": manifest})
    with pytest.raises(UnreadableFile, match="encrypted"):
        read_bytes(data, "plan.odt")


def test_opendocument_repeats_without_end_are_refused() -> None:
    row = '<table:table-row table:number-rows-repeated="999"><table:table-cell table:number-columns-repeated="999"/>'
    with pytest.raises(LimitExceeded, match="too-large"):
        odt(f"<table:table>{row}</table:table-row></table:table>")
