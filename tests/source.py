"""The product's own source as syntax trees, for the tests that hold rules over all of it."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

SOURCE = Path(__file__).parent.parent / "src" / "lfroadmap"
N = TypeVar("N", bound=ast.AST)


@cache
def modules() -> dict[str, ast.Module]:
    """Path under src/lfroadmap, such as `roadmap/model.py` -> its syntax tree."""
    return {
        path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text("utf-8"), str(path))
        for path in sorted(SOURCE.rglob("*.py"))
    }


@cache
def _nodes(tree: ast.AST) -> dict[type[ast.AST], list[ast.AST]]:
    found: dict[type[ast.AST], list[ast.AST]] = defaultdict(list)
    for node in ast.walk(tree):
        found[type(node)].append(node)
    return found


def nodes_in(tree: ast.AST, *kinds: type[N]) -> Iterator[N]:
    """The nodes of these classes in a tree, walked once for all rules."""
    for kind in kinds:
        yield from _nodes(tree).get(kind, ())  # type: ignore[misc]


def nodes(path: str, *kinds: type[N]) -> Iterator[N]:
    """The nodes of these classes in a module."""
    return nodes_in(modules()[path], *kinds)


@cache
def imports(path: str) -> frozenset[str]:
    """Full names of the modules that are imported anywhere in a module, relative ones made absolute."""
    return frozenset(_imported(path, nodes(path, ast.Import, ast.ImportFrom)))


def imports_at_start(path: str) -> frozenset[str]:
    """Full names of the modules that are imported when the module is."""
    return frozenset(_imported(path, ast.walk(_at_start(modules()[path]))))


def _imported(path: str, statements: Iterator[ast.AST]) -> Iterator[str]:
    package = ["lfroadmap", *path.split("/")[:-1]]
    for node in statements:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (above, node.module) if part)
            if module == "lfroadmap":
                yield from (f"{module}.{alias.name}" for alias in node.names)
            else:
                yield module


def _at_start(tree: ast.Module) -> ast.Module:
    """The statements that run when the module is imported, without those for type checkers only."""
    kept = [
        node
        for node in tree.body
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not (isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"))
    ]
    return ast.Module(kept, [])


@cache
def used(path: str) -> frozenset[str]:
    """Paths of our modules that a module imports, also inside functions and for type checkers only."""
    found = set()
    for node in nodes(path, ast.ImportFrom):
        if node.module and node.module.startswith("lfroadmap."):
            above = node.module.removeprefix("lfroadmap.").replace(".", "/")
            for alias in node.names:
                places = (f"{above}/{alias.name}.py", f"{above}.py", f"{above}/__init__.py")
                found.add(next(place for place in places if place in modules()))
    return frozenset(found)
