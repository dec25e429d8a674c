"""A reader that does what its file says, and a reader process that uses it for Markdown."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time

from grunnmur.kernel import UnreadableFile
from grunnmur.sources.documents import reading, worker_main
from grunnmur.sources.documents.builder import DocumentBuilder
from grunnmur.sources.documents.limits import Limits
from grunnmur.sources.documents.model import BlockKind, Format


def read(data: bytes, builder: DocumentBuilder, limits: Limits) -> None:
    word, _, rest = data.decode().strip().partition(" ")
    DEEDS[word](rest, builder)


def tell(rest: str, builder: DocumentBuilder) -> None:
    builder.add(BlockKind.PARAGRAPH, rest)


def sleep(rest: str, builder: DocumentBuilder) -> None:
    time.sleep(600)


def spin(rest: str, builder: DocumentBuilder) -> None:
    while True:
        pass


def eat(rest: str, builder: DocumentBuilder) -> None:
    hoard = []
    while True:
        hoard.append(bytearray(50_000_000))


def die(rest: str, builder: DocumentBuilder) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def crash(rest: str, builder: DocumentBuilder) -> None:
    ctypes.string_at(0)


def fail(rest: str, builder: DocumentBuilder) -> None:
    raise KeyError("uventet")


def refuse(rest: str, builder: DocumentBuilder) -> None:
    raise UnreadableFile("broken", page=7)


def dig(rest: str, builder: DocumentBuilder) -> None:
    dig(rest, builder)


def babble(rest: str, builder: DocumentBuilder) -> None:
    os.write(1, b"noise on standard output" * 1000)
    sys.stdout.write("more noise")
    sys.stdout.flush()
    builder.add(BlockKind.PARAGRAPH, rest)


def count(rest: str, builder: DocumentBuilder) -> None:
    for number in range(1, 4):
        builder.report(number, 3)
        time.sleep(0.11)
    builder.add(BlockKind.PARAGRAPH, "ferdig")


def surroundings(rest: str, builder: DocumentBuilder) -> None:
    builder.add(BlockKind.PARAGRAPH, " ".join(sorted(os.environ)))


def spawn(rest: str, builder: DocumentBuilder) -> None:
    if os.fork() == 0:
        time.sleep(600)
        os._exit(0)
    time.sleep(600)


def large(rest: str, builder: DocumentBuilder) -> None:
    for number in range(20_000):
        builder.add(BlockKind.PARAGRAPH, f"Avsnitt nummer {number} med noen ord til")


DEEDS = {
    deed.__name__: deed
    for deed in (tell, sleep, spin, eat, die, crash, fail, refuse, dig, babble, count, surroundings, spawn, large)
}

if __name__ == "__main__":
    reading.READERS = {**reading.READERS, Format.MARKDOWN: "hostile_reader"}
    worker_main.main(worker_main.DEEDS)
