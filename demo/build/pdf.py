"""Tagged PDF files, set with Typst."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import typst

from .plan import (
    ACCENT,
    CONTENTS_WORD,
    FOOTER_WORD,
    KEEP_ROWS,
    OF_WORD,
    PAGE_WORD,
    SHADE,
    Block,
    Heading,
    ListBlock,
    Paragraph,
    Plan,
    Runs,
    Table,
    column_weights,
    plain,
)
from .stamp import FIXED_DATE

TYPST_HEAD = """
#let accent = rgb("#%(accent)s")
#let shade = rgb("#%(shade)s")
#set document(title: %(title)s, author: "Grunnmur", date: datetime(year: 2025, month: 1, day: 2))
#set text(font: "Libertinus Serif", size: 11.5pt, lang: "%(lang)s", region: "NO", hyphenate: true)
#set par(justify: true, leading: 0.72em, spacing: 1.15em)
#set page(
  paper: "a4", margin: (x: 2.6cm, top: 2.8cm, bottom: 2.6cm),
  header: context if counter(page).get().first() > 1 {
    set text(9pt, fill: luma(35%%)); %(title)s; v(-0.7em); line(length: 100%%, stroke: 0.4pt + luma(60%%)) },
  footer: context { set text(9pt, fill: luma(35%%))
    %(footer)s; h(1fr); %(page)s + " " + counter(page).display() + " %(of)s " + str(counter(page).final().first()) },
)
#set list(indent: 0.6em, spacing: 0.75em)
#set enum(indent: 0.6em, spacing: 0.75em)
#show heading: set text(fill: accent, hyphenate: false)
#show heading: set par(justify: false)
#show heading.where(level: 1): set text(19pt)
#show heading.where(level: 1): set block(above: 2em, below: 0.9em, sticky: true)
#show heading.where(level: 2): set text(14pt)
#show heading.where(level: 2): set block(above: 1.6em, below: 0.8em, sticky: true)
#show heading.where(level: 3): set text(12pt)
#show table: set text(9.5pt, hyphenate: false)
#show table: set par(justify: false, leading: 0.55em)
#show table.cell.where(y: 0): strong
#set table(stroke: 0.5pt + luma(65%%), inset: (x: 5pt, y: 5pt), fill: (_, y) => if y == 0 { shade })
#let box-note(body) = block(fill: shade, inset: 10pt, radius: 3pt, width: 100%%, body)
#let two(body) = layout(size => {
  let narrow = (size.width - 1.6em) / 2
  let tall = measure(block(width: narrow, body)).height
  block(height: tall / 2 + 2em, columns(2, gutter: 1.6em, body))
})
"""


def write_pdf(plan: Plan, path: Path) -> None:
    """Write the plan as a tagged PDF (PDF/UA) through Typst."""
    source = "\n".join(_typst_document(plan)).encode()
    path.write_bytes(
        typst.compile(
            source,
            format="pdf",
            pdf_standards="ua-1",
            ignore_system_fonts=True,
            timestamp=int(FIXED_DATE.timestamp()),
        )
    )


def _typst_string(text: str) -> str:
    """Return the text as a Typst string literal; JSON escapes are the same for what plans hold."""
    return json.dumps(text, ensure_ascii=False)


def _typst_document(plan: Plan) -> Iterator[str]:
    language = plan.language
    yield TYPST_HEAD % {
        "accent": ACCENT,
        "shade": SHADE,
        "title": _typst_string(plan.title),
        "lang": language,
        "footer": _typst_string(FOOTER_WORD[language]),
        "page": _typst_string(PAGE_WORD[language]),
        "of": OF_WORD[language],
    }
    yield f"#box-note[#{_typst_string(plan.notice)}]"
    yield "#v(5cm)"
    yield "#let cover(body) = text(30pt, fill: accent, weight: 700, hyphenate: false, par(justify: false, body))"
    yield f"#cover[#{_typst_string(plan.title)}]"
    for line in plan.facts:
        yield f"#par(spacing: 0.6em)[#text(13pt)[#{_typst_string(line)}]]"
    yield f"#v(1fr)\n#outline(title: {_typst_string(CONTENTS_WORD[language])}, depth: 1, indent: 1em)\n#pagebreak()"
    inside = False
    for block in plan.body:
        if isinstance(block, Heading) and block.level == 2:
            if inside:
                yield "])"
            inside = plain(block.runs) == plan.meta.get("columns")
            yield _typst_block(block)
            if inside:
                yield "#two(["
            continue
        yield _typst_block(block)
    if inside:
        yield "])"


def _typst_block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"#heading(level: {block.level - 1})[{_typst_runs(block.runs)}]\n"
    if isinstance(block, Paragraph):
        return _typst_paragraph(block.runs)
    if isinstance(block, ListBlock):
        return "#" + _typst_list(block) + "\n"
    if isinstance(block, Table):
        return _typst_table(block)
    inner = "".join(f"#par[{_typst_runs(runs)}]" for runs in block.paragraphs)
    return f"#box-note[{inner}]\n"


def _typst_paragraph(runs: Runs) -> str:
    """Return a paragraph; labelled lines («Ansvar: …») stand close, and a lead-in stays with what it leads to."""
    inner = f"#par[{_typst_runs(runs)}]"
    if plain(runs).endswith(":"):
        return f"#block(sticky: true)[{inner}]\n"
    if runs[0].bold and runs[0].text.endswith(":"):
        above = "1.5em" if runs[0].text == "Tiltak:" else "0.7em"
        return f"#block(above: {above}, below: 0.7em)[{inner}]\n"
    return inner + "\n"


def _typst_runs(runs: Runs) -> str:
    parts = []
    for run in runs:
        text = f"#{_typst_string(run.text)}" if run.text else ""
        if run.italic:
            text = f"#emph[{text}]"
        if run.bold:
            text = f"#strong[{text}]"
        parts.append(text + (f"#footnote[#{_typst_string(run.note)}]" if run.note else ""))
    return "".join(parts)


def _typst_list(block: ListBlock) -> str:
    items = [
        f"[{_typst_runs(item.runs)}{''.join('#' + _typst_list(child) for child in item.children)}]"
        for item in block.items
    ]
    return f"{'enum' if block.ordered else 'list'}({', '.join(items)})"


def _typst_table(table: Table) -> str:
    columns = ", ".join(f"{weight:g}fr" for weight in column_weights(table))
    align = ", ".join("right" if right else "left" for right in table.right)
    header = ", ".join(f"[{_typst_runs(cell)}]" for cell in table.header)
    rows = ",\n".join(", ".join(f"[{_typst_runs(cell)}]" for cell in row) for row in table.rows)
    made = f"table(columns: ({columns}), align: ({align}), table.header({header}),\n{rows})"
    return f"#block(breakable: {'false' if len(table.rows) < KEEP_ROWS else 'true'}, {made})\n"
