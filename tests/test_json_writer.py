"""JSON for people and programs is made in one place, and printed in one."""

from __future__ import annotations

import ast

import pytest

from source import modules, nodes, nodes_in

STORED = ("store/", "roadmap/codec.py", "roadmap/flow_figures.py", "state.py", "flows/sources/json_keys.py")
"""Where JSON is the form of a file of our own, or of a temporary one, which no terminal is shown."""
WRITER, PRINTER = "roadmap/json_text.py", "cli/output.py"
MAKES_JSON = {"dump", "dumps", "JSONEncoder", "make_encoder", "dump_json", "model_dump_json", "to_json"}
"""What makes JSON, in the library and in pydantic; `print_json` is rich's too, but none of rich's is used."""


def names_in(tree: ast.AST) -> set[str]:
    """Names that are reached for: of attributes, and of what is imported from a module by name."""
    attributes = {
        node.attr
        for node in nodes_in(tree, ast.Attribute)
        if getattr(node.value, "id", "") not in ("schema", "pickle")
    }
    imported = {
        alias.name
        for node in nodes_in(tree, ast.ImportFrom)
        if node.module in ("json", "pydantic", "pydantic_core")
        for alias in node.names
    }
    # `to_json` is pydantic's where that is imported, and elsewhere our own, which makes plain values
    ours = set() if any(name.startswith("pydantic") for name in imported_modules(tree)) else {"to_json"}
    return (attributes - ours) | imported


def imported_modules(tree: ast.AST) -> set[str]:
    """The modules that are imported, or imported from."""
    whole = {alias.name for node in nodes_in(tree, ast.Import) for alias in node.names}
    return whole | {node.module or "" for node in nodes_in(tree, ast.ImportFrom)}


def test_no_other_place_makes_json_for_people() -> None:
    makers = {path for path, tree in modules().items() if names_in(tree) & MAKES_JSON}
    assert {path for path in makers if not path.startswith(STORED)} == {WRITER}


def test_no_other_place_writes_bytes_to_the_standard_output() -> None:
    writers = {
        path
        for path in modules()
        for node in nodes(path, ast.Attribute)
        if node.attr == "buffer" and ast.unparse(node.value).endswith("stdout")
    }
    assert writers == {PRINTER}


@pytest.mark.parametrize(
    "code", ["import json\nprint(json.dumps(1))", "from json import dumps\ndumps(1)", "a.dump_json()"]
)
def test_the_rule_finds_what_breaks_it(code: str) -> None:
    assert names_in(ast.parse(code)) & MAKES_JSON
