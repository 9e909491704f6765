"""Writing snapshots: one, the whole set, or one that follows the roadmap."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from lfroadmap.cli.desk import Desk, author, now
from lfroadmap.cli.past import roadmap_at
from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.roadmap.model import Roadmap

if TYPE_CHECKING:
    from lfroadmap.export import Snapshot

DONE = 0


def export(desk: Desk) -> int:
    """Write a snapshot of a roadmap into a file or, with `-o -`, to the standard output."""
    if desk.options.watch and desk.options.at:
        raise UsageError("watch_past")
    if desk.options.all:
        return _all(desk)
    wanted = _format(desk)
    name = desk.chosen_name()
    if desk.options.watch and desk.options.output == "-":
        raise UsageError("watch_needs_file")
    roadmap, day = roadmap_at(desk, name)
    if desk.options.output == "-":
        return print_(snapshot_of(desk, _part(desk, roadmap), day), wanted)
    path = Path(desk.options.output or _default(name, wanted, day))
    _write(desk, {wanted: path}, roadmap, day)
    return _watch(desk, name, {wanted: path}) if desk.options.watch else DONE


def _format(desk: Desk) -> str:
    from lfroadmap.export import FORMATS

    wanted = desk.needed("format", "export")
    if wanted not in FORMATS:
        raise UsageError("no_format", name=wanted, known=", ".join(FORMATS))
    return wanted


def _all(desk: Desk) -> int:
    """Write every format into a folder; what is alone in the line is the roadmap's name."""
    from lfroadmap.export import FORMATS

    if desk.options.format and desk.options.name:
        raise UsageError("unknown_argument", argument=desk.options.format, command="export --all")
    desk.options.name = desk.options.name or desk.options.format
    name = desk.chosen_name()
    folder = Path(desk.options.output or ".")
    if desk.options.output == "-" or folder.is_file():
        raise UsageError("all_needs_folder")
    roadmap, day = roadmap_at(desk, name)
    paths = {wanted: folder / _default(name, wanted, day) for wanted in FORMATS}
    _write(desk, paths, roadmap, day)
    return _watch(desk, name, paths) if desk.options.watch else DONE


def _default(name: str, wanted: str, day: date) -> str:
    from lfroadmap.export import FORMATS, default_name

    return default_name(name, FORMATS[wanted].suffix, day)


def snapshot_of(desk: Desk, roadmap: Roadmap, day: date) -> Snapshot:
    """A roadmap as of a day, told to this person's liking."""
    from lfroadmap.export import Snapshot

    return Snapshot(roadmap, desk.words, day, desk.settings.thresholds, now(), author())


def print_(held: Snapshot, wanted: str) -> int:
    """Write to the standard output what is UTF-8 whatever the terminal speaks."""
    from lfroadmap.export import render

    sys.stdout.flush()
    sys.stdout.buffer.write(render(held, wanted))
    return DONE


def _write(desk: Desk, paths: dict[str, Path], roadmap: Roadmap, day: date) -> None:
    """Write each file and print its path; of several, the others are written where one cannot be."""
    from lfroadmap.export import write

    held = snapshot_of(desk, _part(desk, roadmap), day)
    trouble: RoadmapError | None = None
    for wanted, path in paths.items():
        try:
            print(write(held, wanted, path, force=desk.options.force))
        except RoadmapError as error:
            if trouble is not None:
                desk.complain(trouble)
            trouble = error
    if trouble is not None:
        raise trouble


def _part(desk: Desk, roadmap: Roadmap) -> Roadmap:
    """The stages that were asked for, by number, and without long texts if so asked."""
    from lfroadmap.roadmap.excerpt import excerpt

    asked: str | None = desk.options.stages
    if asked is None:
        return excerpt(roadmap, without_long=desk.options.brief)
    numbers = [int(part) if part.strip().isdecimal() else 0 for part in asked.split(",")]
    if not all(0 < number <= len(roadmap.stages) for number in numbers):
        raise UsageError("no_stage", given=asked, last=len(roadmap.stages))
    ids = {roadmap.stages[number - 1].id for number in numbers}
    return excerpt(roadmap, ids, without_long=desk.options.brief)


def _watch(desk: Desk, name: str, paths: dict[str, Path]) -> int:
    """Write the files again whenever the roadmap changes, until told to end."""
    from lfroadmap.cli.watching import watch
    from lfroadmap.export import write

    def rewrite(roadmap: Roadmap) -> None:
        held = snapshot_of(desk, _part(desk, roadmap), now().date())
        for wanted, path in paths.items():
            write(held, wanted, path, force=True)

    said: Callable[..., None] = desk.say
    said("watch.begun", name=name)
    sys.stdout.flush()
    watch(desk.shelf.path(name), rewrite, desk.complain)
    return DONE
