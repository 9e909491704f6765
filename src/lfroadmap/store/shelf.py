"""The folder of roadmaps: their names, their files, and which one was open last, on which tab."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lfroadmap.errors import RoadmapError
from lfroadmap.files import replace_file
from lfroadmap.paths import absolute, is_endless, own_folder
from lfroadmap.roadmap.model import Roadmap

SUFFIX = ".roadmap"
COMMAND_NAMES = (
    "open", "new", "list", "show", "export", "import", "diff", "history", "snapshot", "bin", "remove",
    "doctor", "schema", "path", "help",
)  # fmt: skip
"""Words of the command line; a roadmap of such a name could not be opened by it."""
ASIDE = ".damaged-"
"""What stands in the name of a damaged file that was set aside; it is not listed."""

_LONGEST, _LONGEST_BYTES = 80, 200
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))})


def data_folder() -> Path:
    """Where roadmaps live if no command says so: `LFROADMAP_DATA_DIR`, or the user's; raises RoadmapError."""
    return own_folder("data", "LFROADMAP_DATA_DIR")


def checked_name(name: str) -> str:
    """The name in composed form (NFC), so that one name is one file.

    Raises RoadmapError where a roadmap cannot be called so: the rules hold on every system, so that a
    folder can be copied from one to another.
    """
    name = unicodedata.normalize("NFC", name)
    if problem := next(_problems(name), ""):
        raise RoadmapError(f"name_{problem}", name=name)
    return name


def is_name(name: str) -> bool:
    """Whether a roadmap can be called so."""
    return not any(_problems(unicodedata.normalize("NFC", name)))


def _problems(name: str) -> Iterator[str]:
    if not name.strip():
        yield "empty"
    if any(c in '/\\<>:"|?*' or unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in name):
        yield "characters"
    if len(name) > _LONGEST or len(name.encode("utf-8", "replace")) > _LONGEST_BYTES:
        yield "long"
    if name[:1] in ("-", ".", " ") or name[-1:] in (".", " ") or ASIDE in name:
        yield "edges"
    if name.lower() in COMMAND_NAMES or name.partition(".")[0].strip().lower() in _DEVICES:
        yield "taken_word"


class Shelf:
    """The roadmaps under one data folder, a file each: `roadmaps/<name>.roadmap`.

    Raises RoadmapError for a folder that is relative to a current folder that is gone.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = absolute(folder)
        self._state = self.folder / "state.json"

    def names(self) -> tuple[str, ...]:
        """The roadmaps that are there, by alphabet; raises RoadmapError where they cannot be listed."""
        try:
            found = [entry.stem for entry in self._files() if entry.suffix == SUFFIX and entry.is_file()]
        except OSError as error:
            raise _unreadable(self.folder, error) from error
        return tuple(sorted(name for name in found if not any(_problems(name)) and self._is_own(name)))

    @staticmethod
    def _is_own(name: str) -> bool:
        """Whether the name is as we would write it: a file in another form could not be opened by name."""
        return unicodedata.is_normalized("NFC", name)

    def _files(self) -> Iterator[Path]:
        home = self.folder / "roadmaps"
        return home.iterdir() if home.exists() else iter(())

    def path(self, name: str) -> Path:
        """The file of a roadmap, there or not; raises RoadmapError for what cannot be a name."""
        return self.folder / "roadmaps" / (checked_name(name) + SUFFIX)

    def exists(self, name: str) -> bool:
        """Whether something stands under this name; raises RoadmapError where that cannot be told."""
        path = self.path(name)
        try:
            path.lstat()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise _unreadable(path, error) from error
        return True

    def create(self, name: str, roadmap: Roadmap, author: str) -> Path:
        """Put a new roadmap on the shelf and return its file; never touches one that is there."""
        from lfroadmap.store.store import Store  # noqa: PLC0415 - a look at the shelf needs no store

        path = self.path(name)
        self._make_home()
        try:
            Store.create(path, roadmap, author)
        except FileExistsError as error:
            raise RoadmapError("roadmap_exists", name=name, path=path) from error
        except OSError as error:
            raise RoadmapError("folder_unwritable", path=path.parent, reason=error.strerror) from error
        return path

    def _make_home(self) -> None:
        home = self.folder / "roadmaps"
        try:
            home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RoadmapError("folder_unwritable", path=home, reason=error.strerror) from error

    def free_name(self, wanted: str) -> str:
        """`wanted`, or it with the first number behind it that is free."""
        name, n = wanted, 1
        while self.exists(name):
            n += 1
            name = f"{wanted}-{n}"
        return name

    def last(self) -> str | None:
        """The roadmap that was open last, or where that is forgotten changed last; None if there is none."""
        names = self.names()
        remembered = self._read().get("last")
        if remembered in names:
            return str(remembered)
        return max(names, key=lambda name: self.path(name).stat().st_mtime_ns, default=None)

    def tab(self, name: str) -> str:
        """The tab that the roadmap was left on; empty where it is not known."""
        tabs = self._read().get("tabs")
        tab = tabs.get(name) if isinstance(tabs, dict) else None
        return tab if isinstance(tab, str) else ""

    def remember(self, name: str, tab: str) -> bool:
        """Note which roadmap is open, on which tab; False where the disk did not take the note.

        It is a comfort, not work: whoever opens a roadmap in a folder that takes no writes goes on.
        """
        known = self._read()
        tabs = known.get("tabs")
        state = known | {"last": name, "tabs": (tabs if isinstance(tabs, dict) else {}) | {name: tab}}
        if state == known:
            return True
        try:
            replace_file(self._state, json.dumps(state, ensure_ascii=False, indent=1) + "\n")
        except OSError:
            return False
        return True

    def _read(self) -> dict[str, Any]:
        """What was noted; nothing where the note is lost or broken."""
        if is_endless(self._state):
            return {}
        try:
            state = json.loads(self._state.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return state if isinstance(state, dict) else {}


def _unreadable(path: Path, error: OSError) -> RoadmapError:
    return RoadmapError("folder_unreadable", path=path, reason=error.strerror)
