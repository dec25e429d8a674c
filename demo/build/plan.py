"""A plan between Markdown and the file formats, and the words and looks that the formats share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

ACCENT = "1B4B5A"
SHADE = "E4EEF0"
KEEP_ROWS = 10  # shorter tables stay on one page
STATUS_WORDS = {
    "nb": {"adopted": "vedtatt (illustrasjon)", "expired": "utløpt", "in preparation": "under arbeid"},
    "nn": {"adopted": "vedteken (illustrasjon)", "expired": "gått ut", "in preparation": "under arbeid"},
}
CONTENTS_WORD = {"nb": "Innhold", "nn": "Innhald"}
PAGE_WORD = {"nb": "Side", "nn": "Side"}
OF_WORD = {"nb": "av", "nn": "av"}
FOOTER_WORD = {"nb": "Illustrasjon – ikke vedtatt plan", "nn": "Illustrasjon – ikkje vedteken plan"}


@dataclass(frozen=True)
class Run:
    """A stretch of text with one look; ``note`` is the text of a footnote hanging on its end."""

    text: str
    bold: bool = False
    italic: bool = False
    note: str | None = None


Runs = list[Run]


@dataclass
class Heading:
    """A heading and its level."""

    level: int
    runs: Runs


@dataclass
class Paragraph:
    """A paragraph of running text."""

    runs: Runs


@dataclass
class ListItem:
    """One item of a list, with the lists nested in it."""

    runs: Runs
    children: list[ListBlock] = field(default_factory=list)


@dataclass
class ListBlock:
    """A bulleted or numbered list."""

    ordered: bool
    items: list[ListItem]


@dataclass
class Table:
    """A table with one header row; ``right`` says which columns are set flush right."""

    header: list[Runs]
    rows: list[list[Runs]]
    right: list[bool]


@dataclass
class Quote:
    """A set-off remark: the notice on top of a plan, or speaker notes in a slide deck."""

    paragraphs: list[Runs]


Block = Heading | Paragraph | ListBlock | Table | Quote


@dataclass
class Plan:
    """One plan: its front matter and its blocks."""

    name: str
    meta: dict[str, Any]
    blocks: list[Block]

    @property
    def language(self) -> str:
        """Return nb or nn."""
        return str(self.meta["language"])

    @property
    def title(self) -> str:
        """Return the title of the plan."""
        return str(self.meta["title"])

    @property
    def facts(self) -> list[str]:
        """Return the lines under the title: period, owner and status."""
        period, owner, status = ("Periode", "Ansvarlig", "Status")
        if self.language == "nn":
            owner = "Ansvarleg"
        word = STATUS_WORDS[self.language][self.meta["status"]]
        return [f"{period}: {self.meta['period']}", f"{owner}: {self.meta['owner']}", f"{status}: {word}"]

    @property
    def notice(self) -> str:
        """Return the notice that this is an illustration."""
        first = next(block for block in self.blocks if isinstance(block, Quote))
        return " ".join(plain(runs) for runs in first.paragraphs)

    @property
    def body(self) -> list[Block]:
        """Return the blocks after the title."""
        start = next(i for i, b in enumerate(self.blocks) if isinstance(b, Heading) and b.level == 1)
        return self.blocks[start + 1 :]


def plain(runs: Runs) -> str:
    """Return the text of the runs."""
    return "".join(run.text for run in runs)


def column_weights(table: Table) -> list[float]:
    """Return relative column widths: room for the longest word, more for columns with long text."""
    weights = []
    for column in zip(table.header, *table.rows, strict=True):
        texts = [plain(cell) for cell in column]
        word = max((len(w) for text in texts for w in text.split(" ")), default=1)
        weights.append(float(max(word, min(max(len(text) for text in texts), 26), 6)) + 4)
    return weights
