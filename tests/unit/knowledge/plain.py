"""Documents for tests: plain text through the real reader, and tables cell by cell."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import yaml

from grunnmur.sources.documents.builder import CellText, DocumentBuilder
from grunnmur.sources.documents.model import BlockKind, Document, Format
from grunnmur.sources.documents.text import read_text

CASES = Path(__file__).parents[2] / "cases"


def plain(text: str) -> Document:
    """The document a text file with these words gives."""
    data = text.encode()
    return read_text(data, "notat.txt", hashlib.sha256(data).hexdigest())


def table(rows: list[list[str]], *before: str, header: bool = True) -> Document:
    """A document with paragraphs and then a table, its first row marked as header unless told otherwise."""
    builder = DocumentBuilder(Format.DOCX, "0" * 64, "Tabell")
    for words in before:
        builder.add(BlockKind.PARAGRAPH, words)
    cells = [
        CellText(row, column, words, header=header and row == 0)
        for row, line in enumerate(rows)
        for column, words in enumerate(line)
    ]
    builder.add_table(cells)
    return builder.build("nb")


def cases(name: str) -> list[Any]:
    """The readable cases of ``tests/cases/<name>.yaml``."""
    loaded: list[Any] = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded
