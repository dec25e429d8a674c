"""PDF files that are locked, broken, too large or made to harm."""

from __future__ import annotations

import io

import pytest
from pdf_samples import SENTENCE, codes, pdf, sound, text_page, texts
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from grunnmur.kernel import BadInput, GrunnmurError, LimitExceeded, NotFound, UnreadableFile
from grunnmur.sources.documents.limits import Limits
from grunnmur.sources.documents.pdf import ocr, render_page
from grunnmur.sources.documents.reading import read_bytes


def failure(data: bytes, limits: Limits | None = None) -> GrunnmurError:
    with pytest.raises(GrunnmurError) as caught:
        read_bytes(data, "plan.pdf", limits or Limits())
    return caught.value


def encrypted(data: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt("hemmelig", algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_a_locked_file() -> None:
    error = failure(encrypted(pdf(text_page(SENTENCE))))
    assert (type(error), error.code) == (UnreadableFile, "encrypted")


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"x" * 5000, b"%PDF-1.4\n%%EOF"])
def test_a_broken_file(data: bytes) -> None:
    error = failure(data)
    assert (type(error), error.code) == (UnreadableFile, "broken")


def test_a_file_cut_off_is_read_or_refused() -> None:
    whole = pdf(text_page(SENTENCE), text_page(SENTENCE))
    for share in (0.3, 0.6, 0.9):
        try:
            sound(read_bytes(whole[: int(len(whole) * share)], "plan.pdf"))
        except UnreadableFile as error:
            assert error.code == "broken"


def test_more_pages_than_allowed() -> None:
    error = failure(pdf(*[text_page("x")] * 3), Limits(pages=2))
    assert (type(error), error.code, error.params) == (LimitExceeded, "too-many-pages", {"found": 3, "limit": 2})


def test_a_count_of_pages_that_is_a_lie() -> None:
    data = pdf(text_page(SENTENCE)).replace(b"/Count 1", b"/Count 9999999")
    try:
        assert SENTENCE in sound(read_bytes(data, "plan.pdf")).text
    except GrunnmurError as error:
        assert error.code in {"broken", "too-many-pages"}


def test_a_page_tree_that_bites_its_tail() -> None:
    data = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>> endobj
trailer <</Root 1 0 R>>
"""
    try:
        assert sound(read_bytes(data, "plan.pdf")).text == ""
    except UnreadableFile as error:
        assert error.code == "broken"


def tagged_chain(depth: int) -> bytes:
    """A structure tree of one element inside the other, ``depth`` of them, around one line of text."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/StructParents 0"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
    ]
    stream = b"/P <</MCID 0>> BDC BT /F1 12 Tf 70 700 Td (Dypt nede i treet) Tj ET EMC"
    objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    last = 7 + depth
    objects.append(b"<</Type/StructTreeRoot/K[7 0 R]/ParentTree<</Nums[0[%d 0 R]]>>>>" % last)
    objects += [b"<</Type/StructElem/S/Div/P %d 0 R/K[%d 0 R]>>" % (n - 1, n + 1) for n in range(7, last)]
    objects.append(b"<</Type/StructElem/S/P/P %d 0 R/Pg 3 0 R/K 0>>" % (last - 1))
    body = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return body + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        size, table, size, len(body),
    )  # fmt: skip


@pytest.mark.parametrize("depth", [5, 30, 5_000])
def test_a_structure_tree_however_deep_loses_no_text(depth: int) -> None:
    assert texts(sound(read_bytes(tagged_chain(depth), "plan.pdf"))) == ["Dypt nede i treet"]


def test_scripts_and_forms_are_not_run() -> None:
    script = b"/OpenAction<</S/JavaScript/JS(while\\(true\\){})>>/AcroForm<</XFA(<xdp>)>>/Type /Catalog"
    data = pdf(text_page(SENTENCE)).replace(b"/Type /Catalog", script)
    assert b"JavaScript" in data
    assert SENTENCE in sound(read_bytes(data, "plan.pdf")).text


class TestScans:
    @pytest.fixture
    def scan(self) -> bytes:
        picture = Image.new("L", (1654, 2339), 255)
        pen = ImageDraw.Draw(picture)
        font = ImageFont.load_default(44)
        for number, line in enumerate(
            ["Kommunen skal bygge nye", "sykehjemsplasser i sentrum", "innen utgangen av året."]
        ):
            pen.text((200, 300 + 80 * number), line, fill=0, font=font)

        def page(canvas: Canvas) -> None:
            canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)

        return pdf(page)

    def test_without_tesseract_a_scan_says_so(self, scan: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ocr, "ocr_language", lambda: "")
        document = sound(read_bytes(scan, "skann.pdf"))
        assert document.text == ""
        assert [(notice.code, notice.page) for notice in document.notices] == [("needs-ocr", 1)]

    @pytest.mark.skipif(not ocr.ocr_language(), reason="Tesseract with Norwegian is not installed")
    def test_with_tesseract_it_is_read(self, scan: bytes) -> None:
        document = sound(read_bytes(scan, "skann.pdf"))
        assert "sykehjemsplasser i sentrum" in document.text
        assert codes(document) == ["read-with-ocr"]
        first = document.lines[0]
        assert first.x0 == pytest.approx(200 / 1654, abs=0.02)
        assert first.y0 == pytest.approx(300 / 2339, abs=0.03)

    @pytest.mark.skipif(not ocr.ocr_language(), reason="Tesseract with Norwegian is not installed")
    def test_a_page_that_takes_too_long_is_given_up(self, scan: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ocr, "SECONDS", 0.01)
        document = sound(read_bytes(scan, "skann.pdf"))
        assert codes(document) == ["ocr-failed"]

    def test_a_scan_with_its_own_text_layer_is_read_from_that(self) -> None:
        picture = Image.new("L", (400, 560), 240)

        def page(canvas: Canvas) -> None:
            canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)
            layer = canvas.beginText(70, 700)
            layer.setTextRenderMode(3)
            layer.textLine(SENTENCE)
            canvas.drawText(layer)

        document = sound(read_bytes(pdf(page), "skann.pdf"))
        assert texts(document) == [SENTENCE]
        assert codes(document) == ["ocr-layer"]


class TestRendering:
    def test_a_page_as_a_picture(self) -> None:
        picture = Image.open(io.BytesIO(render_page(pdf(text_page("Hei")), 1, 400)))
        assert (picture.format, picture.width) == ("PNG", 400)
        assert picture.height == pytest.approx(400 * 842 / 595, abs=2)
        assert picture.convert("L").getextrema() != (255, 255)

    def test_a_page_that_is_not_there(self) -> None:
        with pytest.raises(NotFound, match="no-such-page"):
            render_page(pdf(text_page("Hei")), 2, 400)

    @pytest.mark.parametrize("width", [0, -5, 100_000])
    def test_a_width_out_of_bounds(self, width: int) -> None:
        with pytest.raises(BadInput, match="bad-width"):
            render_page(pdf(text_page("Hei")), 1, width)

    def test_an_enormous_page_gives_a_picture_within_bounds(self) -> None:
        data = pdf(text_page("Hei")).replace(
            b"/MediaBox [ 0 0 595.2756 841.8898 ]", b"/MediaBox [ 0 0 10 14000 ]      "
        )
        assert b"14000" in data
        picture = Image.open(io.BytesIO(render_page(data, 1, 4000)))
        assert picture.width * picture.height <= 16_100_000
