"""Who did what to what, and when. No foreign keys: the log outlives what it tells about."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """One act, with the values before and after it."""

    at = models.DateTimeField(_("tidspunkt"), auto_now_add=True)
    actor_id = models.BigIntegerField(_("bruker-id"), null=True, blank=True)
    actor = models.CharField(_("hvem"), max_length=254)
    act = models.CharField(_("handling"), max_length=60)
    target_type = models.CharField(_("hva slags"), max_length=60)
    target_id = models.CharField(_("id"), max_length=60)
    target = models.CharField(_("hva"), max_length=300)
    old = models.JSONField(_("før"), null=True, blank=True)
    new = models.JSONField(_("etter"), null=True, blank=True)

    class Meta:
        verbose_name = _("logghendelse")
        verbose_name_plural = _("logg")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["target_type", "target_id"]),
            models.Index(fields=["-at"]),
        ]

    def __str__(self) -> str:
        return f"{self.act}: {self.target}"
