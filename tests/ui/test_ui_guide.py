"""The guide on the screen: its topics, their text, and the way to the cards where a topic is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.structure import Remove
from lfroadmap.roadmap.templates import DEFAULT, Labels
from lfroadmap.ui.context import KPIS
from lfroadmap.ui.screens.dialog import Dialog
from lfroadmap.ui.screens.guide import GuideScreen
from lfroadmap.ui.screens.guide_topic import GuideTopicScreen
from lfroadmap.ui.screens.help import HelpScreen
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.usecases.guide import card_titles, topics
from lfroadmap.words import LANGUAGES, Language, words
from sitting import FIRST_CARD, Sitting, sitting, template
from terminal import keys
from test_ui_cards import palette

each_language = pytest.mark.parametrize("language", LANGUAGES)


async def open_guide(at: Sitting) -> None:
    """Open the topics."""
    await at.app.run_action("start('guide')")
    await at.until(lambda: isinstance(at.app.screen, GuideScreen))


async def read(at: Sitting, number: int = 0) -> GuideTopicScreen:
    """Open the topic at a place of the list."""
    await open_guide(at)
    await at.press(*["down"] * number, "enter")
    await at.until(lambda: isinstance(at.app.screen, GuideTopicScreen) and bool(at.app.screen.view.strips))
    assert isinstance(at.app.screen, GuideTopicScreen)
    return at.app.screen


@pytest.mark.proof
@each_language
async def test_each_topic_can_be_read(home: Path, language: Language) -> None:
    async with sitting(home, language=language, size=(100, 40)) as at:
        screen = await read(at)
        for topic in topics(language):
            assert screen.topic == topic
            assert at.shows(topic.title.split()[0])
            assert [card.title for card in screen.cards.entries] == [*card_titles(topic, language).values()]
            await at.press("right_square_bracket")
            await at.until(lambda shown=topic: screen.topic != shown)  # type: ignore[misc]
        assert screen.topic == topics(language)[0], "around the end"
        await at.press("left_square_bracket")
        assert screen.topic == topics(language)[-1]
        await at.press("escape")
        await at.until(lambda: isinstance(at.app.screen, GuideScreen))
        await at.press("escape")
        await at.until(lambda: at.app.screen is at.app.main)


@pytest.mark.proof
@each_language
async def test_a_long_text_scrolls_at_eighty_columns(home: Path, language: Language) -> None:
    number = [topic.id for topic in topics(language)].index("measuring")
    async with sitting(home, language=language, size=(80, 24)) as at:
        screen = await read(at, number)
        first = at.lines
        assert at.app.focused is screen.view
        await at.press("pagedown")
        await at.until(lambda: at.lines != first)
        await at.press("end")
        await at.until(lambda: screen.view.scroll_offset.y == screen.view.max_scroll_y > 0)


@pytest.mark.proof
async def test_the_help_leads_to_it_and_it_back_to_the_roadmap(home: Path) -> None:
    async with sitting(home) as at:
        await at.press("f1")
        await at.until(lambda: isinstance(at.app.screen, HelpScreen) and at.shows("Press g for"))
        await at.press("g")
        await at.until(lambda: isinstance(at.app.screen, GuideScreen))
        await at.press("escape")
        await at.until(lambda: at.app.screen is at.app.main)


@pytest.mark.proof
async def test_the_key_right_behind_that_of_the_help_opens_it_too(home: Path) -> None:
    async with sitting(home, language="he") as at:
        await at.type(keys("f1") + "ע")
        await at.until(lambda: isinstance(at.app.screen, GuideScreen))
        await at.press("escape")
        await at.until(lambda: at.app.screen is at.app.main)


async def test_enter_goes_from_the_text_to_a_card_of_the_roadmap(home: Path) -> None:
    async with sitting(home, size=(100, 32)) as at:
        screen = await read(at, 6)
        assert [card.id for card in screen.cards.entries] == [
            "strategy.goals",
            "data.tagging",
            "launch.pilot",
        ]
        await at.press("enter")
        assert at.app.focused is screen.cards
        await at.press("down", "enter")
        await at.until(lambda: at.app.screen is at.app.main and at.tab == "data")
        assert at.app.main.node_here.startswith("data.tagging")


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("language", ["he", "en"])
async def test_a_card_that_the_roadmap_lacks_is_taken_after_a_question(
    home: Path, language: Language
) -> None:
    without: Roadmap = Remove(FIRST_CARD).on(template())
    say, title = words(language), card_titles(topics(language)[0], language)[FIRST_CARD]
    async with sitting(home, roadmap=without, language=language, size=(100, 32)) as at:
        await at.press("alt+3")
        await at.until(lambda: at.tab == "data")
        screen = await read(at)
        assert [card.is_here for card in screen.cards.entries] == [False, True]
        assert at.shows(say("guide.not_here"))
        await at.press("enter", "enter")
        stage = Labels(DEFAULT, language).of(without.stages[1])
        await at.until(lambda: isinstance(at.app.screen, Dialog) and at.shows(stage[:12]))
        await at.press("escape")
        await at.until(lambda: at.app.screen is screen)
        assert at.app.session.roadmap == without
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, Dialog))
        await at.click("#take")
        await at.until(lambda: at.app.screen is at.app.main and at.tab == "data")
        taken = at.app.session.roadmap.stages[1].cards[-1]
        assert taken.id == FIRST_CARD and Labels(DEFAULT, language).of(taken) == title
        await at.until(lambda: at.app.main.node_here.startswith(FIRST_CARD))
        await at.press("ctrl+z")
        await at.until(lambda: at.app.session.roadmap.stages == without.stages)


@pytest.mark.proof
async def test_where_no_stage_is_at_the_focus_it_is_chosen(home: Path) -> None:
    without: Roadmap = Remove(FIRST_CARD).on(template())
    async with sitting(home, roadmap=without, size=(100, 32)) as at:
        await at.press("alt+6")
        await at.until(lambda: at.tab == KPIS)
        screen = await read(at)
        await at.press("enter", "enter")
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        await at.press("escape")
        await at.until(lambda: at.app.screen is screen)
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        await at.type(f"{Labels(DEFAULT, 'en').of(without.stages[-1])}\r")
        await at.until(lambda: isinstance(at.app.screen, Dialog))
        await at.click("#take")
        await at.until(lambda: at.app.session.roadmap.stages[-1].cards[-1].id == FIRST_CARD)


@pytest.mark.proof
async def test_the_palette_finds_it(home: Path) -> None:
    async with sitting(home) as at:
        await palette(at, "guide")
        await at.until(lambda: isinstance(at.app.screen, GuideScreen))
