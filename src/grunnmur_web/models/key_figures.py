"""The few figures that a municipality chooses to show first."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from grunnmur_web.models.findings import Finding


class KeyFigure(models.Model):
    """A figure for the front page: a finding that someone chose, or a fact with its own source."""

    LONGEST_LABEL = 200

    label = models.CharField(_("hva tallet er"), max_length=LONGEST_LABEL)
    value = models.FloatField(_("verdi"), null=True, blank=True)
    unit = models.CharField(_("enhet"), max_length=10)
    status = models.CharField(_("status"), max_length=20, default="observed")
    period = models.CharField(_("periode"), max_length=40, blank=True)
    comparison = models.CharField(_("sammenligning"), max_length=200, blank=True)
    source_title = models.CharField(_("kilde"), max_length=300)
    source_locator = models.CharField(_("sted i kilden"), max_length=300, blank=True)
    finding = models.ForeignKey(Finding, models.CASCADE, null=True, blank=True, related_name="key_figures")
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    class Meta:
        verbose_name = _("nøkkeltall")
        verbose_name_plural = _("nøkkeltall")
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.label
