"""A shared roadmap on the screen: how it stands, who is there, and what a colleague does as it comes."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.structure import Remove
from lfroadmap.store.library.library import Library
from lfroadmap.team.joining import JoinStep, ReportStep
from lfroadmap.team.secrets import FILE, token_in
from lfroadmap.ui.actions.team import Joining
from lfroadmap.ui.screens.busy import Busy
from lfroadmap.ui.screens.team_address import TeamAddressScreen
from lfroadmap.ui.screens.trash import TrashScreen
from lfroadmap.ui.team_watch import TOKENS
from lfroadmap.ui.widgets.card_pane import CardPane
from lfroadmap.ui.widgets.tab_bar import HERE
from lfroadmap.usecases.team import join
from lfroadmap.words import LANGUAGES, Language, words
from matrices import quick_first
from sitting import GOALS, OWNER, sitting, template
from team_of_people import Team
from team_sitting import in_the_room, people, status_of


@pytest.mark.parametrize("language", quick_first(LANGUAGES))
async def test_the_header_says_how_it_stands(language: Language, home: Path, own_team: Team) -> None:
    say = words(language)
    async with sitting(home, size=(140, 40), language=language) as at:
        avi = await in_the_room(at, own_team)
        await at.until(lambda: at.app.main.header.peers == say("team_here.with", who="אבי"))
        await asyncio.to_thread(avi.does, SetField(OWNER, "נועה"))
        await at.until(lambda: at.app.session.team_status and at.value(OWNER) == "נועה")
        own_team.server.stop()
        await at.until(lambda: status_of(at.app.session) == "waiting")
        assert say("team_here.waiting", time="").strip() in at.app.main.header.peers
        await at.press("alt+2")
        await at.type("x")
        await at.until(lambda: at.app.session.team_status and at.app.session.team_status.behind)
        own_team.server.start()
        at.app.team_watch.wake()
        avi.client.wake()
        await at.until(lambda: status_of(at.app.session) == "in_step")


async def test_own_typing_is_not_disturbed(home: Path, team: Team) -> None:
    async with sitting(home, size=(120, 40)) as at:
        avi = await in_the_room(at, team)
        await at.press("alt+2")
        focus = at.focus
        await at.type("Da")
        await asyncio.to_thread(avi.does, SetField(GOALS, "of a colleague"))
        await at.until(lambda: at.value(GOALS) == "of a colleague")
        await at.type("na")
        assert (at.focus, at.value(OWNER)) == (focus, "Dana")
        await asyncio.to_thread(avi.until, lambda: "value='Dana'" in repr(avi.roadmap))


async def test_who_is_there_and_where(home: Path, team: Team) -> None:
    async with sitting(home, size=(120, 40)) as at:
        avi = await in_the_room(at, team)
        avi.client.go("strategy.goals")
        await at.until(lambda: [each.node for each in people(at)] == ["strategy.goals"])
        await at.press("alt+2")
        at.app.team_watch.look()
        await asyncio.to_thread(
            avi.until, lambda: [each.node for each in avi.status.people] == ["strategy.goals"]
        )


@pytest.mark.parametrize("language", quick_first(LANGUAGES))
async def test_a_name_stands_at_the_tab_and_the_card(language: Language, home: Path, team: Team) -> None:
    async with sitting(home, size=(140, 40), language=language) as at:
        avi = await in_the_room(at, team)
        await at.press("alt+2")
        card = at.app.session.roadmap.stages[0].cards[1]
        avi.client.go(card.id)
        await at.until(lambda: [tab.people for tab in at.app.main.tabs()][1] == "אבי")
        pane = at.app.main.host.query(CardPane)[1]
        await at.until(lambda: pane.people == "אבי")
        assert [cell.text for cell in pane.lower_end()][-2:] == [f"  {HERE} ", "אבי"]
        assert [cell.text for _, cells in at.app.main.tab_bar.laid_out(140) for cell in cells].count(
            "אבי "
        ) == 1
        tight = at.app.main.tab_bar.laid_out(62)
        assert [cell.text for _, cells in tight for cell in cells].count(f"{HERE} ") <= 1
        avi.go()
        await at.until(lambda: pane.people == "" and not any(tab.people for tab in at.app.main.tabs()))
        avi.come()


@pytest.mark.parametrize("language", quick_first(LANGUAGES))
async def test_what_was_removed_under_ones_hands_is_told(
    language: Language, home: Path, own_team: Team
) -> None:
    async with sitting(home, size=(120, 40), language=language) as at:
        avi = await in_the_room(at, own_team)
        own_team.server.stop()
        await at.until(lambda: status_of(at.app.session) == "waiting")
        await asyncio.to_thread(avi.does, Remove("strategy.goals"))
        await at.press("alt+2")
        await at.type("Dana")
        own_team.server.start()
        at.app.team_watch.wake()
        avi.client.wake()
        name = "Liquid Funnel goals" if language == "en" else "יעדי Liquid Funnel"
        await at.until(lambda: name in at.notices and "אבי" in at.notices)
        at.app.window.run("start('bin')")
        await at.until(lambda: isinstance(at.app.screen, TrashScreen))
        await at.press("enter")
        await at.until(lambda: at.value(OWNER) == "Dana")
        await asyncio.to_thread(avi.until, lambda: "value='Dana'" in repr(avi.roadmap))


async def test_sharing_and_joining_by_the_palette(home: Path, team: Team) -> None:
    async with sitting(home, size=(120, 40)) as at:
        for action, said in (("share_team", "is shared now"), ("join_team", "among your roadmaps")):
            at.app.window.run(f"start('{action}')")
            await at.until(
                lambda: isinstance(at.app.screen, TeamAddressScreen) and bool(at.app.screen.focused)
            )
            await at.type("nonsense")
            await at.press("enter")
            await at.until(lambda: at.app.screen.query_one("#problem").display)
            await at.press("end", "shift+home", "delete")
            await at.type(str(team.address))
            await at.press("enter")
            await at.type(str(team.token_file(action)))
            await at.press("enter")
            await at.until(lambda said=said: said in at.notices)  # type: ignore[misc]
        assert at.app.session.library.exists(team.room)


async def test_joining_shows_how_far_it_is_and_can_be_called_off(home: Path, team: Team) -> None:
    await asyncio.to_thread(team.two)
    token = team.token_file("slow")
    async with sitting(home, size=(120, 40)) as at:
        for name, outcome in (("one", True), ("two", False)):
            go_on, steps = threading.Event(), []

            def work(report: ReportStep, name: str = name, go_on: threading.Event = go_on,
                     steps: list[str] = steps) -> None:  # fmt: skip
                def held(step: JoinStep) -> None:
                    report(step)
                    steps.append(step)
                    if step == "reading":
                        go_on.wait(20)

                join(at.app.session.library, team.address, token_in(token), name, held)

            ended = asyncio.create_task(Joining(at.app.session, at.app.window).under_bar(work))
            await at.until(lambda: isinstance(at.app.screen, Busy))
            await at.until(lambda: at.shows("reading the roadmap"))
            if not outcome:
                await at.press("escape")
                assert await ended is False
            go_on.set()
            assert await ended is outcome
            await at.until(lambda: not isinstance(at.app.screen, Busy))
        assert steps == ["reaching", "receiving", "reading"]
        library = at.app.session.library
        assert (library.exists("one"), library.exists("two")) == (True, False)


async def test_a_reader_sees_it_live_and_is_told_at_the_first_key(home: Path, team: Team) -> None:
    dana = team.person("dana")
    await asyncio.to_thread(dana.share, team.address, template())
    dana.come()
    await asyncio.to_thread(dana.is_in_step)
    token = token_in(team.token_file("reader", read_only=True))
    library = Library(home / "data")
    await asyncio.to_thread(join, library, team.address, token, "plan")
    async with sitting(home, size=(120, 40)) as at:
        at.app.team_watch.look()
        await at.until(lambda: "only reads" in at.notices)
        await asyncio.to_thread(dana.does, SetField(OWNER, "Noa"))
        await at.until(lambda: at.value(OWNER) == "Noa")
        await at.press("alt+2")
        await at.type("x")
        await at.until(lambda: "change nothing" in at.notices)
        await at.until(lambda: at.value(OWNER) == "Noa")
        assert at.app.session.store.unsaved == ()
    assert "value='x" not in repr(dana.roadmap)


async def test_a_reader_changes_nothing_from_the_first_key_without_the_server(
    home: Path, own_team: Team
) -> None:
    dana = own_team.person("dana")
    await asyncio.to_thread(dana.share, own_team.address, template())
    dana.come()
    await asyncio.to_thread(dana.is_in_step)
    token = token_in(own_team.token_file("reader", read_only=True))
    await asyncio.to_thread(join, Library(home / "data"), own_team.address, token, "plan")
    own_team.server.stop()
    async with sitting(home, size=(120, 40)) as at:
        await at.press("alt+2")
        await at.type("x")
        await at.until(lambda: "change nothing" in at.notices)
        await at.press("ctrl+z")
        assert at.app.session.state == "read_only"
        at.app.team_watch.look()
        await at.until(lambda: status_of(at.app.session) == "waiting")
        await at.type("y")
        await at.quiet()
        assert (at.value(OWNER), at.app.session.store.unsaved) == ("", ())


def test_the_watched_file_is_the_one_that_is_written() -> None:
    assert TOKENS == FILE


async def test_without_a_room_nothing_of_the_team_is_there(home: Path) -> None:
    async with sitting(home, size=(120, 40)) as at:
        at.app.team_watch.look()
        await at.quiet()
        assert at.app.session.team is None and at.app.main.header.peers == ""
