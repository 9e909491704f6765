"""Handing a text to the system's clipboard."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import NamedTuple

from lfroadmap.errors import RoadmapError

PATIENCE = 2.0
"""Seconds that a program has to take what is copied."""


class Tool(NamedTuple):
    """A program that puts what it reads into the system's clipboard."""

    command: tuple[str, ...]
    needs: str = ""
    """A variable of the environment without which it cannot work."""
    encoding: str = "utf-8"


TOOLS = (
    Tool(("wl-copy",), "WAYLAND_DISPLAY"),
    Tool(("xclip", "-selection", "clipboard"), "DISPLAY"),
    Tool(("xsel", "--clipboard", "--input"), "DISPLAY"),
    Tool(("pbcopy",)),
    Tool(("clip.exe",), encoding="utf-16"),
)


def hand_over(text: str) -> None:
    """Have a program take the text; nothing where there is none. Raises RoadmapError if it does not."""
    tool = next((tool for tool in TOOLS if _works(tool)), None)
    if tool is None:
        return
    name = tool.command[0]
    try:
        # some go on in the background to answer for the clipboard, and would hold a pipe open
        subprocess.run(
            tool.command,
            input=text.encode(tool.encoding, "replace"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise RoadmapError("copy_failed", name=name, reason=error) from error


def _works(tool: Tool) -> bool:
    return bool((not tool.needs or os.environ.get(tool.needs)) and shutil.which(tool.command[0]))
