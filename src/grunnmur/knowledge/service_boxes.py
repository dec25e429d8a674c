"""Services in text boxes: short lines under «Tilbud», units with what they count, and «Name: A, B og C»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grunnmur.kernel import Unit
from grunnmur.knowledge.cues import ACTION, LAW, cue_in
from grunnmur.knowledge.language.numbers import find_numbers
from grunnmur.knowledge.outline import Item, without_number
from grunnmur.knowledge.passages import Stretch
from grunnmur.knowledge.service_sentences import DATA, LEAD, STATES, TALK, groups_of
from grunnmur.knowledge.service_words import names_service
from grunnmur.knowledge.units import is_unit_name
from grunnmur.sources.documents.model import BlockKind

_HEADING = re.compile(
    r"(?:(?:tiltak|tjenester|tenester)\s*(?:/|og)\s*)?(?:tjenester|tenester|tilbud|tilbod|avdelinger|avdelingar)\s*[:?]?$",
    re.IGNORECASE,
)
_NAMED_LIST = re.compile(r"(?P<label>[A-ZÆØÅ][^:;.!?\d]{2,40}):\s+(?P<text>\S.*)$")
# Labels that lead in something other than what a unit gives.
_OTHER_LABEL = re.compile(
    r"\b(?:målgruppe\w*|kilder?|kjelder?|ansvar\w*|samarbeid\w*|deltak\w*|frist|lov\w*|regelverk|gjeld(?:er)?|eksemp\w*"
    r"|utfordring\w*|suksess\w*|mål\w*|prioritet\w*|satsing\w*|hovedsats\w*|hovudsats\w*|innhold|innhald|økonomi\w*"
    r"|risiko\w*|årsak\w*|ansatte|tilsette|styrk\w*|svakhet\w*|behov\w*|tema\w*|medlem\w*|leder|leiar|kompetanse\w*)\b",
    re.IGNORECASE,
)
_NOT_NAMES = re.compile(
    r"\b(?:ansatte|tilsette|årsverk|økonomi\w*|budsjett\w*|antall|talet|elevtall\w*|total\w*|sum|\w*trinn|status\w*"
    r"|\w*fravær|\w*leder|\w*leiar|venteliste\w*|resultat\w*|mål\w*|snitt|gjennomsnitt\w*|dekning\w*|andel\w*)\b",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"(?:(?:ca|om lag|over|inntil|ansvar\s+for|følger\s+opp|følgjer\s+opp)\.?\s+)?(?=\d)", re.IGNORECASE
)
_NAME = re.compile(rf"(?P<name>[A-ZÆØÅ][^\d:;.!?,()]{{1,40}}?)\s+{_COUNT.pattern}\d", re.IGNORECASE)
_FOR_AGES = re.compile(r"\s*\([^()]*\b(?:år|barn|born|voksne|vaksne|unge)\b[^()]*\)\s*$", re.IGNORECASE)
_COUNTED = frozenset({Unit.PERSONS, Unit.CASES, Unit.PLACES})
_LONGEST = 8
_LONGEST_NAME = 4
_FEWEST = 3
_SHARE = 0.4
_HALF = 0.5


class Boxes:
    """The services in each paragraph of a document that stands in such a box."""

    def __init__(self, text: str, items: Sequence[Item]) -> None:
        self._text = text
        self._items = items
        self._groups = groups_of(items)
        self._found: dict[int, dict[int, list[Stretch]]] = {}

    def services(self, index: int) -> list[Stretch]:
        """The services in the paragraph at ``index``; its neighbours are read once for all of them."""
        group = self._groups[index]
        if group.start not in self._found:
            self._found[group.start] = self._of_group(group)
        return self._found[group.start].get(index, [])

    def _of_group(self, group: range) -> dict[int, list[Stretch]]:
        heading = without_number(self._items[group.start].heading)
        if self._items[group.start].kind is not BlockKind.PARAGRAPH:
            return {}
        if _HEADING.match(heading):
            return self._lines(group)
        return self._counting_units(group) if is_unit_name(heading) else {}

    def _lines(self, group: range) -> dict[int, list[Stretch]]:
        """Every short line and member under «Tilbud», when enough of them name a service."""
        found = {index: list(_members(self._stretch(index))) for index in group}
        members = [member for row in found.values() for member in row]
        named = sum(names_service(member.words) for member in members)
        return found if members and named >= _SHARE * len(members) else {}

    def _counting_units(self, group: range) -> dict[int, list[Stretch]]:
        """«Norskskolen 500 deltakere», or a name and the count in the paragraph after it, at least three times."""
        found: dict[int, list[Stretch]] = {}
        for index in group:
            whole = self._stretch(index)
            after = self._items[index + 1].words if index + 1 in group else ""
            name = _NAME.match(whole.flat)
            if name and _counts(whole.flat[name.end("name") :]) and _is_name(name["name"]):
                found[index] = [whole.part(0, name.end("name"))]
            elif _COUNT.match(after) and _counts(after) and _is_name(whole.words) and "," not in whole.words:
                found[index] = [whole]
        return found if len(found) >= _FEWEST else {}

    def named_list(self, index: int) -> list[Stretch]:
        """«Migrasjon og kultur: A, B og C», when at least half of the members name a service."""
        whole = self._stretch(index)
        match = _NAMED_LIST.match(whole.flat)
        if match is None or match["label"].isupper() or _leads_in_else(match["label"]):
            return []
        heading = without_number(self._items[index].heading)
        if ACTION.search(heading) or LAW.search(heading) or TALK.search(heading):
            return []
        members = list(_members(whole.part(match.start("text"), match.end("text"))))
        named = sum(names_service(member.words) for member in members)
        all_of_it = len(members) == match["text"].count(", ") + 1 + (" og " in match["text"].rpartition(",")[2])
        return members if len(members) >= _FEWEST and named >= _HALF * len(members) and all_of_it else []

    def _stretch(self, index: int) -> Stretch:
        block = self._items[index].block
        return Stretch(self._text, block.start, block.end)


def _leads_in_else(label: str) -> bool:
    words = without_number(label)
    return bool(
        _OTHER_LABEL.search(words) or TALK.search(words) or ACTION.search(words) or LAW.search(words) or cue_in(words)
    )


def _members(whole: Stretch) -> Iterator[Stretch]:
    for line in whole.lines():
        for member in line.part(0, len(line.flat.rstrip(". "))).enumerated():
            ages = _FOR_AGES.search(member.flat)
            name = member.part(0, ages.start() if ages else len(member.flat))
            if _is_member(name.words):
                yield name


def _is_member(words: str) -> bool:
    short = len(words) > 1 and 0 < len(words.split()) <= _LONGEST
    told = STATES.search(words) or DATA.search(words) or LEAD.search(f"{words} ") or _NOT_NAMES.search(words)
    return short and not told and not words.endswith(":")


def _is_name(words: str) -> bool:
    named = words[:1].isupper() and len(words) > 1 and len(words.split()) <= _LONGEST_NAME
    return named and not _NOT_NAMES.search(words) and not STATES.search(words) and not words.endswith(".")


def _counts(words: str) -> bool:
    """Whether the first number counts persons, cases or places."""
    numbers = find_numbers(words)
    return bool(numbers) and numbers[0].unit in _COUNTED
