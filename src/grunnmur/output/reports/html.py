"""A report as one web page that stands alone: no script, nothing fetched, good on paper and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from lxml import etree
from lxml.html import builder as E

from grunnmur.output.reports.model import (
    GridBlock,
    HeadingBlock,
    ListingBlock,
    ParagraphBlock,
    QuoteBlock,
    Report,
    ReportBlock,
    Run,
    Runs,
)
from grunnmur.output.tables import writable

CONTENTS_LEVELS = 2


def to_html(report: Report) -> bytes:
    """The page as UTF-8."""
    style = files("grunnmur.output.reports").joinpath("report.css").read_text(encoding="utf-8")
    page = E.HTML(
        E.HEAD(
            E.META(charset="utf-8"),
            E.META(name="viewport", content="width=device-width, initial-scale=1"),
            E.TITLE(_clean(report.title)),
            E.STYLE(style),
        ),
        E.BODY(_header(report), *_contents(report), E.MAIN(*map(_block, report.blocks)), _footer(report)),
        lang=report.language,
    )
    return bytes(etree.tostring(page, method="html", encoding="utf-8", doctype="<!doctype html>", pretty_print=False))


def _header(report: Report) -> Any:
    parts = [E.H1(_clean(report.title)), E.P(_clean(report.subtitle), E.CLASS("subtitle"))]
    if report.notice:
        parts.append(E.P(_clean(report.notice), E.CLASS("notice")))
    if report.facts:
        rows = (part for name, value in report.facts for part in (E.DT(_clean(name)), E.DD(_clean(value))))
        parts.append(E.DL(*rows))
    return _tag("header", *parts)


def _contents(report: Report) -> Iterator[Any]:
    links = [
        E.LI(E.A(_headline(block), href=f"#{block.anchor}"), E.CLASS(f"level-{block.level}"))
        for block in report.headings()
        if block.anchor and block.level <= CONTENTS_LEVELS
    ]
    if not links:
        return
    contents = _tag("nav", E.H2(_clean(report.labels.contents), id="contents-title"), E.UL(*links))
    contents.set("aria-labelledby", "contents-title")
    yield contents


def _footer(report: Report) -> Any:
    return _tag("footer", E.P(_clean(report.labels.footer)))


def _block(block: ReportBlock) -> Any:
    match block:
        case HeadingBlock():
            heading = _tag(f"h{min(block.level + 1, 6)}", _headline(block))
            if block.anchor:
                heading.set("id", block.anchor)
            return heading
        case ParagraphBlock():
            return E.P(*_runs(block.runs), E.CLASS(block.tone.value))
        case QuoteBlock():
            source = E.A(_clean(block.source), href=block.href) if block.href else _clean(block.source)
            return _tag("figure", E.BLOCKQUOTE(E.P(_clean(block.text))), _tag("figcaption", source))
        case ListingBlock():
            return E.UL(*(E.LI(*_runs(item)) for item in block.items))
        case GridBlock():
            return _grid(block)


def _grid(block: GridBlock) -> Any:
    heads = enumerate(block.head)
    head = E.TR(*(_cell("th", (Run(text),), column in block.numeric, scope="col") for column, text in heads))
    rows = (
        E.TR(*(_cell("td", runs, column in block.numeric, label=block.head[column]) for column, runs in enumerate(row)))
        for row in block.rows
    )
    table = E.TABLE(E.CAPTION(_clean(block.caption)), E.THEAD(head), E.TBODY(*rows))
    # A wide table scrolls by keyboard too.
    return E.DIV(table, E.CLASS("table"), tabindex="0", role="region", **{"aria-label": _clean(block.caption)})


def _cell(name: str, runs: Runs, numeric: bool, *, scope: str = "", label: str = "") -> Any:
    cell = _tag(name, *_runs(runs))
    for attribute, value in (("scope", scope), ("data-label", _clean(label)), ("class", "number" if numeric else "")):
        if value:
            cell.set(attribute, value)
    return cell


def _runs(runs: Runs) -> Iterator[Any]:
    for run in runs:
        piece: Any = _clean(run.text)
        if run.italic:
            piece = E.EM(piece)
        if run.bold:
            piece = E.STRONG(piece)
        yield E.A(piece, href=run.href) if run.href.startswith(("#", "https://", "http://")) else piece


def _headline(block: HeadingBlock) -> str:
    return _clean(f"{block.number} {block.text}".strip())


def _clean(text: str) -> str:
    return writable(text)


def _tag(name: str, *parts: Any) -> Any:
    return E.E(name, *parts)
