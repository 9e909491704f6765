"""The Yjs library, pycrdt, without loading what it has for asynchronous programs.

pycrdt imports anyio and with it asyncio, and looks its own version up in the metadata of the installed
packages, for streams, providers and transactions that are awaited. The store uses none of it, and it is two
thirds of the time that importing pycrdt takes and a third of an edit from the command line. So it is loaded
when something of it is used. Nothing is deferred where pycrdt or anyio is loaded already.
"""

from __future__ import annotations

from importlib import import_module
from typing import cast

from lfroadmap.deferring import Deferral

_DEFERRED = (
    "anyio",
    "anyio.abc",
    "anyio.streams",
    "anyio.streams.memory",
    "pycrdt._awareness",
    "pycrdt._provider",
    "pycrdt._stream",
    "pycrdt._version",
)
"""The modules that pycrdt imports and the store does not need."""


class _DeferredLock:
    """The lock of a document for awaited transactions, made when the first one is."""

    def __getattr__(self, name: str) -> object:
        _DEFERRAL.load("anyio")
        lock = import_module("anyio").Lock()
        self.__dict__.update(acquire=lock.acquire, release=lock.release)  # this is not called again
        return cast("object", getattr(lock, name))


_DEFERRAL = Deferral(_DEFERRED, ("pycrdt",), together=True, given={"anyio": {"Lock": _DeferredLock}})

with _DEFERRAL.importing():
    from pycrdt import (
        Array,
        Doc,
        Map,
        Text,
        TransactionEvent,
        XmlElement,
        XmlFragment,
        get_update,
    )

__all__ = ("Array", "Doc", "Map", "Text", "TransactionEvent", "XmlElement", "XmlFragment", "get_update")
