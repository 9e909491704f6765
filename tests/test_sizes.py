"""How long a file and how large a class may be, without exceptions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from source import modules, nodes_in

HOME = Path(__file__).parent.parent
LINES = 300
METHODS = 20


def files() -> Iterator[tuple[str, str]]:
    """The path and the text of every Python file of the product, its tests and its benchmarks."""
    for folder in ("src", "tests", "benchmarks"):
        for path in sorted((HOME / folder).rglob("*.py")):
            yield path.relative_to(HOME).as_posix(), path.read_text("utf-8")


def methods(path: str, source: str) -> Iterator[tuple[str, int]]:
    """Each class, with the number of functions that are defined directly in its body."""
    if "class " not in source:
        return
    ours = modules().get(path.removeprefix("src/lfroadmap/"))
    for node in nodes_in(ours, ast.ClassDef) if ours else ast.walk(ast.parse(source)):
        if not isinstance(node, ast.ClassDef):
            continue
        defined = [part for part in node.body if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)]
        yield node.name, len(defined)


def test_no_file_is_too_long() -> None:
    lengths = {path: source.count("\n") for path, source in files()}
    assert len(lengths) > 300
    assert {path: length for path, length in lengths.items() if length > LINES} == {}


def test_no_class_has_too_many_methods() -> None:
    sizes = {(path, name): number for path, source in files() for name, number in methods(path, source)}
    assert len(sizes) > 300
    assert {where: number for where, number in sizes.items() if number > METHODS} == {}
