"""Modules that are read when something of them is used."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lfroadmap.deferring import LazyModule, attach, make_lazy

SLOW = """
import time
from deferred_log import log
log.append("read")
first = 1
time.sleep(0.05)
last = 2
try:
    missing
except NameError:
    pass
import deferred_slow
try:
    deferred_slow.missing
except AttributeError:
    log.append("missing")
"""


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What a module did while it was read."""
    (tmp_path / "deferred_log.py").write_text("log = []")
    (tmp_path / "deferred_slow.py").write_text(SLOW)
    (tmp_path / "deferred_broken.py").write_text(
        "import deferred_log; deferred_log.log.append('tried'); 1 / 0"
    )
    (tmp_path / "deferred_package").mkdir()
    package = "import deferred_log; deferred_log.log.append('package')"
    (tmp_path / "deferred_package" / "__init__.py").write_text(package)
    (tmp_path / "deferred_package" / "part.py").write_text("value = 3")
    monkeypatch.syspath_prepend(tmp_path)
    import deferred_log  # type: ignore[import-not-found]

    yield deferred_log.log
    for name in [name for name in sys.modules if name.startswith("deferred_")]:
        del sys.modules[name]


def test_a_lazy_module_is_read_once_when_a_name_is_asked_for(log: list[str]) -> None:
    make_lazy("deferred_slow")
    import deferred_slow  # type: ignore[import-not-found]

    assert log == [] and deferred_slow.__name__ == "deferred_slow"
    assert (deferred_slow.last, deferred_slow.first) == (2, 1)
    assert log == ["read", "missing"] and type(deferred_slow) is not LazyModule
    with pytest.raises(AttributeError):
        _ = deferred_slow.missing


def test_threads_that_ask_at_once_get_the_whole_module(log: list[str]) -> None:
    make_lazy("deferred_slow")
    import deferred_slow

    with ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(getattr, deferred_slow, name) for name in ("first", "last") * 8]
        assert [each.result() for each in asked] == [1, 2] * 8
    assert log == ["read", "missing"]


def test_a_part_of_a_package_does_not_import_it(log: list[str]) -> None:
    make_lazy("deferred_package.part")
    assert log == []
    import deferred_package  # type: ignore[import-not-found]

    attach("deferred_package.part")
    assert (deferred_package.part.value, log) == (3, ["package"])


def test_a_module_that_cannot_be_read_says_so_each_time(log: list[str]) -> None:
    make_lazy("deferred_broken")
    import deferred_broken  # type: ignore[import-not-found]

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            _ = deferred_broken.name
    assert log == ["tried", "tried"]


def test_what_is_loaded_or_missing_is_left_alone() -> None:
    make_lazy("pathlib")
    assert type(sys.modules["pathlib"]) is not LazyModule
    make_lazy("deferred_nowhere")
    assert "deferred_nowhere" not in sys.modules


LATER = (
    "bz2", "calendar", "difflib", "ipaddress", "lfroadmap.bidi.algorithm", "lfroadmap.roadmap.edits",
    "lfroadmap.ui.team_words", "pickle", "platformdirs", "rich.table", "shutil", "ssl",
    "textual.canvas", "textual.command", "textual.markup", "textual.types", "textwrap", "tokenize", "uuid",
)  # fmt: skip
LOAD = """
import sys
import lfroadmap.main as program
from lfroadmap.deferring import make_lazy
for name in program.LAZY:
    make_lazy(name)
import lfroadmap.cli
program.load_screen()
import lfroadmap.ui.widgets.overview
"""
"""What a start imports, in its order."""
LOADED = """
modules = {name: type(sys.modules[name]).__name__ for name in LATER if name in sys.modules}
print([name for name, kind in modules.items() if kind != "LazyModule"])
"""


def run(code: str) -> str:
    program = f"LATER = {LATER}\n{LOAD}{code}"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout


def test_the_screen_loads_nothing_that_its_first_picture_does_without() -> None:
    assert run(LOADED).strip() == "[]"


def test_what_the_screen_does_without_can_be_used_all_the_same() -> None:
    code = """
import asyncio, ssl
from rich.style import Style
from textual.app import App
from textual.command import CommandPalette, Provider
from textual.theme import ThemeProvider
assert issubclass(asyncio.sslproto.SSLProtocol, asyncio.protocols.BufferedProtocol)
assert ssl.create_default_context() and Style(meta={"a": 1}).meta == {"a": 1}

class Small(App):
    async def on_mount(self):
        self.search_themes()

async def main():
    app = Small()
    async with app.run_test() as pilot:
        await pilot.pause()
        assert isinstance(app.screen, CommandPalette), app.screen
        await app.workers.wait_for_complete()
        await pilot.press(*"nord")
        while not app.screen.query_one("CommandList").options:
            await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        print(app.theme)

asyncio.run(main())
assert issubclass(ThemeProvider, Provider)
from textual.notifications import Notification
from textual.color import Gradient, Color
from textual.content import Content
from textual.design import ColorSystem, show_design
Notification("one")
Content.from_markup("[b]one[/b]")
left = [(module, name) for module, found in sys.modules.items() if module.startswith(("textual", "rich"))
        for name, value in vars(found).items() if "Deferred" in type(value).__name__]
print({name for module, name in left} & {"CommandPalette", "Provider", "dumps", "loads", "uuid4"} or "[]")
"""
    assert run(code).split() == ["nord", "[]"]
