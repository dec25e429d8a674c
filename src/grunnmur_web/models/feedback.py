"""What people report about the site («meld fra»)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Feedback(models.Model):
    """A message about something that does not work, often about accessibility."""

    page = models.CharField(_("side"), max_length=500, blank=True)
    message = models.TextField(_("melding"), max_length=5000)
    email = models.EmailField(_("e-post"), blank=True)
    at = models.DateTimeField(_("mottatt"), auto_now_add=True)
    handled_at = models.DateTimeField(_("behandlet"), null=True, blank=True)

    class Meta:
        verbose_name = _("melding")
        verbose_name_plural = _("meldinger")
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.message[:60]
