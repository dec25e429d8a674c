"""Word files: what the page shows is read, once, with its structure."""

from __future__ import annotations

import docx
import pytest
from docx.enum.text import WD_BREAK
from office_samples import grid, outline, read, read_word, saved, word_file
from pdf_samples import codes, texts

from grunnmur.kernel import LimitExceeded, UnreadableFile
from grunnmur.sources.documents import word
from grunnmur.sources.documents.builder import DocumentBuilder
from grunnmur.sources.documents.limits import DEFAULT_LIMITS, Limits
from grunnmur.sources.documents.model import BlockKind, Format
from grunnmur.sources.documents.reading import read_bytes

STYLES = """
<w:style w:type="paragraph" w:styleId="Overskrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Overskrift2"><w:name w:val="Overskrift 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Kapittel"><w:name w:val="Larvik kapittel"/>
  <w:basedOn w:val="Overskrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Ramme"><w:name w:val="Ramme"/><w:basedOn w:val="Overskrift1"/>
  <w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Dyp"><w:name w:val="Dyp"/><w:pPr><w:outlineLvl w:val="3"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Tittel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Bildetekst"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="INNH1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Runde"><w:name w:val="Runde"/><w:basedOn w:val="Rund"/></w:style>
<w:style w:type="paragraph" w:styleId="Rund"><w:name w:val="Rund"/><w:basedOn w:val="Runde"/></w:style>
<w:style w:type="character" w:styleId="Usynlig"><w:name w:val="Usynlig"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Mal"><w:name w:val="Mal"/>
  <w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="0">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="Mål %1"/></w:lvl>
  <w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%2"/><w:pStyle w:val="Mal"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
"""


def p(inside: str, style: str = "", properties: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = inside if inside.startswith("<") else r(inside)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{runs}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def numbered(text: str, level: int, number: int = 1) -> str:
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text if text.startswith('<') else p(text)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("Overskrift1", "heading1 Mål"),
        ("Overskrift2", "heading2 Mål"),
        ("Kapittel", "heading1 Mål"),
        ("Dyp", "heading4 Mål"),
        ("Tittel", "heading1 Mål"),
        ("Ramme", "paragraph Mål"),
        ("Bildetekst", "caption Mål"),
        ("Runde", "paragraph Mål"),
        ("finnes ikke", "paragraph Mål"),
    ],
)
def test_word_style_decides_what_a_paragraph_is(style: str, expected: str) -> None:
    assert outline(read_word(p("Mål", style), styles=STYLES)) == [expected]


def test_word_outline_level_of_the_paragraph_wins_over_its_style() -> None:
    document = read_word(p("Delmål", "Overskrift1", '<w:outlineLvl w:val="2"/>'), styles=STYLES)
    assert outline(document) == ["heading3 Delmål"]


def test_word_numbers_are_counted_as_word_counts_them() -> None:
    body = (
        numbered("Helse", 0) + numbered("Hjemmetjeneste", 1) + numbered("Natt", 2) + numbered("Sykehjem", 1)
        + numbered("Oppvekst", 0) + numbered("Skole", 1) + numbered("Ny liste", 0, 3) + numbered("Videre", 0, 3)
        + p("Trygg", "Mal") + numbered("Uten nummer", 0, 0)
    )  # fmt: skip
    assert outline(read_word(body, styles=STYLES, numbering=NUMBERING)) == [
        "list_item1 1. Helse",
        "list_item2 1.a) Hjemmetjeneste",
        "list_item3 • Natt",
        "list_item2 1.b) Sykehjem",
        "list_item1 2. Oppvekst",
        "list_item2 2.a) Skole",
        "list_item1 7. Ny liste",
        "list_item1 8. Videre",
        "list_item2 1 Trygg",
        "paragraph Uten nummer",
    ]


def test_word_typed_bullets_are_list_items_but_dashes_of_speech_are_not() -> None:
    document = read_word(p("•  Ett") + p("<w:r><w:t>-</w:t><w:tab/><w:t>To</w:t></w:r>") + p("– Ja, sa hun"))
    assert outline(document) == ["list_item1 • Ett", "list_item1 - To", "paragraph – Ja, sa hun"]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<w:sdt><w:sdtContent>" + r("I kontroll") + "</w:sdtContent></w:sdt>", "I kontroll"),
        ('<w:hyperlink r:id="x">' + r("lenke") + "</w:hyperlink>", "lenke"),
        (r("kom&#xAD;mune"), "kommune"),
        ("<w:r><w:t>2024</w:t><w:noBreakHyphen/><w:t>2028</w:t></w:r>", "2024-2028"),
        ("<w:r><w:t>kom</w:t><w:softHyphen/><w:t>mune</w:t></w:r>", "kommune"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a\tb\nc"),
        (r("bla&#x30A;ba&#x308;r"), "blåbär"),
        (r("1&#xA0;250"), "1 250"),
        (r("e&#xFB03;kt"), "effikt"),
        ('<w:fldSimple w:instr="PAGE">' + r("7") + "</w:fldSimple>", "7"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            + r("Tabell 3")
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "Tabell 3",
        ),
    ],
)  # fmt: skip
def test_word_text_of_a_paragraph(inside: str, expected: str) -> None:
    assert texts(read_word(p(inside))) == [expected]


def test_word_tracked_changes_read_as_if_accepted() -> None:
    body = p(
        r("Vi ") + "<w:ins>" + r("skal ") + "</w:ins><w:del><w:r><w:delText>bør </w:delText></w:r></w:del>" + r("bygge")
    )
    document = read_word(body)
    assert texts(document) == ["Vi skal bygge"]
    assert codes(document) == ["tracked-changes"]


@pytest.mark.parametrize("properties", ["<w:vanish/>", '<w:rStyle w:val="Usynlig"/>'])
def test_word_hidden_text_is_left_out_and_told(properties: str) -> None:
    document = read_word(p(r("Synlig") + r(" hemmelig", properties)), styles=STYLES)
    assert texts(document) == ["Synlig"]
    assert codes(document) == ["hidden-text"]


def test_word_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{p('I boksen')}</w:txbxContent>"
    drawing = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(read_word(p(r("Ved siden") + drawing))) == ["Ved siden", "I boksen"]


def test_word_block_level_content_controls_are_read_and_contents_left_out() -> None:
    contents = '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    body = (
        contents + f"<w:sdtContent>{p('Innhold')}</w:sdtContent></w:sdt>" + p("Mål 3", "INNH1")
        + f"<w:sdt><w:sdtContent>{p('I kontroll')}</w:sdtContent></w:sdt>"
    )  # fmt: skip
    document = read_word(body, styles=STYLES)
    assert texts(document) == ["I kontroll"]
    assert codes(document) == ["contents-left-out"]


def test_word_merged_cells_are_one_cell() -> None:
    table = (
        "<w:tbl>"
        + tr(
            tc("Enhet", '<w:vMerge w:val="restart"/>'), tc("År", '<w:gridSpan w:val="2"/>'), properties="<w:tblHeader/>"
        )
        + tr(tc("", "<w:vMerge/>"), tc("2024"), tc("2025"), properties="<w:tblHeader/>")
        + tr(tc("Skole"), tc("1 250"), tc("1 300"))
        + "</w:tbl>"
    )
    document = read_word(table)
    assert grid(document) == [
        "0,0* [2x1] Enhet", "0,1* [1x2] År", "1,1* 2024", "1,2* 2025", "2,0 Skole", "2,1 1 250", "2,2 1 300",
    ]  # fmt: skip
    assert document.text.startswith("Enhet\tÅr\n2024\t2025\nSkole\t1 250\t1 300")


def test_word_first_row_of_labels_is_the_header_and_a_row_of_figures_is_not() -> None:
    labels = f"<w:tbl>{tr(tc('Tiltak'), tc('2025'))}{tr(tc('Natt'), tc('1 000'))}</w:tbl>"
    figures = f"<w:tbl>{tr(tc('Natt'), tc('1 000'))}{tr(tc('Dag'), tc('2 000'))}</w:tbl>"
    assert grid(read_word(labels))[:2] == ["0,0* Tiltak", "0,1* 2025"]
    assert grid(read_word(figures))[:2] == ["0,0 Natt", "0,1 1 000"]


def test_word_nested_table_follows_and_a_frame_of_one_cell_is_no_table() -> None:
    inner = f"<w:tbl>{tr(tc('a'), tc('b'))}</w:tbl>"
    outer = f"<w:tbl>{tr(tc('x'), tc(p('y') + inner))}</w:tbl>"
    frame = f"<w:tbl>{tr(tc(p('Mål', 'Overskrift1') + p('Tekst')))}</w:tbl>"
    document = read_word(outer + frame, styles=STYLES)
    assert [grid(document, 0), grid(document, 1)] == [["0,0 x", "0,1 y"], ["0,0 a", "0,1 b"]]
    assert outline(document) == ["heading1 Mål", "paragraph Tekst"]


def test_word_deleted_row_is_left_out() -> None:
    rows = tr(tc("a"), tc("b")) + tr(tc("c"), tc("d"), properties="<w:del/>")
    document = read_word(f"<w:tbl>{rows}</w:tbl>")
    assert grid(document) == ["0,0 a", "0,1 b"]
    assert codes(document) == ["tracked-changes"]


def note(kind: str, number: int, text: str) -> str:
    return f'<w:{kind} w:id="{number}">{p(text)}</w:{kind}>'


def test_word_footnotes_end_their_page_and_leave_no_mark_in_the_text() -> None:
    break_ = '<w:r><w:br w:type="page"/></w:r>'
    body = (
        p(r("Planen") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + r(" gjelder.")) + p("Mer.") + p(break_)
        + p(r("Side to") + '<w:r><w:endnoteReference w:id="1"/></w:r>')
        + p(r("Merket") + '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="3"/><w:t>*</w:t></w:r>')
    )  # fmt: skip
    notes = f'<w:footnote w:type="separator" w:id="0">{p("---")}</w:footnote>' + note("footnote", 2, "Vedtatt i 2024.")
    document = read_word(
        body, footnotes=notes + note("footnote", 3, "Egen."), endnotes=note("endnote", 1, "Til slutt.")
    )
    assert [(block.page, line) for block, line in zip(document.blocks, outline(document), strict=True)] == [
        (1, "paragraph Planen gjelder."),
        (1, "paragraph Mer."),
        (1, "footnote 1 Vedtatt i 2024."),
        (2, "paragraph Side to"),
        (2, "paragraph Merket"),
        (2, "footnote * Egen."),
        (2, "footnote i Til slutt."),
    ]


def test_word_comments_are_notes() -> None:
    body = p(r("Tekst") + '<w:r><w:commentReference w:id="5"/></w:r>')
    document = read_word(body, comments=note("comment", 5, "Er dette riktig?"))
    assert outline(document) == ["paragraph Tekst", "note Er dette riktig?"]
    assert codes(document) == ["comments"]


RENDERED = "<w:r><w:lastRenderedPageBreak/></w:r>"
WRITTEN = '<w:r><w:br w:type="page"/></w:r>'


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        (p("a") + p("b"), [1, 1]),
        (p("a") + p(RENDERED + r("b")), [1, 2]),
        (p(r("a") + WRITTEN) + p(RENDERED + r("b")), [1, 2]),
        (p("a") + p(WRITTEN) + p("b"), [1, 2]),
        (p("a") + p(WRITTEN) + p(WRITTEN) + p("b"), [1, 3]),
        (p("a") + p("b", properties="<w:pageBreakBefore/>"), [1, 2]),
        (p("a", properties="<w:pageBreakBefore/>") + p("b"), [1, 1]),
        (p("a") + p("b", properties="<w:pageBreakBefore/>").replace("</w:pPr>", "</w:pPr>" + RENDERED), [1, 2]),
        (p("a", properties="<w:sectPr/>") + p("b") + "<w:sectPr/>", [1, 2]),
        (p("a", properties="<w:sectPr/>") + p("b") + '<w:sectPr><w:type w:val="continuous"/></w:sectPr>', [1, 1]),
    ],
)
def test_word_pages(body: str, pages: list[int]) -> None:
    assert [block.page for block in read_word(body).blocks] == pages


def test_word_paragraph_over_a_page_break_is_one_block() -> None:
    document = read_word(p(r("Første del ") + RENDERED + r("andre del")))
    assert texts(document) == ["Første del andre del"]
    assert [document.text[page.start : page.end] for page in document.pages] == ["Første del ", "andre del\n\n"]


def test_word_break_made_by_the_writer_parts_the_words() -> None:
    assert texts(read_word(p(r("Forside") + WRITTEN + r("Innledning")))) == ["Forside\nInnledning"]


def test_word_title_comes_from_the_title_paragraph() -> None:
    document = read_word(p("Temaplan", "Tittel") + p("Mål", "Overskrift1"), styles=STYLES)
    assert document.title == "Temaplan"


def test_word_macros_are_told_and_not_run() -> None:
    data = word_file(p("Tekst"), {"word/vbaProject.bin": b"Sub AutoOpen()"})
    assert codes(read(data, "plan.docm")) == ["macros-ignored"]


BOLD, LARGE = "<w:b/>", '<w:b/><w:sz w:val="32"/>'
BODY = p("Kommunen skal gi gode tjenester til alle som bor her.")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p(r("Mål", BOLD)) + BODY, ["heading1 Mål"]),
        (p(r("Mål ", BOLD) + r("for 2032", BOLD)) + BODY, ["heading1 Mål for 2032"]),
        (p(r("Plan", LARGE)) + p(r("Mål", BOLD)) + BODY, ["heading1 Plan", "heading2 Mål"]),
        (p(r("Mål", BOLD)) + numbered("Flere bor hjemme", 0), ["heading1 Mål"]),
        (p("Mål", "Uthevet") + BODY, ["heading1 Mål"]),
        (p(r("Mål", '<w:rStyle w:val="Sterk"/>')) + BODY, ["heading1 Mål"]),
        (BODY + p(r("Vedlegg", LARGE)), ["heading1 Vedlegg"]),
        (p(WRITTEN + r("Mål", BOLD)) + BODY, ["heading1 Mål"]),
        (p(r("Skryt", BOLD) + r(" er bra", "")) + BODY, []),
        (p(r("Dette er viktig.", BOLD)) + BODY, []),
        (p(r("Mål:", BOLD)) + BODY, []),
        (p(r("Kari Nordmann", BOLD)) + p("Kommunedirektør"), []),
        (BODY + p(r("Kari Nordmann", BOLD)), []),
        (p(r("12 345", BOLD)) + BODY, []),
        (p(r("Mål", BOLD)) + p(r("Alle de som bor i kommunen skal få gode tjenester.", BOLD)), []),
        (p(r("Et langt avsnitt om alt det kommunen skal gjøre de neste tolv årene for alle", BOLD)) + BODY, []),
        (p(r("Mål", BOLD) + "<w:r><w:br/></w:r>" + r("Delmål", BOLD)) + BODY, []),
        (p(r("Ansatte", BOLD)) + f"<w:tbl>{tr(tc('Skole'), tc('12'))}</w:tbl>", []),
        (p("Mål", "Uthevet").replace("<w:rPr></w:rPr>", '<w:rPr><w:b w:val="0"/></w:rPr>') + BODY, []),
        (p(r("Mål", BOLD)) + BODY + p("Kapittel", "Overskrift1"), ["heading1 Kapittel"]),
        (p(r("Mål", BOLD)) + BODY + p("Plan", "Tittel"), ["heading1 Mål", "heading1 Plan"]),
    ],
)
def test_word_short_bold_lines_are_headings_where_no_style_says_so(body: str, expected: list[str]) -> None:
    styles = STYLES + (
        '<w:style w:type="paragraph" w:styleId="Uthevet"><w:name w:val="Uthevet"/><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Sterk"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
    )
    found = outline(read_word(body, styles=styles, numbering=NUMBERING))
    assert [line for line in found if line.startswith("heading")] == expected


def test_word_too_many_pages() -> None:
    data = word_file(p("a") + p(WRITTEN) * 4)
    with pytest.raises(LimitExceeded, match="too-many-pages"):
        read_bytes(data, "plan.docx", Limits(pages=3))


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ('<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w>&b;</w>', "hostile"),
        ("<w:document", "broken"),
        ("<x/>", "broken"),
    ],
)
def test_word_bad_xml_has_one_clear_error(part: str, code: str) -> None:
    data = word_file("", {"word/document.xml": part})
    with pytest.raises(UnreadableFile, match=code):
        word.read(data, DocumentBuilder(Format.DOCX, ""), DEFAULT_LIMITS)


def test_word_endless_nesting_is_refused() -> None:
    body = "<w:sdt><w:sdtContent>" * 200 + p("x") + "</w:sdtContent></w:sdt>" * 200
    with pytest.raises(LimitExceeded, match="too-deep"):
        read_bytes(word_file(body), "plan.docx")


def test_word_file_written_by_python_docx() -> None:
    file = docx.Document()
    file.add_heading("Temaplan", 0)
    file.add_heading("Mål", 1)
    file.add_paragraph("Flere bor hjemme", style="List Bullet")
    file.add_paragraph("Med hjelp", style="List Bullet 2")
    file.add_paragraph("Først", style="List Number")
    run = file.add_paragraph("Slutt").add_run()
    run.add_break(WD_BREAK.PAGE)
    file.add_paragraph("Figur 1. Soner", style="Caption")
    document = read(saved(file), "plan.docx")
    assert outline(document) == [
        "heading1 Temaplan", "heading1 Mål", "list_item1 • Flere bor hjemme", "list_item2 • Med hjelp",
        "list_item1 1. Først", "paragraph Slutt", "caption Figur 1. Soner",
    ]  # fmt: skip
    assert document.blocks[-1].page == 2
    assert document.blocks[-1].kind is BlockKind.CAPTION


def test_word_list_of_contents_made_as_a_field_is_left_out() -> None:
    contents = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-2" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Bakgrunn 3</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>Mål 4</w:t></w:r></w:p>"
        '<w:p><w:r><w:t>Tiltak 5</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        "<w:p><w:r><w:t>Her begynner planen.</w:t></w:r></w:p>"
    )
    document = read_word(contents)
    assert document.text.strip() == "Her begynner planen."
    assert [notice.code for notice in document.notices] == ["contents-left-out"]
