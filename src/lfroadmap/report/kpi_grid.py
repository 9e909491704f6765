"""The KPIs of a roadmap as a table of the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lfroadmap.report.formatting import format_problem, format_standing, format_target, with_unit
from lfroadmap.report.nodes import Grid, Value
from lfroadmap.report.relation_texts import RelationTexts
from lfroadmap.report.value_source import source_note
from lfroadmap.report.values import format_value
from lfroadmap.report.way_value import WayValue
from lfroadmap.roadmap.activity import Values
from lfroadmap.roadmap.kpi_readings import current_reading
from lfroadmap.roadmap.model import Kpi, Roadmap
from lfroadmap.roadmap.progress import iso_day, own_baseline, standing
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import dots
from lfroadmap.words import Words


def kpi_grid(
    roadmap: Roadmap,
    labels: Labels,
    words: Words,
    values: Mapping[str, Values] = {},
    relations: RelationTexts | None = None,
) -> Grid:
    """A row for each KPI: measure, target, current value with its day, standing, owner.

    `values` are those that each has had, by its id, as far as the history is known; with `relations` the
    cards that move it are under its measure.
    """
    heads = ("measure", "target", "current", "standing", "owner")
    moved_by = relations.moved_by if relations else lambda kpi: ""
    rows = tuple(
        _with_cards(_row(roadmap, kpi, labels, words, values.get(kpi.id, ())), moved_by(kpi), words)
        for kpi in roadmap.kpis
    )
    return Grid(tuple(words(f"report.{head}") for head in heads), rows)


def _with_cards(row: tuple[Value, ...], cards: str, words: Words) -> tuple[Value, ...]:
    """The row with the cards that move its KPI under the measure."""
    if not cards:
        return row
    note = dots(filter(None, (row[0].note, cards)), words.direction)
    return replace(row[0], note=note), *row[1:]


def _row(roadmap: Roadmap, kpi: Kpi, labels: Labels, words: Words, values: Values) -> tuple[Value, ...]:
    status = standing(kpi, labels.kpi(kpi, "target"))
    return (
        format_value(labels.of(kpi), note=labels.kpi(kpi, "definition")),
        _target(kpi, labels, words),
        _current(roadmap, kpi, labels, words, values),
        WayValue(format_standing(status, words), status.tone or "muted", standing=status),
        format_value(labels.kpi(kpi, "owner")),
    )


def _target(kpi: Kpi, labels: Labels, words: Words) -> Value:
    target, unit = labels.kpi(kpi, "target"), labels.kpi(kpi, "unit")
    if problem := format_problem(target, words):
        return Value(target, "risk", problem)
    signed = target.lstrip().startswith(("+", "-", "−", "–"))  # the sign says it already
    better = "" if signed or not kpi.better or not target.strip() else words(f"report.{kpi.better}")
    start = own_baseline(kpi, target)
    day = words("report.from_day", baseline=with_unit(start.value, unit), day=_day(start.day, words))
    note = " · ".join(part for part in (better, day if start.day else "") if part)
    return format_value(format_target(target, start.value, unit, words), note=note)


def _day(day: str, words: Words) -> str:
    found = iso_day(day)
    return words.day(found) if found else ""


def _current(roadmap: Roadmap, kpi: Kpi, labels: Labels, words: Words, values: Values) -> Value:
    """The current value, with what is wrong with it, its source or day, the baseline and its problem."""
    unit = labels.kpi(kpi, "unit")
    start = words("report.from", baseline=with_unit(kpi.baseline, unit)) if kpi.baseline else ""
    problems = [format_problem(typed, words) for typed in (kpi.current, kpi.baseline)]
    source = source_note(roadmap, kpi, labels, words) or _last_day(kpi, values, words)
    note = " · ".join(part for part in (problems[0], source, start, problems[1]) if part)
    shown = format_value(with_unit(kpi.current, unit), note=note)
    return replace(shown, style="risk") if any(problems) else shown


def _last_day(kpi: Kpi, values: Values, words: Words) -> str:
    """The day of the current value: its own, or else the one on which it was typed; empty if unknown."""
    if not kpi.current:
        return ""
    reading = current_reading(kpi)
    if reading and iso_day(reading.day):
        return words("report.on_day", day=_day(reading.day, words))
    if values and values[-1][1] == kpi.current:
        return words("report.on_day", day=words.day(values[-1][0].date()))
    return ""
