"""Who may import whom, and what starting must not import."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from graphlib import TopologicalSorter
from pathlib import Path

from source import imports, imports_at_start, modules, nodes, used

CORE = {"errors", "text", "words"}
FACES = {
    *CORE, "paths", "files", "machine", "state", "settings", "roadmap", "store", "report", "export", "flows",
    "team", "imports", "usecases", "bidi", "skeleton", "key_names", "deferring",
}  # fmt: skip
"""What the screen and the command line may import."""
ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "text": {"bidi"},
    "words": {"errors", "text", "bidi"},
    "paths": {"errors"},
    "files": {"paths"},
    "machine": {"errors"},
    "state": {"paths", "files"},
    "settings": {*CORE, "paths", "files", "state", "roadmap"},
    "key_names": set(),
    "deferring": set(),
    "roadmap": {*CORE, "bidi"},
    "store": {*CORE, "paths", "files", "machine", "state", "deferring", "roadmap"},
    "report": {*CORE, "roadmap", "bidi"},
    "export": {*CORE, "paths", "files", "roadmap", "report", "bidi"},
    "imports": {*CORE, "paths", "files", "roadmap", "report", "bidi"},
    "flows": {*CORE, "paths", "files", "roadmap", "imports"},
    "team": {*CORE, "paths", "files", "machine", "roadmap", "store"},
    "usecases": {
        *CORE, "paths", "files", "machine", "state", "settings", "roadmap", "store", "report", "export",
        "imports", "flows", "team",
    },
    "assistant": {
        *CORE, "paths", "machine", "settings", "roadmap", "store", "report", "export", "flows", "usecases",
    },
    "skeleton": {"bidi"},
    "bidi": set(),
    "ui": FACES,
    "cli": {*FACES, "assistant"},
    "main": {"ui", "cli", "skeleton", "deferring"},
    "__init__": set(),
    "__main__": {"main"},
}  # fmt: skip
"""Room -> the rooms that it may import beside itself."""

ONLY_IN: dict[str, tuple[str, ...]] = {
    "textual": ("ui/", "bidi/textual/"),
    "rich": ("report/", "export/", "ui/", "cli/", "bidi/"),
    "pydantic": ("roadmap/snapshot_reader.py",),
    "pydantic_core": ("roadmap/snapshot_reader.py",),
    "sqlite3": ("store/sqlite/disk.py",),
    "pycrdt": ("store/document/yjs.py",),
    "platformdirs": ("paths.py",),
    "tomlkit": ("settings/file.py",),
    "duckdb": ("flows/",),
    "openpyxl": ("flows/sources/workbook.py",),
    "websockets": ("team/",),
    "mcp": ("assistant/server.py",),
    "mcp_types": ("assistant/server.py",),
    "anyio": ("assistant/server.py",),
}
"""Library -> the only files and folders that may import it."""

DISK_AND_CLOCK = {"os", "io", "pathlib", "shutil", "tempfile", "socket", "subprocess", "time", "threading"}
FILES = {
    "open", "read_text", "read_bytes", "write_text", "write_bytes", "glob", "rglob", "iterdir", "exists",
    "is_file", "is_dir", "stat", "mkdir", "unlink", "Path",
}  # fmt: skip
"""What one asks the disk by."""
HEAVY = {"textual", "rich", "pydantic", "pycrdt", "sqlite3", "asyncio", "websockets", "mcp"}


def room(path: str) -> str:
    return path.split("/", maxsplit=1)[0].removesuffix(".py")


def modules_in(name: str) -> list[str]:
    return [path for path in modules() if room(path) == name]


def test_every_room_says_whom_it_may_import() -> None:
    assert {room(path) for path in modules()} <= ALLOWED.keys()


def test_rooms_import_only_what_they_may() -> None:
    wrong = []
    for path in modules():
        ours = [name.split(".") for name in imports(path) if name.split(".")[0] == "lfroadmap"]
        rooms = {parts[1] for parts in ours} - {room(path), "__version__"}
        wrong += [(path, name) for name in rooms - ALLOWED[room(path)]]
    assert wrong == []


def test_modules_import_each_other_in_no_circle() -> None:
    graph = {path: used(path) for path in modules()}
    assert sum(map(len, graph.values())) > len(graph)
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


def test_libraries_stay_in_their_rooms() -> None:
    wrong = [
        (path, name)
        for path in modules()
        for name in imports(path)
        if not path.startswith(ONLY_IN.get(name.split(".")[0], ("",)))
    ]
    assert wrong == []


def test_every_library_is_one_that_the_project_asks_for() -> None:
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))["project"]
    extras = (line for lines in project.get("optional-dependencies", {}).values() for line in lines)
    asked = {name.split("=")[0].rstrip("<>=~ ") for name in (*project["dependencies"], *extras)}
    with_them = {"pydantic": {"pydantic_core"}, "resvg-py": {"resvg_py"}, "mcp": {"mcp_types", "anyio"}}
    known = asked.union(*(with_them.get(name, set()) for name in asked)) | set(sys.stdlib_module_names)
    libraries = {(path, name.split(".")[0]) for path in modules() for name in imports(path)}
    assert [(path, name) for path, name in sorted(libraries) if name not in known | {"lfroadmap"}] == []


def attributes(path: str) -> set[str]:
    return {node.attr for node in nodes(path, ast.Attribute)}


def test_the_roadmap_knows_no_clock_and_of_the_disk_only_the_templates() -> None:
    wrong: list[tuple[str, set[str]]] = []
    for path in modules_in("roadmap"):
        asks = attributes(path) | {node.id for node in nodes(path, ast.Name)}
        reads = {"glob", "read_text"} if path == "roadmap/templates.py" else set()
        barred = DISK_AND_CLOCK & {name.split(".")[0] for name in imports(path)}
        barred |= {"today", "now", "utcnow"} & attributes(path)
        barred |= (asks & FILES) ^ reads  # only what comes with the product is read
        wrong += [(path, barred)] if barred else []
    assert wrong == []


RAISE_WITHOUT_A_FOLDER = {"cwd", "getcwd", "absolute", "abspath", "resolve", "gettempdir"}
"""What raises where the current folder is gone, or links go in a circle."""


def test_folders_that_may_be_gone_are_asked_about_in_one_place() -> None:
    asking = {path: attributes(path) & RAISE_WITHOUT_A_FOLDER for path in modules()}
    assert {path for path, names in asking.items() if names} == {"paths.py"}


def called(path: str) -> set[str]:
    """What a module calls, as it is written."""
    return {ast.unparse(node.func) for node in nodes(path, ast.Call)}


def starts_work_alone(path: str) -> bool:
    """True where a module starts work of a screen that does not end with the screen."""
    return any(
        getattr(node.func, "id", "") == "start_work" and ast.unparse(node.args[0]) == "self"
        for node in nodes(path, ast.Call)
    )


def test_the_work_of_a_screen_ends_with_it() -> None:
    screens = {path for path in modules() if path.startswith("ui/screens/")} - {"ui/screens/base.py"}
    assert len(screens) > 5
    own = {path for path in screens if "textual.screen" in imports(path) or starts_work_alone(path)}
    assert own == set()


def test_work_in_the_background_begins_in_one_place() -> None:
    begin = {path for path in modules() if "run_worker" in attributes(path)}
    assert begin == {"ui/work.py"}


def test_the_program_starts_with_the_skeleton_only() -> None:
    ours = {name for name in imports_at_start("main.py") if name.startswith("lfroadmap")}
    assert ours == {"lfroadmap.skeleton"}
    light = {"__future__", "collections.abc", "os", "typing"}
    assert imports_at_start("skeleton.py") == light


def test_the_command_line_starts_with_words_only() -> None:
    light = {f"lfroadmap.{name}" for name in (*CORE, "skeleton")}
    assert {name for name in imports_at_start("cli/__init__.py") if name.startswith("lfroadmap")} <= light


def test_a_command_imports_what_it_needs_when_it_runs() -> None:
    light = {
        *CORE, "paths", "machine", "settings", "skeleton", "cli", "roadmap.model", "store.folder.naming",
        "store.library.library", "usecases.author",
    }  # fmt: skip
    wrong = []
    for path in modules_in("cli"):
        names = imports_at_start(path)
        ours = {name.removeprefix("lfroadmap.") for name in names if name.startswith("lfroadmap.")}
        wrong += [(path, name) for name in ours - light if not name.startswith("cli.")]
        wrong += [(path, name) for name in names if name.split(".")[0] in HEAVY]
    assert wrong == []


BARRED: dict[str, set[str]] = {
    "main": HEAVY,
    "cli": HEAVY,
    "settings": HEAVY,
    "words": HEAVY,
    "store.library.library": HEAVY,
    "roadmap.edits": HEAVY,
    "roadmap.difference": HEAVY,
    "roadmap.progress": HEAVY,
    "roadmap.templates": HEAVY,
    "roadmap.schema": HEAVY,
    "roadmap.snapshot_reader": HEAVY,
    "store.store": {"textual", "rich", "pydantic"},
    "report.report": {"textual", "pydantic", "pycrdt", "sqlite3"},
    "bidi.marks": HEAVY,
    "bidi.probe": HEAVY,
    "bidi.dialect": HEAVY - {"rich"},
    "bidi.line": HEAVY - {"rich"},
    "bidi.printing": HEAVY - {"rich"},
    "export": HEAVY,
    "flows": {*HEAVY, "duckdb", "openpyxl"},
    "assistant.tools": {"textual", "pycrdt", "mcp"},
    "export.html": {"textual", "pycrdt", "sqlite3"},
}
"""Module -> the libraries that importing it must not load."""
IMPORTING = """
import json, os, sys
for name in sys.argv[1:]:
    if not os.fork():
        __import__(name)
        print(json.dumps([name, sorted({module.split(".")[0] for module in sys.modules})]), flush=True)
        os._exit(0)
    assert os.wait()[1] == 0, name
"""


def imported_by(*names: str) -> dict[str, set[str]]:
    """Module -> the top names of all modules that are loaded in a fresh Python once it is imported."""
    arguments = [sys.executable, "-c", IMPORTING, *names]
    run = subprocess.run(arguments, capture_output=True, text=True, check=True, timeout=60)
    return {name: set(loaded) for name, loaded in map(json.loads, run.stdout.splitlines())}


def test_importing_a_room_leaves_the_heavy_libraries_alone() -> None:
    loaded = imported_by(*(f"lfroadmap.{name}" for name in BARRED))
    wrong = {name: loaded[f"lfroadmap.{name}"] & barred for name, barred in BARRED.items()}
    assert {name: libraries for name, libraries in wrong.items() if libraries} == {}


def test_the_subprocess_sees_what_is_imported() -> None:
    loaded = imported_by("lfroadmap", "pydantic")
    assert "pydantic" not in loaded["lfroadmap"] and "pydantic" in loaded["pydantic"]
