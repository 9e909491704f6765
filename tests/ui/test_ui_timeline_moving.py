"""Days are moved on the Timeline tab by keys and by the mouse."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from lfroadmap.ui.widgets.timeline_view import TimelineView
from lfroadmap.words import LANGUAGES, Language, words
from samples import TODAY
from sitting import sitting, task
from timelines import PLAN, day, drag, of, opened


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_keys_move_a_day_to_the_side_of_their_arrow_by_the_unit_of_the_scale(
    home: Path, language: Language
) -> None:
    later, earlier = ("right", "left") if language == "en" else ("left", "right")
    async with sitting(home, roadmap=PLAN, language=language) as at:
        view = await opened(at)
        assert view.axis.scale == "weeks", "the finest in which all has room"
        for scale, key, to in (
            ("weeks", "", 27), ("days", "plus", 28), ("months", "minus", None)
        ):  # fmt: skip
            await at.press(*[key] * (2 if scale == "months" else 1) if key else ())
            assert view.axis.scale == scale
            await at.press(f"shift+{later}")
            assert of(at, "alpha.due") == (TODAY + timedelta(to) if to else date(2026, 5, 12))
        await at.press(f"shift+{earlier}", "plus", "plus", *[f"shift+{earlier}"] * 8)
        assert of(at, "alpha.due") == TODAY + timedelta(20)
        await at.press("down", f"shift+{later}")
        assert task(at.app.session.roadmap, "one").due == day(4)


async def test_presses_that_follow_each_other_are_one_undo_step_and_undo_stays_on_the_timeline(
    home: Path,
) -> None:
    async with sitting(home, roadmap=PLAN) as at:
        view = await opened(at)
        at.pour("\x1b[1;2C\x1b[1;2C\x1b[1;2C")
        await at.quiet()
        assert of(at, "alpha.due") == TODAY + timedelta(41)
        await at.press("down", "shift+right", "up", "shift+right")
        await at.saved()
        await at.press("ctrl+z")
        await at.until(lambda: of(at, "alpha.due") == TODAY + timedelta(41))
        await at.press("ctrl+z")
        await at.until(lambda: task(at.app.session.roadmap, "one").due == day(3))
        await at.until(lambda: view.node == "one")
        await at.press("ctrl+z")
        await at.until(lambda: of(at, "alpha.due") == TODAY + timedelta(20))
        await at.until(lambda: view.node == "alpha")
        assert at.tab == "timeline"


async def test_the_first_day_is_moved_up_to_the_deadline_where_there_is_a_field_for_it(home: Path) -> None:
    async with sitting(home, roadmap=PLAN) as at:
        await opened(at)
        await at.press("alt+right")
        assert of(at, "alpha.start") == TODAY + timedelta(12)
        await at.press(*["alt+right"] * 5)
        assert of(at, "alpha.start") == of(at, "alpha.due") == TODAY + timedelta(20)
        await at.press("down", "alt+left")
        assert words("en")("timeline_tab.no_start") in at.notices, "a task has none"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_mouse_drags_a_day_and_the_day_is_shown_meanwhile(home: Path, language: Language) -> None:
    texts = words(language)
    whence, where = TODAY + timedelta(20), TODAY + timedelta(31)
    async with sitting(home, roadmap=PLAN, language=language) as at:
        await opened(at)
        await drag(at, "alpha", whence, where, let_go=False)
        assert of(at, "alpha.due") == whence, "nothing is moved before the mouse lets go"
        assert at.shows(texts.day(where))
        await at.press("escape")
        assert at.tab == "timeline" and at.one(TimelineView).preview is None
        await drag(at, "alpha", whence, where)
        assert of(at, "alpha.due") == where and of(at, "alpha.start") == TODAY + timedelta(5)
        await drag(at, "one", TODAY + timedelta(3), TODAY)
        assert task(at.app.session.roadmap, "one").due == day(0)
        await at.saved()
        await at.press("ctrl+z", "ctrl+z")
        await at.until(lambda: of(at, "alpha.due") == whence)


async def test_the_mouse_drags_a_bar_as_a_whole_or_its_first_day(home: Path) -> None:
    first, last = TODAY + timedelta(5), TODAY + timedelta(20)
    async with sitting(home, roadmap=PLAN) as at:
        await opened(at)
        await drag(at, "alpha", first + timedelta(4), first + timedelta(14))
        assert (of(at, "alpha.start"), of(at, "alpha.due")) == (first + timedelta(10), last + timedelta(10))
        await at.saved()
        await at.press("ctrl+z")
        await at.until(lambda: (of(at, "alpha.start"), of(at, "alpha.due")) == (first, last))
        await drag(at, "alpha", first, first - timedelta(7))
        assert (of(at, "alpha.start"), of(at, "alpha.due")) == (first - timedelta(7), last)
        await drag(at, "alpha", first - timedelta(7), last + timedelta(9))
        assert of(at, "alpha.start") == last, "a first day is not dragged behind the deadline"


async def test_what_only_reads_refuses_with_words(home: Path) -> None:
    async with sitting(home, roadmap=PLAN) as at:
        await opened(at)
        at.app.session.only_reads = True
        await at.press("shift+right")
        assert of(at, "alpha.due") == TODAY + timedelta(20)
        await at.until(lambda: at.notices)
        await drag(at, "alpha", TODAY + timedelta(20), TODAY + timedelta(25))
        assert of(at, "alpha.due") == TODAY + timedelta(20)
