"""The report of a comparison of two states of a roadmap."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from lfroadmap.report.cell_changes import cells_grid, with_bindings
from lfroadmap.report.comparison_summary import late_title, summary_of
from lfroadmap.report.flows.moved import measures_grid
from lfroadmap.report.flows.turned import turned_grid
from lfroadmap.report.formatting import (
    HEALTH_TONES,
    describe_health,
    format_standing,
    with_unit,
)
from lfroadmap.report.nodes import Facts, Grid, Meter, Node, Report, Section, Value, limit_rows
from lfroadmap.report.reading_changes import reading_changes
from lfroadmap.report.relation_grid import relations_grid, with_repeats
from lfroadmap.report.values import EMPTY
from lfroadmap.roadmap.comparison import (
    TASK_WORDS,
    Comparison,
    KpiChange,
    TaskChange,
)
from lfroadmap.roadmap.health import HealthSummary
from lfroadmap.roadmap.late_changes import LATE_WORDS, LateChange
from lfroadmap.roadmap.progress import (
    DEFAULT_THRESHOLDS,
    Tally,
    Thresholds,
    iso_day,
)
from lfroadmap.roadmap.shifts import Shift
from lfroadmap.roadmap.value_changes import ValueChange
from lfroadmap.text import arrow, one_line
from lfroadmap.words import Words


@dataclass(frozen=True, slots=True)
class Ends:
    """Names of the two states: a file's name, a day, `now`."""

    then: str
    now: str


def comparison_report(
    comparison: Comparison,
    ends: Ends,
    words: Words,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    limit: int | None = None,
) -> Report:
    """The report of a comparison: progress first, then its parts.

    Of more than `limit` rows of a part the rest is only counted, for a screen that must not wait.
    """
    formatter = _Formatter(comparison, words, thresholds, limit)
    facts = Facts(
        (
            (words("compared.from_point"), Value(ends.then)),
            (words("compared.to_point"), Value(ends.now)),
            (words("compared.summary"), Value(summary_of(comparison, words))),
        )
    )
    body = tuple(formatter.body())
    return Report(comparison.title, words.language, words.direction, facts, body)


class _Formatter:
    """Formats one comparison in one language."""

    def __init__(
        self, comparison: Comparison, words: Words, thresholds: Thresholds, limit: int | None
    ) -> None:
        self.comparison = comparison
        self.words = words
        self.thresholds = thresholds
        self.limit = limit

    def body(self) -> Iterable[Node]:
        """The sections, without empty ones."""
        comparison = self.comparison
        yield Section(self.words("report.progress"), tuple(self.progress()), "progress")
        for late_word in LATE_WORDS:
            if late := comparison.late_with(late_word):
                yield Section(
                    late_title(comparison, late_word, self.words), self.cut(self.late(late)), late_word
                )
        for word in TASK_WORDS:
            if tasks := comparison.tasks_with(word):
                title = self.words.plural(f"compared.tasks_{word}", len(tasks))
                yield Section(title, self.cut(self.tasks(tasks)), f"tasks-{word}")
        if comparison.dates:
            yield self.section("dates", self.values(comparison.dates, "date", self.day))
        yield from _kpi_sections(self)
        if comparison.owners:
            yield self.section("owners", self.values(comparison.owners, "what", _plain))
        if comparison.readings:
            yield self.section("readings", reading_changes(comparison.readings, self.words))
        if comparison.notes:
            yield self.section("notes", _notes(self))
        if comparison.values or comparison.bindings or comparison.repeats:
            grid = self.values(comparison.values, "what", _plain)
            grid = with_repeats(grid, comparison.repeats, self.words)
            yield self.section("values", with_bindings(grid, comparison.bindings, self.words))
        if comparison.relations:
            yield self.section("relations", relations_grid(comparison.relations, self.words))
        if comparison.cells:
            yield self.section("cells", cells_grid(comparison.cells, self.words))
        if comparison.parts:
            yield self.section("parts", self.parts())

    def section(self, name: str, grid: Grid) -> Section:
        return Section(self.words(f"compared.{name}"), self.cut(grid), name)

    def cut(self, grid: Grid) -> tuple[Node, ...]:
        return limit_rows(grid, self.limit, self.words)

    def progress(self) -> Iterable[Node]:
        overall = self.comparison.overall
        counted = overall.after or Tally(0, 0)
        summary = overall.health_after
        tone = counted.tone(self.thresholds, late=_is_late(summary))
        yield Meter(self.words("report.overall"), counted, tone, health=self.health(summary))
        heads = tuple(self.words(f"compared.{head}") for head in ("stage", "then", "now", "points_head"))
        shifts = (overall, *self.comparison.stages)
        yield Grid(heads, tuple(self.shift(shift, first=shift is overall) for shift in shifts))

    def shift(self, shift: Shift, *, first: bool) -> tuple[Value, ...]:
        title = self.words("report.overall") if first else shift.title
        sign = f"{shift.points:+d}" if shift.points else "0"
        style = "done" if shift.points > 0 else "late" if shift.points < 0 else ""
        before = self.share(shift.before, shift.health_before)
        return Value(title), before, self.share(shift.after, shift.health_after), Value(sign, style)

    def share(self, counted: Tally | None, summary: HealthSummary | None) -> Value:
        if counted is None:
            return EMPTY
        health = self.health(summary)
        note = f"{counted.done}/{counted.total}" + (f" · {health.text}" if health else "")
        return Value(f"{counted.percent}%", note=note)

    def health(self, summary: HealthSummary | None) -> Value | None:
        if summary is None:
            return None
        return Value(describe_health(summary, self.words), HEALTH_TONES[summary.health])

    def late(self, changes: tuple[LateChange, ...]) -> Grid:
        """The cards and tasks whose lateness changed, with their days and places."""
        heads = ("what", "date", "stage")
        rows = tuple(
            (Value(change.text, note=change.card), self.day(change.day), Value(change.stage or "—"))
            for change in changes
        )
        return Grid(tuple(self.words(f"compared.{head}") for head in heads), rows)

    def tasks(self, tasks: tuple[TaskChange, ...]) -> Grid:
        """The tasks with their places; a reworded one with its old text."""
        heads = ("task", "card", "stage")
        rows = [
            (
                Value(task.text, note=self.was(task.was) or self.done_by(task)),
                Value(task.card or "—"),
                Value(task.stage or "—"),
            )
            for task in tasks
        ]
        return Grid(tuple(self.words(f"compared.{head}") for head in heads), tuple(rows))

    def done_by(self, task: TaskChange) -> str:
        """Who has a task that is done, and when it was done."""
        day = iso_day(task.done_on)
        return " · ".join(filter(None, (one_line(task.owner), self.words.day(day) if day else "")))

    def was(self, text: str) -> str:
        return self.words("compared.was", text=text) if text else ""

    def values(
        self, changes: tuple[ValueChange, ...], head: str, format_text: Callable[[str], Value]
    ) -> Grid:
        heads = [self.words(f"compared.{name}") for name in (head, "then", "now")]
        rows = []
        for change in changes:
            now = format_text(change.after)
            if change.days is not None:
                now = Value(now.text, "late" if change.days > 0 else "done", _moved(change.days, self.words))
            rows.append((Value(change.what, note=change.where), format_text(change.before), now))
        return Grid(tuple(heads), tuple(rows))

    def day(self, typed: str) -> Value:
        day = iso_day(typed)
        return Value(self.words.day(day)) if day else _plain(typed)

    def kpis(self) -> Grid:
        heads = ("measure", "then", "now", "moved", "standing")
        rows = tuple(self.kpi(change) for change in self.comparison.kpis)
        return Grid(tuple(self.words(f"compared.{head}") for head in heads), rows)

    def kpi(self, change: KpiChange) -> tuple[Value, ...]:
        note = "" if change.word == "changed" else self.words(f"compared.{change.word}")
        target = self.retargeted(change.target_before, change.target_after)
        moved = "" if not change.moved else f"{change.moved:+g}"
        then, now = (format_standing(s, self.words) for s in (change.standing_before, change.standing_after))
        return (
            Value(change.measure, note=" · ".join(part for part in (note, target) if part)),
            replace(_plain(with_unit(change.before, change.unit)), note="" if then == now else then),
            _plain(with_unit(change.after, change.unit)),
            Value(moved) if moved else EMPTY,
            Value(now, change.standing_after.tone or "muted"),
        )

    def retargeted(self, then: str, now: str) -> str:
        """The change of the target; empty where it stayed."""
        if then == now:
            return ""
        to = arrow(then, now, self.words.direction)
        return self.words("compared.target", then=then or "—", to=to, now=now or "—")

    def parts(self) -> Grid:
        heads = (self.words("compared.part"), self.words("compared.change"))
        rows = []
        for part in self.comparison.parts:
            word = Value(self.words(f"compared.{part.word}"), note=self.was(part.was))
            rows.append((Value(part.title), word))
        return Grid(heads, tuple(rows))


def _kpi_sections(formatter: _Formatter) -> Iterable[Section]:
    """The KPIs that moved, those whose measured value turned the wrong way, and what was measured."""
    comparison = formatter.comparison
    if comparison.kpis:
        yield formatter.section("kpis", formatter.kpis())
    if comparison.turned:
        yield formatter.section("turned", turned_grid(comparison.turned, formatter.words))
    if comparison.measures:
        yield formatter.section("measures", measures_grid(comparison.measures, formatter.words))


def _notes(formatter: _Formatter) -> Grid:
    """The notes that were added, removed or reworded."""
    words = formatter.words
    heads = tuple(words(f"compared.{head}") for head in ("note", "where", "change"))
    rows = (
        (
            Value(note.text, note=note.author),
            Value(note.where),
            Value(words(f"compared.{note.word}"), note=formatter.was(note.was)),
        )
        for note in formatter.comparison.notes
    )
    return Grid(heads, tuple(rows))


def _is_late(summary: HealthSummary | None) -> bool:
    return summary is not None and summary.health == "late"


def _plain(text: str) -> Value:
    return Value(text) if text.strip() else EMPTY


def _moved(days: int, words: Words) -> str:
    return words.plural("compared.later" if days > 0 else "compared.earlier", abs(days))
