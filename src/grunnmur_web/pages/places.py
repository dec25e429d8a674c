"""Addresses of places in documents: a finding, or any stretch of the text."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _


def finding_url(document: int, page: int, finding: int) -> str:
    """The document's page, at the finding."""
    return f"{reverse('document-detail', args=[document])}?side={page}&funn={finding}#funn-{finding}"


def passage_url(document: int, page: int, start: int, end: int) -> str:
    """The document's page, with ``text[start:end]`` marked."""
    return f"{reverse('document-detail', args=[document])}?side={page}&sted={start}-{end}#sted"


def place_text(document: str, page: int) -> str:
    """«Temaplan helse og omsorg, side 27»."""
    return _("%(document)s, side %(page)s") % {"document": document, "page": page}
