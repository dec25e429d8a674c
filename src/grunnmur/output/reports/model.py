"""A report as blocks, written once and turned into web page, Word and PDF by the same words in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias


class Tone(StrEnum):
    """How a paragraph is set."""

    BODY = "body"
    LEAD = "lead"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; ``href`` is «#anchor» inside the report or a web address."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class HeadingBlock:
    """A heading, ``level`` 1–4. ``number`` is part of what the plan is cited by, and never changes on its own."""

    level: int
    text: str
    number: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class ParagraphBlock:
    """A paragraph."""

    runs: Runs
    tone: Tone = Tone.BODY


@dataclass(frozen=True, slots=True)
class QuoteBlock:
    """Words read from a source, and where they stand."""

    text: str
    source: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class ListingBlock:
    """A list."""

    items: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class GridBlock:
    """A table with a caption and one row of heads; ``numeric`` columns are set to the right."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]
    numeric: frozenset[int] = frozenset()
    widths: tuple[int, ...] = ()


ReportBlock: TypeAlias = HeadingBlock | ParagraphBlock | QuoteBlock | ListingBlock | GridBlock


@dataclass(frozen=True, slots=True)
class ReportLabels:
    """The words a report needs round its content, in the reader's language."""

    contents: str
    page: str
    of: str
    footer: str


@dataclass(frozen=True, slots=True)
class Report:
    """Title, what it is («utkast»), and blocks. ``language`` is an IETF tag («nb»)."""

    title: str
    subtitle: str
    language: str
    labels: ReportLabels
    blocks: tuple[ReportBlock, ...] = ()
    notice: str = ""
    facts: tuple[tuple[str, str], ...] = field(default=())

    def headings(self) -> Iterator[HeadingBlock]:
        """The headings in order, for a table of contents."""
        return (block for block in self.blocks if isinstance(block, HeadingBlock))


def text_runs(text: str) -> Runs:
    """A text without emphasis as runs."""
    return (Run(text),) if text else ()


def plain(runs: Runs) -> str:
    """The text of runs."""
    return "".join(run.text for run in runs)
