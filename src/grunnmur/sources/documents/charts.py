"""The numbers of a chart as a table, and the words of a SmartArt drawing as a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grunnmur.sources.documents.builder import CellText
from grunnmur.sources.documents.characters import fold
from grunnmur.sources.documents.notation import GENERAL, shown
from grunnmur.sources.documents.office import Element, local_name

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
DRAWN_NODES = frozenset({"node", "asst"})
MOST_POINTS = 100_000


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart's title and its numbers: one row per category, one column per series."""

    title: str
    tables: tuple[tuple[CellText, ...], ...]


@dataclass(frozen=True, slots=True)
class _Series:
    name: str
    categories: dict[int, str]
    values: dict[int, str]


def chart_of(root: Element) -> Chart:
    """Read a chart part. Series with the same categories share a table."""
    groups: dict[tuple[str, ...], list[_Series]] = {}
    for element in root.iter(f"{C}ser"):
        series = _series(element)
        groups.setdefault(tuple(series.categories.values()), []).append(series)
    title = root.find(f"{C}chart/{C}title")
    words = "" if title is None else fold("".join(text.text or "" for text in title.iter(f"{A}t")))
    return Chart(words, tuple(tuple(_table(group)) for group in groups.values()))


def _series(element: Element) -> _Series:
    categories = _first(element, "cat", "xVal")
    values = _first(element, "val", "yVal")
    name = " ".join(_points(element.find(f"{C}tx")).values())
    return _Series(name or element.findtext(f"{C}tx/{C}v") or "", _points(categories), _points(values))


def _first(element: Element, *names: str) -> Element | None:
    found = (element.find(C + name) for name in names)
    return next((child for child in found if child is not None), None)


def _points(holder: Element | None) -> dict[int, str]:
    """Cached points by index; the levels of a nested category are joined, outermost first."""
    points: dict[int, str] = {}
    if holder is None:
        return points
    form = next((element.text for element in holder.iter(f"{C}formatCode")), None) or GENERAL
    for point in holder.iter(f"{C}pt"):
        index = int(point.get("idx") or 0)
        text = _shown(point.findtext(f"{C}v") or "", form, number=local_name(_parent(point)).startswith("num"))
        if index < MOST_POINTS:
            points[index] = f"{text} {points[index]}" if index in points else text
    return points


def _parent(element: Element) -> Element:
    parent = element.getparent()
    return element if parent is None else parent


def _shown(text: str, form: str, *, number: bool) -> str:
    if not number:
        return fold(text)
    try:
        return shown(float(text), form)
    except ValueError:
        return fold(text)


def _table(group: list[_Series]) -> Iterator[CellText]:
    indexes = sorted(set().union(*(series.values.keys() | series.categories.keys() for series in group)))
    yield CellText(0, 0, "", header=True)
    for column, series in enumerate(group, start=1):
        yield CellText(0, column, series.name, header=True)
    for row, index in enumerate(indexes, start=1):
        yield CellText(row, 0, group[0].categories.get(index, ""))
        for column, series in enumerate(group, start=1):
            yield CellText(row, column, series.values.get(index, ""))


def diagram_items(root: Element) -> list[tuple[int, str]]:
    """Depth (1..) and text of every box in a SmartArt data part, parents before their children."""
    texts: dict[str, str] = {}
    for point in root.iter(f"{DGM}pt"):
        if point.get("type", "node") in DRAWN_NODES or point.get("type") == "doc":
            texts[point.get("modelId") or ""] = fold(" ".join(t.text or "" for t in point.iter(f"{A}t")))
    children: dict[str, list[tuple[int, str]]] = {}
    nested: set[str] = set()
    for link in root.iter(f"{DGM}cxn"):
        parent, child = link.get("srcId") or "", link.get("destId") or ""
        if link.get("type", "parOf") == "parOf" and parent in texts and child in texts:
            children.setdefault(parent, []).append((int(link.get("srcOrd") or 0), child))
            nested.add(child)
    return list(_ordered([name for name in texts if name not in nested], texts, children))


def _ordered(
    roots: list[str], texts: dict[str, str], children: dict[str, list[tuple[int, str]]]
) -> Iterator[tuple[int, str]]:
    """Walk the tree without recursion; every box comes once, whatever the links say."""
    seen: set[str] = set()
    stack = [(1, name) for name in reversed(roots)]
    while stack:
        depth, name = stack.pop()
        if name in seen:
            continue
        seen.add(name)
        if texts[name]:
            yield depth, texts[name]
        deeper = depth + 1 if texts[name] else depth
        stack.extend((deeper, child) for _, child in sorted(children.get(name, []), reverse=True))
