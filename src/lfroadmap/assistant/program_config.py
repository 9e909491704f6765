"""The lines that add the server to the settings of an assistant's program."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lfroadmap.paths import absolute

NAME = "lfroadmap"


def server_config(options: Sequence[str]) -> dict[str, Any]:
    """The program and its arguments, as most assistants' programs have them under `mcpServers`.

    They start with few settings of the environment, so the program is named by its full path.
    """
    program = shutil.which(NAME)
    command = str(absolute(Path(program))) if program else sys.executable
    arguments = [*(() if program else ("-m", NAME)), "mcp", *options]
    return {"mcpServers": {NAME: {"command": command, "args": arguments}}}
