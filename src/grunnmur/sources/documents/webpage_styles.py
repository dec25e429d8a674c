"""What a page's own style sheets and attributes hide from those who visit it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

MOST_RULES = 2_000  # that show or hide; no page has so many, and each costs time for every element
HIDING = {"display": frozenset({"none"}), "visibility": frozenset({"hidden", "collapse"})}
_PADDING = re.compile(r"""/\*.*?\*/|"[^"\n]*"|'[^'\n]*'""", re.S)
_BRACE = re.compile(r"[{}]")
_COMPOUND = re.compile(r"([a-z][a-z0-9]*)?((?:[.#][\w-]+)*)", re.I)
_CONDITION = re.compile(r":(?!:)[\w-]+(?:\([^()]*\))?|\[[^\]]*\]")
_COMBINATOR = re.compile(r"[\s>+~]+")
_EVERYWHERE = re.compile(r"@layer\b.*|@media\s+(?:only\s+)?(?:all|screen)", re.I | re.S)

Weight = tuple[bool, bool, int, int, int, int]
"""What wins, most important first: «!important», in the element itself, ids, classes, element names, and the last."""


@dataclass(frozen=True, slots=True)
class _Declaration:
    hides: bool
    important: bool


@dataclass(frozen=True, slots=True)
class _Rule:
    """One simple selector: element name, ids and classes that must all be there."""

    tag: str
    ids: frozenset[str]
    classes: frozenset[str]
    order: int
    declarations: dict[str, _Declaration]

    @property
    def key(self) -> str:
        """What an element must have at the least; rules are looked up by it."""
        return next((f".{name}" for name in sorted(self.classes)), next((f"#{name}" for name in self.ids), self.tag))

    def covers(self, tag: str, names: frozenset[str], identifier: str) -> bool:
        return self.tag in ("", tag) and self.classes <= names and self.ids <= {identifier}

    def weight(self, important: bool) -> Weight:
        return (important, False, len(self.ids), len(self.classes), int(bool(self.tag)), self.order)


@dataclass(slots=True)
class StyleSheet:
    """The rules of a page that show or hide, kept by what an element must have."""

    rules: dict[str, list[_Rule]] = field(default_factory=dict)

    def hides(self, node: LexborNode) -> bool:
        """Whether a visitor does not see the element, as far as the page says: on no screen, whatever they point at."""
        attributes = node.attributes
        if "hidden" in attributes:
            return True
        in_force: dict[str, tuple[Weight, bool]] = {}
        for weight, name, hides in self._applied(node, attributes):
            if name not in in_force or weight > in_force[name][0]:
                in_force[name] = weight, hides
        return any(hides for _, hides in in_force.values())

    def _applied(self, node: LexborNode, attributes: dict[str, str | None]) -> Iterator[tuple[Weight, str, bool]]:
        for name, own in _declarations(attributes.get("style") or "").items():
            yield (own.important, True, 0, 0, 0, 0), name, own.hides
        if not self.rules:
            return
        tag, names = node.tag or "", frozenset((attributes.get("class") or "").split())
        identifier = attributes.get("id") or ""
        for key in (tag, f"#{identifier}", *(f".{name}" for name in names)):
            for rule in self.rules.get(key, ()):
                if rule.covers(tag, names, identifier):
                    for name, said in rule.declarations.items():
                        yield rule.weight(said.important), name, said.hides


def style_sheet(tree: LexborHTMLParser) -> StyleSheet:
    """The page's own ``style`` elements; style sheets that lie elsewhere are never fetched."""
    rules: dict[str, list[_Rule]] = {}
    order = 0
    for node in tree.css("style"):
        everywhere = (node.attributes.get("media") or "all").strip().lower() in ("all", "screen")
        for selector, declarations in _rules(node.text() or "", everywhere):
            order += 1
            rule = _rule(selector, order, declarations)
            if rule is not None and order <= MOST_RULES:
                rules.setdefault(rule.key, []).append(rule)
    return StyleSheet(rules)


def _rules(text: str, everywhere: bool) -> Iterator[tuple[str, dict[str, _Declaration]]]:
    """Each selector with what it says about being seen. What holds on some screens only can show, but never hide."""
    text = _PADDING.sub("", text)
    around, start = [everywhere], 0
    braces = list(_BRACE.finditer(text))
    for brace, following in zip(braces, [*braces[1:], None], strict=True):
        before = text[start : brace.start()].rpartition(";")[2].strip()
        start = brace.end()
        if brace[0] == "}":
            if len(around) > 1:
                around.pop()
            continue
        is_group = before.startswith("@")
        around.append(around[-1] and (not is_group or _EVERYWHERE.fullmatch(before) is not None))
        if is_group or following is None or following[0] == "{":
            continue
        said = _declarations(text[start : following.start()])
        if not around[-1]:
            said = {name: one for name, one in said.items() if not one.hides}
        for selector in before.split(",") if said else ():
            yield selector.strip(), said


def _rule(selector: str, order: int, declarations: dict[str, _Declaration]) -> _Rule | None:
    """A selector of one element. Of others the last element counts, and only when it is shown: they hold at times."""
    subject = _CONDITION.sub("", _COMBINATOR.split(selector)[-1])
    if subject != selector:
        declarations = {name: one for name, one in declarations.items() if not one.hides}
    match = _COMPOUND.fullmatch(subject)
    if not declarations or not subject or match is None:
        return None
    names = re.findall(r"[.#][\w-]+", match[2])
    ids, classes = (frozenset(name[1:] for name in names if name[0] == mark) for mark in "#.")
    return _Rule((match[1] or "").lower(), ids, classes, order, declarations)


def _declarations(block: str) -> dict[str, _Declaration]:
    found: dict[str, _Declaration] = {}
    for part in block.split(";"):
        name, _, value = part.partition(":")
        name = name.strip().lower()
        word, _, mark = value.lower().partition("!")
        if name in HIDING:
            one = _Declaration(word.strip() in HIDING[name], mark.strip() == "important")
            if name not in found or one.important or not found[name].important:
                found[name] = one
    return found
