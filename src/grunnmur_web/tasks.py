"""Background jobs. The only module that knows the queue; what a job does is in ``store``."""

from __future__ import annotations

from django.db.models import QuerySet
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from grunnmur_web.store import reading

QUEUED = ("READY",)
UNFINISHED = "RUNNING"


@task()
def read_version(version_id: int) -> str | None:
    """Read one version of a document."""
    return reading.read_version(version_id)


def enqueue_reading(version_id: int) -> None:
    """Ask for a version to be read; call it when the transaction has committed."""
    read_version.enqueue(version_id=version_id)


def take_up_again() -> int:
    """Queue every version that waits without a job, after letting those of dead workers wait again."""
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
