"""Sign-in from outside with what OpenID Connect has beyond OAuth: a nonce, and the level the issuer vouches for."""

from __future__ import annotations

import secrets
from typing import Any

from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse


class Provider(OpenIDConnectProvider):  # type: ignore[misc]
    """The issuer in the settings. What is asked of it follows from them alone, never from the link that leads here."""

    package = OpenIDConnectProvider.get_package()  # where allauth looks for the addresses

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        """Nothing of what the address asks for."""
        return self.get_auth_params()

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """Nothing of what the address asks for."""
        return list(self.get_scope())

    def get_auth_params(self) -> dict[str, str]:
        """The levels of the settings, the preferred first."""
        asked: dict[str, str] = super().get_auth_params()
        return asked | ({"acr_values": " ".join(settings.OIDC_ACR)} if settings.OIDC_ACR else {})

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **details: Any
    ) -> HttpResponse:
        """Send the browser to the issuer with a nonce, and keep it with the rest of what is remembered."""
        nonce = secrets.token_urlsafe()
        details["auth_params"] = self.get_auth_params() | {"nonce": nonce}
        response: HttpResponse = super().redirect(request, process, next_url, data, nonce=nonce, **details)
        return response


def check_answer(login: Any) -> None:
    """Refuse an answer that was given to another question, about someone else, or without the level we ask for.

    allauth has checked state, issuer, audience and time by now. The signature is not needed (OpenID Connect Core
    §3.1.3.7): the token came straight from the issuer. Raises PermissionDenied, whose text is for the log.
    """
    claims = login.account.extra_data
    token, user = claims.get("id_token") or {}, claims.get("userinfo") or {}
    nonce = login.state.get("nonce")
    if not nonce or token.get("nonce") != nonce:
        raise PermissionDenied("nonce")
    if user and user.get("sub") != token.get("sub"):
        raise PermissionDenied("sub")
    if settings.OIDC_ACR and token.get("acr") not in settings.OIDC_ACR:
        raise PermissionDenied("acr")
