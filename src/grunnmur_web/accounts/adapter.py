"""How allauth makes users here: nobody signs up by themselves, and OIDC claims are kept to a minimum."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

# Claims that name a person beyond what signing in needs; ID-porten sends the national identity number as ``pid``.
SENSITIVE_CLAIMS = ("pid", "sub_legacy", "birthdate", "phone_number", "address")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """An administrator makes the users."""

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
