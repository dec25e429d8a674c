"""The job: claimed once, alive while it reads, stopped when asked, and taken up again when its worker was killed."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from grunnmur.kernel import UnreadableFile
from grunnmur.knowledge.extracting import ExtractingProcess
from grunnmur.sources.documents.worker import ReaderProcess
from grunnmur_web import tasks
from grunnmur_web.accounts.models import Role, User
from grunnmur_web.actions import findings as acts
from grunnmur_web.actions import uploads
from grunnmur_web.models import DocumentVersion, Finding, FindingKind, FindingState, ReadState, SearchEntry
from grunnmur_web.store import documents, reading
from tests.web.files import CARE_TEXT, pdf_file, text_file
from tests.web.library import person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def planner() -> User:
    return person(Role.PLANNER)


def incoming(planner: User, file: SimpleUploadedFile | None = None) -> DocumentVersion:
    version = uploads.receive([file or text_file()], by=planner).items.get().version
    assert version is not None
    return version


def test_a_version_is_read_with_text_pages_findings_and_search_rows(planner: User) -> None:
    version = incoming(planner)
    assert reading.read_version(version.pk) == ReadState.READ
    version.refresh_from_db()
    assert version.text == CARE_TEXT
    assert version.document.current == version
    assert version.read_at is not None
    passages = [version.text[f.start : f.end] for f in version.findings.filter(kind=FindingKind.FIGURE)]
    assert any("320" in passage for passage in passages)
    assert SearchEntry.objects.filter(version=version).exists()
    assert documents.load(version).text == CARE_TEXT


def test_a_job_that_comes_twice_does_nothing_the_second_time(planner: User) -> None:
    version = incoming(planner)
    reading.read_version(version.pk)
    before = list(version.findings.values_list("pk", flat=True))
    assert reading.read_version(version.pk) is None
    assert list(version.findings.values_list("pk", flat=True)) == before


def test_a_broken_file_fails_with_its_reason(planner: User) -> None:
    version = incoming(planner, SimpleUploadedFile("plan.pdf", b"%PDF-1.4 this is no real file"))
    assert reading.read_version(version.pk) == ReadState.FAILED
    version.refresh_from_db()
    assert version.error_code == "broken"
    assert version.document.current is None


def test_a_fault_of_our_own_is_told_and_loses_nothing(planner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    version = incoming(planner)
    monkeypatch.setattr(ExtractingProcess, "extract", lambda *arguments: 1 / 0)
    assert reading.read_version(version.pk) == ReadState.FAILED
    version.refresh_from_db()
    assert version.error_code == "reading-failed"
    monkeypatch.undo()
    uploads.retry(version, by=planner)
    assert reading.read_version(version.pk) == ReadState.READ


def test_progress_is_written_while_it_reads(planner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    version = incoming(planner, pdf_file("En", "To", "Tre"))
    seen: list[tuple[int, int]] = []
    real = reading.Heartbeat.tick

    def always(self: reading.Heartbeat) -> None:
        self._last = 0.0
        real(self)
        seen.append(DocumentVersion.objects.values_list("done", "total").get(pk=version.pk))

    monkeypatch.setattr(reading.Heartbeat, "tick", always)
    reading.read_version(version.pk)
    assert (3, 3) in seen


def test_cancelling_stops_a_reading_under_way(planner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    version = incoming(planner, pdf_file("En", "To"))
    real = ReaderProcess.read
    processes: list[Any] = []

    def cancel_then_beat(self: ReaderProcess, path: Path, name: str, progress: Any, tick: Any) -> Any:
        def beat(done: int, total: int) -> None:
            processes.append(self._process)
            uploads.cancel(version, by=planner)
            time.sleep(0.6)
            progress(done, total)

        return real(self, path, name, beat, tick)

    monkeypatch.setattr(ReaderProcess, "read", cancel_then_beat)
    assert reading.read_version(version.pk) is None
    version.refresh_from_db()
    assert version.state == ReadState.CANCELLED
    assert not version.findings.exists()
    assert processes[0].poll() is not None, "the process that read the file still lives"


def test_a_reading_cancelled_at_the_last_moment_keeps_nothing(planner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    version = incoming(planner)
    real = ExtractingProcess.extract

    def extract_slowly(self: ExtractingProcess, document: Any, tick: Any) -> Any:
        uploads.cancel(version, by=planner)
        return real(self, document, tick)

    monkeypatch.setattr(ExtractingProcess, "extract", extract_slowly)
    assert reading.read_version(version.pk) is None
    version.refresh_from_db()
    assert (version.state, version.text) == (ReadState.CANCELLED, "")


def test_rules_that_never_end_are_stopped_when_the_reading_is_cancelled(
    planner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = incoming(planner)
    real = ExtractingProcess.extract
    processes: list[Any] = []

    def cancel_at_the_next_beat(self: ExtractingProcess, document: Any, tick: Any) -> Any:
        def beat() -> None:
            processes.append(self._process)
            uploads.cancel(version, by=planner)
            tick()

        os.kill(self._process.pid, signal.SIGSTOP)  # type: ignore[union-attr]
        return real(self, document, beat)

    monkeypatch.setattr(ExtractingProcess, "extract", cancel_at_the_next_beat)
    assert reading.read_version(version.pk) is None
    assert processes[0].poll() is not None, "the process that held the rules still lives"


def test_a_worker_that_is_told_to_stop_gives_the_version_back(planner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    version = incoming(planner)

    def stop(*arguments: Any) -> Any:
        raise SystemExit(0)

    monkeypatch.setattr(ExtractingProcess, "extract", stop)
    with pytest.raises(SystemExit):
        reading.read_version(version.pk)
    version.refresh_from_db()
    assert (version.state, version.attempts) == (ReadState.WAITING, 0)


def test_a_dead_workers_version_waits_again_and_fails_after_three_tries(planner: User) -> None:
    version = incoming(planner)
    row = DocumentVersion.objects.filter(pk=version.pk)
    long_ago = timezone.now() - timedelta(seconds=61)
    for attempt in (1, 2):
        row.update(state=ReadState.READING, heartbeat=long_ago, attempts=attempt)
        assert reading.reset_stale() == [version.pk]
        assert row.get().state == ReadState.WAITING
    row.update(state=ReadState.READING, heartbeat=long_ago, attempts=3)
    assert reading.reset_stale() == []
    assert (row.get().state, row.get().error_code) == (ReadState.FAILED, "reader-died")


def test_a_living_reading_is_left_alone(planner: User) -> None:
    version = incoming(planner)
    DocumentVersion.objects.filter(pk=version.pk).update(
        state=ReadState.READING, heartbeat=timezone.now() - timedelta(seconds=50), attempts=1
    )
    assert reading.reset_stale() == []
    assert tasks.take_up_again() == 0


def test_decisions_survive_a_new_reading_of_the_same_file(planner: User) -> None:
    version = incoming(planner)
    reading.read_version(version.pk)
    figure = Finding.objects.get(version=version, kind=FindingKind.FIGURE, number=320)
    acts.correct(figure, {**(figure.machine or {}), "label": "plasser på sykehjem"}, by=planner)
    other = Finding.objects.filter(version=version, kind=FindingKind.FIGURE, state=FindingState.SUGGESTED).first()
    assert other is not None
    acts.reject(other, by=planner)
    count = version.findings.count()
    uploads.retry(version, by=planner)
    reading.read_version(version.pk)
    figure.refresh_from_db()
    other.refresh_from_db()
    assert (figure.state, figure.text) == (FindingState.CORRECTED, "plasser på sykehjem")
    assert other.state == FindingState.REJECTED
    assert version.findings.count() == count


def test_decisions_follow_their_passage_when_the_reader_has_become_better(
    planner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = incoming(planner)
    reading.read_version(version.pk)
    figure = Finding.objects.get(version=version, kind=FindingKind.FIGURE, number=320)
    acts.accept(figure, by=planner)
    Path(version.file.path).write_text("En ny linje først.\n\n" + CARE_TEXT, encoding="utf-8")
    uploads.retry(version, by=planner)
    reading.read_version(version.pk)
    figure.refresh_from_db()
    version.refresh_from_db()
    assert figure.state == FindingState.ACCEPTED
    assert "320" in version.text[figure.start : figure.end]


def test_a_missing_file_is_an_error_with_words(planner: User) -> None:
    version = incoming(planner)
    Path(version.file.path).unlink()
    assert reading.read_version(version.pk) == ReadState.FAILED
    version.refresh_from_db()
    assert version.error_code == "not-a-file"


def test_errors_with_strange_parameters_can_be_stored(planner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    version = incoming(planner)

    def fail(*_: Any) -> Any:
        raise UnreadableFile("broken", detail=ValueError("x"), page=3)

    monkeypatch.setattr(ReaderProcess, "read", fail)
    assert reading.read_version(version.pk) == ReadState.FAILED
    version.refresh_from_db()
    assert version.error_params == {"detail": "x", "page": 3}


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a site with a database file of its own, and one long text waiting to be read."""
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "GRUNNMUR_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "grunnmur_web.settings",
    }
    prepare = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.core.files.base import ContentFile
from grunnmur_web.accounts.models import User
from grunnmur_web.actions import uploads
user = User.objects.create_user("kari@kommune.example", None, name="Kari", role="planner")
text = "\\n\\n".join(f"Det er {n} plasser ved sykehjem i sone {n}, og {n + 7} i 2032." for n in range(120))
uploads.receive([ContentFile(text.encode(), name="lang.txt")], by=user)
"""
    subprocess.run([sys.executable, "-c", prepare], env=environment, check=True, timeout=120)
    yield environment


def test_a_killed_worker_loses_nothing(own_site: dict[str, str]) -> None:
    work = [sys.executable, "-m", "grunnmur_web", "manage", "work", "--batch"]
    database = Path(own_site["GRUNNMUR_DATA"]) / "grunnmur.sqlite3"

    def ask(query: str) -> Any:
        with sqlite3.connect(database, timeout=20) as connection:
            return connection.execute(query).fetchone()

    worker = subprocess.Popen(work, env=own_site)
    deadline = time.monotonic() + 60
    while ask("select state from grunnmur_documentversion") != ("reading",):
        assert time.monotonic() < deadline and worker.poll() is None, "the worker never began"
        time.sleep(0.02)
    worker.send_signal(signal.SIGKILL)
    worker.wait(10)
    assert ask("select state, text from grunnmur_documentversion") == ("reading", "")

    long_ago = (timezone.now() - timedelta(seconds=61)).strftime("%Y-%m-%d %H:%M:%S")
    ask(f"update grunnmur_documentversion set heartbeat = '{long_ago}' returning id")
    subprocess.run(work, env=own_site, check=True, timeout=100)
    assert ask("select state, attempts from grunnmur_documentversion") == ("read", 2)
    assert ask("select count(*) from grunnmur_finding where kind = 'figure'")[0] >= 120
    assert ask(f"select count(*) from {DBTaskResult._meta.db_table} where status = 'RUNNING'") == (0,)


def test_work_in_a_batch_ends_when_the_queue_is_empty(planner: User) -> None:
    version = incoming(planner)
    call_command("work", batch=True)
    version.refresh_from_db()
    assert version.state == ReadState.READ


def test_a_lost_job_is_made_again_from_the_version(planner: User) -> None:
    version = incoming(planner)
    DBTaskResult.objects.all().delete()
    call_command("work", batch=True)
    version.refresh_from_db()
    assert version.state == ReadState.READ
