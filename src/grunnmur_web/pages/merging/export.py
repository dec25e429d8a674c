"""A merge as files: the same report in every format, made from people's decisions as they stand."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from grunnmur.choices.merging.serialise import merge_json
from grunnmur_web.models import Merging
from grunnmur_web.permissions import Visitor, sees_suggestions
from grunnmur_web.store.merging.back import merge_of
from grunnmur_web.words.merging_report import report_words


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format people can download: how it is made, and what the browser is told that it is."""

    name: str
    icon: str
    content_type: str
    write: Callable[[Merging, bool], bytes]


@dataclass(frozen=True, slots=True)
class ReportWords:
    """The words of one merge's report: its own title, and what its state means for the reader."""

    merging: Merging

    def __call__(self, code: str, **params: object) -> str:
        """The words for a code."""
        finished = self.merging.state == Merging.State.FINISHED
        notice = _("Arbeidet er ikke ferdig. Det som ikke er avgjort, er forslag fra maskinen.")
        own = {
            "title": self.merging.title,
            "footer": self.merging.title,
            "subtitle": _("Ferdig sammenstilling") if finished else _("Utkast"),
            "notice": "" if finished else notice,
        }
        return own[code] if code in own else report_words(code, params)


def _json(merging: Merging, reviewed: bool) -> bytes:
    return json.dumps(merge_json(merge_of(merging, reviewed=reviewed)), ensure_ascii=False, indent=1).encode()


def _report(form: str) -> Callable[[Merging, bool], bytes]:
    def write(merging: Merging, reviewed: bool) -> bytes:
        from grunnmur.output import reports
        from grunnmur.output.merged import merge_report

        made = merging.finished_at or timezone.now()
        language = (get_language() or "nb")[:2]
        report = merge_report(merge_of(merging, reviewed=reviewed), ReportWords(merging), language=language, made=made)
        if form == "html":
            return reports.to_html(report)
        return reports.to_word(report, made) if form == "docx" else reports.to_pdf(report, made)

    return write


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS: Mapping[str, ExportFormat] = {
    "docx": ExportFormat("Word", "FileWord", WORD, _report("docx")),
    "pdf": ExportFormat("PDF", "FilePdf", "application/pdf", _report("pdf")),
    "html": ExportFormat("HTML", "Globe", "text/html; charset=utf-8", _report("html")),
    "json": ExportFormat("JSON", "FileJson", "application/json", _json),
}


def export(user: Visitor, merging: Merging, format_: str) -> tuple[bytes, str, str]:
    """Content, content type and file name. Raises KeyError for a format there is none of.

    What the machine noticed and nobody has looked at is in the files of those who work here only.
    """
    chosen = FORMATS[format_]
    content = chosen.write(merging, not sees_suggestions(user))
    return content, chosen.content_type, f"{slugify(merging.title) or 'plan'}.{format_}"
