"""Actions from tables with a column for them, and columns for who answers, money and category."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grunnmur.knowledge.action_categories import CATEGORY_HEAD, Categories, as_savings
from grunnmur.knowledge.cues import category_of
from grunnmur.knowledge.effects import COST, LEAST_MONEY, effects_of, positions_of, scale_of, signed
from grunnmur.knowledge.language.numbers import parse_number
from grunnmur.knowledge.model import Action, ActionCategory, Effect
from grunnmur.knowledge.outline import Item
from grunnmur.knowledge.passages import Stretch
from grunnmur.knowledge.plan_rows import PlanRow, time_before_money
from grunnmur.sources.documents.model import BlockKind, Cell, Document

ACTION_HEAD = re.compile(r"(?:\w+)?tiltak(?:et|a|ene)?\b|aktivitet(?:er|ar)?\b|innsparing\b|forslag\b", re.IGNORECASE)
NUMBER_HEAD = re.compile(r"^(?:nr\.?|nummer|#)\s+", re.IGNORECASE)
OWN_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]?\s+(?=[^\W\d])")
OWNER_HEAD = re.compile(r"ansvar\w*|eier|eigar|virksomhet|verksemd|enhet|eining|sektor|hvem|kven", re.IGNORECASE)
MONEY_HEAD = re.compile(
    r"kostnad\w*|beløp|effekt\w*|innsparing\w*|økonomi\w*|budsjett\w*|sum|pris|ramme|netto\w*|kroner|kr\b|finansiering|beregnet\w*",
    re.IGNORECASE,
)
ENDS_IN_CATEGORY = re.compile(r"\s(?:kat(?:egori)?\.?|type|gruppe)$", re.IGNORECASE)
POSITIONS_HEAD = re.compile(r"årsverk|stilling\w*", re.IGNORECASE)
YEAR = re.compile(r"\b(20\d\d)\b")
NOTE = re.compile(r"\bbeløp|\bkroner|\bkr\b|\btall", re.IGNORECASE)
NOTES_AFTER = 2


@dataclass(frozen=True, slots=True)
class Column:
    """What the head of a column says: the words, and the year in them."""

    words: str
    year: int | None


def table_actions(
    document: Document, items: Sequence[Item], index: int, category: ActionCategory | None, categories: Categories
) -> Iterator[Action]:
    """One action for each row of a table that has a column for actions."""
    cells = items[index].block.cells
    heads = {
        cell.column: Column(_words(document, cell), _year(_words(document, cell))) for cell in cells if cell.row == 0
    }
    column = next(
        (number for number, head in sorted(heads.items()) if ACTION_HEAD.match(NUMBER_HEAD.sub("", head.words))), None
    )
    if column is None:
        return
    scale = _scale(items, index, heads)
    rows: dict[int, dict[int, Cell]] = defaultdict(dict)
    for cell in cells:
        if cell.row > 0 and not (cell.header and cell.column != 0):
            rows[cell.row][cell.column] = cell
    for _, row in sorted(rows.items()):
        if (action := row.get(column)) and _is_action(_words(document, action)):
            yield _row_action(document, items[index], action, row, heads, scale, category, categories)


def row_action(document: Document, row: PlanRow) -> Action:
    """The action of a row of a table that came out as running lines."""
    action, rest = Stretch(document.text, *row.action), Stretch(document.text, *row.rest)
    if row.date is not None:  # a deadline is not the year of the money
        before, after = rest.part(0, row.date.start - rest.start), rest.part(row.date.end - rest.start, len(rest.flat))
        rest = after if time_before_money(row.head) else before
    paid = MONEY_HEAD.search(row.head) or YEAR.search(row.head)
    effects = effects_of(rest.words, always=True) if paid else ()
    return Action(
        action.words, row.page, action.start, action.end, row.owner, None, effects or effects_of(action.words),
        positions_of(" ".join([action.words, rest.words])),
    )  # fmt: skip


def _row_action(
    document: Document, item: Item, cell: Cell, row: Mapping[int, Cell], heads: Mapping[int, Column], scale: float,
    category: ActionCategory | None, categories: Categories,
) -> Action:  # fmt: skip
    stretch = Stretch(document.text, cell.start, cell.end).trimmed()
    own_number = (
        OWN_NUMBER.match(stretch.flat) if any(NUMBER_HEAD.match(head.words) for head in heads.values()) else None
    )
    stretch = stretch.part(own_number.end() if own_number else 0, len(stretch.flat))
    others = {heads[number].words: _words(document, other) for number, other in row.items() if number in heads}
    org = next(
        (value for head, value in others.items() if OWNER_HEAD.match(head) and re.search(r"[^\W\d]{2}", value)), None
    )
    named = [value for head, value in others.items() if CATEGORY_HEAD.match(head)]
    kind = next((found for value in named if (found := categories.of_letter(value) or category_of(value))), None)
    if ENDS_IN_CATEGORY.search(heads[cell.column].words):  # two columns that came out as one
        stretch, letter = categories.last_letter(stretch)
        kind = kind or letter
    kind = kind or category
    effects = tuple(
        effect for number, other in sorted(row.items()) if number in heads
        for effect in _cell_effects(_words(document, other), heads[number], scale)
    )  # fmt: skip
    return Action(
        stretch.words, item.block.page, stretch.start, stretch.end,
        org, kind, as_savings(effects, kind, costs=any(map(COST.search, [stretch.words, *others]))),
        _positions(others, stretch.words),
    )  # fmt: skip


def _cell_effects(words: str, head: Column, scale: float) -> Iterator[Effect]:
    money = MONEY_HEAD.search(head.words) is not None or (head.year is not None and len(head.words.split()) <= 3)
    if not money or POSITIONS_HEAD.search(head.words) or re.search(r"frist|når", head.words, re.IGNORECASE):
        return
    bare = parse_number(words.replace("−", "-").replace(" ", " "))
    if bare is not None and re.fullmatch(r"[-–−+]?[\d\s.,]+", words):
        value = bare * (scale_of(head.words) or scale)
        if abs(value) >= LEAST_MONEY:
            yield Effect(head.year, signed(head.words, value))
        return
    stated = effects_of(words, always=True)
    yield from (Effect(effect.year or head.year, effect.nok) for effect in stated)


def _positions(others: Mapping[str, str], action: str) -> float | None:
    for head, value in others.items():
        if POSITIONS_HEAD.match(head):
            return parse_number(value)
    return positions_of(" ".join([action, *others.values()]))


def _scale(items: Sequence[Item], index: int, heads: Mapping[int, Column]) -> float:
    """From the heads of the columns, else from a note on amounts right after the table or the last one before it."""
    for head in heads.values():
        if (found := scale_of(head.words)) and MONEY_HEAD.search(head.words):
            return found
    near = [*items[index + 1 : index + 1 + NOTES_AFTER], *reversed(items[:index])]
    for item in near:
        if item.kind is not BlockKind.TABLE and NOTE.search(item.words) and (found := _note_scale(item.words)):
            return found
    return 1.0


def _note_scale(words: str) -> float | None:
    match = re.search(r"(?:beløp|tall|kostnad)\w*\s+(?:\w+\s+){0,4}?i\s+(?P<unit>[^.,;]{3,20})", words, re.IGNORECASE)
    return scale_of(match["unit"]) if match else None


def _is_action(words: str) -> bool:
    return re.search(r"[^\W\d_]{3}", words) is not None and not re.match(
        r"(?:sum|totalt|i\s+alt|til\s+sammen)\b", words, re.IGNORECASE
    )


def _words(document: Document, cell: Cell) -> str:
    return " ".join(document.text[cell.start : cell.end].split())


def _year(words: str) -> int | None:
    match = YEAR.search(words)
    return int(match[1]) if match else None
