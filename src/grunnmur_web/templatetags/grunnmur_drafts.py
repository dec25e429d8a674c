"""``{% ask_for_draft theme %}``: the buttons that ask a language model; nothing where there is none."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import RequestContext
from django.urls import reverse
from django.utils.translation import gettext as _

from grunnmur_web.models import MergedItem, MergedTheme, MergingDraft
from grunnmur_web.pages.merging.drafts import may_draft

register = template.Library()


@register.inclusion_tag("merging/draft_ask.html", takes_context=True)
def ask_for_draft(context: RequestContext, about: MergedTheme | MergedItem) -> dict[str, Any]:
    """A button for each thing that can be asked about a theme or an item."""
    Task = MergingDraft.Task
    tasks = [(Task.MERGED_WORDING.value, _("Be om utkast til ordlyd"))]
    name = "merging-item-draft"
    if isinstance(about, MergedTheme):
        tasks = [(Task.THEME_TITLE.value, _("Be om forslag til navn")), (Task.SUMMARY.value, _("Be om sammendrag"))]
        name = "merging-theme-draft"
    action = reverse(name, args=[about.merging_id, about.pk])
    return {"on": may_draft(), "tasks": tasks, "action": action, "csrf_token": context.get("csrf_token")}
