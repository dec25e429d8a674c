"""What can be searched: one row for each document, passage, element, figure and plan."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from grunnmur_web.models.documents import Document, DocumentVersion
from grunnmur_web.models.findings import Finding
from grunnmur_web.models.plans import Plan


class SearchEntry(models.Model):
    """A searchable row. ``terms`` are the stems and compound parts of title and body.

    A passage has no title of its own: what stands above it is its ``title`` to show and its ``heading_terms``.

    The number (``id``) is given by ``store.search.numbering``: it says whose the row is and of what kind.
    The full-text index beside it (FTS5 or a tsvector) is made in a migration for the database in use.
    """

    class Kind(models.TextChoices):
        """What a hit is."""

        DOCUMENT = "document", _("Dokument")
        PASSAGE = "passage", _("Tekst")
        ELEMENT = "element", _("Planelement")
        FIGURE = "figure", _("Tall")
        PLAN = "plan", _("Plan")

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    document = models.ForeignKey(Document, models.CASCADE, null=True, related_name="+")
    version = models.ForeignKey(DocumentVersion, models.CASCADE, null=True, related_name="+")
    finding = models.ForeignKey(Finding, models.CASCADE, null=True, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, null=True, related_name="+")
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    page = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=300)
    body = models.TextField()
    title_terms = models.TextField()
    body_terms = models.TextField()
    heading_terms = models.TextField(blank=True)
    year = models.PositiveSmallIntegerField(null=True, db_index=True)

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A word as texts have it, folded; for «begins with» and for suggestions."""

    LONGEST = 60

    word = models.CharField(max_length=LONGEST, unique=True)

    def __str__(self) -> str:
        return self.word
