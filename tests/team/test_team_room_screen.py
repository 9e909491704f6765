"""The screen of the team: how it stands, who is there and where, while that changes; and what it leads to."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.structure import Remove
from lfroadmap.store.library.library import Library
from lfroadmap.team.secrets import FILE, token_in
from lfroadmap.ui.screens.dialog import Dialog
from lfroadmap.ui.screens.team import TeamScreen
from lfroadmap.ui.screens.team_address import TeamAddressScreen
from lfroadmap.ui.screens.trash import TrashScreen
from lfroadmap.usecases.team import join
from lfroadmap.words import LANGUAGES, Language, words
from matrices import quick_first
from sitting import OWNER, Sitting, sitting, template
from team_of_people import Team
from team_sitting import in_the_room, status_of


async def open_screen(at: Sitting) -> TeamScreen:
    at.app.window.run("start('team')")
    await at.until(lambda: isinstance(at.app.screen, TeamScreen))
    screen = at.app.screen
    assert isinstance(screen, TeamScreen)
    return screen


def texts(screen: TeamScreen) -> list[str]:
    return [fact.text for fact in screen.facts.facts]


def places(screen: TeamScreen) -> list[tuple[str, str]]:
    return [(each.name, each.node) for each in screen.listed.entries]


@pytest.mark.parametrize("language", quick_first(LANGUAGES))
async def test_it_shows_how_it_stands_while_that_changes(
    language: Language, home: Path, own_team: Team
) -> None:
    say = words(language)
    async with sitting(home, size=(80, 24), language=language) as at:
        avi = await in_the_room(at, own_team)
        screen = await open_screen(at)
        await at.until(lambda: len(texts(screen)) == 5)
        assert say("team_here.state_in_step") in texts(screen)
        assert say("team_here.unsent_none") in texts(screen)
        assert say("team_here.rights_write") in texts(screen)
        assert own_team.room in texts(screen)[-1] and "%" not in texts(screen)[-1]
        avi.client.go("strategy.goals")
        await at.until(lambda: places(screen) == [("אבי", "strategy.goals")])
        avi.client.go("kpis")
        await at.until(lambda: screen.listed.entries[0].where == say("tab.kpis"))
        own_team.server.stop()
        await at.until(lambda: say("team_here.state_waiting") in texts(screen))
        assert places(screen) == [] and str(screen.why.content)
        avi.go()
        own_team.server.start()
        at.app.team_watch.wake()
        await at.until(lambda: say("team_here.state_in_step") in texts(screen))
        await at.until(lambda: at.shows(say("team.nobody")) or language == "he")
        assert screen.listed.hint == say("team.nobody") and not str(screen.why.content)
        avi.come()
        await at.until(lambda: len(places(screen)) == 1)


@pytest.mark.proof
async def test_it_counts_what_is_not_on_the_server(home: Path, own_team: Team) -> None:
    async with sitting(home, size=(120, 40)) as at:
        await in_the_room(at, own_team)
        own_team.server.stop()
        await at.until(lambda: status_of(at.app.session) == "waiting")
        await at.press("alt+2")
        await at.type("x")
        screen = await open_screen(at)
        await at.until(lambda: "one edit is not on the server yet" in texts(screen))


@pytest.mark.proof
async def test_it_leads_to_a_colleague(home: Path, team: Team) -> None:
    async with sitting(home, size=(120, 40)) as at:
        avi = await in_the_room(at, team)
        for node, tab in (("strategy.goals", "strategy"), ("kpis", "kpis"), ("data", "data")):
            avi.client.go(node)
            screen = await open_screen(at)
            await at.until(lambda screen=screen, node=node: places(screen) == [("אבי", node)])  # type: ignore[misc]
            await at.press("enter")
            await at.until(lambda tab=tab: at.app.screen is at.app.main and at.app.window.tab == tab)  # type: ignore[misc]


@pytest.mark.proof
async def test_the_room_is_left_from_there(home: Path, team: Team) -> None:
    async with sitting(home, size=(120, 40)) as at:
        avi = await in_the_room(at, team)
        screen = await open_screen(at)
        for is_left in (False, True):
            await at.press("l")
            await at.until(lambda: isinstance(at.app.screen, Dialog))
            await at.until(lambda: team.server.url in at.text)
            if is_left:
                await at.pilot.click("#leave")
            else:
                await at.press("escape")
            await at.until(lambda: at.app.screen is screen)
        await at.until(lambda: "no longer shared" in at.notices)
        at.app.team_watch.look()
        await at.until(lambda: texts(screen) == ["not shared"])
        assert at.app.session.team_status is None
        await at.until(lambda: "s shares this roadmap" in at.text)
        await asyncio.to_thread(avi.until, lambda: not avi.status.people)


@pytest.mark.proof
async def test_sharing_and_joining_from_there(home: Path, team: Team) -> None:
    async with sitting(home, size=(120, 40)) as at:
        screen = await open_screen(at)
        assert texts(screen) == ["not shared"]
        for key, said in (("s", "is shared now"), ("e", "among your roadmaps")):
            await at.press(key)
            await at.until(
                lambda: isinstance(at.app.screen, TeamAddressScreen) and bool(at.app.screen.focused)
            )
            await at.type(team.address.shown)
            await at.press("enter")
            await at.type(str(team.token_file(key)))
            await at.press("enter")
            await at.until(lambda said=said: said in at.notices)  # type: ignore[misc]
        at.app.team_watch.look()
        await at.until(lambda: "in step with the room" in texts(screen))
        assert at.app.session.library.exists(team.room)


async def test_what_cannot_be_done_is_said_and_the_screen_stays(home: Path, team: Team) -> None:
    async with sitting(home, size=(120, 40)) as at:
        screen = await open_screen(at)
        await at.press("l")
        await at.until(lambda: "This roadmap is not shared" in at.notices)
        assert at.app.screen is screen


@pytest.mark.proof
async def test_without_its_token_it_says_so(home: Path, own_team: Team) -> None:
    dana = own_team.person("dana")
    await asyncio.to_thread(dana.share, own_team.address, template())
    dana.come()
    await asyncio.to_thread(dana.is_in_step)
    token = token_in(own_team.token_file("reader", read_only=True))
    await asyncio.to_thread(join, Library(home / "data"), own_team.address, token, "plan")
    (home / "config" / FILE).write_text("{}")
    async with sitting(home, size=(120, 40)) as at:
        at.app.team_watch.look()
        await at.until(lambda: status_of(at.app.session) == "final")
        screen = await open_screen(at)
        await at.until(lambda: len(texts(screen)) == 5)
        assert "There is no token for" in str(screen.why.content)
        assert own_team.room in str(screen.why.content)
        assert "read only" in " ".join(texts(screen))
        await at.press("escape", "alt+2")
        await at.type("x")
        await at.until(lambda: at.value(OWNER) == "")
        await asyncio.to_thread(dana.does, SetField(OWNER, "Noa"))
        assert at.value(OWNER) == ""


@pytest.mark.proof
@pytest.mark.parametrize("tab", [1, 6, 7])
async def test_a_name_stands_at_tabs_that_are_no_stage(tab: int, home: Path, team: Team) -> None:
    """Overview, KPIs and Flows: where this person is goes to the others, and their names come here."""
    async with sitting(home, size=(140, 40)) as at:
        avi = await in_the_room(at, team)
        await at.press(f"alt+{tab}")
        node = at.app.window.tab
        at.app.team_watch.look()
        await asyncio.to_thread(avi.until, lambda: [each.node for each in avi.status.people] == [node])
        avi.client.go(node)
        await at.until(lambda: [each.id for each in at.app.main.tabs() if each.people] == [node])


@pytest.mark.proof
@pytest.mark.parametrize("language", quick_first(LANGUAGES))
async def test_what_a_colleague_goes_on_with_after_it_was_removed_is_told(
    language: Language, home: Path, own_team: Team
) -> None:
    async with sitting(home, size=(120, 40), language=language) as at:
        avi = await in_the_room(at, own_team)
        own_team.server.stop()
        await at.until(lambda: status_of(at.app.session) == "waiting")
        at.app.change(Remove("strategy.goals"))
        await at.saved()
        await asyncio.to_thread(avi.does, SetField(OWNER, "נועה"))
        own_team.server.start()
        at.app.team_watch.wake()
        avi.client.wake()
        name = "Liquid Funnel goals" if language == "en" else "יעדי Liquid Funnel"
        await at.until(lambda: name in at.notices and "אבי" in at.notices)
        at.app.window.run("start('bin')")
        await at.until(lambda: isinstance(at.app.screen, TrashScreen))
        await at.press("enter")
        await at.until(lambda: at.value(OWNER) == "נועה")
