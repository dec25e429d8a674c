"""The parts pages are made of: ``{% load grunnmur_parts %}``.

Tags
    {% icon "MagnifyingGlass" %}                 decoration; label="Lukk" when alone; names: frontend/icons.txt
    {% source_link url "Temaplan, side 27" %}    underlined with the thread; the same look everywhere a source is opened
    {% state_tag finding.state %}                suggested|accepted|corrected|rejected, draft|published, waiting|
                                                 reading|read|failed|cancelled: word and icon, never colour alone
    {% breadcrumbs url1 "Kilder" url2 "Plan" %}  pairs from the top; the page itself is left out
    {% field form.name %}                        label, description, control and error, wired together
    {% error_summary form %}                     what to put right, on top of a form; nothing when all is well
    {% table "Alle tall i dokumentene" %} <thead>… <tbody>… {% endtable %}
                                                 caption (hide_caption=True), sticky head; cells with data-label="…"
                                                 become labelled blocks on a phone; number cells: class="gm-number"
    {% sort_header "Tall" "number" %}            a <th> whose link sorts by the GET parameter «sorter» («-number» falls)
    {% pagination page %}                        a Django Page; GET parameter «side»
    {% progress done total label="Leser Plan.pdf" %}
    {% error_text code params %}                 the sentence behind a code of the core (errors, notices, warnings)
Includes
    components/page_heading.html    title, lead, meta
    components/key_figure.html      figure (pages.front.FrontFigure or anything with the same fields)
    components/empty.html           title, text, url, link
    components/history.html         entries: when, who, what, old, new
    components/export_links.html    csv, xlsx, json (urls), count
Classes
    gm-wrap, gm-columns (2/3 + 1/3), gm-prose (reading width), gm-form (one column), gm-list (ruled list),
    gm-filter (row of filter fields: label, control, button), gm-actions (row of buttons), gm-facts (dl),
    gm-quiet (small grey text), gm-thread (block with the thread at its left edge),
    gm-confirm (<details> whose summary is a button: asks in place, without a dialog),
    gm-mark (found passage; aria-current="true" when chosen;
    data-kind="figure|element|action|milestone|law|service|warning")
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import HttpRequest, QueryDict
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import get_language, gettext

from grunnmur_web.words.codes import sentence
from grunnmur_web.words.states import state_look

register = template.Library()

SORT = "sorter"
PAGE = "side"
ALERT_COLORS = {"debug": "info", "info": "info", "success": "success", "warning": "warning", "error": "danger"}


@register.simple_tag
@lru_cache(maxsize=500, typed=True)  # a table has one in each row; text known to be safe is a type of its own
def icon(name: str, label: str = "") -> SafeString:
    """An icon from the sprite, hidden from screen readers unless it has a label."""
    href = f"{static('vendor/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="gm-icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, href)
    return format_html('<svg class="gm-icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', href)


@register.simple_tag
def source_link(url: str, text: str) -> SafeString:
    """The way from a number or a sentence to where it was read; plain text when there is nothing to open."""
    if not url:
        return format_html('<span class="gm-source">{}</span>', text)
    return format_html('<a class="gm-source" href="{}">{}</a>', url, text)


@register.simple_tag
def state_tag(state: str) -> SafeString:
    """A state as word and icon."""
    return _state_tag(str(state), get_language() or "")


@lru_cache(maxsize=200)  # a table has one in each row
def _state_tag(state: str, language: str) -> SafeString:
    look = state_look(state)
    return format_html(
        '<span class="ds-tag gm-state" data-size="sm" data-color="{}">{}{}</span>',
        look.color, icon(look.icon), look.word,
    )  # fmt: skip


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*pairs: str) -> dict[str, Any]:
    """Where the page belongs: url, name, url, name."""
    return {"crumbs": list(zip(pairs[::2], pairs[1::2], strict=True))}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, *, label: str = "", help: str | None = None, **attrs: str | bool) -> dict[str, Any]:
    """One form field. Extra attributes go to the control: autocomplete="email" for example.

    ``label`` and ``help`` replace those of the form, for forms whose words come from elsewhere.
    """
    if label:
        bound.label = label
    if help is not None:
        bound.help_text = help
    bound.field.widget.attrs["class"] = "ds-input"
    return {"field": bound, "kind": bound.widget_type, "control": bound.as_widget(attrs=attrs)}


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """Links from each error to its field."""
    errors = [(bound.id_for_label, bound.label, error) for bound in form.visible_fields() for error in bound.errors]
    return {"errors": errors, "general": form.non_field_errors()}


@register.simple_block_tag(takes_context=True)
def table(context: template.Context, content: str, caption: str, *, hide_caption: bool = False, id: str = "") -> str:
    """A real table in a box that scrolls by itself when it must, reachable by keyboard."""
    box = "gm-table" + (" gm-table--captionless" if hide_caption else "")
    name = id or f"tabell-{slugify(caption)}"
    return format_html(
        '<div class="{}" role="region" aria-labelledby="{}" tabindex="0"><table class="ds-table" data-size="sm">'
        '<caption id="{}">{}</caption>{}</table></div>',
        box, name, name, caption, content,
    )  # fmt: skip


@register.inclusion_tag("components/sort_header.html", takes_context=True)
def sort_header(context: template.Context, text: str, key: str, *, number: bool = False) -> dict[str, Any]:
    """A column that can be sorted: first rising, then falling."""
    query = _query(context["request"])
    current = query.get(SORT, "")
    direction = "ascending" if current == key else "descending" if current == f"-{key}" else "none"
    query[SORT] = f"-{key}" if direction == "ascending" else key
    query.pop(PAGE, None)
    return {"text": text, "direction": direction, "query": query.urlencode(), "number": number}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page[Any]) -> dict[str, Any]:
    """First, last and the pages around this one; nothing when there is one page."""
    query = _query(context["request"])
    query.pop(PAGE, None)
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": list(numbers), "query": query.urlencode(), "parameter": PAGE}


@register.inclusion_tag("components/progress.html")
def progress(done: int, total: int, label: str) -> dict[str, Any]:
    """How far something has come; without a total it is under way for an unknown time."""
    return {"done": done, "total": total, "label": label}


@register.simple_tag
def error_text(code: str, params: Mapping[str, Any] | None = None) -> str:
    """What a code of the core means, what is safe and what to do."""
    return sentence(code, params or {})


@register.filter
def alert_color(level: str) -> str:
    """The colour of a message; errors are «danger»."""
    return ALERT_COLORS.get(level, "info")


@register.filter
def entry_count(page: Page[Any]) -> str:
    """«Viser 1–50 av 412»."""
    return gettext("Viser %(first)s–%(last)s av %(count)s") % {
        "first": page.start_index(), "last": page.end_index(), "count": page.paginator.count,
    }  # fmt: skip


def _query(request: HttpRequest) -> QueryDict:
    return request.GET.copy()
