"""A user signs in with an e-mail address and has one role."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a signed-in person is here as. Residents are those who are not signed in."""

    STAFF = "staff", _("Ansatt")
    UNIT_LEADER = "unit_leader", _("Enhetsleder")
    PLANNER = "planner", _("Planlegger")
    ECONOMIST = "economist", _("Økonom")
    COMMITTEE_MEMBER = "committee_member", _("Utvalgsmedlem")
    ADMINISTRATOR = "administrator", _("Administrator")


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user with a hashed password; without one, the person signs in through OIDC or resets it."""
        if not email:
            raise ValueError("a user needs an e-mail address")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """An administrator."""
        return self.create_user(email, password, **fields | {"role": Role.ADMINISTRATOR})


class User(AbstractBaseUser, PermissionsMixin):
    """A person with a role. Django's ``is_staff`` and ``is_superuser`` follow from it: administrators are both."""

    email = models.EmailField(_("e-post"), unique=True)
    name = models.CharField(_("navn"), max_length=200)
    role = models.CharField(_("rolle"), max_length=20, choices=Role.choices, default=Role.STAFF)
    language = models.CharField(_("språk"), max_length=5, blank=True, default="")
    is_active = models.BooleanField(_("aktiv"), default=True)
    is_staff = models.BooleanField(_("kan åpne administrasjonen"), default=False)
    date_joined = models.DateTimeField(_("opprettet"), default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("bruker")
        verbose_name_plural = _("brukere")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep Django's flags in step with the role, also when only some fields are saved.

        Addresses are kept in small letters: that is how they are looked for at sign-in.
        """
        self.email = self.email.lower()
        self.is_staff = self.is_superuser = self.role == Role.ADMINISTRATOR
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "is_staff", "is_superuser"}
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        """The name shown beside what the person did."""
        return str(self)
