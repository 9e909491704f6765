"""What a roadmap says, told by the model: what each row of its tables must hold in any face."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import isfinite

from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from lfroadmap.export import ExportContext, render
from lfroadmap.report.formatting import format_standing
from lfroadmap.roadmap.model import Card, Roadmap, Stage
from lfroadmap.roadmap.progress import card_tally, iso_day, role_value, standing
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import clean
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


def told_tasks(roadmap: Roadmap, language: Language) -> list[list[object]]:
    """Each task as the model has it, in the columns of its table."""
    labels = Labels(roadmap.template, language)
    out: list[list[object]] = []
    for stage, card in places(roadmap):
        above = [clean(labels.of(stage)), clean(labels.of(card))]
        for task in card.tasks:
            days = [shown(task.done_on), shown(task.due)]
            out.append([clean(task.id), *above, clean(labels.of(task)), task.done, *days, clean(task.owner)])
    return out


def told_cards(roadmap: Roadmap, language: Language) -> list[list[object]]:
    """Each card as the model has it, in the columns of its table."""
    labels = Labels(roadmap.template, language)
    out: list[list[object]] = []
    for stage, card in places(roadmap):
        done, total = card_tally(card)
        owner, deadline, goals = (role_value(card, role) for role in ("owner", "deadline", "goals"))
        names = [clean(card.id), clean(labels.of(stage)), clean(labels.of(card)), clean(owner)]
        told = [shown(deadline), share(done, total), done, total, clean(goals)]
        out.append([*names, *told, clean("\n".join(details(card, labels)))])
    return out


def details(card: Card, labels: Labels) -> list[str]:
    """The filled fields of a card that are not the first of a role that has a column of its own."""
    out, own = [], {"owner", "deadline", "goals"}
    for field in card.fields:
        if field.role in own:
            own.remove(field.role)
        elif field.value:
            value = labels.option(field, field.value) if field.kind == "choice" else field.value
            out.append(f"{labels.of(field)}: {value}")
    return out


def told_kpis(roadmap: Roadmap, language: Language) -> list[list[object]]:
    """Each KPI as the model has it, in the columns of its table; numbers as they were typed."""
    labels, told = Labels(roadmap.template, language), words(language)
    out: list[list[object]] = []
    for kpi in roadmap.kpis:
        measure, definition, target, unit, owner = (
            clean(text)
            for text in (
                labels.of(kpi),
                *(labels.kpi(kpi, c) for c in ("definition", "target", "unit", "owner")),
            )
        )
        stands = standing(kpi, labels.kpi(kpi, "target"))
        better = {"": "", "up": told("report.up"), "down": told("report.down")}[kpi.better]
        way = "" if stands.percent is None else stands.percent / 100
        numbers = [clean(kpi.baseline), target, clean(kpi.current)]
        names = [clean(kpi.id), measure, definition]
        out.append([*names, *numbers, better, unit, owner, format_standing(stands, told), way])
    return out


def told_stages(roadmap: Roadmap, language: Language) -> list[list[object]]:
    """Each stage as the model has it, in the columns of the overview."""
    labels = Labels(roadmap.template, language)
    out: list[list[object]] = []
    for stage in roadmap.stages:
        done = sum(task.done for card in stage.cards for task in card.tasks)
        total = sum(len(card.tasks) for card in stage.cards)
        open_cards = [card for card in stage.cards if not card.tasks or not all(t.done for t in card.tasks)]
        days = [day for card in open_cards if (day := iso_day(role_value(card, "deadline")))]
        late = sum(day < TODAY for day in days)
        ahead: object = min((day for day in days if day >= TODAY), default="")
        out.append([clean(labels.of(stage)), share(done, total), done, total, late, ahead])
    return out


def share(done: int, total: int) -> float:
    return done * 100 // total / 100 if total else 0


def plain(cells: list[object]) -> list[object]:
    """As a workbook holds them, whose days begin in March 1900."""
    early = date(1900, 3, 1)
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
