"""The outline of a roadmap: what a library and a portfolio show of it, and nothing else.

An outline is a roadmap itself, so that the functions for any roadmap find its progress, health, days and
owners. A card has only its owner and its deadline; a task without an owner, and without a day while it is
open, is one of two constants, done or open, behind the others.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

from lfroadmap.roadmap.model import Card, Field, Kpi, Roadmap, Role, Stage, Task
from lfroadmap.roadmap.progress import role_value

Plain = list[Any]
MOST_TASKS = 1_000_000
"""Tasks that an outline may have to be read: a number in a file may be any."""

_DONE, _OPEN = Task("", done=True), Task("")
_ROLES: tuple[Role, ...] = ("owner", "deadline")
_LEFT_OUT: dict[str, Any] = {"done_on": "", "notes": (), "repeat": "", "relations": ()}
_NONE = type(None)


def outline_of(roadmap: Roadmap) -> Roadmap:
    """The outline of a roadmap, or of an outline."""
    stages = tuple(
        Stage(each.id, each.title, tuple(map(_card_outline, each.cards)), each.words_from)
        for each in roadmap.stages
    )
    kpis = tuple(
        Kpi(each.id, each.measure, owner=each.owner, words_from=each.words_from) for each in roadmap.kpis
    )
    return replace(roadmap, stages=stages, kpis=kpis, measurements=())


def named_tasks(outline: Roadmap) -> int:
    """The number of tasks of an outline that are no constants."""
    return sum(_is_named(task) for stage in outline.stages for card in stage.cards for task in card.tasks)


def _card_outline(card: Card) -> Card:
    named = [replace(task, **_LEFT_OUT) for task in card.tasks if _is_named(task)]
    done, left = _others(card, named)
    owner, deadline = (role_value(card, role) for role in _ROLES)
    tasks = (*named, *_constants(done, left))
    return Card(card.id, card.title, _fields(owner, deadline), tasks, words_from=card.words_from)


def _others(card: Card, named: list[Task]) -> tuple[int, int]:
    """The numbers of done and of open tasks besides the named ones."""
    done = sum(task.done for task in card.tasks) - sum(task.done for task in named)
    return done, len(card.tasks) - len(named) - done


def _is_named(task: Task) -> bool:
    """True if something other than the number of tasks depends on this one."""
    return bool(task.owner.strip()) or (not task.done and bool(task.due))


def _constants(done: int, left: int) -> list[Task]:
    return [_DONE] * done + [_OPEN] * left


def _fields(owner: str, deadline: str) -> tuple[Field, ...]:
    values = zip(_ROLES, (owner, deadline), strict=True)
    return tuple([Field("", "text", role, "", value) for role, value in values if value])


# as lists


def to_lists(outline: Roadmap) -> Plain:
    """An outline as lists of texts and numbers."""
    stages = [
        [stage.id, stage.title, stage.words_from, [_card_lists(card) for card in stage.cards]]
        for stage in outline.stages
    ]
    kpis = [[kpi.id, kpi.measure, kpi.owner, kpi.words_from] for kpi in outline.kpis]
    return [outline.id, outline.title, outline.template, stages, kpis]


def _card_lists(card: Card) -> Plain:
    named = [task for task in card.tasks if _is_named(task)]
    done, left = _others(card, named)
    tasks = [[each.id, each.text, each.words_from, each.done, each.due, each.owner] for each in named]
    return [card.id, card.title, card.words_from, *(role_value(card, r) for r in _ROLES), done, left, tasks]


def from_lists(value: object) -> Roadmap:
    """The outline that `to_lists` was given; raises ValueError for anything that it never made."""
    id_, title, template, stages, kpis = _checked(value, _ROADMAP)
    made = tuple(_stage_from(each) for each in stages)
    if sum(len(card.tasks) for stage in made for card in stage.cards) > MOST_TASKS:
        raise ValueError("too many tasks")
    return Roadmap(id_, title, template, made, tuple(_kpi_from(each) for each in kpis))


def _stage_from(value: object) -> Stage:
    id_, title, source, cards = _checked(value, _STAGE)
    return Stage(id_, title, tuple([_card_from(each) for each in cards]), source)


def _card_from(value: object) -> Card:
    id_, title, source, owner, deadline, done, left, tasks = _checked(value, _CARD)
    if not (0 <= done <= MOST_TASKS and 0 <= left <= MOST_TASKS):
        raise ValueError("no number of tasks")
    named = [_task_from(each) for each in tasks] if tasks else []
    tasks = (*named, *_constants(done, left))
    return Card(id_, title, _fields(owner, deadline), tasks, words_from=source)


def _task_from(value: object) -> Task:
    id_, text, source, done, due, owner = _checked(value, _TASK)
    return Task(id_, text, done, due=due, owner=owner, words_from=source)


def _kpi_from(value: object) -> Kpi:
    id_, measure, owner, source = _checked(value, _KPI)
    return Kpi(id_, measure, owner=owner, words_from=source)


def _checked(value: object, shapes: frozenset[tuple[type, ...]]) -> Plain:
    if type(value) is not list or tuple(map(type, value)) not in shapes:
        raise ValueError("no outline")
    return value


def _shapes(*kinds: type | tuple[type, ...]) -> frozenset[tuple[type, ...]]:
    """The types that the values of a list may have, all combinations."""
    return frozenset(product(*(kind if isinstance(kind, tuple) else (kind,) for kind in kinds)))


_TEXT = (str, _NONE)
_ROADMAP = _shapes(str, _TEXT, str, list, list)
_STAGE = _shapes(str, _TEXT, str, list)
_CARD = _shapes(str, _TEXT, str, str, str, int, int, list)
_TASK = _shapes(str, _TEXT, str, bool, str, str)
_KPI = _shapes(str, _TEXT, _TEXT, str)
