"""A person's tokens: in the folder of the settings, readable for nobody else, and in no roadmap's file."""

from __future__ import annotations

import json
import os
from pathlib import Path

from lfroadmap.errors import RoadmapError
from lfroadmap.files import replace_file
from lfroadmap.paths import is_endless
from lfroadmap.roadmap.json_text import json_text
from lfroadmap.team.room_address import RoomAddress

FILE = "team-tokens.json"
_MOST = 1_000_000
_LONGEST_TOKEN = 4096


def token_in(file: Path) -> str:
    """The token in a file that a person names: its last line that is not empty; raises RoadmapError."""
    try:
        if is_endless(file):
            raise OSError("not a file")
        with file.open("rb") as opened:
            text = opened.read(_MOST).decode("utf-8", "replace")
    except OSError as error:
        raise RoadmapError("team_token_file", path=file, reason=error.strerror or error) from error
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or len(lines[-1]) > _LONGEST_TOKEN or not lines[-1].isprintable():
        raise RoadmapError("team_no_token", path=file)
    return lines[-1]


def token_for(folder: Path, address: RoomAddress) -> str | None:
    """The token that is kept for a room; None for none. Raises RoadmapError."""
    return _read(folder).get(str(address))


def keep_token(folder: Path, address: RoomAddress, token: str | None) -> None:
    """Keep a token for a room; None forgets it. Raises RoadmapError."""
    tokens = _read(folder)
    if token is None:
        tokens.pop(str(address), None)
    else:
        tokens[str(address)] = token
    try:
        replace_file(folder / FILE, json_text(tokens) + "\n")
    except OSError as error:
        reason = error.strerror or str(error)
        raise RoadmapError("team_tokens_unwritable", path=folder / FILE, reason=reason) from error


def _read(folder: Path) -> dict[str, str]:
    path = folder / FILE
    try:
        if is_endless(path):
            raise OSError("not a file")
        with path.open("rb") as file:
            if os.name == "posix" and os.fstat(file.fileno()).st_mode & 0o077:
                raise RoadmapError("team_tokens_open", path=path)
            kept = json.loads(file.read(_MOST))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise RoadmapError("team_token_file", path=path, reason=error.strerror or error) from error
    except (ValueError, RecursionError) as error:
        raise RoadmapError("team_tokens_damaged", path=path) from error
    if not isinstance(kept, dict) or not all(isinstance(each, str) for each in kept.values()):
        raise RoadmapError("team_tokens_damaged", path=path)
    return kept
