"""The product's own source as syntax trees, for the tests that hold rules over all of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src" / "lfroadmap"


@cache
def modules() -> dict[str, ast.Module]:
    """Path under src/lfroadmap, such as `roadmap/model.py` -> its syntax tree."""
    return {
        path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text("utf-8"), str(path))
        for path in sorted(SOURCE.rglob("*.py"))
    }


def imports(path: str, tree: ast.AST) -> Iterator[str]:
    """Full names of the modules that are imported anywhere in the tree, relative ones made absolute."""
    package = ["lfroadmap", *path.split("/")[:-1]]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (above, node.module) if part)
            if module == "lfroadmap":
                yield from (f"{module}.{alias.name}" for alias in node.names)
            else:
                yield module


def at_start(tree: ast.Module) -> ast.Module:
    """What runs when the module is imported: no function bodies, nothing for type checkers only."""
    kept = [
        node
        for node in tree.body
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not (isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"))
    ]
    return ast.Module(kept, [])


def used(tree: ast.AST) -> set[str]:
    """Paths of our modules that are imported anywhere, also inside functions and for type checkers only."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("lfroadmap."):
            above = node.module.removeprefix("lfroadmap.").replace(".", "/")
            for alias in node.names:
                places = (f"{above}/{alias.name}.py", f"{above}.py", f"{above}/__init__.py")
                found.add(next(place for place in places if place in modules()))
    return found
