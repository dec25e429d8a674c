"""Write down who did what. Called inside the transaction of the act itself, so that neither stands alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models

from grunnmur_web.accounts.models import User
from grunnmur_web.models import AuditEvent

SYSTEM = "Grunnmur"


def record(
    act: str,
    target: models.Model,
    *,
    by: User | None,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Log one act on one object; ``old`` and ``new`` hold only what changed. ``by=None`` is the system itself."""
    return AuditEvent.objects.create(
        actor_id=by.pk if by else None,
        actor=str(by) if by else SYSTEM,
        act=act,
        target_type=target._meta.model_name or "",
        target_id=str(target.pk),
        target=str(target)[:300],
        old=dict(old) if old else None,
        new=dict(new) if new else None,
    )


def history(target: models.Model) -> models.QuerySet[AuditEvent]:
    """Everything that was done to one object, newest first."""
    return AuditEvent.objects.filter(target_type=target._meta.model_name or "", target_id=str(target.pk))
