"""The first three steps in a new roadmap: which there are, which are done, where each leads. No Textual."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from lfroadmap.roadmap.model import Card, Roadmap
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import one_line

StepName = Literal["owner", "deadline", "tick"]


class Step(NamedTuple):
    """One step; its words are `start.<name>`."""

    name: StepName
    node: str
    """Id of the field or task to which it leads."""
    place: str
    """The title of the card where that is."""
    is_done: bool


def steps_of(roadmap: Roadmap, labels: Labels) -> tuple[Step, ...]:
    """The steps for which the roadmap has a place; a step is done where it was done once, on any card."""
    cards = [card for stage in roadmap.stages for card in stage.cards]
    found = (
        _field_step("owner", cards, labels),
        _field_step("deadline", cards, labels),
        _tick(cards, labels),
    )
    return tuple(step for step in found if step is not None)


def is_over(steps: tuple[Step, ...]) -> bool:
    """True if nothing is left to do."""
    return all(step.is_done for step in steps)


def _field_step(role: Literal["owner", "deadline"], cards: list[Card], labels: Labels) -> Step | None:
    """Filling in the field of a role: at the first card that has one."""
    fields = [(card, field) for card in cards for field in card.fields if field.role == role]
    if not fields:
        return None
    done = any(iso_day(field.value) if role == "deadline" else field.value.strip() for _, field in fields)
    card, field = fields[0]
    return Step(role, field.id, one_line(labels.of(card)), bool(done))


def _tick(cards: list[Card], labels: Labels) -> Step | None:
    """Ticking a task: at the first one."""
    tasks: Iterator[tuple[Card, str, bool]] = (
        (card, task.id, task.done) for card in cards for task in card.tasks
    )
    first = next(tasks, None)
    if first is None:
        return None
    card, node, done = first
    return Step("tick", node, one_line(labels.of(card)), done or any(is_done for _, _, is_done in tasks))
