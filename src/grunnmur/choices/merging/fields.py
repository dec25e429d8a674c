"""What a plan says about how an item is to be carried out: who, with what money, by when, measured how.

Plans write it in four ways: as columns of a table, as labels in the item's own paragraph («… Ansvar: NAV. Frist: …»),
as labelled paragraphs after it («Ansvar: NAV»), and as list items below it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from grunnmur.knowledge.language.spans import Span
from grunnmur.sources.documents.model import Block, BlockKind, Cell, Document


class Field(StrEnum):
    """What a label or the head of a column asks for."""

    OWNER = "owner"
    MONEY = "money"
    DATE = "date"
    INDICATOR = "indicator"
    ACTION = "action"


_FORMS = {
    Field.OWNER: r"(?:hoved|hovud)?ansvar\w*|eier|eigar|hvem|kven|utfør\w*|gjennomføres\s+av|virksomhet|verksemd",
    Field.MONEY: r"(?:års)?kostnad\w*|økonomi\w*|beløp|budsjett\w*|pris|ramme|finansiering\w*|ressurs\w*|kroner|kr",
    Field.DATE: r"(?:tids)?frist\w*|når|tidspunkt|tidsplan|tidsramme|tidsrom|tid|periode|ferdig|oppstart|start",
    Field.INDICATOR: r"\w*indikator\w*|måltall?|resultatmål|måling|måles\s+ved|målast\s+ved|effektmål|"
    r"suksesskriteri\w*",
    Field.ACTION: r"(?:hoved|hovud|del)?tiltak(?:et|a|ene)?|aktivitet(?:er|ar)?|mål|delmål|hovedmål|hovudmål|strategi",
}
_LABELS = "|".join(f"(?P<{kind.value}>{forms})" for kind, forms in _FORMS.items())
_LABEL = re.compile(rf"(?:(?<=[.;!?]\s)|^)[\s\W]*(?:{_LABELS})\s*:", re.IGNORECASE | re.MULTILINE)
_HEAD = re.compile(rf"(?:{_LABELS})\b", re.IGNORECASE)
_YEAR_HEAD = re.compile(r"(?:\w+\s+)?20\d\d(?:\s*\([^)]*\))?")
_UNSTATED = re.compile(
    r"[\W_]*|[\W_]*(?:ikke|ikkje|ingen)\s+(?:\w+\s+)?(?:avklart|avklara|satt|sett|fastsatt|fastsett|bestemt|beregnet|"
    r"berekna|oppgitt|oppgjeve|kjent|kjend|klart?|valgt|vald|vedtatt|vedteke|utpekt|finansiert)\W*|"
    r"(?:uavklart|uavklara|ukjent|ukjend|mangler|manglar|usikkert?|(?:må\s+)?avklares|tbd|n/?a)\b.*",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Said:
    """A value that stands for a field: ``text[start:end]``."""

    field: Field
    start: int
    end: int
    head: str = ""


class Fields:
    """Looks up what a document says round a passage."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._blocks = document.blocks
        self._starts = [block.start for block in document.blocks]
        self._rows: dict[int, dict[int, list[Cell]]] = {}

    def of(self, start: int, end: int) -> list[Said]:
        """What is stated for the item at ``start..end``; values that say nothing («–», «ikke avklart») are left out."""
        place = self._place(start)
        if place is None:
            return []
        block = self._blocks[place]
        found = self._in_row(block, start) if block.kind is BlockKind.TABLE else self._in_text(place, end)
        return [said for said in found if not _UNSTATED.fullmatch(self.document.text, said.start, said.end)]

    def block_at(self, offset: int) -> Block | None:
        """The block that holds ``offset``."""
        place = self._place(offset)
        return None if place is None else self._blocks[place]

    def neighbourhood(self, start: int, end: int) -> Span:
        """The item's table row, or its block with the labelled lines that belong to it."""
        place = self._place(start)
        if place is None:
            return start, end
        block = self._blocks[place]
        if block.kind is BlockKind.TABLE:
            row = self._row(block, start)
            return (min(cell.start for cell in row), max(cell.end for cell in row)) if row else (start, end)
        followers = list(self._followers(place))
        return min(start, block.start), max([end, block.end, *(follower.end for follower in followers)])

    def _place(self, offset: int) -> int | None:
        place = bisect_right(self._starts, offset) - 1
        return place if place >= 0 and offset < self._blocks[place].end else None

    def _in_row(self, table: Block, start: int) -> list[Said]:
        row = self._row(table, start)
        if not row:
            return []
        heads = {cell.column: self._words(cell) for cell in table.cells if cell.row == 0}
        of_actions = any(_field_of_head(head) is Field.ACTION for head in heads.values())
        found = []
        for cell in row:
            field = _field_of_head(heads.get(cell.column, ""), of_actions)
            if field and cell.start < cell.end and not cell.start <= start < cell.end:
                found.append(Said(field, cell.start, cell.end, heads[cell.column]))
        return found

    def _row(self, table: Block, start: int) -> list[Cell]:
        rows = self._rows.get(table.start)
        if rows is None:
            rows = self._rows[table.start] = {}
            for cell in table.cells:
                rows.setdefault(cell.row, []).append(cell)
        ordered = sorted(rows)
        firsts = [min(cell.start for cell in rows[number]) for number in ordered]
        place = bisect_right(firsts, start) - 1
        return rows[ordered[place]] if place >= 0 and ordered[place] > 0 else []

    def _in_text(self, place: int, end: int) -> list[Said]:
        own = self._blocks[place]
        found = list(_labelled(self.document.text, min(end, own.end), own.end))
        for block in self._followers(place):
            found += _labelled(self.document.text, block.start, block.end)
        return [said for said in found if said.field is not Field.ACTION]

    def _followers(self, place: int) -> Iterator[Block]:
        """Blocks right after that carry a label or stand below the list item, up to the next item of its kind."""
        own = self._blocks[place]
        for block in self._blocks[place + 1 :]:
            label = _LABEL.match(self.document.text[block.start : block.end])
            deeper = own.kind is BlockKind.LIST_ITEM and block.kind is BlockKind.LIST_ITEM and block.level > own.level
            if block.kind is BlockKind.HEADING or not (label or deeper) or (label and label.lastgroup == Field.ACTION):
                return
            yield block

    def _words(self, cell: Cell) -> str:
        return " ".join(self.document.text[cell.start : cell.end].split())


def label_of(words: str) -> tuple[Field | None, int]:
    """The label that a line opens with («Måltall: …»), and where what it labels begins."""
    label = _LABEL.match(words)
    if label is None:
        return None, 0
    return Field(str(label.lastgroup)), len(words) - len(words[label.end() :].lstrip())


def _field_of_head(head: str, of_actions: bool = False) -> Field | None:
    """In a table of actions a column for a year is money in that year."""
    if of_actions and _YEAR_HEAD.fullmatch(head):
        return Field.MONEY
    match = _HEAD.match(head)
    return Field(str(match.lastgroup)) if match else None


def _labelled(text: str, start: int, end: int) -> Iterator[Said]:
    """Every «Label: value» between two offsets; a value ends where the next label begins."""
    # Sliced, so that the first line counts as one; a sentence ends right before the slice.
    labels = list(_LABEL.finditer(text[start:end]))
    for index, label in enumerate(labels):
        stop = labels[index + 1].start() if index + 1 < len(labels) else end - start
        first, last = start + label.end(), start + stop
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1] in " \t\r\n.;":
            last -= 1
        if first < last:
            yield Said(Field(str(label.lastgroup)), first, last, label.group().strip(" :\n\t•-–"))
