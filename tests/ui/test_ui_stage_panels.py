"""The panels of a stage: what is late and next in it, what changed lately, how far it is, who owns what."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

from dashboards import busy
from lfroadmap.roadmap.edits import SetField, SetTask, Tick
from lfroadmap.roadmap.structure import Remove
from lfroadmap.roadmap.tree import find
from lfroadmap.ui.context import OVERVIEW
from lfroadmap.ui.dashboard.panel import PanelId
from lfroadmap.ui.widgets.checklist import Checklist
from lfroadmap.ui.widgets.stage_pane import StagePane
from lfroadmap.ui.widgets.stage_panels import PanelsBelow, PanelsBeside, PanelsOfStage
from lfroadmap.words import LANGUAGES, Language, words
from overviews import arrived
from samples import sample
from sitting import Sitting, sitting

SMALL, WIDE, LARGE = (80, 24), (120, 40), (200, 60)


async def opened(at: Sitting) -> StagePane:
    """The second tab, when its panels have read what changed."""
    await at.press("alt+2")
    pane = at.one(StagePane)
    await at.until(lambda: pane.panels and pane.panels.source.lately is not None)
    return pane


def pages(at: Sitting) -> list[PanelsOfStage]:
    return [page for page in at.app.screen.query(PanelsOfStage) if page.display]


def drawn(at: Sitting, name: PanelId) -> list[str]:
    """A panel as it is drawn, line by line."""
    page = next(page for page in pages(at) if name in {place.id for place in page.places})
    place = page.place_of(name)
    return [
        page.render_line(place.y + y).crop(place.x, place.x + place.width).text for y in range(place.height)
    ]


def entries(at: Sitting) -> Iterator[tuple[PanelsOfStage, PanelId, int]]:
    for page in pages(at):
        for place in page.places:
            for number in range(len(page.window(place.id).entries)):
                yield page, place.id, number


@pytest.mark.parametrize("language", LANGUAGES)
async def test_in_a_small_window_there_are_the_cards_alone(home: Path, language: Language) -> None:
    async with sitting(home, roadmap=sample(language), size=SMALL, language=language) as at:
        await at.press("alt+2")
        assert at.one(StagePane).panels is None
        assert not at.app.screen.query(PanelsOfStage)


@pytest.mark.proof
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [WIDE, LARGE])
async def test_the_panels_fill_what_the_cards_leave(
    home: Path, size: tuple[int, int], language: Language
) -> None:
    async with sitting(home, roadmap=busy(language), size=size, language=language) as at:
        pane = await opened(at)
        below, beside = at.one(PanelsBelow), at.one(PanelsBeside)
        assert below.region.y == pane.grid.region.bottom
        assert below.region.bottom == pane.region.bottom
        assert beside.display == (size == LARGE)
        if beside.display:
            assert beside.region.height == pane.region.height
            edge = beside.region.x if language == "he" else size[0] - beside.region.right
            assert edge == 1
            assert not beside.region.overlaps(pane.grid.region)
        found = [place.id for page in pages(at) for place in page.places]
        assert found == (
            ["agenda", "lately"] if size == WIDE else ["agenda", "weeks", "stand", "people", "lately"]
        )
        assert all(cell_len(text) == size[0] for text in at.lines)


@pytest.mark.parametrize("size", [WIDE, LARGE])
@pytest.mark.quick_cases(1)
async def test_they_show_this_stage_alone(home: Path, size: tuple[int, int]) -> None:
    async with sitting(home, roadmap=busy("en"), size=size) as at:
        roadmap = at.app.session.roadmap
        at.app.change(SetField("data.governance.goals", "Elsewhere"))
        at.app.change(SetField("strategy.goals.goals", "Here"))
        await at.saved()
        pane = await opened(at)
        await at.until(lambda: "Here" in "".join(drawn(at, "lately")))
        assert "Elsewhere" not in "".join(drawn(at, "lately"))
        for page, name, number in entries(at):
            target = page.window(name).entries[number].target
            place = find(roadmap, target.id)
            assert target.kind != "node" or (place and roadmap.stages[place.stage].id == pane.stage.id)
        assert "Touchpoints" in "".join(drawn(at, "agenda"))
        if size == LARGE:
            tally = at.app.session.counts.stages[pane.stage.id]
            assert f"{tally.done} of {tally.total} tasks" in "".join(drawn(at, "stand"))


@pytest.mark.proof
@pytest.mark.parametrize("way", ["enter", "click"])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_line_leads_to_its_place(home: Path, language: Language, way: str) -> None:
    async with sitting(home, roadmap=busy(language), size=LARGE, language=language) as at:
        at.app.change(SetTask(at.app.session.roadmap.stages[0].cards[1].tasks[-1].id, "due", "2026-03-20"))
        await at.saved()
        await opened(at)
        visited = set()
        for page, name, number in list(entries(at)):
            page.move_to(name, number)
            target = page.window(name).entries[number].target
            at.app.main.set_focus(page if way == "enter" else None)
            if way == "enter":
                await at.press("enter")
            else:
                place = page.place_of(name)
                x, y = place.x + 6, place.y + 1 + page.window(name).line_of(number)
                await at.click(page, x=page.size.width - 1 - x if language == "he" else x, y=y)
            assert await arrived(at, target), (name, target)
            visited.add(name)
        assert visited >= {"agenda", "people", "lately"}


async def test_they_follow_an_edit_in_the_same_frame(home: Path) -> None:
    async with sitting(home, roadmap=sample("en"), size=LARGE) as at:
        pane = await opened(at)
        assert pane.panels is not None
        for edit, panels in {
            Tick("goals.2", True, "2026-03-15"): ("agenda", "weeks", "stand", "people"),
            SetField("goals.deadline", "2026-03-20"): ("agenda", "stand"),
            SetField("goals.owner", "Noa"): ("agenda", "people"),
        }.items():
            before = {name: drawn(at, name) for name in panels}
            at.app.change(edit)  # nothing is awaited: what the next frame draws is there
            for name in panels:
                assert drawn(at, name) != before[name], (edit, name)
        await at.saved()
        await at.until(lambda: "Noa" in "".join(drawn(at, "lately")))


async def test_tab_goes_from_fields_to_tasks_to_the_next_card_and_on_to_the_panels(home: Path) -> None:
    async with sitting(home, roadmap=busy("en"), size=LARGE) as at:
        await opened(at)
        reached: list[str] = []
        for _ in range(40):
            focused = at.app.focused
            page = focused if isinstance(focused, PanelsOfStage) else None
            reached.append(f"{type(page).__name__} {page.at}" if page else at.focus)
            if page and page.at == "weeks":
                break
            await at.press("tab")
        panels = [name for name in reached if name.startswith("Panels")]
        assert panels == [
            "PanelsBeside stand",
            "PanelsBeside people",
            "PanelsBeside lately",
            "PanelsBelow agenda",
            "PanelsBelow weeks",
        ]
        cards = [card.id for card in at.app.session.roadmap.stages[0].cards]
        order = [name for name in reached if not name.startswith("Panels")]
        assert order == sorted(order, key=lambda name: [name.startswith(card) for card in cards].index(True))
        await at.press("shift+tab")
        assert at.one(PanelsBelow).at == "agenda"
        await at.press("escape")
        assert at.tab == OVERVIEW


@pytest.mark.proof
async def test_a_window_that_grows_and_shrinks_has_the_panels_that_fit(home: Path) -> None:
    async with sitting(home, roadmap=busy("en"), size=SMALL) as at:
        await at.press("alt+2")
        for size, count in ((WIDE, 1), (LARGE, 2), (WIDE, 1), ((120, 20), 1), (SMALL, 0), (WIDE, 1)):
            await at.pilot.resize_terminal(*size)
            await at.until(lambda: len(pages(at)) == count)  # noqa: B023 - awaited before the next one
            seen = [page for page in pages(at) if page.places and page.size.height]
            assert bool(seen) == (size != SMALL and size[1] >= 40)
            assert all(page.allow_focus() for page in seen)
            assert at.focus and all(cell_len(text) == size[0] for text in at.lines)


@pytest.mark.parametrize(("lines", "fits"), [(5, True), (30, False)])
async def test_cards_get_the_room_that_they_need(home: Path, lines: int, fits: bool) -> None:
    roadmap = SetField("strategy.goals.goals", "\n".join("a" * lines)).on(busy("en"))
    async with sitting(home, roadmap=roadmap, size=WIDE) as at:
        pane = await opened(at)
        below = at.one(PanelsBelow)
        assert below.allow_focus() == bool(below.places) == fits
        assert below.region.y == pane.grid.region.bottom
        assert not fits or below.region.bottom == pane.region.bottom
        last = list(pane.query(Checklist))[-1]
        at.app.main.set_focus(last)
        await at.press("tab")
        assert (at.app.focused is below) == fits


async def test_a_page_that_loses_its_room_while_it_has_the_focus_leaves_the_keys_to_the_screen(
    home: Path,
) -> None:
    async with sitting(home, roadmap=busy("en"), size=WIDE) as at:
        await opened(at)
        below = at.one(PanelsBelow)
        at.app.main.set_focus(below)
        await at.press("down")
        await at.pilot.resize_terminal(120, 24)
        await at.pause()
        assert not below.places
        await at.press("down", "enter", "pagedown", "tab")
        assert at.app.focused is not below and at.tab == at.app.session.roadmap.stages[0].id


async def test_a_stage_that_goes_takes_its_panels_with_it(home: Path) -> None:
    async with sitting(home, roadmap=busy("en"), size=LARGE) as at:
        pane = await opened(at)
        panels = {*pane.query(PanelsOfStage)}
        assert panels
        at.app.change(Remove(pane.stage.id))
        await at.until(lambda: at.tab not in (pane.tab, OVERVIEW))
        assert panels.isdisjoint(at.app.screen.query(PanelsOfStage))


async def test_a_stage_without_changes_or_days_says_so(home: Path) -> None:
    async with sitting(home, size=WIDE) as at:
        await opened(at)
        assert words("en")("dashboard.unchanged") in "".join(drawn(at, "lately"))
        assert words("en")("dashboard.no_days")[:40] in "".join(drawn(at, "agenda"))
