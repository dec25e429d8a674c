"""A file's content decides its format; a name that says otherwise is an error."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from grunnmur.kernel import GrunnmurError, LimitExceeded, UnreadableFile
from grunnmur.sources.documents.formats import recognise
from grunnmur.sources.documents.limits import Limits
from grunnmur.sources.documents.model import Format

CONTENT_TYPES = b'<?xml version="1.0"?><Types/>'


def package(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def office(part: str, content: bytes = b"<x/>") -> bytes:
    return package({"[Content_Types].xml": CONTENT_TYPES, part: content})


ODT = package({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"})
ODS = package({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


@pytest.mark.parametrize(
    ("data", "name", "format_"),
    [
        (b"%PDF-1.7 ...", "plan.pdf", Format.PDF),
        (b"\n\n%PDF-1.7 ...", "plan.PDF", Format.PDF),
        (b"%PDF-1.7 ...", "uten ending", Format.PDF),
        (office("word/document.xml"), "plan.docx", Format.DOCX),
        (office("word/document.xml"), "makroer.docm", Format.DOCX),
        (office("word/document2.xml"), "plan.docx", Format.DOCX),
        (office("ppt/presentation.xml"), "lysark.pptx", Format.PPTX),
        (office("xl/workbook.xml"), "tall.xlsx", Format.XLSX),
        (ODT, "plan.odt", Format.ODT),
        (b"<!DOCTYPE html><html><p>Hei", "side.html", Format.HTML),
        (b"<p>Hei", "side.htm", Format.HTML),
        (b"  <html><p>Hei", "side", Format.HTML),
        (b"# Plan\n", "plan.md", Format.MARKDOWN),
        (b"a;b\n1;2\n", "tall.csv", Format.CSV),
        ("Målet er å …".encode(), "plan.txt", Format.TEXT),
        ("Målet er å …".encode("latin-1", "replace"), "plan.txt", Format.TEXT),
        ("Målet er å nå".encode("utf-16"), "plan.txt", Format.TEXT),
        (b"<html> som tekst", "plan.txt", Format.TEXT),
        (b"Hei", "LESMEG", Format.TEXT),
    ],
)
def test_formats_with_a_reader(data: bytes, name: str, format_: Format) -> None:
    assert recognise(data, name) is format_


def failure(data: bytes, name: str, limits: Limits | None = None) -> GrunnmurError:
    with pytest.raises(GrunnmurError) as caught:
        recognise(data, name, limits or Limits())
    return caught.value


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        (b"%PDF-1.7", "plan.docx", "pdf"),
        (office("word/document.xml"), "plan.pdf", "docx"),
        (office("word/document.xml"), "tall.xlsx", "docx"),
        (b"\x89PNG\r\n\x1a\n", "plan.pdf", "png"),
        (b"{\\rtf1 hei}", "plan.docx", "rtf"),
        (b"MZ\x90\x00", "plan.pdf", "program"),
        (b"Hei", "plan.pdf", "text"),
        (bytes(range(256)) * 10, "plan.pdf", "unknown"),
        (bytes(range(256)) * 10, "plan.txt", "unknown"),
        (b"bare tekst", "side.html", "text"),
        (OLE, "plan.docx", "old-office"),
        (package({"a.txt": b"hei"}), "plan.docx", "zip"),
    ],
)
def test_names_that_say_something_else(data: bytes, name: str, found: str) -> None:
    error = failure(data, name)
    assert (type(error), error.code, error.params["found"]) == (UnreadableFile, "mislabelled", found)


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        (OLE, "plan.doc", "old-office"),
        (b"{\\rtf1 hei}", "plan.rtf", "rtf"),
        (ODS, "tall.ods", "opendocument"),
        (b"\xff\xd8\xff\xe0", "bilde.jpg", "jpeg"),
        (b"print('hei')", "program.py", "py"),
        (bytes(range(256)) * 10, "data.bin", "unknown"),
    ],
)
def test_formats_without_a_reader(data: bytes, name: str, found: str) -> None:
    error = failure(data, name)
    assert (type(error), error.code, error.params["found"]) == (UnreadableFile, "no-reader", found)


@pytest.mark.parametrize("data", [b"", b"\n\n  \r\n", bytes(100)])
def test_empty_files(data: bytes) -> None:
    assert failure(data, "plan.txt").code == "empty-file"


def test_a_locked_office_file() -> None:
    assert failure(OLE + "EncryptedPackage".encode("utf-16-le"), "plan.docx").code == "encrypted"


class TestPackages:
    def test_a_bomb_by_its_ratio(self) -> None:
        data = office("word/document.xml", b"<a>" * 30_000_000)
        assert len(data) < 1_000_000
        error = failure(data, "plan.docx")
        assert (type(error), error.code) == (LimitExceeded, "zip-bomb")

    def test_more_than_the_limit_when_unpacked(self) -> None:
        data = office("word/document.xml", bytes(range(256)) * 40)
        error = failure(data, "plan.docx", Limits(unpacked_bytes=5_000))
        assert (type(error), error.code) == (LimitExceeded, "unpacked-too-large")

    def test_a_size_that_is_a_lie(self) -> None:
        """The directory says ten bytes; what comes out does not match its checksum."""
        honest = office("word/document.xml", b"<a>" * 100_000)
        size = struct.pack("<I", 300_000)
        assert honest.count(size) == 2
        assert failure(honest.replace(size, struct.pack("<I", 10)), "plan.docx").code == "broken"

    def test_too_many_parts(self) -> None:
        data = package({f"del{number}.xml": b"" for number in range(20)})
        assert failure(data, "plan.docx", Limits(archive_files=10)).code == "too-many-files"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_entities_that_multiply(self, encoding: str) -> None:
        text = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "hahaha"><!ENTITY c "&b;&b;">]><a>&c;</a>'
        error = failure(office("word/document.xml", text.encode(encoding)), "plan.docx")
        assert (error.code, error.params["part"]) == ("entity-bomb", "word/document.xml")

    def test_entities_behind_a_long_comment(self) -> None:
        text = "<?xml version='1.0'?><!--" + "x" * ((1 << 20) - 28) + "--><!DOCTYPE a [<!ENTITY b 'c'>]><a/>"
        assert failure(office("word/document.xml", text.encode()), "plan.docx").code == "entity-bomb"

    def test_entities_behind_a_strange_encoding(self) -> None:
        text = "<?xml version='1.0' encoding='UTF-7'?>+ADwAIQ-ENTITY b 'c'+AD4-"
        assert failure(office("word/document.xml", text.encode()), "plan.docx").code == "entity-bomb"

    def test_a_locked_part(self) -> None:
        data = bytearray(office("word/document.xml"))
        place = data.find(b"PK\x01\x02")
        data[place + 8] |= 1
        assert failure(bytes(data), "plan.docx").code == "encrypted"

    def test_a_broken_package(self) -> None:
        whole = office("word/document.xml", bytes(range(256)) * 100)
        assert failure(whole[: len(whole) // 2], "plan.docx").code == "broken"
        assert failure(whole.replace(whole[60:70], bytes(10)), "plan.docx").code == "broken"
