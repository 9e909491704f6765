"""An assistant of the tests: its desk in this process, and the SDK's own client over a real pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.types import Implementation

from lfroadmap.assistant.desk import Desk
from lfroadmap.assistant.tools import call
from lfroadmap.errors import RoadmapError
from lfroadmap.settings import Settings
from lfroadmap.store.library.library import Library
from lfroadmap.words import Language, words
from terminal import environment

NAME = "Claude"


def desk_in(
    home: Path,
    *,
    may_write: bool = False,
    only: str | None = None,
    folders: tuple[Path, ...] = (),
    language: Language = "en",
) -> Desk:
    """A session over the roadmaps of a home, for Dana."""
    errors: list[RoadmapError] = []
    return Desk(
        Library(home / "data"), words(language), Settings(), "Dana", lambda notice: None, errors.append,
        only, may_write, folders, NAME,
    )  # fmt: skip


def all_items(desk: Desk, name: str, **given: object) -> list[dict[str, Any]]:
    """The items of all pages, without their numbers, which must count them."""
    items: list[dict[str, Any]] = []
    cursor: dict[str, object] = {}
    while True:
        page = call(desk, name, given | cursor)
        items += page["items"]
        if "next" not in page:
            break
        cursor = {"cursor": page["next"]}
    assert [item.pop("number") for item in items] == [*range(1, len(items) + 1)]
    assert page["total"] == len(items)
    return items


@asynccontextmanager
async def assistant(home: Path, *argv: str, mode: str = "legacy", name: str = NAME) -> AsyncIterator[Client]:
    """The SDK's client with a server of its own, as an assistant's program starts one."""
    program = StdioServerParameters(
        command=sys.executable, args=["-m", "lfroadmap", "mcp", *argv], env=environment(home), cwd=home
    )
    with Path(os.devnull).open("w", encoding="utf-8") as errors:
        client = Client(
            stdio_client(program, errors),
            client_info=Implementation(name=name, version="1"),
            mode=mode,  # type: ignore[arg-type]
        )
        async with client:
            yield client


async def result(client: Client, tool: str, **given: object) -> dict[str, Any]:
    """The result of a tool that must succeed."""
    found = await client.call_tool(tool, given)
    assert not found.is_error, found.content
    plain: dict[str, Any] = found.structured_content
    return plain


async def refusal(client: Client, tool: str, **given: object) -> str:
    """The words with which a tool refuses."""
    found = await client.call_tool(tool, given)
    assert found.is_error, found.structured_content
    (text,) = found.content
    return str(getattr(text, "text", ""))
