"""The footer: at most five keys of the place, the way up, help and quit; all of them at 80 columns."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from rich.cells import cell_len

from lfroadmap.ui.command_keys import footer_keys
from lfroadmap.ui.command_places import FOOTERS, WORKS_TOO
from lfroadmap.ui.commands import Place, by_ids
from lfroadmap.ui.screens.history import HistoryScreen
from lfroadmap.ui.screens.key_hints import ENDS, UP
from lfroadmap.words import LANGUAGES, Language, words
from sitting import FIRST_CARD, Sitting, sitting
from terminal import keys

WIDTH = 80
LEAVE_ONE_OUT: tuple[Place, ...] = ("form", "kpi", "calculator", "history", "flows")
"""Places whose last key is named where there is more room."""


def hint(ids: str, language: Language) -> str:
    """A hint as the footer draws it."""
    commands = by_ids(ids)
    return f"{footer_keys(commands, {})} {words(language)(f'command.{commands[-1].id}')}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", FOOTERS)
def test_the_keys_of_every_place_fit_into_eighty_columns(place: Place, language: Language) -> None:
    ends = () if place == "overview" else (UP.get(place, "level_up"),)
    named = FOOTERS[place][:-1] if place in LEAVE_ONE_OUT else FOOTERS[place]
    hints = [hint(ids, language) for ids in (*named, *ends, *ENDS)]
    assert 1 + sum(cell_len(each) + 1 for each in hints) <= WIDTH, hints


@pytest.mark.parametrize("place", FOOTERS)
def test_a_footer_names_five_keys_at_most_and_only_such_as_work_there(place: Place) -> None:
    assert place in get_args(Place)
    assert len(FOOTERS[place]) <= 5
    works = {place, *WORKS_TOO.get(place, ()), "app"}
    for ids in FOOTERS[place]:
        assert {command.place for command in by_ids(ids)} <= works, ids


async def focus_tasks(at: Sitting) -> None:
    await at.press("alt+2")
    at.app.main.set_focus(at.checklist(FIRST_CARD))
    await at.pause()


async def test_on_a_narrow_screen_the_keys_that_matter_stay(home: Path) -> None:
    async with sitting(home, size=(80, 24)) as at:
        for shown in ("↑↓ Enter go there", "Tab next panel", "/ find", "^Z undo", "^E export"):
            assert shown in at.footer
        assert "Esc" not in at.footer, "there is nothing above the overview"
        await focus_tasks(at)
        for shown in ("Space tick", "a add", "↑↓ Enter reword", "d due", "o owner", "Esc back"):
            assert shown in at.footer
        assert at.footer.rstrip().endswith("F1 help  ^Q quit")
        await at.type("a")
        for shown in ("Enter keep", "Esc old text"):
            assert shown in at.footer
        await at.type("One" + keys("enter", "escape"))
        await at.saved()
        await at.press("f3")
        await at.until(lambda: isinstance(at.app.screen, HistoryScreen))
        for shown in ("↑↓ Enter go there", "v view then", "r bring back", "/ filter", "Esc back", "^Q quit"):
            assert shown in at.footer
        await at.press("slash")
        assert "Enter apply" in at.footer
        assert "v view then" not in at.footer, "it is a letter there"


async def test_the_way_up_in_the_footer_can_be_clicked(home: Path) -> None:
    async with sitting(home, size=(80, 24)) as at:
        await focus_tasks(at)
        await at.click_on("Esc back")
        assert at.tab == "overview"
