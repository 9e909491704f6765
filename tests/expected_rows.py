"""The rows that the tables of each face must hold, computed from the model."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from math import isfinite

from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from lfroadmap.export import ExportContext, render
from lfroadmap.report.formatting import format_number, format_standing
from lfroadmap.report.tables import COLUMNS
from lfroadmap.report.value_source import source_text
from lfroadmap.roadmap import kpi_readings
from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage, Task
from lfroadmap.roadmap.notes import cell_of
from lfroadmap.roadmap.progress import (
    card_tally,
    goal_of,
    iso_day,
    number_in,
    own_baseline,
    role_value,
    standing,
)
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import clean, match_key, one_line
from lfroadmap.words import LANGUAGES, Language, words
from plans import roadmaps
from samples import TODAY


def any_roadmap(test: Callable[[Roadmap, Language], None]) -> Callable[[], None]:
    """Run a test on roadmaps of all kinds; the first brings libraries along, and so takes its time."""
    return examples(60)(given(roadmaps, st.sampled_from(LANGUAGES))(test))


def rendered(roadmap: Roadmap, language: Language, name: str) -> bytes:
    return render(ExportContext(roadmap, words(language), TODAY), name)


def places(roadmap: Roadmap) -> list[tuple[Stage, Card]]:
    return [(stage, card) for stage in roadmap.stages for card in stage.cards]


def shown(typed: str) -> str | date:
    return iso_day(typed) or clean(typed)


def expected_tasks(roadmap: Roadmap, language: Language) -> list[list[object]]:
    """Each task as the model has it, in the columns of its table."""
    labels = Labels(roadmap.template, language)
    out: list[list[object]] = []
    for stage, card in places(roadmap):
        above = [clean(labels.of(stage)), clean(labels.of(card))]
        for task in card.tasks:
            days = [shown(task.done_on), shown(task.due)]
            end = [expected_health(task_word(task), language), clean(task.owner), clean(cell_of(task.notes))]
            end.append(days_late(task_word(task), task.due))
            end += [clean(task.repeat), clean(relation_cell(roadmap, labels, task, "waits_for"))]
            out.append([clean(task.id), *above, clean(labels.of(task)), task.done, *days, *end])
    return out


def expected_cards(roadmap: Roadmap, language: Language) -> list[list[object]]:
    """Each card as the model has it, in the columns of its table."""
    labels = Labels(roadmap.template, language)
    out: list[list[object]] = []
    names_of_fields = [key for key, _ in field_names(roadmap, labels)]
    for stage, card in places(roadmap):
        done, total = card_tally(card)
        owner, deadline, goals = (role_value(card, role) for role in ("owner", "deadline", "goals"))
        start = role_value(card, "start")
        names = [clean(card.id), clean(labels.of(stage)), clean(labels.of(card)), clean(owner)]
        days = [shown(deadline), expected_health(card_word(card), language)]
        out.append(
            [
                *names,
                *days,
                share(done, total),
                done,
                total,
                clean(goals),
                clean(cell_of(card.notes)),
                days_late(card_word(card), deadline),
                shown(start),
                clean(relation_cell(roadmap, labels, card, "waits_for")),
                clean(relation_cell(roadmap, labels, card, "moves")),
                *(field_cell(card, labels, name) for name in names_of_fields),
            ]
        )
    return out


def relation_cell(roadmap: Roadmap, labels: Labels, node: Card | Task, kind: str) -> str:
    """What a node waits for or moves: a line each, by a name that no other node has, else by its id."""
    targets: dict[str, str] = {kpi.id: labels.of(kpi) for kpi in roadmap.kpis}
    if kind == "waits_for":
        targets = {each.id: labels.of(each) for _, card in places(roadmap) for each in (card, *card.tasks)}
    lines = {}
    for target in (each.target for each in node.relations if each.kind == kind):
        name = one_line(targets.get(target, "")).strip()
        same = [each for each in targets.values() if match_key(one_line(each)) == match_key(name)]
        lines[target] = name if name and len(same) == 1 and name not in targets else target
    return "\n".join(lines.values())


def days_late(word: str, typed: str) -> object:
    """Days since the day of what is late."""
    day = iso_day(typed)
    return (TODAY - day).days if day and word == "late" else ""


SIGNS = {"late": "▲", "at_risk": "■", "no_date": "○", "on_track": "●", "done": "✓"}
"""Health -> its sign, the worst first."""


def day_word(typed: str) -> str:
    """The health of something open by its day alone."""
    day = iso_day(typed)
    if day is None:
        return "no_date"
    return "late" if day < TODAY else "at_risk" if (day - TODAY).days <= 7 else "on_track"


def task_word(task: Task) -> str:
    """The health of a task."""
    return "done" if task.done else day_word(task.due)


def card_word(card: Card) -> str:
    """The health of a card."""
    if card.tasks and all(task.done for task in card.tasks):
        return "done"
    own = day_word(role_value(card, "deadline"))
    return "at_risk" if own != "late" and "late" in map(task_word, card.tasks) else own


def expected_health(word: str, language: Language) -> str:
    """A health as every face writes it."""
    return f"{SIGNS[word]} {words(language)(f'health.{word}')}"


def late_of(cards: Iterable[Card]) -> tuple[int, int]:
    """Late cards, and late tasks."""
    each = list(cards)
    return (
        sum(card_word(card) == "late" for card in each),
        sum(task_word(task) == "late" for card in each for task in card.tasks),
    )


def own_fields(card: Card) -> list[Field]:
    """The fields of a card that are not the first of a role that has a column of its own."""
    out, own = [], {"owner", "start", "deadline", "goals"}
    for field in card.fields:
        if field.role in own:
            own.remove(field.role)
        else:
            out.append(field)
    return out


def field_names(roadmap: Roadmap, labels: Labels) -> list[tuple[str, str]]:
    """What the fields of cards are called, without case and blanks and as typed; each once."""
    found: dict[str, str] = {}
    for _, card in places(roadmap):
        for field in own_fields(card):
            found.setdefault(match_key(labels.of(field)), labels.of(field))
    return [*found.items()]


def field_cell(card: Card, labels: Labels, name: str) -> object:
    """The values of a card's fields of a name: a day as one, several as lines."""
    values: list[object] = []
    for field in own_fields(card):
        if field.value and match_key(labels.of(field)) == name:
            value = labels.option(field, field.value) if field.kind == "choice" else clean(field.value)
            values.append(shown(value) if field.kind == "date" else clean(value))
    return values[0] if len(values) == 1 else "\n".join(map(str, values))


def heads_of(name: str, roadmap: Roadmap, language: Language) -> list[str]:
    """The headings of a table, as far as they are the product's own."""
    return [words(language)(f"sheet.{column}") for column in COLUMNS[name]]


def expected_kpis(roadmap: Roadmap, language: Language) -> list[list[object]]:
    """Each KPI as the model has it, in the columns of its table; numbers as they were typed."""
    labels, table = Labels(roadmap.template, language), words(language)
    out: list[list[object]] = []
    for kpi in roadmap.kpis:
        measure, definition, target, unit, owner = (
            clean(text)
            for text in (
                labels.of(kpi),
                *(labels.kpi(kpi, c) for c in ("definition", "target", "unit", "owner")),
            )
        )
        typed = labels.kpi(kpi, "target")
        stands = standing(kpi, typed)
        better = {"": "", "up": table("report.up"), "down": table("report.down")}[kpi.better]
        number = goal_of(typed, number_in(own_baseline(kpi, typed).value))
        goal = "" if number is None else float(format_number(number))
        base, now = (number_in(text) for text in (own_baseline(kpi, typed).value, kpi.current))
        way: object = "" if stands.percent is None else stands.percent / 100
        if stands.word == "on_the_way" and base is not None and now is not None and number is not None:
            way = (now - base) / (number - base)
            assert int(round(float(way) * 100, 9)) in (stands.percent, 100)
        numbers = [clean(kpi.baseline), target, clean(kpi.current)]
        names = [clean(kpi.id), measure, definition]
        by_day = clean(kpi_readings.cell_of(kpi_readings.by_day(kpi)))
        origin = clean(source_text(roadmap, kpi, labels, table))
        stands_now = (format_standing(stands, table), way, goal)
        exact = ["" if value is None else value for value in (base, now)]
        out.append([*names, *numbers, better, unit, owner, *stands_now, origin, by_day, *exact])
    return out


def expected_stages(roadmap: Roadmap, language: Language) -> list[list[object]]:
    """Each stage as the model has it, in the columns of the overview."""
    labels = Labels(roadmap.template, language)
    out: list[list[object]] = []
    for stage in roadmap.stages:
        done = sum(task.done for card in stage.cards for task in card.tasks)
        total = sum(len(card.tasks) for card in stage.cards)
        open_cards = [card for card in stage.cards if not card.tasks or not all(t.done for t in card.tasks)]
        days = [day for card in open_cards if (day := iso_day(role_value(card, "deadline")))]
        late = late_of(stage.cards)
        word = min(map(card_word, stage.cards), key=[*SIGNS].index, default="no_date")
        ahead: object = min((day for day in days if day >= TODAY), default="")
        health = expected_health(word, language)
        out.append([clean(labels.of(stage)), health, share(done, total), done, total, *late, ahead])
    return out


def share(done: int, total: int) -> float:
    return done / total if total else 0


def plain(cells: list[object]) -> list[object]:
    """As a workbook holds them, whose days begin in March 1900, and whose numbers have sixteen digits."""
    early = date(1900, 3, 1)
    cells = [float(f"{cell:.16G}") if isinstance(cell, float) else cell for cell in cells]
    return [cell.isoformat() if isinstance(cell, date) and cell < early else cell for cell in cells]


def number(typed: object) -> object:
    """A bare number that would be typed as it is written."""
    for kind in (int, float):
        try:
            value = kind(str(typed))
        except ValueError:
            continue
        if str(value) == typed and isfinite(value):
            return value
    return typed
