"""The floors of the room, as its docstrings list them, and who may import what of it."""

from __future__ import annotations

import ast

import pytest

from source import imports, modules

LIGHT = {"lfroadmap.bidi.marks", "lfroadmap.bidi.ltr_words"}
"""Modules of constants, which any part of the program may import."""


def floors(package: str) -> list[list[str]]:
    """The rows of modules that the docstring of a package lists, from the lowest; `textual/` is a package."""
    described = ast.get_docstring(modules()[f"{package}/__init__.py"]) or ""
    return [line.split() for line in described.splitlines() if line.startswith("    ")]


@pytest.mark.parametrize("package", ["bidi", "bidi/textual"])
def test_a_module_imports_only_from_floors_below_it(package: str) -> None:
    prefix = f"lfroadmap.{package.replace('/', '.')}."
    here = {path.removeprefix(f"{package}/") for path in modules() if path.startswith(f"{package}/")}
    names = {path.removesuffix(".py") for path in here if "/" not in path} - {"__init__"}
    listed = [name for row in floors(package) for name in row if not name.endswith("/")]
    assert sorted(listed) == sorted(names)
    below: set[str] = set()
    for row in floors(package):
        for name in row:
            path = f"{package}/{name}.py"
            used = set(imports(path, modules()[path])) if path in modules() else set()
            ours = {each.removeprefix(prefix).split(".")[0] for each in used if each.startswith(prefix)}
            assert ours <= below, (name, ours - below)
        below |= set(row)


def test_outside_the_interfaces_only_constants_are_imported() -> None:
    for path, tree in modules().items():
        used = {name for name in imports(path, tree) if name.startswith("lfroadmap.bidi")}
        if not path.startswith(("bidi/", "ui/", "cli/")):
            assert used <= LIGHT, path
        if not path.startswith(("bidi/textual/", "ui/")):
            assert not any(name.startswith("lfroadmap.bidi.textual") for name in used), path
