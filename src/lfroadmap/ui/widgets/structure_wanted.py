"""The message of a mouse that points at a stage, a card or a field to change it."""

from __future__ import annotations

from textual import events
from textual.message import Message

RIGHT = 3
"""The number of the mouse's right button."""


class StructureWanted(Message):
    """Somebody wants to start an action on a node."""

    def __init__(self, action: str, node: str) -> None:
        super().__init__()
        self.action, self.node = action, node


def wanted_by(event: events.Click, kind: str, node: str) -> StructureWanted | None:
    """The message of a click on a title: a double click changes it, the right button opens the menu."""
    if event.button == RIGHT:
        return StructureWanted(f"{kind}_menu", node)
    action = "edit_field" if kind == "field" else f"rename_{kind}"
    return StructureWanted(action, node) if event.chain == 2 else None
