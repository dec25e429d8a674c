"""What changed from one version of a document to the next, unit by unit, and where an unchanged passage now stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum

from grunnmur.sources.documents.model import Block, BlockKind, Document


class ChangeKind(StrEnum):
    """What became of a unit of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class TextUnit:
    """A heading, paragraph, list item or table row; ``text`` is ``[start:end]`` with white space folded."""

    kind: BlockKind
    start: int
    end: int
    page: int
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One step from the old version to the new; ``old`` is None for what was added, ``new`` for what was removed."""

    kind: ChangeKind
    old: TextUnit | None
    new: TextUnit | None


@dataclass(frozen=True, slots=True)
class Revision:
    """All steps in reading order. Built by :func:`compare`."""

    old_text: str
    new_text: str
    changes: tuple[Change, ...]
    _same: tuple[Change, ...] = field(default=(), repr=False)

    def count(self, kind: ChangeKind) -> int:
        """How many units were added, removed, changed or left as they were."""
        return sum(change.kind is kind for change in self.changes)

    def relocate(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the passage ``old_text[start:end]`` stands in the new text; None unless all around it is unchanged."""
        begins, ends = self._moved(start), self._moved(end - 1)
        if begins is None or ends is None:
            return None
        place = (begins, ends + 1)
        return place if _folded(self.new_text[slice(*place)]) == _folded(self.old_text[start:end]) else None

    def _moved(self, offset: int) -> int | None:
        for change in self._same:
            if change.old and change.new and change.old.start <= offset < change.old.end:
                return self._within(offset, change.old, change.new)
        return None

    def _within(self, offset: int, old: TextUnit, new: TextUnit) -> int | None:
        """The same letter in the new unit; white space may differ, letters do not."""
        if self.old_text[offset].isspace():
            return None
        wanted = sum(not letter.isspace() for letter in self.old_text[old.start : offset])
        letters = (place for place in range(new.start, new.end) if not self.new_text[place].isspace())
        return next((place for index, place in enumerate(letters) if index == wanted), None)


def compare(old: Document, new: Document) -> Revision:
    """Align two versions (Ratcliff/Obershelp on whole units, then pairs within each replaced stretch)."""
    before, after = units_of(old), units_of(new)
    matcher = SequenceMatcher(None, [unit.text for unit in before], [unit.text for unit in after], autojunk=False)
    changes: list[Change] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pairs = zip(before[i1:i2], after[j1:j2], strict=True)
            changes += [Change(ChangeKind.SAME, one, other) for one, other in pairs]
        else:
            changes += _replaced(before[i1:i2], after[j1:j2])
    same = tuple(change for change in changes if change.kind is ChangeKind.SAME)
    return Revision(old.text, new.text, tuple(changes), same)


def units_of(document: Document) -> list[TextUnit]:
    """The units that are compared: every block, and every row of a table."""
    return [unit for block in document.blocks for unit in _units(document.text, block) if unit.text]


def word_changes(old: str, new: str) -> list[tuple[ChangeKind, str]]:
    """A changed unit word by word: runs of words that are the same, removed or added."""
    before, after = _tokens(old), _tokens(new)
    runs: list[tuple[ChangeKind, str]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append((ChangeKind.SAME, " ".join(before[i1:i2])))
            continue
        if i1 < i2:
            runs.append((ChangeKind.REMOVED, " ".join(before[i1:i2])))
        if j1 < j2:
            runs.append((ChangeKind.ADDED, " ".join(after[j1:j2])))
    return runs


# Below this share of common words two units are said to be different ones, not a changed one.
ALIKE = 0.4


def _replaced(before: list[TextUnit], after: list[TextUnit]) -> Iterator[Change]:
    """Pair each removed unit with the first added one that is like it, keeping the order of both."""
    taken = 0
    for unit in before:
        partner = next((n for n in range(taken, len(after)) if _alike(unit.text, after[n].text)), None)
        if partner is None:
            yield Change(ChangeKind.REMOVED, unit, None)
            continue
        yield from (Change(ChangeKind.ADDED, None, other) for other in after[taken:partner])
        yield Change(ChangeKind.CHANGED, unit, after[partner])
        taken = partner + 1
    yield from (Change(ChangeKind.ADDED, None, other) for other in after[taken:])


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, _tokens(one), _tokens(other), autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _units(text: str, block: Block) -> Iterator[TextUnit]:
    if not block.cells:
        yield TextUnit(block.kind, block.start, block.end, block.page, _folded(text[block.start : block.end]))
        return
    for row in sorted({cell.row for cell in block.cells}):
        cells = [cell for cell in block.cells if cell.row == row]
        start, end = min(cell.start for cell in cells), max(cell.end for cell in cells)
        yield TextUnit(block.kind, start, end, block.page, _folded(text[start:end]))


def _tokens(text: str) -> list[str]:
    return text.split()


def _folded(text: str) -> str:
    return " ".join(text.split())
