"""`guide`: the list of topics, one of them printed, and both as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commanding import Capture, at_home, good, run
from lfroadmap.usecases.guide import Points, card_titles, topic_of, topics
from lfroadmap.words import LANGUAGES, Language, words

GOLDEN = Path(__file__).parent / "usecases" / "golden"
each_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_home(tmp_path, monkeypatch)
    monkeypatch.setenv("COLUMNS", "80")


def joined(text: str) -> str:
    """A text without the breaks of its lines, and without the blanks of its columns."""
    return "".join(text.split())


@each_language
def test_without_a_topic_all_are_listed_with_a_sentence_each(capsys: Capture, language: Language) -> None:
    printed = good(capsys, "guide", "--lang", language)
    starts = [printed.index(f"\n{topic.id} ") for topic in topics(language)]
    assert starts == sorted(starts)
    for topic in topics(language):
        assert topic.title in printed
        assert joined(topic.summary) in joined(printed)
    assert "lfroadmap guide TOPIC" in printed


@each_language
def test_every_topic_is_printed_in_reading_order_with_its_cards(capsys: Capture, language: Language) -> None:
    for topic in topics(language):
        printed = good(capsys, "guide", topic.id, "--lang", language)
        assert max(map(len, printed.splitlines())) <= 80
        assert printed.startswith(topic.title)
        texts = [block for block in topic.blocks if isinstance(block, str)]
        texts += [p.label for block in topic.blocks if isinstance(block, Points) for p in block.points]
        assert [text for text in texts if joined(text) not in joined(printed)] == []
        _, _, cards = printed.partition(words(language)("guide.cards"))
        for card, title in card_titles(topic, language).items():
            assert f"{title} " in cards and f" {card}" in cards


@each_language
@pytest.mark.parametrize("topic", ["classic-or-liquid", "funnel-example"])
def test_a_topic_at_eighty_columns_is_as_it_was_looked_at(
    capsys: Capture, language: Language, topic: str
) -> None:
    printed = [line.rstrip() for line in good(capsys, "guide", topic, "--lang", language).splitlines()]
    assert printed == (GOLDEN / f"{topic}.{language}.80.txt").read_text("utf-8").splitlines()


@each_language
def test_the_topics_as_json(capsys: Capture, language: Language) -> None:
    everything = json.loads(good(capsys, "guide", "--json", "--lang", language))
    assert [each["id"] for each in everything] == [topic.id for topic in topics(language)]
    (one,) = json.loads(good(capsys, "guide", "measuring", "--json", "--lang", language))
    assert one in everything
    topic = topic_of("measuring", language)
    assert (one["text"], one["summary"]) == (topic.text, topic.summary)
    assert {card["id"]: card["title"] for card in one["cards"]} == card_titles(topic, language)


@each_language
def test_a_topic_is_printed_by_words_of_it_and_several_are_listed(
    capsys: Capture, language: Language
) -> None:
    whole = good(capsys, "guide", "classic-or-liquid", "--lang", language)
    assert good(capsys, "guide", "classic", "--lang", language) == whole
    ran = run(capsys, "guide", "example", "--lang", language)
    assert (ran.status, ran.out) == (2, "")
    assert "\n  funnel-example  " in ran.err and "\n  journey-example  " in ran.err


@each_language
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_a_wrong_topic_is_answered_with_the_known_ones(
    capsys: Capture, language: Language, more: tuple[str, ...]
) -> None:
    ran = run(capsys, "guide", "funnels", *more, "--lang", language)
    assert (ran.status, ran.out) == (2, "")
    assert "funnels" in ran.err
    assert all(topic.id in ran.err for topic in topics(language))
