"""The text of an empty field: an example that looks like one, or what belongs there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from lfroadmap.bidi.cutting import cut
from lfroadmap.roadmap.model import Field
from lfroadmap.ui.context import Context

if TYPE_CHECKING:
    from textual.widgets import Input, TextArea


def example_of(field: Field, context: Context) -> str:
    """The example of the template, named as such; where there is none, what belongs into the field."""
    words, hint = context.words, context.labels.hint(field)
    if hint:
        return f"{words('field.example')} {hint}"
    return words(f"field.empty_{field.role or field.kind}")


def fit_example(editor: Input | TextArea, example: str, width: int | None = None) -> None:
    """Show an example in so many columns, or in those of the editor; cut with a sign that it is."""
    if width is None:
        width = editor.content_size.width
        if not width:  # it has no place yet
            return
    editor.placeholder = cut(example, max(width, 2), cell_len)
