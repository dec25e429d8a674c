"""Words for what documents say, and their text: ``{% load grunnmur_documents %}``.

{% kind_word "figure" %}        «Tall»
{% state_word finding.state %}  «Godtatt»
{% runs block.runs %}           the text with its marks; each run is a <mark> or a <span> that says where it begins
"""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from grunnmur_web.models import FindingState
from grunnmur_web.pages.passages import Run
from grunnmur_web.words import kinds

register = template.Library()

register.simple_tag(kinds.kind_word, name="kind_word")


@register.simple_tag
def state_word(state: str) -> str:
    """What was decided, in a word."""
    return str(FindingState(state).label)


@register.simple_tag
def runs(runs: Iterable[Run]) -> SafeString:
    """Runs as HTML, with an anchor where a finding begins. In Python, since a page has hundreds of them."""
    return mark_safe("".join(map(_run, runs)))  # noqa: S308 - every text is escaped below


def _run(run: Run) -> str:
    if not run.marks:
        return f'<span data-start="{run.start}">{escape(run.text)}</span>'
    names = (f"funn-{anchor}" if anchor else "sted" for anchor in run.anchors)
    anchors = "".join(f'<span class="gm-anchor" id="{name}"></span>' for name in names)
    current = ' aria-current="true"' if run.chosen else ""
    marked = f'data-kind="{escape(run.kind)}" data-funn="{run.ids}" data-start="{run.start}"{current}'
    return f'{anchors}<mark class="gm-mark" {marked}>{escape(run.text)}</mark>'
