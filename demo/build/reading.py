"""Read the plans, which are written in Markdown with YAML on top."""

from __future__ import annotations

import re
from pathlib import Path

import yaml
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from .plan import Block, Heading, ListBlock, ListItem, Paragraph, Plan, Quote, Run, Runs, Table


def read_plan(path: Path) -> Plan:
    """Read one plan file: YAML front matter, then Markdown."""
    _, front, text = path.read_text(encoding="utf-8").split("---\n", 2)
    notes = dict(re.findall(r"^\[\^(\w+)\]: (.+)$", text, re.MULTILINE))
    text = re.sub(r"^\[\^\w+\]: .+$", "", text, flags=re.MULTILINE)
    # The notes' definitions are taken out first: they are not CommonMark.
    tree = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(text))
    return Plan(path.stem, yaml.safe_load(front), [_block(node, notes) for node in tree.children])


def _block(node: SyntaxTreeNode, notes: dict[str, str]) -> Block:
    if node.type == "heading":
        return Heading(int(node.tag[1]), _inline(node, notes))
    if node.type == "paragraph":
        return Paragraph(_inline(node, notes))
    if node.type in ("bullet_list", "ordered_list"):
        return _list(node, notes)
    if node.type == "table":
        return _table(node, notes)
    if node.type == "blockquote":
        return Quote([_inline(child, notes) for child in node.children])
    raise ValueError(f"Unexpected Markdown in a plan: {node.type}")


def _list(node: SyntaxTreeNode, notes: dict[str, str]) -> ListBlock:
    items = []
    for child in node.children:
        texts = [part for part in child.children if part.type == "paragraph"]
        nested = [_list(part, notes) for part in child.children if part.type.endswith("_list")]
        items.append(ListItem(_inline(texts[0], notes), nested))
    return ListBlock(node.type == "ordered_list", items)


def _table(node: SyntaxTreeNode, notes: dict[str, str]) -> Table:
    head, *bodies = node.children
    header = head.children[0].children
    right = ["right" in str(cell.attrs.get("style", "")) for cell in header]
    rows = [[_inline(cell, notes) for cell in row.children] for body in bodies for row in body.children]
    return Table([_inline(cell, notes) for cell in header], rows, right)


def _inline(node: SyntaxTreeNode, notes: dict[str, str]) -> Runs:
    runs: Runs = []
    for child in node.children:
        _collect(child, runs, notes, bold=False, italic=False)
    return runs


def _collect(node: SyntaxTreeNode, runs: Runs, notes: dict[str, str], *, bold: bool, italic: bool) -> None:
    if node.type == "text":
        pieces = re.split(r"\[\^(\w+)\]", node.content)
        for index in range(0, len(pieces), 2):
            note = notes[pieces[index + 1]] if index + 1 < len(pieces) else None
            if pieces[index] or note:
                runs.append(Run(_keep_numbers(pieces[index]), bold, italic, note))
    elif node.type == "softbreak":
        runs.append(Run(" ", bold, italic))
    for child in node.children:
        _collect(child, runs, notes, bold=bold or node.type == "strong", italic=italic or node.type == "em")


def _keep_numbers(text: str) -> str:
    """Put no-break spaces inside numbers, so that «1 270 000» stays on one line."""
    return re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "\u00a0", text)
