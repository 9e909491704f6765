"""Hooks of a window: they are given what is done on the screen, and what goes wrong is said there."""

from __future__ import annotations

import json
from pathlib import Path

from sitting import OWNER, sitting


def hook(home: Path, name: str, script: str) -> None:
    path = home / "config" / "hooks" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


async def test_what_is_typed_is_given_when_the_app_is_left(home: Path) -> None:
    hook(home, "10-note", f"cat >> '{home}/kept'")
    async with sitting(home) as at:
        await at.app.main.go(OWNER)
        await at.pause()
        await at.type("Dana")
        assert await at.stored(OWNER) == "Dana"
        await at.press("ctrl+q")
        await at.soon(lambda: at.app.session.store.is_closed)
        await at.soon(lambda: at.app.session.hooks is None or not at.app.session.hooks.is_alive())
    (line,) = map(json.loads, (home / "kept").read_text().splitlines())
    assert (line["what"], line["after"], line["node"]) == ("fill", "Dana", OWNER)


async def test_a_hook_that_fails_is_named_and_nothing_is_undone(home: Path) -> None:
    hook(home, "10-bad", "echo no way to the chat >&2; exit 1")
    async with sitting(home) as at:
        await at.app.main.go(OWNER)
        await at.pause()
        await at.type("Dana")
        await at.until(lambda: "10-bad" in at.notices and "no way to the chat" in at.notices)
        assert await at.stored(OWNER) == "Dana"


async def test_without_the_folder_nothing_waits_for_changes(home: Path) -> None:
    async with sitting(home) as at:
        assert at.app.session.hooks is None
