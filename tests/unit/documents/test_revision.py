"""What changed between two versions, and where an unchanged passage now stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grunnmur.sources.documents.builder import CellText, DocumentBuilder
from grunnmur.sources.documents.model import BlockKind, Document, Format
from grunnmur.sources.documents.revision import ChangeKind, compare, units_of, word_changes

PARAGRAPHS = st.lists(st.text("abc æøå\n", min_size=1, max_size=30), max_size=8)


def written(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = ()) -> Document:
    builder = DocumentBuilder(Format.TEXT, "0" * 64)
    for paragraph in paragraphs:
        builder.add(BlockKind.PARAGRAPH, paragraph)
    builder.add_table([CellText(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)])
    return builder.build()


def kinds(old: Document, new: Document) -> list[str]:
    return [change.kind.value for change in compare(old, new).changes]


def test_added_removed_and_changed_paragraphs_are_told_apart() -> None:
    old = written("Innledning til planen.", "Det er 241 plasser i dag.", "Dette utgår helt og holdent.")
    new = written("Innledning til planen.", "Det er 260 plasser i dag.", "Noe annet, nytt og ukjent.")
    assert kinds(old, new) == ["same", "changed", "removed", "added"]


def test_a_table_is_compared_row_by_row() -> None:
    old = written(rows=(("Hva", "2024"), ("Plasser", "241"), ("Ansatte", "38")))
    new = written(rows=(("Hva", "2024"), ("Plasser", "260"), ("Ansatte", "38")))
    assert kinds(old, new) == ["same", "changed", "same"]


def test_a_changed_paragraph_is_shown_word_by_word() -> None:
    assert word_changes("Det er 241 plasser i dag", "Det er 260 plasser nå") == [
        (ChangeKind.SAME, "Det er"),
        (ChangeKind.REMOVED, "241"),
        (ChangeKind.ADDED, "260"),
        (ChangeKind.SAME, "plasser"),
        (ChangeKind.REMOVED, "i dag"),
        (ChangeKind.ADDED, "nå"),
    ]


def test_a_passage_in_an_unchanged_paragraph_is_found_again() -> None:
    old, new = written("Det er 241 plasser."), written("En ny innledning.", "Det  er\n241 plasser.")
    start = old.text.index("241 plasser")
    place = compare(old, new).relocate(start, start + len("241 plasser"))
    assert place is not None
    assert new.text[slice(*place)] == "241 plasser"


@pytest.mark.parametrize("other", ["Det er 241 plasser i dag.", "Ikke lenger."])
def test_a_passage_whose_surroundings_changed_is_not_carried(other: str) -> None:
    old = written("Det er 241 plasser.")
    start = old.text.index("241")
    assert compare(old, written(other)).relocate(start, start + 3) is None


def test_the_same_words_twice_are_told_apart_by_their_order() -> None:
    old = written("Det er 38 plasser.", "Skille.", "Det er 38 plasser.")
    new = written("Først.", "Det er 38 plasser.", "Skille.", "Det er 38 plasser.")
    start = old.text.rindex("38")
    assert compare(old, new).relocate(start, start + 2) == (new.text.rindex("38"), new.text.rindex("38") + 2)


@given(PARAGRAPHS, PARAGRAPHS)
def test_every_unit_of_both_versions_stands_once_and_in_order(before: list[str], after: list[str]) -> None:
    old, new = written(*before), written(*after)
    changes = compare(old, new).changes
    assert [change.old for change in changes if change.old] == units_of(old)
    assert [change.new for change in changes if change.new] == units_of(new)


@given(PARAGRAPHS)
def test_nothing_changed_means_every_word_stands_where_it_stood(paragraphs: list[str]) -> None:
    document = written(*paragraphs)
    revision = compare(document, document)
    assert revision.count(ChangeKind.SAME) == len(revision.changes)
    for unit in units_of(document):
        first = next(place for place in range(unit.start, unit.end) if not document.text[place].isspace())
        assert revision.relocate(first, first + 1) == (first, first + 1)
