"""Pages and their text, whatever order a reader asks for them in."""

from __future__ import annotations

import pytest

from grunnmur.kernel import LimitExceeded
from grunnmur.sources.documents.builder import DocumentBuilder
from grunnmur.sources.documents.model import BlockKind, Format


def test_text_before_anyone_asks_for_a_page_stands_on_the_first() -> None:
    builder = DocumentBuilder(Format.MARKDOWN, "a" * 64, "Plan")
    builder.add(BlockKind.HEADING, "Plan for omsorg", level=1)
    builder.add(BlockKind.PARAGRAPH, "Gode tjenester.")
    document = builder.build("nb")
    assert document.text == "Plan for omsorg\n\nGode tjenester.\n\n"
    assert [(page.start, page.end) for page in document.pages] == [(0, len(document.text))]


def test_pages_follow_each_other_without_gaps() -> None:
    builder = DocumentBuilder(Format.PPTX, "a" * 64, "Lysbilder")
    for number in range(3):
        builder.begin_page()
        builder.add(BlockKind.PARAGRAPH, f"Side {number}")
    document = builder.build("nb")
    ends = [0, *(page.end for page in document.pages)]
    assert [page.start for page in document.pages] == ends[:-1]
    assert ends[-1] == len(document.text)


def test_a_page_too_many_is_refused() -> None:
    builder = DocumentBuilder(Format.PPTX, "a" * 64, "Lysbilder", most_pages=1)
    builder.begin_page()
    with pytest.raises(LimitExceeded):
        builder.begin_page()
