"""Who may import whom, and what starting must not import."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from source import at_start, imports, modules

CORE = {"errors", "text", "words"}
FACES = {
    *CORE, "files", "machine", "settings", "roadmap", "store", "report", "export", "flows", "team", "bidi",
}  # fmt: skip
"""What the screen and the command line may import."""
ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "text": set(),
    "words": {"errors", "text"},
    "files": set(),
    "machine": {"errors"},
    "settings": {*CORE, "files", "roadmap"},
    "roadmap": CORE,
    "store": {*CORE, "files", "roadmap"},
    "report": {*CORE, "roadmap"},
    "export": {*CORE, "files", "roadmap", "report"},
    "flows": {*CORE, "roadmap"},
    "team": {*CORE, "roadmap", "store"},
    "bidi": set(),
    "ui": FACES,
    "cli": {*FACES, "ui"},
    "__init__": set(),
    "__main__": {"cli"},
}
"""Room -> the rooms that it may import beside itself."""

ONLY_IN: dict[str, tuple[str, ...]] = {
    "textual": ("ui/", "bidi/"),
    "rich": ("report/", "export/", "ui/", "cli/", "bidi/"),
    "pydantic": ("roadmap/snapshot_reader.py",),
    "pydantic_core": ("roadmap/snapshot_reader.py",),
    "sqlite3": ("store/disk.py",),
    "pycrdt": ("store/document.py",),
    "platformdirs": ("settings.py", "store/shelf.py"),
}
"""Library -> the only files and folders that may import it."""

DISK_AND_CLOCK = {"os", "io", "pathlib", "shutil", "tempfile", "socket", "subprocess", "time", "threading"}
FILES = {
    "open", "read_text", "read_bytes", "write_text", "write_bytes", "glob", "rglob", "iterdir", "exists",
    "is_file", "is_dir", "stat", "mkdir", "unlink", "Path",
}  # fmt: skip
"""What one asks the disk by."""
HEAVY = {"textual", "rich", "pydantic", "pycrdt", "sqlite3", "asyncio"}

each_module = pytest.mark.parametrize("path", sorted(modules()))


def room(path: str) -> str:
    return path.split("/", maxsplit=1)[0].removesuffix(".py")


@each_module
def test_rooms_import_only_what_they_may(path: str) -> None:
    own = room(path)
    assert own in ALLOWED, f"{own}: say in this table whom it may import"
    ours = [name.split(".") for name in imports(path, modules()[path]) if name.split(".")[0] == "lfroadmap"]
    used = {parts[1] for parts in ours} - {own, "__version__"}
    assert used <= ALLOWED[own]


@each_module
def test_libraries_stay_in_their_rooms(path: str) -> None:
    for name in imports(path, modules()[path]):
        homes = ONLY_IN.get(name.split(".")[0])
        assert homes is None or path.startswith(homes), name


@each_module
def test_every_library_is_one_that_the_project_asks_for(path: str) -> None:
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))["project"]
    extras = (line for lines in project.get("optional-dependencies", {}).values() for line in lines)
    asked = {name.split("=")[0].rstrip("<>=~ ") for name in (*project["dependencies"], *extras)}
    with_them = {"pydantic": {"pydantic_core"}}
    known = asked.union(*(with_them.get(name, set()) for name in asked))
    outer = {name.split(".")[0] for name in imports(path, modules()[path])} - {"lfroadmap"}
    assert outer - set(sys.stdlib_module_names) <= known


@pytest.mark.parametrize("path", [path for path in sorted(modules()) if room(path) == "roadmap"])
def test_the_roadmap_knows_no_clock_and_of_the_disk_only_the_templates(path: str) -> None:
    assert DISK_AND_CLOCK.isdisjoint(name.split(".")[0] for name in imports(path, modules()[path]))
    asked = {node.attr for node in ast.walk(modules()[path]) if isinstance(node, ast.Attribute)}
    assert asked.isdisjoint({"today", "now", "utcnow"})
    named = {node.id for node in ast.walk(modules()[path]) if isinstance(node, ast.Name)}
    reads = {"glob", "read_text"} if path == "roadmap/templates.py" else set()
    assert (asked | named) & FILES == reads, "only templates read, and only what comes with the product"


def test_the_command_line_starts_with_words_only() -> None:
    used = {name for name in imports("cli/__init__.py", at_start(modules()["cli/__init__.py"]))}
    assert {name for name in used if name.startswith("lfroadmap")} <= {f"lfroadmap.{name}" for name in CORE}


@pytest.mark.parametrize("path", [path for path in sorted(modules()) if room(path) == "cli"])
def test_a_command_imports_what_it_needs_when_it_runs(path: str) -> None:
    used = set(imports(path, at_start(modules()[path])))
    light = {"errors", "text", "words", "machine", "settings", "cli", "roadmap.model", "store.shelf"}
    ours = {name.removeprefix("lfroadmap.") for name in used if name.startswith("lfroadmap.")}
    assert {name for name in ours if name not in light and not name.startswith("cli.")} == set()
    assert HEAVY.isdisjoint(name.split(".")[0] for name in used)


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
        ("cli", HEAVY),
        ("settings", HEAVY),
        ("words", HEAVY),
        ("store.shelf", HEAVY),
        ("roadmap.edits", HEAVY),
        ("roadmap.difference", HEAVY),
        ("roadmap.progress", HEAVY),
        ("roadmap.templates", HEAVY),
        ("roadmap.schema", HEAVY),
        ("roadmap.snapshot_reader", HEAVY),
        ("store.store", {"textual", "rich", "pydantic"}),
        ("report.report", {"textual", "pydantic", "pycrdt", "sqlite3"}),
        ("bidi.probe", HEAVY),
        ("bidi.dialect", HEAVY - {"rich"}),
        ("bidi.line", HEAVY - {"rich"}),
        ("export", HEAVY),
        ("export.html", {"textual", "pycrdt", "sqlite3"}),
    ],
)
def test_importing_a_room_leaves_the_heavy_libraries_alone(module: str, barred: set[str]) -> None:
    assert imported_by(f"import lfroadmap.{module}") & barred == set()


def test_the_subprocess_sees_what_is_imported() -> None:
    assert {"lfroadmap", "pydantic"} <= imported_by("import lfroadmap, pydantic")
