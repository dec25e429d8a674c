"""Cases in YAML, and documents made from their text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from grunnmur.sources.documents.model import Document
from grunnmur.sources.documents.text import read_text

CASES = Path(__file__).parents[2] / "cases"


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of one file."""
    found = yaml.safe_load((CASES / name).read_text(encoding="utf-8"))
    assert isinstance(found, list)
    return found


def document(text: str) -> Document:
    """A plain text document with these words."""
    return read_text(text.encode(), "sak.txt", "0" * 64)


def passage(of: Document, start: int, end: int) -> str:
    """The words at the offsets, white space folded."""
    return " ".join(of.text[start:end].split())
