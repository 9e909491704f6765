"""Changing a roadmap by a command: its edit is made from what is in the file, done, and reported."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING, Protocol

from lfroadmap.cli.apply_edit import TRIES, apply_edit, outdated
from lfroadmap.cli.context import AnyContext, needed
from lfroadmap.machine import new_id, now
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.usecases.author import author

if TYPE_CHECKING:
    from lfroadmap.roadmap.edits import Edit
    from lfroadmap.usecases.plan_edits import Made, PlanEdits

DONE = 0


class ChangeOptions(Protocol):
    """The options of every command that changes a roadmap."""

    @property
    def within(self) -> str | None:
        """The roadmap; the last one where none is named."""

    @property
    def quiet(self) -> bool:
        """True to print ids and nothing else."""


def change(
    context: AnyContext,
    options: ChangeOptions,
    make: Callable[[PlanEdits], Made],
    agree: Callable[[PlanEdits, Made], bool] = lambda plan, made: True,
) -> int:
    """Do what `make` makes of the roadmap as it is, where `agree` says so.

    It is made again where others change the roadmap at the same moment. Raises RoadmapError.
    """
    done = make_and_apply(context, options.within, make, agree)
    if done is not None:
        report_change(context, *done, quiet=options.quiet)
    return DONE


def make_and_apply(
    context: AnyContext,
    within: str | None,
    make: Callable[[PlanEdits], Made],
    agree: Callable[[PlanEdits, Made], bool] = lambda plan, made: True,
) -> tuple[Roadmap, Made] | None:
    """The same without a report: the roadmap before it and what was done; None where it was not agreed to."""
    from lfroadmap.store.history.kpi_values import last_typed
    from lfroadmap.usecases.plan_edits import EditSource, PlanEdits

    name = context.chosen_name(within)
    path, at = context.library.path(name), now()
    for _ in range(TRIES):
        roadmap = context.stored(name)
        typed_on = cache(partial(last_typed, path, roadmap, at.date()))
        plan = PlanEdits(roadmap, context.words, EditSource(at.date(), at, new_id, author(), typed_on))
        made = make(plan)
        if not agree(plan, made):
            return None
        if made.edit.on(roadmap) is roadmap or apply_edit(context, name, made.edit, shown=roadmap):
            return roadmap, made
    raise outdated(context, name)


def report_change(context: AnyContext, roadmap: Roadmap, made: Made, *, quiet: bool) -> None:
    """Print the ids, or what was done as the history says it."""
    if quiet:
        for node in made.nodes:
            context.output.text(node)
    elif made.edit.on(roadmap) is roadmap:
        context.say("editing.unchanged")
    else:
        context.output.text(_sentence(context, roadmap, made.edit))


def _sentence(context: AnyContext, roadmap: Roadmap, edit: Edit) -> str:
    from lfroadmap.report.history import ChangeFormatter, with_card
    from lfroadmap.report.node_index import NodeIndex

    formatter = ChangeFormatter(NodeIndex(edit.on(roadmap)), context.words)
    text = formatter.describe(edit, edit.inverse(roadmap))
    assert text is not None, "the scope is the whole roadmap"
    return with_card(text, context.words)


def needed_words(typed: tuple[str, ...], argument: str, command: str) -> str:
    """The words that a command cannot do without, as one text; raises UsageError where there are none."""
    return needed(" ".join(typed).strip(), argument, command)
