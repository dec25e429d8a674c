"""Users are an app of their own: nothing in it points to the rest."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People who sign in."""

    name = "grunnmur_web.accounts"
    label = "accounts"
    verbose_name = _("Brukere")

    def ready(self) -> None:
        """Listen."""
        from grunnmur_web.accounts import signals  # noqa: F401
