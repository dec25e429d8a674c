"""The main app; its label is short because it stands in every table name."""

from django.apps import AppConfig


class GrunnmurConfig(AppConfig):
    """Everything but the users."""

    name = "grunnmur_web"
    label = "grunnmur"
    verbose_name = "Grunnmur"

    def ready(self) -> None:
        """Listen to what happens to users."""
        from grunnmur_web.accounts.signals import password_chosen
        from grunnmur_web.actions.account import log_password

        password_chosen.connect(log_password)
