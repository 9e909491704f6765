"""A list whose lines lead somewhere by one click, and list what can be done with them by the right button."""

from __future__ import annotations

from typing import TypeVar

from textual import events
from textual.message import Message

from lfroadmap.ui.widgets.entry_list import EntryList

T = TypeVar("T")
RIGHT = 3
"""The right button of a mouse, as Textual numbers them."""


class ClickedList(EntryList[T]):
    """Entries that are entered by one click."""

    class Pointed(Message):
        """The line under the cursor was clicked with the right button."""

    def on_click(self, event: events.Click) -> None:
        """Choose the line, or list what can be done with it."""
        event.prevent_default()  # of the list that this one is: it waits for a double click
        if self.entries and event.chain == 1:
            self.post_message(self.Pointed() if event.button == RIGHT else self.Entered())
