"""Many plans, and a first draft of one: what is alike, what pulls apart, what is missing, and where each item goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from threadpoolctl import threadpool_limits

from grunnmur.choices.merging.alone import find_alone
from grunnmur.choices.merging.expired import find_expired
from grunnmur.choices.merging.frame import DEFAULT_FRAME
from grunnmur.choices.merging.gaps import find_gaps
from grunnmur.choices.merging.likeness import Embedder, space
from grunnmur.choices.merging.model import Frame, Item, Merge, SourcePlan
from grunnmur.choices.merging.pairs import find_pairs
from grunnmur.choices.merging.proposal import propose, proposed_outcomes, same_groups, settled
from grunnmur.choices.merging.tensions import find_tensions
from grunnmur.choices.merging.themes import find_themes
from grunnmur.choices.merging.vocabulary import find_vocabulary
from grunnmur.kernel import BadInput
from grunnmur.knowledge.language.dates import find_dates
from grunnmur.knowledge.language.sentences import find_sentences
from grunnmur.knowledge.language.spans import blank


def merge(
    plans: Sequence[SourcePlan],
    items: Sequence[Item],
    *,
    frame: Frame = DEFAULT_FRAME,
    embedder: Embedder | None = None,
    today: date | None = None,
    seed: int = 0,
) -> Merge:
    """Everything that can be said about the plans without asking anybody; every item has one outcome, ``proposed``.

    Deadlines and acts are judged on ``today`` (the day it is run when None). Deterministic for the same plans, day and
    seed, in whatever order the plans come. Raises BadInput ``no-items`` when there is nothing to merge, ``no-areas``
    for an empty frame and ``same-plan`` (``plan``) when a plan comes twice.
    """
    _check(plans, items, frame)
    # Sums in another order round differently: one thread gives the same answer on every machine.
    with threadpool_limits(limits=1):
        return _merged(plans, items, frame, embedder, today or date.today(), seed)


def _merged(
    plans: Sequence[SourcePlan],
    items: Sequence[Item],
    frame: Frame,
    embedder: Embedder | None,
    today: date,
    seed: int,
) -> Merge:
    background = [sentence for plan in plans for sentence in _sentences(plan.text)]
    where = space([aim_of(item.text) for item in items], background, embedder)
    alike = tuple(sorted(find_pairs(items, where), key=lambda pair: (-pair.score, pair.first, pair.second)))
    tensions = find_tensions(plans, items)
    alike = settled(items, alike, tensions)
    groups = same_groups(items, alike)
    themes = find_themes(items, groups, alike, where, seed)
    proposal = propose(frame, items, groups, themes)
    return Merge(
        plans=tuple(plans),
        items=tuple(items),
        pairs=alike,
        tensions=tensions,
        gaps=find_gaps(items),
        expired=find_expired(plans, items, today),
        alone=find_alone(items, alike),
        vocabulary=find_vocabulary(plans, items, alike),
        proposal=proposal,
        outcomes=proposed_outcomes(items, proposal),
    )


def aim_of(text: str) -> str:
    """A text without its dates: two items are not alike for being due at the same time."""
    dates = [(date.start, date.end) for date in find_dates(text)]
    return " ".join(blank(text, dates).replace("\0", " ").split()) or text


def _check(plans: Sequence[SourcePlan], items: Sequence[Item], frame: Frame) -> None:
    if not items:
        raise BadInput("no-items")
    if not frame.areas:
        raise BadInput("no-areas")
    seen: set[str] = set()
    for plan in plans:
        if plan.id in seen or plan.sha256 in seen:
            raise BadInput("same-plan", plan=plan.title)
        seen |= {plan.id, plan.sha256}


def _sentences(text: str) -> Iterable[str]:
    return (text[start:end] for start, end in find_sentences(text))
