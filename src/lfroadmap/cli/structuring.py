"""`stage` and `card`: adding, renaming and removing the parts of a roadmap."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from lfroadmap.cli.context import AnyContext, Command, CommandContext, needed
from lfroadmap.cli.options import flag, option, positional, words_of
from lfroadmap.cli.plan_changes import change, needed_words
from lfroadmap.errors import UsageError
from lfroadmap.roadmap.model import Card, Stage

if TYPE_CHECKING:
    from lfroadmap.usecases.plan_edits import Made, PlanEdits

VERBS = ("add", "rename", "remove")


@dataclass(frozen=True, slots=True)
class StageOptions:
    """The options of `stage`."""

    verb: str | None = positional()
    words: tuple[str, ...] = words_of()
    within: str | None = option("--in")
    quiet: bool = flag("--quiet")
    yes: bool = flag("--yes")


@dataclass(frozen=True, slots=True)
class CardOptions(StageOptions):
    """The options of `card`."""

    stage: str | None = option("--stage")


def stage(context: CommandContext[StageOptions]) -> int:
    """Add, rename or remove a stage."""
    if _verb(context.options, "stage") == "add":
        title = needed_words(context.options.words, "title", "stage add")
        return change(context, context.options, lambda plan: plan.add_stage(title))
    return _change_named(context, context.options, Stage)


def card(context: CommandContext[CardOptions]) -> int:
    """Add, rename or remove a card."""
    options = context.options
    if _verb(options, "card") == "add":
        title = needed_words(options.words, "title", "card add")
        above = needed(options.stage, "--stage", "card add")
        return change(context, options, lambda plan: plan.add_card(title, above))
    return _change_named(context, options, Card)


def _verb(options: StageOptions, command: str) -> str:
    verb = needed(options.verb, "add|rename|remove", command)
    if verb not in VERBS:
        raise UsageError("no_verb", name=verb, command=command, known=", ".join(VERBS))
    return verb


def _change_named(context: AnyContext, options: StageOptions, kind: type) -> int:
    """Rename or remove a stage or a card; the first word names it."""
    command = f"{kind.__name__.lower()} {options.verb}"
    named, *rest = options.words or ("",)
    needed(named, kind.__name__, command)
    if options.verb == "rename":
        title = needed_words(tuple(rest), "title", command)
        return change(context, options, lambda plan: plan.rename(kind, named, title))
    wanted = needed_words(options.words, kind.__name__, command)
    return change(
        context, options, lambda plan: plan.remove(kind, wanted), partial(agrees, context, options.yes)
    )


def agrees(context: AnyContext, yes: bool, plan: PlanEdits, made: Made) -> bool:
    """True where nothing of anybody's work goes, or somebody agrees that it does."""
    from lfroadmap.roadmap.tree import find
    from lfroadmap.usecases.what_goes import describe_what_goes

    place = find(plan.roadmap, made.nodes[0])
    what = describe_what_goes(place.node, context.words) if place else ""
    if not what:
        return True
    question = context.words("editing.ask_remove", name=plan.name(place.node), what=what) if place else ""
    return context.agrees(question, UsageError("remove_needs_yes", what=what), yes=yes)


STAGE = Command(StageOptions, stage)
CARD = Command(CardOptions, card)
