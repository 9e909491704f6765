"""The Yjs library, pycrdt, without loading what it has for asynchronous programs.

pycrdt imports anyio and with it asyncio, and looks its own version up in the metadata of the installed
packages, for streams, providers and transactions that are awaited. The store uses none of it, and it is two
thirds of the time that importing pycrdt takes and a third of an edit from the command line. So modules that
stand in for those are in `sys.modules` while pycrdt is imported, and gone afterwards. The first use of any
name from them loads what it stands for and puts that everywhere in pycrdt: for a program that has both,
nothing is missing. Nothing is deferred where pycrdt or anyio is loaded already.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import cast

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


class _DeferredName:
    """A name of a module that is loaded when the name is called, subscripted, inherited from or asked."""

    def __init__(self, module: str, name: str) -> None:
        self._module, self._name = module, name

    def load(self) -> object:
        """The object of that name, from now on everywhere in pycrdt."""
        _load_all()
        return self.found()

    def found(self) -> object:
        """The object of that name."""
        found: object = getattr(import_module(self._module), self._name)
        return found

    def __call__(self, *args: object, **named: object) -> object:
        return cast("Callable[..., object]", self.load())(*args, **named)

    def __getitem__(self, parameters: object) -> object:
        return cast("type[list[object]]", self.load()).__class_getitem__(parameters)

    def __getattr__(self, name: str) -> object:
        return cast("object", getattr(self.load(), name))

    def __mro_entries__(self, bases: tuple[object, ...]) -> tuple[object, ...]:
        return (self.load(),)

    def __str__(self) -> str:
        return str(self.load())


class _DeferredLock:
    """The lock of a document for awaited transactions, made when the first one is."""

    def __getattr__(self, name: str) -> object:
        _load_all()
        lock = import_module("anyio").Lock()
        self.__dict__.update(acquire=lock.acquire, release=lock.release)  # this is not called again
        return cast("object", getattr(lock, name))


class _DeferredModule(ModuleType):
    """A module whose names are all deferred."""

    def __getattr__(self, name: str) -> _DeferredName:
        if name.startswith("__") and name != "__version__":
            raise AttributeError(name)
        return _DeferredName(self.__name__, name)


@contextmanager
def _deferred_modules() -> Iterator[None]:
    if {"pycrdt", "anyio"} & sys.modules.keys():
        yield
        return
    modules = {name: _DeferredModule(name) for name in _DEFERRED}
    vars(modules["anyio"]).update(Lock=_DeferredLock)
    sys.modules.update(modules)
    try:
        yield
    finally:
        _remove_stand_ins()


def _remove_stand_ins() -> None:
    for name in _DEFERRED:
        if isinstance(sys.modules.get(name), _DeferredModule):
            del sys.modules[name]


def _load_all() -> None:
    """Put the objects in the place of what stands for them in pycrdt's modules."""
    _remove_stand_ins()
    for module in [module for name, module in sys.modules.items() if name.partition(".")[0] == "pycrdt"]:
        for name, value in list(vars(module).items()):
            if isinstance(value, _DeferredName):
                vars(module)[name] = value.found()
            elif isinstance(value, _DeferredModule):
                vars(module)[name] = import_module(value.__name__)


with _deferred_modules():
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
