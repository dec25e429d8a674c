"""The plans of the municipality: what each of them is, how far it has come, and its levels."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from grunnmur.choices.plans.levels import LevelRole
from grunnmur_web.models.organisation import OrgUnit

ISO_DAY = r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?"
HUNDRED = 100


class Plan(models.Model):
    """A plan the municipality has or makes; its elements are its own, and rest on passages in documents.

    ``next_revision`` is ISO 8601: a year, a month or a day. ``progress`` is how much is carried out, in percent, as the
    owner says it. ``changes`` counts changes of the outline.
    """

    class Type(models.TextChoices):
        """What sort of plan, from the widest to the narrowest."""

        MUNICIPAL = "municipal", _("Kommuneplan")
        SECTOR = "sector", _("Kommunedelplan")
        THEME = "theme", _("Temaplan")
        ACTION = "action", _("Handlingsplan")
        FINANCIAL = "financial", _("Økonomiplan")
        STRATEGY = "strategy", _("Strategi")
        CONTINGENCY = "contingency", _("Beredskapsplan")
        OTHER = "other", _("Annen plan")

    class Status(models.TextChoices):
        """Where in its life a plan is."""

        PREPARATION = "preparation", _("Under arbeid")
        HEARING = "hearing", _("På høring")
        ADOPTED = "adopted", _("Vedtatt")
        EXPIRED = "expired", _("Utgått")

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(_("navn"), max_length=200)
    type = models.CharField(_("type"), max_length=12, choices=Type.choices, default=Type.THEME)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.PREPARATION)
    period_from = models.PositiveSmallIntegerField(_("fra år"), null=True, blank=True)
    period_to = models.PositiveSmallIntegerField(_("til år"), null=True, blank=True)
    unit = models.ForeignKey(
        OrgUnit, models.SET_NULL, null=True, blank=True, related_name="plans", verbose_name=_("enhet som eier planen")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="plans",
        verbose_name=_("ansvarlig person"),
    )  # fmt: skip
    case_number = models.CharField(_("saksnummer"), max_length=40, blank=True)
    adopted_on = models.DateField(_("vedtatt dato"), null=True, blank=True)
    hearing_ends = models.DateField(_("høringsfrist"), null=True, blank=True)
    next_revision = models.CharField(
        _("neste revisjon"), max_length=10, blank=True, validators=[RegexValidator(f"^{ISO_DAY}$")]
    )
    law = models.CharField(_("lov som krever planen"), max_length=200, blank=True)
    progress = models.PositiveSmallIntegerField(
        _("gjennomført"), null=True, blank=True, validators=[MaxValueValidator(HUNDRED)]
    )
    changes = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("planer")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(period_to__isnull=True) | models.Q(period_to__gte=models.F("period_from")),
                name="plan_period_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(progress__isnull=True) | models.Q(progress__lte=HUNDRED),
                name="plan_progress_in_percent",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PlanLevel(models.Model):
    """A level as one plan names it; ``role`` is what it is for, whatever it is called."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="levels")
    role = models.CharField(_("rolle"), max_length=12, choices=[(role.value, role.value) for role in LevelRole])
    name = models.CharField(_("navn"), max_length=60)
    numbered = models.BooleanField(_("nummereres"), default=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("nivå i en plan")
        verbose_name_plural = _("nivåer i en plan")
        ordering = ["plan", "order", "id"]
        constraints = [models.UniqueConstraint(fields=["plan", "name"], name="plan_level_name_unique")]

    def __str__(self) -> str:
        return self.name
