"""What a language model has drafted, kept apart from what people write."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from grunnmur_web.models.merging import MergedItem, MergedTheme, Merging


class MergingDraft(models.Model):
    """A draft for a theme or an item, with every sentence as code found it.

    ``sentences`` are ``{"text", "holds", "sources", "quotes", "faults"}``: source items by id, quotes as ``[sha256,
    start, end]``, faults as ``[code, start, end, params]``. ``record`` is what was sent and what came back.
    """

    class Task(models.TextChoices):
        """What was asked for; the values are the core's."""

        THEME_TITLE = "theme-title", _("Navn på temaet")
        MERGED_WORDING = "merged-wording", _("Felles ordlyd")
        SUMMARY = "summary", _("Sammendrag av temaet")

    class State(models.TextChoices):
        """How far it has come; only a person can adopt it."""

        WAITING = "waiting", _("Spør språkmodellen")
        READY = "ready", _("Utkast fra språkmodell")
        FAILED = "failed", _("Ikke noe utkast")
        ADOPTED = "adopted", _("Tatt i bruk av et menneske")
        DISMISSED = "dismissed", _("Lagt bort")

    merging = models.ForeignKey(Merging, models.CASCADE, related_name="drafts")
    theme = models.ForeignKey(MergedTheme, models.CASCADE, null=True, blank=True, related_name="drafts")
    item = models.ForeignKey(MergedItem, models.CASCADE, null=True, blank=True, related_name="drafts")
    task = models.CharField(_("oppgave"), max_length=20, choices=Task.choices)
    state = models.CharField(_("status"), max_length=10, choices=State.choices, default=State.WAITING)
    error_code = models.CharField(max_length=60, blank=True)
    sentences = models.JSONField(default=list, blank=True)
    record = models.JSONField(default=dict, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(_("spurt"), auto_now_add=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("utkast fra språkmodell")
        verbose_name_plural = _("utkast fra språkmodell")
        ordering = ["-id"]
        indexes = [models.Index(fields=["merging", "state"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(theme__isnull=False, item__isnull=True)
                | models.Q(theme__isnull=True, item__isnull=False),
                name="merging_draft_is_about_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_task_display()} {self.pk}"
