"""XML parts of an Office file and how they point to each other; nothing outside the file is ever opened."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from typing import Any, Self

from lxml import etree

from grunnmur.kernel import LimitExceeded, UnreadableFile

Element = etree._Element
RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# "Strict Open XML" differs from what everyone writes in the addresses of its namespaces alone.
_STRICT = b"http://purl.oclc.org/ooxml/"
_NAMESPACES = (
    (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
    (b"spreadsheetml/main", b"spreadsheetml/2006/main"),
    (b"drawingml/main", b"drawingml/2006/main"),
    (b"drawingml/chart", b"drawingml/2006/chart"),
    (b"drawingml/diagram", b"drawingml/2006/diagram"),
    (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
)
MACROS = ("vbaproject.bin", "/basic/script-lc.xml")


def parse_xml(data: bytes) -> Element:
    """The root of an XML part; entities are never resolved and the network is never used.

    Raises :class:`UnreadableFile` ``hostile`` for entity declarations and ``broken`` for anything that is not
    XML, :class:`LimitExceeded` ``too-deep`` for nesting beyond the parser's 256 levels.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(_transitional(data), parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):
            raise LimitExceeded("too-deep") from error
        raise UnreadableFile("broken", detail="xml") from error
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise UnreadableFile("hostile")
    return root


def _transitional(data: bytes) -> bytes:
    if _STRICT not in data:
        return data
    for strict, transitional in _NAMESPACES:
        data = data.replace(_STRICT + strict, b"http://schemas.openxmlformats.org/" + transitional)
    return data


def chosen(alternate: Element) -> Element | None:
    """The one branch of ``mc:AlternateContent`` to read: the first choice, else the fallback."""
    choice = alternate.find(f"{COMPATIBILITY}Choice")
    return choice if choice is not None else alternate.find(f"{COMPATIBILITY}Fallback")


def local_name(element: Element) -> str:
    """The tag without its namespace; empty for comments and processing instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def has_text(element: Element) -> bool:
    """Whether there are words anywhere inside."""
    return any(str(text).strip() for text in element.itertext())


def is_true(text: str) -> bool:
    """An XML truth value."""
    return text in ("1", "true", "on")


@dataclass(slots=True)
class Parts:
    """The parts of a zip package by name. Relationships to places outside the package are left out."""

    archive: zipfile.ZipFile
    names: frozenset[str]
    _relations: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)

    @classmethod
    def of(cls, data: bytes) -> Self:
        """Open a package that has been checked for bombs already."""
        archive = zipfile.ZipFile(io.BytesIO(data))
        return cls(archive, frozenset(archive.namelist()))

    @property
    def has_macros(self) -> bool:
        """Whether the package carries program code."""
        return any(f"/{name.lower()}".endswith(MACROS) for name in self.names)

    def read(self, name: str) -> bytes:
        """The bytes of a part; ``KeyError`` when it is missing."""
        return self.archive.read(name)

    def xml(self, name: str) -> Element | None:
        """The root of an XML part, ``None`` when the package has no such part."""
        return parse_xml(self.read(name)) if name in self.names else None

    def target(self, part: str, relation_id: str | None) -> str | None:
        """Name of the part that a relationship points to, if it lies in the package."""
        kind_and_name = self._relations_of(part).get(relation_id or "")
        return kind_and_name[1] if kind_and_name else None

    @property
    def title(self) -> str:
        """The title in the file's own properties (Office or OpenDocument), often blank."""
        for part in ("docProps/core.xml", "meta.xml"):
            root = self.xml(part)
            if root is not None:
                return " ".join((root.findtext(f".//{DUBLIN_CORE}title") or "").split())
        return ""

    def related(self, part: str, kind: str) -> str | None:
        """Name of the first part related to ``part`` by a type that ends in ``/kind``."""
        for relation_kind, name in self._relations_of(part).values():
            if relation_kind.rpartition("/")[2] == kind:
                return name
        return None

    def _relations_of(self, part: str) -> dict[str, tuple[str, str]]:
        if part not in self._relations:
            self._relations[part] = self._read_relations(part)
        return self._relations[part]

    def _read_relations(self, part: str) -> dict[str, tuple[str, str]]:
        folder, _, name = part.rpartition("/")
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for relation in root if root is not None else ():
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target") or "")).lstrip("/")
            if relation.get("TargetMode") != "External" and target in self.names:
                found[relation.get("Id") or ""] = (relation.get("Type") or "", target)
        return found
