"""Doing something to a roadmap's file from the command line."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from lfroadmap.cli.context import AnyContext
from lfroadmap.cli.signals import unwinding
from lfroadmap.errors import BrokenStore, RoadmapError, SaveFailed

if TYPE_CHECKING:
    from pathlib import Path

    from lfroadmap.roadmap.edits import Edit
    from lfroadmap.roadmap.model import Roadmap
    from lfroadmap.store.events import Event
    from lfroadmap.store.store import Store

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

    With `shown` an edit is done on that roadmap only: False where others have changed it, and nothing was
    done. `empty` is the last change whose removals are no longer offered in the bin. Raises SaveFailed where
    nothing was done, nor will be.
    """
    from lfroadmap.usecases.hooks_folder import has_hooks
    from lfroadmap.usecases.opening import store_of

    began = datetime.now().astimezone()
    heard = _Heard()
    store = store_of(context.library.path(name))
    if store.only_reads and what:
        raise RoadmapError("team_only_reads")
    for notice in store.notices:
        context.notify(notice)
    store.start(heard)
    try:
        if what:
            store.submit(what, shown=shown)
        if mark:
            store.mark(mark)
        if empty is not None:
            store.empty_trash(empty)
        with suppress(KeyboardInterrupt):  # it may be on the disk by now: that is looked at first
            store.flush()
    finally:
        store.close()  # tries once more: what is not on the disk then never will be
    if not store.is_durable:
        raise _not_changed(store.path, heard.failure)
    if has_hooks() and not heard.outdated:
        _give_to_hooks(context, store, name, began)
    return not heard.outdated


def _give_to_hooks(context: AnyContext, store: Store, name: str, since: datetime) -> None:
    """Give what was done to the person's own programs; what goes wrong there is reported."""
    from lfroadmap.settings import config_folder
    from lfroadmap.usecases.hooks import HookedRoadmap, give_all

    try:
        give_all(config_folder(), HookedRoadmap(store, name, context.words), since, context.complain)
    except BrokenStore as error:
        context.complain(error)


def outdated(context: AnyContext, name: str) -> SaveFailed:
    """The error for who is overtaken by others again and again."""
    return SaveFailed("not_changed", path=context.library.path(name), why=SaveFailed("why_outdated"))


def _not_changed(path: Path, failure: SaveFailed | None) -> SaveFailed:
    """The error of a failed save in the words of a command that has ended."""
    key = failure.key.removeprefix("save_") if failure else "moved"
    reason = failure.facts.get("reason", "") if failure else ""
    return SaveFailed("not_changed", path=path, why=SaveFailed(f"why_{key}", reason=reason))


class _Heard:
    """What the store says that a command must know."""

    def __init__(self) -> None:
        self.failure: SaveFailed | None = None
        self.outdated = False

    def __call__(self, event: Event) -> None:
        from lfroadmap.store.events import Outdated, SaveFailing, WriterEnded

        if isinstance(event, SaveFailing | WriterEnded):
            self.failure = event.error
        elif isinstance(event, Outdated):
            self.outdated = True
