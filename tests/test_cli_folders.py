"""Commands that are started in a folder that is gone, or are given paths that lead nowhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lfroadmap.words import words
from terminal import environment


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "gone").mkdir()
    return environment(tmp_path)


def run(env: dict[str, str], *argv: str) -> subprocess.CompletedProcess[str]:
    """A command whose current folder is deleted before it starts."""
    gone = Path(env["HOME"]) / "gone"
    gone.mkdir(exist_ok=True)
    shell = ["sh", "-c", 'rmdir "$PWD" && exec "$0" -m lfroadmap "$@"', sys.executable, *argv]
    ran = subprocess.run(
        shell, env=env, cwd=gone, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in ran.stderr
    assert "space" not in ran.stderr
    return ran


def made(env: dict[str, str], name: str = "plan") -> Path:
    assert run(env, "new", name).returncode == 0
    return Path(env["LFROADMAP_DATA_DIR"]) / "roadmaps" / f"{name}.roadmap"


def nowhere(path: str) -> str:
    """What is said of a relative path."""
    return words("en")("error.no_current_folder", path=path)


@pytest.mark.parametrize(
    "command", ["list", "show", "path", "history", "snapshot", "bin", "doctor plan", "diff -7"]
)
def test_what_needs_no_current_folder_works_without_one(env: dict[str, str], command: str) -> None:
    made(env)
    ran = run(env, *command.split())
    assert (ran.returncode, ran.stderr) == (0, "")


def test_full_paths_are_written_and_read(env: dict[str, str], tmp_path: Path) -> None:
    made(env)
    out = tmp_path / "plan.json"
    assert run(env, "export", "json", "-o", str(out)).stdout == f"{out}\n"
    assert run(env, "import", str(out), "--name", "again").returncode == 0
    assert run(env, "diff", str(out)).returncode == 0
    assert run(env, "export", "--all", "-o", str(tmp_path)).returncode == 0


@pytest.mark.parametrize(
    ("command", "path"),
    [
        ("export json -o out.json", "out.json"),
        ("export --all -o out", "out/"),
        ("export html", "plan-"),
        ("import in.json", "in.json"),
        ("import in.csv --into plan", "in.csv"),
        ("diff in.json", "in.json"),
        ("diff -7 -o out.html", "out.html"),
        ("doctor in.roadmap", "in.roadmap"),
        ("list --data-dir data", "data"),
        ("new other --data-dir data", "data"),
    ],
)
def test_a_relative_path_is_told_to_lead_nowhere(env: dict[str, str], command: str, path: str) -> None:
    made(env)
    ran = run(env, *command.split())
    assert ran.returncode == 1
    assert ran.stdout == ""
    before, behind = nowhere("|").split("|")
    assert before + path in ran.stderr and behind in ran.stderr


@pytest.mark.parametrize("variable", ["LFROADMAP_DATA_DIR", "LFROADMAP_CONFIG_DIR"])
def test_a_folder_that_is_named_by_a_relative_path_is_told(env: dict[str, str], variable: str) -> None:
    ran = run(env | {variable: "mine"}, "list")
    assert (ran.returncode, ran.stderr) == (1, f"lfroadmap: {nowhere('mine')}\n")


@pytest.mark.parametrize(
    "command", ["diff {}", "doctor {}", "export --all -o {}", "export json -o {}", "import {}"]
)
@pytest.mark.parametrize("name", ["x" * 300, "loop"])
def test_a_path_that_the_system_refuses_is_told(
    env: dict[str, str], tmp_path: Path, command: str, name: str
) -> None:
    made(env)
    (tmp_path / "loop").symlink_to("loop")
    ran = subprocess.run(
        [sys.executable, "-m", "lfroadmap", *(part.format(name) for part in command.split())],
        env=env, cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 1
    assert ran.stderr.startswith("lfroadmap: ") and "Traceback" not in ran.stderr
    assert "The system refused" not in ran.stderr


@pytest.mark.parametrize(
    "place", ["data", "config", "config/settings.toml", "data/roadmaps", "data/state.json"]
)
def test_a_pipe_in_the_place_of_what_is_needed_is_not_waited_for(
    env: dict[str, str], tmp_path: Path, place: str
) -> None:
    pipe = tmp_path / place
    pipe.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(pipe)
    ran = subprocess.run(
        [sys.executable, "-m", "lfroadmap", "new", "plan"],
        env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert "Traceback" not in ran.stderr
    assert ran.returncode == (0 if place == "data/state.json" else 1)
    assert ran.returncode == 0 or str(tmp_path / place.split("/", maxsplit=1)[0]) in ran.stderr
