"""The choice among many, written in one go."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

LONGEST_KEY = 18  # digits


class ChosenRows(forms.ModelMultipleChoiceField[Any]):
    """As Django's, which asks the database also for numbers that it can't count to."""

    def clean(self, value: Any) -> Any:
        """The rows. A number that is too long is no row of ours."""
        long = next((str(one) for one in value or () if len(str(one)) > LONGEST_KEY), None)
        if long is not None:
            message = self.error_messages["invalid_choice"]
            raise forms.ValidationError(message, code="invalid_choice", params={"value": long[:LONGEST_KEY]})
        return super().clean(value)


class LongSelect(forms.Select):
    """As Django's, which renders a template for each option: with fifty documents that is most of a page's time."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """One <select>; options are not grouped."""
        chosen = set(self.format_value(value))
        rows = ((key, SafeString(" selected" if str(key) in chosen else ""), label) for key, label in self.choices)
        options = format_html_join("", '<option value="{}"{}>{}</option>', rows)
        return format_html(
            "<select{}>{}</select>", flatatt(self.build_attrs({**self.attrs, "name": name}, attrs)), options
        )
