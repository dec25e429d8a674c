"""A plan to be read: its elements with their numbers, and in the margin the passages they rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from grunnmur_web.models import Document, DocumentPage, DocumentVersion, MergedItem, Plan, PlanComment, PlanVersion
from grunnmur_web.pages.places import passage_url, place_text
from grunnmur_web.pages.plans.heads import PlanHead, plan_head
from grunnmur_web.permissions import Visitor, sees_suggestions, visible_documents
from grunnmur_web.store.documents import texts_between
from grunnmur_web.store.plans import snapshot
from grunnmur_web.store.plans.editions import editions, open_hearing
from grunnmur_web.words.plans import goals_text

TOP_HEADING = 2
LAST_HEADING = 6
OUTLINE_DEPTH = 1
LONGEST_NAME = 90
STEPS = dict(MergedItem.Step.choices)


@dataclass(frozen=True, slots=True)
class SourceView:
    """A passage in the margin; no address when the text has got a newer version since."""

    text: str
    place: str
    url: str


@dataclass(frozen=True, slots=True)
class ElementView:
    """An element as it is read. ``anchor`` is its address on the page: its number, or its own name."""

    id: str
    anchor: str
    number: str
    level: str
    depth: int
    heading: int
    title: str
    body: str
    rationale: str
    facts: tuple[tuple[str, str], ...]
    sources: tuple[SourceView, ...]
    comments: tuple[PlanComment, ...] = ()
    waiting: int = 0
    same: bool = field(default=False)


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """Everything on the page. ``edition`` is None for the elements as they are worked on."""

    head: PlanHead
    edition: PlanVersion | None
    elements: tuple[ElementView, ...]
    outline: tuple[ElementView, ...]
    editions: tuple[PlanVersion, ...]
    is_current: bool
    hearing: bool
    comments: int
    documents: tuple[Document, ...]


def reading_page(user: Visitor, plan: Plan, edition: PlanVersion | None) -> ReadingPage:
    """The plan as ``edition`` has it."""
    head = plan_head(user, plan, "plan-detail")
    hearing = open_hearing(plan)
    said = edition.snapshot if edition else {"elements": [], "levels": []}
    elements = element_views(user, said, _comments(user, edition))
    return ReadingPage(
        head=head,
        edition=edition,
        elements=elements,
        outline=tuple(one for one in elements if one.depth <= OUTLINE_DEPTH),
        editions=tuple(editions(plan).defer("snapshot")),
        is_current=edition is not None and edition == head.edition,
        hearing=hearing is not None and hearing == edition,
        comments=sum(len(one.comments) for one in elements),
        documents=tuple(visible_documents(user).filter(plan=plan).exclude(current=None).order_by("title")),
    )


def element_views(
    user: Visitor, said: snapshot.Snapshot, comments: Mapping[str, Sequence[PlanComment]]
) -> tuple[ElementView, ...]:
    """The elements of a snapshot with the passages that ``user`` may see."""
    sources = source_views(user, {tuple(place) for one in said["elements"] for place in one["sources"]})
    return tuple(_element(one, sources, comments.get(one["id"], ())) for one in said["elements"])


def source_views(user: Visitor, places: Iterable[tuple[int, ...]]) -> dict[tuple[int, ...], SourceView]:
    """Passages read from their documents, for those who may see the documents; three questions to the database."""
    wanted = sorted(set(places))
    seen = visible_documents(user).order_by()
    rows = DocumentVersion.objects.filter(pk__in={place[0] for place in wanted}, document__in=seen.values("pk"))
    versions = {row.pk: row for row in rows.select_related("document").defer("text", "structure")}
    pages: dict[int, list[tuple[int, int]]] = {}
    for key, start, number in DocumentPage.objects.filter(version__in=versions).values_list(
        "version", "start", "number"
    ):
        pages.setdefault(key, []).append((start, number))
    found = {}
    for key, version in versions.items():
        mine = [place for place in wanted if place[0] == key]
        texts = texts_between(key, [(place[1], place[2]) for place in mine])
        for place, text in zip(mine, texts, strict=True):
            found[place] = _source(version, place, text, pages.get(key, []))
    return found


def _source(version: DocumentVersion, place: tuple[int, ...], text: str, pages: list[tuple[int, int]]) -> SourceView:
    page = max(((start, number) for start, number in pages if start <= place[1]), default=(0, 1))[1]
    document = version.document
    current = document.current_id == version.pk
    words = place_text(document.title, page)
    shown = words if current else _("%(place)s, i en eldre versjon") % {"place": words}
    url = passage_url(document.pk, page, place[1], place[2]) if current else ""
    return SourceView(" ".join(text.split()), shown, url)


def _element(
    one: Mapping[str, Any], sources: Mapping[tuple[int, ...], SourceView], comments: Sequence[PlanComment]
) -> ElementView:
    title, _newline, body = one["text"].partition("\n")
    mine = tuple(sources[tuple(place)] for place in one["sources"] if tuple(place) in sources)
    words = " ".join(one["text"].split()).casefold()
    shown = tuple(comment for comment in comments if comment.state == PlanComment.State.SHOWN)
    return ElementView(
        id=one["id"], anchor=one["number"] or f"punkt-{one['id']}", number=one["number"], level=one["level"],
        depth=one["depth"], heading=min(TOP_HEADING + one["depth"], LAST_HEADING), title=title, body=body,
        rationale=one["rationale"], facts=_facts(one), sources=mine, comments=shown,
        waiting=len(comments) - len(shown), same=len(mine) == 1 and mine[0].text.casefold() == words,
    )  # fmt: skip


def _facts(one: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    found = [
        (_("Ansvarlig"), one["unit_name"]),
        (_("Målgruppe"), one["target_group"]),
        (_("Tjenestetrapp"), ", ".join(part for part in (one["area"], str(STEPS.get(one["step"], ""))) if part)),
        (_("Tjenestesoner"), ", ".join(one["zones"])),
        (_("Indikatorer"), ", ".join(one["indicators"].splitlines())),
        (_("FNs bærekraftsmål"), goals_text(one["sdg"])),
    ]
    return tuple((name, value) for name, value in found if value)


def _comments(user: Visitor, edition: PlanVersion | None) -> dict[str, list[PlanComment]]:
    """Comments by element: those that are shown, and for those who work here how many wait."""
    if edition is None or edition.kind != PlanVersion.Kind.HEARING:
        return {}
    rows = edition.comments.select_related("by").exclude(state=PlanComment.State.HIDDEN)
    if not sees_suggestions(user):
        rows = rows.filter(state=PlanComment.State.SHOWN)
    found: dict[str, list[PlanComment]] = {}
    for row in rows:
        found.setdefault(row.element, []).append(row)
    return found


def comment_counts(edition: PlanVersion) -> dict[str, int]:
    """How many comments are in each state."""
    counted = Counter(edition.comments.values_list("state", flat=True))
    return {state.value: counted.get(state.value, 0) for state in PlanComment.State}


def element_name(one: Mapping[str, Any]) -> str:
    """«2.1 Delmål: Biblioteket er åpent …»."""
    words = " ".join(one["text"].split())
    short = words if len(words) <= LONGEST_NAME else f"{words[:LONGEST_NAME].rsplit(' ', 1)[0]} …"
    return f"{one['number']} {one['level']}: {short}".strip()


def anchor_url(plan: Plan, number: str) -> str:
    """The address of an element of the current edition."""
    return f"{reverse('plan-detail', args=[plan.slug])}#{number}"
