"""The overview: the dashboard on the screen, its keys and its mouse, and how it follows what is done."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import MouseScrollDown
from textual.geometry import Region

from dashboards import busy
from lfroadmap.roadmap.edits import SetField, SetKpi, Tick
from lfroadmap.roadmap.progress import card_tally, stage_tally, tally
from lfroadmap.store.store import Store
from lfroadmap.ui.screens.owned import OwnedScreen
from lfroadmap.ui.widgets.chrome import Header
from lfroadmap.ui.widgets.dashboard import Dashboard
from lfroadmap.ui.widgets.overview import OverviewPane
from lfroadmap.words import Language
from overviews import arrived, drawn, overview
from samples import TODAY, sample
from sitting import Sitting
from terminal import keys

DOWN, TAB = keys("down"), keys("tab")
SIZES = [(80, 24), (120, 40), (200, 60)]


def line(at: Sitting, words: str) -> str:
    return next(line for line in at.lines[2:] if words in line)


# ------------------------------------------------------------------ going to a place


@pytest.mark.proof
async def test_every_line_of_every_panel_leads_to_its_place_by_enter(home: Path) -> None:
    async with overview(home, sample("he"), (80, 24), "he") as at:
        at.app.change(SetKpi("k1", "current", "24"))
        await at.until(lambda: at.one(OverviewPane).source.lately)
        dashboard = at.one(Dashboard)
        visited = 0
        for place in dashboard.places:
            for number, entry in enumerate(dashboard.window(place.id).entries):
                dashboard.move_to(place.id, number)
                await at.press("enter")
                assert await arrived(at, entry.target), (place.id, entry.target)
                await at.press("alt+1")
                visited += 1
        assert visited >= 10
        assert {place.id for place in dashboard.places if dashboard.window(place.id).entries} >= {
            "plan", "agenda", "timeline", "kpis", "people", "lately",
        }  # fmt: skip


@pytest.mark.proof
async def test_every_line_of_every_panel_leads_to_its_place_by_a_click(home: Path) -> None:
    async with overview(home, sample("he"), (120, 40), "he") as at:
        dashboard = at.one(Dashboard)
        for place in dashboard.places:
            for number, entry in enumerate(dashboard.window(place.id).entries):
                dashboard.move_to(place.id, number)
                await at.pause()
                y = place.y + 1 + dashboard.window(place.id).line_of(number) - int(dashboard.scroll_offset.y)
                x = place.x + 6
                at.app.main.set_focus(None)
                await at.click(dashboard, x=dashboard.scrollable_content_region.width - 1 - x, y=y)
                assert await arrived(at, entry.target), (place.id, entry.target)
                await at.press("alt+1")


async def test_the_list_of_an_owner_has_what_is_open_and_leads_there(home: Path) -> None:
    async with overview(home, sample("en"), (120, 40)) as at:
        dashboard = at.one(Dashboard)
        names = [entry.target.id for entry in dashboard.window("people").entries]
        dashboard.move_to("people", names.index("yossi"))
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, OwnedScreen))
        assert "What Yossi has" in at.lines[0] and "Name an owner" in at.text and "in 16 days" in at.text
        await at.press("enter")
        assert (at.tab, at.focus) == ("a", "goals.2")
        dashboard.move_to("people", names.index(""))
        await at.press("alt+1", "enter")
        await at.until(lambda: at.shows("What has no owner"))
        assert at.shows("Scale")


async def test_tab_goes_from_panel_to_panel_and_the_arrows_over_their_ends(home: Path) -> None:
    async with overview(home, sample("en"), (80, 24)) as at:
        dashboard = at.one(Dashboard)
        assert at.app.focused is dashboard and dashboard.at == "plan"
        order = [place.id for place in dashboard.places]
        reached = []
        for _ in order:
            await at.type(TAB)
            reached.append(dashboard.at)
            place = dashboard.place_of(dashboard.at)
            top = place.y - int(dashboard.scroll_offset.y)
            assert Region(0, top, 80, place.height).overlaps(Region(0, 0, 80, dashboard.size.height))
        assert reached == [*order[1:], "plan"]
        await at.type(keys("shift+tab"))
        assert dashboard.at == order[-1]
        dashboard.move_to("plan", 0)
        await at.type(DOWN * len(dashboard.window("plan").entries))
        assert (dashboard.at, dashboard.window("agenda").cursor) == ("agenda", 0)
        await at.type(keys("up", "home"))
        assert (dashboard.at, dashboard.window("plan").cursor) == ("plan", 0)


@pytest.mark.parametrize(("language", "key"), [("en", "right"), ("he", "left")])
async def test_the_arrows_go_to_the_panel_beside_as_it_is_drawn(
    home: Path, language: Language, key: str
) -> None:
    async with overview(home, sample(language), (120, 40), language) as at:
        dashboard = at.one(Dashboard)
        await at.type(keys(key))
        assert dashboard.at == "stand"
        await at.type(keys({"right": "left", "left": "right"}[key]))
        assert dashboard.at == "plan"


async def test_the_line_under_the_mouse_is_lit_and_the_wheel_scrolls_a_long_panel(home: Path) -> None:
    roadmap = busy("en")
    async with overview(home, roadmap, (120, 40)) as at:
        dashboard = at.one(Dashboard)
        place = dashboard.place_of("agenda")
        raised = dashboard.tones.ground("raised").bgcolor
        await at.pilot.hover(dashboard, offset=(place.x + 6, place.y + 3))
        await at.pause()

        def lit(y: int) -> bool:
            return any(part.style and part.style.bgcolor == raised for part in dashboard.render_line(y))

        assert [lit(place.y + y) for y in (2, 3, 4)] == [False, True, True]
        before = drawn(at, "agenda")
        wheel = MouseScrollDown(dashboard, place.x + 6, place.y + 3, 0, 1, 0, False, False, False)
        dashboard.post_message(wheel)
        await at.pause()
        assert "above …" in drawn(at, "agenda")[1] and drawn(at, "agenda") != before


# ------------------------------------------------------------------ what it shows


async def test_a_line_has_who_when_how_far_and_in_which_state(home: Path) -> None:
    async with overview(home, sample("en"), (200, 24)) as at:
        shown = drawn(at, "plan")
        goals, pilot, scale = (
            next(text for text in shown if card in text) for card in ("Goals & <limits>", "Pilot", "Scale")
        )
        for part in ("Dana Levi", "14 days late", "33%", "▲", "late"):
            assert part in goals
        for part in ("—", "done 2 Mar", "100%", "✓", "done"):
            assert part in pilot
        assert "0%" in scale
        assert "no date" in scale
        assert "75% of the way" in "".join(drawn(at, "kpis"))
        assert "▲ 1 late" in at.lines[0]


async def test_its_numbers_are_those_of_the_roadmap_after_each_edit(home: Path) -> None:
    async with overview(home, sample("en")) as at:
        await at.type("\x1b2" + "\t" * 4 + DOWN + " " + "ax\r" + "\r")
        await at.press("alt+1")
        roadmap = at.app.session.roadmap
        goals = roadmap.stages[0].cards[0]
        assert (card_tally(goals).done, card_tally(goals).total) == (2, 4)
        assert f"{card_tally(goals).percent}%" in line(at, " Goals &")
        assert f"{stage_tally(roadmap.stages[0]).percent}%" in line(at, "A. Strategy ")
        assert f"{tally(roadmap).percent}%" in at.one(Header).render_line(0).text


async def test_every_panel_follows_an_edit_in_the_same_frame(home: Path) -> None:
    async with overview(home, sample("en"), (200, 60)) as at:
        pane = at.one(OverviewPane)
        edits = {
            Tick("goals.2", True, "2026-03-15"): ("plan", "agenda", "stand", "people", "weeks"),
            SetField("goals.deadline", "2026-03-20"): ("plan", "agenda", "timeline", "stand"),
            SetKpi("k1", "current", "24"): ("kpis",),
            SetField("goals.owner", "Noa"): ("plan", "agenda", "people"),
        }
        for edit, panels in edits.items():
            before = {name: drawn(at, name) for name in panels}
            at.app.change(edit)  # nothing is awaited: what the next frame draws is there
            for name in panels:
                assert drawn(at, name) != before[name], (edit, name)
            shown = pane.dashboard.board
            assert shown is not None and shown.roadmap is at.app.session.roadmap
        await at.saved()
        await at.until(lambda: "Noa" in "".join(drawn(at, "lately")))


async def test_only_the_lines_that_differ_are_drawn_again(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with overview(home, busy("en"), (120, 40)) as at:
        dashboard = at.one(Dashboard)
        regions: list[Region] = []
        monkeypatch.setattr(dashboard, "refresh", lambda *given, **_: regions.extend(given))
        task = next(task for task in at.app.session.roadmap.stages[1].cards[0].tasks if not task.done)
        at.app.change(Tick(task.id, True, "2026-03-15"))
        assert {region.height for region in regions} == {1}
        assert 4 <= len(regions) <= 30
        unchanged = dashboard.place_of("kpis")
        assert not any(unchanged.contains(region.x, region.y) for region in regions)
        regions.clear()
        at.app.change(SetField("data.governance.goals", "Not on the dashboard"))
        assert regions == []


async def test_it_follows_what_another_window_does(home: Path) -> None:
    async with overview(home, sample("en")) as at:
        other = Store(at.path, "yossi")
        other.start(lambda event: None)
        for n in (2, 3):
            other.submit(Tick(f"goals.{n}", True, "2026-03-15"))
        other.submit(SetField("goals.owner", "Yossi"))
        other.close()
        await at.until(lambda: "✓" in line(at, " Goals &") and "Yossi" in line(at, " Goals &"))
        assert "done 15 Mar" in line(at, " Goals &")
        assert "late" not in at.lines[0]


async def test_the_history_is_read_behind_the_first_picture_and_again_when_something_was_saved(
    home: Path,
) -> None:
    async with overview(home, sample("en"), (200, 60)) as at:
        pane = at.one(OverviewPane)
        assert pane.source.activity is not None and pane.source.activity.done == ()
        at.app.change(Tick("goals.2", True, "2026-03-15"))
        assert pane.source.activity.first_days == {"goals": TODAY}
        await at.saved()
        await at.until(lambda: "ticked: Name an owner" in "".join(drawn(at, "lately")))
        at.app.change(SetKpi("k1", "current", "24"))
        await at.saved()
        await at.until(lambda: [value for _, value in pane.source.activity.values["k1"]][-1:] == ["24"])
