"""Whatever is done to a PDF, reading it gives a sound document or one error with a code."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from grunnmur.kernel import GrunnmurError
from grunnmur.sources.documents.limits import Limits
from grunnmur.sources.documents.pdf.lines import TextLine, join
from grunnmur.sources.documents.pdf.segments import HYPHEN, clean
from grunnmur.sources.documents.reading import read_bytes
from grunnmur.sources.documents.worker import ReaderProcess

WORDS = st.text(alphabet="abcæøåABC 0123-.,", min_size=1, max_size=30)


def plan() -> bytes:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as target:
        canvas = Canvas(target.name, pageCompression=0)
        for number in range(3):
            canvas.setFont("Helvetica", 11)
            for row in range(20):
                canvas.drawString(70, 780 - 14 * row, f"Side {number} linje {row} med noen ord om levekår")
            canvas.rect(70, 200, 300, 100)
            canvas.showPage()
        canvas.save()
        return Path(target.name).read_bytes()


PLAN = plan()


@pytest.fixture(scope="module")
def process() -> Iterator[ReaderProcess]:
    with ReaderProcess(Limits(seconds=20, memory_mb=800)) as running:
        yield running


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(
        st.tuples(st.integers(0, len(PLAN) - 1), st.binary(min_size=1, max_size=6)), min_size=1, max_size=12
    )
)
def test_a_damaged_file_is_read_or_refused(
    process: ReaderProcess, tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, bytes]]
) -> None:
    damaged = bytearray(PLAN)
    for place, content in changes:
        damaged[place : place + len(content)] = content
    path = tmp_path_factory.getbasetemp() / "skadet.pdf"
    path.write_bytes(damaged)
    try:
        document = process.read(path)
    except GrunnmurError as error:
        assert error.code
    else:
        assert all(0 <= block.start < block.end <= len(document.text) for block in document.blocks)
        assert all(0 <= line.start < line.end <= len(document.text) for line in document.lines)


@settings(max_examples=60, deadline=None)
@given(lines=st.lists(WORDS, min_size=1, max_size=12), edge=st.integers(30, 300), step=st.integers(8, 40))
def test_every_printed_line_stands_in_the_text_it_points_to(lines: list[str], edge: int, step: int) -> None:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as target:
        canvas = Canvas(target.name)
        for number, line in enumerate(lines):
            canvas.drawString(edge, 780 - step * number, line)
        canvas.save()
        document = read_bytes(Path(target.name).read_bytes(), "plan.pdf")
    printed = {character for line in lines for character in line}
    assert set(document.text) <= printed | set(" \n\t")
    for line in document.lines:
        assert document.text[line.start : line.end].strip()


@given(st.lists(st.text(alphabet="abcÆØÅ -–12" + HYPHEN, min_size=1, max_size=12).filter(str.strip), min_size=1))
def test_joined_lines_keep_their_words(texts: list[str]) -> None:
    lines = [TextLine(text.strip(), 0, 0, 1, 1, 10, False, 1) for text in texts]
    text, runs = join(lines)
    assert HYPHEN not in text
    assert [run.line for run in runs] == lines
    assert all(before.end <= after.start for before, after in pairwise(runs))
    kept = "".join(character for character in text if character.isalnum())
    assert kept == "".join(character for line in lines for character in line.text if character.isalnum())


@given(st.text())
def test_cleaning_is_done_once_and_for_all(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    once.encode("utf-8")
