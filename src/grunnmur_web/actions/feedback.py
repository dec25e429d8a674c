"""Messages about the site."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _

from grunnmur_web.models import Feedback


def give_feedback(*, message: str, page: str = "", email: str = "") -> Feedback:
    """Keep the message, and send it to the municipality's contact address when there is one."""
    with transaction.atomic():
        feedback = Feedback.objects.create(message=message, page=page, email=email)
        transaction.on_commit(lambda: _notify(feedback))
    return feedback


def _notify(feedback: Feedback) -> None:
    """The message is safe in the table already, so a mail server that is down must not stop the sender."""
    if not settings.CONTACT_EMAIL:
        return
    body = f"{feedback.message}\n\n{feedback.page}\n{feedback.email}".strip()
    send_mail(_("Melding om Grunnmur"), body, None, [settings.CONTACT_EMAIL], fail_silently=True)
