"""The guide to the method: `content/guide.<language>.md` as topics of paragraphs, points and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TypedDict

from lfroadmap.errors import UsageError
from lfroadmap.roadmap.model import Card
from lfroadmap.roadmap.named_nodes import likest_of
from lfroadmap.roadmap.templates import DEFAULT, Labels, load
from lfroadmap.roadmap.tree import places
from lfroadmap.text import match_key, one_line
from lfroadmap.words import CONTENT, LANGUAGES, Language

_HEADING = re.compile(r'^# (?P<title>.+) \{#(?P<id>[a-z-]+) cards="(?P<cards>[^"]*)"\}\n', re.MULTILINE)
_POINT = re.compile(r"- \*\*(?P<label>[^*]+)\*\*: (?P<text>[^*]+?)(?: \*(?P<note>[^*]+)\*)?")


@dataclass(frozen=True, slots=True)
class Point:
    """A term with what is said about it, and a remark that is shown apart."""

    label: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """Terms, one below the other."""

    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts under headings."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = str | Points | Table
"""A paragraph, points or a table."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the guide in one language."""

    id: str
    title: str
    summary: str
    blocks: tuple[Block, ...]
    """What follows the summary."""
    cards: tuple[str, ...]
    """Ids of the cards of the built-in roadmap where it is done."""
    text: str
    """All of it, the summary included, in Markdown."""


class PlainCard(TypedDict):
    """A card as `guide --json` prints it."""

    id: str
    title: str


class PlainTopic(TypedDict):
    """A topic as `guide --json` prints it."""

    id: str
    title: str
    summary: str
    text: str
    cards: list[PlainCard]


@cache
def topics(language: Language) -> tuple[Topic, ...]:
    """The topics in one language, in reading order."""
    source = (CONTENT / f"guide.{language}.md").read_text("utf-8")
    found = [*_HEADING.finditer(source)]
    ends = [*(heading.start() for heading in found[1:]), len(source)]
    return tuple(
        _topic(heading, source[heading.end() : end]) for heading, end in zip(found, ends, strict=True)
    )


def topic_of(topic_id: str, language: Language) -> Topic:
    """A topic by its id, in any case; raises UsageError, which names the known ones."""
    key = match_key(topic_id)
    for topic in topics(language):
        if topic.id == key:
            return topic
    raise UsageError("no_topic", name=topic_id, known=[topic.id for topic in topics(language)])


def topic_named(typed: str, language: Language) -> Topic:
    """The one topic that a text means: by its id, or by the beginning or words of its id or its titles.

    Raises UsageError where there is none, or several.
    """
    names = {topic.id: [topic.id, topic.id.replace("-", " ")] for topic in topics(language)}
    for each in LANGUAGES:
        for topic in topics(each):
            names[topic.id].append(topic.title)
    found = [topic_of(topic_id, language) for topic_id in likest_of(typed, names)]
    if len(found) > 1:
        listed = "\n".join(f"  {topic.id}  {topic.title}" for topic in found)
        raise UsageError("several_topics", name=one_line(typed), found=listed)
    return found[0] if found else topic_of(typed, language)


def card_titles(topic: Topic, language: Language) -> dict[str, str]:
    """Id -> title of the cards of the built-in roadmap where the topic is done."""
    labels, roadmap = Labels(DEFAULT, language), load(DEFAULT).roadmap(DEFAULT)
    cards = {
        place.node.id: labels.of(place.node) for place in places(roadmap) if isinstance(place.node, Card)
    }
    return {card: cards[card] for card in topic.cards}


def plain_topic(topic: Topic, language: Language) -> PlainTopic:
    """A topic as values for JSON."""
    cards: list[PlainCard] = [
        {"id": card, "title": title} for card, title in card_titles(topic, language).items()
    ]
    return {
        "id": topic.id,
        "title": topic.title,
        "summary": topic.summary,
        "text": topic.text,
        "cards": cards,
    }


def _topic(heading: re.Match[str], body: str) -> Topic:
    text = body.strip()
    summary, *rest = text.split("\n\n")
    blocks = tuple(map(_block, rest))
    cards = tuple(heading["cards"].split())
    return Topic(heading["id"], heading["title"], summary, blocks, cards, text)


def _block(source: str) -> Block:
    lines = source.split("\n")
    if source.startswith("- "):
        return Points(tuple(_point(line) for line in lines))
    if source.startswith("|"):
        heads, _, *rows = map(_cells, lines)
        return Table(heads, tuple(rows))
    return source


def _point(line: str) -> Point:
    found = _POINT.fullmatch(line)
    assert found, f"no point: {line}"
    return Point(found["label"], found["text"], found["note"] or "")


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|"))
