"""A merge as a report: the new plan with its sources, what the plans disagree on, and what became of every item.

The shell gives the words: ``words(code, **params)`` for the codes in :data:`CODES`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Protocol

from grunnmur.choices.merging.balance import Balance, balance, plans_behind, total
from grunnmur.choices.merging.model import Fate, Item, Merge, Outcome, ProposedItem, SourcePlan
from grunnmur.choices.merging.serialise import left_out
from grunnmur.kernel.provenance import Passage
from grunnmur.output.reports import (
    GridBlock,
    HeadingBlock,
    ListingBlock,
    ParagraphBlock,
    QuoteBlock,
    Report,
    ReportBlock,
    ReportLabels,
    Run,
    Tone,
    text_runs,
    to_html,
    to_pdf,
    to_word,
)

CODES = (
    "title", "subtitle", "notice", "contents", "page", "of", "footer",  # the whole
    "fact-plans", "fact-items", "fact-new", "fact-duplicates", "fact-made",  # names of facts on the first page
    "behind",  # count, of: «7 av 9 planer»
    "source",  # plan, label, page: where a quote stands
    "tensions", "tensions-lead", "tension-direction", "tension-number", "tension-deadline",
    "gaps", "gaps-lead", "missing-owner", "missing-money", "missing-date", "missing-indicator",
    "expired", "expired-lead", "expired-law", "expired-deadline", "expired-period",
    "vocabulary", "vocabulary-lead",
    "left-out", "left-out-lead", "nothing-left-out",
    "balance", "balance-lead", "column-plan", "column-in", "all-plans",
    "fates", "fates-lead", "column-item", "column-type", "column-fate", "column-into", "column-reason",
    "fate-kept", "fate-merged", "fate-moved", "fate-closed", "fate-proposed", "fate-undecided",
    "column-missing", "column-why", "level", "type",  # level and type take ``name``
)  # fmt: skip
SHORT = 140


class MergeWords(Protocol):
    """The reader's words for a code."""

    def __call__(self, code: str, **params: object) -> str:
        """The words."""


@dataclass(frozen=True)
class MergeReport:
    """Builds the report of one merge."""

    merge: Merge
    words: MergeWords
    language: str = "nb"
    made: datetime | None = None

    @cached_property
    def items(self) -> dict[str, Item]:
        """Source items by id."""
        return {item.id: item for item in self.merge.items}

    @cached_property
    def plans(self) -> dict[str, SourcePlan]:
        """Source plans by id."""
        return {plan.id: plan for plan in self.merge.plans}

    @cached_property
    def outcomes(self) -> dict[str, Outcome]:
        """What became of each source item, by its id."""
        return {outcome.item: outcome for outcome in self.merge.outcomes}

    @cached_property
    def numbers(self) -> dict[str, str]:
        """The number of each new item, by its id."""
        return item_numbers(self.merge)

    def report(self) -> Report:
        """The whole report."""
        words = self.words
        labels = ReportLabels(words("contents"), words("page"), words("of"), words("footer"))
        blocks = (
            *self._plan(), *self._tensions(), *self._gaps(), *self._expired(), *self._vocabulary(),
            *self._left_out(), *self._balance(), *self._fates(),
        )  # fmt: skip
        return Report(
            words("title"), words("subtitle"), self.language, labels, blocks, words("notice"), tuple(self._facts())
        )

    def _facts(self) -> Iterator[tuple[str, str]]:
        yield self.words("fact-plans"), str(len(self.plans))
        yield self.words("fact-items"), str(len(self.items))
        new = self.merge.proposal.items
        yield self.words("fact-new"), str(len(new))
        yield self.words("fact-duplicates"), str(sum(max(0, len(item.sources) - 1) for item in new))
        if self.made:
            yield self.words("fact-made"), f"{self.made.day}.{self.made.month}.{self.made.year}"

    def _plan(self) -> Iterator[ReportBlock]:
        """Areas, themes and items, each item with all its sources read from the plans."""
        proposal = self.merge.proposal
        for place, area in enumerate(proposal.frame.areas, 1):
            yield HeadingBlock(1, area.title, str(place), f"d{place}")
            if area.description:
                yield ParagraphBlock(text_runs(area.description), Tone.LEAD)
            themes = [index for index, where in enumerate(proposal.areas) if where == place - 1]
            for order, theme in enumerate(themes, 1):
                yield from self._theme(theme, f"{place}.{order}")

    def _theme(self, theme: int, number: str) -> Iterator[ReportBlock]:
        mine = [item for item in self.merge.proposal.items if item.theme == theme]
        yield HeadingBlock(2, self.merge.proposal.themes[theme].title, number, f"d{number}")
        sources = [source for item in mine for source in item.sources]
        yield ParagraphBlock(text_runs(self._behind(sources)), Tone.NOTE)
        for item in mine:
            yield from self._item(item)

    def _item(self, item: ProposedItem) -> Iterator[ReportBlock]:
        number = self.numbers[item.id]
        yield HeadingBlock(3, item.text, number, f"d{number}")
        yield ParagraphBlock(
            text_runs(f"{self.words('level', name=item.level)} · {self._behind(item.sources)}"), Tone.NOTE
        )
        sources = [self._quote(self.items[source]) for source in item.sources]
        if [quote.text for quote in sources] == [item.text]:
            yield ParagraphBlock(text_runs(sources[0].source), Tone.NOTE)  # its own words need no repeating
        else:
            yield from sources

    def _behind(self, sources: Sequence[str]) -> str:
        share = plans_behind(sources, self.merge.items)
        return self.words("behind", count=share.count, of=share.of)

    def _quote(self, item: Item) -> QuoteBlock:
        plan = self.plans[item.plan]
        return QuoteBlock(_folded(plan.text[item.start : item.end]), self._where(item))

    def _where(self, item: Item) -> str:
        return self.words("source", plan=self.plans[item.plan].title, label=item.label or "", page=item.page)

    def _tensions(self) -> Iterator[ReportBlock]:
        if not self.merge.tensions:
            return
        yield from self._head("tensions")
        for tension in self.merge.tensions:
            yield ParagraphBlock((Run(self.words(f"tension-{tension.code}", **tension.params), bold=True),))
            for item, passage in zip(tension.items, tension.passages, strict=True):
                yield QuoteBlock(self._read(self.items[item].plan, passage), self._where(self.items[item]))

    def _read(self, plan: str, passage: Passage) -> str:
        return _folded(passage.read(self.plans[plan].text))

    def _gaps(self) -> Iterator[ReportBlock]:
        if not self.merge.gaps:
            return
        yield from self._head("gaps")
        rows = (
            (self._name(self.items[gap.item]), ", ".join(self.words(f"missing-{one.value}") for one in gap.missing))
            for gap in self.merge.gaps
        )
        yield self._grid("gaps", ("column-item", "column-missing"), rows, (3, 2))

    def _expired(self) -> Iterator[ReportBlock]:
        if not self.merge.expired:
            return
        yield from self._head("expired")
        rows = (
            (
                self._read(one.plan, one.passage),
                self.words(f"expired-{one.code}", **one.params),
                self._name(self.items[one.item]) if one.item else self.plans[one.plan].title,
            )
            for one in self.merge.expired
        )
        yield self._grid("expired", ("column-item", "column-why", "column-plan"), rows, (2, 2, 3))

    def _vocabulary(self) -> Iterator[ReportBlock]:
        if not self.merge.vocabulary:
            return
        yield from self._head("vocabulary")
        yield ListingBlock(
            tuple(
                text_runs(" · ".join(f"«{term.text}» ({self._titles(term.plans)})" for term in entry.terms))
                for entry in self.merge.vocabulary
            )
        )

    def _titles(self, plans: Sequence[str]) -> str:
        return ", ".join(self.plans[plan].title for plan in plans)

    def _left_out(self) -> Iterator[ReportBlock]:
        yield from self._head("left-out")
        missing = left_out(self.merge)
        if not missing:
            yield ParagraphBlock(text_runs(self.words("nothing-left-out")))
        for id in missing:
            yield self._quote(self.items[id])

    def _balance(self) -> Iterator[ReportBlock]:
        yield from self._head("balance")
        balances = balance(self.merge.items, self.merge.outcomes)
        rows = [(self.plans[plan].title, *_cells(one)) for plan, one in balances.items()]
        rows.append((self.words("all-plans"), *_cells(total(balances))))
        heads = ("column-plan", "column-in", *(f"fate-{fate}" for fate in _FATES))
        yield self._grid("balance", heads, rows, (5, *(2,) * (len(heads) - 1)), frozenset(range(1, len(heads))))

    def _fates(self) -> Iterator[ReportBlock]:
        """One table for each plan: every item that went in, and where it is now."""
        yield from self._head("fates")
        for plan in self.merge.plans:
            mine = [item for item in self.merge.items if item.plan == plan.id]
            rows = [self._fate(item) for item in mine]
            heads = ("column-item", "column-type", "column-fate", "column-into", "column-reason")
            yield HeadingBlock(2, plan.title, "", f"skjebne-{plan.id}")
            yield self._grid("fates", heads, rows, (6, 2, 2, 1, 3), caption=plan.title)

    def _fate(self, item: Item) -> tuple[str, ...]:
        outcome = self.outcomes[item.id]
        return (
            self._name(item),
            self.words("type", name=item.type),
            self.words(f"fate-{outcome.fate.value}"),
            self.numbers.get(outcome.into or "", ""),
            outcome.reason,
        )

    def _name(self, item: Item) -> str:
        text = item.text if len(item.text) <= SHORT else item.text[: SHORT - 1].rsplit(" ", 1)[0] + " …"
        return f"{item.label}: {text}" if item.label else text

    def _head(self, code: str) -> Iterator[ReportBlock]:
        yield HeadingBlock(1, self.words(code), "", code)
        yield ParagraphBlock(text_runs(self.words(f"{code}-lead")), Tone.LEAD)

    def _grid(
        self,
        code: str,
        heads: Sequence[str],
        rows: Iterator[tuple[str, ...]] | Sequence[tuple[str, ...]],
        widths: tuple[int, ...],
        numeric: frozenset[int] = frozenset(),
        caption: str = "",
    ) -> GridBlock:
        """A table of texts; a number of a new item is a link to it."""
        known = set(self.numbers.values())
        cells = tuple(
            tuple((Run(text, href=f"#d{text}"),) if text in known and not numeric else text_runs(text) for text in row)
            for row in rows
        )
        return GridBlock(caption or self.words(code), tuple(map(self.words, heads)), cells, numeric, widths)


_FATES = tuple(fate.value for fate in Fate)


def item_numbers(merge: Merge) -> dict[str, str]:
    """«1.2.3» for each item of the new plan: area, theme in the area, item in the theme."""
    found: dict[str, str] = {}
    themes = [0] * len(merge.proposal.frame.areas)
    for theme, area in enumerate(merge.proposal.areas):
        themes[area] += 1
        mine = (item for item in merge.proposal.items if item.theme == theme)
        found |= {item.id: f"{area + 1}.{themes[area]}.{order}" for order, item in enumerate(mine, 1)}
    return found


def merge_report(merge: Merge, words: MergeWords, *, language: str = "nb", made: datetime | None = None) -> Report:
    """The report of a merge, ready to be written as web page, Word or PDF."""
    return MergeReport(merge, words, language, made).report()


def write_merge(
    merge: Merge, folder: Path, words: MergeWords, *, language: str = "nb", made: datetime | None = None
) -> tuple[Path, ...]:
    """Write merged.html, .docx and .pdf in ``folder``. Raises OSError when it can't be written there."""
    report = merge_report(merge, words, language=language, made=made)
    whole = {"html": to_html(report), "docx": to_word(report, made), "pdf": to_pdf(report, made)}
    for ending, content in whole.items():
        (folder / f"merged.{ending}").write_bytes(content)
    return tuple(folder / f"merged.{ending}" for ending in whole)


def _cells(one: Balance) -> tuple[str, ...]:
    return (str(one.incoming), *(str(getattr(one, fate)) for fate in _FATES))


def _folded(text: str) -> str:
    return " ".join(text.split())
