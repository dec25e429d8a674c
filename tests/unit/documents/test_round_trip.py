"""The same plan reads the same whatever program wrote it."""

from __future__ import annotations

import pytest
from office_samples import read
from pdf_samples import rows, texts, words
from plan_files import FILES, GOAL, ITEMS, SENTENCE, TABLE, TITLE

from grunnmur.sources.documents.model import BlockKind

# A slide has one title each, and a sheet knows no lists: what those formats can't say is left out of the comparison.
FLAT_HEADINGS = {"plan.pptx"}
NO_LISTS = {"plan.xlsx"}


@pytest.mark.parametrize("filename", FILES)
def test_round_trip_headings_lists_and_tables(filename: str) -> None:
    document = read(FILES[filename](), filename)
    headings = [(block.level, words(document, block)) for block in document.blocks if block.kind is BlockKind.HEADING]
    items = [(block.level, words(document, block)) for block in document.blocks if block.kind is BlockKind.LIST_ITEM]
    assert headings == [(1, TITLE), (1 if filename in FLAT_HEADINGS else 2, GOAL)]
    assert items == ([] if filename in NO_LISTS else ITEMS)
    assert texts(document, BlockKind.PARAGRAPH) == [SENTENCE]
    assert rows(document) == TABLE
    assert all(cell.header == (cell.row == 0) for block in document.blocks for cell in block.cells)
    assert (document.title, document.language) == (TITLE, "nb")


@pytest.mark.parametrize("filename", FILES)
def test_round_trip_is_deterministic(filename: str) -> None:
    data = FILES[filename]()
    assert read(data, filename) == read(data, filename)
