"""What a document says, as the machine read it and as people decided it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from grunnmur_web.models.documents import DocumentVersion


class FindingKind(models.TextChoices):
    """The lists of the extraction contract."""

    HEADING = "heading", _("Overskrift")
    ELEMENT = "element", _("Planelement")
    FIGURE = "figure", _("Tall")
    ACTION = "action", _("Tiltak")
    MILESTONE = "milestone", _("Milepæl")
    LAW = "law", _("Lov")
    SERVICE = "service", _("Tjeneste")
    WARNING = "warning", _("Noe som ikke stemmer")


class FindingState(models.TextChoices):
    """A machine's suggestion until a person has decided."""

    SUGGESTED = "suggested", _("Forslag")
    ACCEPTED = "accepted", _("Godtatt")
    CORRECTED = "corrected", _("Rettet")
    REJECTED = "rejected", _("Avvist")


class Origin(models.TextChoices):
    """Who found it."""

    MACHINE = "machine", _("Funnet av maskinen")
    HUMAN = "human", _("Lagt til av et menneske")


class Finding(models.Model):
    """One thing a version says; ``version.text[start:end]`` is its passage.

    ``machine`` is what the rules found and is never changed; ``human`` is what a person put in its place. The
    columns below them hold the values in force, for filtering and sorting. ``carried_from`` is the number of the
    earlier version in which the decision was made; ``previous`` is what stood before the last decision, for undo.
    """

    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="findings")
    kind = models.CharField(_("slag"), max_length=10, choices=FindingKind.choices)
    origin = models.CharField(_("opphav"), max_length=10, choices=Origin.choices, default=Origin.MACHINE)
    state = models.CharField(_("status"), max_length=10, choices=FindingState.choices, default=FindingState.SUGGESTED)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    page = models.PositiveIntegerField(_("side"), default=1)
    machine = models.JSONField(null=True, blank=True)
    human = models.JSONField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("avgjort av")
    )
    decided_at = models.DateTimeField(_("avgjort"), null=True, blank=True)
    # It stands in speaker notes, in a comment or on a hidden page, and is for those who work with the document.
    internal = models.BooleanField(_("internt"), default=False)
    carried_from = models.PositiveIntegerField(_("avgjort i versjon"), null=True, blank=True)
    previous = models.JSONField(null=True, blank=True)

    # The other document of a contradiction, and where in it; both must be visible for either to be shown.
    elsewhere = models.ForeignKey(DocumentVersion, models.CASCADE, null=True, blank=True, related_name="+")
    elsewhere_start = models.PositiveIntegerField(null=True, blank=True)
    elsewhere_end = models.PositiveIntegerField(null=True, blank=True)

    type = models.CharField(_("type"), max_length=30, blank=True)
    text = models.TextField(_("tekst"), blank=True)
    number = models.FloatField(_("tall"), null=True, blank=True)
    unit = models.CharField(_("enhet"), max_length=10, blank=True)
    period = models.CharField(_("periode"), max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(_("år"), null=True, blank=True)
    org = models.CharField(_("organisasjon"), max_length=200, blank=True)
    approx = models.BooleanField(_("omtrentlig"), default=False)

    class Meta:
        verbose_name = _("funn")
        verbose_name_plural = _("funn")
        ordering = ["version", "start", "id"]
        indexes = [
            models.Index(fields=["version", "kind", "start"]),
            models.Index(fields=["kind", "state"]),
            models.Index(fields=["kind", "unit", "year"]),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="finding_passage_in_order"),
            models.CheckConstraint(
                condition=models.Q(state="suggested", decided_at__isnull=True)
                | (~models.Q(state="suggested") & models.Q(decided_at__isnull=False)),
                name="finding_decided_at_goes_with_state",
            ),
            models.CheckConstraint(
                condition=models.Q(origin="human", machine__isnull=True)
                | models.Q(origin="machine", machine__isnull=False),
                name="finding_machine_value_goes_with_origin",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
