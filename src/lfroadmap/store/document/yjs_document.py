"""A Yjs document with the root maps of a roadmap: its updates, and taking in those of others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple

from lfroadmap.store.document.document_reader import DocumentReader
from lfroadmap.store.document.limits import MAX_TYPES, SLOW_EVENTS
from lfroadmap.store.document.nested_types import NestedTypes
from lfroadmap.store.document.node_maps import ROOTS, NodeMaps, depth
from lfroadmap.store.document.node_writer import NodeWriter
from lfroadmap.store.document.sibling_positions import SiblingPositions
from lfroadmap.store.document.update_base import MAX_CLOCK, is_applied, missing_base, read_clocks
from lfroadmap.store.document.update_reader import Clocks, Needs
from lfroadmap.store.document.value_depth import check_depth
from lfroadmap.store.document.yjs import Doc, Map, TransactionEvent, get_update


class SpoiledDocument(ValueError):
    """An update left the document in a state that it cannot be read in."""


class PartlyApplied(SpoiledDocument):
    """A part of an update was not applied, as it builds on others that the document does not have."""


class MissingBase(ValueError):
    """An update builds on others that the document does not have; it was not applied."""

    def __init__(self, needs: Needs) -> None:
        super().__init__("an update on others that are not here")
        self.needs = needs
        """The clients and clocks that the document has not reached."""


class Received(NamedTuple):
    """What was new in an update."""

    updates: list[bytes]
    """The updates that the document made of it, for the log; empty where nothing was new."""
    left: bytes
    """The part of it that the document did not have, as it was sent."""


class YjsDocument:
    """The document under a roadmap; belongs to one thread."""

    def __init__(self) -> None:
        self._updates: list[bytes] = []
        self._nested = NestedTypes()
        self._use(Doc())

    def _use(self, doc: Doc[Any], *, is_deep: bool = False) -> None:
        self._doc = doc
        self._meta: Map[Any] = doc.get("meta", type=Map)
        self._roots: dict[type, Map[Any]] = {kind: doc.get(name, type=Map) for kind, name in ROOTS.items()}
        self._nodes = NodeMaps(self._meta, self._roots)
        self._positions = SiblingPositions(self._nodes)
        self._writer = NodeWriter(self._meta, self._nodes, self._positions)
        self._reader = DocumentReader(self._nodes, follows=not is_deep)
        # a callback with a reference to this object would keep it for ever: no cycle is seen in the library
        self._subscription = doc.observe(partial(_note_update, self._updates))

    def take_updates(self) -> list[bytes]:
        """The updates made since the last call, in order."""
        updates = self._updates.copy()
        self._updates.clear()
        return updates

    def merge(self, update: bytes) -> None:
        """Apply an update from the log.

        Raises ValueError where it cannot be decoded, and SpoiledDocument where the document is of no more
        use.
        """
        self._take_in(update)
        self._updates.clear()

    def receive(self, update: bytes) -> Received:
        """Apply a peer's update.

        Raises MissingBase, or ValueError where it makes no sense, and the document is as before; after
        PartlyApplied and SpoiledDocument it is of no more use.
        """
        with library_errors():
            check_depth(update)
            left = get_update(update, self.state)
            needs = missing_base(left, self.clocks)
        if needs:
            raise MissingBase(needs)
        try:
            self._take_in(update)
        except SpoiledDocument:
            raise
        except ValueError as error:
            raise SpoiledDocument(str(error)) from error
        clocks = self.clocks
        if max(clocks.values(), default=0) > MAX_CLOCK:
            raise SpoiledDocument("a clock that nobody reaches")
        with library_errors():
            if not is_applied(get_update(update, self.state), clocks):
                raise PartlyApplied("an update on others that are not here")
        return Received(self.take_updates(), left)

    def has(self, update: bytes) -> bool:
        """True if everything in an update was applied; raises ValueError where it cannot be decoded."""
        with library_errors():
            return is_applied(get_update(update, self.state), self.clocks)

    def _take_in(self, update: bytes) -> None:
        with library_errors():
            check_depth(update)
            self._nested.count(update)
            if self._reader.follows and self._nested.may_slow_events(update):
                self._check_events()
                self._nested.count(update)
            self._doc.apply_update(update)
            if self._nested.may_be_deep and self._depth() >= MAX_TYPES:
                raise SpoiledDocument("nested too deeply")

    def _depth(self) -> int:
        """How deep types are nested in it."""
        levels = depth((self._meta, *self._roots.values()))
        self._nested.measured(levels)
        return levels

    def _check_events(self) -> None:
        """Go on with a copy without observers where events take long, as they do also for dropped ones."""
        if self._depth() > SLOW_EVENTS:
            copy: Doc[Any] = Doc()
            copy.apply_update(self._doc.get_update())
            self._use(copy, is_deep=True)

    @property
    def state(self) -> bytes:
        """The state vector: how much of each client's work is in it."""
        return self._doc.get_state()

    @property
    def clocks(self) -> Clocks:
        """How much of each client's work is in it."""
        return read_clocks(self.state)

    def update_since(self, state: bytes) -> bytes:
        """One update with everything that a peer at `state` lacks; raises ValueError for no state vector."""
        with library_errors():
            return self._doc.get_update(state)

    @property
    def is_empty(self) -> bool:
        """True if there is nothing in it."""
        return not (len(self._meta) or any(map(len, self._roots.values())))

    def full_update(self) -> bytes:
        """One update with the whole document."""
        return self._doc.get_update()


def _note_update(updates: list[bytes], event: TransactionEvent) -> None:
    # the update can only be read here, inside the callback
    updates.append(event.update)


@contextmanager
def library_errors() -> Iterator[None]:
    """Raise the errors of the Yjs library as ValueError, and its panics as SpoiledDocument."""
    try:
        yield
    except ValueError:
        raise
    except Exception as error:
        raise ValueError("an update that makes no sense") from error
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise SpoiledDocument("a panic of the Yjs library") from error
