"""An assistant at a roadmap that is shared: what it changes goes to the others, under its name."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from assisting import assistant, refusal, result
from commanding import process
from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.model import Roadmap, Task
from lfroadmap.roadmap.tree import find
from lfroadmap.store.history.queries import every, marks
from lfroadmap.store.library.library import Library
from listening import PLAN
from team_of_people import Team
from terminal import environment


@pytest.mark.proof
async def test_colleagues_see_what_an_assistant_changes(tmp_path: Path, team: Team) -> None:
    Library(tmp_path / "data").create("plan", PLAN, "dana")
    good(tmp_path, "share", "plan", str(team.address), "--token-file", str(team.token_file("dana")))
    avi = team.person("אבי")
    await asyncio.to_thread(avi.join, team.address)
    avi.come()
    await asyncio.to_thread(avi.is_in_step)
    async with assistant(tmp_path, "--write", "--in", "plan") as client:
        await asyncio.to_thread(avi.does, SetField("f", "of Avi"))
        await result(client, "tick", task="t1")
        await asyncio.to_thread(good, tmp_path, "team", "plan")
        await asyncio.to_thread(avi.until, lambda: is_done(avi.roadmap))
        shown = await result(client, "show", part="c")
        assert "of Avi" in [item.get("value") for item in shown["items"]]
    assert "Claude, for dana" in {change.author for change in every(avi.path)}


@pytest.mark.proof
async def test_who_may_only_read_there_changes_nothing_by_an_assistant(tmp_path: Path, team: Team) -> None:
    dana, _ = await asyncio.to_thread(team.two)
    library = Library(tmp_path / "data")
    token = str(team.token_file("guest", read_only=True))
    await asyncio.to_thread(
        good, tmp_path, "join", str(team.address), "--token-file", token, "--name", "plan"
    )
    async with assistant(tmp_path, "--write") as client:
        said = await refusal(client, "tick", task="t1")
    assert "only reads" in said
    assert marks(library.path("plan")) == () and not is_done(dana.roadmap)


def good(home: Path, *argv: str) -> None:
    """A command of the person, which must succeed."""
    ran = process(environment(home), *argv, cwd=home)
    assert ran.returncode == 0, ran.stderr


def is_done(roadmap: Roadmap) -> bool:
    place = find(roadmap, "t1")
    assert place and isinstance(place.node, Task)
    return place.node.done
