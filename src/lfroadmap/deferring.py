"""Modules that a library imports for what a program may never do, loaded when something of them is used.

`LazyModule` is for a module that is imported as a whole: it is read when one of its names is asked for.
`Deferral` is for modules of which names are imported: while the library is imported, modules that stand in
for them give names that stand in for theirs. The first use of any of these loads what it stands for, and
puts that everywhere in the library, so that for a program that uses all of it nothing is missing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from threading import RLock
from types import ModuleType
from typing import cast

_LOADING = RLock()
"""Held while a module is read: another thread that asks for a name waits until it is there."""


class LazyModule(ModuleType):
    """A module that is read when a name of it is asked for; the same object is then the whole module."""

    def __getattr__(self, name: str) -> object:
        with _LOADING:
            if type(self) is LazyModule and not vars(self).get("__reading__"):
                self._read()
            elif type(self) is LazyModule:  # the module itself asks, while it is read
                raise AttributeError(name)
            return cast("object", getattr(self, name))

    def _read(self) -> None:
        assert self.__spec__ is not None and self.__spec__.loader is not None
        vars(self)["__reading__"] = True
        try:
            self.__spec__.loader.exec_module(self)
        finally:
            del vars(self)["__reading__"]
        self.__class__ = ModuleType  # type: ignore[assignment]


def make_lazy(name: str) -> None:
    """Have a module read when something of it is used; nothing where it is loaded, or not to be found."""
    if name in sys.modules:
        return
    package, _, _ = name.rpartition(".")
    # the package itself is not imported, as `find_spec` would: it is what imports the module
    above = PathFinder.find_spec(package) if package else None
    spec = PathFinder.find_spec(name, above.submodule_search_locations if above else None)
    if spec is not None:
        module = module_from_spec(spec)
        module.__class__ = LazyModule
        sys.modules[name] = module


def attach(name: str) -> None:
    """Have a module that was made lazy before its package be an attribute of it, as importing it does."""
    package, _, own = name.rpartition(".")
    if package in sys.modules and name in sys.modules:
        vars(sys.modules[package])[own] = sys.modules[name]


class _DeferredName:
    """A name of a module that is loaded when the name is called, subscripted, inherited from or asked."""

    def __init__(self, deferral: Deferral, module: str, name: str) -> None:
        self._deferral, self._module, self._name = deferral, module, name

    def load(self) -> object:
        """The object of that name, from now on everywhere in the libraries."""
        self._deferral.load(self._module)
        return self.found()

    def found(self) -> object:
        """The object of that name."""
        found: object = getattr(import_module(self._module), self._name)
        return found

    def is_of(self, module: str) -> bool:
        """True if it stands for a name of a module."""
        return self._module == module

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


class _DeferredModule(ModuleType):
    """A module whose names are all deferred."""

    def __init__(self, name: str, deferral: Deferral) -> None:
        super().__init__(name)
        self._deferral = deferral

    def __getattr__(self, name: str) -> _DeferredName:
        if name.startswith("__") and name != "__version__":
            raise AttributeError(name)
        return _DeferredName(self._deferral, self.__name__, name)


class Deferral:
    """Modules that libraries import and that are loaded when something of them is used."""

    def __init__(
        self,
        modules: Sequence[str],
        libraries: Sequence[str],
        *,
        together: bool = False,
        given: Mapping[str, Mapping[str, object]] | None = None,
        loaded: Callable[[str], None] | None = None,
    ) -> None:
        """Defer the modules of which the libraries, packages, import names.

        If they belong `together`, all are loaded when something of one is used. `given` are the names of a
        stand-in that are something at once; `loaded` is called with the name of each module that was loaded.
        """
        self._modules, self._libraries = modules, libraries
        self._together = together
        self._given = given or {}
        self._loaded = loaded

    @contextmanager
    def importing(self) -> Iterator[None]:
        """Have the modules stand in while the libraries are imported; nothing where one of all is loaded."""
        if {*self._libraries, *self._modules} & sys.modules.keys():
            yield
            return
        for name in self._modules:
            module = _DeferredModule(name, self)
            vars(module).update(self._given.get(name, {}))
            sys.modules[name] = module
        try:
            yield
        finally:
            for name in self._modules:
                if isinstance(sys.modules.get(name), _DeferredModule):
                    del sys.modules[name]

    def load(self, name: str) -> None:
        """Put a module and its objects in the place of what stands for them in the libraries' modules."""
        for each in self._modules if self._together else (name,):
            self._load(each)

    def _load(self, name: str) -> None:
        if isinstance(sys.modules.get(name), _DeferredModule):
            del sys.modules[name]
        for importing in [each for key, each in sys.modules.items() if key.split(".")[0] in self._libraries]:
            for own, value in list(vars(importing).items()):
                if isinstance(value, _DeferredName) and value.is_of(name):
                    vars(importing)[own] = value.found()
                elif isinstance(value, _DeferredModule) and value.__name__ == name:
                    vars(importing)[own] = import_module(name)
        if self._loaded is not None:
            self._loaded(name)
