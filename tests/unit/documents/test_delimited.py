"""CSV and TSV in the encodings and with the delimiters that Norwegian systems write."""

from __future__ import annotations

import pytest
from office_samples import grid, outline, read
from pdf_samples import codes, rows

TABLE = "Enhet;Beløp;Andel\nGrunnskole på Øya;440 000,50;12,5\nÆrlig talt;1 250;88\n"
EXPECTED = [["Enhet", "Beløp", "Andel"], ["Grunnskole på Øya", "440 000,50", "12,5"], ["Ærlig talt", "1 250", "88"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_delimited_encodings(encoding: str, line_end: str) -> None:
    assert rows(read(TABLE.replace("\n", line_end).encode(encoding), "tall.csv")) == EXPECTED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a;b\n1,5;2,5\n", [["a", "b"], ["1,5", "2,5"]]),
        ("a\tb\n1,5\t2,5\n", [["a", "b"], ["1,5", "2,5"]]),
        ("a,b\n1.5,2\n", [["a", "b"], ["1.5", "2"]]),
        ("a|b\nx|2\n", [["a", "b"], ["x", "2"]]),
        ("sep=,\na,b\nx;y,2\n", [["a", "b"], ["x;y", "2"]]),
        ('a;b\n"to\nlinjer";"sa ""ja"""\n', [["a", "b"], ["to linjer", 'sa "ja"']]),
    ],
)
def test_delimited_delimiters(text: str, expected: list[list[str]]) -> None:
    assert rows(read(text, "tall.csv")) == expected


def test_delimited_header_is_the_row_of_labels() -> None:
    assert grid(read("År;Sum\n2024;10\n", "tall.csv"))[:2] == ["0,0* År", "0,1* Sum"]


def test_delimited_title_above_the_table_is_text() -> None:
    document = read("Befolkning etter alder\n\nÅr;Sum\n2024;10\n", "tall.csv")
    assert outline(document) == ["paragraph Befolkning etter alder"]
    assert rows(document) == [["År", "Sum"], ["2024", "10"]]
    assert codes(document) == []


def test_delimited_ragged_rows_are_kept_and_told() -> None:
    document = read("a;b\n1;2\n3;4;5\n6;7\n", "tall.csv")
    assert rows(document) == [["a", "b", ""], ["1", "2", ""], ["3", "4", "5"], ["6", "7", ""]]
    assert [(notice.code, dict(notice.params)) for notice in document.notices] == [
        ("ragged-rows", {"rows": 1, "columns": 2})
    ]
