"""What people change about themselves."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from grunnmur_web import audit
from grunnmur_web.accounts.models import User


def log_password(sender: type[User], user: User, *, by_link: bool, **details: Any) -> None:
    """Log that people chose a password for themselves; the log knows neither the old nor the new."""
    audit.record("user.password_reset" if by_link else "user.password_changed", user, by=user)


@transaction.atomic
def change_own_account(user: User, *, name: str, language: str) -> User:
    """Set name and language. The name stands beside decisions, so a new one is written down."""
    kept = User.objects.select_for_update().get(pk=user.pk)
    old_name = kept.name
    kept.name, kept.language = name, language
    kept.save(update_fields=["name", "language"])
    if name != old_name:
        audit.record("user.changed", kept, by=kept, old={"name": old_name}, new={"name": name})
    return kept
