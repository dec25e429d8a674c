"""Items that rest on an act that has been replaced, or on a deadline or a plan period that has passed."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date

from grunnmur.choices.merging.acts import replaced_acts
from grunnmur.choices.merging.model import Expired, Item, SourcePlan
from grunnmur.kernel import Passage


def find_expired(plans: Sequence[SourcePlan], items: Sequence[Item], today: date) -> tuple[Expired, ...]:
    """What is no longer in force on ``today``: periods of plans, replaced acts and passed deadlines, plan by plan."""
    found: list[Expired] = []
    for plan in plans:
        own = [item for item in items if item.plan == plan.id]
        found += _period(plan, today)
        found += _laws(plan, own, today)
        found += (expired for item in own if (expired := _deadline(item, today)))
    return tuple(found)


def last_day(iso: str) -> date:
    """The last day of a date in ISO 8601: a day, a month, a year or an interval of them."""
    last = iso.rsplit("/", 1)[-1]
    year, month, day = (*(int(part) for part in last.split("-")), 0, 0)[:3]
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def _period(plan: SourcePlan, today: date) -> Iterator[Expired]:
    if plan.period and last_day(plan.period) < today:
        start = plan.text.find(plan.title)
        passage = Passage(plan.sha256, max(start, 0), max(start, 0) + max(len(plan.title), 1))
        yield Expired(plan.id, "period", passage, params={"date": plan.period})


def _laws(plan: SourcePlan, items: Sequence[Item], today: date) -> Iterator[Expired]:
    for named in replaced_acts(plan.text, today):
        item = next((item.id for item in items if any(_touch(law, named.start, named.end) for law in item.laws)), None)
        params = {"successor": named.act.successor, "since": named.act.since.isoformat(), "source": named.act.source}
        yield Expired(plan.id, "law", Passage(plan.sha256, named.start, named.end), item, params)


def _touch(passage: Passage, start: int, end: int) -> bool:
    return passage.start < end and start < passage.end


def _deadline(item: Item, today: date) -> Expired | None:
    """The first date is the deadline field's, when there is one; what has a later date as well goes on."""
    if not item.dates or max(map(last_day, item.dates)) >= today:
        return None
    latest = max(range(len(item.dates)), key=lambda index: last_day(item.dates[index]))
    return Expired(item.plan, "deadline", item.date_passages[latest], item.id, {"date": item.dates[latest]})
