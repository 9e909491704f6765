"""What the README tells people to type does what it says, in a copy of this folder and a home of its own."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lfroadmap.cli.commands import COMMANDS as KNOWN
from terminal import Terminal, environment, keys

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS: list[str] = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
OPEN, TEST = (block.strip() for block in BLOCKS[:2])
COMMANDS = [line.split("#")[0].strip() for line in BLOCKS[2].splitlines()]
pytestmark = pytest.mark.skipif(
    not (shutil.which("pip") and shutil.which("uv")), reason="needs pip and uv, as the README's reader has"
)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The folder as a person gets it: the files under version control or about to be, none of ours."""
    copy = tmp_path / "lfroadmap"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("not a git checkout")
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    return copy


@pytest.fixture
def env(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A fresh home; only downloads are shared, so that nobody fetches them twice."""
    shared = {
        name: value for name, value in os.environ.items() if name.startswith(("UV_", "PIP_", "SSL_", "http"))
    }
    cache = subprocess.run(["uv", "cache", "dir"], capture_output=True, text=True, check=True).stdout.strip()
    yield environment(tmp_path) | shared | {"UV_CACHE_DIR": cache}


def run(command: str, env: dict[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    """A command line as a person types it."""
    return subprocess.run(
        ["sh", "-c", command], env=env, cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_first_screen_holds_the_two_commands() -> None:
    assert OPEN == "pip install uv && uv run lfroadmap"
    assert TEST == "pip install uv && uv run pytest"
    assert README.index(TEST) < 2000


def test_the_proofs_begin_with_the_readmes_test_command() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert f"'{TEST}'" in script
    assert script.index(TEST) < script.index('-m "proof or not proof"')


@pytest.mark.proof
def test_the_first_command_opens_the_roadmap(clone: Path, env: dict[str, str]) -> None:
    with Terminal(["sh", "-c", OPEN], env, cwd=clone) as terminal:
        terminal.wait_for("^Q", timeout=300)
        assert "Liquid Funnel" in terminal.text()
        terminal.send(keys("ctrl+q"))
        assert terminal.wait_exit(60) == 0
    assert (clone / ".venv").is_dir()


@pytest.mark.proof
def test_the_second_command_runs_the_tests(clone: Path, env: dict[str, str]) -> None:
    # The whole of what the command runs is run beside this; here it sets up, collects every test, and runs
    # what is quick in this file.
    chosen = env | {"PYTEST_ADDOPTS": "-k test_readme"}
    ran = subprocess.run(
        ["sh", "-c", TEST], cwd=clone, env=chosen, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-3000:]
    assert re.search(r"\d+ passed, \d+ deselected in", ran.stdout.splitlines()[-1])


@pytest.mark.proof
def test_the_installed_package_holds_all_that_it_needs(
    clone: Path, env: dict[str, str], tmp_path: Path
) -> None:
    """The wheel is what people run: words, styles and templates must be in it."""
    env |= {"UV_TOOL_DIR": str(tmp_path / "tools"), "UV_TOOL_BIN_DIR": str(tmp_path / "bin")}
    assert "`uv tool install .`" in README
    installed = run("uv tool install .", env, clone)
    assert installed.returncode == 0, installed.stderr
    shutil.rmtree(clone / "src")  # nothing is taken from there
    with Terminal([str(tmp_path / "bin" / "lfroadmap")], env, cwd=tmp_path) as terminal:
        terminal.wait_for("^Q", timeout=60)
        terminal.send(keys("f1"))
        terminal.wait_for("Liquid Funnel")
        terminal.send(keys("ctrl+q"))
        assert terminal.wait_exit(60) == 0
    for argv in ("show", "export html -o -", "--help --lang he"):
        assert run(f"{tmp_path}/bin/lfroadmap {argv}", env, tmp_path).returncode == 0


SCREEN = ("lfroadmap", "lfroadmap --lang he")
"""The commands that open the screen."""


@pytest.mark.proof
@pytest.mark.parametrize("with_screen", [True, False], ids=["on a terminal", "without one"])
def test_the_first_commands_work_in_their_order_in_an_empty_home(tmp_path: Path, with_screen: bool) -> None:
    env = environment(tmp_path)
    env["PATH"] = f"{Path(sys.executable).parent}:{env['PATH']}"
    for command in COMMANDS:
        if command not in SCREEN:
            ran = run(command, env, tmp_path)
            assert (ran.returncode, ran.stderr) == (0, ""), command
            assert ran.stdout.strip(), command
        elif with_screen:
            with Terminal(["sh", "-c", command], env, cwd=tmp_path) as terminal:
                terminal.wait_for("^Q")
                terminal.send(keys("ctrl+q"))
                assert terminal.wait_exit() == 0, command
    marked = json.loads(run("lfroadmap snapshot q3-plan --json", env, tmp_path).stdout)
    assert [mark["name"] for mark in marked] == ["before the board"]
    assert "roadmap: from-dana" in run("lfroadmap bin", env, tmp_path).stdout


def test_every_command_stands_in_the_readme() -> None:
    assert set(SCREEN) <= set(COMMANDS)
    named = {command.split()[1] for command in COMMANDS if command not in SCREEN}
    assert "`lfroadmap apply <" in README  # what it reads is not there
    assert "`lfroadmap watch-measure" in README  # which goes on until it is ended
    assert named | {"open", "apply", "watch-measure"} == KNOWN.keys() - {"help"}


def test_every_link_leads_to_a_file() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]
    assert len(links) >= 5
    assert [link for link in links if not (ROOT / link).exists()] == []
