"""A topic of the guide: its text, and the cards of the roadmap where it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from lfroadmap.ui.commands import bindings
from lfroadmap.ui.screens.base import BaseScreen
from lfroadmap.ui.screens.key_hints import show_keys
from lfroadmap.ui.screens.listing import TitleLine
from lfroadmap.ui.widgets.chrome import Footer
from lfroadmap.ui.widgets.entry_list import EntryList, EntryScroll
from lfroadmap.ui.widgets.report_view import ReportView, printed
from lfroadmap.ui.widgets.row_drawing import Cell
from lfroadmap.ui.widgets.tones import Tones
from lfroadmap.usecases.guide import Topic, topic_of, topics
from lfroadmap.usecases.guide_report import topic_report
from lfroadmap.words import Words


class ListedCard(NamedTuple):
    """A card where a topic is done."""

    id: str
    title: str
    is_here: bool
    """True if the open roadmap has it."""


CardsOf = Callable[[Topic], list[ListedCard]]
"""Returns the cards of a topic."""


def no_cards(topic: Topic) -> list[ListedCard]:
    """No cards, where no roadmap is open."""
    return []


class GuideTopicScreen(BaseScreen[str | None]):
    """Ends with the id of the card that is wanted, or with None."""

    CSS_PATH = "guide_topic.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = bindings("topic")
    place = "topic"

    def __init__(
        self, topic: str, words: Words, keys: Mapping[str, str], cards_of: CardsOf = no_cards
    ) -> None:
        super().__init__()
        self.words, self.keys, self.cards_of = words, keys, cards_of
        self.topic = topic_of(topic, words.language)
        self.title_line = TitleLine("")
        self.view = ReportView()
        self.cards: EntryList[ListedCard] = EntryList(self.draw, words("guide.no_cards"))
        self.footer = Footer()

    def compose(self) -> ComposeResult:
        """Stack the text over the cards."""
        yield self.title_line
        yield self.view
        yield TitleLine(self.words("guide.cards"))
        yield EntryScroll(self.cards)
        yield self.footer

    def on_mount(self) -> None:
        """Show the topic."""
        self._show()

    def on_resize(self) -> None:
        """Print the text again in the new width."""
        self.call_after_refresh(self._print)

    def follow_roadmap(self) -> None:
        """Show the cards that there are now."""
        self.cards.show(self.cards_of(self.topic))

    def on_descendant_focus(self) -> None:
        """Name the keys that matter here."""
        show_keys(self.footer, self, self.words, self.keys, up=True)

    def draw(self, entry: ListedCard, width: int, tone: Tones) -> list[Cell]:
        """Draw the title of a card, and a remark where the roadmap lacks it."""
        remark = "" if entry.is_here else self.words("guide.not_here")
        shown = tone("text") if entry.is_here else tone("muted")
        return [Cell(f" {entry.title}", 0, shown), Cell(remark, len(remark) + 1, tone("muted"))]

    def _show(self) -> None:
        found = topics(self.words.language)
        self.title_line.title = self.topic.title
        self.title_line.show(self.words("guide.of", n=found.index(self.topic) + 1, total=len(found)))
        self.follow_roadmap()
        self.cards.put_cursor(0)
        self.view.scroll_home(animate=False)
        self.call_after_refresh(self._print)

    def _print(self) -> None:
        """Print the text in the width that there is, and go to it."""
        text = topic_report(self.topic, self.words, with_cards=False).content()
        self.view.show(printed(text, self.words.direction, self.view.room, self.view.tones))
        if self.focused is None:
            self.set_focus(self.view)

    def action_step(self, topics_on: int) -> None:
        """Read the next topic, or the one before, around the ends."""
        found = topics(self.words.language)
        self.topic = found[(found.index(self.topic) + topics_on) % len(found)]
        self.set_focus(self.view)
        self._show()

    @on(EntryList.Entered)
    def action_enter(self) -> None:
        """Go from the text to the cards; choose there the card under the cursor."""
        card = self.cards.selected
        if self.focused is not self.cards:
            self.set_focus(self.cards)
        elif card:
            self.choose(card.id)
