"""Services that residents can meet: lists under unit and service headings, and enumerations in label lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from grunnmur.knowledge.cues import ACTION, LAW, cue_in
from grunnmur.knowledge.model import Service
from grunnmur.knowledge.organisations import names_unit
from grunnmur.knowledge.outline import INTRODUCTION, Item, lead_of, outline, without_number
from grunnmur.knowledge.passages import Stretch
from grunnmur.knowledge.service_boxes import Boxes
from grunnmur.knowledge.service_lists import FIRM_HEAD, line, members
from grunnmur.knowledge.service_sentences import STEP, RowGroups, offered_in
from grunnmur.knowledge.service_words import names_service
from grunnmur.knowledge.units import Units, is_unit_name
from grunnmur.sources.documents.model import BlockKind, Document

SERVICE_LEAD = re.compile(
    r"\b(?:\w*tjenestene|\w*tjenester|\w*tenester|\w*tenestene|tilbud(?:ene|a|et)?|tilbod(?:a|et)?|tilbyr|tilbyd|avdelinger|avdelingar"
    r"|ansvar(?:et)?\s+for|ansvarsområder|kjerneoppgaver|kjerneoppgåver|hovedoppgaver|hovudoppgåver|arbeidsområder|lavterskeltilbud\w*|lågterskeltilbod\w*)\b",
    re.IGNORECASE,
)
LABELLED = re.compile(
    r"(?P<label>(?:sentrale\s+|våre\s+)?(?:tjenester|tenester|tilbud|tilbod|avdelinger|avdelingar|ansvarsområder|vi\s+tilbyr|vi\s+tilbyd|ansvar\s+for"
    r"|tjenestemottakere|tenestemottakarar|lavterskeltilbud|lågterskeltilbod))\s*[:;]\s*(?P<text>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
TRAIT = re.compile(
    r"(?:særtrekk|kjennetegn|kjenneteikn|særpreg|om\s+(?:virksomheten|tjenesten|verksemda|tenesta)|beskrivelse)[^:;]{0,40}[:;]\s*(?P<text>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
OFFERS = re.compile(
    r"^(?:(?:vi|virksomheten|avdelingen|tjenesten|enheten|verksemda|avdelinga|eininga|tenesta)\s+)?"
    r"(?:gir|gjev|tilbyr|tilbyd|yter|ytar|leverer|leverar|driver|driv)\s+(?P<text>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
CONTAINS = re.compile(
    r"\b(?:under\s+\w+(?:\s\w+)?\s+(?:ligger|ligg|hører|høyrer)|omfatter|omfattar|består\s+av|rommer|består\s+blant\s+annet\s+av)\s+(?P<text>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
SUCH_AS = re.compile(
    r"\b(?:fra|frå)\s+\S+\s+som\s+(?P<low>\S.*?)\s+til\s+(?P<high>\S.*?)[.]?$", re.IGNORECASE | re.DOTALL
)
COUNT = re.compile(
    r"(?:(?:ca\.?\s*)?\d+(?:\s*\(\w+\))?[;:,]?\s+|(?:en|et|ei|ein|eit|to|tre|fire|fem|seks|sju|åtte|ni|ti)\s+)",
    re.IGNORECASE,
)
ONLY_COUNT = re.compile(
    r"(?:ca\.?\s*)?[\d\s()]+(?:avdeling\w*|plass\w*|ansatte|tilsette|årsverk|bruker\w*|brukar\w*)?$|\d+\s*\(\w+\)$",
    re.IGNORECASE,
)
FOR_WHOM = re.compile(
    r"\s+til\s+(?:(?:ca\.?\s+)?\S+\s+)?(?:personer|innbyggere|innbyggjarar|alle|barn|born|voksne|vaksne|eldre)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
REST = re.compile(r"\W*(?:etc|osv|m\.?m|mv|og\s+så\s+videre|\+|andre\s|private\s)", re.IGNORECASE)
GENERAL = re.compile(
    r"^(?:\w+\s+)?(?:\w*avdelinge?r|\w*avdelingar|(?:vedtaks|lavterskel|lågterskel)?-?(?:tjenester|tenester)"
    r"|frivillige(?:\s.*)?)$|^(?:både|fordelt|antall|talet|samt|alt)\b",
    re.IGNORECASE,
)
# Headings over text boxes that each hold a service.
BOX_LEAD = re.compile(
    r"(?:(?:tiltak\s*(?:/|og)\s*)?(?:(?:våre|sentrale|kommunale|lokale)\s+)?(?:tjenester|tenester|tjenestene|tenestene|tilbud|tilbod)"
    r"|avdelinger|avdelingar|ansvarsområder|(?:hva|kva)\s+(?:får|tilbyr|tilbyd)\s+\w+)(?:\s(?:etter|i|for|på|til)\b.*)?\s*[:?]?$",
    re.IGNORECASE,
)
FACTS = re.compile(
    r"(?:andel\w*|antall|talet|økonomi|ansatte|tilsette|årsverk|budsjett|lov\w*|regelverk|utfordring\w*|suksess\w*|lønn|løn|prognose|kilde|kjelde)\b"
    r"|.*\d{3}",
    re.IGNORECASE,
)
OFFERS_TOO = re.compile(r"tiltak\s*(?:/|og)\s*(?:tilbud|tjenester|tilbod|tenester)", re.IGNORECASE)
OTHER_TALK = re.compile(
    r"\b(?:utfordring\w*|bakgrunn|status\w*|mål|delmål|risiko\w*|konsekvens\w*|innspill|innspel|medvirkning\w*|medverknad\w*|kilder|kjelder"
    r"|agenda|deltak\w*|tilsyn\w*|saker?|politisk\w*|planer|planar|handlingsplan\w*|rapport\w*|prosjekt\w*|samarbeid\w*|samspill|samspel|partner\w*|aktør\w*|(?:service|teneste)nivå|forutsetning\w*|føresetnad\w*|forbehold\w*)\b",
    re.IGNORECASE,
)
STATEMENT = re.compile(
    r"\b(?:er|har|skal|vil|må|blir|ble|var|kan|får|fikk|bør|viser|kjøper|kjøpes|selger|eier|eies|drives)\b",
    re.IGNORECASE,
)
LONGEST_ITEM = 26
LONGEST_PART = 14
SHARE = 0.5
LEAD_SHARE = 0.35
FIRM_SHARE = 0.2  # of a list after «gir følgende tilbud:»
FIRM_LEAD = re.compile(
    r"\b(?:følgende|fylgjande|følgjande|disse|desse)\s+(?:\w+\s+)?(?:tilbud\w*|tilbod\w*|tjenest\w*|tenest\w*):$", re.I
)


def find_services(document: Document) -> tuple[Service, ...]:
    """Services in the order of the text, none overlapping, with the unit that gives them when the text says."""
    items, units = outline(document), Units(document)
    found = [*_listed(document, items, units), *_in_labels(document, items, units)]
    return tuple(_without_overlap(found))


def _listed(document: Document, items: Sequence[Item], units: Units) -> Iterator[Service]:
    for run in _lists(items):
        depth = min(item.block.level for item in run)
        top = [item for item in run if item.block.level == depth and not REST.match(item.words)]
        kind = _list_kind(top[0], top) if top else ""
        for item in top if kind else ():
            stretch = Stretch(document.text, item.block.start, item.block.end)
            words = stretch.first_sentence() if "." in item.words and not _abbreviated(item.words) else stretch
            if len(words.words.split()) <= LONGEST_ITEM and not ONLY_COUNT.match(words.words):
                words = words.part(0, len(words.flat.rstrip(".,;:")))
                for part in members(words) if kind == "firm" else [words]:
                    yield _service(part, _org(item, kind, units))


def _lists(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Runs of list items that share what introduces them."""
    run: list[Item] = []
    for item in items:
        if item.kind is BlockKind.LIST_ITEM and (not run or _above(run[-1]) == _above(item)):
            run.append(item)
            continue
        if run:
            yield run
        run = [item] if item.kind is BlockKind.LIST_ITEM else []
    if run:
        yield run


def _above(item: Item) -> tuple[object, ...]:
    return item.intro, item.headings, item.within[:1]


def _list_kind(first: Item, top: Sequence[Item]) -> str:
    """``lead`` when the words above say that services follow, ``firm`` when they are a heading that says no more,
    ``unit`` when they name a unit; else nothing."""
    lead = lead_of(first.intro)
    context = " ".join([lead, first.heading])
    if (
        (ACTION.search(context) and not OFFERS_TOO.search(context))
        or LAW.search(lead)
        or OTHER_TALK.search(context)
        or cue_in(lead)
    ):
        return ""
    named = sum(names_service(item.words) for item in top) / len(top)
    plain = sum(not STATEMENT.search(item.words) for item in top) / len(top)
    if plain < SHARE:
        return ""
    firm = lead == first.heading and FIRM_HEAD.fullmatch(without_number(lead)) is not None
    share = FIRM_SHARE if firm or FIRM_LEAD.search(lead) else LEAD_SHARE
    if (firm or SERVICE_LEAD.search(lead)) and (INTRODUCTION.search(lead) or lead == first.heading) and named >= share:
        return "firm" if firm else "lead"
    heading = (
        lead == first.heading
        and len(lead.split()) <= 6
        and (is_unit_name(lead) or names_service(lead) or named >= 0.75)
    )
    return "unit" if heading and named >= SHARE and plain == 1 else ""


def _org(item: Item, kind: str, units: Units) -> str | None:
    unit = units.at(item.block.start)
    named = kind == "unit" and (is_unit_name(item.heading) or names_unit(item.heading))
    return unit or (item.heading if named else None)


def _in_labels(document: Document, items: Sequence[Item], units: Units) -> Iterator[Service]:
    under, groups = _right_under_headings(items), RowGroups(document.text, items)
    boxes = Boxes(document.text, items)
    for index, item in enumerate(items):
        if item.kind is not BlockKind.PARAGRAPH:
            continue
        whole = Stretch(document.text, item.block.start, item.block.end)
        org = units.at(whole.start)
        if boxed := boxes.services(index):
            yield from (_service(part, org) for part in boxed)
            continue
        if under[index] and _under_services(item):
            yield from (_service(part, org) for part in _boxed(whole))
            continue
        if match := LABELLED.match(whole.flat):
            value = whole.part(match.start("text"), match.end("text"))
            yield from (_service(part, org) for part in _parts(value, named=False))
        elif not STEP.match(whole.flat) and (rows := groups.services(index)):
            yield from (_service(part, org) for part in rows)
        elif match := TRAIT.match(whole.flat):
            value = whole.part(match.start("text"), match.end("text"))
            yield from (_service(part, org) for sentence in value.sentences() for part in _offered(sentence))
        elif named := boxes.named_list(index) or (line(whole) if under[index] and _may_list(item) else []):
            yield from (_service(part, org) for part in named)
        else:
            yield from (
                _service(part, org) for sentence in whole.sentences() for part in offered_in(sentence, item.heading)
            )


def _right_under_headings(items: Sequence[Item]) -> list[bool]:
    """For each item whether nothing but paragraphs of its page stands between it and a heading."""
    found = [False] * len(items)
    for index, (above, item) in enumerate(pairwise(items), 1):
        beside = above.kind is BlockKind.PARAGRAPH and above.block.page == item.block.page
        found[index] = above.kind is BlockKind.HEADING or (beside and found[index - 1])
    return found


def _may_list(item: Item) -> bool:
    """Whether the heading leaves it open what is listed under it, or says that it is services."""
    heading = without_number(item.heading)
    tells = ACTION.search(heading) or LAW.search(heading) or OTHER_TALK.search(heading) or cue_in(heading)
    return not tells


def _under_services(item: Item) -> bool:
    """A short paragraph that stands under «Tilbud», «Avdelinger:» or «Tjenester etter trappa»."""
    heading = without_number(item.heading)
    short = (
        len(heading.split()) <= 5 and len(item.words.split()) <= LONGEST_ITEM and not item.words.endswith((":", "?"))
    )
    plain = not STATEMENT.search(item.words) and not item.words.endswith(".") and not FACTS.match(item.words)
    return short and plain and BOX_LEAD.match(heading) is not None


def _boxed(whole: Stretch) -> Iterator[Stretch]:
    """The services in a text box: «Trinn 1 – for alle: A, B, C», «A, B, C» or one alone."""
    label = re.match(r"[^:]{1,40}:\s+", whole.flat)
    value = whole.part(label.end() if label else 0, len(whole.flat))
    yield from _parts(value, named=True)


def _offered(sentence: Stretch) -> Iterator[Stretch]:
    """What a sentence says is given: «gir A til B, C og D», «under enheten ligger A og B», «fra A som B til C»."""
    flat = sentence.flat
    if match := SUCH_AS.search(flat):
        for name in ("low", "high"):
            yield from _parts(sentence.part(match.start(name), match.end(name)), named=True, pairs=name == "low")
    elif match := OFFERS.search(flat) or CONTAINS.search(flat):
        yield from _parts(sentence.part(match.start("text"), match.end("text")), named=True)


def _parts(value: Stretch, *, named: bool, pairs: bool = False) -> Iterator[Stretch]:
    """Members of an enumeration that name a service, or that look like names of their own."""
    members = list(value.trimmed().enumerated()) if "," in value.flat or not pairs else _pair(value)
    if len(members) == 1 and not named and not names_service(members[0].words):
        return
    for member in members:
        count = COUNT.match(member.flat)
        part = member.part(count.end() if count else 0, len(member.flat))
        whom = FOR_WHOM.search(part.flat)
        part = part.part(0, whom.start() if whom else len(part.flat.rstrip(".")))
        words = part.words
        if not words or len(words.split()) > LONGEST_PART or ONLY_COUNT.match(member.words) or GENERAL.match(words):
            continue
        if STATEMENT.search(words) or LAW.search(words) or re.match(r"^\d", words):
            continue
        own_name = words[0].isupper() and not named
        if names_service(words) or own_name:
            yield part


def _pair(value: Stretch) -> list[Stretch]:
    match = re.search(r"\s+og\s+", value.flat)
    return [value.part(0, match.start()), value.part(match.end(), len(value.flat))] if match else [value]


def _abbreviated(words: str) -> bool:
    return re.search(r"\b\d+\.\s|\b\w{1,5}\.\s+[a-zæøå]", words) is not None


def _service(stretch: Stretch, org: str | None) -> Service:
    return Service(stretch.words, stretch.start, stretch.end, org)


def _without_overlap(found: list[Service]) -> Iterator[Service]:
    end = 0
    for service in sorted(found, key=lambda service: (service.start, -service.end)):
        if service.start >= end and service.text:
            end = service.end
            yield service
