"""The elements of a plan, the passages they rest on, its history, and what people say at a hearing."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from grunnmur_web.models.documents import DocumentVersion
from grunnmur_web.models.merging import MergedItem
from grunnmur_web.models.organisation import OrgUnit, ServiceZone
from grunnmur_web.models.plans import Plan, PlanLevel

PUBLIC_ID_LENGTH = 8


def public_id() -> str:
    """A name that an element keeps wherever it is moved."""
    return get_random_string(PUBLIC_ID_LENGTH, "abcdefghjkmnpqrstuvwxyz23456789")


class PlanElement(models.Model):
    """An element at its place in the outline: elements in ``order``, each ``depth`` steps below the top.

    ``version`` counts changes of what it says, so that nobody writes over anybody. ``sdg`` are numbers of goals and
    targets («3», «3.4»).
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="elements")
    public_id = models.CharField(
        max_length=PUBLIC_ID_LENGTH, default=public_id, validators=[RegexValidator("^[a-z0-9]+$")]
    )
    order = models.PositiveIntegerField(default=0)
    depth = models.PositiveSmallIntegerField(default=0)
    level = models.ForeignKey(PlanLevel, models.PROTECT, related_name="elements", verbose_name=_("nivå"))
    text = models.TextField(_("tekst"))
    rationale = models.TextField(_("begrunnelse"), blank=True)
    unit = models.ForeignKey(
        OrgUnit, models.SET_NULL, null=True, blank=True, related_name="plan_elements",
        verbose_name=_("ansvarlig enhet"),
    )  # fmt: skip
    sdg = models.JSONField(_("bærekraftsmål"), default=list, blank=True)
    target_group = models.CharField(_("målgruppe"), max_length=200, blank=True)
    area = models.CharField(_("område i tjenestetrappa"), max_length=120, blank=True)
    step = models.CharField(_("trinn i tjenestetrappa"), max_length=20, choices=MergedItem.Step.choices, blank=True)
    zones = models.ManyToManyField(
        ServiceZone, blank=True, related_name="plan_elements", verbose_name=_("tjenestesoner")
    )
    indicators = models.TextField(_("indikatorer"), blank=True)
    version = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("punkt i en plan")
        verbose_name_plural = _("punkter i planer")
        ordering = ["plan", "order", "id"]
        indexes = [models.Index(fields=["plan", "order"])]
        constraints = [models.UniqueConstraint(fields=["plan", "public_id"], name="plan_element_public_id_unique")]

    def __str__(self) -> str:
        return self.text[:80]


class PlanSource(models.Model):
    """A passage an element rests on: ``version.text[start:end]``, always read from there."""

    element = models.ForeignKey(PlanElement, models.CASCADE, related_name="sources")
    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="plan_sources")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("kilde for et punkt")
        verbose_name_plural = _("kilder for punkter")
        ordering = ["element", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="plan_source_passage_in_order"),
            models.UniqueConstraint(fields=["element", "version", "start", "end"], name="plan_source_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} [{self.start}:{self.end}]"


class PlanVersion(models.Model):
    """A plan's elements as they were after an act, as ``store.plans.snapshot`` writes them.

    One that is published has an ``edition`` number and never changes; its numbers are the plan's addresses.
    """

    class Kind(models.TextChoices):
        """What an edition was published as."""

        HEARING = "hearing", _("Høringsutgave")
        ADOPTED = "adopted", _("Vedtatt plan")
        DRAFT = "draft", _("Utkast")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="versions")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    act = models.CharField(max_length=40)
    about = models.CharField(max_length=200, blank=True)
    why = models.CharField(_("hvorfor"), max_length=300, blank=True)
    snapshot = models.JSONField(default=dict)
    undone = models.BooleanField(default=False)
    edition = models.PositiveIntegerField(_("utgave"), null=True, blank=True)
    kind = models.CharField(_("publisert som"), max_length=10, choices=Kind.choices, blank=True)
    withdrawn_at = models.DateTimeField(_("trukket tilbake"), null=True, blank=True)

    class Meta:
        verbose_name = _("versjon av en plan")
        verbose_name_plural = _("versjoner av planer")
        ordering = ["plan", "-id"]
        indexes = [models.Index(fields=["plan", "-id"])]
        constraints = [
            models.UniqueConstraint(fields=["plan", "edition"], name="plan_edition_unique"),
            models.CheckConstraint(
                condition=models.Q(edition__isnull=True, kind="")
                | (models.Q(edition__isnull=False) & ~models.Q(kind="")),
                name="plan_edition_has_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.act}"


class PlanComment(models.Model):
    """What someone says about an element of a hearing edition; shown to everyone when a person has let it through."""

    class State(models.TextChoices):
        """Nothing is public before someone has looked at it."""

        WAITING = "waiting", _("Venter")
        SHOWN = "shown", _("Vises")
        HIDDEN = "hidden", _("Vises ikke")

    edition = models.ForeignKey(PlanVersion, models.CASCADE, related_name="comments")
    element = models.CharField(max_length=PUBLIC_ID_LENGTH)
    text = models.TextField(_("innspill"))
    name = models.CharField(_("navn"), max_length=100, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("svar"), blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("høringsinnspill")
        verbose_name_plural = _("høringsinnspill")
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["edition", "state"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="waiting", decided_at__isnull=True)
                | (~models.Q(state="waiting") & models.Q(decided_at__isnull=False)),
                name="plan_comment_decided_at_goes_with_state",
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]
