"""The main app; its label is short because it stands in every table name."""

from django.apps import AppConfig


class GrunnmurConfig(AppConfig):
    """Everything but the users."""

    name = "grunnmur_web"
    label = "grunnmur"
    verbose_name = "Grunnmur"
