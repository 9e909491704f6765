"""A file's path as people type it, paste it, or drop it on the terminal."""

from __future__ import annotations

import os
import shlex
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from lfroadmap.bidi.marks import DIRECTION_MARKS
from lfroadmap.errors import BrokenSnapshot
from lfroadmap.imports.snapshot import unreadable
from lfroadmap.paths import is_endless, typed_path

_MARKS = f"{DIRECTION_MARKS}\ufeff"
"""Invisible characters around a path that is copied out of a right-to-left text."""


def path_of(typed: str) -> Path:
    """The path that is meant: as it is, in quotes, with escaped spaces, or a `file:` URL; `~` is the home."""
    text = typed.strip().strip(_MARKS).strip()
    if text.lower().startswith("file:"):
        text = url2pathname(unquote(urlsplit(text).path)) if os.name == "nt" else unquote(urlsplit(text).path)
    elif _is_quoted(text):
        with suppress(ValueError):  # a quote that is not closed is a part of the name
            words = shlex.split(text)
            text = words[0] if len(words) == 1 else text
    return typed_path(text)


def file_to_read(path: Path) -> Path:
    """The path, unless reading it might never end; raises BrokenSnapshot."""
    if is_endless(path):
        raise unreadable(BrokenSnapshot("snapshot_no_file"), path, "")
    return path


def _is_quoted(text: str) -> bool:
    """True if the path is quoted for a shell, as terminals do with dropped files."""
    return text[:1] in ("'", '"') or (os.sep == "/" and "\\" in text and not os.path.lexists(text))
