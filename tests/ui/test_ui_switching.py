"""Switching to another roadmap without leaving."""

from __future__ import annotations

from pathlib import Path

from lfroadmap.store.presence import peers
from lfroadmap.store.sqlite.file_format import read
from libraries import small, switched, with_others
from sitting import NAME, sitting, value


async def test_two_keys_open_the_roadmap_that_was_open_before(home: Path) -> None:
    library = with_others(home, "acme", "beta")
    library.remember("beta", "s")
    async with sitting(home, roadmap=small(NAME)) as at:
        await at.press("ctrl+r", "enter")
        await switched(at, "beta")
        assert at.tab == "s"
        assert at.shows("task of beta")
        assert at.app.title == "beta"
        await at.press("ctrl+r", "enter")
        await switched(at, NAME)
        assert library.state.last == NAME


async def test_what_is_typed_meanwhile_goes_to_the_roadmap_that_is_opened(home: Path) -> None:
    library = with_others(home, "acme")
    library.remember("acme", "s")
    async with sitting(home, roadmap=small(NAME)) as at:
        await at.press("alt+2")
        at.pour("mine \x12\rtheirs")
        await switched(at, "acme")
        await at.quiet()
        await at.saved()
    assert value(read(library.path(NAME)), "f") == "mine "
    assert value(read(library.path("acme")), "f") == "theirs"


async def test_the_roadmap_before_is_closed(home: Path) -> None:
    library = with_others(home, "acme")
    async with sitting(home, roadmap=small(NAME)) as at:
        before = at.app.session.store
        await at.press("ctrl+r", "enter")
        await switched(at, "acme")
        assert before.is_closed
        await at.until(lambda: len(peers(library.path("acme"))) == 1)
        assert peers(library.path(NAME)) == ()
