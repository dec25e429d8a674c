"""How allauth makes users here: nobody signs up by themselves, and OIDC claims are kept to a minimum."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from grunnmur_web.accounts.models import User
from grunnmur_web.accounts.oidc import check_answer
from grunnmur_web.accounts.signals import password_chosen

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

    def set_password(self, user: Any, password: str) -> None:
        """Set it, and tell those who write such things down; neither stands alone."""
        asker = self.request.user
        with transaction.atomic():
            super().set_password(user, password)
            password_chosen.send(User, user=user, by_link=not asker.is_authenticated)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """No open registration."""
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """OIDC signs in the user with the same verified e-mail, and is tied to that user from then on.

    A password that was there stops working, since nobody has shown that the owner of the address chose it.
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """No open registration."""
        return False

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """Only with an address that the issuer says it has verified: ``true`` itself, not words that mean it.

        Some issuers send "false" as text, which is as good as true to Python; others leave the claim out, and let
        people write any address.
        """
        return bool(login.account.get_provider_account().get_user_data().get("email_verified") is True)

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Look through the answer. Nobody adds a way into a user by themselves: an open screen would be enough to keep
        the key to it.
        """
        check_answer(sociallogin)
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            raise PermissionDenied("connect")


@receiver(pre_save, sender=SocialAccount)
def drop_sensitive_claims(sender: type[SocialAccount], instance: SocialAccount, **details: Any) -> None:
    """Strip claims before they are stored. allauth stores them at each sign-in before it asks the adapter."""
    data = instance.extra_data
    for part in (data, data.get("userinfo"), data.get("id_token")):
        for claim in SENSITIVE_CLAIMS if isinstance(part, dict) else ():
            part.pop(claim, None)
