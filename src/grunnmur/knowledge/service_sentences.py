"""Services named in sentences («Kommunen tilbyr A, B og C»), on steps («Trinn 2: A, B») and on lines of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from grunnmur.knowledge.cues import ACTION, LAW, cue_in
from grunnmur.knowledge.outline import Item, without_number
from grunnmur.knowledge.passages import Stretch
from grunnmur.knowledge.service_words import names_service
from grunnmur.knowledge.units import is_unit_name
from grunnmur.sources.documents.model import BlockKind

# Who gives: the municipality, a unit, or a place by its own name.
_WHO = r"(?P<who>(?:i\s+tillegg\s+|her\s+|der\s+)?(?:vi|kommunen|[^\W\d_][\w-]*(?:\s[\w-]+){0,4}?))"
_TOO = (
    r"(?:\s+(?:også|òg|i\s+tillegg|blant\s+annet|mellom\s+anna|følgende|følgjande|dessuten|både|vi|kommunen|en"
    r"|et|ei|ein|eit))*"
)
OFFERS = re.compile(
    rf"{_WHO}\s+(?:tilbyr|tilbyd|leverer|leverar|yter|ytar|driver|driv|drifter|driftar|rommer|rommar|omfatter"
    rf"|omfattar|inneholder|inneheld"
    r"|består\s+av|(?:har\s+)?(?:ansvar|ansvaret)\s+for|gir\s+tilbud\s+om|gjev\s+tilbod\s+om|har\s+tilbud\s+om"
    r"|har\s+tilbod\s+om)"
    rf"{_TOO}\s+(?P<text>\S.*)$",
    re.IGNORECASE,
)
HAS = re.compile(
    rf"{_WHO}\s+(?:har|finnes|finst|finn\s+du|finner\s+du|gir|gjev){_TOO}\s+(?P<text>\S.*)$", re.IGNORECASE
)
# «Tjenesten Bo trygt gir …», «NAV driver to tilbud for unge: A og B».
NAMED = re.compile(
    r"(?:tjenesten|tenesta|tilbudet|tilbodet|lavterskeltilbudet|lågterskeltilbodet)\s+"
    r"(?P<name>(?-i:[A-ZÆØÅ])[\w-]*(?:\s[\w-]+){0,3}?)\s+(?:gir|gjev|er|har|hjelper|tilbyr|tilbyd)\s",
    re.IGNORECASE,
)
ANNOUNCED = re.compile(r"\b(?:tilbud|tilbod|tjenester|tenester)\b[^:.]{0,40}:\s+(?=[A-ZÆØÅ])", re.IGNORECASE)
STEP = re.compile(r"(?:trinn|nivå|steg)\s*\d\b[^:]{0,60}:\s+(?P<text>\S.*)$", re.IGNORECASE)
OTHERS = re.compile(
    r"\b(?:staten|statlige|regjeringen|fylke\w*|sykehuset|sjukehuset|nav\s+stat|undersøkelse\w*|planen"
    r"|kapittel\w*|rapport\w*"
    r"|arbeidsgrupp\w*|prosjektgrupp\w*|styringsgrupp\w*|utvalget|figur\w*|tabell\w*|loven|lova|forskrift\w*"
    r"|mange|flere|noen|dei\s+fleste)\b",
    re.IGNORECASE,
)
STATES = re.compile(
    r"\b(?:er|har|skal|vil|må|blir|ble|blei|vart|var|kan|får|fikk|bør|viser|som|slik|fordi|når|at|å|mener"
    r"|meiner|ikke|ikkje|hatt|fått|vært|vore|blitt|stort|plan|mangfold|innenfor|flere|fleire|få|nok)\b",
    re.IGNORECASE,
)
TALK = re.compile(
    r"\b(?:utfordring\w*|bekymr\w*|stolte?|status|suksess\w*|tilsyn|risiko\w*|innspill|innspel|medvirkning\w*"
    r"|medverknad\w*|kilder|kjelder"
    r"|agenda|møteplan|program\w*|organisering|organisasjon\w*|organisasjonskart|prosjekt\w*|delprogram\w*"
    r"|bakgrunn|investering\w*|budsjett\w*|økonomi\w*|saker)\b",
    re.IGNORECASE,
)
TAIL = re.compile(
    r"\s*(?:[:–-]\s*(?:ca\.?\s*)?(?:kr\.?\s*)?\d.*|\(\s*(?:ca\.?\s*)?\d+\s*(?:plass|avd|ansat|årsv|elev|bruk"
    r"|seng|tilset)\w*\s*\)|\s(?:etter|jf\.?|iht\.?|i\s+henhold\s+til)\s+[^,]*(?:lov|§).*)$",
    re.IGNORECASE,
)
DATA = re.compile(
    r"^\W*\d|\d{3}|\d\s*(?:%|prosent|mill|kr\b)|\b(?:antall|andel|talet|budsjett\w*|ansatte|tilsette|årsverk)\b",
    re.IGNORECASE,
)
HALVES = re.compile(r"(?<!-)\s+og\s+")
# «I alle bygder», «Målgruppe: …», «SUM»: lines that lead in or tell of something else.
LEAD = re.compile(
    r"^(?:I|På|Ved|For|Hos)\s|^[^:]{1,40}:(?:\s|$)|^[A-ZÆØÅ]{2,4}$(?<!SFO)(?<!AKS)(?<!PPT)(?<!BPA)(?<!NAV)"
)
GENERAL = re.compile(
    r"(?:helse|omsorg|oppvekst|velferd|kultur|mestring|meistring)$|(?:(?:helse-?|sosial-?|velferds-?|kommunale"
    r"|lovpålagte|gode|alle|våre)\s*(?:,|og)?\s*)*(?:helse|omsorgs|sosial|velferds|barnehage"
    r"|skole)?-?(?:tjenester|tenester|tilbud|tilbod)$",
    re.IGNORECASE,
)
LONGEST = 8
LONGEST_ROW = 10
FEWEST_ROWS = 3
FEWEST_OF_UNIT = 2
SHARE = 0.6


def offered_in(sentence: Stretch, heading: str) -> Iterator[Stretch]:
    """What a sentence says that the municipality gives, each member of the enumeration by itself."""
    flat = sentence.flat
    if step := STEP.match(flat):
        yield from (part for part in _members(sentence.part(step.start("text"), len(flat))) if _is_service(part))
        return
    if own := NAMED.match(flat):
        yield sentence.part(*own.span("name"))
        return
    firm = OFFERS.match(flat)
    match = firm or HAS.match(flat)
    if match is None or OTHERS.search(flat[: match.start("text")]) or LAW.search(flat) or flat.endswith(("?", ":")):
        return
    if (ACTION.search(heading) and not ASKS.match(heading)) or cue_in(without_number(heading)) is not None:
        return
    if TALK.search(heading) and not firm:
        return
    announced = ANNOUNCED.search(flat, match.start("text"))
    if announced:
        yield from _by_name(sentence.part(announced.end(), len(flat)))
        return
    members = _members(sentence.part(match.start("text"), match.end("text")))
    named = [part for part in members if _is_service(part)]
    if len(named) >= (1 if firm and len(members) == 1 else 2) and len(named) >= SHARE * len(members):
        yield from named


def _by_name(value: Stretch) -> Iterator[Stretch]:
    """Names of their own after a colon: «Jobbklubben og Grønn arbeidstrening på Åkra gard»."""
    value = value.part(0, len(value.flat.rstrip(". ")))
    parts = list(value.enumerated())
    if len(parts) == 1 and (cut := re.search(r"\s+og\s+(?=[A-ZÆØÅ])", value.flat)):
        parts = [value.part(0, cut.start()), value.part(cut.end(), len(value.flat))]
    if all(0 < len(part.words.split()) <= LONGEST and not STATES.search(part.words) for part in parts):
        yield from parts


class RowGroups:
    """Paragraphs among short lines, most of which name a service, under a heading of their place or unit."""

    def __init__(self, text: str, items: Sequence[Item]) -> None:
        self._text = text
        self._items = items
        self._group_of = groups_of(items)
        self._judged: dict[int, str] = {}

    def services(self, index: int) -> list[Stretch]:
        """The services in the paragraph at ``index``; its neighbours are read once for all of them."""
        group = self._group_of[index]
        if group.start not in self._judged:
            self._judged[group.start] = self._kind(group)
        kind = self._judged[group.start]
        if not kind:
            return []
        own = [row for row in map(_core, _rows(self._stretch(index))) if _takes(row)]
        return [row for row in own if kind == "unit" or names_service(row.words)]

    def _kind(self, group: range) -> str:
        """``unit`` under the name of a unit or service, ``rows`` under another heading; nothing when they list none."""
        item = self._items[group.start]
        heading = without_number(item.heading)
        if item.kind is not BlockKind.PARAGRAPH or _tells_of_else(heading):
            return ""
        rows = [row for index in group for row in _rows(self._stretch(index))]
        plain = [row for row in rows if not DATA.search(_core(row).words) and not LEAD.search(row.words)]
        named = [row for row in map(_core, plain) if _is_service(row)]
        unit = is_unit_name(heading) or ASKS.match(heading) is not None or names_service(heading)
        few = len(named) < (FEWEST_OF_UNIT if unit else FEWEST_ROWS)
        if few or len(named) < SHARE * len([row for row in rows if not LEAD.search(row.words)]):
            return ""
        return "unit" if unit else "rows"

    def _stretch(self, index: int) -> Stretch:
        block = self._items[index].block
        return Stretch(self._text, block.start, block.end)


def _tells_of_else(heading: str) -> bool:
    return bool(
        cue_in(heading)
        or LAW.search(heading)
        or TALK.search(heading)
        or (ACTION.search(heading) and not ASKS.match(heading))
    )


ASKS = re.compile(
    r"(?:(?:hva|kva)\s+(?:gjør|gjer|tilbyr|tilbyd|har)\s+vi|kjerneoppgaver|kjerneoppgåver|ansvarsområde\w*"
    r"|tjenester|tenester|tilbud|tilbod"
    r"|oppgaver|oppgåver|(?:våre|vår)\s+\w+)\s*[:?]?$",
    re.IGNORECASE,
)


def _takes(part: Stretch) -> bool:
    words = part.words
    return (
        0 < len(words.split()) <= LONGEST_ROW
        and not STATES.search(words)
        and not DATA.search(words)
        and not words.endswith((":", "."))
        and not LEAD.search(words)
    )


def groups_of(items: Sequence[Item]) -> list[range]:
    """For each item the run of its neighbours of the same kind on the same page under the same heading."""
    groups: list[range] = []
    for index in range(len(items)):
        if groups and groups[-1].stop > index:
            groups.append(groups[-1])
            continue
        stop = index + 1
        while stop < len(items) and _beside(items[stop], items[index]):
            stop += 1
        groups.append(range(index, stop))
    return groups


def _beside(one: Item, other: Item) -> bool:
    return (one.kind, one.headings, one.block.page) == (other.kind, other.headings, other.block.page)


def _rows(whole: Stretch) -> list[Stretch]:
    """Its lines, and what stands between bars on one line."""
    return [
        part for line in whole.lines() for part in (_between_bars(line) if "|" in line.words else [line]) if part.words
    ]


def _between_bars(line: Stretch) -> list[Stretch]:
    edges = [0, *(match.end() for match in re.finditer(r"\|", line.flat)), len(line.flat) + 1]
    return [line.part(begin, end - 1) for begin, end in pairwise(edges)]


def _core(row: Stretch) -> Stretch:
    """The name without the number of places or people behind it."""
    tail = TAIL.search(row.flat)
    return row.part(0, tail.start() if tail and tail.start() > 2 else len(row.flat))


def _members(value: Stretch) -> list[Stretch]:
    """The members of an enumeration; «leksehjelp og kulturskole» is two when both halves name a service."""
    value = value.part(0, len(value.flat.rstrip(". ")))
    members = list(value.enumerated())
    if len(members) == 1 and (cut := HALVES.search(value.flat)):
        halves = [value.part(0, cut.start()), value.part(cut.end(), len(value.flat))]
        members = halves if all(map(_is_service, halves)) else members
    return [_without_whom(member) for member in members]


def _without_whom(member: Stretch) -> Stretch:
    """Without «til alle barn som …» and when it is open, which tell of the service and do not name it."""
    whom = WHOM.search(member.flat)
    return member.part(0, whom.start() if whom else len(member.flat))


WHOM = re.compile(
    r"\s+(?:til\s+(?:alle|barn|born|innbyggere|innbyggjarar|dem|dei|de)\b.*|(?:to|tre|fire|fem|\d)\s+(?:dager"
    r"|dagar|kvelder|kveldar)\b.*"
    r"|(?:på|hver|kvar)\s+(?:man|tirs|ty|ons|tors|fre|lør|laur|søn|sun)\w*dag\w*\b.*|,?\s+som\s.*)$",
    re.IGNORECASE,
)


def _is_service(part: Stretch) -> bool:
    words = part.words
    short = 0 < len(words.split()) <= LONGEST and len(words) > 1
    return (
        short
        and names_service(words)
        and not GENERAL.match(words)
        and not STATES.search(words)
        and not DATA.search(words)
    )
