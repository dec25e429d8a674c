"""What every page needs around it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from grunnmur_web.pages.navigation import navigation
from grunnmur_web.permissions import visible_documents

APPEARANCE_COOKIE = "utseende"
APPEARANCES = ("auto", "light", "dark")


def frame(request: HttpRequest) -> dict[str, Any]:
    """Template context: the municipality's name, the menu and the chosen appearance.

    ``knows`` tells whether the viewer can see any document, and costs its one query only where it is used.
    """
    match = request.resolver_match
    return {
        "municipality": settings.MUNICIPALITY_NAME,
        "contact_email": settings.CONTACT_EMAIL,
        "source_code_url": settings.SOURCE_CODE_URL,
        "navigation": SimpleLazyObject(lambda: navigation((match.url_name if match else "") or "")),
        # An error that comes before the sign-in middleware is answered as to someone not signed in.
        "knows": SimpleLazyObject(lambda: visible_documents(getattr(request, "user", AnonymousUser())).exists()),
        "appearance": appearance(request),
        # Each language by its own name; Django's tag would translate them.
        "languages": settings.LANGUAGES,
    }


def appearance(request: HttpRequest) -> str:
    """«auto» follows the system; «light» and «dark» are the person's own choice, kept in a cookie."""
    chosen = request.COOKIES.get(APPEARANCE_COOKIE, "")
    return chosen if chosen in APPEARANCES else APPEARANCES[0]
