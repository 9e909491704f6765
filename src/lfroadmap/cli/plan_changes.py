"""Changing a roadmap by a command: its edit is made from what is in the file, done, and reported."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from lfroadmap.cli.apply_edit import apply_edit, workplace
from lfroadmap.cli.context import AnyContext, needed
from lfroadmap.cli.output import shell_word
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.words import SafeText

if TYPE_CHECKING:
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
    from lfroadmap.usecases import changing

    name = context.chosen_name(within)
    return changing.make_and_apply(workplace(context), name, make, agree, partial(apply_edit, context))


def report_change(context: AnyContext, roadmap: Roadmap, made: Made, *, quiet: bool) -> None:
    """Print the ids, or what was done as the history says it."""
    if quiet:
        for node in made.nodes:
            context.output.text(node)
    elif made.edit.on(roadmap) is roadmap:
        context.say("editing.unchanged")
    else:
        from lfroadmap.usecases.changing import describe_made

        context.output.text(describe_made(roadmap, made.edit, context.words))
        _name_similar(context, roadmap, made)


def _name_similar(context: AnyContext, roadmap: Roadmap, made: Made) -> None:
    """Report on the standard error that somebody of a similar name is there, and how to join the two."""
    from lfroadmap.usecases.similar_owners import similar_owners

    for each in similar_owners(roadmap, made.edit):
        names = SafeText(f"{shell_word(each.short)} {shell_word(each.long)}")
        context.output.notice(context.words("people.similar", short=each.short, long=each.long, names=names))


def needed_words(typed: tuple[str, ...], argument: str, command: str) -> str:
    """The words that a command cannot do without, as one text; raises UsageError where there are none."""
    return needed(" ".join(typed).strip(), argument, command)
