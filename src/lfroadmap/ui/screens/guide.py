"""The topics of the guide to the method."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import BindingType

from lfroadmap.ui.commands import bindings
from lfroadmap.ui.screens.listing import ListingScreen
from lfroadmap.ui.widgets.row_drawing import Cell
from lfroadmap.ui.widgets.tones import Tones
from lfroadmap.usecases.guide import Topic, topics
from lfroadmap.words import Words


class GuideScreen(ListingScreen[Topic, str | None]):
    """Ends with the id of the topic to read, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("guide")
    place = "guide"

    def __init__(self, words: Words, keys: Mapping[str, str]) -> None:
        super().__init__(words, keys, words("guide.title"), "")

    def on_mount(self) -> None:
        """Show the topics."""
        self.listed.show(topics(self.words.language))

    def draw(self, entry: Topic, width: int, tone: Tones) -> list[Cell]:
        """Draw the title, and the sentence about it where there is room."""
        titles = self.column("title", _title_of, width) + 2
        return [
            Cell(f" {entry.title}", min(titles, width), tone("text", bold=True)),
            Cell(f" {entry.summary}", 0, tone("muted")),
        ]

    def action_enter(self) -> None:
        """Read the topic under the cursor."""
        if topic := self.listed.selected:
            self.choose(topic.id)


def _title_of(entry: Topic) -> str:
    return entry.title
