"""Folders and archives: every good file is read, every bad one is reported by itself."""

from __future__ import annotations

import errno
import io
import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from pdf_samples import SENTENCE, pdf, text_page

from grunnmur.sources.documents import batch
from grunnmur.sources.documents.batch import BatchFile, expand, read_batch
from grunnmur.sources.documents.limits import Limits


def archive(path: Path, members: dict[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return path


def opened(tmp_path: Path, *paths: Path, limits: Limits | None = None) -> list[BatchFile]:
    folder = tmp_path / "utpakket"
    folder.mkdir(exist_ok=True)
    return list(expand(paths, folder, limits or Limits()))


def outcome(files: list[BatchFile]) -> dict[str, str]:
    """What became of each file: an error's code, or the text of the file."""
    return {f.name: f.error.code if f.error else f.path.read_text() if f.path else "" for f in files}


def test_members_are_unpacked_under_names_of_our_own(tmp_path: Path) -> None:
    files = opened(tmp_path, archive(tmp_path / "planer.zip", {"Mål & tiltak/æøå.txt": b"en", "b.txt": b"to"}))
    assert outcome(files) == {"planer.zip/Mål & tiltak/æøå.txt": "en", "planer.zip/b.txt": "to"}
    assert [file.path.name for file in files if file.path] == ["000000.txt", "000001.txt"]


@pytest.mark.parametrize(
    "name",
    ["../ut.txt", "a/../../ut.txt", "/etc/ut.txt", "C:/ut.txt", "..\\ut.txt", "C:\\ut.txt", "\\\\tjener\\ut.txt"],
)
def test_names_that_lead_out(tmp_path: Path, name: str) -> None:
    member = zipfile.ZipInfo("plassholder")
    member.filename = name  # as written by a program that does not mend it
    files = opened(tmp_path, archive(tmp_path / "ond.zip", {member: b"x", "god.txt": b"god"}))
    assert sorted(outcome(files).values()) == ["god", "unsafe-name"]
    assert not list(tmp_path.rglob("ut.txt"))


def test_links(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("lenke.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    files = opened(tmp_path, archive(tmp_path / "ond.zip", {link: b"/etc/passwd", "god.txt": b"god"}))
    assert outcome(files) == {"ond.zip/lenke.txt": "link", "ond.zip/god.txt": "god"}


def test_litter_is_passed_over(tmp_path: Path) -> None:
    names = ["__MACOSX/._plan.txt", ".DS_Store", "mappe/Thumbs.db", "~$plan.docx", "mappe/.skjult/x.txt", "plan.txt"]
    files = opened(tmp_path, archive(tmp_path / "mac.zip", dict.fromkeys(names, b"x")))
    assert [file.name for file in files] == ["mac.zip/plan.txt"]


def test_an_archive_in_the_archive(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as made:
        made.writestr("x.txt", "x")
    files = opened(tmp_path, archive(tmp_path / "ytre.zip", {"indre.zip": inner.getvalue(), "god.txt": b"god"}))
    assert outcome(files) == {"ytre.zip/indre.zip": "nested-archive", "ytre.zip/god.txt": "god"}


def test_an_office_file_in_the_archive_is_a_file(tmp_path: Path) -> None:
    office = io.BytesIO()
    with zipfile.ZipFile(office, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", "<x/>")
    (file,) = opened(tmp_path, archive(tmp_path / "planer.zip", {"plan.docx": office.getvalue()}))
    assert file.error is None


def test_a_member_that_grows_too_much(tmp_path: Path) -> None:
    files = opened(tmp_path, archive(tmp_path / "bombe.zip", {"null.txt": bytes(60_000_000), "god.txt": b"god"}))
    assert outcome(files) == {"bombe.zip/null.txt": "zip-bomb", "bombe.zip/god.txt": "god"}


def test_all_members_share_one_allowance(tmp_path: Path) -> None:
    noise = [os.urandom(3_000) for _ in range(3)]
    path = archive(tmp_path / "stor.zip", {f"{n}.bin": data for n, data in enumerate(noise)})
    files = opened(tmp_path, path, limits=Limits(unpacked_bytes=7_000))
    assert [file.error.code if file.error else "" for file in files] == ["", "", "unpacked-too-large"]


def test_a_size_that_is_a_lie(tmp_path: Path) -> None:
    path = archive(tmp_path / "løgn.zip", {"stor.txt": b"a" * 70_000, "god.txt": b"god"})
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", 70_000), struct.pack("<I", 7)))
    assert outcome(opened(tmp_path, path)) == {"løgn.zip/stor.txt": "broken", "løgn.zip/god.txt": "god"}


def test_a_locked_member(tmp_path: Path) -> None:
    path = archive(tmp_path / "låst.zip", {"a.txt": b"a", "b.txt": b"b"})
    data = bytearray(path.read_bytes())
    data[data.find(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert outcome(opened(tmp_path, path)) == {"låst.zip/a.txt": "encrypted", "låst.zip/b.txt": "b"}


@pytest.mark.parametrize("count", [11, 100])
def test_more_members_than_allowed(tmp_path: Path, count: int) -> None:
    path = archive(tmp_path / "mange.zip", {f"{n}.txt": b"" for n in range(count)})
    assert outcome(opened(tmp_path, path, limits=Limits(archive_files=10))) == {"mange.zip": "too-many-files"}


def test_a_hundred_thousand_members(tmp_path: Path) -> None:
    path = archive(tmp_path / "mange.zip", {f"{n}": b"" for n in range(100_000)})
    assert outcome(opened(tmp_path, path)) == {"mange.zip": "too-many-files"}


def test_members_too_deep_down(tmp_path: Path) -> None:
    path = archive(tmp_path / "dyp.zip", {"a/" * 20 + "x.txt": b"x", "god.txt": b"god"})
    assert sorted(outcome(opened(tmp_path, path, limits=Limits(depth=10))).values()) == ["god", "too-deep"]


@pytest.mark.parametrize("keep", [10, 60])
def test_a_broken_archive_is_one_error(tmp_path: Path, keep: int) -> None:
    path = archive(tmp_path / "knust.zip", {"a.txt": b"a" * 100})
    path.write_bytes(path.read_bytes()[:keep])
    assert outcome(opened(tmp_path, path)) == {"knust.zip": "broken"}


def test_names_as_windows_writes_them(tmp_path: Path) -> None:
    path = archive(tmp_path / "gammel.zip", {"Sx.txt": b"x"})
    path.write_bytes(path.read_bytes().replace(b"Sx.txt", b"S\x9b.txt"))
    assert outcome(opened(tmp_path, path)) == {"gammel.zip/Sø.txt": "x"}


def test_two_archives_do_not_mix(tmp_path: Path) -> None:
    paths = [archive(tmp_path / f"{n}.zip", {"plan.txt": str(n).encode()}) for n in range(2)]
    assert outcome(opened(tmp_path, *paths)) == {"0.zip/plan.txt": "0", "1.zip/plan.txt": "1"}


class TestFolders:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        folder = tmp_path / "mappe"
        (folder / "under" / ".git").mkdir(parents=True)
        (folder / "b.txt").write_text("b")
        (folder / "under" / "a.txt").write_text("a")
        (folder / "under" / ".git" / "x.txt").write_text("x")
        archive(folder / "c.zip", {"d.txt": b"d"})
        return folder

    def test_files_in_order_of_name(self, tmp_path: Path, folder: Path) -> None:
        assert outcome(opened(tmp_path, folder)) == {
            "mappe/b.txt": "b", "mappe/c.zip/d.txt": "d", "mappe/under/a.txt": "a",
        }  # fmt: skip

    def test_links_are_not_followed(self, tmp_path: Path, folder: Path) -> None:
        (tmp_path / "utenfor.txt").write_text("hemmelig")
        (folder / "lenke.txt").symlink_to(tmp_path / "utenfor.txt")
        (folder / "sløyfe").symlink_to(folder)
        found = outcome(opened(tmp_path, folder))
        assert found["mappe/lenke.txt"] == found["mappe/sløyfe"] == "link"
        assert "hemmelig" not in found.values()

    def test_more_files_than_allowed(self, tmp_path: Path, folder: Path) -> None:
        files = opened(tmp_path, folder, limits=Limits(archive_files=2))
        assert [file.error.code if file.error else "" for file in files] == ["", "", "too-many-files"]


def test_a_batch_with_good_and_bad_files(tmp_path: Path) -> None:
    good, bad = tmp_path / "god.pdf", tmp_path / "knust.pdf"
    good.write_bytes(pdf(text_page(SENTENCE)))
    bad.write_bytes(b"%PDF-1.7 x")
    packed = archive(
        tmp_path / "flere.zip", {"ny.pdf": good.read_bytes(), "feil.pdf": b"bare tekst", "../ut.pdf": b"x"}
    )
    told: list[tuple[str, int, int]] = []
    results = list(
        read_batch([good, bad, packed, tmp_path / "borte.pdf"], progress=lambda *step: told.append(step))
    )  # fmt: skip
    assert [(r.name, r.error.code if r.error else "") for r in results] == [
        ("god.pdf", ""),
        ("knust.pdf", "broken"),
        ("flere.zip/ny.pdf", ""),
        ("flere.zip/feil.pdf", "mislabelled"),
        ("flere.zip/../ut.pdf", "unsafe-name"),
        ("borte.pdf", "not-a-file"),
    ]
    assert [r.document is not None for r in results] == [True, False, True, False, False, False]
    first, third = results[0].document, results[2].document
    assert first and third and first.text == third.text
    assert told == [("god.pdf", 1, 1), ("flere.zip/ny.pdf", 1, 1)]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EMFILE])
def test_a_full_disk_is_not_told_of_as_a_broken_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    packed = archive(tmp_path / "planer.zip", {"a.txt": b"en"})

    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(batch, "_write", refuse)
    with pytest.raises(OSError, match=os.strerror(code)):
        opened(tmp_path, packed)
