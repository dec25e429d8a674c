"""Whatever a reader does in its process, the caller gets a document or one error, and the next file is read."""

from __future__ import annotations

import os
import pickle
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from pdf_samples import SENTENCE, pdf, text_page

from grunnmur.kernel import GrunnmurError, LimitExceeded, NotFound, UnreadableFile
from grunnmur.sources.documents.limits import Limits
from grunnmur.sources.documents.reading import read_bytes, read_safely
from grunnmur.sources.documents.worker import ReaderProcess, _Unpickler

LIMITS = Limits(seconds=2, memory_mb=300)


@pytest.fixture(scope="module")
def process() -> Iterator[ReaderProcess]:
    with ReaderProcess(LIMITS, main="hostile_reader") as running:
        yield running


def file(folder: Path, deed: str) -> Path:
    path = folder / "fil.md"
    path.write_text(deed, encoding="utf-8")
    return path


def failure(process: ReaderProcess, path: Path) -> GrunnmurError:
    with pytest.raises(GrunnmurError) as caught:
        process.read(path)
    return caught.value


@pytest.mark.parametrize(
    ("deed", "kind", "code"),
    [
        ("sleep", LimitExceeded, "too-slow"),
        ("spin", LimitExceeded, "too-slow"),
        ("eat", LimitExceeded, "out-of-memory"),
        ("die", UnreadableFile, "reader-died"),
        ("crash", UnreadableFile, "reader-died"),
        ("fail", UnreadableFile, "broken"),
        ("refuse", UnreadableFile, "broken"),
        ("dig", LimitExceeded, "too-deep"),
    ],
)
def test_bad_readers_cost_one_file(
    process: ReaderProcess, tmp_path: Path, deed: str, kind: type[GrunnmurError], code: str
) -> None:
    error = failure(process, file(tmp_path, deed))
    assert (type(error), error.code) == (kind, code)
    assert process.read(file(tmp_path, "tell Neste fil")).text.startswith("Neste fil")


def test_errors_keep_what_they_say(process: ReaderProcess, tmp_path: Path) -> None:
    assert failure(process, file(tmp_path, "refuse")).params == {"page": 7}


def test_a_hanging_reader_is_given_up_in_time(process: ReaderProcess, tmp_path: Path) -> None:
    process.read(file(tmp_path, "tell Klar"))
    start = time.monotonic()
    failure(process, file(tmp_path, "sleep"))
    assert time.monotonic() - start < LIMITS.seconds + 2


def test_children_of_a_reader_are_ended_with_it(tmp_path: Path) -> None:
    others = {child.pid for child in psutil.Process().children()}
    with ReaderProcess(Limits(seconds=1), main="hostile_reader") as process:
        process.read(file(tmp_path, "tell Klar"))
        (mine,) = {child.pid for child in psutil.Process().children()} - others
        failure(process, file(tmp_path, "spawn"))
        time.sleep(0.2)
        assert [p.pid for p in psutil.process_iter() if _is_alive_in_group(p, mine)] == []


def _is_alive_in_group(process: psutil.Process, group: int) -> bool:
    try:
        return os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE
    except (ProcessLookupError, psutil.Error):
        return False


def test_what_a_library_prints_does_no_harm(process: ReaderProcess, tmp_path: Path) -> None:
    assert process.read(file(tmp_path, "babble Likevel lest")).text.startswith("Likevel lest")


def test_progress_is_told(process: ReaderProcess, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    process.read(file(tmp_path, "count"), progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_caller_may_stop_through_progress(process: ReaderProcess, tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        process.read(file(tmp_path, "count"), progress=stop)
    assert process.read(file(tmp_path, "tell Videre")).text.startswith("Videre")


def test_a_large_document_comes_back_whole(process: ReaderProcess, tmp_path: Path) -> None:
    document = process.read(file(tmp_path, "large"))
    assert len(document.blocks) == 20_000
    assert "Avsnitt nummer 19999 med" in document.text


def test_secrets_in_the_environment_stay_outside(
    process: ReaderProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://hemmelig")
    process.close()
    assert "DATABASE_URL" not in process.read(file(tmp_path, "surroundings")).text


def test_threads_may_share_a_process(process: ReaderProcess, tmp_path: Path) -> None:
    found: dict[int, str] = {}

    def read(number: int) -> None:
        folder = tmp_path / str(number)
        folder.mkdir()
        found[number] = process.read(file(folder, f"tell Tråd {number}")).text.strip()

    threads = [threading.Thread(target=read, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: f"Tråd {number}" for number in range(6)}


def test_a_process_that_cannot_start_is_no_fault_of_the_file(tmp_path: Path) -> None:
    with ReaderProcess(LIMITS, main="no_such_module") as process, pytest.raises((GrunnmurError, RuntimeError)):
        process.read(file(tmp_path, "tell Hei"))


def test_what_comes_back_is_not_trusted() -> None:
    with pytest.raises(pickle.UnpicklingError):
        _Unpickler(pickle.dumps(("document", time.sleep)), ReaderProcess.allowed).load()
    with pytest.raises(pickle.UnpicklingError):
        _Unpickler(b"cos\nsystem\n(S'true'\ntR.", ReaderProcess.allowed).load()


def test_the_same_document_inside_and_outside(tmp_path: Path) -> None:
    data = pdf(text_page(SENTENCE), text_page(SENTENCE))
    path = tmp_path / "plan.pdf"
    path.write_bytes(data)
    told: list[tuple[int, int]] = []
    assert read_safely(path, progress=lambda done, total: told.append((done, total))) == read_bytes(data, "plan.pdf")
    assert told[-1] == (2, 2)


def test_a_file_that_is_gone(process: ReaderProcess, tmp_path: Path) -> None:
    assert failure(process, tmp_path / "borte.md").code == "not-a-file"


def test_a_file_larger_than_allowed(tmp_path: Path) -> None:
    with ReaderProcess(Limits(file_bytes=3), main="hostile_reader") as process:
        error = failure(process, file(tmp_path, "tell Hei"))
    assert (type(error), error.code) == (LimitExceeded, "too-large")


def test_a_page_as_a_picture(process: ReaderProcess, tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(pdf(text_page(SENTENCE)))
    assert process.render(path, 1, 300).startswith(b"\x89PNG")
    with pytest.raises(NotFound, match="no-such-page"):
        process.render(path, 2, 300)


def test_waiting_ticks(process: ReaderProcess, tmp_path: Path) -> None:
    ticks: list[float] = []
    with pytest.raises(LimitExceeded):
        process.read(file(tmp_path, "sleep"), tick=lambda: ticks.append(time.monotonic()))
    assert ticks
