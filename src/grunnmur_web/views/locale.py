"""Which language a page is in: the person's own choice, else the Norwegian that the browser prefers.

Django's own rule would show English to anyone whose browser asks for it first. This is a Norwegian municipality's
site, and many browsers here are set to English without anyone having chosen it.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

NORWEGIAN = {"nn": "nn", "nb": "nb", "no": "nb"}


class ChosenLanguageMiddleware(LocaleMiddleware):
    """Sets the language of each request, and tells caches what it depends on."""

    def process_request(self, request: HttpRequest) -> None:
        """Activate the language; it is set back by the next request."""
        translation.activate(language_of(request))
        request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE


def language_of(request: HttpRequest) -> str:
    """The language in the cookie when it is one of ours, else nynorsk or bokmål."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in dict(settings.LANGUAGES):
        return chosen
    wanted = sorted(_wanted(request.headers.get("Accept-Language", "")), reverse=True, key=lambda pair: pair[0])
    return next((NORWEGIAN[name] for _, name in wanted if name in NORWEGIAN), settings.LANGUAGE_CODE)


def _wanted(header: str) -> list[tuple[float, str]]:
    """Weight and base language of each part of the header; a weight that is no number counts as zero."""
    parts = []
    for part in header[:500].lower().split(","):
        name, _, weight = part.strip().partition(";q=")
        try:
            parts.append((float(weight or 1), name.split("-")[0]))
        except ValueError:
            parts.append((0.0, name.split("-")[0]))
    return parts
