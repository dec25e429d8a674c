"""The inside of a reader process: takes file names on its input, gives documents or errors on its output."""

from __future__ import annotations

import os
import pickle
import resource
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from grunnmur.kernel import GrunnmurError, LimitExceeded, UnreadableFile
from grunnmur.sources.documents.limits import Limits
from grunnmur.sources.documents.model import Document
from grunnmur.sources.documents.reading import load, read_bytes
from grunnmur.sources.documents.worker import HEAD

PROGRESS_SECONDS = 0.1
SPARE_CPU_SECONDS = 5
MOST_WRITTEN = 500_000_000  # bytes in any one temporary file
Send = Callable[[str, object], None]
Deeds = Mapping[str, Callable[..., object]]


def main(deeds: Deeds) -> None:
    """Serve until the input ends. A deed takes its arguments, then the limits and the way to send progress."""
    source = sys.stdin.buffer
    send = _sender(_private_output())
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    _warm_up()
    send("ready", None)
    while head := source.read(HEAD.size):
        deed, arguments, limits = pickle.loads(source.read(*HEAD.unpack(head)))  # noqa: S301 (from our own parent)
        if not _serve(deeds[deed], arguments, limits, send):
            return


def _private_output() -> BinaryIO:
    """The pipe to the parent, out of reach of libraries that print."""
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return pipe


def _sender(pipe: BinaryIO) -> Send:
    def send(kind: str, value: object) -> None:
        packed = pickle.dumps((kind, value), protocol=pickle.HIGHEST_PROTOCOL)
        pipe.write(HEAD.pack(len(packed)) + packed)
        pipe.flush()

    return send


def _warm_up() -> None:
    """Load what nearly every file needs before its time and memory are counted."""
    from grunnmur.sources.documents.language_of import language_of

    language_of("Denne teksten er lang nok til at språket kan gjenkjennes av modellen som lastes her.")


def _serve(deed: Callable[..., object], arguments: tuple[Any, ...], limits: Limits, send: Send) -> bool:
    """Do one thing and answer; whether the process is fit for another."""
    _confine(limits)
    try:
        send("done", deed(*arguments, limits, send))
    except MemoryError:
        _set_free()
        send("error", LimitExceeded("out-of-memory", limit=limits.memory_mb))
        return False
    except RecursionError:
        send("error", LimitExceeded("too-deep", limit=limits.depth))
    except GrunnmurError as error:
        send("error", error)
    except Exception as error:  # whatever a library raises on a hostile file is that file's fault
        _set_free()
        send("error", UnreadableFile("broken", detail=f"{type(error).__name__}: {error}"[:200]))
    return True


def _render(path: str, number: int, width: int, limits: Limits, send: Send) -> bytes:
    from grunnmur.sources.documents.pdf import render_page

    return render_page(load(Path(path), limits), number, width, limits)


def _read(path: str, filename: str, limits: Limits, send: Send) -> Document:
    last = 0.0

    def report(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= PROGRESS_SECONDS or done == total:
            last = time.monotonic()
            send("progress", (done, total))

    return read_bytes(load(Path(path), limits), filename, limits, report)


DEEDS: Deeds = {"read": _read, "render": _render}


def _confine(limits: Limits) -> None:
    """Processor time and address space on top of what the process has used so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime + limits.seconds) + SPARE_CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
    space = _address_space() + limits.memory_mb * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (space, resource.RLIM_INFINITY))


def _set_free() -> None:
    """Room to answer in after memory ran out."""
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    main(DEEDS)
