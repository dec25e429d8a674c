"""Source items as they are shown: name, passage read from the document, and what became of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grunnmur.choices.merging.model import Fate
from grunnmur_web.models import Document, Merging, SourceItem
from grunnmur_web.pages.places import passage_url
from grunnmur_web.permissions import Act, Visitor, can, sees_suggestions
from grunnmur_web.store import documents
from grunnmur_web.words import dates, numbers
from grunnmur_web.words.merging import fate_word, item_name

EXCERPT = 120


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source item. ``passage`` is the document's own words; ``url`` opens them, or is empty where none may."""

    row: SourceItem
    name: str
    plan: str
    passage: str
    url: str
    fate: str
    fate_word: str
    outcome: str
    decided: str

    @property
    def is_open(self) -> bool:
        """Whether no person has decided."""
        return self.fate == Fate.UNDECIDED


@dataclass(frozen=True, slots=True)
class PlanPlace:
    """Where the passages of a plan are opened: in the current version, or in an older one for those who may."""

    document: int
    version: int
    suffix: str | None

    def url(self, page: int, start: int, end: int) -> str:
        """The document's page with the passage marked; empty when the viewer does not see this version of it."""
        if self.suffix is None:
            return ""
        address, anchor = passage_url(self.document, page, start, end).split("#")
        return f"{address}{self.suffix}#{anchor}"


def with_relations(rows: QuerySet[SourceItem]) -> QuerySet[SourceItem]:
    """The rows with what their views need."""
    return rows.select_related("plan", "into", "into__theme", "decided_by")


def source_views(user: Visitor, merging: Merging, rows: Iterable[SourceItem]) -> dict[int, SourceView]:
    """Views by the rows' ids. Passages are read from the documents, one question for each.

    Who decided, and when, is for those who work here.
    """
    shown = list(rows)
    places = plan_places(user, merging)
    passages = _passages(shown)
    company = _company(merging, shown)
    inside = sees_suggestions(user)
    return {row.pk: _view(row, places[row.plan_id], passages[row.pk], company, inside=inside) for row in shown}


def plan_places(user: Visitor, merging: Merging) -> dict[int, PlanPlace]:
    """By plan of the merge."""
    plans = merging.plans.values_list("pk", "version", "version__number", "version__document")
    found = list(plans)
    owners = Document.objects.in_bulk([document for _, _, _, document in found])
    return {
        pk: PlanPlace(document, version, _suffix(user, owners[document], version, number))
        for pk, version, number, document in found
    }


def _suffix(user: Visitor, document: Document, version: int, number: int) -> str | None:
    if document.current_id == version:
        return ""
    return f"&versjon={number}" if can(user, Act.EDIT, document) else None


def _passages(rows: Sequence[SourceItem]) -> dict[int, str]:
    """The words at each item's place; those the merge was made from, should the document have been read anew since."""
    by_version: dict[int, list[SourceItem]] = defaultdict(list)
    for row in rows:
        by_version[row.plan.version_id].append(row)
    found: dict[int, str] = {}
    for version, some in by_version.items():
        texts = documents.texts_between(version, [(row.start, row.end) for row in some])
        found |= {row.pk: " ".join(text.split()) for row, text in zip(some, texts, strict=True)}
    return found


def _company(merging: Merging, rows: Sequence[SourceItem]) -> Mapping[int, int]:
    """How many source items stand in each of the items that ``rows`` stand in."""
    items = {row.into_id for row in rows if row.into_id}
    counts: dict[int, int] = defaultdict(int)
    for item in merging.sources.filter(into__in=items).values_list("into", flat=True):
        counts[item or 0] += 1
    return counts


def _view(row: SourceItem, place: PlanPlace, passage: str, company: Mapping[int, int], *, inside: bool) -> SourceView:
    return SourceView(
        row=row,
        name=item_name(row.type, row.number),
        plan=row.plan.title,
        passage=passage,
        url=place.url(row.page, row.start, row.end),
        fate=row.fate,
        fate_word=fate_word(row.fate),
        outcome=outcome(row, company.get(row.into_id or 0, 1) - 1),
        decided=_decided(row) if inside else "",
    )


def outcome(row: SourceItem, others: int) -> str:
    """What became of it, in a sentence: «Slått sammen med 2 andre til «…»»."""
    target = _excerpt(row.into.text) if row.into else ""
    if row.fate == Fate.KEPT:
        return _("Står med de samme ordene i den nye planen")
    if row.fate == Fate.MERGED:
        if not others:
            return _("Skrevet om til «%(text)s»") % {"text": target}
        words = ngettext(
            "Slått sammen med %(count)s annet punkt til «%(text)s»",
            "Slått sammen med %(count)s andre punkter til «%(text)s»",
            others,
        )
        return words % {"count": numbers.number(others), "text": target}
    if row.fate == Fate.MOVED:
        return _("Flyttet under «%(text)s»") % {"text": target}
    if row.fate == Fate.CLOSED:
        return _("Avsluttet: %(reason)s") % {"reason": row.reason}
    return _("Ikke avgjort. Forslag: inn i «%(text)s»") % {"text": target} if target else _("Ikke avgjort")


def _decided(row: SourceItem) -> str:
    if row.decided_at is None:
        return ""
    who = str(row.decided_by or _("noen som ikke er her lenger"))
    return _("%(who)s, %(when)s") % {"who": who, "when": dates.when(row.decided_at)}


def _excerpt(text: str) -> str:
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT].rsplit(' ', 1)[0]} …"
