"""The report of a roadmap: the summary first, then stage by stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from lfroadmap.report.anchors import anchor
from lfroadmap.report.deadlines import left_out, timeline, undated
from lfroadmap.report.extent import with_extent
from lfroadmap.report.field_values import FieldFormatter
from lfroadmap.report.first_screen import DAYS, MOST, FirstSentence, in_days_ahead
from lfroadmap.report.formatting import (
    HEALTH_SIGNS,
    HEALTH_TONES,
    count_late,
    describe_card_health,
    describe_health,
    format_days,
    format_health,
)
from lfroadmap.report.kpi_grid import kpi_grid
from lfroadmap.report.measured import flows_sections, turned_facts
from lfroadmap.report.nodes import (
    Checklist,
    Facts,
    Grid,
    Item,
    Meter,
    Meters,
    Node,
    Report,
    Section,
    Value,
    limit_rows,
)
from lfroadmap.report.note_section import note_section
from lfroadmap.report.owners import owners
from lfroadmap.report.relations import card_facts, relation_texts, roadmap_facts
from lfroadmap.report.repeat_text import REPEAT_SIGN, describe_repeat
from lfroadmap.report.roadmap_charts import burn_up_section, sparklines
from lfroadmap.report.since import changed_since
from lfroadmap.report.values import EMPTY, format_value
from lfroadmap.roadmap.activity import Activity
from lfroadmap.roadmap.health import (
    DatedItem,
    HealthSummary,
    agenda,
    card_health,
    roadmap_health,
    stage_health,
    task_health,
)
from lfroadmap.roadmap.model import Card, Roadmap, Stage, Task
from lfroadmap.roadmap.progress import (
    DEFAULT_THRESHOLDS,
    Tally,
    Thresholds,
    card_tally,
    iso_day,
    stage_tally,
    tally,
)
from lfroadmap.roadmap.repeats import is_rule
from lfroadmap.roadmap.schedule import Grouping
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import Words

if TYPE_CHECKING:
    from lfroadmap.report.change_log import HistoryLine


def report(
    roadmap: Roadmap,
    words: Words,
    *,
    today: date,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    history: Sequence[HistoryLine] | None = None,
    part: bool = False,
    owner: str = "",
    activity: Activity | None = None,
    whole: Roadmap | None = None,
    everything: Roadmap | None = None,
    by: Grouping = "stage",
) -> Report:
    """The report of a roadmap as of `today`, with its history at the end if that is given.

    With its activity there are charts of the roadmap over time.
    A `part`, from which stages or long texts were left out, is labelled so, and so is that of an `owner`.
    With the `whole` that it is a part of, it names what is waited for outside of it; what is in `everything`
    and in stages that were left out is counted.
    Its timeline is grouped `by` stage or owner.
    """
    shown = None if part else activity
    result = _Formatter(
        roadmap, words, today, thresholds, shown, whole=whole, everything=everything, by=by
    ).report()
    result = with_extent(result, owner, words) if part else result
    if history is None:
        return result
    from lfroadmap.report.history_section import section  # noqa: PLC0415 - most reports have none

    return replace(result, body=(*result.body, section(history, words)))


class _Formatter:
    """Formats one roadmap in one language on one day."""

    def __init__(
        self,
        roadmap: Roadmap,
        words: Words,
        today: date,
        thresholds: Thresholds,
        activity: Activity | None = None,
        *,
        whole: Roadmap | None = None,
        everything: Roadmap | None = None,
        by: Grouping = "stage",
    ) -> None:
        self.roadmap = roadmap
        self.by = by
        self.activity = activity
        self.words = words
        self.today = today
        self.thresholds = thresholds
        self.labels = Labels(roadmap.template, words.language)
        self.relations = relation_texts(roadmap, self.labels, words, whole, everything)
        self.fields = FieldFormatter(self.labels, words, today, thresholds.risk_days)
        dated = agenda(roadmap)
        self.late = tuple(item for item in dated if item.day < today)
        self.ahead = tuple(item for item in dated if item.day >= today)
        self.health = roadmap_health(roadmap, today, thresholds.risk_days)

    def report(self) -> Report:
        title = self.labels.of(self.roadmap)
        body = [*self.summary(), *map(self.stage, self.roadmap.stages), *self.owners()]
        return Report(title, self.words.language, self.words.direction, self.facts(), tuple(body))

    def facts(self) -> Facts:
        done, total = tally(self.roadmap)
        health, late = self.health.health, count_late(self.health.late, self.words)
        return Facts(
            (
                (self.words("report.as_of"), Value(self.words.day(self.today))),
                (self.words("report.tasks"), Value(self.words("report.of", done=done, total=total))),
                (
                    self.words("health.title"),
                    Value(format_health(health, self.words), HEALTH_TONES[health]),
                ),
                (
                    self.words("report.late"),
                    Value(late or self.words("report.none_late"), "late" if late else ""),
                ),
                *roadmap_facts(self.relations),
                *turned_facts(self.roadmap, self.labels, self.words),
            )
        )

    def summary(self) -> list[Node]:
        meters = [
            self.meter(self.labels.of(stage), stage_tally(stage), self.stage_health(stage), anchor(stage))
            for stage in self.roadmap.stages
        ]
        overall = self.meter(self.words("report.overall"), tally(self.roadmap), self.health)
        earlier = self.activity.earlier if self.activity else None
        changed = changed_since(earlier, self.roadmap, self.today, self.words)
        first = FirstSentence(self.labels, self.words, self.today)
        sentence = first.of(self.health, tally(self.roadmap), self.ahead, changed)
        progress = (sentence, overall, Meters(tuple(meters)))
        parts: list[Node] = [Section(self.words("report.progress"), progress, "progress")]
        if self.late:
            parts.append(Section(self.words("report.late"), (self.dated_grid(self.late),), "late"))
        if ahead := in_days_ahead(self.ahead, self.today):
            nodes = limit_rows(self.dated_grid(ahead), MOST, self.words)
            parts.append(Section(self.words("report.next_days", n=DAYS), nodes, "next"))
        if self.roadmap.kpis:
            values = self.activity.values if self.activity else {}
            grid = kpi_grid(self.roadmap, self.labels, self.words, values, self.relations)
            lines = sparklines(self.roadmap, values, self.labels, self.words)
            parts.append(Section(self.words("report.kpis"), (grid, *lines), "kpis"))
        parts += flows_sections(self.roadmap, self.words)
        chart = burn_up_section(self.roadmap, self.activity, self.today, self.words)
        return [*parts, *chart, *self.timeline()]

    def timeline(self) -> list[Node]:
        days = self.thresholds.risk_days
        line = timeline(self.roadmap, self.words, self.today, days, self.activity, by=self.by)
        if line is None:
            return []
        counts = {"undated": undated(self.roadmap), "tasks_left_out": left_out(self.roadmap)}
        notes = [Value(self.words.plural(f"report.{key}", n), "muted") for key, n in counts.items() if n]
        return [Section(self.words("report.timeline"), (line, *notes), "timeline")]

    def owners(self) -> list[Node]:
        grid = owners(self.roadmap, self.words, self.today, self.fields.day)
        return [Section(self.words("report.owners"), (grid,), "owners")] if grid else []

    def meter(self, label: str, counted: Tally, summary: HealthSummary, target: str = "") -> Meter:
        """A meter of a stage or the roadmap."""
        shown = Value(describe_health(summary, self.words), HEALTH_TONES[summary.health])
        tone = counted.tone(self.thresholds, late=summary.health == "late")
        return Meter(label, counted, tone, target, shown)

    def stage_health(self, stage: Stage) -> HealthSummary:
        return stage_health(stage, self.today, self.thresholds.risk_days)

    def dated_grid(self, items: Sequence[DatedItem]) -> Grid:
        """Cards and tasks with a day, each with its place."""
        heads = ("what", "owner", "deadline", "progress")
        rows = tuple(map(self.dated_row, items))
        return Grid(tuple(self.words(f"report.{head}") for head in heads), rows)

    def dated_row(self, item: DatedItem) -> tuple[Value, ...]:
        place = self.labels.of(item.card if item.task else item.stage)
        name = replace(format_value(self.labels.of(item.node), note=place), target=anchor(item.card))
        counted = card_tally(item.card)
        share = Value(f"{counted.percent}%")
        return (
            name,
            format_value(item.owner),
            self.fields.day(item.day.isoformat()),
            EMPTY if item.task else share,
        )

    def stage(self, stage: Stage) -> Section:
        meter = self.meter(self.words("report.progress"), stage_tally(stage), self.stage_health(stage))
        return Section(self.labels.of(stage), (meter, *map(self.card, stage.cards)), anchor(stage))

    def card(self, card: Card) -> Section:
        body: list[Node] = [self.card_meter(card)]
        pairs = [(self.labels.of(field), self.fields.value(card, field)) for field in card.fields]
        if pairs := [*pairs, *card_facts(self.relations, card)]:
            body.append(Facts(tuple(pairs)))
        tasks = Checklist(tuple(self.item(task) for task in card.tasks))
        body.append(tasks if card.tasks else Value(self.words("report.no_tasks"), "muted"))
        if notes := note_section(card, self.labels, self.words):
            body.append(notes)
        body += self.calculators(card)
        return Section(self.labels.of(card), tuple(body), anchor(card))

    def calculators(self, card: Card) -> list[Section]:
        if not card.calculators:
            return []
        from lfroadmap.report.calculators.card_report import calculator_section  # noqa: PLC0415

        return [calculator_section(each, self.labels, self.words) for each in card.calculators]

    def card_meter(self, card: Card) -> Meter:
        counted, summary = card_tally(card), card_health(card, self.today, self.thresholds.risk_days)
        shown = Value(describe_card_health(summary, self.words), HEALTH_TONES[summary.health])
        tone = counted.tone(self.thresholds, late=summary.health == "late")
        return Meter(self.words("report.progress"), counted, tone, health=shown)

    def item(self, task: Task) -> Item:
        notes = [task.owner] if task.owner else []
        if task.due and not task.done:
            notes.append(self.words("report.due", day=self.written(task.due)))
        if task.done and task.done_on:
            notes.append(self.written(task.done_on))
        if is_rule(task.repeat):
            notes.append(f"{REPEAT_SIGN} {describe_repeat(task.repeat, self.words)}")
        text, style = self.urgency(task)
        notes += [text] if text else []
        if state := self.relations.state(task.id):
            notes.append(str(state))
            style = style or (state.tone if state.tone != "done" else "")
        notes += [self.words.plural("report.notes", len(task.notes))] if task.notes else []
        return Item(self.labels.of(task), task.done, " · ".join(notes), style)

    def urgency(self, task: Task) -> tuple[str, str]:
        """How late a task is, or how soon its day is, with the style; empty for any other."""
        health, day = task_health(task, self.today, self.thresholds.risk_days), iso_day(task.due)
        if day is None or health not in ("late", "at_risk"):
            return "", ""
        days = format_days((day - self.today).days, self.words)
        return f"{HEALTH_SIGNS[health]} {days}", HEALTH_TONES[health]

    def written(self, typed: str) -> str:
        day = iso_day(typed)
        return self.words.day(day) if day else typed
