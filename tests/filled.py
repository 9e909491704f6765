"""The facts that every face must show of a roadmap, from the model alone; roadmaps as people fill them in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from hypothesis import strategies as st

from expected_rows import SIGNS, card_word, task_word
from lfroadmap.report.deadlines import LANES
from lfroadmap.report.formatting import format_days, format_problem, format_standing, format_target
from lfroadmap.report.relation_texts import RelationTexts
from lfroadmap.report.relations import card_facts
from lfroadmap.report.repeat_text import describe_repeat
from lfroadmap.roadmap.dependencies import Dependencies
from lfroadmap.roadmap.model import Card, Field, Kpi, Node, Roadmap, Task
from lfroadmap.roadmap.progress import iso_day, role_value, standing
from lfroadmap.roadmap.schedule import starts_behind
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import clean, dots, one_line
from lfroadmap.words import Language, words
from plans import roadmaps
from samples import TODAY, hostile, sample

Cell = tuple[str, str]
"""A value, and the note beside it or nothing."""

days = st.dates(TODAY - timedelta(40), TODAY + timedelta(40)) | st.sampled_from(
    [TODAY, date(1, 1, 1), date(2999, 12, 31), date(9999, 12, 31)]
)
typed_days = days.map(date.isoformat) | st.sampled_from(["", "soon", "<b>"])
owners = st.sampled_from(["", " ", "Dana", "dana  ", "דנה לוי", "<b>&"])
figures = st.sampled_from(["", "20", "23.5", "none yet", "<3"])


@st.composite
def planned(draw: st.DrawFn) -> Roadmap:
    """A roadmap of any texts whose days, owners and figures are often such as people type."""
    roadmap: Roadmap = draw(st.sampled_from([hostile(), sample("en"), sample("he")]) | roadmaps)

    def filled_field(one: Field) -> Field:
        values = {"deadline": typed_days, "owner": owners}
        return replace(one, value=draw(values[one.role])) if one.role in values else one

    def due(task: Task) -> Task:
        return replace(task, due=draw(typed_days), owner=draw(owners))

    def card(one: Card) -> Card:
        return replace(one, fields=tuple(map(filled_field, one.fields)), tasks=tuple(map(due, one.tasks)))

    def measured(kpi: Kpi) -> Kpi:
        target = draw(st.sampled_from([kpi.target, "+20%", "12", "-5"]))
        return replace(
            kpi, target=target, owner=draw(owners), baseline=draw(figures), current=draw(figures),
            unit=draw(st.sampled_from(["", "%", "days"])),
        )  # fmt: skip

    stages = tuple(replace(stage, cards=tuple(map(card, stage.cards))) for stage in roadmap.stages)
    return replace(roadmap, stages=stages, kpis=tuple(map(measured, roadmap.kpis)))


@dataclass
class Share:
    """What one person has."""

    name: str
    cards: list[str] = field(default_factory=list)
    tasks: list[bool] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    kpis: list[str] = field(default_factory=list)


class Model:
    """What the faces must say of a roadmap, derived from the model alone."""

    def __init__(self, roadmap: Roadmap, language: Language) -> None:
        self.roadmap, self.words = roadmap, words(language)
        self.labels = Labels(roadmap.template, language)
        self.cards = [(stage, card) for stage in roadmap.stages for card in stage.cards]
        self.relations = RelationTexts(Dependencies(roadmap), self.labels, self.words)

    def name(self, node: Node | Roadmap) -> str:
        name = one_line(self.labels.of(node))
        return name if name.strip() else "—"

    def count(self, tasks: list[Task]) -> tuple[int, int, int]:
        done = sum(task.done for task in tasks)
        return done, len(tasks), done * 100 // len(tasks) if tasks else 0

    def figures(self) -> list[tuple[int, int, int]]:
        """Done, all and percent: overall, then of each stage."""
        stages = [[task for card in stage.cards for task in card.tasks] for stage in self.roadmap.stages]
        return [self.count([task for tasks in stages for task in tasks]), *map(self.count, stages)]

    def done(self, card: Card) -> bool:
        return bool(card.tasks) and all(task.done for task in card.tasks)

    def day(self, typed: str, counting: bool = True) -> Cell:
        if day := iso_day(typed):
            return self.words.day(day), format_days((day - TODAY).days, self.words) if counting else ""
        return shown(typed), ""

    def field(self, card: Card, one: Field) -> Cell:
        if one.kind == "date" and one.role == "start" and starts_behind(card):
            return self.day(one.value, False)[0], self.words("report.start_behind")
        if one.kind == "date":
            return self.day(one.value, one.role == "deadline" and not self.done(card))
        if one.kind == "choice" and one.value:
            return shown(self.labels.option(one, one.value)), ""
        text = shown(one.value)
        return (one_line(text) if one.direction == "ltr" else text), ""

    def task(self, task: Task) -> tuple[bool, str, str]:
        notes = [task.owner] if task.owner else []
        if task.due and not task.done:
            notes.append(
                self.words("report.due", day=self.day(task.due)[0] if iso_day(task.due) else task.due)
            )
        if task.done and task.done_on:
            notes.append(self.day(task.done_on)[0] if iso_day(task.done_on) else task.done_on)
        if task.repeat in ("week", "month", "month 31", "3 days"):
            notes.append(f"↻ {describe_repeat(task.repeat, self.words)}")
        if (word := task_word(task)) in ("late", "at_risk"):
            notes.append(f"{SIGNS[word]} {self.day(task.due)[1]}")
        if state := self.relations.state(task.id):
            notes.append(str(state))
        if task.notes:
            notes.append(self.words.plural("report.notes", len(task.notes)))
        return task.done, clean(self.labels.of(task)), one_line(" · ".join(notes))

    def facts(self, card: Card) -> list[tuple[str, Cell]]:
        """What a card waits for and moves, behind its fields."""
        return [(head, (shown(each.text), each.note)) for head, each in card_facts(self.relations, card)]

    def kpi(self, kpi: Kpi) -> list[Cell]:
        target, unit = self.labels.kpi(kpi, "target"), self.labels.kpi(kpi, "unit")

        def measured(typed: str) -> str:
            known = typed in ("20", "23.5", "<3") and unit
            return f"{typed}{'' if unit == '%' else ' '}{unit}" if known else typed

        direction = self.words(f"report.{kpi.better}") if kpi.better else ""
        better = direction if target.strip() and target.lstrip()[:1] not in ("+", "-", "−", "–") else ""
        start = self.words("report.from", baseline=measured(kpi.baseline)) if kpi.baseline else ""
        problem, *problems = (format_problem(t, self.words) for t in (target, kpi.current, kpi.baseline))
        goal = target if problem else format_target(target, kpi.baseline, unit, self.words)
        note = " · ".join(part for part in (problems[0], start, problems[1]) if part)
        return [
            (shown(self.labels.of(kpi)), clean(self._about(kpi))),
            (shown(goal), problem or better),
            (shown(measured(kpi.current)), clean(note)),
            (format_standing(standing(kpi, target), self.words), ""),
            (shown(self.labels.kpi(kpi, "owner")), ""),
        ]

    def _about(self, kpi: Kpi) -> str:
        """How a KPI is counted, and the cards that move it."""
        about, cards = self.labels.kpi(kpi, "definition"), self.relations.moved_by(kpi)
        return dots(filter(None, (about, cards)), self.words.direction) if cards else about

    def count_late(self, kinds: list[str]) -> str:
        """Late cards and tasks, named apart."""
        counts = {kind: kinds.count(kind) for kind in ("cards", "tasks") if kind in kinds}
        return ", ".join(self.words.plural(f"health.{kind}", n) for kind, n in counts.items())

    def late(self) -> list[list[Cell]]:
        """The rows of what is late, by day."""
        rows = []
        for stage, card in self.cards:
            day, owner = role_value(card, "deadline"), role_value(card, "owner")
            if card_word(card) == "late":
                share = f"{self.count([*card.tasks])[2]}%"
                rows.append((day, self.late_row(card, stage, owner, day, share)))
            for task in card.tasks:
                if task_word(task) == "late":
                    who = task.owner if task.owner.strip() else owner
                    rows.append((task.due, self.late_row(task, card, who, task.due, "—")))
        return [row for _, row in sorted(rows, key=lambda row: row[0])]

    def late_row(self, node: Node, place: Node, owner: str, day: str, share: str) -> list[Cell]:
        name = (shown(self.labels.of(node)), clean(self.labels.of(place)))
        return [name, (shown(owner), ""), self.day(day), (share, "")]

    def owners(self) -> list[list[Cell]]:
        book: dict[str, Share] = {}

        def of(name: str) -> Share:
            seen = " ".join(one_line(name).split())
            return book.setdefault(seen.casefold(), Share(seen))

        for _, card in self.cards:
            owner = role_value(card, "owner")
            of(owner).cards.append(one_line(self.labels.of(card)))
            of(owner).late += ["cards"] * (card_word(card) == "late")
            of(owner).days += [
                day for day in [iso_day(role_value(card, "deadline"))] if day and not self.done(card)
            ]
            for task in card.tasks:
                share = of(task.owner if task.owner.strip() else owner)
                share.tasks.append(task.done)
                share.late += ["tasks"] * (task_word(task) == "late")
                share.days += [day for day in [iso_day(task.due)] if day and not task.done]
        for kpi in self.roadmap.kpis:
            of(self.labels.kpi(kpi, "owner")).kpis.append(one_line(self.labels.of(kpi)))
        nobody = book.pop("", None)
        shares = [*book.values(), *([nobody] if nobody else [])] if book else []
        return [
            [
                (share.name or self.words("report.nobody"), ""),
                ("\n".join(share.cards) if share.cards else "—", ""),
                (f"{sum(share.tasks)}/{len(share.tasks)}" if share.tasks else "—", ""),
                (f"▲ {self.count_late(share.late)}" if share.late else "—", ""),
                self.day(min(share.days).isoformat()) if share.days else ("—", ""),
                ("\n".join(share.kpis) if share.kpis else "—", ""),
            ]
            for share in shares
        ]

    def deadlines(self) -> list[tuple[date, str]]:
        """The days on the timeline, in reading order: those of tasks too where all have room."""
        found: list[tuple[date | None, Card | Task]] = []
        for _, card in self.cards:
            found.append((iso_day(role_value(card, "deadline")), card))
            found += [(iso_day(task.due), task) for task in card.tasks if not task.done]
        dated = [(day, node) for day, node in found if day]
        all_fit = len(dated) <= LANES
        return [
            (day, one_line(self.labels.of(node))) for day, node in dated if all_fit or isinstance(node, Card)
        ]


def shown(text: str) -> str:
    return clean(text) if clean(text).strip() else "—"
