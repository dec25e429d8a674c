"""The plans that documents belong to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Plan(models.Model):
    """A plan the municipality has or makes; its text is a document's."""

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(_("navn"), max_length=200)
    period_from = models.PositiveSmallIntegerField(_("fra år"), null=True, blank=True)
    period_to = models.PositiveSmallIntegerField(_("til år"), null=True, blank=True)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("planer")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(period_to__isnull=True) | models.Q(period_to__gte=models.F("period_from")),
                name="plan_period_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.name
