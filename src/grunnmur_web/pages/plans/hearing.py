"""What came in at a hearing, with the element each comment is about and the counts of all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grunnmur_web.models import Plan, PlanComment
from grunnmur_web.pages.plans.heads import PlanHead, plan_head
from grunnmur_web.pages.plans.reading import element_name
from grunnmur_web.permissions import Visitor
from grunnmur_web.store.plans import snapshot
from grunnmur_web.words import numbers

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment with the element it is about, by the name it had in the edition."""

    comment: PlanComment
    element: str
    anchor: str


@dataclass(frozen=True, slots=True)
class HearingPage:
    """Comments in one state, or all. ``filters`` are (state, name, count, chosen)."""

    head: PlanHead
    page: Page[Any]
    rows: tuple[CommentRow, ...]
    summary: str
    filters: tuple[tuple[str, str, int, bool], ...]
    shown: str


def hearing_page(user: Visitor, plan: Plan, state: str, number: str | None) -> HearingPage:
    """The comments on all hearing editions of a plan, newest first."""
    comments = PlanComment.objects.filter(edition__plan=plan)
    counts = {one.value: comments.filter(state=one).count() for one in PlanComment.State}
    shown = state if state in counts else ""
    rows = comments.filter(state=shown) if shown else comments
    page = Paginator(rows.select_related("edition", "by", "decided_by", "answered_by").order_by("-id"), PER_PAGE)
    chosen = page.get_page(number)
    return HearingPage(
        head=plan_head(user, plan, "plan-comments"),
        page=chosen,
        rows=tuple(_row(comment) for comment in chosen.object_list),
        summary=_summary(comments.count(), len(set(comments.values_list("element", flat=True))), counts),
        filters=tuple((one.value, str(one.label), counts[one.value], one.value == shown) for one in PlanComment.State),
        shown=shown,
    )


def _row(comment: PlanComment) -> CommentRow:
    one = snapshot.by_id(comment.edition.snapshot).get(comment.element)
    anchor = (one["number"] or f"punkt-{one['id']}") if one else ""
    return CommentRow(comment, element_name(one) if one else "", anchor)


def _summary(count: int, elements: int, counts: dict[str, int]) -> str:
    """«12 innspill til 5 punkter. 3 av dem venter.»"""
    if not count:
        return ""
    said = ngettext("%(n)s innspill", "%(n)s innspill", count) % {"n": numbers.number(count)}
    about = ngettext("%(n)s punkt", "%(n)s punkter", elements) % {"n": numbers.number(elements)}
    text = _("%(comments)s til %(elements)s.") % {"comments": said, "elements": about}
    waiting = counts[PlanComment.State.WAITING.value]
    return text if not waiting else f"{text} " + _("%(n)s av dem venter.") % {"n": numbers.number(waiting)}
