"""How the rows of a merge stand, before and after a decision, so that it can be logged and taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.dateparse import parse_datetime

from grunnmur.kernel import BadInput
from grunnmur_web.models import MergedItem, MergedTheme, Merging, MergingStep, SourceItem, Suggestion

Rows = dict[str, dict[str, dict[str, Any] | None]]
WHO = ("decided_by_id", "decided_at")
COLUMNS: Mapping[str, tuple[type[models.Model], tuple[str, ...]]] = {
    "theme": (MergedTheme, ("key", "title", "area", "order", "words", "machine", *WHO)),
    "item": (
        MergedItem,
        ("theme_id", "key", "level", "text", "step", "order", "version", "machine", "edited_by_id", "edited_at"),
    ),
    "source": (SourceItem, ("into_id", "fate", "reason", "decision", *WHO)),
    "suggestion": (Suggestion, ("state", "decision", *WHO)),
}
MOMENTS = {"decided_at", "edited_at"}


@dataclass(slots=True)
class Scope:
    """What a decision may change: themes with all that stands in them, and single rows. Grows while it is made."""

    merging: Merging
    themes: set[int] = field(default_factory=set)
    items: set[int] = field(default_factory=set)
    sources: set[int] = field(default_factory=set)
    suggestions: set[int] = field(default_factory=set)

    def read(self) -> Rows:
        """The rows as they stand; what once was in the scope stays in it."""
        item_rows = models.Q(theme__in=self.themes) | models.Q(pk__in=self.items)
        self.items |= set(self.merging.items.filter(item_rows).values_list("pk", flat=True))
        source_rows = models.Q(into__in=self.items) | models.Q(pk__in=self.sources)
        self.sources |= set(self.merging.sources.filter(source_rows).values_list("pk", flat=True))
        chosen = {"theme": self.themes, "item": self.items, "source": self.sources, "suggestion": self.suggestions}
        return {kind: read(kind, self.merging, pks) for kind, pks in chosen.items()}


def read(kind: str, merging: Merging, pks: Iterable[int]) -> dict[str, dict[str, Any] | None]:
    """The columns that decisions change, by row, as JSON holds them."""
    model, columns = COLUMNS[kind]
    numbers = list(pks)
    if not numbers:
        return {}
    rows = model._default_manager.filter(merging=merging, pk__in=numbers).values("pk", *columns)
    return {str(row.pop("pk")): {name: _plain(value) for name, value in row.items()} for row in rows}


def difference(before: Rows, after: Rows) -> tuple[Rows, Rows]:
    """Only the rows that changed, on either side; a row that is not there is None."""
    old: Rows = {}
    new: Rows = {}
    for kind in COLUMNS:
        first, second = before.get(kind, {}), after.get(kind, {})
        for pk in first.keys() | second.keys():
            if first.get(pk) != second.get(pk):
                old.setdefault(kind, {})[pk] = first.get(pk)
                new.setdefault(kind, {})[pk] = second.get(pk)
    return old, new


def restore(step: MergingStep) -> None:
    """Put the rows of a step back as they were. Raises BadInput ``changed-since`` when someone has changed them since.

    A wording gets a new version number all the same, so that nobody who has it open writes over it.
    """
    merging = step.merging
    for kind, rows in step.after.items():
        now = read(kind, merging, map(int, rows))
        if any(now.get(pk) != values for pk, values in rows.items()):
            raise BadInput("changed-since")
    if not _places_stand(step):
        raise BadInput("changed-since")
    gone = {kind: [int(pk) for pk, values in step.before.get(kind, {}).items() if values is None] for kind in COLUMNS}
    if merging.comments.filter(models.Q(item__in=gone["item"]) | models.Q(theme__in=gone["theme"])).exists():
        raise BadInput("changed-since")
    for kind in COLUMNS:
        for pk, values in step.before.get(kind, {}).items():
            if values is not None:
                _write(merging, kind, int(pk), values, step.after[kind][pk])
    for kind in ("item", "theme"):  # what the step made; an item goes before the theme it stands in
        COLUMNS[kind][0]._default_manager.filter(merging=merging, pk__in=gone[kind]).delete()


def _places_stand(step: MergingStep) -> bool:
    """Whether each row has somewhere to go back to: what it stood in is there, or comes back with it."""
    for inside, column, kind in (("item", "theme_id", "theme"), ("source", "into_id", "item")):
        wanted = {values[column] for values in step.before.get(inside, {}).values() if values and values[column]}
        missing = wanted - {int(pk) for pk, values in step.before.get(kind, {}).items() if values is not None}
        if len(read(kind, step.merging, missing)) != len(missing):
            return False
    return True


def _write(merging: Merging, kind: str, pk: int, values: dict[str, Any], after: dict[str, Any] | None) -> None:
    row = {name: _back(name, value) for name, value in values.items()}
    if kind == "item" and after is not None:
        row["version"] = after["version"] + 1
    rows = COLUMNS[kind][0]._default_manager
    if after is None:
        rows.create(pk=pk, merging=merging, **row)
    else:
        rows.filter(pk=pk, merging=merging).update(**row)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _back(name: str, value: Any) -> Any:
    return parse_datetime(value) if name in MOMENTS and value else value
