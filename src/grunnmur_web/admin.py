"""Django's admin for administrators. Documents and findings are changed on their own pages, where acts are logged."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.models import SocialAccount
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import ReadOnlyPasswordHashField
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grunnmur_web import audit
from grunnmur_web.accounts.models import Role, User
from grunnmur_web.models import AuditEvent, Document, DocumentVersion, Feedback, KeyFigure, OrgUnit, Plan, ServiceZone
from grunnmur_web.store import search


class GrunnmurAdmin(admin.AdminSite):
    """Django's admin with what is registered here and nothing else: other apps' models would change unlogged."""

    site_header = "Grunnmur"
    site_title = "Grunnmur"
    index_title = _("Administrasjon")

    def has_permission(self, request: HttpRequest) -> bool:
        """Administrators."""
        user = request.user
        return isinstance(user, User) and user.is_active and user.role == Role.ADMINISTRATOR

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """One page to sign in on, where guessing is counted."""
        if request.user.is_authenticated:
            if not self.has_permission(request):
                raise PermissionDenied("admin")
            return redirect("admin:index")
        return redirect_to_login(request.GET.get("next", reverse("admin:index")))


site = GrunnmurAdmin()


class AuditedAdmin(admin.ModelAdmin[models.Model]):
    """Every change made here is logged like those made on the pages."""

    def save_model(self, request: HttpRequest, obj: models.Model, form: forms.ModelForm, change: bool) -> None:  # type: ignore[type-arg]
        """Save and log which fields changed, with the values before and after."""
        old = {name: str(form.initial.get(name)) for name in form.changed_data}
        super().save_model(request, obj, form, change)
        new = {name: str(form.cleaned_data.get(name)) for name in form.changed_data if name != "password"}
        act = "changed" if change else "created"
        audit.record(f"{obj._meta.model_name}.{act}", obj, by=_user(request), old=old if change else None, new=new)

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        """Log, then delete."""
        audit.record(f"{obj._meta.model_name}.deleted", obj, by=_user(request))
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[models.Model]) -> None:
        """Log each of several, then delete them."""
        for obj in queryset:
            audit.record(f"{obj._meta.model_name}.deleted", obj, by=_user(request))
        super().delete_queryset(request, queryset)


class ReadOnlyAdmin(admin.ModelAdmin[models.Model]):
    """Look, but change nothing."""

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Nothing is added by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Nothing is changed by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Nothing is deleted by hand."""
        return False


class UserForm(forms.ModelForm[User]):
    """A new user; the person chooses a password through «glemt passord» when none is given."""

    password = forms.CharField(label=_("Passord"), required=False, widget=forms.PasswordInput)

    class Meta:
        model = User
        fields = ["email", "name", "role"]

    def save(self, commit: bool = True) -> User:
        """Hash the password."""
        user = super().save(commit=False)
        user.set_password(self.cleaned_data["password"] or None)
        if commit:
            user.save()
        return user


class UserChangeForm(forms.ModelForm[User]):
    """The stored hash is shown, never the password."""

    password = ReadOnlyPasswordHashField(label=_("Passord"))

    class Meta:
        model = User
        fields = ["email", "password", "name", "role", "language", "is_active"]


@admin.register(User, site=site)
class UserAdmin(AuditedAdmin, DjangoUserAdmin):  # type: ignore[type-arg]
    """Users with role and units."""

    add_form = UserForm
    form = UserChangeForm  # type: ignore[assignment]
    ordering = ["name", "email"]
    list_display = ["email", "name", "role", "is_active", "last_login"]
    list_filter = ["role", "is_active"]
    search_fields = ["email", "name"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["email", "password", "name", "role", "language"]}),
        (_("Tilgang"), {"fields": ["is_active"]}),
        (_("Tidspunkt"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name", "role", "password"]})]

    @transaction.atomic
    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Log that a password was set; the log knows neither the old nor the new."""
        user = User.objects.filter(pk=id).first() if id.isdecimal() else None
        response: HttpResponse = super().user_change_password(request, id, form_url)
        if user is not None and User.objects.get(pk=user.pk).password != user.password:
            audit.record("user.password_set", user, by=_user(request))
        return response


@admin.register(SocialAccount, site=site)
class OutsideIdentityAdmin(AuditedAdmin):
    """Who signs in from outside as whom: made at the first sign-in, and taken away here."""

    list_display = ["user", "provider", "date_joined", "last_login"]
    search_fields = ["user__email", "user__name"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Not by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Not by hand."""
        return False


@admin.register(OrgUnit, site=site)
class OrgUnitAdmin(AuditedAdmin):
    """Units with their leaders."""

    list_display = ["name", "kind", "parent", "source"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name"]
    filter_horizontal = ["leaders"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(ServiceZone, site=site)
class NamedAdmin(AuditedAdmin):
    """What has a name and a short name made from it."""

    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Plan, site=site)
class PlanAdmin(NamedAdmin):
    """Plans, which are searched for by name. One that is deleted takes its place in the index with it.

    What else is known about a plan is changed on its own page, where it is checked and logged as one.
    """

    fields = ["name", "slug", "period_from", "period_to"]

    def save_model(self, request: HttpRequest, obj: Plan, form: forms.ModelForm[Plan], change: bool) -> None:  # type: ignore[override]
        """Save, log, and let the search know the name."""
        super().save_model(request, obj, form, change)
        search.index_plan(obj)


@admin.register(KeyFigure, site=site)
class KeyFigureAdmin(AuditedAdmin):
    """The figures on the front page."""

    list_display = ["label", "value", "unit", "period", "source_title", "order"]
    list_editable = ["order"]
    raw_id_fields = ["finding"]


@admin.register(Document, site=site)
class DocumentAdmin(ReadOnlyAdmin):
    """Documents, to look things up."""

    list_display = ["title", "kind", "status", "owner", "date", "created_at"]
    list_filter = ["status", "kind"]
    list_select_related = ["owner"]
    search_fields = ["title"]


@admin.register(DocumentVersion, site=site)
class DocumentVersionAdmin(ReadOnlyAdmin):
    """Files and how reading them went."""

    list_display = ["filename", "document", "number", "state", "error_code", "uploaded_at"]
    list_filter = ["state", "format"]
    list_select_related = ["document"]
    exclude = ["text", "structure"]
    search_fields = ["filename", "sha256"]


@admin.register(Feedback, site=site)
class FeedbackAdmin(AuditedAdmin):
    """Messages from those who use the site."""

    list_display = ["at", "page", "message", "email", "handled_at"]
    list_filter = ["handled_at"]


@admin.register(AuditEvent, site=site)
class AuditEventAdmin(ReadOnlyAdmin):
    """Who did what, and when."""

    list_display = ["at", "actor", "act", "target"]
    list_filter = ["act", "target_type"]
    search_fields = ["actor", "target"]
    date_hierarchy = "at"


def _user(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
