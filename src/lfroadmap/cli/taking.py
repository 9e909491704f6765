"""`take`: a stage or a card of a template or another roadmap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lfroadmap.cli.context import Command, CommandContext, needed
from lfroadmap.cli.options import flag, option, positional
from lfroadmap.cli.plan_changes import change

if TYPE_CHECKING:
    from lfroadmap.roadmap.model import Roadmap


@dataclass(frozen=True, slots=True)
class TakeOptions:
    """The options of `take`."""

    source: str | None = positional("SOURCE.NODE")
    within: str | None = option("--into")
    stage: str | None = option("--stage")
    quiet: bool = flag("--quiet")


def take(context: CommandContext[TakeOptions]) -> int:
    """Take a stage or a card into a roadmap."""
    from lfroadmap.usecases import taking

    options = context.options
    typed = needed(options.source, "SOURCE.NODE", "take")

    def stored(name: str) -> Roadmap | None:
        found = context.library.named(name)
        return context.stored(found) if found else None

    source, named = taking.source_of(typed, stored, context.words.language)
    return change(context, options, lambda plan: taking.take(plan, source, named, options.stage))


TAKE = Command(TakeOptions, take)
