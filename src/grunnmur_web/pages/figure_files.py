"""The list of figures as files: CSV, Excel and JSON-stat."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from grunnmur.kernel import Unit
from grunnmur.output import Cell, Column, ColumnKind, FigureRecord, Table, to_csv, to_jsonstat, to_xlsx
from grunnmur_web.models import FindingState
from grunnmur_web.pages.figures import STATE_WORDS
from grunnmur_web.pages.places import finding_url
from grunnmur_web.words import dates, numbers, periods

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
PLAIN_FORMAT = "#,##0.###"
NUMBER_FORMATS: dict[str, str] = {Unit.NOK: '#,##0 "kr"', Unit.PERCENT: '0.0## "%"'}


def figure_file(
    format_: str, records: Sequence[FigureRecord], narrowing: Sequence[tuple[str, str]], *, site: str, now: datetime
) -> bytes:
    """The file. ``site`` is the address of the site, so that sources can be opened from elsewhere."""
    if format_ == "json":
        return _json(records, now)
    table = _table(records, narrowing, site, now)
    return to_csv(table) if format_ == "csv" else to_xlsx(table)


def _json(records: Sequence[FigureRecord], now: datetime) -> bytes:
    dataset = to_jsonstat(
        records,
        label=title(),
        source=settings.MUNICIPALITY_NAME,
        updated=now,
        unit_words={unit.value: numbers.unit_name(unit) for unit in Unit},
        period_words={record.period: periods.period(record.period) for record in records if record.period}
        | {"-": _("uten periode")},
    )
    return json.dumps(dataset, ensure_ascii=False, indent=1).encode()


def title() -> str:
    """What the file is about."""
    return _("Tall i dokumentene til %(municipality)s") % {"municipality": settings.MUNICIPALITY_NAME}


def _table(records: Sequence[FigureRecord], narrowing: Sequence[tuple[str, str]], site: str, now: datetime) -> Table:
    return Table(
        title=_("Tall"),
        columns=_columns(),
        rows=[_row(record, site) for record in records],
        formats=[_number_format(record) for record in records],
        about=_about(len(records), narrowing, site, now),
        about_title=_("Om tallene"),
        made=now,
    )


def _columns() -> list[Column]:
    return [
        Column(_("Hva")),
        Column(_("Verdi"), ColumnKind.NUMBER),
        Column(_("Måleenhet")),
        Column(_("Omtrentlig")),
        Column(_("Periode")),
        Column(_("Periode (ISO 8601)")),
        Column(_("Hvem det gjelder")),
        Column(_("Kontroll")),
        Column(_("Dokument")),
        Column(_("Side"), ColumnKind.NUMBER),
        Column(_("Sitat")),
        Column(_("Kilde"), ColumnKind.LINK),
    ]


def _row(record: FigureRecord, site: str) -> list[Cell]:
    return [
        record.label,
        record.number,
        numbers.unit_name(record.unit),
        _("ca.") if record.approx else "",
        periods.period(record.period),
        record.period,
        record.org,
        str(STATE_WORDS[FindingState(record.state)]),
        record.document,
        record.page,
        " ".join(record.passage.split()),
        site + finding_url(record.document_id, record.page, record.id),
    ]


def _number_format(record: FigureRecord) -> str:
    # Whole numbers are written without a decimal comma that nothing follows.
    if record.number is not None and float(record.number).is_integer() and record.unit != Unit.NOK:
        return '0 "%"' if record.unit == Unit.PERCENT else "#,##0"
    return NUMBER_FORMATS.get(record.unit, PLAIN_FORMAT)


def _about(count: int, narrowing: Sequence[tuple[str, str]], site: str, now: datetime) -> list[tuple[str, str]]:
    chosen = ", ".join(f"{name}: {words}" for name, words in narrowing) or _("Ingen, alle tall er med")
    return [
        (_("Hva"), title()),
        (_("Hentet"), dates.moment(now)),
        (_("Antall tall"), numbers.number(count)),
        (_("Avgrensning"), chosen),
        (
            _("Kilde"),
            _("Hvert tall er lest fra dokumentet og siden som står på raden. «Sitat» er teksten det ble lest fra."),
        ),
        (_("Nettsted"), site),
    ]
