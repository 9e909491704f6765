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


class _DeferredName:
    """A name of a module that is loaded when the name is called, subscripted, inherited from or asked."""

    def __init__(self, deferral: Deferral, module: str, name: str) -> None:
        self._deferral, self._module, self._name = deferral, module, name

    def load(self) -> object:
        """The object of that name, from now on everywhere in the library."""
        self._deferral.load()
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
    """Modules that a library imports and that are loaded when something of them is used."""

    def __init__(
        self,
        modules: Sequence[str],
        library: str,
        *,
        given: Mapping[str, Mapping[str, object]] | None = None,
        loaded: Callable[[], None] | None = None,
    ) -> None:
        """Defer the modules of which the library, a package, imports names.

        `given` are the names of a stand-in that are something at once; `loaded` is called when all is loaded.
        """
        self._modules, self._library = modules, library
        self._given = given or {}
        self._loaded = loaded

    @contextmanager
    def importing(self) -> Iterator[None]:
        """Have the modules stand in while the library is imported; nothing where one of them is loaded."""
        if {self._library, *self._modules} & sys.modules.keys():
            yield
            return
        for name in self._modules:
            module = _DeferredModule(name, self)
            vars(module).update(self._given.get(name, {}))
            sys.modules[name] = module
        try:
            yield
        finally:
            self._remove_stand_ins()

    def load(self) -> None:
        """Put the objects in the place of what stands for them in the library's modules."""
        self._remove_stand_ins()
        own = [module for name, module in sys.modules.items() if name.partition(".")[0] == self._library]
        for module in own:
            for name, value in list(vars(module).items()):
                if isinstance(value, _DeferredName) and value._deferral is self:
                    vars(module)[name] = value.found()
                elif isinstance(value, _DeferredModule) and value._deferral is self:
                    vars(module)[name] = import_module(value.__name__)
        if self._loaded is not None:
            self._loaded()

    def _remove_stand_ins(self) -> None:
        for name in self._modules:
            if isinstance(sys.modules.get(name), _DeferredModule):
                del sys.modules[name]
