"""The guide: the same topics in both languages, cards that there are, and figures that are right."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from statistics import mean

import pytest

from lfroadmap.errors import UsageError
from lfroadmap.roadmap.model import Card
from lfroadmap.roadmap.templates import DEFAULT, load, names
from lfroadmap.roadmap.tree import places
from lfroadmap.usecases.choosing import MODELS
from lfroadmap.usecases.guide import Block, Points, Table, Topic, card_titles, topic_named, topic_of, topics
from lfroadmap.words import CONTENT, LANGUAGES, Language

IDS = (
    "liquid-funnel", "classic-or-liquid", "models", "foundations", "listen-and-provide", "challenges",
    "measuring", "funnel-example", "journey-example", "first-steps",
)  # fmt: skip
GAP = 30
"""Days without an event after which a flow has ended, as the guide says."""
each_language = pytest.mark.parametrize("language", LANGUAGES)


def shape(block: Block) -> object:
    """The kind of a block with its extent."""
    if isinstance(block, Points):
        return [bool(point.note) for point in block.points]
    if isinstance(block, Table):
        return len(block.heads), [len(row) for row in block.rows]
    return "paragraph"


def outline(topic: Topic) -> tuple[object, ...]:
    return topic.id, topic.cards, tuple(map(shape, topic.blocks))


def table(topic_id: str, language: Language) -> Table:
    """The table of a topic that has one."""
    return next(block for block in topic_of(topic_id, language).blocks if isinstance(block, Table))


def numbers(topic_id: str, language: Language) -> list[Fraction]:
    """The numbers in the paragraphs of a topic, in their order; of a percentage its share."""
    text = "\n".join(block for block in topic_of(topic_id, language).blocks if isinstance(block, str))
    found = re.findall(r"(\d[\d,]*(?:\.\d+)?)(%?)", text)
    return [Fraction(number.replace(",", "")) / (100 if percent else 1) for number, percent in found]


def count(cell: str) -> int:
    return int(cell.replace(",", ""))


def test_both_languages_have_the_same_topics_with_the_same_cards() -> None:
    assert [*map(outline, topics("en"))] == [*map(outline, topics("he"))]
    assert tuple(topic.id for topic in topics("en")) == IDS


@each_language
def test_nothing_of_the_file_is_left_out(language: Language) -> None:
    source = (CONTENT / f"guide.{language}.md").read_text("utf-8")
    assert len(re.findall("^# ", source, re.MULTILINE)) == len(topics(language))
    rest = source
    for topic in topics(language):
        rest = rest.replace(topic.text, "")
        assert re.fullmatch(r"[^*|#\n]+", topic.summary)
        for block in topic.blocks:
            assert not isinstance(block, str) or not re.search(r"[*|#]", block), "a paragraph has no marks"
    assert all(line.startswith("# ") for line in rest.split("\n") if line)


@each_language
def test_every_card_that_is_named_is_in_the_built_in_roadmap(language: Language) -> None:
    cards = {place.node.id for place in places(load(DEFAULT).roadmap("r")) if isinstance(place.node, Card)}
    for topic in topics(language):
        assert topic.cards
        assert {*card_titles(topic, language)} == {*topic.cards} <= cards
    assert {card for topic in topics(language) for card in topic.cards} == cards, "each card has its topic"


@each_language
def test_the_models_are_the_templates(language: Language) -> None:
    tables = [block for block in topic_of("models", language).blocks if isinstance(block, Table)]
    for each in tables:
        assert {row[0] for row in each.rows} == {*names()}


def test_the_lengths_are_those_by_which_a_model_is_recommended() -> None:
    lengths = table("models", "en")
    shown = {row[0]: tuple(row[lengths.heads.index("length")].split(" to ")) for row in lengths.rows}
    assert shown == {name: model.length for name, model in MODELS.items()}


@each_language
def test_the_figures_of_the_funnel_follow_from_its_counts(language: Language) -> None:
    rows = table("funnel-example", language).rows
    counts = [count(row[1]) for row in rows]
    assert counts == [1000, 200, 50, 10]
    steps = [*pairwise(counts)]
    assert [row[2] for row in rows[1:]] == [f"{after * 100 // before}%" for before, after in steps]
    losses = [before - after for before, after in steps]
    assert [count(row[3]) for row in rows[1:]] == losses
    rates = [Fraction(after, before) for before, after in steps]
    lowest = [at for at, rate in enumerate(rates) if rate == min(rates)]
    weakest = max(lowest, key=lambda at: losses[at])
    assert (lowest, weakest) == ([0, 2], 0), "the first and the last step tie; the first loses more"
    better = Fraction(30, 100)
    bought = counts[0] * better * rates[1] * rates[2]
    assert numbers("funnel-example", language) == [
        Fraction(counts[-1], counts[0]), min(rates), losses[0], losses[2],
        better, counts[0] * better, bought, counts[-1],
        counts[0] - counts[-1], losses[0],
    ]  # fmt: skip


@each_language
def test_the_figures_of_the_journey_follow_from_its_days(language: Language) -> None:
    rows = table("journey-example", language).rows
    days = [int(row[0]) for row in rows]
    silent = [after - before for before, after in pairwise(days)]
    assert [int(row[2]) for row in rows[1:]] == silent
    returns = [days for days in silent if days > GAP]
    flows = len(returns) + 1
    assert numbers("journey-example", language) == [
        GAP, flows, len(returns), len(returns), *returns, Fraction(mean(returns)), flows, len(returns)
    ]  # fmt: skip


@each_language
def test_an_unknown_topic_is_answered_with_the_known_ones(language: Language) -> None:
    with pytest.raises(UsageError) as raised:
        topic_of("funnels", language)
    assert raised.value.facts["known"] == [*IDS]
    with pytest.raises(UsageError) as raised:
        topic_named("funnels", language)
    assert raised.value.facts["known"] == [*IDS]
    assert topic_of(" Models ", language).id == "models"


@each_language
@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("models", "models"),
        ("classic", "classic-or-liquid"),
        ("First Steps", "first-steps"),
        ("first-st", "first-steps"),
        ("six", "models"),
        ("journey", "journey-example"),
        ("tomorrow", "first-steps"),
        ("איך מודדים", "measuring"),
        ("צעדים", "first-steps"),
        ("שישה", "models"),
    ],
)
def test_a_topic_is_found_by_the_beginning_or_words_of_its_id_or_title(
    language: Language, typed: str, topic: str
) -> None:
    assert topic_named(typed, language) == topic_of(topic, language)


@each_language
def test_several_topics_that_a_text_may_mean_are_listed(language: Language) -> None:
    with pytest.raises(UsageError) as raised:
        topic_named("example", language)
    found = [topic_of(topic, language) for topic in ("funnel-example", "journey-example")]
    assert raised.value.key == "several_topics"
    assert raised.value.facts["found"] == "\n".join(f"  {topic.id}  {topic.title}" for topic in found)


@each_language
def test_a_rhythm_needs_three_gaps_and_the_models_say_how_one_is_chosen(language: Language) -> None:
    (measures,) = [block for block in topic_of("measuring", language).blocks if isinstance(block, Points)]
    (risk,) = [point.note for point in measures.points if point.label in ("At risk", "בסיכון")]
    assert re.search("four visits|מארבעה ביקורים", risk) and re.search("three gaps|שלושה מרווחים", risk)
    text = topic_of("models", language).text
    assert "lfroadmap new NAME --choose" in text and "lfroadmap take sales-pipeline.negotiation" in text
