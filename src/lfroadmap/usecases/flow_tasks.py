"""Tasks out of figures: what is worth one, its words with the figure and the day, and the card that fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from lfroadmap.report.calculators.figures import format_exact
from lfroadmap.roadmap.flow_figures import FlowFigures
from lfroadmap.roadmap.model import Card, Roadmap, Task
from lfroadmap.roadmap.structure import Add
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import match_key, one_line
from lfroadmap.words import LANGUAGES, Words

_WORD = re.compile(r"\w{2,}")


class FlowTask(NamedTuple):
    """A task that a figure asks for."""

    target: str
    """The figure: `bottleneck/0`, `exit_points/2`, `at_risk`."""
    text: str
    about: tuple[str, ...]
    """The stages, kinds and channels that it names; a card is found by the first that one has."""


def flow_tasks(figures: FlowFigures, day: date | None, words: Words) -> tuple[FlowTask, ...]:
    """The tasks that figures ask for: the bottleneck, each exit point, and customers at risk."""
    filters = (one_line(each) for each in (figures.channel, figures.segment))
    return tuple(_tasks(figures, ", ".join(filter(None, (words.day(day) if day else "", *filters))), words))


def _tasks(figures: FlowFigures, day: str, words: Words) -> Iterator[FlowTask]:
    """The tasks; `day` is that of the figures, with what they are filtered by."""
    for n, row in enumerate(_rows(figures, "bottleneck")):
        facts = {name: _text(row, name) for name in ("before", "after")}
        part, whole = (_count(row, f"customers_{end}") for end in ("after", "before"))
        text = words("flow_task.bottleneck", **facts, share=_share(row), part=part, whole=whole, day=day)
        yield FlowTask(f"bottleneck/{n}", text, (facts["after"], facts["before"]))
    for n, row in enumerate(_rows(figures, "exit_points")):
        names = [name for each in ("stage", "kind", "channel") if (name := _text(row, each))]
        place = " · ".join(names)
        if place:
            exits, returned = _count(row, "exits"), _count(row, "returned")
            text = words("flow_task.exit_point", place=place, exits=exits, returned=returned, day=day)
            yield FlowTask(f"exit_points/{n}", text, tuple(names))
    at_risk = figures.measures.get("at_risk")
    if at_risk and at_risk.value:
        yield FlowTask("at_risk", words("flow_task.at_risk", n=_exact(at_risk.value), day=day), ())


def task_at(tasks: tuple[FlowTask, ...], target: str) -> FlowTask | None:
    """The task of a figure; of a list without a row that of its first row."""
    wanted = (target, f"{target}/0")
    return next((each for name in wanted for each in tasks if each.target == name), None)


def fitting_cards(roadmap: Roadmap, about: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of the cards whose id or words name what a figure is about: the first of it that any card names."""
    return next((found for each in about if (found := _cards_of(roadmap, _words(each)))), ())


def _cards_of(roadmap: Roadmap, wanted: frozenset[str]) -> tuple[str, ...]:
    """Ids of the cards that have most of the words, themselves or in their stage."""
    labels = [Labels(roadmap.template, language) for language in LANGUAGES]
    fits: dict[str, int] = {}
    for stage in roadmap.stages:
        around = _words(stage.id, *(each.of(stage) for each in labels))
        for card in stage.cards:
            own = _words(card.id, *(each.of(card) for each in labels))
            fits[card.id] = 2 * len(wanted & own) + len(wanted & around)
    most = max(fits.values(), default=0)
    return tuple(card for card, n in fits.items() if n == most) if most else ()


def task_edit(task: FlowTask, card: Card, new_id: Callable[[], str]) -> Add:
    """The edit that adds the task to the end of a card's checklist."""
    return Add(Task(new_id(), one_line(task.text)), card.id)


def _words(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in _WORD.findall(match_key(text).replace("_", " ")))


def _rows(figures: FlowFigures, name: str) -> list[dict[str, Any]]:
    rows = figures.lists.get(name)
    return rows if isinstance(rows, list) else []


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return one_line(value) if isinstance(value, str) else ""


def _count(row: Mapping[str, Any], name: str) -> str:
    return _exact(row.get(name))


def _share(row: Mapping[str, Any]) -> str:
    rate = row.get("rate")
    return f"{format_exact(Fraction(str(rate)) * 100)}%" if isinstance(rate, int | float) else "—"


def _exact(number: object) -> str:
    return format_exact(Fraction(str(number))) if isinstance(number, int | float) else "—"
