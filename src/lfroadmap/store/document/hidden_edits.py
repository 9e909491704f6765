"""What peers did in nodes that are removed here: it is not seen before these are restored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from lfroadmap.store.document.arrived_stamps import ArrivedStamps
from lfroadmap.store.document.changed_nodes import ChangedNodes
from lfroadmap.store.document.node_maps import NodeMaps
from lfroadmap.store.document.stamps import DELETED, MARK, NOBODY, Stamp, read_stamp
from lfroadmap.store.document.yjs import Map

_MAX_LEVELS = 20
"""Parents above a node that are followed: another program may have made circles."""


class HiddenEdit(NamedTuple):
    """An edit of a peer in removed nodes."""

    removed: tuple[str, ...]
    """Ids of the removed nodes that it is in, which may be the edited one, and others above."""
    author: str
    """Display name."""


def hidden_edits(maps: NodeMaps, changed: ChangedNodes, arrived: ArrivedStamps) -> list[HiddenEdit]:
    """The edits in removed nodes among the changes of a document, as far as their authors are known."""
    finder = _Finder(maps)
    found = [
        HiddenEdit(removed, stamp.author)
        for kind, ids in changed.ids.items()
        for node_id in ids
        if (removed := finder.removed_at(kind, node_id))
        and (stamp := arrived.newest_of(_stamps(maps.get(kind, node_id)))) != NOBODY
    ]
    return list(dict.fromkeys(found))


def _stamps(values: Map[Any] | None) -> Iterator[Stamp]:
    """The stamps of a node but that of its removal."""
    for key in values.keys() if values is not None else ():
        if key.endswith(MARK) and key != DELETED + MARK:
            yield read_stamp(values.get(key) if values is not None else None)


class _Finder:
    """Finds the removed nodes above others, each parent once."""

    def __init__(self, maps: NodeMaps) -> None:
        self._maps = maps
        self._above: dict[object, tuple[str, ...]] = {}

    def removed_at(self, kind: type, node_id: str) -> tuple[str, ...]:
        """The ids of the removed ones of a node and what it is in."""
        return self._of(node_id, self._maps.get(kind, node_id), _MAX_LEVELS)

    def _of(self, node_id: str, values: Map[Any] | None, levels: int) -> tuple[str, ...]:
        if values is None or not levels:
            return ()
        own = (node_id,) if values.get(DELETED) is True else ()
        parent = values.get("parent")
        if not isinstance(parent, str):
            return own
        if parent not in self._above:
            self._above[parent] = ()
            self._above[parent] = self._of(parent, self._maps.only(parent), levels - 1)
        return own + self._above[parent]
