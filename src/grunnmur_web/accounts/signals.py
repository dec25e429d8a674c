"""What other parts may want to know about users, and what follows from changing one."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import Signal, receiver

from grunnmur_web.accounts.models import User

password_chosen = Signal()
"""Someone has chosen a password: ``user``, and ``by_link`` when they came through an e-mail. Sent in the transaction
that stores it."""


@receiver(post_save, sender=User)
def forget_other_addresses(
    sender: type[User], instance: User, *, raw: bool, update_fields: frozenset[str] | None, **details: Any
) -> None:
    """A user has one address, the one an administrator gives. allauth keeps a list of its own beside it, and would let
    the holder of an address that was replaced sign in or ask for a new password.
    """
    address_is_saved = update_fields is None or "email" in update_fields
    if raw or not address_is_saved:  # raw: rows of a backup, put back as they were
        return
    is_own = Q(user=instance, email__iexact=instance.email)
    EmailAddress.objects.filter(Q(user=instance) | Q(email__iexact=instance.email)).exclude(is_own).delete()
