"""The numbers in front of Word's list items and headings, counted as Word counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grunnmur.sources.documents.numerals import BULLET, numeral
from grunnmur.sources.documents.office import Element
from grunnmur.sources.documents.word_styles import NumberingUse, Style, W, is_on, value

NO_NUMBERING = "0"


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    pattern: str
    start: int
    style: str
    digits_only: bool


class Numbering:
    """All numberings of one document, with a counter for each."""

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counter_of: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counters: dict[str, list[int | None]] = {}
        if root is not None:
            self._load(root)

    def use(self, own: NumberingUse | None, style: Style) -> tuple[str, int] | None:
        """Numbering and level (from 0) of a paragraph with its own setting and its style, ``None`` outside lists."""
        chosen = own or style.numbering
        if chosen is None or chosen.number_id == NO_NUMBERING or chosen.number_id not in self._levels:
            return None
        if chosen.level is not None:
            return chosen.number_id, chosen.level
        levels = self._levels[chosen.number_id]
        by_style = (index for index, level in levels.items() if level.style and level.style == style.numbered_by)
        return chosen.number_id, next(by_style, 0)

    def advance(self, number_id: str, index: int) -> str:
        """Count one paragraph and return its marker: «1.2», «a)», a bullet, or nothing."""
        levels = self._levels[number_id]
        level = levels.get(index)
        if level is None:
            return BULLET
        counters = self._counters.setdefault(self._counter_of[number_id], [None] * 10)
        self._restart(number_id, counters)
        before = counters[index]
        counters[index] = level.start if before is None else before + 1
        counters[index + 1 :] = [None] * (len(counters) - index - 1)
        return self._marker(levels, level, counters)

    def _restart(self, number_id: str, counters: list[int | None]) -> None:
        """A list that overrides its start begins anew the first time it is used."""
        for index, start in self._restarts.pop(number_id, {}).items():
            counters[index] = start - 1

    def _marker(self, levels: dict[int, _Level], level: _Level, counters: list[int | None]) -> str:
        if level.form == "bullet":
            return BULLET
        if level.form == "none":
            return ""

        def number(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            shown = levels.get(index)
            count = counters[index] if counters[index] is not None else shown.start if shown else 1
            form = "decimal" if shown is None or level.digits_only else shown.form
            return numeral(count or 0, form)

        return re.sub(r"%([1-9])", number, level.pattern).strip()

    def _load(self, root: Element) -> None:
        abstract = {element.get(f"{W}abstractNumId") or "": element for element in root.iterfind(f"{W}abstractNum")}
        by_style = {value(element, "styleLink"): element for element in abstract.values()}
        for number in root.iterfind(f"{W}num"):
            identifier = number.get(f"{W}numId") or ""
            base = abstract.get(value(number, "abstractNumId") or "")
            linked = by_style.get(value(base, "numStyleLink")) if value(base, "numStyleLink") else None
            base = linked if linked is not None else base
            if base is None:
                continue
            self._levels[identifier] = {**_levels(base), **_overridden(number)}
            self._counter_of[identifier] = base.get(f"{W}abstractNumId") or ""
            self._restarts[identifier] = _restarts(number)


def _levels(parent: Element) -> dict[int, _Level]:
    return {_index(element): _level(element) for element in parent.iterfind(f"{W}lvl")}


def _overridden(number: Element) -> dict[int, _Level]:
    return {_index(element): _level(element) for element in number.iterfind(f"{W}lvlOverride/{W}lvl")}


def _restarts(number: Element) -> dict[int, int]:
    starts = ((_index(e), value(e, "startOverride")) for e in number.iterfind(f"{W}lvlOverride"))
    return {index: int(start) for index, start in starts if start}


def _index(element: Element) -> int:
    return min(9, max(0, int(element.get(f"{W}ilvl") or 0)))


def _level(element: Element) -> _Level:
    return _Level(
        form=value(element, "numFmt") or "decimal",
        pattern=value(element, "lvlText") or "",
        start=int(value(element, "start") or 1),
        style=value(element, "pStyle") or "",
        digits_only=bool(is_on(element, "isLgl")),
    )
