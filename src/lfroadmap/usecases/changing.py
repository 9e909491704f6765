"""Changing a roadmap's file, which may be open in a window: by an edit that is made from what is in it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Protocol

from lfroadmap.errors import BrokenStore, RoadmapError, SaveFailed
from lfroadmap.machine import new_id, now
from lfroadmap.report.history import ChangeFormatter, ChangeText, with_card
from lfroadmap.report.node_index import NodeIndex
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.settings import config_folder
from lfroadmap.store.events import Event, Outdated, SaveFailing, WriterEnded
from lfroadmap.store.folder.notices import Notify
from lfroadmap.store.history.kpi_values import last_typed
from lfroadmap.store.library.library import Library
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from lfroadmap.usecases.hooks_folder import has_hooks
from lfroadmap.usecases.opening import store_of
from lfroadmap.usecases.plan_edits import EditSource, Made, PlanEdits
from lfroadmap.words import Words

TRIES = 20
"""How often something is tried again because others changed the roadmap at the same moment."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """Who changes the roadmaps of a library, and what is reported to them."""

    library: Library
    words: Words
    author: str
    """The name under which a change stands in the history."""
    notify: Notify
    complain: Callable[[RoadmapError], None]
    """Receives errors that stop nothing, such as that of a hook."""


class Apply(Protocol):
    """Does an edit on the roadmap that it was made from; False where others have changed it."""

    def __call__(self, name: str, what: Edit, *, shown: Roadmap) -> bool:
        """As `apply_edit`."""


def apply_edit(
    place: Workplace,
    name: str,
    what: Edit | None = None,
    *,
    mark: str = "",
    mark_before: str = "",
    empty: int | None = None,
    shown: Roadmap | None = None,
) -> bool:
    """Do something to a roadmap; it is on the disk when this returns True.

    With `shown` an edit is done on that roadmap only: False where others have changed it, and nothing was
    done. The moment behind it is marked as `mark`, the one before it as `mark_before`. `empty` is the last
    change whose removals are no longer offered in the bin. Raises SaveFailed where nothing was done, nor will
    be.
    """
    began = datetime.now().astimezone()
    heard = _Heard()
    store = store_of(place.library.path(name), named=place.author)
    if store.only_reads and what:
        raise RoadmapError("team_only_reads")
    for notice in store.notices:
        place.notify(notice)
    store.start(heard)
    try:
        if mark_before:
            store.mark(mark_before)
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
        _give_to_hooks(place, store, name, began)
    return not heard.outdated


def make_and_apply(
    place: Workplace,
    name: str,
    make: Callable[[PlanEdits], Made],
    agree: Callable[[PlanEdits, Made], bool] = lambda plan, made: True,
    apply: Apply | None = None,
) -> tuple[Roadmap, Made] | None:
    """Do what `make` makes of the roadmap as it is, where `agree` says so.

    It is made again where others change the roadmap at the same moment. Returns the roadmap before it and
    what was done; None where it was not agreed to. Raises RoadmapError.
    """
    path = place.library.path(name)
    apply = apply or partial(apply_edit, place)
    for _ in range(TRIES):
        plan = plan_of(place, name)
        made = make(plan)
        if not agree(plan, made):
            return None
        if made.edit.on(plan.roadmap) is plan.roadmap or apply(name, made.edit, shown=plan.roadmap):
            return plan.roadmap, made
    raise outdated(path)


def plan_of(place: Workplace, name: str) -> PlanEdits:
    """What makes edits of a roadmap as it is in its file; raises BrokenStore."""
    path, at = place.library.path(name), now()
    roadmap = read(path, place.notify)
    typed_on = cache(partial(last_typed, path, roadmap, at.date()))
    return PlanEdits(roadmap, place.words, EditSource(at.date(), at, new_id, place.author, typed_on))


def describe_made(roadmap: Roadmap, edit: Edit, words: Words) -> str:
    """What an edit does to a roadmap, as the history says it."""
    formatter = ChangeFormatter(NodeIndex(edit.on(roadmap)), words)
    text: ChangeText | None = formatter.describe(edit, edit.inverse(roadmap))
    assert text is not None, "the scope is the whole roadmap"
    return with_card(text, words)


def outdated(path: Path) -> SaveFailed:
    """The error for who is overtaken by others again and again."""
    return SaveFailed("not_changed", path=path, why=SaveFailed("why_outdated"))


def _give_to_hooks(place: Workplace, store: Store, name: str, since: datetime) -> None:
    """Give what was done to the person's own programs; what goes wrong there is reported."""
    from lfroadmap.usecases.hooks import HookedRoadmap, give_all  # noqa: PLC0415 - where there are hooks

    try:
        give_all(config_folder(), HookedRoadmap(store, name, place.words), since, place.complain)
    except BrokenStore as error:
        place.complain(error)


def _not_changed(path: Path, failure: SaveFailed | None) -> SaveFailed:
    """The error of a failed save in the words of a command that has ended."""
    key = failure.key.removeprefix("save_") if failure else "moved"
    reason = failure.facts.get("reason", "") if failure else ""
    return SaveFailed("not_changed", path=path, why=SaveFailed(f"why_{key}", reason=reason))


class _Heard:
    """What the store says that a change must know."""

    def __init__(self) -> None:
        self.failure: SaveFailed | None = None
        self.outdated = False

    def __call__(self, event: Event) -> None:
        if isinstance(event, SaveFailing | WriterEnded):
            self.failure = event.error
        elif isinstance(event, Outdated):
            self.outdated = True
