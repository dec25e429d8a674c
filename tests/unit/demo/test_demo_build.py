"""The illustrative plans become real Word, PDF and slide files, the same each time."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pptx
import pypdfium2 as pdfium
import pytest
import yaml

from demo.build import PLANS, build_plans, plain, plan_files, read_plan, split_slides

PAGES = range(6, 16)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {path.stem: path for path in build_plans(tmp_path_factory.mktemp("plans"))}


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def of_kind(built: dict[str, Path], suffix: str) -> list[Path]:
    return [path for path in built.values() if path.suffix == suffix]


def docx_text(path: Path) -> str:
    document = docx.Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def pptx_text(path: Path) -> str:
    def texts() -> Iterator[str]:
        for slide in pptx.Presentation(str(path)).slides:
            for shape in slide.shapes:
                if shape.has_text_frame:
                    yield shape.text_frame.text
                if shape.has_table:
                    yield from (cell.text for row in shape.table.rows for cell in row.cells)

    return "\n".join(texts())


def test_three_files_of_each_format(built: dict[str, Path]) -> None:
    assert len(built) == 9
    assert [len(of_kind(built, suffix)) for suffix in (".docx", ".pdf", ".pptx")] == [3, 3, 3]


def test_the_same_bytes_each_time(built: dict[str, Path], tmp_path: Path) -> None:
    for path in build_plans(tmp_path):
        assert path.read_bytes() == built[path.stem].read_bytes(), path.name


def test_pdf_files_are_tagged_and_of_a_fair_length(built: dict[str, Path]) -> None:
    for path in of_kind(built, ".pdf"):
        with pdfium.PdfDocument(path) as document:
            assert len(document) in PAGES
            assert document.is_tagged()
            assert document.get_metadata_value("Title")


def test_pdf_pages_are_numbered_in_words(built: dict[str, Path]) -> None:
    for path in of_kind(built, ".pdf"):
        with pdfium.PdfDocument(path) as document:
            page = document[1]
            text = page.get_textpage().get_text_range()
            assert f"Side 2 av {len(document)}" in text


def test_word_files_have_styles_fields_lists_and_notes(built: dict[str, Path]) -> None:
    for path in of_kind(built, ".docx"):
        document = docx.Document(str(path))
        styles = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
        assert {"Title", "Heading 1", "Heading 2", "List Bullet", "List Number"} <= styles
        footer = document.sections[0].footer._element.xml
        assert " PAGE " in footer
        assert " NUMPAGES " in footer
        assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)
    with zipfile.ZipFile(built["helse-og-omsorg-2019-2032"]) as archive:
        assert "ble avløst av" in archive.read("word/footnotes.xml").decode()


def test_word_files_are_of_a_fair_length(built: dict[str, Path]) -> None:
    """Count pages roughly: a cover, then 360 words of Calibri 11 to a page, with eight words of air per table row."""
    for path in of_kind(built, ".docx"):
        rows = sum(len(table.rows) for table in docx.Document(str(path)).tables)
        pages = 1 + (len(docx_text(path).split()) + 8 * rows) / 360
        assert PAGES.start <= pages <= PAGES.stop, path.name


def test_slide_decks_are_sensible(built: dict[str, Path]) -> None:
    for path in of_kind(built, ".pptx"):
        slides = pptx.Presentation(str(path)).slides
        assert 6 <= len(slides) <= 35
        assert all(slide.shapes.title is not None and slide.shapes.title.text for slide in slides)
        assert sum(slide.has_notes_slide for slide in slides) >= 5
        assert any(shape.has_table for slide in slides for shape in slide.shapes)
        levels = {
            paragraph.level
            for slide in slides
            for shape in slide.shapes
            if shape.has_text_frame
            for paragraph in shape.text_frame.paragraphs
        }
        assert {0, 1} <= levels


def test_no_slide_is_overfull() -> None:
    for source in plan_files():
        if "render: pptx" in source.read_text(encoding="utf-8"):
            for slide in split_slides(read_plan(source)):
                assert slide.blocks, slide.title
                assert len(slide.blocks) <= 6, slide.title


def test_quoted_texts_survive_in_the_files(built: dict[str, Path]) -> None:
    elements = yaml.safe_load((PLANS / "elements.yaml").read_text(encoding="utf-8"))["elements"]
    readers = {".docx": docx_text, ".pptx": pptx_text}
    texts = {stem: folded(readers[p.suffix](p)) for stem, p in built.items() if p.suffix in readers}
    for element in elements:
        stem = Path(element["file"]).stem
        if stem in texts:
            assert folded(element["text"]) in texts[stem], element["id"]


def test_a_plan_is_read_into_blocks() -> None:
    plan = read_plan(PLANS / "helse-og-omsorg-2019-2032.md")
    assert plan.title == "Temaplan Helse og omsorg 2019-2032"
    assert plan.notice.startswith("Illustrasjon laget for Grunnmurs demo")
    notes = [run.note for block in plan.body for run in getattr(block, "runs", []) if run.note]
    assert len(notes) == 1
    assert all(plain(block.runs).strip() for block in plan.body if hasattr(block, "runs"))
