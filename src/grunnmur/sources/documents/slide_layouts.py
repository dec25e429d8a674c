"""What placeholders on slides inherit from layout, slide master and presentation: their place and their list styles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER

from grunnmur.sources.documents.charts import A
from grunnmur.sources.documents.office import Element

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
TITLES = frozenset({PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE})
Shape = Any  # python-pptx has no types
Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Placed:
    """A shape with its own or inherited place; ``kind`` is the type of a placeholder."""

    shape: Shape
    kind: PP_PLACEHOLDER | None
    top: int
    left: int

    @property
    def is_title(self) -> bool:
        """Whether the shape is the slide's title placeholder."""
        return self.kind in TITLES


@dataclass(slots=True)
class Layouts:
    """Looks every layout's placeholder up once: python-pptx searches the whole layout each time."""

    presentation: Any
    _places: dict[Key, tuple[int, int]] = field(default_factory=dict)
    _styles: dict[Key, list[Element]] = field(default_factory=dict)

    def placed(self, shape: Shape, layout: Any) -> Placed:
        """The shape with its place on the slide."""
        own = shape.element
        if not shape.is_placeholder:
            return Placed(shape, None, own.y or 0, own.x or 0)
        form = shape.placeholder_format
        if own.y is not None:
            return Placed(shape, form.type, own.y, own.x or 0)
        key = (str(layout.part.partname), form.idx)
        if key not in self._places:
            self._places[key] = (shape.top or 0, shape.left or 0)
        return Placed(shape, form.type, *self._places[key])

    def list_styles(self, placed: Placed, layout: Any) -> list[Element]:
        """List styles behind the shape's own, nearest first."""
        if placed.kind is None:
            default = self.presentation.element.find(f"{P}defaultTextStyle")
            return [] if default is None else [default]
        key = (str(layout.part.partname), placed.shape.placeholder_format.idx)
        if key not in self._styles:
            self._styles[key] = list(_inherited(placed, layout))
        return self._styles[key]


def _inherited(placed: Placed, layout: Any) -> Iterator[Element]:
    master = layout.slide_master
    for holder in (_on_layout(placed.shape, layout), _on_master(placed, master)):
        style = holder.element.find(f"{P}txBody/{A}lstStyle") if holder is not None else None
        if style is not None:
            yield style
    group = "titleStyle" if placed.is_title else "bodyStyle"
    style = master.element.find(f"{P}txStyles/{P}{group}")
    if style is not None:
        yield style


def _on_layout(shape: Shape, layout: Any) -> Shape | None:
    index = shape.placeholder_format.idx
    return next((holder for holder in layout.placeholders if holder.placeholder_format.idx == index), None)


def _on_master(placed: Placed, master: Any) -> Shape | None:
    wanted = TITLES if placed.is_title else {PP_PLACEHOLDER.BODY}
    return next((holder for holder in master.placeholders if holder.placeholder_format.type in wanted), None)
