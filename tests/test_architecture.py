"""Who may import whom, and what starting must not import."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from source import at_start, imports, modules, used

CORE = {"errors", "text", "words"}
FACES = {
    *CORE, "paths", "files", "machine", "state", "settings", "roadmap", "store", "report", "export", "flows",
    "team", "imports", "usecases", "bidi", "skeleton", "key_names",
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
    "roadmap": {*CORE, "bidi"},
    "store": {*CORE, "paths", "files", "machine", "state", "roadmap"},
    "report": {*CORE, "roadmap", "bidi"},
    "export": {*CORE, "paths", "files", "roadmap", "report", "bidi"},
    "imports": {*CORE, "paths", "files", "roadmap", "report", "bidi"},
    "flows": {*CORE, "roadmap"},
    "team": {*CORE, "roadmap", "store"},
    "usecases": {
        *CORE, "paths", "files", "machine", "state", "settings", "roadmap", "store", "report", "export",
        "imports",
    },
    "skeleton": {"bidi"},
    "bidi": set(),
    "ui": FACES,
    "cli": FACES,
    "main": {"ui", "cli", "skeleton"},
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
    "pycrdt": ("store/document/document.py", "store/document/node_maps.py", "store/document/node_writer.py"),
    "platformdirs": ("paths.py",),
    "tomlkit": ("settings.py",),
}
"""Library -> the only files and folders that may import it."""

DISK_AND_CLOCK = {"os", "io", "pathlib", "shutil", "tempfile", "socket", "subprocess", "time", "threading"}
FILES = {
    "open", "read_text", "read_bytes", "write_text", "write_bytes", "glob", "rglob", "iterdir", "exists",
    "is_file", "is_dir", "stat", "mkdir", "unlink", "Path",
}  # fmt: skip
"""What one asks the disk by."""
HEAVY = {"textual", "rich", "pydantic", "pycrdt", "sqlite3", "asyncio"}


def room(path: str) -> str:
    return path.split("/", maxsplit=1)[0].removesuffix(".py")


def modules_in(name: str) -> list[str]:
    return [path for path in modules() if room(path) == name]


def test_every_room_says_whom_it_may_import() -> None:
    assert {room(path) for path in modules()} <= ALLOWED.keys()


def test_rooms_import_only_what_they_may() -> None:
    wrong = []
    for path, tree in modules().items():
        ours = [name.split(".") for name in imports(path, tree) if name.split(".")[0] == "lfroadmap"]
        used = {parts[1] for parts in ours} - {room(path), "__version__"}
        wrong += [(path, name) for name in used - ALLOWED[room(path)]]
    assert wrong == []


def test_modules_import_each_other_in_no_circle() -> None:
    graph = {path: used(tree) for path, tree in modules().items()}
    assert sum(map(len, graph.values())) > len(graph)
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


def test_libraries_stay_in_their_rooms() -> None:
    wrong = [
        (path, name)
        for path, tree in modules().items()
        for name in imports(path, tree)
        if not path.startswith(ONLY_IN.get(name.split(".")[0], ("",)))
    ]
    assert wrong == []


def test_every_library_is_one_that_the_project_asks_for() -> None:
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))["project"]
    extras = (line for lines in project.get("optional-dependencies", {}).values() for line in lines)
    asked = {name.split("=")[0].rstrip("<>=~ ") for name in (*project["dependencies"], *extras)}
    with_them = {"pydantic": {"pydantic_core"}}
    known = asked.union(*(with_them.get(name, set()) for name in asked)) | set(sys.stdlib_module_names)
    used = {(path, name.split(".")[0]) for path, tree in modules().items() for name in imports(path, tree)}
    assert [(path, name) for path, name in sorted(used) if name not in known | {"lfroadmap"}] == []


def test_the_roadmap_knows_no_clock_and_of_the_disk_only_the_templates() -> None:
    for path in modules_in("roadmap"):
        assert DISK_AND_CLOCK.isdisjoint(name.split(".")[0] for name in imports(path, modules()[path])), path
        asked = {node.attr for node in ast.walk(modules()[path]) if isinstance(node, ast.Attribute)}
        assert asked.isdisjoint({"today", "now", "utcnow"}), path
        named = {node.id for node in ast.walk(modules()[path]) if isinstance(node, ast.Name)}
        reads = {"glob", "read_text"} if path == "roadmap/templates.py" else set()
        assert (asked | named) & FILES == reads, f"{path}: only what comes with the product is read"


SCREENS = sorted(p for p in modules() if p.startswith("ui/screens/") and p != "ui/screens/base.py")
RAISE_WITHOUT_A_FOLDER = {"cwd", "getcwd", "absolute", "abspath", "resolve", "gettempdir"}
"""What raises where the current folder is gone, or links go in a circle."""


def test_folders_that_may_be_gone_are_asked_about_in_one_place() -> None:
    for path in modules().keys() - {"paths.py"}:
        asked = {node.attr for node in ast.walk(modules()[path]) if isinstance(node, ast.Attribute)}
        assert asked & RAISE_WITHOUT_A_FOLDER == set(), path


def called(path: str) -> set[str]:
    """What a module calls, as it is written."""
    return {ast.unparse(node.func) for node in ast.walk(modules()[path]) if isinstance(node, ast.Call)}


def test_the_work_of_a_screen_ends_with_it() -> None:
    assert len(SCREENS) > 5
    for path in SCREENS:
        assert "textual.screen" not in imports(path, modules()[path]), path
        assert not any(
            ast.unparse(node).startswith("start_work(self,") for node in ast.walk(modules()[path])
        ), path


def test_work_in_the_background_begins_in_one_place() -> None:
    begin = {path for path in modules() for name in called(path) if name.endswith("run_worker")}
    assert begin == {"ui/work.py"}


def test_the_program_starts_with_the_skeleton_only() -> None:
    used = {name for name in imports("main.py", at_start(modules()["main.py"]))}
    assert {name for name in used if name.startswith("lfroadmap")} == {"lfroadmap.skeleton"}
    light = {"__future__", "collections.abc", "os", "typing"}
    assert set(imports("skeleton.py", at_start(modules()["skeleton.py"]))) == light


def test_the_command_line_starts_with_words_only() -> None:
    used = {name for name in imports("cli/__init__.py", at_start(modules()["cli/__init__.py"]))}
    light = {f"lfroadmap.{name}" for name in (*CORE, "skeleton")}
    assert {name for name in used if name.startswith("lfroadmap")} <= light


def test_a_command_imports_what_it_needs_when_it_runs() -> None:
    light = {
        *CORE, "paths", "machine", "settings", "skeleton", "cli", "roadmap.model", "store.folder.naming",
        "store.library.library",
    }  # fmt: skip
    for path in modules_in("cli"):
        used = set(imports(path, at_start(modules()[path])))
        ours = {name.removeprefix("lfroadmap.") for name in used if name.startswith("lfroadmap.")}
        assert {name for name in ours if name not in light and not name.startswith("cli.")} == set(), path
        assert HEAVY.isdisjoint(name.split(".")[0] for name in used), path


def imported_by(statement: str) -> set[str]:
    """Top names of all modules that are loaded in a fresh Python after the statement."""
    code = (
        f"{statement}\nimport json, sys\nprint(json.dumps(sorted({{m.split('.')[0] for m in sys.modules}})))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return set(json.loads(run.stdout))


@pytest.mark.parametrize(
    ("module", "barred"),
    [
        ("main", HEAVY),
        ("cli", HEAVY),
        ("settings", HEAVY),
        ("words", HEAVY),
        ("store.library.library", HEAVY),
        ("roadmap.edits", HEAVY),
        ("roadmap.difference", HEAVY),
        ("roadmap.progress", HEAVY),
        ("roadmap.templates", HEAVY),
        ("roadmap.schema", HEAVY),
        ("roadmap.snapshot_reader", HEAVY),
        ("store.store", {"textual", "rich", "pydantic"}),
        ("report.report", {"textual", "pydantic", "pycrdt", "sqlite3"}),
        ("bidi.marks", HEAVY),
        ("bidi.probe", HEAVY),
        ("bidi.dialect", HEAVY - {"rich"}),
        ("bidi.line", HEAVY - {"rich"}),
        ("bidi.printing", HEAVY - {"rich"}),
        ("export", HEAVY),
        ("export.html", {"textual", "pycrdt", "sqlite3"}),
    ],
)
def test_importing_a_room_leaves_the_heavy_libraries_alone(module: str, barred: set[str]) -> None:
    assert imported_by(f"import lfroadmap.{module}") & barred == set()


def test_the_subprocess_sees_what_is_imported() -> None:
    assert {"lfroadmap", "pydantic"} <= imported_by("import lfroadmap, pydantic")
