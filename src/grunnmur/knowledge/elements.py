"""Plan elements: vision, goals, choices, strategies and the like, from headings, labels, lists and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grunnmur.knowledge.cues import ACTION, ANY_CUE, LAW, Cue, cue_in
from grunnmur.knowledge.element_rows import (
    KICKER,
    LONGEST_BOX,
    LONGEST_CUE,
    SEVERAL,
    STATEMENT,
    joined,
    row_kind,
    row_of,
    row_parts,
)
from grunnmur.knowledge.element_sentences import stated
from grunnmur.knowledge.model import Element, ElementType
from grunnmur.knowledge.outline import INTRODUCTION, Item, lead_of, outline, without_number
from grunnmur.knowledge.passages import ITEM_LABEL, Stretch
from grunnmur.sources.documents.model import BlockKind, Document

LABELLED = re.compile(
    rf"(?:\d{{1,2}}(?:\.\d{{1,2}})*\.?\s+)?{KICKER}(?P<label>(?P<cue>{ANY_CUE.pattern})\s*(?:nr\.?\s*)?"
    r"(?P<number>\d{1,2}(?:\.\d{1,2})*|[A-H](?=\W))?)(?P<sep>\s*[.:;]\s*|\s+[-–—]\s+|\s+)(?P<text>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
LONG_LABEL = re.compile(
    rf"{KICKER}(?P<cue>{ANY_CUE.pattern})(?:\s+\w+){{0,5}}:\s*(?P<text>\S.*)$", re.IGNORECASE | re.DOTALL
)
SECTION = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})*)\.?\s+(?P<words>[^\W\d].*)$", re.DOTALL)
ANNOUNCED = re.compile(r"\b(?:er|lyder|lyd)\s*:$")
# How the plan is built, as opposed to what it aims at.
ABOUT_AIMS = re.compile(
    r"(?:(?:hove?d|hovud|del)?mål(?:et|ene|a)|strategi(?:en|ene|ane)|visjonen)\s+(?:er|blir|vert)\s+(?:brutt|delt|inndelt"
    r"|konkretisert|operasjonalisert|utdypa|utdypet|nærmere|nærare|beskrevet|omtalt|forankret|forankra)\b",
    re.IGNORECASE,
)
AND_AIM = re.compile(r"\s(?:og|/)\s(?:\w*mål\w*|verdi\w*|slagord|motto|formål|hensikt)$", re.IGNORECASE)
SERVICES_FOR = re.compile(
    r"(?:tjenester|tenester|tilbud|tilbod)\s+(?:til|for)\s+(?=(?:\w+\s)?(?:barn|born|unge|ungdom|voksne|vaksne|eldre|familie|personer"
    r"|menneske|pasient|bruker|brukar|innbygg|flyktning|innvandr)\w*)",
    re.IGNORECASE,
)
DETAIL = re.compile(r"(?:ansvar\w*|kostnad\w*|frist|økonomi|måltall|måltal|tiltak)\s*:", re.IGNORECASE)
RANK = {
    ElementType.VISION: 0, ElementType.AREA: 1, ElementType.THEME: 1, ElementType.CHOICE: 1, ElementType.GOAL: 2,
    ElementType.SUBGOAL: 3, ElementType.STRATEGY: 4,
}  # fmt: skip
LONGEST_NAME = 6
LONGEST_SUBJECT = 3
LONGEST_LIST = 100
LONGEST_PARAGRAPH = 60
FIRST_SENTENCE_FROM = 30


@dataclass(frozen=True, slots=True)
class Draft:
    """An element before it has a parent."""

    type: ElementType
    stretch: Stretch
    page: int
    label: str | None


def find_elements(document: Document) -> tuple[Element, ...]:
    """Plan elements in the order of the text, none overlapping, each with the index of the one it belongs to."""
    items = outline(document)
    drafts = [
        draft
        for index in range(len(items))
        for draft in _of_item(document, items, index)
        if _worthy(draft.stretch.words)
    ]
    return tuple(_with_parents(_without_overlap(drafts)))


def _of_item(document: Document, items: Sequence[Item], index: int) -> Iterator[Draft]:
    item = items[index]
    whole = Stretch(document.text, item.block.start, item.block.end)
    if item.kind is BlockKind.TABLE:
        yield from _of_table(document, item)
        return
    if item.kind in (BlockKind.FOOTNOTE, BlockKind.CAPTION, BlockKind.NOTE):
        return
    in_sentences = [] if item.kind is BlockKind.HEADING or LAW.search(item.intro) else list(stated(whole))
    found = (
        list(_section(item, whole))
        or list(_labelled(item, items, index, whole))
        or list(_listed(item, items, index, whole))
    )
    found = found or list(_under_goal(item, items, index, whole)) or list(_in_a_row(item, items, index, whole))
    if not found and not in_sentences and item.kind is not BlockKind.HEADING:
        found = list(_named_by_heading(item, items, index, whole)) or list(_slogan(item, items, index, whole))
    yield from found
    yield from (_draft(item, kind, stretch) for kind, stretch in in_sentences)


def _draft(item: Item, kind: ElementType, stretch: Stretch, label: str | None = None) -> Draft:
    return Draft(kind, stretch.trimmed(), item.block.page, label)


def _section(item: Item, whole: Stretch) -> Iterator[Draft]:
    """«5.1 Bolig først» under «5. Satsingsområder» names an area."""
    own, above = SECTION.match(whole.flat), SECTION.match(item.heading)
    if item.kind is not BlockKind.HEADING or own is None or above is None:
        return
    cue = cue_in(above["words"])
    bare = cue is not None and cue.start == 0 and cue.end == len(above["words"].rstrip(" :"))
    under = own["number"].rpartition(".")[0] == above["number"]
    if cue and bare and under and cue.type in (ElementType.AREA, ElementType.THEME) and cue_in(own["words"]) is None:
        yield _draft(item, cue.type, whole.part(own.start("words"), len(whole.flat)))


def _labelled(item: Item, items: Sequence[Item], index: int, whole: Stretch) -> Iterator[Draft]:
    """«Veivalg 3 …», «Delmål 1.2: …», «Hovedsatsinger: A, B og C»."""
    flat = whole.flat
    match = _label_of(flat) or LONG_LABEL.match(flat)
    if match is None or ACTION.match(match["text"]) or re.match(r"\W*$", match["text"]):
        yield from _services_for(item, whole)
        return
    kind = ElementType(next(name for name in ElementType if match.groupdict().get(name)))
    value = whole.part(match.start("text"), match.end("text"))
    numbered = "number" in match.groupdict() and match["number"]
    label = " ".join(match["label"].split()) if numbered else None
    if item.kind is BlockKind.HEADING:
        if SEVERAL.fullmatch(match["cue"]) and not numbered and match["sep"].strip() in ("-", "–", "—"):
            return  # «Strategier – Levende bygder» heads a list
        if not _goal_follows(value, kind, items, index):
            yield _draft(item, kind, value, label)
        return
    for part in _values(kind, value, several=not numbered):
        yield _draft(item, kind, part, label)


def _label_of(words: str) -> re.Match[str] | None:
    """A cue word with a number («Veivalg 3 …») or with a sign after it («Visjon: …»), and the words it labels."""
    match = LABELLED.match(words)
    return match if match and (match["number"] or match["sep"].strip() in (":", ";", "-", "–", "—")) else None


def _goal_follows(value: Stretch, kind: ElementType, items: Sequence[Item], index: int) -> bool:
    """«Mål A – Bolig» only names a subject when the goal itself is the sentence under the heading."""
    after = items[index + 1] if index + 1 < len(items) else None
    if kind is not ElementType.GOAL or after is None or after.kind is not BlockKind.PARAGRAPH:
        return False
    names = len(value.words.split()) <= LONGEST_SUBJECT and not STATEMENT.search(value.words)
    return names and len(after.words.split()) <= 25 and after.words.count(".") <= 1 and after.words.endswith(".")


def _named_by_heading(item: Item, items: Sequence[Item], index: int, whole: Stretch) -> Iterator[Draft]:
    """The first paragraph under «Visjon», «Hovedmål» or «Mål A – Bolig»."""
    before = items[index - 1] if index else None
    if before is None or item.kind is not BlockKind.PARAGRAPH:
        return
    if before.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) and ANNOUNCED.search(before.words):
        announced = cue_in(lead_of(before.words))
        if announced and len(item.words.split()) <= LONGEST_PARAGRAPH:
            yield _draft(item, announced.type, whole.first_sentence(3))
        return
    if before.kind is not BlockKind.HEADING and len(before.words.split()) > 2:
        return
    cue = cue_in(without_number(before.words))
    if cue is None or cue.type not in (ElementType.VISION, ElementType.GOAL, ElementType.TARGET_GROUP):
        return
    match = _label_of(without_number(before.words))
    bare = (
        len(without_number(before.words).split()) <= 3
        and cue.start <= 12
        and not re.search(r"\s(?:og|/)\s", AND_AIM.sub("", before.words))
    )
    subject = match is not None and match["number"] and len(match["text"].split()) <= LONGEST_NAME
    if (bare or (subject and cue.type is ElementType.GOAL)) and not item.words.endswith(":"):
        label = " ".join(match["label"].split()) if match and match["number"] else None
        if len(item.words.split()) <= LONGEST_PARAGRAPH and (bare or item.words.count(".") <= 1):
            yield _draft(item, cue.type, whole.first_sentence(3), label)


def _in_a_row(item: Item, items: Sequence[Item], index: int, whole: Stretch) -> Iterator[Draft]:
    """Short lines under a heading that announces several («Veivalgene våre:»), as slides' text boxes come out."""
    if item.kind is BlockKind.PARAGRAPH and (kind := row_kind(items, index, whole, labelled=_label_of)):
        for part in row_parts(kind, whole):
            yield _draft(item, kind, _item_words(kind, part), _item_label(part))


def _slogan(item: Item, items: Sequence[Item], index: int, whole: Stretch) -> Iterator[Draft]:
    """«Vi skal …» alone under a heading is what the document wants to be remembered by."""
    if item.kind is not BlockKind.PARAGRAPH or not re.match(r"vi\s+(?:skal|vil)\s", item.words, re.IGNORECASE):
        return
    alone = len(row_of(items, index)[0]) == 1 and len(item.words.split()) <= LONGEST_BOX
    page = [one for one in items if one.block.page == item.block.page]
    if alone and len(page) == 2 and page[0].kind is BlockKind.HEADING:
        yield _draft(item, ElementType.GOAL, whole)


def _values(kind: ElementType, value: Stretch, several: bool) -> Iterator[Stretch]:
    """What a label gives: one sentence, or for strategies given by name their enumeration."""
    if kind is not ElementType.STRATEGY or not several:
        yield value.first_sentence(2) if len(value.words.split()) > FIRST_SENTENCE_FROM or several else value
        return
    for sentence in value.sentences():
        if re.match(r"(?:videre|dette|det\s+er|vi|i\s+tillegg)\b", sentence.words, re.IGNORECASE):
            continue
        parts = list(sentence.trimmed().enumerated())
        first = parts[0].words.split()
        yield from parts if len(first) <= LONGEST_NAME and not STATEMENT.search(parts[0].words) else [sentence]


def _services_for(item: Item, whole: Stretch) -> Iterator[Draft]:
    """«Tjenester til voksne med …» says who the service is for."""
    match = SERVICES_FOR.match(whole.flat)
    if match and item.kind is BlockKind.LIST_ITEM:
        yield _draft(item, ElementType.TARGET_GROUP, whole.first_sentence().part(match.end(), len(whole.flat)))


def _listed(item: Item, items: Sequence[Item], index: int, whole: Stretch) -> Iterator[Draft]:
    """List items under a cue: a heading such as «Delmål», or words that end in a colon («Tre hovedområder:»)."""
    if item.kind is not BlockKind.LIST_ITEM or item.within:
        return
    cue = _list_cue(item)
    if cue is None:
        if _is_theme(items, index):
            yield _draft(item, ElementType.THEME, whole)
        return
    yield _draft(item, cue, _item_words(cue, whole), _item_label(whole))


def _list_cue(item: Item) -> ElementType | None:
    introduces = INTRODUCTION.search(item.intro) is not None
    last = lead_of(item.intro)
    if not introduces and last != item.heading:
        last = item.heading if _only_list(item) else ""
    cue = _leading(cue_in(without_number(last)), last)
    if cue is not None or ACTION.search(last) or LAW.search(last):
        return cue
    above = item.headings[-2] if last == item.heading and len(item.headings) > 1 else item.heading
    outer = _leading(cue_in(without_number(above)), above)
    return outer if introduces and outer and not _label_of(without_number(above)) else None


def _leading(cue: Cue | None, words: str) -> ElementType | None:
    """In a heading or a lead-in the cue word carries weight; deep inside a long sentence it does not."""
    if cue is None or (len(words.split()) > LONGEST_CUE and not INTRODUCTION.search(words)):
        return None
    named = _label_of(without_number(words)) is not None and not INTRODUCTION.search(words)
    rest = without_number(words)
    said = STATEMENT.search(rest[: cue.start] + rest[cue.end :]) is not None and not INTRODUCTION.search(words)
    return None if named or said or joined(rest, cue) else cue.type


def _only_list(item: Item) -> bool:
    return len(item.intro.split()) <= 12 and not item.intro.endswith((".", "?", "!"))


def _is_theme(items: Sequence[Item], index: int) -> bool:
    """A numbered item that ends in a colon and has items of its own names a theme."""
    item = items[index]
    after = items[index + 1] if index + 1 < len(items) else None
    numbered = re.match(r"\(?\d", item.block.marker) is not None
    return numbered and item.words.endswith(":") and after is not None and item.words in after.within


def _item_words(kind: ElementType, whole: Stretch) -> Stretch:
    label = ITEM_LABEL.match(whole.flat)
    words = whole.part(label.end() if label else 0, len(whole.flat))
    if kind in (ElementType.AREA, ElementType.THEME) and (colon := words.flat.find(": ")) > 0:
        return words.part(0, colon)
    first = words.first_sentence(4)
    details = DETAIL.match(words.flat[first.end - words.start :].lstrip())
    return first if details or len(words.words.split()) > FIRST_SENTENCE_FROM else words


def _item_label(whole: Stretch) -> str | None:
    match = ITEM_LABEL.match(whole.flat)
    return match[0].strip(" .:)") if match else None


def _under_goal(item: Item, items: Sequence[Item], index: int, whole: Stretch) -> Iterator[Draft]:
    """Statements listed right under a goal are its sub-goals: under its heading, or under «Hovedmål: …» itself."""
    if item.kind is not BlockKind.LIST_ITEM or item.within or not STATEMENT.search(item.words):
        return
    if INTRODUCTION.search(item.intro) or ACTION.search(lead_of(item.intro)):
        return
    if _names_goal(item.intro) or (_names_goal(item.heading) and _first_list(items, index)):
        yield _draft(item, ElementType.SUBGOAL, _item_words(ElementType.SUBGOAL, whole), _item_label(whole))


def _names_goal(words: str) -> bool:
    """Whether the words are a goal with its label («Mål 2: …», «Hovedmål: …»)."""
    match = _label_of(without_number(words)) or _label_of(words)
    return match is not None and bool(match[ElementType.GOAL]) and not ACTION.match(match["text"])


def _first_list(items: Sequence[Item], index: int) -> bool:
    """Whether no more than one paragraph stands between the heading and the list."""
    paragraphs = 0
    for item in reversed(items[max(0, index - LONGEST_LIST) : index]):
        if item.kind is BlockKind.HEADING:
            return paragraphs <= 1
        paragraphs += item.kind is not BlockKind.LIST_ITEM
    return False


def _of_table(document: Document, item: Item) -> Iterator[Draft]:
    """Cells of a column whose head is a cue word."""
    columns: dict[int, ElementType] = {}
    for cell in item.block.cells:
        words = document.text[cell.start : cell.end]
        if cell.header and cell.row == 0:
            cue = cue_in(words)
            if cue and len(words.split()) <= 2:
                columns[cell.column] = cue.type
        elif cell.column in columns and STATEMENT.search(words):
            yield _draft(item, columns[cell.column], Stretch(document.text, cell.start, cell.end))


def _worthy(words: str) -> bool:
    return not ABOUT_AIMS.match(words) and re.search(r"[^\W\d_]{3}", words) is not None and len(words) <= 600


def _without_overlap(drafts: list[Draft]) -> list[Draft]:
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda draft: (draft.stretch.start, draft.stretch.end)):
        if not kept or draft.stretch.start >= kept[-1].stretch.end:
            kept.append(draft)
    return kept


def _with_parents(drafts: list[Draft]) -> Iterator[Element]:
    open_elements: dict[int, int] = {}
    for index, draft in enumerate(drafts):
        rank = RANK.get(draft.type)
        parent = None
        if rank is not None:
            above = [place for level, place in open_elements.items() if level < rank and level > 0]
            parent = max(above, default=None)
            open_elements = {level: place for level, place in open_elements.items() if level < rank} | {rank: index}
        yield Element(
            draft.type, draft.stretch.words, draft.page, draft.stretch.start, draft.stretch.end, draft.label, parent
        )
