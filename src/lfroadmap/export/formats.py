"""The table of formats; the code of a format is imported on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lfroadmap.errors import RoadmapError
from lfroadmap.export.context import ExportContext
from lfroadmap.export.pipes import Stop, never
from lfroadmap.export.writing import write_file

if TYPE_CHECKING:
    from lfroadmap.export.programs import Program
    from lfroadmap.report.nodes import Report


class Format(NamedTuple):
    """A file format of an export."""

    suffix: str
    words: str
    """Key of the line that describes its purpose."""
    render: Callable[[ExportContext], bytes]
    is_history: bool = False
    """True if it has only the history, and so is useless without one."""
    is_charted: bool = False
    """True if it shows the roadmap over time."""
    maker: Callable[[], Program] | None = None
    """The other program that makes it, for formats that need one; raises RoadmapError where there is none."""

    def is_possible(self) -> bool:
        """True if what it needs is installed."""
        try:
            return self.maker is None or bool(self.maker())
        except RoadmapError:
            return False


def _report(context: ExportContext) -> Report:
    from lfroadmap.report.report import report  # noqa: PLC0415 - brings rich along

    return report(
        context.roadmap,
        context.words,
        today=context.today,
        thresholds=context.thresholds,
        history=context.history,
        part=context.part,
        owner=context.choices.owner,
        activity=context.activity,
        whole=context.whole,
        everything=context.everything,
        by=context.choices.by,
    )


def _html(context: ExportContext) -> bytes:
    from lfroadmap.export.html import Made, page  # noqa: PLC0415

    made = Made(context.moment, context.author, context.part, context.reload)
    data = page(_report(context), context.roadmap, context.words, made, context.progress).encode()
    context.progress.reach(1.0)
    return data


def _json(context: ExportContext) -> bytes:
    from lfroadmap.roadmap.schema import dump  # noqa: PLC0415

    history = None if context.history is None else [line.plain() for line in context.history]
    language, through = context.words.language, context.progress.track
    return dump(context.roadmap, language, history, part=context.part, through=through).encode()


def _xlsx(context: ExportContext) -> bytes:
    from lfroadmap.export.xlsx import workbook  # noqa: PLC0415

    return workbook(context)


def _csv(name: str, context: ExportContext) -> bytes:
    from lfroadmap.export.csv import sheet  # noqa: PLC0415
    from lfroadmap.report.tables import table, with_day  # noqa: PLC0415

    days = context.thresholds.risk_days
    rows = with_day(table(context.roadmap, context.words, name, context.today, days), context.today)
    return sheet(rows, context.words, context.progress, stable=context.choices.stable_heads)


def _csv_calculators(context: ExportContext) -> bytes:
    from lfroadmap.export.csv import sheet  # noqa: PLC0415
    from lfroadmap.report.calculators.calculator_table import calculator_table  # noqa: PLC0415

    rows = calculator_table(context.roadmap, context.words)
    return sheet(rows, context.words, context.progress, stable=context.choices.stable_heads)


def _csv_measurements(context: ExportContext) -> bytes:
    from lfroadmap.export.csv import sheet  # noqa: PLC0415
    from lfroadmap.report.flows.figure_tables import measurement_table  # noqa: PLC0415

    rows = measurement_table(context.roadmap.measurements, context.words)
    return sheet(rows, context.words, context.progress)


def _csv_history(context: ExportContext) -> bytes:
    from lfroadmap.export.csv import sheet  # noqa: PLC0415
    from lfroadmap.report.history_section import table  # noqa: PLC0415

    rows = table(context.history or ())
    return sheet(rows, context.words, context.progress, stable=context.choices.stable_heads)


def _analysis(context: ExportContext) -> bytes:
    from lfroadmap.report.analysis import analysis  # noqa: PLC0415
    from lfroadmap.roadmap.json_text import json_text  # noqa: PLC0415

    found = analysis(
        context.roadmap,
        context.words,
        today=context.today,
        risk_days=context.thresholds.risk_days,
        activity=context.activity,
        history=context.history,
        whole=context.everything or context.whole,
    )
    return (json_text(found) + "\n").encode()


def _markdown(context: ExportContext) -> bytes:
    from lfroadmap.export.markdown import text  # noqa: PLC0415

    gantt = context.choices.gantt
    return text(_report(context), context.words, context.progress, gantt=gantt).encode()


def _ics(context: ExportContext) -> bytes:
    from lfroadmap.export.ics import calendar  # noqa: PLC0415

    choices = context.choices
    return calendar(
        context.roadmap,
        context.words,
        context.today,
        context.written(),
        owner=choices.owner,
        all_events=choices.all_events,
    )


def _svg(context: ExportContext) -> bytes:
    from lfroadmap.export.svg import picture  # noqa: PLC0415

    return picture(context).encode()


def _png(context: ExportContext) -> bytes:
    from lfroadmap.export.png import png  # noqa: PLC0415
    from lfroadmap.export.svg import picture  # noqa: PLC0415

    return png(picture(context), context.progress)


def _png_maker() -> Program:
    from lfroadmap.export.png import maker  # noqa: PLC0415

    return maker()


def _pdf(context: ExportContext) -> bytes:
    from lfroadmap.export.pdf import pdf  # noqa: PLC0415

    return pdf(_html(replace(context, reload=0)).decode(), context.progress)


def _pdf_maker() -> Program:
    from lfroadmap.export.pdf import maker  # noqa: PLC0415

    return maker()


FORMATS: dict[str, Format] = {
    "html": Format(".html", "export.html", _html, is_charted=True),
    "pdf": Format(".pdf", "export.pdf", _pdf, is_charted=True, maker=_pdf_maker),
    "json": Format(".json", "export.json", _json),
    "json-analysis": Format("-analysis.json", "export.json-analysis", _analysis, is_charted=True),
    "xlsx": Format(".xlsx", "export.xlsx", _xlsx, is_charted=True),
    "csv": Format(".csv", "export.csv", partial(_csv, "tasks")),
    "csv-cards": Format("-cards.csv", "export.csv-cards", partial(_csv, "cards")),
    "csv-kpis": Format("-kpis.csv", "export.csv-kpis", partial(_csv, "kpis")),
    "csv-calculators": Format("-calculators.csv", "export.csv-calculators", _csv_calculators),
    "csv-measurements": Format("-measurements.csv", "export.csv-measurements", _csv_measurements),
    "csv-history": Format("-history.csv", "export.csv-history", _csv_history, is_history=True),
    "md": Format(".md", "export.md", _markdown, is_charted=True),
    "ics": Format(".ics", "export.ics", _ics),
    "svg": Format(".svg", "export.svg", _svg, is_charted=True),
    "png": Format(".png", "export.png", _png, is_charted=True, maker=_png_maker),
}


def all_formats(*, history: bool) -> tuple[str, ...]:
    """The names of all formats that are written together, with the history or without it.

    Those that need a program which is not here are no part of it.
    """
    wanted = {name: each for name, each in FORMATS.items() if history or not each.is_history}
    return tuple(name for name, each in wanted.items() if each.is_possible())


def makers(names: Iterable[str]) -> dict[str, str]:
    """The formats that another program makes here -> how it is called; without those that a library makes."""
    wanted = {name: FORMATS[name] for name in names}
    programs = {name: each.maker() for name, each in wanted.items() if each.maker and each.is_possible()}
    return {name: program.name for name, program in programs.items() if program.path}


def render(context: ExportContext, format_name: str) -> bytes:
    """The file as bytes, for a pipe; raises KeyError for an unknown format."""
    return FORMATS[format_name].render(context)


def write(
    context: ExportContext,
    format_name: str,
    destination: Path,
    *,
    force: bool = False,
    private: bool = False,
    stop: Stop = never,
) -> Path:
    """Write an export to a file and return its full path, as `write_file`; raises RoadmapError.

    Without `force` no existing file is replaced: the error's key is `file_exists`. Writing to a pipe waits
    for its reader until `stop` returns True.
    """
    return write_file(render(context, format_name), destination, force=force, private=private, stop=stop)


def write_somewhere(context: ExportContext, name: str, folders: Iterable[Path]) -> Path:
    """Write a roadmap that cannot be saved as JSON into the first of the folders that takes it.

    The file is readable for its owner only. Returns its full path; raises RoadmapError with the reason for
    each folder where none takes it.
    """
    data = render(context, "json")
    file = f"{name}-unsaved-{context.written():%Y-%m-%d-%H%M%S}.json"
    failures = []
    for folder in folders:
        try:
            return write_file(data, folder / file, private=True)
        except RoadmapError as error:
            reason = error.facts.get("reason") or error
            failures.append(RoadmapError("no_copy_there", path=folder, reason=reason))
    raise RoadmapError("no_copy", refused=tuple(failures))
