"""The text of an empty field: an example that looks like one, or what belongs there."""

from __future__ import annotations

from typing import Any, cast

from rich.cells import cell_len
from textual.geometry import Size

from lfroadmap.bidi.cutting import cut
from lfroadmap.roadmap.model import Field
from lfroadmap.ui.context import Context
from lfroadmap.ui.terminal.kept_colors import MixedOnce


def example_of(field: Field, context: Context) -> str:
    """The example of the template, named as such; where there is none, what belongs into the field."""
    words, hint = context.words, context.labels.hint(field)
    if hint:
        return f"{words('field.example')} {hint}"
    return words(f"field.empty_{field.role or field.kind}")


def fitted(example: str, width: int) -> str:
    """The example in so many columns, cut with a sign that it is."""
    return cut(example, max(width, 2), cell_len)


class ShowsExample(MixedOnce):
    """An editor that shows, while it is empty, as much of an example as there is room for."""

    example = ""
    _placed: tuple[Size, ...] = ()
    """The sizes of the last layout."""

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        placed = (size, virtual_size, container_size, self.virtual_size, self.outer_size)
        if placed == self._placed:  # Textual would place the scrollbars again with each layout of the screen
            return False
        # before the field is drawn in the size: a resize is posted after that, and not where a layout
        # was made before the first picture
        if size != self.outer_size:
            shown = fitted(self.example, size.width - self.gutter.width)
            self.set_reactive(cast("Any", type(self)).placeholder, shown)
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        self._placed = (size, virtual_size, container_size, self.virtual_size, self.outer_size)
        return changed
