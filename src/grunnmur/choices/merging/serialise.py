"""A merge as the JSON object that ``grunnmur merge`` writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from grunnmur.choices.merging.balance import Balance, balance
from grunnmur.choices.merging.model import (
    Expired,
    Item,
    Merge,
    Outcome,
    Pair,
    PairKind,
    ProposedItem,
    Tension,
    Vocabulary,
)
from grunnmur.kernel import Passage

Json: TypeAlias = dict[str, Any]


def merge_json(merge: Merge) -> Json:
    """The object of the contract (DESIGN §7): documents, sources, areas, duplicates, tensions, gaps and balance.

    Beside these stand ``overlaps``, ``expired``, ``alone``, ``vocabulary`` and ``left_out``. A document's id is its
    plan's; ``text[start:end]`` of the document's canonical text is the passage of each source and citation.
    """
    items = {item.id: item for item in merge.items}
    outcomes = {outcome.item: outcome for outcome in merge.outcomes}
    plans = {plan.sha256: plan.id for plan in merge.plans}
    return {
        "documents": [{"id": plan.id, "title": plan.title, "sha256": plan.sha256} for plan in merge.plans],
        "sources": [_source(item, outcomes[item.id]) for item in merge.items],
        "areas": _areas(merge, items),
        "duplicates": [_pair(pair) for pair in merge.pairs if pair.kind is PairKind.DUPLICATE],
        "overlaps": [_pair(pair) for pair in merge.pairs if pair.kind is PairKind.OVERLAP],
        "tensions": [_tension(tension, plans) for tension in merge.tensions],
        "gaps": [{"source": gap.item, "missing": [want.value for want in gap.missing]} for gap in merge.gaps],
        "expired": [_expired(expired, plans) for expired in merge.expired],
        "alone": list(merge.alone),
        "vocabulary": [_vocabulary(entry, plans) for entry in merge.vocabulary],
        "left_out": left_out(merge),
        "balance": {plan: _balance(one) for plan, one in balance(merge.items, merge.outcomes).items()},
    }


def left_out(merge: Merge) -> list[str]:
    """Source items that no item of the new plan stands for."""
    cited = {source for item in merge.proposal.items for source in item.sources}
    return [item.id for item in merge.items if item.id not in cited]


def _source(item: Item, outcome: Outcome) -> Json:
    return {
        "id": item.id, "document": item.plan, "type": item.type, "text": item.text,
        "start": item.start, "end": item.end, "page": item.page, "label": item.label, "parent": item.parent,
        "owner": item.owner, "effects": [{"year": year, "nok": nok} for year, nok in item.effects],
        "dates": list(item.dates), "when": item.when, "indicators": list(item.indicators),
        "fate": {"kind": outcome.fate.value, "into": outcome.into, "reason": outcome.reason},
    }  # fmt: skip


def _areas(merge: Merge, items: Mapping[str, Item]) -> list[Json]:
    proposal = merge.proposal
    by_theme: dict[int, list[Json]] = {}
    for proposed in proposal.items:
        by_theme.setdefault(proposed.theme, []).append(_proposed(proposed, items))
    return [
        {
            "title": area.title,
            "themes": [
                {"title": theme.title, "words": list(theme.words), "items": by_theme.get(index, [])}
                for index, theme in enumerate(proposal.themes)
                if proposal.areas[index] == place
            ],
        }
        for place, area in enumerate(proposal.frame.areas)
    ]


def _proposed(proposed: ProposedItem, items: Mapping[str, Item]) -> Json:
    sources = [items[source] for source in proposed.sources]
    return {
        "id": proposed.id, "level": proposed.level, "text": proposed.text, "sources": list(proposed.sources),
        "citations": [{"document": one.plan, "start": one.start, "end": one.end} for one in sources],
    }  # fmt: skip


def _pair(pair: Pair) -> list[Any]:
    return [pair.first, pair.second, round(pair.score, 4)]


def _tension(tension: Tension, plans: Mapping[str, str]) -> Json:
    return {
        "sources": list(tension.items), "why": tension.code, "params": dict(tension.params),
        "score": round(tension.score, 4), "citations": [_citation(passage, plans) for passage in tension.passages],
    }  # fmt: skip


def _expired(expired: Expired, plans: Mapping[str, str]) -> Json:
    return {
        "document": expired.plan, "source": expired.item, "why": expired.code, "params": dict(expired.params),
        "citation": _citation(expired.passage, plans),
    }  # fmt: skip


def _vocabulary(entry: Vocabulary, plans: Mapping[str, str]) -> Json:
    return {
        "score": round(entry.score, 4),
        "terms": [
            {"text": term.text, "documents": list(term.plans),
             "citations": [_citation(passage, plans) for passage in term.passages]}
            for term in entry.terms
        ],
    }  # fmt: skip


def _citation(passage: Passage, plans: Mapping[str, str]) -> Json:
    return {"document": plans[passage.document], "start": passage.start, "end": passage.end}


def _balance(one: Balance) -> Json:
    return {
        "in": one.incoming, "kept": one.kept, "merged": one.merged, "moved": one.moved, "closed": one.closed,
        "proposed": one.proposed, "undecided": one.undecided,
    }  # fmt: skip
