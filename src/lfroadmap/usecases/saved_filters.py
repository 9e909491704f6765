"""Filters of tasks under names: each person's own, for all roadmaps, in `state.json` of the data folder."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.roadmap.task_filter import TaskFilter
from lfroadmap.store.library.library import Library
from lfroadmap.text import match_key, one_line


def saved_filters(library: Library) -> dict[str, TaskFilter]:
    """Name -> filter, in the order in which they were saved; without parts that this version has not."""
    return {name: _read(parts) for name, parts in library.state.filters.items()}


def saved_filter(library: Library, name: str) -> TaskFilter:
    """The filter that is saved under a name; raises UsageError, with the names that there are.

    Raises RoadmapError for one with a part that is not understood: without it more tasks would fit.
    """
    known = _known_name(library, name)
    found = saved_filters(library)[known]
    if found.plain() != library.state.filters[known]:
        raise RoadmapError("filter_damaged", name=one_line(known), path=library.folder / "state.json")
    return found


def save_filter(library: Library, name: str, wanted: TaskFilter) -> str:
    """Save a filter, in place of another of this name in any spelling; its name as it is kept.

    Raises UsageError for a filter that asks for nothing or a name that is empty, and RoadmapError where the
    disk does not take it.
    """
    kept = " ".join(one_line(name).split())
    if not kept:
        raise UsageError("filter_name_empty")
    if not wanted.plain():
        raise UsageError("filter_empty", name=kept)
    for other in saved_filters(library):
        if other != kept and match_key(other) == match_key(kept):
            _write(library, other, None)
    _write(library, kept, wanted.plain())
    return kept


def forget_filter(library: Library, name: str) -> str:
    """Forget a saved filter; its name. Raises as `saved_filter`, and RoadmapError as `save_filter`."""
    known = _known_name(library, name)
    _write(library, known, None)
    return known


def _known_name(library: Library, name: str) -> str:
    known = saved_filters(library)
    found = next((each for each in known if match_key(each) == match_key(name)), None)
    if found is None:
        raise UsageError("no_filter", name=one_line(name), known=[*known])
    return found


def _write(library: Library, name: str, parts: dict[str, str | bool] | None) -> None:
    if not library.remember_filter(name, parts):
        raise RoadmapError("filter_not_saved", path=library.folder / "state.json")


def _read(parts: dict[str, Any]) -> TaskFilter:
    right = {
        each.name: parts[each.name]
        for each in fields(TaskFilter)
        if type(parts.get(each.name)) is type(each.default)
    }
    return TaskFilter(**right)
