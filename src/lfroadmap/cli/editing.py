"""Doing something to a roadmap's file from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.cli.desk import Desk
from lfroadmap.errors import SaveFailed
from lfroadmap.machine import author

if TYPE_CHECKING:
    from lfroadmap.roadmap.edits import Edit


def edit(desk: Desk, name: str, what: Edit | None = None, mark: str = "", *, empty: bool = False) -> None:
    """Do something to a roadmap, which may be open in a window; raises SaveFailed where it is not durable."""
    from lfroadmap.store.store import SaveFailing, Store

    failures: list[SaveFailed] = []
    store = Store(desk.shelf.path(name), author())
    store.start(lambda event: failures.append(event.error) if isinstance(event, SaveFailing) else None)
    if what:
        store.submit(what)
    if mark:
        store.mark(mark)
    if empty:
        store.empty_bin()
    durable = store.flush()
    store.close()
    if not durable:
        raise failures[-1] if failures else SaveFailed("save_moved", path=store.path)
