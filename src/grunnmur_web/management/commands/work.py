"""Do background jobs until told to stop, and take up those of workers that died."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from grunnmur_web import tasks

INTERVAL = 0.5
CHECK_EVERY = 15.0


class StoppableWorker(Worker):
    """One pass over the queue. A stop interrupts the job at hand at once; the version waits for the next worker."""

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Leave now: a reading that is cut off here gives its version back before the process ends."""
        self.running = False
        self.reset_signals()
        sys.exit(0)


class Command(BaseCommand):
    """``manage work``; ``--batch`` stops when the queue is empty."""

    help = "Les dokumenter og gjør andre bakgrunnsjobber"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One option."""
        parser.add_argument("--batch", action="store_true", help="stopp når køen er tom")

    def handle(self, *args: Any, batch: bool, **options: Any) -> None:
        """Work through the queue again and again, looking for cut-off jobs at the start and every 15 seconds."""
        checked = float("-inf")
        while True:
            close_old_connections()
            if time.monotonic() - checked >= CHECK_EVERY:
                tasks.take_up_again()
                checked = time.monotonic()
            worker = _worker()
            if not batch:
                worker.configure_signals()
            worker.run()
            if batch or not worker.running:
                return
            time.sleep(INTERVAL)


def _worker() -> StoppableWorker:
    return StoppableWorker(
        queue_names=list(settings.TASKS["default"]["QUEUES"]), excluded_queue_names=[], interval=0, batch=True,
        backend_name="default", startup_delay=False, max_tasks=None, worker_id=uuid4().hex,
    )  # fmt: skip
