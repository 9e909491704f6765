"""The guide to the method."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from lfroadmap.roadmap.model import Card, Node, Roadmap, Stage
from lfroadmap.roadmap.templates import DEFAULT, Labels, load
from lfroadmap.roadmap.tree import find
from lfroadmap.text import one_line
from lfroadmap.ui.actions.asking import Question, ask_of, cancel
from lfroadmap.ui.actions.structure import name_of, place_here, plan_edits, restructure
from lfroadmap.ui.screens.guide import GuideScreen
from lfroadmap.ui.screens.guide_topic import GuideTopicScreen, ListedCard
from lfroadmap.ui.shell import Answer
from lfroadmap.usecases.guide import Topic, card_titles
from lfroadmap.usecases.taking import take_node

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Ending, Shell


async def guide(session: Session, shell: Shell) -> None:
    """Show the topics, read the chosen ones, and go to a card that is chosen there, or take it."""
    screen = GuideScreen(session.words, session.settings.keys)
    if ending := await shell.keep(screen, partial(_read, session, shell)):
        await ending()


async def _read(session: Session, shell: Shell, topic: str) -> Ending | None:
    """Show a topic; the way to the card that was chosen."""
    cards_of = partial(_cards_of, session)
    screen = GuideTopicScreen(topic, session.words, session.settings.keys, cards_of)
    return await shell.keep(screen, partial(_go_or_take, session, shell))


async def _go_or_take(session: Session, shell: Shell, card: str) -> Ending | None:
    """The way to a card; where the roadmap lacks it, take it from the built-in one if the person agrees."""
    if _is_card(session.roadmap, card):
        return partial(shell.go, card)
    source = load(DEFAULT).roadmap("template")
    wanted, stage = find(source, card), await place_here(session, shell, Stage)
    if wanted is None or stage is None or not await _agrees(session, shell, wanted.node, stage.node.id):
        return None
    made = take_node(plan_edits(session), source, wanted.node, stage.node.id)

    async def put() -> None:
        await restructure(session, shell, made.edit, made.nodes[0])

    return put


async def _agrees(session: Session, shell: Shell, card: Node, stage: str) -> bool:
    """Ask whether the card comes into the stage; False too where the stage has gone meanwhile."""
    words = session.words

    def question() -> Question | None:
        into = find(session.roadmap, stage)
        if into is None:
            return None
        title = words("guide.take_title", name=one_line(Labels(DEFAULT, words.language).of(card)))
        body = words("guide.take_body", model=DEFAULT, stage=name_of(session, into.node))
        return Question(title, body, (Answer("take", words("guide.take")), cancel(words)))

    def part(roadmap: Roadmap) -> object:
        into = find(roadmap, stage)
        return session.labels.of(into.node) if into else None

    return bool(await ask_of(session, shell, question, part))


def _is_card(roadmap: Roadmap, card: str) -> bool:
    place = find(roadmap, card)
    return place is not None and isinstance(place.node, Card)


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
