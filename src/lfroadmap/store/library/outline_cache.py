"""The outlines of a library's roadmaps in one file, so that the next program need not read them again.

The file, `outlines.cache` in the data folder, is only a cache: it may be missing, damaged, or of another
version, and is then empty. An entry counts only for the file whose stamp it has.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from lfroadmap import __version__
from lfroadmap.errors import RoadmapError
from lfroadmap.files import replace_file
from lfroadmap.paths import is_endless
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.outline import from_lists, to_lists
from lfroadmap.store.folder.stamps import Stamp, stamp_from

NAME = "outlines.cache"
_VERSION = f"1 {__version__}"
"""Another program may see more in a file."""
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
"""Half a character as JSON escapes it: the product writes none, and no screen takes one."""
_MAX_BYTES = 32_000_000
_DIGITS = 8
"""Length of the checksum."""


class Outline(NamedTuple):
    """A roadmap as it was read."""

    stamp: Stamp
    roadmap: Roadmap
    author: str | None = None
    """Who changed it last, empty where that is not known; None until it was looked for."""


class OutlineCache:
    """The file; neither reading nor writing it ever fails."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._entries: dict[str, Any] | None = None

    @property
    def names(self) -> frozenset[str]:
        """The names of the roadmaps in it."""
        return frozenset(self._loaded())

    def get(self, name: str) -> Outline | None:
        """The outline of a roadmap as it was once; None where there is none."""
        entry = self._loaded().get(name)
        with suppress(ValueError):  # it is not ours: the roadmap is read
            return None if entry is None else _outline(entry)
        return None

    def save(self, outlines: Mapping[str, Outline], keep: frozenset[str]) -> None:
        """Add outlines, and keep of the others those of the names `keep`."""
        entries = {name: entry for name, entry in self._load().items() if name in keep}
        self._write(entries | {name: _entry(outline) for name, outline in outlines.items()})

    def forget(self, name: str) -> None:
        """Remove the outline of a roadmap."""
        entries = self._load()
        if entries.pop(name, None) is not None:
            self._write(entries)

    def _loaded(self) -> dict[str, Any]:
        if self._entries is None:
            self._entries = self._load()
        return self._entries

    def _load(self) -> dict[str, Any]:
        """The entries as another program may have written them meanwhile; none where they cannot be read."""
        try:
            if is_endless(self._path) or self._path.stat().st_size > _MAX_BYTES:
                return {}
            text = self._path.read_text("utf-8")
            is_whole = text[:_DIGITS] == _checksum(text[_DIGITS:]) and not _SURROGATE.search(text)
            content = json.loads(text[_DIGITS:]) if is_whole else None
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(content, dict) or content.get("version") != _VERSION:
            return {}
        entries = content.get("roadmaps")
        return entries if isinstance(entries, dict) else {}

    def _write(self, entries: dict[str, Any]) -> None:
        content = {"version": _VERSION, "roadmaps": entries}
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        # no right to write, a full disk, a name that is no text: the roadmaps are read again next time
        with suppress(OSError, UnicodeError, RoadmapError):
            if not is_endless(self._path):
                replace_file(self._path, f"{_checksum(text)}{text}")
        self._entries = entries


def _entry(outline: Outline) -> list[Any]:
    return [outline.stamp, outline.author, to_lists(outline.roadmap)]


def _outline(entry: object) -> Outline:
    """The outline of an entry; raises ValueError."""
    if type(entry) is not list or len(entry) != len(Outline._fields):
        raise ValueError("no entry")
    stamp, author, lists = entry
    if not (author is None or type(author) is str):
        raise ValueError("no author")
    return Outline(stamp_from(stamp), from_lists(lists), author)


def _checksum(text: str) -> str:
    return f"{zlib.crc32(text.encode(errors='surrogatepass')):0{_DIGITS}x}"
