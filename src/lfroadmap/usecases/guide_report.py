"""The guide as reports, for the command line, the screen and the manual page."""

from __future__ import annotations

from collections.abc import Iterator

from lfroadmap.report.nodes import Facts, Grid, Node, Report, Section, Value
from lfroadmap.usecases.guide import Block, Points, Topic, card_titles, topics
from lfroadmap.words import Words

_GAP = Value("")


def contents(words: Words) -> Report:
    """The topics with their ids, and a sentence about each."""
    found = topics(words.language)
    lines = Facts(tuple((topic.id, Value(f"{topic.title}\n{topic.summary}")) for topic in found))
    return Report(words("guide.title"), words.language, words.direction, lines, (_GAP,))


def topic_report(topic: Topic, words: Words, *, with_cards: bool = True) -> Report:
    """The topic in reading order, at its end the cards where it is done."""
    body: list[Node] = [Value(topic.summary, "accent")]
    body += [part for block in topic.blocks for part in (_GAP, *_nodes(block))]
    if with_cards:
        body.append(_cards(topic, words))
    return Report(topic.title, words.language, words.direction, Facts(()), tuple(body))


def _nodes(block: Block) -> Iterator[Node]:
    if isinstance(block, str):
        yield Value(block)
    elif isinstance(block, Points):
        yield Facts(tuple((point.label, Value(point.text, note=point.note)) for point in block.points))
    else:
        yield Grid(block.heads, tuple(tuple(map(Value, row)) for row in block.rows), fitted=True)


def _cards(topic: Topic, words: Words) -> Section:
    """The cards by title, each with the id by which commands take it."""
    found = card_titles(topic, words.language)
    return Section(
        words("guide.cards"), (Facts(tuple((title, Value(card)) for card, title in found.items())),)
    )
