"""What the engine says about a set of plans → rows: the items that went in, the first draft, and what it noticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from grunnmur.choices.merging.model import Expired, Gap, Merge, Pair, Tension, Vocabulary
from grunnmur_web.models import Finding, MergedItem, MergedTheme, Merging, MergingPlan, SourceItem, Suggestion
from grunnmur_web.store.documents import storable
from grunnmur_web.store.merging.items import plain_passages, row_of
from grunnmur_web.store.merging.numbering import numbers

ROWS_AT_A_TIME = 500
TITLE_LENGTH = 200
Kind = Suggestion.Kind


def keep(merging: Merging, merge: Merge) -> None:
    """Write all of it, in place of an earlier try. Call it in a transaction."""
    for rows in (merging.suggestions, merging.sources, merging.themes):
        rows.all().delete()
    themes = _themes(merging, merge)
    items = _items(merging, merge, themes)
    sources = _sources(merging, merge, items)
    _suggestions(merging, merge, sources)


def _themes(merging: Merging, merge: Merge) -> list[MergedTheme]:
    """Largest first within each area."""
    proposal = merge.proposal
    sizes = Counter(item.theme for item in proposal.items)
    order = {index: place for place, (index, _) in enumerate(sizes.most_common())}
    rows = []
    for index, (theme, area) in enumerate(zip(proposal.themes, proposal.areas, strict=True)):
        title = storable(theme.title)[:TITLE_LENGTH]
        why = proposal.reasons[index] if index < len(proposal.reasons) else ()
        rows.append(
            MergedTheme(
                merging=merging,
                key=f"t{index}",
                title=title,
                area=area,
                order=order.get(index, len(sizes)),
                words=[storable(word) for word in theme.words],
                machine={"title": title, "area": area, "reasons": [storable(word) for word, _ in why]},
            )
        )
    return MergedTheme.objects.bulk_create(rows)


def _items(merging: Merging, merge: Merge, themes: list[MergedTheme]) -> dict[str, MergedItem]:
    rows = []
    for order, item in enumerate(merge.proposal.items):
        theme, text = themes[item.theme], storable(item.text)
        machine = {"text": text, "level": item.level, "theme": theme.key}
        rows.append(
            MergedItem(
                merging=merging, theme=theme, key=item.id, level=item.level, text=text, order=order, machine=machine
            )
        )
    return {row.key: row for row in MergedItem.objects.bulk_create(rows, batch_size=ROWS_AT_A_TIME)}


def _sources(merging: Merging, merge: Merge, items: Mapping[str, MergedItem]) -> dict[str, SourceItem]:
    plans = {plan.key: plan for plan in merging.plans.select_related("version").defer("version__text")}
    into = {source: item.id for item in merge.proposal.items for source in item.sources}
    number, findings = numbers(merge.items), _findings(plans.values())
    rows = []
    for item in merge.items:
        plan = plans[item.plan]
        row = row_of(item, plan, number[item.id], findings.get((plan.version_id, item.start, item.end)))
        if item.id in into:
            row.into, row.machine = items[into[item.id]], {"into": into[item.id]}
        rows.append(row)
    return {row.key: row for row in SourceItem.objects.bulk_create(rows, batch_size=ROWS_AT_A_TIME)}


def _findings(plans: Iterable[MergingPlan]) -> dict[tuple[int, int, int], int]:
    """Findings by version and place, so that a document's page can tell what became of what it says."""
    rows = Finding.objects.filter(version__in=[plan.version_id for plan in plans], kind__in=("element", "action"))
    return {(version, start, end): pk for pk, version, start, end in rows.values_list("pk", "version", "start", "end")}


def _suggestions(merging: Merging, merge: Merge, sources: Mapping[str, SourceItem]) -> None:
    made = [(Suggestion(merging=merging, **values), keys) for values, keys in _noticed(merge)]
    Suggestion.objects.bulk_create([row for row, _ in made], batch_size=ROWS_AT_A_TIME)
    link = Suggestion.sources.through
    links = [link(suggestion_id=row.pk, sourceitem_id=sources[key].pk) for row, keys in made for key in keys]
    link.objects.bulk_create(links, batch_size=ROWS_AT_A_TIME)


def _noticed(merge: Merge) -> Iterator[tuple[dict[str, Any], tuple[str, ...]]]:
    """Columns of each suggestion with the keys of its items, each once."""
    for pair in merge.pairs:
        yield _pair(pair), (pair.first, pair.second)
    for tension in merge.tensions:
        yield _tension(tension), tuple(dict.fromkeys(tension.items))
    for gap in merge.gaps:
        yield _gap(gap), (gap.item,)
    for expired in merge.expired:
        yield _expired(expired), (expired.item,) if expired.item else ()
    for key in merge.alone:
        yield {"kind": Kind.ALONE}, (key,)
    for vocabulary in merge.vocabulary:
        yield _vocabulary(vocabulary), ()


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "kind": Kind.PAIR, "code": pair.kind.value, "score": pair.score,
        "details": {"items": [pair.first, pair.second], "shared": [list(words) for words in pair.shared]},
    }  # fmt: skip


def _tension(tension: Tension) -> dict[str, Any]:
    details = {
        "items": list(tension.items), "params": dict(tension.params), "passages": plain_passages(tension.passages),
    }  # fmt: skip
    return {"kind": Kind.TENSION, "code": tension.code, "score": tension.score, "details": details}


def _gap(gap: Gap) -> dict[str, Any]:
    return {"kind": Kind.GAP, "score": len(gap.missing), "details": {"missing": [one.value for one in gap.missing]}}


def _expired(expired: Expired) -> dict[str, Any]:
    details = {
        "plan": expired.plan, "item": expired.item, "params": dict(expired.params),
        "passages": plain_passages((expired.passage,)),
    }  # fmt: skip
    return {"kind": Kind.EXPIRED, "code": expired.code, "details": details}


def _vocabulary(vocabulary: Vocabulary) -> dict[str, Any]:
    terms = [
        {"text": storable(term.text), "plans": list(term.plans), "passages": plain_passages(term.passages)}
        for term in vocabulary.terms
    ]
    return {"kind": Kind.VOCABULARY, "score": vocabulary.score, "details": {"terms": terms}}
