"""Doing something to a roadmap's file from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.cli.context import AnyContext
from lfroadmap.cli.signals import unwinding
from lfroadmap.errors import SaveFailed
from lfroadmap.usecases.author import author

if TYPE_CHECKING:
    from lfroadmap.roadmap.edits import Edit
    from lfroadmap.roadmap.model import Roadmap
    from lfroadmap.usecases.changing import Workplace

TRIES = 20
"""How often something is tried again because others changed the roadmap at the same moment."""


@unwinding()
def apply_edit(
    context: AnyContext,
    name: str,
    what: Edit | None = None,
    *,
    mark: str = "",
    empty: int | None = None,
    shown: Roadmap | None = None,
) -> bool:
    """Do something to a roadmap, which may be open in a window; it is on the disk when this returns True.

    As `usecases.changing.apply_edit`, and a signal ends it only where nothing is left half done.
    """
    from lfroadmap.usecases import changing

    place = workplace(context)
    return changing.apply_edit(place, name, what, mark=mark, empty=empty, shown=shown)


def workplace(context: AnyContext) -> Workplace:
    """The person at the command line, who changes roadmaps."""
    from lfroadmap.usecases.changing import Workplace

    return Workplace(context.library, context.words, author(), context.notify, context.complain)


def outdated(context: AnyContext, name: str) -> SaveFailed:
    """The error for who is overtaken by others again and again."""
    from lfroadmap.usecases import changing

    return changing.outdated(context.library.path(name))
