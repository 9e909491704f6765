"""Taking stages and cards on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.roadmap.templates import Labels, load
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.words import LANGUAGES, Language
from sitting import sitting


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.quick_cases(1)
async def test_a_stage_of_a_model_comes_last_and_is_shown(home: Path, language: Language) -> None:
    labels = Labels("sales-pipeline", language)
    model = load("sales-pipeline").roadmap("x")
    stage = model.stages[0]
    async with sitting(home, language=language, size=(140, 40)) as at:
        await at.press("alt+2")
        at.app.window.run("start('take')")
        await at.quiet()
        await at.type(f"{labels.of(model)}\r")
        await at.type(f"{labels.of(stage)}\r")
        await at.until(lambda: len(at.app.session.roadmap.stages) == 5)
        await at.until(lambda: at.shows(labels.of(stage.cards[0])))
        await at.saved()
        assert read(at.path).stages[-1].words_from == f"sales-pipeline/{stage.id}"


@pytest.mark.proof
async def test_a_card_of_a_model_comes_into_the_open_stage(home: Path) -> None:
    labels, card = Labels("sales-pipeline", "en"), load("sales-pipeline").roadmap("x").stages[0].cards[0]
    async with sitting(home, size=(140, 40)) as at:
        await at.press("alt+3")
        at.app.window.run("start('take')")
        await at.quiet()
        await at.type("pipeline\r")
        await at.type(f"{labels.of(card)}\r")
        await at.until(lambda: len(at.app.session.roadmap.stages[1].cards) == 3)
        await at.press("ctrl+z")
        await at.until(lambda: len(at.app.session.roadmap.stages[1].cards) == 2)
