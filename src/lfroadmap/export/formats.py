"""The table of formats; what a format needs is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lfroadmap.errors import RoadmapError
from lfroadmap.export.context import ExportContext
from lfroadmap.export.pipes import Stop, never
from lfroadmap.export.writing import write_file

if TYPE_CHECKING:
    from lfroadmap.report.nodes import Report


class Format(NamedTuple):
    """A sort of file that a snapshot can be written as."""

    suffix: str
    words: str
    """Key of the line that tells what it is for."""
    render: Callable[[ExportContext], bytes]
    is_history: bool = False
    """It tells nothing but the history, and so is of no use without one."""


def _report(snapshot: ExportContext) -> Report:
    from lfroadmap.report.report import report  # noqa: PLC0415 - brings rich along

    held = snapshot
    return report(
        held.roadmap,
        held.words,
        today=held.today,
        thresholds=held.thresholds,
        history=held.history,
        part=held.part,
    )


def _html(snapshot: ExportContext) -> bytes:
    from lfroadmap.export.html import Made, page  # noqa: PLC0415

    told, held = _report(snapshot), snapshot
    made = Made(held.moment, held.author, held.part, held.reload)
    written = page(told, held.roadmap, held.words, made, held.pace).encode()
    held.pace.reach(1.0)
    return written


def _json(snapshot: ExportContext) -> bytes:
    from lfroadmap.roadmap.schema import dump  # noqa: PLC0415

    held = snapshot
    history = None if held.history is None else [line.plain() for line in held.history]
    language, through = held.words.language, held.pace.through
    return dump(held.roadmap, language, history, part=held.part, through=through).encode()


def _xlsx(snapshot: ExportContext) -> bytes:
    from lfroadmap.export.xlsx import workbook  # noqa: PLC0415

    return workbook(snapshot)


def _csv(name: str, snapshot: ExportContext) -> bytes:
    from lfroadmap.export.csv import sheet  # noqa: PLC0415
    from lfroadmap.report.tables import table  # noqa: PLC0415

    return sheet(table(snapshot.roadmap, snapshot.words, name), snapshot.words, snapshot.pace)


def _csv_history(snapshot: ExportContext) -> bytes:
    from lfroadmap.export.csv import sheet  # noqa: PLC0415
    from lfroadmap.report.history_section import table  # noqa: PLC0415

    return sheet(table(snapshot.history or ()), snapshot.words, snapshot.pace)


def _markdown(snapshot: ExportContext) -> bytes:
    from lfroadmap.export.markdown import text  # noqa: PLC0415

    return text(_report(snapshot), snapshot.words, snapshot.pace).encode()


def _ics(snapshot: ExportContext) -> bytes:
    from lfroadmap.export.ics import calendar  # noqa: PLC0415

    return calendar(snapshot.roadmap, snapshot.words, snapshot.written())


def _svg(snapshot: ExportContext) -> bytes:
    from lfroadmap.export.svg import picture  # noqa: PLC0415

    return picture(snapshot).encode()


FORMATS: dict[str, Format] = {
    "html": Format(".html", "export.html", _html),
    "json": Format(".json", "export.json", _json),
    "xlsx": Format(".xlsx", "export.xlsx", _xlsx),
    "csv": Format(".csv", "export.csv", partial(_csv, "tasks")),
    "csv-cards": Format("-cards.csv", "export.csv-cards", partial(_csv, "cards")),
    "csv-kpis": Format("-kpis.csv", "export.csv-kpis", partial(_csv, "kpis")),
    "csv-history": Format("-history.csv", "export.csv-history", _csv_history, is_history=True),
    "md": Format(".md", "export.md", _markdown),
    "ics": Format(".ics", "export.ics", _ics),
    "svg": Format(".svg", "export.svg", _svg),
}


def all_formats(*, history: bool) -> tuple[str, ...]:
    """The names of all formats that are written together, with the history or without it."""
    return tuple(name for name, form in FORMATS.items() if history or not form.is_history)


def render(snapshot: ExportContext, format_name: str) -> bytes:
    """The whole file as bytes, for a pipe; raises KeyError for a format that is not in the table."""
    return FORMATS[format_name].render(snapshot)


def write(
    snapshot: ExportContext,
    format_name: str,
    destination: Path,
    *,
    force: bool = False,
    private: bool = False,
    stop: Stop = never,
) -> Path:
    """Write a snapshot into a file and return its full path, as `put`; raises RoadmapError.

    Without `force` nothing that is there is replaced: the error's key is `file_exists`. A pipe waits for
    its reader until `stop` says so.
    """
    return write_file(render(snapshot, format_name), destination, force=force, private=private, stop=stop)


def write_somewhere(snapshot: ExportContext, name: str, folders: Iterable[Path]) -> Path:
    """Write a roadmap that its own file did not take as JSON into the first of the folders that does.

    The file is for its owner alone. Returns its full path; raises RoadmapError that names each folder with
    its reason where none takes it.
    """
    data = render(snapshot, "json")
    file = f"{name}-unsaved-{snapshot.written():%Y-%m-%d-%H%M%S}.json"
    refused = []
    for folder in folders:
        try:
            return write_file(data, folder / file, private=True)
        except RoadmapError as error:
            reason = error.facts.get("reason") or error
            refused.append(RoadmapError("no_copy_there", path=folder, reason=reason))
    raise RoadmapError("no_copy", refused=tuple(refused))
