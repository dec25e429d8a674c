"""The municipality's own division: organisational units and service zones."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class OrgUnit(models.Model):
    """A service area, a division in it, or a department in that."""

    class Kind(models.TextChoices):
        """Levels from the top."""

        SERVICE_AREA = "service_area", _("Tjenesteområde")
        DIVISION = "division", _("Virksomhet")
        DEPARTMENT = "department", _("Avdeling")

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(_("navn"), max_length=200)
    kind = models.CharField(_("nivå"), max_length=20, choices=Kind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    leaders = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="units", verbose_name=_("ledere")
    )
    source = models.CharField(_("kilde"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("enhet")
        verbose_name_plural = _("enheter")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ServiceZone(models.Model):
    """A part of the municipality where services are gathered (tjenestesone)."""

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(_("navn"), max_length=200)
    source = models.CharField(_("kilde"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("tjenestesone")
        verbose_name_plural = _("tjenestesoner")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
