"""The nodes that the transactions of a document change, until it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from lfroadmap.store.document.node_maps import NodeMaps

MAX_CHANGED = 2000
"""Changed nodes up to which reading them takes less time than reading the whole document."""
_MAX_STEPS = 20_000
"""Steps of the events' paths that are followed: in types nested by the thousand each path is as long."""


class ChangedNodes:
    """Notes the changed nodes of a document; it keeps no reference to it."""

    def __init__(self, maps: NodeMaps) -> None:
        self.ids: dict[type, set[str]] = {kind: set() for kind in maps.roots}
        """Class -> ids of the nodes with a changed value."""
        self.new: set[tuple[type, str]] = set()
        """Class and id of the nodes that were not in the document before."""
        self.clear()
        # pycrdt's own observe_deep computes the paths and values of all events before it calls
        self._subscriptions = [
            maps.meta.integrated.observe_deep(self._note_meta),
            *(root.integrated.observe_deep(partial(self._note, kind)) for kind, root in maps.roots.items()),
        ]

    def clear(self) -> None:
        """Forget the changes, after a reading."""
        for ids in self.ids.values():
            ids.clear()
        self.new.clear()
        self.meta = False
        """True if a value of the roadmap itself changed."""
        self.is_complete = True
        """False if there are too many changes, or others than of nodes' values."""
        self._steps = 0

    def _note_meta(self, _: object) -> None:
        self.meta = True

    def _note(self, kind: type, events: Iterable[Any]) -> None:
        for event in events:
            if not self.is_complete:
                return
            path = event.path
            self._steps += len(path)
            if not path:
                self._note_keys(kind, _keys_of(event))
            elif isinstance(path[0], str):
                self.ids[kind].add(path[0])
            else:  # the root as a list
                self.is_complete = False
            if self._steps > _MAX_STEPS or len(self.ids[kind]) > MAX_CHANGED:
                self.is_complete = False

    def _note_keys(self, kind: type, keys: Mapping[str, Mapping[str, Any]] | None) -> None:
        """Note the nodes whose maps were added, replaced or deleted."""
        if keys is None:
            self.is_complete = False
            return
        for node_id, change in keys.items():
            self.ids[kind].add(node_id)
            if change["action"] == "add":
                self.new.add((kind, node_id))
            elif change["action"] == "delete":
                self.is_complete = False


def _keys_of(event: Any) -> Mapping[str, Mapping[str, Any]] | None:  # noqa: ANN401 - an event of the library
    """The changed keys of a map; None where the library panics, as it does at a key without a value."""
    try:
        keys: Mapping[str, Mapping[str, Any]] = event.keys
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic is no Exception; the document is read as a whole then
        return None
    return keys
