"""Documents, their versions, and how each file came in."""

from __future__ import annotations

import uuid
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from grunnmur_web.models.organisation import OrgUnit, ServiceZone
from grunnmur_web.models.plans import Plan


class DocumentKind(models.TextChoices):
    """What sort of document it is."""

    PLAN = "plan", _("Plan")
    MONTH_REPORT = "month_report", _("Månedsrapport")
    CASE_PAPER = "case_paper", _("Saksframlegg")
    SLIDES = "slides", _("Lysbilder")
    STATISTICS = "statistics", _("Statistikk")
    OTHER = "other", _("Annet")


class Document(models.Model):
    """A document as people know it; its text is in the versions, of which one is current."""

    class Status(models.TextChoices):
        """A draft is seen by those who work with it; what is published is seen by everyone."""

        DRAFT = "draft", _("Utkast")
        PUBLISHED = "published", _("Publisert")

    title = models.CharField(_("tittel"), max_length=300)
    kind = models.CharField(_("type"), max_length=20, choices=DocumentKind.choices, default=DocumentKind.OTHER)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("eier"),
    )
    date = models.DateField(_("dokumentdato"), null=True, blank=True)
    plan = models.ForeignKey(Plan, models.SET_NULL, null=True, blank=True, related_name="documents")
    unit = models.ForeignKey(OrgUnit, models.SET_NULL, null=True, blank=True, related_name="documents")
    zones = models.ManyToManyField(ServiceZone, blank=True, related_name="documents")
    illustration = models.BooleanField(_("illustrasjon"), default=False)
    # Fields the machine filled from the content («kind», «title», «date»); a person's own choice empties it.
    guessed = models.JSONField(default=list, blank=True)
    current = models.OneToOneField(
        "grunnmur.DocumentVersion", models.SET_NULL, null=True, blank=True, related_name="current_of"
    )
    created_at = models.DateTimeField(_("opprettet"), auto_now_add=True)
    published_at = models.DateTimeField(_("publisert"), null=True, blank=True)

    class Meta:
        verbose_name = _("dokument")
        verbose_name_plural = _("dokumenter")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["status", "-created_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="draft", published_at__isnull=True)
                | models.Q(status="published", published_at__isnull=False),
                name="published_documents_have_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.title


class ReadState(models.TextChoices):
    """How far the reading of a file has come."""

    WAITING = "waiting", _("Venter")
    READING = "reading", _("Leses")
    READ = "read", _("Lest")
    FAILED = "failed", _("Kunne ikke leses")
    CANCELLED = "cancelled", _("Avbrutt")


def stored_path(version: DocumentVersion, filename: str) -> str:
    """Files are stored by content; the name a person gave is only ever shown, never used as a path."""
    return f"documents/{version.sha256[:2]}/{version.sha256}{PurePath(filename).suffix.lower()[:8]}"


class DocumentVersion(models.Model):
    """One file of a document, with what the reader made of it.

    ``structure`` is the title and the notices as ``store.documents`` writes them; pages have rows of their own.
    ``heartbeat`` tells a living reading from one whose worker was killed.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("versjon"))
    file = models.FileField(upload_to=stored_path, max_length=200)
    filename = models.CharField(_("filnavn"), max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("størrelse"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lagt inn av"),
    )
    uploaded_at = models.DateTimeField(_("lagt inn"), auto_now_add=True)

    state = models.CharField(_("lesing"), max_length=10, choices=ReadState.choices, default=ReadState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    heartbeat = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(_("lest"), null=True, blank=True)
    error_code = models.CharField(max_length=60, blank=True)
    error_params = models.JSONField(default=dict, blank=True)

    format = models.CharField(_("format"), max_length=10, blank=True)
    language = models.CharField(_("språk"), max_length=5, blank=True)
    page_count = models.PositiveIntegerField(_("sider"), default=0)
    text = models.TextField(blank=True)
    structure = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("versjon")
        verbose_name_plural = _("versjoner")
        ordering = ["document", "-number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="version_number_unique")]
        indexes = [models.Index(fields=["state", "heartbeat"])]

    def __str__(self) -> str:
        return f"{self.filename} ({self.number})"


class DocumentPage(models.Model):
    """One page of a version: ``version.text[start:end]``, so that a page is shown without loading the others.

    ``blocks`` and ``lines`` are those that touch the page, as ``store.documents`` writes them; a block that runs
    over a page break stands on every page it touches.
    """

    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    label = models.CharField(max_length=200, blank=True)
    hidden = models.BooleanField(default=False)
    blocks = models.JSONField(default=list)
    lines = models.JSONField(default=list)

    class Meta:
        verbose_name = _("side")
        verbose_name_plural = _("sider")
        ordering = ["version", "number"]
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="page_number_unique")]

    def __str__(self) -> str:
        return self.label or str(self.number)


class Upload(models.Model):
    """One drop of files; its page shows how each of them fared."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="uploads")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("innlegging")
        verbose_name_plural = _("innlegginger")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class UploadItem(models.Model):
    """One file of an upload: a version being read, a duplicate of one already here, or refused with a reason."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="items")
    filename = models.CharField(max_length=255)
    version = models.ForeignKey(DocumentVersion, models.SET_NULL, null=True, blank=True, related_name="items")
    duplicate_of = models.ForeignKey(DocumentVersion, models.SET_NULL, null=True, blank=True, related_name="+")
    error_code = models.CharField(max_length=60, blank=True)
    error_params = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.filename
