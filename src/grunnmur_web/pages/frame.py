"""What every page needs around it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """Template context: the municipality's name. Costs no query."""
    return {"municipality": settings.MUNICIPALITY_NAME, "contact_email": settings.CONTACT_EMAIL}
