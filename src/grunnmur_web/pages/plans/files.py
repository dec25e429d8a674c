"""A plan as Word, PDF and web page: the same blocks, with the numbers of the edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from grunnmur.output.reports import (
    HeadingBlock,
    ParagraphBlock,
    QuoteBlock,
    Report,
    ReportBlock,
    ReportLabels,
    Run,
    Tone,
    text_runs,
    to_html,
    to_pdf,
    to_word,
)
from grunnmur_web.models import Plan, PlanVersion
from grunnmur_web.pages.plans.reading import ElementView, element_views
from grunnmur_web.pages.plans.register import decision_text, period_text
from grunnmur_web.permissions import Visitor
from grunnmur_web.words import dates

DEEPEST = 4
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Writer = Callable[[Report, datetime], bytes]
FORMATS: Mapping[str, tuple[str, Writer]] = {
    "docx": (WORD, to_word),
    "pdf": ("application/pdf", to_pdf),
    "html": ("text/html; charset=utf-8", lambda report, _made: to_html(report)),
}


def plan_file(user: Visitor, plan: Plan, edition: PlanVersion, format_: str, *, site: str) -> tuple[bytes, str]:
    """Content and content type. Raises KeyError for a format there is none of."""
    content_type, write = FORMATS[format_]
    return write(plan_report(user, plan, edition, site=site), edition.at), content_type


def plan_report(user: Visitor, plan: Plan, edition: PlanVersion, *, site: str) -> Report:
    """The edition with the passages that ``user`` may see; ``site`` makes their addresses whole."""
    elements = element_views(user, edition.snapshot, {})
    kind = str(PlanVersion.Kind(edition.kind).label)
    when = dates.day(timezone.localtime(edition.at).date())
    footer = _("%(plan)s, utgave %(number)s, %(when)s") % {"plan": plan.name, "number": edition.edition, "when": when}
    notices = {
        PlanVersion.Kind.HEARING.value: _("Dette er en høringsutgave. Planen er ikke vedtatt."),
        PlanVersion.Kind.DRAFT.value: _("Dette er et utkast. Planen er ikke vedtatt."),
    }
    return Report(
        title=plan.name,
        subtitle=settings.MUNICIPALITY_NAME,
        language=get_language() or "nb",
        labels=ReportLabels(_("Innhold"), _("side"), _("av"), footer),
        blocks=tuple(block for one in elements for block in _blocks(one, site)),
        notice=notices.get(edition.kind, ""),
        facts=tuple((name, value) for name, value in _about(plan, kind, edition, when) if value),
    )


def _about(plan: Plan, kind: str, edition: PlanVersion, when: str) -> Iterator[tuple[str, str]]:
    yield _("Type"), str(plan.get_type_display())
    yield _("Periode"), period_text(plan)
    yield _("Vedtak"), decision_text(plan)
    yield _("Eier"), plan.unit.name if plan.unit else ""
    yield _("Utgave"), _("%(number)s (%(kind)s), %(when)s") % {
        "number": edition.edition, "kind": kind.lower(), "when": when,
    }  # fmt: skip


def _blocks(one: ElementView, site: str) -> Iterator[ReportBlock]:
    anchor = f"d{one.number}" if one.number else f"d-{one.id}"
    yield HeadingBlock(min(one.depth + 1, DEEPEST), one.title, one.number, anchor)
    yield ParagraphBlock(text_runs(one.level), Tone.NOTE)
    for line in (line for line in one.body.splitlines() if line.strip()):
        yield ParagraphBlock(text_runs(line))
    if one.rationale:
        yield ParagraphBlock((Run(_("Hvorfor: "), bold=True), Run(one.rationale)))
    for name, value in one.facts:
        yield ParagraphBlock((Run(f"{name}: ", bold=True), Run(value)), Tone.NOTE)
    for source in one.sources:
        yield QuoteBlock(source.text, source.place, f"{site}{source.url}" if source.url else "")
