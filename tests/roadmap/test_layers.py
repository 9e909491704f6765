"""The floors of the room `roadmap`: a file imports only from floors below its own, so there is no circle."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from source import modules

FLOORS = (
    {"model", "chain", "dates", "storable", "json_source"},
    {"tree", "progress", "excerpt", "templates", "forms", "json_text", "json_pieces"},
    {"edit", "comparison", "schema", "json_history"},
    {"edits", "structure", "form_values"},
    {"draft", "difference", "splices", "rows", "snapshot_reader"},
    {"batch"},
    {"codec", "merging"},
)
HERE = "lfroadmap.roadmap"


def imported(tree: ast.Module) -> Iterator[str]:
    """The files of the room that a file imports, also inside functions and for type checkers only."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name.split(".")[2] for name in names if name.startswith(f"{HERE}."))


def test_every_file_has_its_floor() -> None:
    files = {path.split("/")[1].removesuffix(".py") for path in modules() if path.startswith("roadmap/")}
    assert sorted(name for floor in FLOORS for name in floor) == sorted(files - {"__init__"})


@pytest.mark.parametrize("number", range(len(FLOORS)))
def test_a_floor_stands_on_those_below_it(number: int) -> None:
    below = set().union(*FLOORS[:number])
    for name in FLOORS[number]:
        assert set(imported(modules()[f"roadmap/{name}.py"])) <= below, name
