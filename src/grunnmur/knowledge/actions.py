"""Actions (tiltak): from lists and labels under cue words, tables, and sentences that set something in motion."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grunnmur.knowledge.action_categories import Categories, as_savings, without_note
from grunnmur.knowledge.action_rows import OTHER_TALK, in_rows
from grunnmur.knowledge.action_sentences import INFINITIVE, VERBS, planned_in
from grunnmur.knowledge.action_tables import row_action, table_actions
from grunnmur.knowledge.cues import ACTION, CATEGORY_WORDS, LAW, announces_actions, category_of, cue_in
from grunnmur.knowledge.effects import COST, effects_of, positions_of
from grunnmur.knowledge.model import Action, ActionCategory, Element
from grunnmur.knowledge.outline import INTRODUCTION, Item, lead_of, outline, without_number
from grunnmur.knowledge.passages import Stretch
from grunnmur.knowledge.plan_rows import plan_rows
from grunnmur.knowledge.units import Units
from grunnmur.sources.documents.model import BlockKind, Document

_STEMS = "|".join(re.escape(verb).replace("\\ ", r"r?\s+") for verb in VERBS)
VERB_FIRST = re.compile(rf"(?:vi\s+(?:skal|vil|må)\s+|skal\s+|å\s+)?(?:{_STEMS})r?\b", re.IGNORECASE)
NOMINAL = re.compile(
    r"(?:etablering|oppretting|opprettelse|utvidelse|utviding|utvikling|videreutvikling|vidareutvikling|bygging|oppstart"
    r"|innføring|avvikling|reduksjon|omgjøring|flytting|samlokalisering|ombygging|rehabilitering|nedleggelse|nedlegging"
    r"|oppgradering|kartlegging|utarbeidelse|utarbeiding|gjennomføring|evaluering|revisjon|rullering|utredning|utgreiing"
    r"|digitalisering|konkurranseutsetting|omlegging|sammenslåing|samanslåing|anskaffelse|innkjøp|rekruttering|salg|sal|stenging)\s+(?:av|i|på)\b",
    re.IGNORECASE,
)
CARRIED_OUT = re.compile(
    r"\s(?:er\s+[^.]{0,40}?\bsom\s+)?(?:skal|vil|må)\s+(?:gjennomføres|gjennomførast|iverksettes|iverksetjast|settes\s+i\s+gang"
    r"|setjast\s+i\s+gang|startes|startast|bygges|byggjast|bli\s+gjennomført)\b",
    re.IGNORECASE,
)
# What people who plan meetings and processes write on slides: who does what, in whole sentences.
TASK = re.compile(
    r"(?:bruke|jobbe|arbeide|organisere|arrangere|invitere|informere|lage|sende|avtale|følge\s+opp|involvere|presentere|nytte"
    r"|følgje\s+opp|[^\W\d]\S*(?:\s\S+){0,4}?\s(?:skal\s+(?:bruke|gjennomføre|organisere|arrangere|lage|følge\s+opp|nytte)"
    r"|gjennomfører|organiserer|arrangerer|utarbeider|utarbeidar|gjennomfører|organiserar|arrangerar|tester))\s",
    re.IGNORECASE,
)
RESOLVED = re.compile(
    rf"(?:det|vi|kommunen|programmet|prosjektet|tjenesten|tenesta|virksomheten|verksemda)\s+(?:skal|vil)\s+(?:bli\s+)?"
    rf"(?:{_STEMS})(?:s|st|t)?\b",
    re.IGNORECASE,
)
# Under a heading that announces actions: someone shall do something.
WILL = re.compile(
    r"[A-ZÆØÅ]\S*(?:\s\S+){0,4}?\s(?:skal|vil)\s+(?:òg\s+|også\s+)?(?!være\b|vere\b|ha\b|bli\b|kunne\b)\w+[ea]\b"
)
DECIDED = re.compile(
    r"\b(?:skal|må)\s+(?:vurder|reduser|avvikl|endr|gjennomgå|stopp|fjern|begrens|samordn)\w*(?:s|st)\b", re.IGNORECASE
)
LABEL = re.compile(
    r"(?i:(?:forslag\s+til\s+)?(?:(?:del|hoved|hovud|spare|innsparings)?tiltak|aktivitet|(?:spare|innsparings)?forslag(?=\s{0,8}(?:nr\.?\s{0,8})?\d))\s{0,8}(?:nr\.?\s{0,8})?)(?:(?:\d{1,2}(?:\.\d{1,2})*|[A-Z]\d{0,2})?\s{0,8}[:–-]\s{1,8}"
    r"|(?:\d{1,2}(?:\.\d{1,2})*|[A-Z]\d{1,2})(?P<sep>\.?)\s+(?=[A-ZÆØÅ«“]))(?P<text>\S.*)$",
    re.DOTALL,
)
TELLS = re.compile(
    r"(?:\S+\s+){1,8}?(?:er|var|har|koster|kostar|skal\s+være|skal\s+vere|dekkes|dekkjast|gir|gjelder|gjeld)\s",
    re.IGNORECASE,
)
DETAIL = re.compile(
    r"(?P<name>ansvar(?:lig)?|kostnad(?:er)?|kostnadar|beløp|effekt|innsparing|frist|økonomi|budsjett|finansiering|årsverk|måltall|måltal"
    r"|status|kategori)\s*:\s*(?P<value>[^\n]*?)(?=\s*[.;]?\s+(?:ansvar(?:lig)?|kostnad|frist|økonomi|effekt|status)\s*:|$)",
    re.IGNORECASE,
)
# What the political process does with a matter is no action of the plan.
PROCESS = re.compile(
    r"^(?:høring\w*|høyring\w*)\b|\b(?:behandle[rs]|behandlar|handsamar|vedtar|vedtek)\s+(?:saken|saka|planen|budsjettet)\b"
    r"|^(?:politisk\s+)?(?:behandling|handsaming|vedtak)\s+i\s"
    r"|^(?!\w+[ea]\s|få\s)(?:\S+\s){1,6}(?:på\s+plass|ferdig|klar)\b|^spørsmål\b|\bfrist\b(?!\s{0,3}:)",
    re.IGNORECASE,
)
NUMBERED_LABEL = re.compile(r"tiltak\s*(?:nr\.?\s*)?\d", re.IGNORECASE)
WE_SHALL = re.compile(
    r"(?:\bvi|\bkommunen|\bderfor|\bdifor|\b20\d\d)\s+(?:skal|vil|må)(?:\s+(?:vi|kommunen))?(?:\s+[\w\s]{1,20})?\s*:$",
    re.IGNORECASE,
)
OWNER = re.compile(r"[(,;.]\s*ansvar(?:lig)?\s*:?\s+(?P<org>[^,;().]{2,60})", re.IGNORECASE)
MONEY = {"kostnad", "kostnader", "kostnadar", "beløp", "effekt", "innsparing", "økonomi", "budsjett", "finansiering"}
LONGEST = 60
LONGEST_LEAD = 8
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Spans:
    """Stretches of the text that are spoken for, in order."""

    places: Sequence[tuple[int, int]]

    def touch(self, stretch: Stretch) -> bool:
        """Whether any of them shares a character with the stretch."""
        place = bisect_left(self.places, (stretch.end, 0)) - 1
        return place >= 0 and self.places[place][1] > stretch.start


@dataclass(frozen=True, slots=True)
class Known:
    """What the document says elsewhere: its units, and what the letters of categories stand for."""

    units: Units
    categories: Categories


def find_actions(document: Document, elements: Sequence[Element] = ()) -> tuple[Action, ...]:
    """Actions in the order of the text, none overlapping, with category, money by year, positions and who answers.

    What stands in ``elements`` is read as a plan element and not as an action by its wording alone.
    """
    items, known = outline(document), Known(Units(document), Categories(document))
    stated = Spans(sorted((element.start, element.end) for element in elements))
    rows = plan_rows(document)
    found = [row_action(document, row) for row in rows]
    in_plans = Spans(sorted({row.table for row in rows}))
    for index, item in enumerate(items):
        if in_plans.touch(Stretch(document.text, item.block.start, item.block.end)):
            continue
        if item.kind is BlockKind.TABLE:
            found.extend(table_actions(document, items, index, _category(item), known.categories))
        elif item.kind in (BlockKind.LIST_ITEM, BlockKind.PARAGRAPH, BlockKind.HEADING):
            found.extend(_of_item(document, items, index, known, stated))
    return tuple(_without_overlap(found))


def starts_action(words: str) -> bool:
    """Whether the phrase begins with the verb of an action («Etablere …», «Skal redusere …»)."""
    return VERB_FIRST.match(words) is not None


def _of_item(document: Document, items: Sequence[Item], index: int, known: Known, stated: Spans) -> Iterator[Action]:
    item = items[index]
    whole = Stretch(document.text, item.block.start, item.block.end)
    labelled = [(part, label) for part in _labelled_lines(whole) if (label := LABEL.match(part.flat))]
    if labelled and not any(cue_in(label["text"]) or category_of(label["text"]) for _, label in labelled):
        if item.kind is not BlockKind.HEADING or NUMBERED_LABEL.match(item.words):
            for part, label in labelled:
                if not _speaks_of(label):
                    yield _action(part.part(label.start("text"), len(part.flat)), items, index, known)
        return
    if item.kind is BlockKind.LIST_ITEM and (_under_cue(item) or _infinitive(item)):
        yield _action(whole, items, index, known)
    elif (
        item.kind is BlockKind.PARAGRAPH
        and not stated.touch(whole)
        and (parts := list(in_rows(without_number(item.heading), whole)))
    ):
        yield from (_action(part, items, index, known) for part in parts)
    elif _decided(item) or _verb_first(item):
        yield from (_action(part, items, index, known) for part in _lines_of_verbs(whole))
    elif item.kind is BlockKind.PARAGRAPH or (item.kind is BlockKind.LIST_ITEM and _may_plan(item)):
        for sentence in whole.sentences():
            if not stated.touch(sentence):
                yield from (_action(part, items, index, known) for part in _in_sentence(item, sentence))


def _labelled_lines(whole: Stretch) -> list[Stretch]:
    """The lines that each begin with «Tiltak 1», «Tiltak 2», or all of it."""
    rows = whole.lines()
    return rows if len(rows) > 1 and all(LABEL.match(row.flat) for row in rows) else [whole]


def _lines_of_verbs(whole: Stretch) -> list[Stretch]:
    """The lines that each begin with the verb of an action, or all of it."""
    rows = whole.lines()
    return rows if len(rows) > 1 and all(VERB_FIRST.match(row.flat) for row in rows) else [whole]


def _speaks_of(label: re.Match[str]) -> bool:
    """«Tiltak 3. Forprosjektet er ferdig …» tells about an action named elsewhere."""
    return label["sep"] == "." and TELLS.match(label["text"]) is not None


def _in_sentence(item: Item, sentence: Stretch) -> Iterator[Stretch]:
    if announces_actions(without_number(item.heading)) is not None and WILL.match(sentence.flat):
        yield sentence
        return
    carried_out = list(_carried_out(sentence))
    yield from carried_out or (planned_in(sentence) if _may_plan(item) else ())


def _may_plan(item: Item) -> bool:
    """Whether the text around is the document's own plan, and not its challenges, goals or statutes."""
    context = [item.intro, *item.headings[-1:], *item.within[:1]]
    return not any(
        _names_aims(without_number(words)) or OTHER_TALK.search(words) or LAW.search(words) for words in context
    )


def _names_aims(words: str) -> bool:
    """«Mål», «Delmål:» and the like, as opposed to a subject with such a word in it."""
    return cue_in(words) is not None and (len(words.split()) <= 2 or words.endswith(":"))


def _infinitive(item: Item) -> bool:
    """An item of «Vi skal: …» or «Kommunen vil: …» that goes on with a verb."""
    lead = lead_of(item.intro)
    context = [*item.headings[-1:], *item.within[:1]]
    return (
        WE_SHALL.search(lead) is not None
        and re.match(INFINITIVE, item.words) is not None
        and not re.match(r"være\b|vere\b|bli\b|kunne\b|oppleve\b", item.words)
        and not any(cue_in(without_number(words)) or OTHER_TALK.search(words) or LAW.search(words) for words in context)
    )


def _under_cue(item: Item) -> bool:
    """Whether the list stands under «Tiltak» or the like, and neither its lead-in nor its parent says otherwise."""
    if PROCESS.search(item.words) or (item.within and not item.within[-1].endswith(":")):
        return False
    if re.match(r"\W*(?:etc|osv|m\.?m)\b", item.words, re.IGNORECASE) or len(item.words.split()) > 2 * LONGEST:
        return False
    short = len(item.intro.split()) <= LONGEST_LEAD and ACTION.match(item.intro) is not None
    leads = INTRODUCTION.search(item.intro) or item.intro.endswith("?") or item.intro == item.heading or short
    lead = lead_of(item.intro) if leads else ""
    if lead and (match := announces_actions(without_number(lead))):
        cue = cue_in(lead)
        return cue is None or match.start() <= cue.start
    if cue_in(without_number(lead)) or OTHER_TALK.search(lead) or LAW.search(lead):
        return False
    above = [without_number(heading) for heading in item.headings]
    return any(announces_actions(heading) and not cue_in(heading) for heading in above) and not OTHER_TALK.search(
        item.heading
    )


def _decided(item: Item) -> bool:
    """A line that leads in a list with a decision («All innleie skal vurderes:»)."""
    words = item.words
    return (
        item.kind is not BlockKind.LIST_ITEM
        and words.endswith(":")
        and DECIDED.search(words) is not None
        and len(words.split()) <= 20
    )


def _verb_first(item: Item) -> bool:
    """A line that begins with the verb of an action, outside lists of goals, challenges and the like."""
    if item.kind is BlockKind.HEADING or (item.within and cue_in(item.within[0])):
        return False
    several = item.kind is BlockKind.PARAGRAPH and re.search(r"[.!?]\s+[A-ZÆØÅ«]", item.words) is not None
    begins = (
        VERB_FIRST.match(item.words)
        or (not several and RESOLVED.match(item.words))
        or (item.kind is BlockKind.LIST_ITEM and NOMINAL.match(item.words))
        or (_is_line(item) and TASK.match(item.words))
    )
    if not begins or not 3 <= len(item.words.split()) <= LONGEST:
        return False
    context = [item.intro, *item.headings[-1:]]
    return not any(cue_in(words) or OTHER_TALK.search(words) or LAW.search(words) for words in context)


def _is_line(item: Item) -> bool:
    """One whole sentence that stands alone, as on a slide."""
    words = item.words
    return words.endswith(".") and len(re.findall(r"[.!?](?=\s|$)", words)) == 1 and len(words.split()) <= 25


def _carried_out(sentence: Stretch) -> Iterator[Stretch]:
    """«Etablering av A, B og utvidelse av C … skal gjennomføres»: each member is an action."""
    match = CARRIED_OUT.search(sentence.flat)
    if match and NOMINAL.match(sentence.flat):
        for part in sentence.part(0, match.start()).enumerated():
            words = re.match(r"(?:og|samt)\s+", part.flat)
            yield part.part(words.end() if words else 0, len(part.flat))


def _action(whole: Stretch, items: Sequence[Item], index: int, known: Known) -> Action:
    item = items[index]
    details = _details(whole, items, index)
    words = without_note(whole.first_sentence(2)).trimmed()
    detail = DETAIL.search(words.flat)
    if detail and detail.start() > 0:
        words = words.part(0, detail.start()).trimmed()
    effects = effects_of(whole.words)
    for name, value in details.items():
        if name in MONEY and not effects:
            effects = effects_of(value, always=True)
    everything = " ".join([whole.words, *details.values()])
    org = details.get("ansvar") or details.get("ansvarlig") or _owner(whole) or known.units.at(whole.start)
    kind = known.categories.of_item(item, whole.flat) or _category(item)
    return Action(
        words.words, item.block.page, words.start, words.end,
        _named(org), kind, as_savings(effects, kind, costs=_costs(everything)), positions_of(everything),
    )  # fmt: skip


def _details(whole: Stretch, items: Sequence[Item], index: int) -> dict[str, str]:
    """«Ansvar: … Kostnad: … Frist: …» inside the item or in the label lines right after it."""
    found = {match["name"].casefold(): match["value"].strip(" .;") for match in DETAIL.finditer(whole.flat)}
    if items[index].kind is BlockKind.PARAGRAPH and LABEL.match(items[index].words):
        for after in items[index + 1 : index + 8]:
            match = DETAIL.match(after.words)
            if match is None or after.kind is not BlockKind.PARAGRAPH:
                break
            found.setdefault(match["name"].casefold(), match["value"].strip(" .;"))
    return found


def _owner(whole: Stretch) -> str | None:
    """«(frist 2026, ansvar kultursjefen)»."""
    match = OWNER.search(whole.flat)
    return match["org"].strip() if match else None


def _named(org: str | None) -> str | None:
    return org if org and re.search(r"[^\W\d]{2}", org) and not re.match(r"ikkj?e\s", org, re.IGNORECASE) else None


def _costs(words: str) -> bool:
    return COST.search(words) is not None


def _category(item: Item) -> ActionCategory | None:
    """From the nearest of lead-in and headings that speaks of it; one that names two kinds decides nothing."""
    for words in (item.intro, *reversed(item.headings)):
        if any(pattern.search(words) for pattern in CATEGORY_WORDS.values()):
            return category_of(words)
    return None


def _without_overlap(found: list[Action]) -> Iterator[Action]:
    end = 0
    for action in sorted(found, key=lambda action: (action.start, -action.end)):
        if action.start >= end and re.search(r"[^\W\d_]{3}", action.text):
            end = action.end
            yield action
