"""Items that do not say what somebody must know before they can be carried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from grunnmur.choices.merging.model import Gap, Item, Missing

# A vision or a principle is not carried out by itself; an action is, and a goal must be possible to follow up.
DEMANDED: Mapping[str, tuple[Missing, ...]] = MappingProxyType(
    {
        "action": (Missing.OWNER, Missing.MONEY, Missing.DATE),
        "target": (Missing.DATE,),
        "goal": (Missing.INDICATOR,),
        "subgoal": (Missing.INDICATOR,),
    }
)


def find_gaps(items: Sequence[Item], demanded: Mapping[str, Sequence[Missing]] = DEMANDED) -> tuple[Gap, ...]:
    """What is missing for each item, by what its type demands; items that lack nothing are left out."""
    gaps = []
    for item in items:
        missing = tuple(want for want in demanded.get(item.type, ()) if not _has(item, want))
        if missing:
            gaps.append(Gap(item.id, missing))
    return tuple(gaps)


def _has(item: Item, want: Missing) -> bool:
    return {
        Missing.OWNER: bool(item.owner),
        Missing.MONEY: bool(item.effects),
        Missing.DATE: bool(item.dates or item.when),
        Missing.INDICATOR: bool(item.indicators),
    }[want]
