"""Plans being merged: what went in, what the machine suggests, and what people decided about it.

Suggestions stand in ``machine`` columns and in :class:`Suggestion`, and are never changed; decisions stand beside
them with who and when. Where a source item stands on the board is ``into``: the machine's place for it until ``fate``
says that a person has decided.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from grunnmur.choices.merging.model import Fate
from grunnmur_web.models.documents import DocumentVersion
from grunnmur_web.models.findings import Finding

PLACED = (Fate.KEPT.value, Fate.MERGED.value, Fate.MOVED.value)


class Merging(models.Model):
    """Several plans becoming one. ``areas`` are the main areas of the new plan: ``{"title", "description", "words"}``.

    The words are those that tell which themes belong there.
    """

    class State(models.TextChoices):
        """How far it has come; only an open one can be changed."""

        WAITING = "waiting", _("Venter")
        COMPARING = "comparing", _("Sammenligner planene")
        FAILED = "failed", _("Stoppet")
        OPEN = "open", _("Under arbeid")
        FINISHED = "finished", _("Ferdig")

    title = models.CharField(_("navn"), max_length=200)
    areas = models.JSONField(default=list)
    state = models.CharField(_("status"), max_length=10, choices=State.choices, default=State.WAITING)
    error_code = models.CharField(max_length=60, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("laget av")
    )
    created_at = models.DateTimeField(_("opprettet"), auto_now_add=True)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("avsluttet av"),
    )  # fmt: skip
    finished_at = models.DateTimeField(_("ferdig"), null=True, blank=True)
    published_at = models.DateTimeField(_("publisert"), null=True, blank=True)

    class Meta:
        verbose_name = _("sammenstilling")
        verbose_name_plural = _("sammenstillinger")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="finished", finished_at__isnull=False)
                | (~models.Q(state="finished") & models.Q(finished_at__isnull=True)),
                name="merging_finished_has_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True) | models.Q(state="finished"),
                name="merging_published_is_finished",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MergingPlan(models.Model):
    """A plan that went in: one version of one document, which can't be deleted while the merge rests on it."""

    merging = models.ForeignKey(Merging, models.CASCADE, related_name="plans")
    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="merging_plans")
    key = models.CharField(max_length=60)
    title = models.CharField(_("plan"), max_length=300)
    period = models.CharField(_("periode"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("plan i en sammenstilling")
        verbose_name_plural = _("planer i en sammenstilling")
        ordering = ["title", "id"]
        constraints = [models.UniqueConstraint(fields=["merging", "version"], name="merging_plan_once")]

    def __str__(self) -> str:
        return self.title


class MergedTheme(models.Model):
    """Items that belong together, in area number ``area`` of the merge.

    ``machine`` is ``{"title", "area", "reasons"}``, the last being the theme's words that speak for its area.
    """

    merging = models.ForeignKey(Merging, models.CASCADE, related_name="themes")
    key = models.CharField(max_length=60, blank=True)
    title = models.CharField(_("navn"), max_length=200)
    area = models.PositiveSmallIntegerField(_("område"), default=0)
    order = models.PositiveIntegerField(default=0)
    words = models.JSONField(default=list, blank=True)
    machine = models.JSONField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("tema")
        verbose_name_plural = _("temaer")
        ordering = ["area", "order", "id"]

    def __str__(self) -> str:
        return self.title


class MergedItem(models.Model):
    """An item of the new plan. ``version`` counts changes of its wording, so that nobody writes over anybody.

    ``machine`` is ``{"text", "level", "theme"}`` where the machine made it.
    """

    class Step(models.TextChoices):
        """Where on the service staircase, lowest first."""

        UNIVERSAL = "universal", _("For alle")
        LOW_THRESHOLD = "low_threshold", _("Lavterskel")
        DECISION_BASED = "decision_based", _("Med vedtak")
        AROUND_THE_CLOCK = "around_the_clock", _("Hele døgnet")

    merging = models.ForeignKey(Merging, models.CASCADE, related_name="items")
    theme = models.ForeignKey(MergedTheme, models.CASCADE, related_name="items")
    key = models.CharField(max_length=60, blank=True)
    level = models.CharField(_("nivå"), max_length=30)
    text = models.TextField(_("ordlyd"))
    step = models.CharField(_("trinn i tjenestetrappa"), max_length=20, choices=Step.choices, blank=True)
    order = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    machine = models.JSONField(null=True, blank=True)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("punkt i den nye planen")
        verbose_name_plural = _("punkter i den nye planen")
        ordering = ["theme", "order", "id"]

    def __str__(self) -> str:
        return self.text[:80]


class SourceItem(models.Model):
    """An item of a plan that went in; ``plan.version.text[start:end]`` is its passage.

    ``number`` is its place in the plan («3.2»): the plan's own when it has one, else counted. ``details`` is the rest
    of the core's item, as ``store.merging.items`` writes it. ``machine`` is where the machine put it: ``{"into"}``,
    the key of a merged item.
    """

    merging = models.ForeignKey(Merging, models.CASCADE, related_name="sources")
    plan = models.ForeignKey(MergingPlan, models.CASCADE, related_name="sources")
    key = models.CharField(max_length=80)
    finding = models.ForeignKey(Finding, models.SET_NULL, null=True, blank=True, related_name="source_items")
    type = models.CharField(_("type"), max_length=30)
    label = models.CharField(max_length=100, blank=True)
    number = models.CharField(_("nummer"), max_length=20, blank=True)
    text = models.TextField(_("tekst"))
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    page = models.PositiveIntegerField(_("side"), default=1)
    owner = models.CharField(_("ansvar"), max_length=300, blank=True)
    details = models.JSONField(default=dict, blank=True)
    terms = models.TextField(blank=True)
    machine = models.JSONField(null=True, blank=True)

    into = models.ForeignKey(MergedItem, models.RESTRICT, null=True, blank=True, related_name="sources")
    fate = models.CharField(_("skjebne"), max_length=10, default=Fate.UNDECIDED.value)
    reason = models.TextField(_("begrunnelse"), blank=True)
    decision = models.CharField(_("vedtak eller saksnummer"), max_length=200, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("avgjort av")
    )
    decided_at = models.DateTimeField(_("avgjort"), null=True, blank=True)

    class Meta:
        verbose_name = _("punkt i en kildeplan")
        verbose_name_plural = _("punkter i kildeplaner")
        ordering = ["plan__title", "start", "id"]
        indexes = [models.Index(fields=["merging", "fate"]), models.Index(fields=["merging", "plan", "start"])]
        constraints = [
            models.UniqueConstraint(fields=["merging", "key"], name="source_item_key_unique"),
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="source_item_passage_in_order"),
            models.CheckConstraint(
                condition=models.Q(fate="undecided", decided_at__isnull=True)
                | (~models.Q(fate="undecided") & models.Q(decided_at__isnull=False)),
                name="source_item_decided_at_goes_with_fate",
            ),
            models.CheckConstraint(
                condition=models.Q(fate__in=PLACED, into__isnull=False)
                | models.Q(fate="closed", into__isnull=True)
                | models.Q(fate="undecided"),
                name="source_item_place_goes_with_fate",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Suggestion(models.Model):
    """Something the machine noticed about source items, and what a person decided about it.

    ``details`` holds the rest: ``params`` for the sentence, ``passages`` as ``[sha256, start, end]``, ``shared`` words
    of a pair, what is ``missing``, the ``plan`` (its key) of what has expired, and ``terms`` of a vocabulary.
    """

    class Kind(models.TextChoices):
        """What it is about."""

        PAIR = "pair", _("Like punkter")
        TENSION = "tension", _("Motsetning")
        GAP = "gap", _("Mangel")
        EXPIRED = "expired", _("Utgått")
        ALONE = "alone", _("Bare én plan")
        VOCABULARY = "vocabulary", _("Ulike ord")

    class State(models.TextChoices):
        """Open until someone has said what to do, or that it is nothing."""

        OPEN = "open", _("Ikke avklart")
        RESOLVED = "resolved", _("Avklart")
        DISMISSED = "dismissed", _("Stemmer ikke")

    merging = models.ForeignKey(Merging, models.CASCADE, related_name="suggestions")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    code = models.CharField(max_length=30, blank=True)
    score = models.FloatField(default=0)
    sources = models.ManyToManyField(SourceItem, related_name="suggestions")
    details = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    decision = models.TextField(_("avklaring"), blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("forslag i en sammenstilling")
        verbose_name_plural = _("forslag i en sammenstilling")
        ordering = ["kind", "-score", "id"]
        indexes = [models.Index(fields=["merging", "kind", "state"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", decided_at__isnull=True)
                | (~models.Q(state="open") & models.Q(decided_at__isnull=False)),
                name="suggestion_decided_at_goes_with_state",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class MergingComment(models.Model):
    """What someone says about an item of the new plan, or about a theme."""

    merging = models.ForeignKey(Merging, models.CASCADE, related_name="comments")
    theme = models.ForeignKey(MergedTheme, models.CASCADE, null=True, blank=True, related_name="comments")
    item = models.ForeignKey(MergedItem, models.CASCADE, null=True, blank=True, related_name="comments")
    text = models.TextField(_("kommentar"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("kommentar")
        verbose_name_plural = _("kommentarer")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text[:80]


class MergingStep(models.Model):
    """One decision, with the rows it changed as they were and as they became, so that it can be taken back."""

    merging = models.ForeignKey(Merging, models.CASCADE, related_name="steps")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    act = models.CharField(max_length=60)
    about = models.CharField(max_length=300, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("steg i en sammenstilling")
        verbose_name_plural = _("steg i en sammenstilling")
        ordering = ["-id"]
        indexes = [models.Index(fields=["merging", "by", "-id"])]

    def __str__(self) -> str:
        return self.act
