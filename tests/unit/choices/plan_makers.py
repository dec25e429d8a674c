"""Small plans for tests: texts as items, or Markdown read as a municipality's file would be."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from grunnmur.choices.merging.items import source_plan
from grunnmur.choices.merging.model import Item, SourcePlan
from grunnmur.kernel import Passage
from grunnmur.knowledge.extract import extract
from grunnmur.knowledge.language.dates import find_dates
from grunnmur.sources.documents.reading import read


def plan_of(name: str, texts: Sequence[str], types: Sequence[str] | None = None) -> tuple[SourcePlan, list[Item]]:
    """A plan that says the texts and nothing else, each an item with the dates in it."""
    text = "\n\n".join(texts) + "\n"
    sha = hashlib.sha256(f"{name}\n{text}".encode()).hexdigest()
    items, start = [], 0
    for number, said in enumerate(texts):
        dates = find_dates(said)
        items.append(
            Item(
                f"{name}-{number}",
                name,
                types[number] if types else "action",
                said,
                start,
                start + len(said),
                dates=tuple(date.iso for date in dates),
                date_passages=tuple(Passage(sha, start + date.start, start + date.end) for date in dates),
            )
        )
        start += len(said) + 2
    return SourcePlan(name, name, sha, text), items


def plan_from(folder: Path, name: str, markdown: str) -> tuple[SourcePlan, tuple[Item, ...]]:
    """A plan as it is read from a file."""
    path = folder / f"{name}.md"
    path.write_text(markdown, encoding="utf-8")
    document = read(path)
    return source_plan(document, extract(document), name)
