"""How allauth makes users here: nobody signs up by themselves, and OIDC claims are kept to a minimum."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

# Claims that name a person beyond what signing in needs; ID-porten sends the national identity number as ``pid``.
SENSITIVE_CLAIMS = ("pid", "sub_legacy", "birthdate", "phone_number", "address")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """An administrator makes the users. The language a person has chosen follows them to a new device."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("E-postadressen eller passordet er feil. Prøv igjen, eller lag et nytt passord."),
        "too_many_login_attempts": _("For mange forsøk. Vent noen minutter og prøv igjen."),
        "enter_current_password": _("Skriv passordet du har nå."),
        "incorrect_password": _("Passordet er feil."),
    }

    def post_login(self, request: HttpRequest, user: Any, **details: Any) -> HttpResponse:
        """Go on to where the person was heading, in their own language."""
        response: HttpResponse = super().post_login(request, user, **details)
        if user.language:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
        return response

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """No open registration."""
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """OIDC connects to an existing user with the same verified e-mail; claims about identity are dropped."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """No open registration."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Strip identity claims before anything is stored."""
        data = sociallogin.account.extra_data
        for part in (data, data.get("userinfo", {}), data.get("id_token", {})):
            for claim in SENSITIVE_CLAIMS:
                part.pop(claim, None)
