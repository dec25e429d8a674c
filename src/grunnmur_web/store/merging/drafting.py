"""The job of asking a language model: passages out, checked sentences in, and everything that passed kept."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from grunnmur.choices.citations import CheckedSentence, NumberedPassage
from grunnmur.choices.drafting import Draft, Endpoint, Task, draft
from grunnmur.kernel import GrunnmurError, Passage
from grunnmur_web.accounts.models import User
from grunnmur_web.models import MergingDraft, SourceItem
from grunnmur_web.store.merging.plans import plan_text

MOST_PASSAGES = 60
State = MergingDraft.State
logger = logging.getLogger(__name__)


def endpoint() -> Endpoint | None:
    """The language model of this installation; None when there is none. Raises DraftingError on a bad address."""
    if not settings.KI_URL:
        return None
    return Endpoint(settings.KI_URL, settings.KI_MODEL, settings.KI_KEY, float(settings.KI_SECONDS))


def sources_of(made: MergingDraft) -> QuerySet[SourceItem]:
    """The source items that the draft rests on."""
    rows = made.merging.sources.select_related("plan", "plan__version")
    rows = rows.filter(into=made.item_id) if made.item_id else rows.filter(into__theme=made.theme_id)
    return rows.order_by("plan", "start", "pk")


def run_draft(draft_id: int) -> str | None:
    """Ask for a waiting draft; returns the state it ended in, None when there was nothing to do."""
    made = MergingDraft.objects.select_related("merging").filter(pk=draft_id, state=State.WAITING).first()
    asked = endpoint()
    if made is None or asked is None:
        return None
    try:
        return _keep(made, *_drafted(made, asked))
    except GrunnmurError as error:
        return _fail(made, error.code)
    except Exception:
        logger.exception("Draft %s failed", made.pk)
        return _fail(made, "ki-unreachable")


def fail_stale() -> None:
    """Let drafts whose worker died be asked for anew by a person: asking twice would send the text twice."""
    limit = timezone.now() - timedelta(seconds=10 * settings.KI_SECONDS + 60)
    MergingDraft.objects.filter(state=State.WAITING, asked_at__lt=limit).update(
        state=State.FAILED, error_code="ki-unreachable"
    )


def _drafted(made: MergingDraft, asked: Endpoint) -> tuple[Draft, list[SourceItem]]:
    rows = list(sources_of(made)[:MOST_PASSAGES])
    plans = dict(made.merging.plans.values_list("key", "title"))
    names = [name for name in User.objects.values_list("name", flat=True) if name]
    return draft(Task(made.task), _passages(rows), plans, asked, names=names), rows


def _passages(rows: Sequence[SourceItem]) -> list[NumberedPassage]:
    """The rows' passages numbered from 1, read from the documents with internal notes blanked out."""
    texts = {row.plan_id: plan_text(row.plan.version, row.plan.title) for row in rows}
    return [
        NumberedPassage(
            number,
            row.plan.key,
            texts[row.plan_id].text[row.start : row.end],
            Passage(texts[row.plan_id].sha256, row.start, row.end),
        )
        for number, row in enumerate(rows, 1)
    ]


def _keep(made: MergingDraft, result: Draft, rows: Sequence[SourceItem]) -> str | None:
    record = asdict(result.record)
    record["asked"] = result.record.asked.isoformat()
    ids = {number: row.pk for number, row in enumerate(rows, 1)}
    sentences = [_sentence(one, ids) for one in result.sentences]
    kept = MergingDraft.objects.filter(pk=made.pk, state=State.WAITING).update(
        state=State.READY, sentences=sentences, record=record
    )
    return State.READY.value if kept else None


def _sentence(one: CheckedSentence, ids: dict[int, int]) -> dict[str, Any]:
    return {
        "text": one.sentence.text,
        "holds": one.holds,
        "sources": [ids[passage.number] for passage in one.passages],
        "quotes": [[quote.document, quote.start, quote.end] for quote in one.quotes],
        "faults": [[fault.code.value, fault.start, fault.end, dict(fault.params)] for fault in one.faults],
    }


def _fail(made: MergingDraft, code: str) -> str | None:
    failed = MergingDraft.objects.filter(pk=made.pk, state=State.WAITING)
    return State.FAILED.value if failed.update(state=State.FAILED, error_code=code[:60]) else None
