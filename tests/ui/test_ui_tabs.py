from __future__ import annotations

from pathlib import Path

import pytest

from counting import counted
from lfroadmap.roadmap.templates import Labels, load, names
from lfroadmap.store.library.library import Library
from lfroadmap.ui.widgets.tab_bar import TabBar
from lfroadmap.words import LANGUAGES, Language
from matrices import quick_first
from sitting import GOALS, NAME, OWNER, sitting


async def test_alt_and_a_digit_open_tabs_by_their_place(home: Path) -> None:
    async with sitting(home) as at:
        assert at.tab == "overview"
        seen = []
        for digit in "234567819":
            await at.type(f"\x1b{digit}")
            seen.append(at.tab)
        assert seen[:-2] == ["strategy", "data", "ai", "launch", "kpis", "flows", "timeline"]
        assert seen[-2:] == ["overview", "overview"]


async def test_ctrl_page_keys_go_through_the_tabs_and_around_the_end(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b[5;5~")
        assert at.tab == "timeline"
        await at.type("\x1b[6;5~\x1b[6;5~")
        assert at.tab == "strategy"
        await at.type("\x1b[5;5~")
        assert at.tab == "overview"


async def test_a_click_opens_a_tab(home: Path) -> None:
    async with sitting(home) as at:
        await at.click_on("C AI")
        assert at.tab == "ai"
        await at.click(at.one(TabBar), x=1)
        assert at.tab == "overview"


async def test_a_stage_opens_with_its_first_field_focused(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2")
        assert at.focus == OWNER
        await at.type("Dana\x1b3Yossi")
        assert (at.value(OWNER), at.value("data.governance.owner")) == ("Dana", "Yossi")


async def test_a_pane_is_made_when_first_opened_and_kept(home: Path) -> None:
    async with sitting(home) as at:
        assert list(at.app.main.host.panes) == ["overview"]
        await at.press("alt+2")
        pane = at.app.main.host.panes["strategy"]
        await at.press("tab", "tab")
        assert at.focus == GOALS
        await at.press("alt+1", "alt+2")
        assert at.app.main.host.panes["strategy"] is pane
        assert list(at.app.main.host.panes) == ["overview", "strategy"]


async def test_the_tab_is_remembered(home: Path) -> None:
    async with sitting(home) as at:
        await at.press("alt+4")
        await at.press("ctrl+q")
        await at.until(lambda: not at.app.is_running)
    library = Library(home / "data")
    assert (library.last(), library.tab(NAME)) == (NAME, "ai")
    async with sitting(home) as at:
        assert at.tab == "ai"


async def test_a_tab_that_is_gone_opens_the_overview(home: Path) -> None:
    Library(home / "data").path(NAME).parent.mkdir(parents=True)
    assert Library(home / "data").remember(NAME, "no-such-stage")
    async with sitting(home) as at:
        assert at.tab == "overview"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", quick_first(sorted(names(), key=lambda name: name != "sales-funnel"), 1))
@pytest.mark.quick_cases(1)
async def test_the_stages_of_every_template_are_named_in_full_at_eighty_columns(
    home: Path, language: Language, name: str
) -> None:
    """Six stages have no room together: those that are hidden are not cut to stubs, but a key away."""
    roadmap = load(name).roadmap("r")
    whole = {Labels(name, language).short(stage) for stage in roadmap.stages}
    async with sitting(home, size=(80, 24), roadmap=roadmap, language=language) as at:
        bar, seen = at.one(TabBar), set()
        for digit in range(1, min(len(roadmap.stages) + 4, 10)):
            await at.press(f"alt+{digit}")
            shown = bar.laid_out(80)
            seen |= {cells[0].text.strip() for tab, cells in shown if tab.counted}
            assert at.tab in [tab.id for tab, _ in shown]
        assert seen == whole
        assert len(shown) == len(roadmap.stages) + 4 or name == "sales-funnel"


async def test_the_lines_of_the_bar_are_made_once_for_an_edit_that_changes_them(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(home) as at:
        await at.press("alt+2")
        made = counted(monkeypatch, TabBar, "_lay_out")
        await at.type("letters")
        assert made == []
        await at.app.main.go("strategy.goals", tasks=True)
        made.clear()
        await at.press("space")
        assert len(made) == 1
