"""The items of a plan: what it wants, chooses, does and binds itself to, and what it says about carrying it out."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from grunnmur.choices.merging.fields import Field, Fields, Said
from grunnmur.choices.merging.model import Item, SourcePlan
from grunnmur.choices.merging.sections import lead_over, leads_of
from grunnmur.choices.merging.targets import binds, find_targets
from grunnmur.kernel import Passage
from grunnmur.knowledge.language.dates import DateKind, find_dates
from grunnmur.knowledge.laws import find_laws
from grunnmur.knowledge.model import Action, Extraction, Law
from grunnmur.sources.documents.model import BlockKind, Document

ACTION = "action"
TARGET = "target"
_ID_DIGITS = 8
_RECURRING = re.compile(
    r"\b(?:(?:halv)?årl[ie]g|måned?l[ie]g|månadl[ie]g|(?:hvert|kvart|hver|kvar)\s+"
    r"(?:år|måned|månad|halvår|tertial|kvartal))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A stretch of the document that becomes an item, before anything is known about it."""

    type: str
    start: int
    end: int
    page: int
    label: str | None = None
    parent: int | None = None
    owner: str | None = None
    effects: tuple[tuple[int | None, float], ...] = ()


def source_plan(document: Document, extraction: Extraction, id: str) -> tuple[SourcePlan, tuple[Item, ...]]:
    """A document that has been read and extracted, as a plan and its items in the order of the text.

    An item's id is the plan's id and a hash of its type and words: it stays the same in a newer version of the file as
    long as the words do.
    """
    found = _once(document.text, _found(document, extraction))
    ids = _ids(id, document.text, [entry for entry, _ in found])
    known = {index: name for name, (_, indices) in zip(ids, found, strict=True) for index in indices}
    describe = _Describer(document, extraction)
    stretches = [entry for entry, _ in found]
    above = _leads_over(describe, stretches)
    items = []
    for name, entry, lead in zip(ids, stretches, above, strict=True):
        parent = known.get(entry.parent) if entry.parent is not None else None
        items.append(describe.item(entry, id, name, parent or (ids[lead] if lead is not None else None)))
    plan = SourcePlan(id, document.title, document.sha256, document.text, _period(document))
    return plan, tuple(items)


def _leads_over(describe: _Describer, found: Sequence[_Found]) -> list[int | None]:
    """For each action and target the place of the goal it stands under."""
    leads = leads_of(
        [entry.type for entry in found], [entry.start for entry in found], [entry.label for entry in found],
        [describe.path(entry.start) for entry in found],
    )  # fmt: skip
    return [
        lead_over(leads, entry.start, describe.context(entry.start)) if entry.type in (ACTION, TARGET) else None
        for entry in found
    ]


def _found(document: Document, extraction: Extraction) -> Iterator[tuple[_Found, int | None]]:
    """Elements with their index, then actions, then targets: what comes first wins where they overlap."""
    for index, element in enumerate(extraction.elements):
        yield _Found(element.type.value, element.start, element.end, element.page, element.label, element.parent), index
    fields = Fields(document)
    for action in extraction.actions:
        effects = tuple((effect.year, effect.nok) for effect in action.effects)
        kind = TARGET if _is_target(document, fields, action) else ACTION
        yield _Found(kind, action.start, action.end, action.page, owner=action.org, effects=effects), None
    for start, end in find_targets(document):
        yield _Found(TARGET, start, end, document.page_at(start)), None


def _is_target(document: Document, fields: Fields, action: Action) -> bool:
    """A sentence of running text that promises a number («Kommunen skal bosette 85 …»), not an entry in a list."""
    block = fields.block_at(action.start)
    if block is None or block.kind is not BlockKind.PARAGRAPH or fields.of(action.start, action.end):
        return False
    return binds(document.text[action.start : action.end])


def _once(text: str, found: Iterable[tuple[_Found, int | None]]) -> list[tuple[_Found, tuple[int, ...]]]:
    """Each stretch once, and words that a plan repeats once; with the indices of the elements that it stands for."""
    kept: list[tuple[_Found, list[int]]] = []
    places: list[int] = []  # starts of kept stretches, in order
    order: list[int] = []
    by_words: dict[tuple[str, str | None], int] = {}
    for entry, index in found:
        same = _overlapping(kept, places, order, entry)
        key = (_folded(text, entry), entry.owner)
        if same is None:
            same = by_words.get(key)
        if same is not None:
            kept[same] = (_joined(kept[same][0], entry), kept[same][1])
        else:
            same = len(kept)
            by_words[key] = same
            place = bisect_right(places, entry.start)
            places.insert(place, entry.start)
            order.insert(place, same)
            kept.append((entry, []))
        if index is not None:
            kept[same][1].append(index)
    return [(entry, tuple(indices)) for entry, indices in sorted(kept, key=lambda pair: (pair[0].start, pair[0].end))]


def _overlapping(
    kept: Sequence[tuple[_Found, list[int]]], places: Sequence[int], order: Sequence[int], entry: _Found
) -> int | None:
    """The kept stretch that shares most of the shorter one's text with ``entry``."""
    place = bisect_right(places, entry.start)
    for near in (place - 1, place):
        if 0 <= near < len(order):
            other = kept[order[near]][0]
            shared = min(entry.end, other.end) - max(entry.start, other.start)
            if 2 * shared > min(entry.end - entry.start, other.end - other.start):
                return order[near]
    return None


def _joined(first: _Found, second: _Found) -> _Found:
    """The first with what only the second knows."""
    return replace(
        first,
        label=first.label or second.label,
        owner=first.owner or second.owner,
        effects=first.effects or second.effects,
    )


def _folded(text: str, entry: _Found) -> str:
    return " ".join(text[entry.start : entry.end].split()).casefold().strip(" .;,:«»“”\"'")


def _ids(plan: str, text: str, found: Sequence[_Found]) -> list[str]:
    seen: Counter[str] = Counter()
    names = []
    for entry in found:
        words = f"{entry.type}\n{_folded(text, entry)}"
        seen[words] += 1
        digest = hashlib.sha256(f"{words}\n{seen[words]}".encode()).hexdigest()
        names.append(f"{plan}-{digest[:_ID_DIGITS]}")
    return names


def _period(document: Document) -> str | None:
    """The range of years in the plan's title («2018-2028»)."""
    ranges = (date.iso for date in find_dates(document.title) if date.kind is DateKind.RANGE)
    return next((iso for iso in ranges if len(iso) == len("2018/2028")), None)


class _Describer:
    """Fills in what the document says round each stretch."""

    def __init__(self, document: Document, extraction: Extraction) -> None:
        self.document = document
        self.fields = Fields(document)
        self.headings = extraction.headings
        self.heading_starts = [heading.start for heading in extraction.headings]
        self.laws = _law_mentions(document)
        self.law_starts = [law.start for law in self.laws]

    def item(self, entry: _Found, plan: str, id: str, parent: str | None) -> Item:
        """The item with its context, owner, money, dates, indicators and laws."""
        text = self.document.text
        said = self.fields.of(entry.start, entry.end)
        dates = self._dates(entry, said)
        return Item(
            id=id, plan=plan, type=entry.type, text=" ".join(text[entry.start : entry.end].split()),
            start=entry.start, end=entry.end, page=entry.page, label=entry.label, parent=parent,
            context=self.context(entry.start), owner=entry.owner or self._first(said, Field.OWNER),
            effects=entry.effects or self._free(said), dates=tuple(iso for iso, _ in dates),
            indicators=tuple(self._words(one) for one in said if one.field is Field.INDICATOR),
            laws=self._laws_near(entry), when=self._first(said, Field.DATE) or self._recurring(entry),
            date_passages=tuple(passage for _, passage in dates),
        )  # fmt: skip

    def _words(self, said: Said) -> str:
        return " ".join(self.document.text[said.start : said.end].split())

    def _recurring(self, entry: _Found) -> str:
        """«Årlig», «hver måned» in an action: a time, though not a date."""
        match = _RECURRING.search(self.document.text, entry.start, entry.end) if entry.type == ACTION else None
        return " ".join(match.group().split()) if match else ""

    def _first(self, said: Sequence[Said], field: Field) -> str | None:
        return next((self._words(one) for one in said if one.field is field), None)

    def _free(self, said: Sequence[Said]) -> tuple[tuple[int | None, float], ...]:
        """Money is spoken of, but no amount: nothing, within the budget, in kind, or positions."""
        for one in said:
            if one.field is Field.MONEY:
                year = next((date.year for date in find_dates(one.head)), None)
                return ((year, 0.0),)
        return ()

    def _dates(self, entry: _Found, said: Sequence[Said]) -> list[tuple[str, Passage]]:
        """Dates of the deadline field, then those in the item's own words, in order, each once."""
        spans = [(one.start, one.end) for one in said if one.field is Field.DATE] + [(entry.start, entry.end)]
        found: dict[str, Passage] = {}
        for start, end in spans:
            for date in find_dates(self.document.text[start:end]):
                if date.kind is not DateKind.RELATIVE and not date.borrowed:
                    passage = Passage(self.document.sha256, start + date.start, start + date.end)
                    found.setdefault(date.iso, passage)
        return list(found.items())

    def path(self, start: int) -> tuple[str, ...]:
        """The headings above what begins at ``start``, and the one it stands in itself."""
        own = [heading.text for heading in self.headings if heading.start <= start < heading.end]
        return (*self.context(start), *own[:1])

    def context(self, start: int) -> tuple[str, ...]:
        """Headings above, the highest first."""
        found: list[str] = []
        level = 99
        for heading in reversed(self.headings[: bisect_right(self.heading_starts, start)]):
            if heading.level < level and not heading.start <= start < heading.end:
                found.append(heading.text)
                level = heading.level
            if level <= 1:
                break
        return tuple(reversed(found))

    def _laws_near(self, entry: _Found) -> tuple[Passage, ...]:
        start, end = self.fields.neighbourhood(entry.start, entry.end)
        first, last = bisect_right(self.law_starts, start - 1), bisect_right(self.law_starts, end)
        return tuple(
            Passage(self.document.sha256, law.start, law.end) for law in self.laws[first:last] if law.end <= end
        )


def _law_mentions(document: Document) -> tuple[Law, ...]:
    return tuple(sorted(find_laws(document), key=lambda law: law.start))
