"""A tour of six steps on the person's own screen: which there are, and when one is done. No Textual."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple, get_args

from lfroadmap.roadmap.model import Roadmap, Task

StepName = Literal["tab", "tick", "undo", "due", "palette", "help"]
STEPS: tuple[StepName, ...] = get_args(StepName)
"""The steps in their order; the words of each are `tour.<name>`."""
_OF_TASKS = ("tick", "undo", "due")


class Seen(NamedTuple):
    """What a person has before them."""

    roadmap: Roadmap
    tab: str
    over: str = ""
    """Name of the screen over the roadmap; empty for none."""


class Tour:
    """Where a person is in the tour."""

    def __init__(self, seen: Seen) -> None:
        self._at = 0
        self._begun = seen
        """What was there when the step began."""
        self._pass_over()

    @property
    def number(self) -> int:
        """The number of the step, from 1."""
        return self._at + 1

    @property
    def step(self) -> StepName | None:
        """The step that is to be done; None at the end."""
        return STEPS[self._at] if self._at < len(STEPS) else None

    def follow(self, now: Seen) -> bool:
        """Go on if the step is done; True if the tour stands elsewhere than before."""
        if now.roadmap.id != self._begun.roadmap.id:  # another roadmap: the step begins again
            self._begun = now
            self._pass_over()
        if self.step is None or not _DONE[self.step](self._begun, now):
            return False
        self.skip(now)
        return True

    def skip(self, now: Seen) -> None:
        """Go on to the next step that can be done."""
        self._at += 1
        self._begun = now
        self._pass_over()

    def _pass_over(self) -> None:
        while self.step in _OF_TASKS and not any(_tasks(self._begun.roadmap)):
            self._at += 1


def _tasks(roadmap: Roadmap) -> tuple[Task, ...]:
    return tuple(task for stage in roadmap.stages for card in stage.cards for task in card.tasks)


def _ticked(roadmap: Roadmap) -> dict[str, bool]:
    return {task.id: task.done for task in _tasks(roadmap)}


def _other_ticks(before: Seen, now: Seen) -> bool:
    """True if a task that was there is ticked otherwise."""
    if before.roadmap is now.roadmap:
        return False
    was, is_now = _ticked(before.roadmap), _ticked(now.roadmap)
    return any(was[task] != is_now[task] for task in was.keys() & is_now.keys())


def _other_days(before: Seen, now: Seen) -> bool:
    """True if a task is due on another day."""
    if before.roadmap is now.roadmap:
        return False
    was = {task.id: task.due for task in _tasks(before.roadmap)}
    return any(task.due and task.due != was.get(task.id, "") for task in _tasks(now.roadmap))


_DONE: Mapping[StepName, Callable[[Seen, Seen], bool]] = {
    "tab": lambda before, now: before.tab != now.tab,
    "tick": _other_ticks,
    "undo": _other_ticks,
    "due": _other_days,
    "palette": lambda before, now: now.over == "PaletteScreen",
    "help": lambda before, now: now.over == "HelpScreen",
}
"""Step -> whether it is done, by what was there when it began and what is there now."""
