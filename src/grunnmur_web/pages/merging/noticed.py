"""What the machine noticed, in words: likenesses, tensions, what is missing, what has expired, words that differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, QuerySet, When
from django.utils.translation import gettext as _

from grunnmur_web.models import DocumentVersion, Merging, MergingPlan, Suggestion
from grunnmur_web.pages.merging.heads import MergingHead, merging_head
from grunnmur_web.pages.merging.sources import PlanPlace, SourceView, plan_places, source_views, with_relations
from grunnmur_web.permissions import Visitor, sees_suggestions, visible_noticed
from grunnmur_web.store import documents
from grunnmur_web.words import dates
from grunnmur_web.words.merging import plan_share
from grunnmur_web.words.noticed import KINDS, LEADS, expired_sentence, missing_words, pair_sentence, tension_sentence

PER_PAGE = 20
Kind = Suggestion.Kind
ABOUT = {"tema": "sources__into__theme", "punkt": "sources__into"}
_OPEN_FIRST = Case(When(state=Suggestion.State.OPEN, then=0), default=1)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a plan that belong to no source item; ``text`` is read from the document."""

    plan: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class TermView:
    """A word for a thing with who uses it."""

    text: str
    share: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Noticed:
    """One suggestion. ``sentence`` says why; ``quotes`` are words in conflict, in the order of ``sources``."""

    row: Suggestion
    sentence: str
    source_ids: tuple[int, ...]
    sources: tuple[SourceView, ...]
    quotes: tuple[Quote, ...]
    terms: tuple[TermView, ...]
    decided: str


@dataclass(frozen=True, slots=True)
class KindTab:
    """A kind with how many wait and how many there are."""

    kind: str
    name: str
    open: int
    all: int
    here: bool


@dataclass(frozen=True, slots=True)
class NoticedPage:
    """A list of one kind."""

    head: MergingHead
    kinds: tuple[KindTab, ...]
    kind: str
    lead: str
    page: Page[Suggestion]
    items: tuple[Noticed, ...]
    is_narrowed: bool


def noticed_page(
    user: Visitor, merging: Merging, kind: str, *, about: Mapping[str, int], number: str | None = None
) -> NoticedPage:
    """Suggestions of one kind; tensions when ``kind`` is none. What is decided comes last.

    ``about`` narrows it to a theme or an item, by column: :data:`ABOUT`.
    """
    chosen = Kind(kind) if kind in set(Kind) else Kind.TENSION
    seen = visible_noticed(user, merging)
    rows = seen.filter(kind=chosen)
    if about:
        rows = seen.filter(pk__in=rows.filter(**about).values("pk"))
    page = Paginator(rows.order_by(_OPEN_FIRST, "-score", "pk"), PER_PAGE).get_page(number)
    found = {one.row.pk: one for one in noticed(user, merging, rows.filter(pk__in=[row.pk for row in page]))}
    return NoticedPage(
        head=merging_head(user, merging, "merging-noticed"),
        kinds=_kind_tabs(seen, chosen),
        kind=chosen.value,
        lead=str(LEADS[chosen]),
        page=page,
        items=tuple(found[row.pk] for row in page),
        is_narrowed=bool(about),
    )


def noticed(user: Visitor, merging: Merging, rows: QuerySet[Suggestion], *, with_sources: bool = True) -> list[Noticed]:
    """Suggestions in words, with the passages side by side."""
    shown = list(rows.select_related("decided_by").prefetch_related("sources").order_by("-score", "pk"))
    ids = {source.pk for row in shown for source in row.sources.all()}
    views: Mapping[int, SourceView] = {}
    if with_sources and ids:
        views = source_views(user, merging, with_relations(merging.sources.filter(pk__in=ids)))
    quotes = _quotes(user, merging, shown) if with_sources else {}
    plans = {plan.key: plan for plan in merging.plans.all()} if shown else {}
    inside = sees_suggestions(user)
    return [_noticed(row, views, quotes, plans, inside=inside) for row in shown]


def _noticed(
    row: Suggestion,
    views: Mapping[int, SourceView],
    quotes: Mapping[tuple[str, int, int], Quote],
    plans: Mapping[str, MergingPlan],
    *,
    inside: bool,
) -> Noticed:
    order = {key: place for place, key in enumerate(row.details.get("items", ()))}
    sources = sorted(row.sources.all(), key=lambda source: order.get(source.key, 0))
    return Noticed(
        row=row,
        sentence=_sentence(row, plans),
        source_ids=tuple(source.pk for source in sources),
        sources=tuple(views[source.pk] for source in sources if source.pk in views),
        quotes=_found(quotes, row.details.get("passages", ())),
        terms=tuple(_term(term, quotes, len(plans)) for term in row.details.get("terms", ())),
        decided=_decided(row) if inside else "",
    )


def _sentence(row: Suggestion, plans: Mapping[str, MergingPlan]) -> str:
    details = row.details
    if row.kind == Kind.PAIR:
        return pair_sentence(row.code, row.score, details.get("shared", ()))
    if row.kind == Kind.TENSION:
        return tension_sentence(row.code)
    if row.kind == Kind.GAP:
        return missing_words(details.get("missing", ()))
    if row.kind == Kind.EXPIRED:
        plan = plans.get(details.get("plan", ""))
        return expired_sentence(row.code, details.get("params", {}), plan.title if plan else "")
    if row.kind == Kind.VOCABULARY:
        return _("Planene ser ut til å bruke ulike ord om det samme.")
    return _("Ingen av de andre planene har noe som ligner.")


def _term(term: Mapping[str, Any], quotes: Mapping[tuple[str, int, int], Quote], plans: int) -> TermView:
    return TermView(term["text"], plan_share(len(term["plans"]), plans), _found(quotes, term["passages"]))


def _found(quotes: Mapping[tuple[str, int, int], Quote], passages: Iterable[Sequence[Any]]) -> tuple[Quote, ...]:
    keys = ((str(one[0]), int(one[1]), int(one[2])) for one in passages)
    return tuple(quotes[key] for key in keys if key in quotes)


def _quotes(user: Visitor, merging: Merging, rows: Sequence[Suggestion]) -> dict[tuple[str, int, int], Quote]:
    """Every passage that the suggestions name, read from the documents."""
    named: dict[str, set[tuple[int, int]]] = {}
    for row in rows:
        terms = [passage for term in row.details.get("terms", ()) for passage in term["passages"]]
        for sha256, start, end in [*row.details.get("passages", ()), *terms]:
            named.setdefault(sha256, set()).add((start, end))
    if not named:
        return {}
    places = plan_places(user, merging)
    found: dict[tuple[str, int, int], Quote] = {}
    for plan in merging.plans.select_related("version").defer("version__text", "version__structure"):
        spans = sorted(named.get(plan.version.sha256, ()))
        found |= _read(plan, spans, places[plan.pk])
    return found


def _read(plan: MergingPlan, spans: Sequence[tuple[int, int]], place: PlanPlace) -> dict[tuple[str, int, int], Quote]:
    texts = documents.texts_between(plan.version_id, spans)
    pages = _pages(plan.version, spans)
    return {
        (plan.version.sha256, start, end): Quote(plan.title, " ".join(text.split()), place.url(page, start, end))
        for (start, end), text, page in zip(spans, texts, pages, strict=True)
    }


def _pages(version: DocumentVersion, spans: Sequence[tuple[int, int]]) -> list[int]:
    """The page each passage begins on."""
    starts = list(version.pages.order_by("start").values_list("start", "number")) if spans else []
    return [max((page for page in starts if page[0] <= start), default=(0, 1))[1] for start, _ in spans]


def _decided(row: Suggestion) -> str:
    if row.decided_at is None:
        return ""
    who = str(row.decided_by or _("noen som ikke er her lenger"))
    return _("%(who)s, %(when)s") % {"who": who, "when": dates.when(row.decided_at)}


def _kind_tabs(seen: QuerySet[Suggestion], chosen: Kind) -> tuple[KindTab, ...]:
    rows = seen.order_by().values_list("kind", "state").annotate(Count("pk"))
    counts: dict[str, list[int]] = {kind: [0, 0] for kind in KINDS}
    for kind, state, count in rows:
        counts[kind][1] += count
        counts[kind][0] += count if state == Suggestion.State.OPEN else 0
    return tuple(
        KindTab(kind, str(name), counts[kind][0], counts[kind][1], kind == chosen) for kind, name in KINDS.items()
    )
