"""The text of an empty field: an example that looks like one, or what belongs there."""

from __future__ import annotations

from rich.cells import cell_len

from lfroadmap.bidi.cutting import cut
from lfroadmap.roadmap.model import Field
from lfroadmap.ui.context import Context


def example_of(field: Field, context: Context) -> str:
    """The example of the template, named as such; where there is none, what belongs into the field."""
    words, hint = context.words, context.labels.hint(field)
    if hint:
        return f"{words('field.example')} {hint}"
    return words(f"field.empty_{field.role or field.kind}")


def fitted(example: str, width: int) -> str:
    """The example in so many columns, cut with a sign that it is."""
    return cut(example, max(width, 2), cell_len)
