"""Exporting a roadmap: what the files are made from, and writing one or several of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.export.context import USUAL, ExportContext, FormatChoices
from lfroadmap.export.export_progress import ExportProgress
from lfroadmap.export.formats import FORMATS, all_formats, makers, render
from lfroadmap.export.pipes import Stop, never
from lfroadmap.export.writing import default_name, make_folder, write_file
from lfroadmap.machine import now
from lfroadmap.roadmap.measurements import latest
from lfroadmap.roadmap.named_nodes import likest
from lfroadmap.roadmap.schedule import GROUPINGS, Grouping
from lfroadmap.roadmap.scope import WHOLE, Scope, within
from lfroadmap.roadmap.task_line import owners_of
from lfroadmap.roadmap.templates import Labels
from lfroadmap.usecases.author import author

if TYPE_CHECKING:
    from lfroadmap.report.change_log import HistoryLine
    from lfroadmap.roadmap.activity import Activity
    from lfroadmap.roadmap.model import Roadmap
    from lfroadmap.roadmap.progress import Thresholds
    from lfroadmap.usecases.points_in_time import PointInTime
    from lfroadmap.words import Words


_MOST_LISTED = 20
"""Most people whom an error names."""


def file_name(name: str, format_name: str, day: date) -> str:
    """The name of a file that nobody named."""
    return default_name(name, FORMATS[format_name].suffix, day)


def called(name: str, owner: str) -> str:
    """What a file is called that nobody named: as the roadmap, and whose part of it that is."""
    return f"{name} {owner}".rstrip()


def set_files(folder: Path, name: str, day: date, *, history: bool) -> dict[str, Path]:
    """Format -> file of the export of everything; with the history's own file if the history is included.

    The folder is made where it is not there: raises RoadmapError.
    """
    make_folder(folder)
    return {each: folder / file_name(name, each, day) for each in all_formats(history=history)}


def made_by(names: Iterable[str], words: Words) -> Iterator[str]:
    """A sentence for each format that another program makes: which one it is."""
    for name, program in makers(names).items():
        yield words("export.made_with", program=program, format=name)


def left_out(names: Iterable[str], words: Words, *, history: bool) -> str:
    """A sentence that names the formats which an export of everything cannot make here; empty for none."""
    wanted = (name for name, each in FORMATS.items() if history or not each.is_history)
    missing = [name for name in wanted if name not in set(names)]
    return words("export.left_out", names=", ".join(missing)) if missing else ""


def owner_called(roadmap: Roadmap, wanted: str) -> str:
    """The owner in a roadmap whom a text means: by the whole name, its beginning, or words of it.

    Raises RoadmapError where nobody is meant, and UsageError where several people are.
    """
    known = owners_of(roadmap)
    found = likest(wanted, known)
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError("several_owners", name=wanted, found=[*found[:_MOST_LISTED]])
    rest = ["…"] if len(known) > _MOST_LISTED else []
    raise RoadmapError("no_such_owner", name=wanted, known=[*known[:_MOST_LISTED], *rest])


def grouping_called(wanted: str | None) -> Grouping:
    """What a timeline is to be grouped by, as a text says it; raises UsageError."""
    found = next((each for each in GROUPINGS if each == (wanted or GROUPINGS[0])), None)
    if found is None:
        raise UsageError("no_grouping", value=wanted, known=[*GROUPINGS])
    return found


def part_of(roadmap: Roadmap, words: Words, owner: str) -> Roadmap:
    """What an owner has of a roadmap; without an owner the roadmap itself."""
    if not owner:
        return roadmap
    from lfroadmap.roadmap.owner_part import owner_part  # noqa: PLC0415 - most exports are of everybody

    return owner_part(roadmap, Labels(roadmap.template, words.language), owner)


def whole_context(roadmap: Roadmap, words: Words, day: date, thresholds: Thresholds) -> ExportContext:
    """A whole roadmap as of a day, without its history."""
    return ExportContext(roadmap, words, day, thresholds, now(), author())


def activity_at(file: Path, point: PointInTime) -> Activity:
    """The activity of a roadmap up to a moment, out of its own file; raises BrokenStore."""
    from lfroadmap.store.history.activity import activity  # noqa: PLC0415 - most exports have no charts
    from lfroadmap.store.history.earlier import earlier  # noqa: PLC0415
    from lfroadmap.store.history.slipped_days import slipped_days  # noqa: PLC0415

    found = activity(file, point.roadmap, point.change)
    slipped = slipped_days(file, point.roadmap, point.change)
    return found._replace(slipped=slipped, earlier=earlier(file, point.day, point.change))


@dataclass(frozen=True, slots=True)
class ExportSource:
    """A roadmap at one moment, and how much of it is exported."""

    point: PointInTime
    file: Path
    """The roadmap's own file, which holds its history."""
    words: Words
    thresholds: Thresholds
    scope: Scope = WHOLE
    choices: FormatChoices = USUAL
    history: bool = False
    """True if every format gets the history, and not only those that hold nothing else."""

    def needs_history(self, formats: Iterable[str]) -> bool:
        """True if the history is read for these formats."""
        return self.history or any(FORMATS[name].is_history for name in formats)

    def context(
        self, formats: Iterable[str], *, reload: int = 0, progress: ExportProgress | None = None
    ) -> ExportContext:
        """The input of these formats; raises BrokenStore, and Cancelled as `progress` says.

        `reload` is the number of seconds after which an open page looks for a newer one.
        """
        whole = self.point.roadmap
        part = within(whole, self.scope)
        part = _without_past(part) if self.choices.no_past else part
        scoped, part = part, part_of(part, self.words, self.choices.owner)
        out = whole_context(part, self.words, self.point.day, self.thresholds)
        out = replace(out, part=part is not whole, reload=reload, choices=self.choices)
        out = out if part is scoped else replace(out, whole=scoped)
        out = replace(out, everything=whole) if len(scoped.stages) < len(whole.stages) else out
        if any(FORMATS[name].is_charted for name in formats) and not self.choices.no_past:
            out = replace(out, activity=activity_at(self.file, self.point))
        return replace(out, history=self._history(progress)) if self.needs_history(formats) else out

    def _history(self, progress: ExportProgress | None) -> tuple[HistoryLine, ...]:
        """The changes up to the moment, as far as the scope goes."""
        from lfroadmap.report.change_log import history_lines  # noqa: PLC0415 - most exports have no history
        from lfroadmap.store.history.queries import every, numbers  # noqa: PLC0415

        last = self.point.change
        rows = every(self.file, upto=last)
        if progress is not None:
            count = sum(last is None or number <= last for number in numbers(self.file))
            rows = progress.track(rows, count)
        return history_lines(rows, self.point.roadmap, self.words, self.scope)


def _without_past(roadmap: Roadmap) -> Roadmap:
    """The roadmap without the values of days that its KPIs have, and of measurements with the newest alone.

    It is the same object where it has none of these.
    """
    if not any(kpi.readings for kpi in roadmap.kpis) and len(roadmap.measurements) < 2:
        return roadmap
    newest = latest(roadmap.measurements)
    kpis = tuple(replace(kpi, readings=()) for kpi in roadmap.kpis)
    return replace(roadmap, kpis=kpis, measurements=(newest,) if newest else ())


class FileResult(NamedTuple):
    """The end of writing one file: its full path, or the error."""

    path: Path
    """As it was asked for."""
    written: Path | None
    error: RoadmapError | None = None


def write_files(
    context: ExportContext,
    paths: Mapping[str, Path],
    may_replace: Callable[[Path], bool],
    *,
    stop: Stop = never,
    begin: Callable[[], ExportProgress] = ExportProgress,
) -> Iterator[FileResult]:
    """Write each format into its file; the others are written where one cannot be.

    A pipe waits for its reader until `stop` says so. `begin` is called before each file and returns its
    progress: raises Cancelled where that is cancelled, and then writes no more.
    """
    for name, path in paths.items():
        progress = begin()
        try:
            data = render(replace(context, progress=progress), name)
            progress.reach(1.0)
            result = FileResult(path, write_file(data, path, force=may_replace(path), stop=stop))
        except RoadmapError as error:
            result = FileResult(path, None, error)
        yield result


def written_paths(results: Iterable[FileResult], report: Callable[[RoadmapError], None]) -> Iterator[Path]:
    """The files that were written; afterwards the last error is raised, and the others are reported.

    Errors that say the same, such as that of a missing folder, count once.
    """
    errors: dict[str, RoadmapError] = {}
    for result in results:
        if result.written is not None:
            yield result.written
        if result.error is not None:
            errors.setdefault(str(result.error), result.error)
    if errors:
        *others, last = errors.values()
        for error in others:
            report(error)
        raise last
