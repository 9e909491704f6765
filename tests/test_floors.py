"""The floors of each room, as its docstring lists them: a module imports only from floors below its own."""

from __future__ import annotations

import ast
from functools import cache

from source import modules, used


@cache
def packages() -> tuple[str, ...]:
    return tuple(sorted({path.rsplit("/", 1)[0] for path in modules() if "/" in path}))


@cache
def floors(package: str) -> list[list[str]]:
    """The rows of modules that the docstring lists, from the lowest; a package within has a `/` behind it."""
    described = ast.get_docstring(modules()[f"{package}/__init__.py"]) or ""
    return [line.split() for line in described.splitlines() if line.startswith("    ")]


def name_in(package: str, path: str) -> str:
    """What a file belongs to directly under the package: `model`, or `sqlite/` for a package within."""
    first, deeper, _ = path.removeprefix(f"{package}/").partition("/")
    return f"{first}/" if deeper else first.removesuffix(".py")


def inside(package: str) -> set[str]:
    """Paths of the files of a package, without its own `__init__`."""
    return {path for path in modules() if path.startswith(f"{package}/")} - {f"{package}/__init__.py"}


def test_every_module_has_its_floor() -> None:
    listed = {package: sorted(name for row in floors(package) for name in row) for package in packages()}
    there = {package: sorted({name_in(package, path) for path in inside(package)}) for package in packages()}
    assert {package: names for package, names in listed.items() if names != there[package]} == {}


def test_a_module_imports_only_from_floors_below_its_own() -> None:
    wrong = [
        (path, other)
        for package in packages()
        for path in inside(package)
        for other in used(path) & inside(package)
        if not _is_below(package, name_in(package, other), name_in(package, path))
    ]
    assert wrong == []


def _is_below(package: str, name: str, above: str) -> bool:
    floor = {name: number for number, row in enumerate(floors(package)) for name in row}
    return name == above or floor[name] < floor[above]


def test_the_rows_are_read() -> None:
    assert sum(len(floors(package)) > 2 for package in packages()) > 10
