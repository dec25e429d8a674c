"""Read files in a process of their own: one that dies, hangs or eats memory costs one file, nothing more."""

from __future__ import annotations

import io
import os
import pickle
import selectors
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Final, Self

from grunnmur.kernel import GrunnmurError, LimitExceeded, UnreadableFile
from grunnmur.sources.documents.limits import DEFAULT_LIMITS, Limits
from grunnmur.sources.documents.model import Document
from grunnmur.sources.documents.reading import Progress

HEAD: Final = struct.Struct(">Q")
START_SECONDS = 60.0
TICK_SECONDS = 1.0
MOST_FILES = 100  # then a fresh process: libraries leak
# The process that meets untrusted files gets no secrets with its environment.
PASSED_ON = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TESSDATA_PREFIX", "LD_LIBRARY_PATH", "SYSTEMROOT")

Tick = Callable[[], None]


class ReaderProcess:
    """A process that reads one file after another, and is replaced when it dies.

    A context manager; safe to share between threads, which then take turns. ``allowed`` are the modules whose
    classes an answer may hold.
    """

    allowed: ClassVar[frozenset[str]] = frozenset({"grunnmur.kernel.errors", "grunnmur.sources.documents.model"})

    def __init__(self, limits: Limits = DEFAULT_LIMITS, main: str = "grunnmur.sources.documents.worker_main") -> None:
        self._limits = limits
        self._main = main
        self._process: subprocess.Popen[bytes] | None = None
        self._read = 0
        self._turn = threading.Lock()
        self._seconds = limits.seconds
        self._tick: Tick | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(
        self, path: Path, filename: str = "", progress: Progress | None = None, tick: Tick | None = None
    ) -> Document:
        """Read one file under the limits.

        Raises what the reader raises, and ``too-slow``, ``out-of-memory`` or ``reader-died``. ``tick`` is called at
        least every second while one waits. An error in ``progress`` or ``tick`` ends the reading and comes back to
        the caller.
        """
        document = self._ask("read", (str(path.absolute()), filename or path.name), progress, tick)
        if not isinstance(document, Document):
            raise UnreadableFile("reader-died", signal=0, exit=0)
        return document

    def render(self, path: Path, number: int, width: int) -> bytes:
        """Page ``number`` of a PDF as PNG, under the same limits. Raises what :func:`render_page` raises, too."""
        picture = self._ask("render", (str(path.absolute()), number, width))
        if not isinstance(picture, bytes):
            raise UnreadableFile("reader-died", signal=0, exit=0)
        return picture

    def close(self) -> None:
        """End the process and everything it started."""
        process, self._process = self._process, None
        if process is None:
            return
        _kill(process)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and (self._process.poll() is not None or self._read >= MOST_FILES):
            self.close()
        if self._process is None:
            self._process, self._read = _start(self._main), 0
            kind, _ = self._next(self._process, time.monotonic() + START_SECONDS)
            if kind != "ready":
                raise RuntimeError(f"reader process said {kind!r} first")
        self._read += 1
        return self._process

    def _ask(
        self,
        deed: str,
        arguments: tuple[object, ...],
        progress: Progress | None = None,
        tick: Tick | None = None,
        seconds: float | None = None,
    ) -> object:
        """Have the process do something, and wait for the outcome; ``seconds`` stands in for those of the limits."""
        limits = self._limits if seconds is None else replace(self._limits, seconds=seconds)
        with self._turn:
            process, self._seconds = self._running(), limits.seconds
            self._tick = tick
            try:
                self._send(process, (deed, arguments, limits))
                return self._outcome(process, progress, limits.seconds)
            except LimitExceeded as error:
                if error.code == "out-of-memory":  # it ends by itself, but perhaps not before the next file
                    self.close()
                raise
            except GrunnmurError:
                raise
            except BaseException:
                self.close()
                raise
            finally:
                self._tick = None

    def _outcome(self, process: subprocess.Popen[bytes], progress: Progress | None, seconds: float) -> object:
        deadline = time.monotonic() + seconds
        while True:
            kind, value = self._next(process, deadline)
            if kind == "progress":
                if progress is not None:
                    progress(*value)
            elif kind == "error" and isinstance(value, GrunnmurError):
                raise value
            else:
                return value

    def _send(self, process: subprocess.Popen[bytes], message: object) -> None:
        packed = pickle.dumps(message)
        assert process.stdin is not None  # noqa: S101 (opened as a pipe in _start)
        try:
            process.stdin.write(HEAD.pack(len(packed)) + packed)
            process.stdin.flush()
        except BrokenPipeError:
            raise self._death(process) from None

    def _next(self, process: subprocess.Popen[bytes], deadline: float) -> tuple[str, Any]:
        (length,) = HEAD.unpack(self._bytes(process, HEAD.size, deadline))
        if length > self._limits.memory_mb * 1_000_000:
            self.close()
            raise LimitExceeded("out-of-memory", limit=self._limits.memory_mb)
        message = _Unpickler(self._bytes(process, length, deadline), self.allowed).load()
        kind, value = message
        return str(kind), value

    def _bytes(self, process: subprocess.Popen[bytes], count: int, deadline: float) -> bytes:
        assert process.stdout is not None  # noqa: S101 (opened as a pipe in _start)
        stream, parts = process.stdout.fileno(), bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(stream, selectors.EVENT_READ)
            while len(parts) < count:
                self._wait(selector, deadline)
                got = os.read(stream, min(count - len(parts), 1 << 20))
                if not got:
                    raise self._death(process)
                parts += got
        return bytes(parts)

    def _wait(self, selector: selectors.BaseSelector, deadline: float) -> None:
        """Until there is something to read, ticking meanwhile."""
        while not selector.select(min(max(deadline - time.monotonic(), 0.0), TICK_SECONDS)):
            if time.monotonic() >= deadline:
                self.close()
                raise LimitExceeded("too-slow", limit=max(1, round(self._seconds)))
            if self._tick is not None:
                self._tick()

    def _death(self, process: subprocess.Popen[bytes]) -> GrunnmurError:
        """What the end of the process means."""
        try:
            code = process.wait(5)
        except subprocess.TimeoutExpired:
            code = 0
        self.close()
        if -code in (signal.SIGXCPU, signal.SIGALRM):
            return LimitExceeded("too-slow", limit=max(1, round(self._seconds)))
        return UnreadableFile("reader-died", signal=-code if code < 0 else 0, exit=max(code, 0))


class _Unpickler(pickle.Unpickler):
    """Builds documents and errors and nothing else: what comes out of the process is not trusted either."""

    def __init__(self, packed: bytes, allowed: frozenset[str]) -> None:
        super().__init__(io.BytesIO(packed))
        self._allowed = allowed

    def find_class(self, module: str, name: str) -> Any:
        """What is made in an allowed module; what the module has from elsewhere does not count."""
        if module in self._allowed and "." not in name:
            found = super().find_class(module, name)
            if getattr(found, "__module__", "") == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not part of a document")


def read_in_worker(path: Path, limits: Limits = DEFAULT_LIMITS, progress: Progress | None = None) -> Document:
    """Read one file in a process started for it."""
    with ReaderProcess(limits) as process:
        return process.read(path, progress=progress)


def _start(main: str) -> subprocess.Popen[bytes]:
    """A fresh interpreter: unlike a fork it is safe beside threads, and unlike a spawn it runs no caller's main."""
    return subprocess.Popen(  # noqa: S603 (our own interpreter and module)
        [sys.executable, "-m", main],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(os.environ),
        cwd=tempfile.gettempdir(),
        start_new_session=True,
    )


def _environment(mine: Mapping[str, str]) -> dict[str, str]:
    kept = {name: mine[name] for name in PASSED_ON if name in mine}
    path = os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path)
    return {
        **kept,
        "PYTHONPATH": path,
        "PYTHONIOENCODING": "utf-8",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _kill(process: subprocess.Popen[bytes]) -> None:
    """The process with its children (Tesseract), and its pipes."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            try:
                stream.close()
            except BrokenPipeError:
                continue
