"""«Min side»: name and language of the signed-in person."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from grunnmur_web.accounts.models import User
from grunnmur_web.actions.account import change_own_account
from grunnmur_web.views.language import remember
from grunnmur_web.words.roles import role_text


class AccountForm(forms.ModelForm[User]):
    """What people decide themselves; the role is the administrator's to give."""

    language = forms.ChoiceField(label=_("Språk"), choices=settings.LANGUAGES, widget=forms.RadioSelect)

    class Meta:
        model = User
        fields = ["name", "language"]
        labels = {"name": _("Navn")}
        help_texts = {"name": _("Vises ved siden av det du legger inn og avgjør.")}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """See and change one's own name and language."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101
    initial = {"language": user.language or request.LANGUAGE_CODE}
    form = AccountForm(request.POST or None, instance=user, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return render(
            request,
            "accounts/account.html",
            {"form": form, "units": user.units.all(), "role_text": role_text(user.role)},
        )
    saved = change_own_account(user, **form.cleaned_data)
    messages.success(request, _("Endringene er lagret."))
    response = redirect("account-page")
    remember(response, settings.LANGUAGE_COOKIE_NAME, saved.language)
    return response
