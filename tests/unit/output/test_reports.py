"""The same report as web page, Word and PDF."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pypdfium2
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from grunnmur.output.reports import (
    GridBlock,
    HeadingBlock,
    ListingBlock,
    ParagraphBlock,
    QuoteBlock,
    Report,
    ReportLabels,
    Run,
    Tone,
    plain,
    text_runs,
    to_html,
    to_pdf,
    to_word,
)

MADE = datetime(2026, 11, 22, tzinfo=UTC)
LABELS = ReportLabels("Innhold", "Side", "av", "Samlet plan")
HOSTILE = '<script>alert(1)</script> #import "x" $x$ \x00 & «æøå»'
REPORT = Report(
    "Samlet plan",
    "Utkast",
    "nb",
    LABELS,
    (
        HeadingBlock(1, "Sammen", "1", "d1"),
        ParagraphBlock(text_runs("Det vi skaper sammen."), Tone.LEAD),
        HeadingBlock(2, "Fritid for alle", "1.1", "d1.1"),
        ParagraphBlock((Run("Viktig: ", bold=True), Run("se "), Run("Sammen", href="#d1"), Run(HOSTILE, italic=True))),
        QuoteBlock("Foreldrenes lommebok skal ikke avgjøre.", "Oppvekstplan, side 4"),
        ListingBlock((text_runs("én"), text_runs("to"))),
        GridBlock(
            "Balanse",
            ("Plan", "Inn"),
            tuple((text_runs(f"Plan {number}"), text_runs(str(number))) for number in range(80)),
            frozenset({1}),
            (3, 1),
        ),
    ),
    notice="Ingen har bestemt noe ennå.",
    facts=(("Planer", "9"),),
)


def test_the_page_has_one_title_and_headings_in_order() -> None:
    page = html.fromstring(to_html(REPORT))
    assert page.get("lang") == "nb"
    assert [(heading.tag, heading.text_content()) for heading in page.iter("h1", "h2", "h3")] == [
        ("h1", "Samlet plan"),
        ("h2", "Innhold"),
        ("h2", "1 Sammen"),
        ("h3", "1.1 Fritid for alle"),
    ]
    assert {link.get("href") for link in page.iter("a")} <= {"#" + place for place in page.xpath("//@id")}


def test_the_page_runs_nothing_and_fetches_nothing() -> None:
    page = html.fromstring(to_html(REPORT))
    assert not page.xpath("//script | //link | //img | //iframe")
    assert HOSTILE.replace("\x00", "\N{REPLACEMENT CHARACTER}") in page.text_content()


def test_tables_have_caption_heads_and_labels_for_a_narrow_screen() -> None:
    (table,) = html.fromstring(to_html(REPORT)).iter("table")
    assert table.findtext("caption") == "Balanse"
    assert [head.get("scope") for head in table.iter("th")] == ["col", "col"]
    assert [cell.get("data-label") for cell in table.xpath(".//tbody/tr[1]/td")] == ["Plan", "Inn"]


def test_word_has_styles_contents_bookmarks_and_repeated_heads() -> None:
    document = Document(io.BytesIO(to_word(REPORT, MADE)))
    headings = [(p.style.name, p.text) for p in document.paragraphs if (p.style.name or "").startswith("Heading")]
    assert headings == [("Heading 1", "1 Sammen"), ("Heading 2", "1.1 Fritid for alle")]
    body = document.element.body.xml
    assert "TOC \\o" in body
    assert body.count("w:bookmarkStart") == 2
    assert body.count("w:tblHeader") == 1
    assert document.core_properties.title == "Samlet plan"
    assert len(document.tables[0].rows) == 81


def test_pdf_is_tagged_with_title_language_and_all_the_words() -> None:
    content = to_pdf(REPORT, MADE)
    assert b"/MarkInfo" in content
    document = pypdfium2.PdfDocument(content)
    assert document.get_metadata_dict()["Title"] == "Samlet plan"
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    for words in ("Foreldrenes lommebok skal ikke avgjøre", "Plan 79", "<script>", "Ingen har bestemt noe ennå"):
        assert words in text


def test_the_same_report_gives_the_same_files() -> None:
    assert to_html(REPORT) == to_html(REPORT)
    assert to_pdf(REPORT, MADE) == to_pdf(REPORT, MADE)


def test_a_report_without_content_is_still_a_document() -> None:
    empty = Report("Tom", "", "nn", LABELS)
    assert html.fromstring(to_html(empty)).findtext(".//h1") == "Tom"
    assert Document(io.BytesIO(to_word(empty, MADE))).paragraphs[0].text == "Tom"
    assert to_pdf(empty, MADE).startswith(b"%PDF")


def test_a_link_to_nowhere_is_plain_text_in_the_pdf() -> None:
    astray = Report(
        "T",
        "",
        "nb",
        LABELS,
        (
            ParagraphBlock(
                (Run("hit", href="#borte"), Run("dit", href="javascript:x")),
            ),
        ),
    )
    assert to_pdf(astray, MADE).startswith(b"%PDF")
    assert not html.fromstring(to_html(astray)).xpath("//a[starts-with(@href, 'javascript')]")


def test_letters_the_fonts_lack_do_not_stop_the_pdf() -> None:
    foreign = Report("Plan", "", "nb", LABELS, (ParagraphBlock(text_runs("Velkommen 欢迎 🎉 til alle")),))
    text = pypdfium2.PdfDocument(to_pdf(foreign, MADE))[1].get_textpage().get_text_range()
    assert "Velkommen ?? ? til alle" in text


@settings(max_examples=10)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_can_be_written(heading: str, body: str) -> None:
    report = Report(
        heading,
        body,
        "nb",
        LABELS,
        (HeadingBlock(1, heading, "1", "d1"), ParagraphBlock(text_runs(body)), QuoteBlock(body, heading)),
    )
    assert to_html(report)
    assert to_word(report, MADE)
    assert to_pdf(report, MADE)


@pytest.mark.parametrize("runs", [(), (Run("a"), Run("b", bold=True))])
def test_plain_text_of_runs(runs: tuple[Run, ...]) -> None:
    assert plain(runs) == "".join(run.text for run in runs)
