"""Giving a person another name in all roadmaps: finding what changes, and doing it in a roadmap's file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from lfroadmap.errors import BrokenStore, RoadmapError, SaveFailed, UsageError
from lfroadmap.roadmap.model import Card, Kpi, Roadmap, Task
from lfroadmap.roadmap.person_rename import PersonRename, person_rename
from lfroadmap.roadmap.portfolio import Portfolio, Unreadable
from lfroadmap.roadmap.templates import Labels
from lfroadmap.settings import config_folder
from lfroadmap.store.events import Event, SaveFailing, WriterEnded
from lfroadmap.store.library.library import Library
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.text import arrow, base_mark, direction, dots, match_key, one_line
from lfroadmap.usecases.due import portfolio_in
from lfroadmap.usecases.hooks_folder import has_hooks
from lfroadmap.usecases.opening import store_of
from lfroadmap.usecases.portfolio import one_owner
from lfroadmap.words import Words

MOST_NAMED = 8
"""Cards, tasks and KPIs of a roadmap whose names a preview has; the others are counted."""

Report = Callable[[RoadmapError], None]


class RenamePlace(NamedTuple):
    """What changes in one roadmap."""

    name: str
    """The name of the roadmap in the library."""
    roadmap: Roadmap
    rename: PersonRename


class RenamePlan(NamedTuple):
    """What another name for a person changes."""

    old: str
    """The person's name as it is written most often."""
    new: str
    joins: bool
    """True if somebody else is called so already: the two become one person."""
    places: tuple[RenamePlace, ...]
    """The roadmaps in which something changes."""
    unreadable: tuple[Unreadable, ...]

    def only(self, name: str) -> RenamePlan:
        """The same for one roadmap alone."""
        return self._replace(places=tuple(each for each in self.places if each.name == name))


def plan_rename(
    library: Library, words: Words, day: date, names: tuple[str, str], within: str | None = None
) -> RenamePlan:
    """What changes in all roadmaps, or in one, where a person gets another name; nothing is done.

    `names` are the old one, or a part of it, and the new one.

    Raises UsageError where the old name may be several people or the new one is empty, and RoadmapError
    where the old name is nobody's or a roadmap cannot be read.
    """
    old, new = names
    typed = " ".join(new.split())
    if not match_key(typed):
        raise UsageError("owner_empty")
    whole = portfolio_in(library, words, day, 0, within)
    person = one_owner(whole, old)
    name, joins = _new_name(whole, person, typed)
    places = tuple(_places(library, words, whole, person, name))
    return RenamePlan(person, name, joins, places, whole.unreadable)


def _new_name(whole: Portfolio, old: str, typed: str) -> tuple[str, bool]:
    """The new name, as somebody else is written who is called so already; True if there is such a person."""
    wanted = match_key(typed)
    if wanted == match_key(old):
        return typed, False
    same = next((share for share in whole.shares if share.name and match_key(share.name) == wanted), None)
    return (same.usual_name, True) if same else (typed, False)


def _places(library: Library, words: Words, whole: Portfolio, old: str, new: str) -> Iterator[RenamePlace]:
    key = match_key(old)
    names = next(share.roadmaps for share in whole.shares if match_key(share.name) == key)
    for name in names:
        roadmap = read(library.path(name), library.notify)
        found = person_rename(roadmap, Labels(roadmap.template, words.language), old, new)
        if found.owned:
            yield RenamePlace(name, roadmap, found)


def rename_in_file(library: Library, name: str, plan: RenamePlan, words: Words, report: Report) -> None:
    """Give the person the new name in a roadmap's file, as one step of its undo.

    What goes wrong in a hook is reported. Raises RoadmapError where nothing was changed.
    """
    began = datetime.now().astimezone()
    store = store_of(library.path(name))
    if store.only_reads:
        raise RoadmapError("team_only_reads")
    labels = Labels(store.roadmap.template, words.language)
    failures: list[RoadmapError] = []

    def hear(event: Event) -> None:
        if isinstance(event, SaveFailing | WriterEnded):
            failures.append(event.error)

    store.start(hear)
    store.submit(person_rename(store.roadmap, labels, plan.old, plan.new).edit)
    store.close()
    if not store.is_durable:
        raise failures[-1] if failures else SaveFailed("not_changed", path=store.path, why="—")
    if has_hooks():
        from lfroadmap.usecases.hooks import HookedRoadmap, give_all  # noqa: PLC0415 - most people have none

        try:
            give_all(config_folder(), HookedRoadmap(store, name, words), began, report)
        except BrokenStore as error:
            report(error)


# the preview


def preview_lines(plan: RenamePlan, words: Words) -> Iterator[str]:
    """What would change, lines for each roadmap, and what stays; each in the direction of the page."""
    for line in _lines(plan, words):
        yield line if direction(line, "ltr") == words.direction else f"{base_mark(words.direction)}{line}"


def _lines(plan: RenamePlan, words: Words) -> Iterator[str]:
    yield words("people.rename_to", old=plan.old, arrow=_arrow(plan, words), new=plan.new)
    for place in plan.places:
        yield dots([place.name, count_owned(place.rename, words)], words.direction)
        yield f"  {_names(place, words)}"
    if plan.joins:
        yield words("people.joins", name=plan.new)
    yield words("people.stays")


def _arrow(plan: RenamePlan, words: Words) -> str:
    return arrow(plan.old, plan.new, words.direction)


def count_owned(rename: PersonRename, words: Words) -> str:
    """How many cards, tasks and KPIs change: `2 cards, 1 KPI`."""
    counts = (("cards", Card), ("tasks", Task), ("kpis", Kpi))
    found = [(kind, rename.count(node)) for kind, node in counts]
    return ", ".join(words.plural(f"people.{kind}_of", number) for kind, number in found if number)


def _names(place: RenamePlace, words: Words) -> str:
    labels = Labels(place.roadmap.template, words.language)
    names = [one_line(labels.of(each.node)) for each in place.rename.owned]
    rest = len(names) - MOST_NAMED
    shown = ", ".join(names[:MOST_NAMED])
    return f"{shown}, {words.plural('compared.more', rest)}" if rest > 0 else shown
