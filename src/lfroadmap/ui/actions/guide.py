"""The guide to the method."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from lfroadmap.roadmap.model import Card
from lfroadmap.roadmap.tree import find
from lfroadmap.text import one_line
from lfroadmap.ui.screens.guide import GuideScreen
from lfroadmap.ui.screens.guide_topic import GuideTopicScreen, ListedCard
from lfroadmap.usecases.guide import Topic, card_titles

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Ending, Shell


async def guide(session: Session, shell: Shell) -> None:
    """Show the topics, read the chosen ones, and go to a card that is chosen there."""
    screen = GuideScreen(session.words, session.settings.keys)
    if ending := await shell.keep(screen, partial(_read, session, shell)):
        await ending()


async def _read(session: Session, shell: Shell, topic: str) -> Ending | None:
    """Show a topic; the way to the card that was chosen."""
    cards_of = partial(_cards_of, session)
    card = await shell.show(GuideTopicScreen(topic, session.words, session.settings.keys, cards_of))
    return partial(shell.go, card) if card else None


def _cards_of(session: Session, topic: Topic) -> list[ListedCard]:
    """The cards of a topic, by the titles that they have in the open roadmap."""
    cards = []
    for card, title in card_titles(topic, session.words.language).items():
        place = find(session.roadmap, card)
        if place and isinstance(place.node, Card):
            cards.append(ListedCard(card, one_line(session.labels.of(place.node)), True))
        else:
            cards.append(ListedCard(card, title, False))
    return cards
