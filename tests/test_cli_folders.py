"""Commands that are started in a folder that is gone, or are given paths that lead nowhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Protocol

import pytest

from commanding import process, program
from lfroadmap.words import words
from terminal import environment


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "gone").mkdir()
    return environment(tmp_path)


class Run(Protocol):
    """Runs a command."""

    def __call__(self, env: dict[str, str], *argv: str) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture(params=[program, pytest.param(process, marks=pytest.mark.proof)], ids=["here", "process"])
def run(request: pytest.FixtureRequest) -> Run:
    """Run a command whose current folder is deleted before it starts."""

    def run(env: dict[str, str], *argv: str) -> subprocess.CompletedProcess[str]:
        gone = Path(env["HOME"]) / "gone"
        gone.mkdir(exist_ok=True)
        ran: subprocess.CompletedProcess[str] = request.param(env, *argv, cwd=gone, remove_cwd=True)
        assert "Traceback" not in ran.stderr
        assert "space" not in ran.stderr
        return ran

    return run


def test_a_process_starts_in_a_folder_that_is_gone(env: dict[str, str], tmp_path: Path) -> None:
    ran = process(env, "list", cwd=tmp_path / "gone", remove_cwd=True)
    assert (ran.returncode, ran.stderr) == (0, "")


def made(env: dict[str, str], name: str = "plan") -> Path:
    assert program(env, "new", name, cwd=Path(env["HOME"])).returncode == 0
    return Path(env["LFROADMAP_DATA_DIR"]) / "roadmaps" / f"{name}.roadmap"


def nowhere(path: str) -> str:
    """What is said of a relative path."""
    return words("en")("error.no_current_folder", path=path)


@pytest.mark.parametrize(
    "command", ["list", "show", "path", "history", "snapshot", "bin", "doctor plan", "diff -7"]
)
def test_what_needs_no_current_folder_works_without_one(env: dict[str, str], run: Run, command: str) -> None:
    made(env)
    ran = run(env, *command.split())
    assert (ran.returncode, ran.stderr) == (0, "")


def test_full_paths_are_written_and_read(env: dict[str, str], run: Run, tmp_path: Path) -> None:
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
        ("export --all -o out", "out"),
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
def test_a_relative_path_is_told_to_lead_nowhere(
    env: dict[str, str], run: Run, command: str, path: str
) -> None:
    made(env)
    ran = run(env, *command.split())
    assert ran.returncode == 1
    assert ran.stdout == ""
    before, behind = nowhere("|").split("|")
    assert before + path in ran.stderr and behind in ran.stderr


@pytest.mark.parametrize("variable", ["LFROADMAP_DATA_DIR", "LFROADMAP_CONFIG_DIR"])
def test_a_folder_that_is_named_by_a_relative_path_is_told(
    env: dict[str, str], run: Run, variable: str
) -> None:
    ran = run(env | {variable: "mine"}, "list")
    assert (ran.returncode, ran.stderr) == (1, f"lfroadmap: {nowhere('mine')}\n")


NOBODY = ["setpriv", "--reuid", "54321", "--clear-groups", *("--inh-caps", "+dac_read_search"),
          *("--ambient-caps", "+dac_read_search")]  # fmt: skip
"""Makes root an account that the system does not know, which still can read this program."""


@pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("setpriv"), reason="only root becomes somebody else"
)
def test_without_a_home_a_folder_must_be_named(env: dict[str, str]) -> None:
    homeless = {name: value for name, value in env.items() if name == "PATH"}
    program = [*NOBODY, sys.executable, "-m", "lfroadmap"]
    ran = subprocess.run(
        [*program, "list"], env=homeless, capture_output=True, text=True, check=False, cwd="/"
    )
    said = words("en")("error.no_home", variable="LFROADMAP_DATA_DIR")
    assert (ran.returncode, ran.stderr) == (1, f"lfroadmap: {said}\n")
    named = [*program, "list", "--data-dir", "/nowhere"]
    ran = subprocess.run(named, env=homeless, capture_output=True, text=True, check=False, cwd="/")
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize(
    "command", ["diff {}", "doctor {}", "export --all -o {}", "export json -o {}", "import {}"]
)
@pytest.mark.parametrize("name", ["x" * 300, "loop"])
def test_a_path_that_the_system_refuses_is_told(
    env: dict[str, str], tmp_path: Path, command: str, name: str
) -> None:
    made(env)
    (tmp_path / "loop").symlink_to("loop")
    ran = program(env, *(part.format(name) for part in command.split()), cwd=tmp_path)
    assert ran.returncode == 1
    assert ran.stderr.startswith("lfroadmap: ") and "Traceback" not in ran.stderr
    assert "The system refused" not in ran.stderr


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize(
    "place", ["data", "config", "config/settings.toml", "data/roadmaps", "data/state.json"]
)
def test_a_pipe_in_the_place_of_what_is_needed_is_not_waited_for(
    env: dict[str, str], tmp_path: Path, place: str
) -> None:
    pipe = tmp_path / place
    pipe.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(pipe)
    ran = process(env, "new", "plan", cwd=tmp_path)
    assert "Traceback" not in ran.stderr
    assert ran.returncode == (0 if place == "data/state.json" else 1)
    assert ran.returncode == 0 or str(tmp_path / place.split("/", maxsplit=1)[0]) in ran.stderr
