"""Work that is the same for every app of a test run, done once in a process."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.library.library import Library, make_folder

_parse = Stylesheet._parse_rules


def create(library: Library, name: str, roadmap: Roadmap, author: str) -> None:
    """Create a roadmap as the library does, of the bytes of an equal one that was made before."""
    path = library.path(name)
    make_folder(path.parent)
    path.touch(0o600, exist_ok=False)
    path.write_bytes(_created(roadmap, author))


@cache
def _created(roadmap: Roadmap, author: str) -> bytes:
    with TemporaryDirectory() as folder:
        return Library(Path(folder)).create("plan", roadmap, author).read_bytes()


def share_parsed_rules() -> None:
    """Have each app take the rules that an app before it has parsed from the same text and variables."""
    known: dict[object, list[RuleSet]] = {}

    def parse(self: Stylesheet, css: str, *args: Hashable, **kwargs: Hashable) -> list[RuleSet]:
        key = (css, frozenset(self._variables.items()), args, frozenset(kwargs.items()))
        if key not in known:
            known[key] = _parse(self, css, *args, **kwargs)  # type: ignore[arg-type]
        return known[key]

    Stylesheet._parse_rules = parse  # type: ignore[method-assign]
