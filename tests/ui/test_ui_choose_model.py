"""The dialog that asks three questions, and recommends a template."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.roadmap.templates import Labels, load, names
from lfroadmap.ui.screens.choose_model import ChooseModelScreen
from lfroadmap.ui.screens.guide_topic import GuideTopicScreen
from lfroadmap.ui.widgets.chooser import Chooser
from lfroadmap.usecases.choosing import OPTIONS, QUESTIONS
from lfroadmap.words import LANGUAGES, Language, words
from sitting import Sitting, sitting
from terminal import keys

each_language = pytest.mark.parametrize("language", LANGUAGES)


class Asked:
    """The dialog over the roadmap, with what it ended with."""

    def __init__(self, at: Sitting, language: Language = "en") -> None:
        self.at, self.results = at, list[str | None]()
        self.screen = ChooseModelScreen(words(language), {})

    async def open(self) -> None:
        """Open it and wait for it."""
        await self.at.app.push_screen(self.screen, self.results.append)
        await self.at.until(lambda: self.at.app.screen is self.screen and bool(self.screen.focused))

    async def choose(self, name: str, option: str) -> None:
        """Go to a line, and through its options to one of them."""
        line = self.screen.query_one(f"#{name}", Chooser)
        self.screen.set_focus(line)
        for _ in range(len(line.options) + 1):
            if line.chosen != option:
                await self.at.type(keys("space"))
        assert line.chosen == option

    async def answer(self, work: str, goal: str, length: str) -> None:
        """Answer the three questions."""
        for question, option in zip(QUESTIONS, (work, goal, length), strict=True):
            await self.choose(question, option)

    async def ended(self) -> str | None:
        """What it ended with."""
        await self.at.until(lambda: bool(self.results))
        (result,) = self.results
        return result

    def shows(self, text: str) -> bool:
        """True if a text stands in the dialog, wherever its lines are broken."""
        inside = self.screen.query_one("#dialog").content_region
        lines = (line[inside.x : inside.right] for line in self.at.lines[inside.y : inside.bottom])
        return "".join(text.split()) in "".join("".join(lines).split())


def title(template: str, language: Language = "en") -> str:
    return Labels(template, language).of(load(template).roadmap(template))


async def test_three_answers_recommend_a_model_with_the_reason_and_enter_takes_it(home: Path) -> None:
    async with sitting(home, size=(80, 24)) as at:
        asked = Asked(at)
        await asked.open()
        await at.until(lambda: asked.shows(words("en")("choosing.unanswered")))
        assert asked.shows(title("liquid-funnel")), "what a new roadmap is made of without a choice"
        await asked.answer("sales", "deals", "short")
        await at.until(lambda: asked.shows(words("en")("choosing.because_deals_sales_pipeline")))
        assert asked.shows(title("sales-pipeline"))
        await at.press("enter")
        assert await asked.ended() == "sales-pipeline"


@pytest.mark.proof
async def test_another_answer_recommends_another_one(home: Path) -> None:
    async with sitting(home) as at:
        asked = Asked(at)
        await asked.open()
        await asked.answer("marketing", "conversion", "short")
        assert asked.screen.model.chosen == "sales-funnel"
        await asked.choose("goal", "presence")
        assert asked.screen.model.chosen == "elastic-network"
        await asked.choose("work", "digital")
        assert asked.screen.model.chosen == "digital-funnel"


@pytest.mark.proof
async def test_a_model_of_ones_own_choice_is_taken_and_the_recommended_one_named(home: Path) -> None:
    async with sitting(home) as at:
        asked = Asked(at)
        await asked.open()
        await asked.answer("organization", "experience", "long")
        await asked.choose("model", "elastic-network")
        recommended = words("en")("choosing.other", about="", name=title("customer-journey")).strip()
        await at.until(lambda: asked.shows(recommended))
        await at.press("enter")
        assert await asked.ended() == "elastic-network"


@pytest.mark.proof
@each_language
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_every_recommendation_has_room(home: Path, language: Language, size: tuple[int, int]) -> None:
    async with sitting(home, language=language, size=size) as at:
        asked = Asked(at, language)
        await asked.open()
        for goal, work in zip(OPTIONS["goal"], OPTIONS["work"], strict=True):
            await asked.answer(work, goal, "short")
            assert at.shows(words(language)("choosing.make").split()[0]), "the buttons are on the screen"
            assert asked.screen.query_one("#dialog").max_scroll_y == 0


@pytest.mark.proof
@each_language
async def test_the_comparison_is_a_key_away_and_leads_back(home: Path, language: Language) -> None:
    async with sitting(home, language=language) as at:
        asked = Asked(at, language)
        await asked.open()
        await asked.choose("work", "brand")
        await at.press("c" if language == "en" else "ב")
        await at.until(
            lambda: isinstance(at.app.screen, GuideTopicScreen) and bool(at.app.screen.view.strips)
        )
        await at.until(lambda: all(name in at.text for name in names()))
        await at.press("left_square_bracket")
        await at.until(lambda: getattr(at.app.screen, "topic").id == "classic-or-liquid")  # noqa: B009
        await at.press("escape")
        await at.until(lambda: at.app.screen is asked.screen)
        assert asked.screen.query_one("#work", Chooser).chosen == "brand"
        await at.press("escape")
        assert await asked.ended() is None
