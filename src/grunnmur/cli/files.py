"""Read the files that a command was given: progress on the terminal, each failure said once, the rest carried on."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from grunnmur.cli import words
from grunnmur.kernel import GrunnmurError

if TYPE_CHECKING:
    from collections.abc import Callable

    from grunnmur.sources.documents import Document
    from grunnmur.sources.documents.batch import FileProgress
    from grunnmur.sources.documents.worker import ReaderProcess

Result = TypeVar("Result")


class Outcome:
    """What is said about a batch, and the exit code it ends with."""

    def __init__(self) -> None:
        self.failed = 0
        self.total = 0
        self.exit_code = 0

    def fail(self, name: str, error: GrunnmurError) -> None:
        """Say why one file gave nothing."""
        self.failed += 1
        self.exit_code = self.exit_code or error.exit_code
        say(f"{words.safe(name)}: {words.sentence(error)}")

    def close(self) -> int:
        """Say how many failed when there were several files; returns the exit code."""
        if self.failed and self.total > 1:
            say(words.FAILED.format(failed=self.failed, total=self.total))
        return self.exit_code


def say(line: str) -> None:
    """One line on standard error."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def several(paths: Sequence[Path]) -> bool:
    """Whether the output is a list: more than one path, a folder or an archive."""
    return len(paths) != 1 or paths[0].is_dir() or paths[0].suffix.casefold() == ".zip"


def each_document(
    paths: Sequence[Path],
    outcome: Outcome,
    use: Callable[[str, Document], Result],
    process: ReaderProcess | None = None,
) -> Iterator[Result]:
    """``use`` applied to every file that can be read; failures go to ``outcome``. ``process`` reads, when given."""
    from grunnmur.sources.documents.batch import read_batch

    with _progress() as report:
        for result in read_batch(paths, progress=report, process=process):
            outcome.total += 1
            if result.document is None:
                outcome.fail(result.name, result.error or GrunnmurError("broken"))
                continue
            for found in result.document.notices:
                page = f", side {found.page}" if found.page else ""
                say(f"{words.safe(result.name)}{page}: {words.notice(found.code)}")
            try:
                yield use(result.name, result.document)
            except GrunnmurError as error:
                outcome.fail(result.name, error)
            except Exception as error:
                outcome.fail(result.name, GrunnmurError("unexpected", detail=type(error).__name__))


@contextmanager
def _progress() -> Iterator[FileProgress | None]:
    """A progress bar on standard error when it is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def report(name: str, done: int, total: int) -> None:
            bar.update(task, description=escape(words.safe(name)), completed=done, total=total or None)

        yield report
