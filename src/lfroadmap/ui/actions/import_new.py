"""A file of which a new roadmap is made."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from lfroadmap.imports.preview import PreviewContext
from lfroadmap.machine import new_id
from lfroadmap.report.import_preview import no_day_line
from lfroadmap.roadmap.table_file import ImportChoices
from lfroadmap.ui.paths import file_to_read, path_of
from lfroadmap.ui.screens.new_from_file import NewFromFileScreen
from lfroadmap.usecases.import_file import read_import

if TYPE_CHECKING:
    from lfroadmap.roadmap.model import Roadmap
    from lfroadmap.roadmap.whole_days import NoDay
    from lfroadmap.ui.session import Session
    from lfroadmap.words import Words


class WholeRoadmap(NamedTuple):
    """The roadmap in a file, and the values of an older one that stood where a day must."""

    roadmap: Roadmap
    no_days: tuple[NoDay, ...]


async def chosen_file(
    session: Session, show: Callable[[NewFromFileScreen], Awaitable[str | None]], typed: str = ""
) -> str:
    """Ask for a file, beginning with a path as it was typed; returns it as typed, empty for none."""
    return await show(NewFromFileScreen(session.words, session.settings.keys, typed)) or ""


def read_whole(session: Session, typed: str) -> WholeRoadmap | None:
    """The roadmap in a file; None for a table. Called on a thread; raises RoadmapError."""
    path = str(file_to_read(path_of(typed)))
    viewer = PreviewContext(session.words, session.settings.thresholds, session.today(), new_id)
    choices = ImportChoices(known=session.library.state.columns)
    file = read_import(path, viewer, None, choices, session.library.notify)
    return None if file.tables is not None else WholeRoadmap(*file.roadmap())


def notes_of(whole: WholeRoadmap, words: Words) -> Iterator[str]:
    """What is not taken as it stands in the file, in words."""
    for each in whole.no_days:
        yield words("cli.left_out", task=each.task, note=no_day_line(each, words))
