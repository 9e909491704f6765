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


def typed_files(typed: str) -> tuple[str, ...]:
    """The files that are meant, each as it may be typed: several where they were dropped at once."""
    if os.path.lexists(path_of(typed)):
        return (typed,)
    try:
        words = shlex.split(typed)
    except ValueError:  # a quote that is not closed is a part of the name
        return (typed,)
    each = tuple(shlex.quote(word) for word in words)
    return each if len(each) > 1 and all(os.path.lexists(path_of(word)) for word in each) else (typed,)


def dropped(text: str) -> str:
    """The lines of a paste, a file each, as they may be typed in one."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or not all(os.path.lexists(path_of(line)) for line in lines):
        return text
    return " ".join(shlex.quote(str(path_of(line))) for line in lines)


def file_to_read(path: Path) -> Path:
    """The path, unless reading it might never end; raises BrokenSnapshot."""
    if is_endless(path):
        raise unreadable(BrokenSnapshot("snapshot_no_file"), path, "")
    return path


def _is_quoted(text: str) -> bool:
    """True if the path is quoted for a shell, as terminals do with dropped files."""
    return text[:1] in ("'", '"') or (os.sep == "/" and "\\" in text and not os.path.lexists(text))
