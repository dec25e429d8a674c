"""Ask a language model for a draft, and let a person take it into use or put it away."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from grunnmur.kernel import BadInput
from grunnmur_web import audit, tasks
from grunnmur_web.accounts.models import User
from grunnmur_web.actions.merging_items import Wording, comment, write
from grunnmur_web.actions.merging_steps import require_open
from grunnmur_web.actions.merging_themes import rename_theme
from grunnmur_web.models import MergedItem, MergedTheme, Merging, MergingDraft
from grunnmur_web.permissions import MergingAct
from grunnmur_web.store.merging import drafting

Task, State = MergingDraft.Task, MergingDraft.State
MOST_WAITING = 3
MOST_AN_HOUR = 60
TASKS = {MergedTheme: {Task.THEME_TITLE, Task.SUMMARY}, MergedItem: {Task.MERGED_WORDING}}


@transaction.atomic
def ask(about: MergedTheme | MergedItem, task: str, *, by: User) -> MergingDraft:
    """Ask for a draft.

    Raises BadInput ``ki-off``, ``no-such-task``, ``nothing-to-draft-from``, ``ki-busy`` or ``ki-hour``.
    """
    merging = about.merging
    require_open(by, MergingAct.DECIDE, merging)
    if drafting.endpoint() is None:
        raise BadInput("ki-off")
    if task not in TASKS[type(about)]:
        raise BadInput("no-such-task")
    _weigh(by)
    place = {"theme": about} if isinstance(about, MergedTheme) else {"item": about}
    made = MergingDraft(merging=merging, task=task, asked_by=by, **place)
    if not drafting.sources_of(made).exists():
        raise BadInput("nothing-to-draft-from")
    made.save()
    audit.record("merging.draft_asked", merging, by=by, new={"task": task, "about": str(about)[:200]})
    transaction.on_commit(lambda: tasks.enqueue_draft(made.pk))
    return made


@transaction.atomic
def adopt(made: MergingDraft, *, by: User) -> None:
    """Put the proved sentences to use, in the person's name.

    Raises BadInput ``draft-not-ready``, ``not-proved``, ``wording-changed`` when a person has written since it was
    asked for, or ``sources-moved`` when it rests on sources that are no longer there.
    """
    require_open(by, MergingAct.DECIDE, made.merging)
    held = _held(made)
    text = " ".join(sentence["text"] for sentence in held.sentences if sentence["holds"])
    if held.state != State.READY:
        raise BadInput("draft-not-ready")
    if not text:
        raise BadInput("not-proved")
    if _written_since(held):
        raise BadInput("wording-changed")
    if not _cited(held) <= set(drafting.sources_of(held).values_list("pk", flat=True)):
        raise BadInput("sources-moved")
    _use(held, text, by)
    _decide(held, State.ADOPTED, by)


@transaction.atomic
def dismiss(made: MergingDraft, *, by: User) -> None:
    """Put it away; what was asked and answered stays in the log."""
    require_open(by, MergingAct.DECIDE, made.merging)
    held = _held(made)
    if held.state not in {State.READY, State.FAILED}:
        raise BadInput("draft-not-ready")
    _decide(held, State.DISMISSED, by)


def _held(made: MergingDraft) -> MergingDraft:
    """The draft as it stands now, its merge held until the decision is made, so that nobody uses it twice."""
    Merging.objects.select_for_update().get(pk=made.merging_id)
    rows = MergingDraft.objects.select_related("merging", "theme__merging", "item__merging", "item__theme")
    return rows.get(pk=made.pk)


def _weigh(by: User) -> None:
    """The model is shared, and so is what it costs. Those who ask wait for each other."""
    User.objects.select_for_update().get(pk=by.pk)
    asked = MergingDraft.objects.filter(asked_by=by)
    if asked.filter(state=State.WAITING).count() >= MOST_WAITING:
        raise BadInput("ki-busy")
    if asked.filter(asked_at__gt=timezone.now() - timedelta(hours=1)).count() >= MOST_AN_HOUR:
        raise BadInput("ki-hour")


def _cited(made: MergingDraft) -> set[int]:
    return {source for sentence in made.sentences if sentence["holds"] for source in sentence["sources"]}


def _written_since(made: MergingDraft) -> bool:
    """Whether what the draft would replace is newer than the draft. A summary replaces nothing."""
    if made.item is not None:
        return made.item.edited_at is not None and made.item.edited_at > made.asked_at
    if made.theme is None or made.task != Task.THEME_TITLE:
        return False
    renamed = made.merging.steps.filter(act="theme_renamed", undone_at__isnull=True, at__gt=made.asked_at)
    return any(str(made.theme.pk) in step.after.get("theme", {}) for step in renamed)


def _use(made: MergingDraft, text: str, by: User) -> None:
    if made.item is not None:
        item = made.item
        write(item, Wording(text, item.level, item.step, item.version), by=by)
    elif made.theme is not None and made.task == Task.THEME_TITLE:
        rename_theme(made.theme, text.rstrip("."), by=by)
    elif made.theme is not None:
        comment(made.theme, text, by=by)


def _decide(made: MergingDraft, state: str, by: User) -> None:
    made.state, made.decided_by, made.decided_at = state, by, timezone.now()
    made.save(update_fields=["state", "decided_by", "decided_at"])
    audit.record(f"merging.draft_{state}", made.merging, by=by, new={"draft": made.pk, "task": made.task})
