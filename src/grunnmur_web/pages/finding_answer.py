"""What a decision answers: the finding as it now stands, and how much is left; and the way from a text to its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grunnmur.kernel import BadInput
from grunnmur_web.models import DocumentVersion, Finding
from grunnmur_web.pages.document import Counts, Rights, counts, other_places, page_index, rights, shown_findings
from grunnmur_web.pages.finding_items import FindingItem, finding_item
from grunnmur_web.pages.merging.fates import followed
from grunnmur_web.permissions import Visitor, with_visible_counterparts
from grunnmur_web.store import documents

LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class FindingAnswer:
    """The entry that has changed, with the counts of its document."""

    item: FindingItem
    counts: Counts
    rights: Rights


@dataclass(frozen=True, slots=True)
class GoneAnswer:
    """What is left when an entry is taken away."""

    counts: Counts
    rights: Rights


def gone_answer(user: Visitor, version: DocumentVersion) -> GoneAnswer:
    """The counts after something a person had added is taken away."""
    allowed = rights(user, version.document)
    return GoneAnswer(counts(shown_findings(version, allowed)), allowed)


def finding_answer(user: Visitor, finding: Finding) -> FindingAnswer:
    """The finding after a decision, as the one chosen."""
    version = finding.version
    allowed = rights(user, version.document)
    passage = documents.text_between(version.pk, finding.start, finding.end)
    places = other_places(finding, page_index(version))
    known = followed(user, [finding])
    item = finding_item(finding, passage, chosen=True, passages=places, is_followed=finding.pk in known)
    seen = with_visible_counterparts(shown_findings(version, allowed), user)
    return FindingAnswer(item, counts(seen), allowed)


def marked_passage(version: DocumentVersion, start: int, end: int) -> str:
    """``text[start:end]``. Raises :class:`BadInput` ``bad-passage`` when there is nothing to read there."""
    if not 0 <= start < end <= start + LONGEST:
        raise BadInput("bad-passage")
    passage = documents.text_between(version.pk, start, end)
    if not passage.strip():
        raise BadInput("bad-passage")
    return passage


def place_of(version: DocumentVersion, page: int, text: str) -> tuple[int, int]:
    """Offsets of a text on a page; white space may differ, nothing else.

    Raises :class:`BadInput` ``bad-passage`` (no text), ``passage-not-found`` or ``passage-many`` (``found``).
    """
    words = text.split()
    if not words or len(text) > LONGEST:
        raise BadInput("bad-passage")
    row = version.pages.filter(number=page).values_list("start", "end").first()
    if row is None:
        raise BadInput("passage-not-found")
    found = list(re.finditer(r"\s+".join(map(re.escape, words)), documents.text_between(version.pk, *row)))
    if not found:
        raise BadInput("passage-not-found")
    if len(found) > 1:
        raise BadInput("passage-many", found=len(found))
    return row[0] + found[0].start(), row[0] + found[0].end()
