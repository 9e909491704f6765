"""The floors of each room, as its docstring lists them: a module imports only from floors below its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from source import modules, used

PACKAGES = sorted({path.rsplit("/", 1)[0] for path in modules() if "/" in path})


def floors(package: str) -> list[list[str]]:
    """The rows of modules that the docstring lists, from the lowest; a package within has a `/` behind it."""
    described = ast.get_docstring(modules()[f"{package}/__init__.py"]) or ""
    return [line.split() for line in described.splitlines() if line.startswith("    ")]


def name_in(package: str, path: str) -> str:
    """What a file belongs to directly under the package: `model`, or `sqlite/` for a package within."""
    first, deeper, _ = path.removeprefix(f"{package}/").partition("/")
    return f"{first}/" if deeper else first.removesuffix(".py")


def inside(package: str) -> Iterator[str]:
    """Paths of the files of a package, without its own `__init__`."""
    own = f"{package}/__init__.py"
    yield from (path for path in modules() if path.startswith(f"{package}/") and path != own)


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_has_its_floor(package: str) -> None:
    listed = [name for row in floors(package) for name in row]
    assert sorted(listed) == sorted({name_in(package, path) for path in inside(package)})


@pytest.mark.parametrize("package", PACKAGES)
def test_a_module_imports_only_from_floors_below_its_own(package: str) -> None:
    floor = {name: number for number, row in enumerate(floors(package)) for name in row}
    files = set(inside(package))
    wrong = []
    for path in files:
        name = name_in(package, path)
        for other in used(modules()[path]) & files:
            below = name_in(package, other)
            if below != name and floor[below] >= floor[name]:
                wrong.append((path, other))
    assert wrong == []


def test_the_rows_are_read() -> None:
    assert sum(len(floors(package)) > 2 for package in PACKAGES) > 10
