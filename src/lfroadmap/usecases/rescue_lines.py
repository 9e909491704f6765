"""The content of a damaged file, or what was saved of it, in words."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote
from typing import TYPE_CHECKING

from lfroadmap.roadmap.progress import tally
from lfroadmap.text import clean
from lfroadmap.words import SafeText, Words

if TYPE_CHECKING:
    from lfroadmap.store.recovery.rescue import Findings


def findings(found: Findings, words: Words, *, command: bool = True) -> Iterator[str]:
    """The content of a file, or of what was saved of it, in lines; with `command` the one that saves it."""
    done, total = tally(found.roadmap)
    path = clean(str(found.path))
    if found.foreign_log:
        yield words("rescue.foreign_log", path=path)
    if not found.foreign_log or found.damaged:
        yield words("rescue.damaged" if found.damaged else "rescue.sound", path=path)
    if found.names > 1:
        yield words("rescue.names", n=found.names)
    if not found.sound:
        yield words("rescue.whole" if found.whole else "rescue.not_whole")
    yield words.plural("rescue.holds", found.changes, done=done, total=total)
    if found.left_out:
        yield words.plural("saved.left_out", found.left_out)
    if found.lost:
        yield words.plural("rescue.lost", found.lost)
    if found.aside:
        yield words("rescue.aside" if found.damaged else "rescue.log_aside", path=clean(str(found.aside)))
        yield words("rescue.fresh", path=path)
    elif not found.sound and command:
        yield _to_save(path, words)


def _to_save(path: str, words: Words) -> str:
    """How a file is saved; the command only for a path that is typed as it is shown."""
    if path.isascii():
        return words("rescue.to_save", file=SafeText(quote(path)))
    return words("rescue.to_save_this")
