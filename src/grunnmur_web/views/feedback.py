"""«Meld fra»: anyone can tell about something that does not work."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from django import forms
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from grunnmur_web.accounts.guards import client_address
from grunnmur_web.actions.feedback import give_feedback

PER_HOUR = 10
HOUR = 3600


class FeedbackForm(forms.Form):
    """What happened, where, and an address if the person wants an answer.

    ``website`` is not shown to people; what fills it in is not a person.
    """

    message = forms.CharField(
        label=_("Hva virker ikke som det skal?"),
        help_text=_("Skriv hva du prøvde å gjøre, og hva som skjedde."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Skriv hva som ikke virker.")},
    )
    page = forms.CharField(label=_("Hvilken side gjelder det?"), max_length=500, required=False)
    email = forms.EmailField(
        label=_("E-postadressen din"),
        help_text=_("Bare hvis du vil ha svar. Den brukes ikke til noe annet."),
        required=False,
        error_messages={"invalid": _("Skriv hele adressen, for eksempel kari@eksempel.no.")},
    )
    website = forms.CharField(required=False, label=_("La dette feltet stå tomt"))


@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest) -> HttpResponse:
    """The form, and what becomes of it."""
    form = FeedbackForm(request.POST or None, initial={"page": request.GET.get("side", "")[:500]})
    if request.method != "POST" or not form.is_valid():
        return render(request, "about/feedback.html", {"form": form}, status=200)
    if form.cleaned_data["website"]:
        return redirect("feedback-thanks")
    if not may_send(request, "feedback"):
        form.add_error(None, _("Det er sendt mange meldinger herfra den siste timen. Vent litt og prøv igjen."))
        return render(request, "about/feedback.html", {"form": form}, status=429)
    data = form.cleaned_data
    give_feedback(message=data["message"], page=data["page"], email=data["email"])
    return redirect("feedback-thanks")


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """What happens with the message now."""
    return render(request, "about/feedback_thanks.html")


def may_send(request: HttpRequest, what: str) -> bool:
    """At most ten messages of a kind an hour from one address. The address itself is not kept."""
    key, now = f"{what}:{_sender(request)}", timezone.now().timestamp()
    recent = [at for at in cache.get(key, []) if now - at < HOUR]
    if len(recent) >= PER_HOUR:
        return False
    cache.set(key, [*recent, now], HOUR)
    return True


def _sender(request: HttpRequest) -> str:
    """A short hash of the sender's address, salted with the secret key."""
    return salted_hmac("grunnmur.feedback", _household(client_address(request))).hexdigest()[:24]


def _household(address: str) -> str:
    """The address, or the network it is in where one household has 2⁶⁴ of them."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((known, 64), strict=False)) if isinstance(known, IPv6Address) else address
