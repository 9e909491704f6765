"""The table of Textual's private names agrees with the installed Textual and with the source.

Textual is pinned, so these tests fail on a deliberate upgrade, or when the source uses another private name.
"""

from __future__ import annotations

import ast
import inspect
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from textual.drivers import linux_driver

from lfroadmap.bidi.textual.hooks import HOOKS
from private_uses import Use, class_declarations, declaration, private_uses, textual_object
from source import SOURCE, modules

TABLE = tomllib.loads(Path(__file__).with_name("private_names.toml").read_text("utf-8"))
HOOKS_FILE = "bidi/textual/hooks.py"
USES = ("imported", "called", "read", "written", "overridden", "replaced")


class Row(NamedTuple):
    """A name of the table."""

    owner: str
    name: str
    use: str
    declaration: str
    files: tuple[str, ...]


def rows() -> Iterator[Row]:
    for entry in TABLE["names"]:
        assert entry.keys() <= {"owner", "files", *USES}, entry
        for use in USES:
            for name, declared in entry.get(use, {}).items():
                yield Row(entry["owner"], name, use, declared, tuple(entry["files"]))


def declared(row: Row) -> str:
    try:
        return declaration(row.owner, row.name)
    except KeyError:
        return "not declared"


@pytest.mark.proof
def test_textual_declares_every_name_as_the_table_does() -> None:
    table = {(row.owner, row.name): row.declaration for row in rows()}
    assert {(row.owner, row.name): declared(row) for row in rows()} == table


def test_textual_does_not_declare_the_attributes_that_are_added() -> None:
    for owner, names in TABLE["added"].items():
        assert class_declarations(textual_object(owner)).keys().isdisjoint(names), owner
        assert not hasattr(textual_object(owner), "__slots__")


def test_every_private_name_in_the_source_is_in_the_table() -> None:
    listed = {Use(path, row.name) for row in rows() for path in row.files}
    found = {use for path in modules() for use in private_uses(path, modules())}
    assert found - listed - {Use(HOOKS_FILE, "setattr")} == set()


def test_every_name_in_the_table_is_in_the_source() -> None:
    source = {path: (SOURCE / path).read_text("utf-8") for row in rows() for path in row.files}
    unused = [
        (path, row.name)
        for row in rows()
        for path in row.files
        if not re.search(rf"\b{row.name}\b", source[path])
    ]
    assert unused == []


def test_every_hook_replaces_a_name_of_the_table() -> None:
    hooked = {(f"{owner.__module__}.{owner.__qualname__}", name) for owner, name, _ in HOOKS}
    replaced = {(row.owner, row.name) for row in rows() if row.use == "replaced" and HOOKS_FILE in row.files}
    assert hooked == replaced


@pytest.mark.parametrize(("owner", "name", "replacement"), HOOKS)
def test_a_replacement_takes_the_arguments_of_the_original(
    owner: type, name: str, replacement: object
) -> None:
    original = vars(owner)[name]
    if isinstance(original, property):
        assert isinstance(replacement, property)
        return
    assert callable(replacement)
    parameters = inspect.signature(original).parameters.values()
    by_position = [each.name for each in parameters if each.default is each.empty]
    by_name = {each.name: each.default for each in parameters if each.default is not each.empty}
    inspect.signature(replacement).bind(*by_position, **by_name)
    inspect.signature(replacement).bind(*by_position, *by_name.values())


def test_the_linux_driver_creates_its_writer_by_the_name_that_is_replaced() -> None:
    started = inspect.getsource(linux_driver.LinuxDriver.start_application_mode)
    assert "self._writer_thread = WriterThread(self._file)" in started


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("from textual._compositor import Compositor", {"Compositor"}),
        ("from textual import _compositor", {"_compositor"}),
        ("import textual._compositor", {"textual._compositor"}),
        ("from textual.content import _FormattedLine as Line", {"_FormattedLine"}),
        ("def f(widget): return widget._compositor", {"_compositor"}),
        ("def f(self): self._compositor = 1", {"_compositor"}),
        ("def f(x): return getattr(x.y(), '_compositor')", {"_compositor"}),
        ("from textual.widget import Widget\nvars(Widget)['_focus_sort_key']", {"_focus_sort_key"}),
        ("from textual.widget import Widget\nclass A(Widget):\n def _render(self): ...", {"_render"}),
        ("from textual.widget import Widget\nclass A(Widget):\n _nodes: int", {"_nodes"}),
        ("import textual.app as t\nclass A(t.App[None]):\n def f(self): self._driver", {"_driver"}),
        ("from textual.app import App\nclass A(App[None]): ...\nclass B(A):\n _driver = 1", {"_driver"}),
        ("from textual.app import App\nclass A(App[None]):\n def f(self): super()._display()", {"_display"}),
        (
            "from lfroadmap.ui.terminal.driver import DialectApp\nclass A(DialectApp):\n _driver = 1",
            {"_driver"},
        ),
        ("from textual.app import App\ndef f(b: type[App]):\n class A(b):\n  _driver = 1", {"_driver"}),
        ("from textual.drivers import linux_driver\nlinux_driver.select = None", {"select"}),
        ("import textual.command\ntextual.command.Hit = None", {"Hit"}),
        ("from textual.widget import Widget\nsetattr(Widget, 'arrange', print)", {"setattr"}),
        # names that are public, or our own
        (
            "from textual.widget import Widget\nclass A(Widget):\n def _own_name(self): self._own_name()",
            set(),
        ),
        ("class A:\n def _render(self): self._render()", set()),
        ("from textual.geometry import Region\nRegion(0, 0, 1, 1)._replace(x=1)", set()),
        ("import os\nos._exit(1)", set()),
        ("def f(text): return '_x' in text", set()),
        ("from textual.widget import Widget\nclass A(Widget):\n def render(self): self.refresh()", set()),
    ],
)
def test_a_private_name_is_found(source: str, names: set[str]) -> None:
    trees = {**modules(), "ui/example.py": ast.parse(source)}
    assert private_uses("ui/example.py", trees) == {Use("ui/example.py", name) for name in names}
