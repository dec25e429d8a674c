"""A row's number says whose it is, what it is and whether a person stands behind it.

So the full-text index, which knows numbers and nothing else, can count hits by document and kind without looking at
the rows. From the top: the document or plan, the kind, decided or not (together a shelf), and a place on that shelf.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Max

from grunnmur_web.models import FindingState, SearchEntry

Kind = SearchEntry.Kind
PLACE_BITS, DECIDED_BITS, KIND_BITS = 22, 1, 3
OWNER_SHIFT = PLACE_BITS + DECIDED_BITS + KIND_BITS
KIND_SHIFT = PLACE_BITS + DECIDED_BITS
# The order is part of every number that is stored.
KINDS = (Kind.DOCUMENT, Kind.PLAN, Kind.ELEMENT, Kind.FIGURE, Kind.PASSAGE)
DECIDED = (FindingState.ACCEPTED, FindingState.CORRECTED)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Rows of one kind from one document (or a plan); ``owner`` is the document's key, or the plan's for a plan."""

    owner: int
    kind: Kind
    decided: bool

    @property
    def number(self) -> int:
        """What stands above the place in the number of each of its rows."""
        return ((self.owner << KIND_BITS | KINDS.index(self.kind)) << DECIDED_BITS) | self.decided

    @classmethod
    def of_number(cls, number: int) -> Shelf:
        """The shelf with this number."""
        owner_and_kind, decided = divmod(number, 1 << DECIDED_BITS)
        return cls(owner_and_kind >> KIND_BITS, KINDS[owner_and_kind % (1 << KIND_BITS)], bool(decided))

    @classmethod
    def of_entry(cls, entry: SearchEntry) -> Shelf:
        """Where a row belongs. What is not the machine's suggestion counts as decided."""
        owner = entry.plan_id if entry.kind == Kind.PLAN else entry.document_id
        if owner is None:
            raise ValueError("a row belongs to a document or to a plan")
        return cls(owner, Kind(entry.kind), entry.finding is None or entry.finding.state in DECIDED)


def give_numbers(entries: Iterable[SearchEntry]) -> None:
    """Number new rows, in their order, after those that are on their shelves already."""
    ordered = sorted(entries, key=lambda entry: Shelf.of_entry(entry).number)
    for shelf, new in groupby(ordered, key=lambda entry: Shelf.of_entry(entry).number):
        first, last = shelf << PLACE_BITS, ((shelf + 1) << PLACE_BITS) - 1
        highest = SearchEntry.objects.filter(pk__range=(first, last)).aggregate(highest=Max("pk"))["highest"]
        for number, entry in enumerate(new, first if highest is None else highest + 1):
            entry.pk = number


def shelf_sql(id_column: str) -> str:
    """The number of the shelf."""
    return f"{id_column} >> {PLACE_BITS}"


def owner_sql(id_column: str) -> str:
    """The key of the document or the plan."""
    return f"{id_column} >> {OWNER_SHIFT}"


def kind_sql(id_column: str, kind: Kind) -> str:
    """Whether a row is of a kind."""
    return f"({id_column} >> {KIND_SHIFT}) & {(1 << KIND_BITS) - 1} = {KINDS.index(kind)}"


def decided_sql(id_column: str) -> str:
    """Whether a row is no mere suggestion."""
    return f"({id_column} >> {PLACE_BITS}) & 1 = 1"


def document_range(document: int) -> tuple[int, int]:
    """The lowest and highest number that a document's rows can have; a plan with the same key has some between."""
    return document << OWNER_SHIFT, ((document + 1) << OWNER_SHIFT) - 1
