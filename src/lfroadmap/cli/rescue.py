"""Saving what can be saved of a damaged file, and saying what that is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lfroadmap.cli.desk import Desk
from lfroadmap.text import clean
from lfroadmap.words import Words

if TYPE_CHECKING:
    from lfroadmap.store.rescue import Findings

DONE, NOT_DONE = 0, 1


def rescue_file(desk: Desk) -> int:
    """Say whether a file is sound; of a damaged one, save what can be saved. With --check only look."""
    from lfroadmap.store.rescue import examine, rescue

    path = _path(desk, desk.needed("file", "doctor"))
    found = examine(path) if desk.options.check else rescue(path)
    if desk.options.json:
        print(json.dumps(_plain(found), ensure_ascii=False, indent=2))
    else:
        print("\n".join(findings(found, desk.words)))
    return NOT_DONE if desk.options.check and not found.sound else DONE


def _path(desk: Desk, named: str) -> Path:
    """A file, or the file of a roadmap that is called so."""
    path = Path(named)
    if len(path.parts) == 1 and named in desk.shelf.names() and not path.exists():
        return desk.shelf.path(named)
    return path


def findings(found: Findings, words: Words) -> Iterator[str]:
    """What a file holds, or what was saved of it, in lines of words."""
    from lfroadmap.roadmap.progress import tally

    done, total = tally(found.roadmap)
    path = clean(str(found.path))
    yield words("rescue.sound" if found.sound else "rescue.damaged", path=path)
    if not found.sound:
        yield words("rescue.whole" if found.whole else "rescue.not_whole")
    yield words("rescue.holds", done=done, total=total, n=found.changes)
    if found.lost:
        yield words.plural("rescue.lost", found.lost)
    if found.aside:
        yield words("rescue.aside", path=clean(str(found.aside)))
        yield words("rescue.fresh", path=path)
    elif not found.sound:
        yield words("rescue.to_save", path=path)


def _plain(found: Findings) -> dict[str, object]:
    return {
        "path": str(found.path),
        "sound": found.sound,
        "whole": found.whole,
        "changes": found.changes,
        "lost_changes": found.lost,
        "set_aside": str(found.aside) if found.aside else None,
    }
