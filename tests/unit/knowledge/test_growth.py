"""The work done on a text follows its length, also for texts made to be slow."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from types import FrameType

import pytest

from grunnmur.knowledge import text_grids
from grunnmur.knowledge.extract import extract
from grunnmur.knowledge.figures import labels
from grunnmur.knowledge.language.spans import Span, blank
from grunnmur.knowledge.text_lines import TextLine
from grunnmur.sources.documents.model import Document
from grunnmur.sources.documents.reading import read_bytes

LENGTH = 700
MOST_GROWTH = 2.6  # for twice the text; work that grows with the square gives 4
BLOCKS = ["a | b | 3\n", "| a |\n", "- 5 a:\n", "Det er 5 plasser i 2030.\n\n", "### A 5\n\n"]


def document(piece: str, length: int) -> Document:
    return read_bytes((piece * (length // len(piece))).encode(), "a.md" if "#" in piece else "a.txt")


def calls(work: Callable[[], object]) -> int:
    """How many functions are called, those of the library included."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("piece", BLOCKS)
def test_twice_the_text_takes_no_more_than_twice_the_calls(piece: str) -> None:
    short, long = document(piece, LENGTH), document(piece, 2 * LENGTH)
    extract(short)  # word lists and patterns are loaded
    text_grids._times_of.cache_clear()
    assert calls(lambda: extract(long)) <= MOST_GROWTH * calls(lambda: extract(short))


@pytest.mark.parametrize("piece", ["1 % ", "kr 1 ", "2024-", "1,5 "])
def test_each_number_is_named_from_what_stands_near(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []
    real = blank

    def measured(text: str, spans: Iterable[Span]) -> str:
        looked_at.append(len(text))
        return real(text, spans)

    monkeypatch.setattr(labels, "blank", measured)
    extract(document(piece, 3000))
    assert looked_at
    assert max(looked_at) <= 1000


def test_a_row_of_many_small_numbers_is_not_read_in_every_way() -> None:
    row = f"Navn {'100 ' * 44}".rstrip()
    spans = text_grids._values(TextLine(0, len(row), 1, row), 20)
    assert spans is not None
    assert len(spans) == 20
    assert "".join(row[start:end] for start, end in spans).replace(" ", "") == "100" * 44
