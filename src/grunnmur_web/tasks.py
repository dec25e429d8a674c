"""Background jobs. The only module that knows the queue; what a job does is in ``store``."""

from __future__ import annotations

from django.db.models import QuerySet
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from grunnmur_web.store import reading
from grunnmur_web.store.merging import drafting, running

QUEUED = ("READY",)
UNFINISHED = "RUNNING"


@task()
def read_version(version_id: int) -> str | None:
    """Read one version of a document."""
    return reading.read_version(version_id)


def enqueue_reading(version_id: int) -> None:
    """Ask for a version to be read; call it when the transaction has committed."""
    read_version.enqueue(version_id=version_id)


@task()
def run_merging(merging_id: int) -> str | None:
    """Compare the plans of one merge."""
    return running.run_merging(merging_id)


def enqueue_merging(merging_id: int) -> None:
    """Ask for the plans of a merge to be compared; call it when the transaction has committed."""
    run_merging.enqueue(merging_id=merging_id)


@task()
def run_draft(draft_id: int) -> str | None:
    """Ask the language model for one draft."""
    return drafting.run_draft(draft_id)


def enqueue_draft(draft_id: int) -> None:
    """Ask for a draft to be made; call it when the transaction has committed."""
    run_draft.enqueue(draft_id=draft_id)


def take_up_again() -> int:
    """Queue everything that waits without a job, after letting what dead workers held wait again."""
    drafting.fail_stale()
    return _take_up_readings() + _take_up_mergings()


def _take_up_mergings() -> int:
    running.reset_stale()
    jobs = DBTaskResult.objects.filter(task_path=run_merging.module_path, status__in=QUEUED)
    queued = {job.args_kwargs["kwargs"].get("merging_id") for job in jobs}
    lost = [merging_id for merging_id in running.waiting() if merging_id not in queued]
    for merging_id in lost:
        enqueue_merging(merging_id)
    return len(lost)


def _take_up_readings() -> int:
    dead = set(reading.reset_stale())
    _forget_jobs_of(dead)
    queued = {job.args_kwargs["kwargs"].get("version_id") for job in _jobs().filter(status__in=QUEUED)}
    lost = [version_id for version_id in reading.waiting() if version_id not in queued]
    for version_id in lost:
        enqueue_reading(version_id)
    return len(lost)


def _forget_jobs_of(version_ids: set[int]) -> None:
    """Remove the jobs that were cut off, so that they do not stand as running for ever."""
    cut_off = [
        job.pk
        for job in _jobs().filter(status=UNFINISHED)
        if job.args_kwargs["kwargs"].get("version_id") in version_ids
    ]
    DBTaskResult.objects.filter(pk__in=cut_off).delete()


def _jobs() -> QuerySet[DBTaskResult[..., str | None]]:
    return DBTaskResult.objects.filter(task_path=read_version.module_path)
