"""`export html --watch` of a shared roadmap, for those who have only a browser."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lfroadmap.roadmap.edits import SetField
from lfroadmap.team.secrets import FILE
from matrices import quick_first
from room_server import token_file
from team_of_people import Team
from terminal import environment

PROGRAM = [sys.executable, "-m", "lfroadmap"]


@contextmanager
def watching(env: dict[str, str], page: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    argv = [*PROGRAM, "export", "html", "plan", "-o", str(page), "--watch", *more]
    with subprocess.Popen(
        argv, env=env | {"PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            while "Ctrl+C" not in process.stdout.readline():
                assert process.poll() is None
            yield process
        finally:
            process.kill()


def until(holds: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.05)


def joined(team: Team, home: Path, *, read_only: bool = False) -> dict[str, str]:
    """The environment of somebody who has joined the room."""
    env = environment(home)
    file = token_file(team.server, f"{home.name} in {team.room}", team.room, read_only=read_only)
    argv = [*PROGRAM, "join", team.address.shown, "--token-file", str(file), "--name", "plan"]
    subprocess.run(argv, env=env, check=True, capture_output=True)
    return env


@pytest.mark.proof
@pytest.mark.parametrize("read_only", quick_first([True, False]))
def test_a_page_follows_what_two_colleagues_do_though_no_window_is_open(
    read_only: bool, own_team: Team, tmp_path: Path
) -> None:
    dana, avi = own_team.two()
    env = joined(own_team, tmp_path / "noa", read_only=read_only)
    page = tmp_path / "plan.html"
    with watching(env, page) as process:
        dana.does(SetField("g", "of dana"))
        until(lambda: "of dana" in page.read_text("utf-8"))
        avi.does(SetField("f", "של אבי"))
        until(lambda: "של אבי" in page.read_text("utf-8"))
        assert [each.name for each in dana.status.people] == ["אבי"], "nobody sits before a watch"
        own_team.server.stop(signal.SIGKILL)
        dana.does(SetField("g", "meanwhile"))
        own_team.server.start()
        for each in (dana, avi):
            each.client.wake()
        until(lambda: "meanwhile" in page.read_text("utf-8"), 60)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=30)
        assert process.returncode == 0
        assert all("is not reached" in line for line in errors.splitlines() if line.startswith("lfroadmap"))


@pytest.mark.proof
def test_what_a_watch_finds_in_the_file_goes_to_the_colleagues(own_team: Team, tmp_path: Path) -> None:
    dana, _ = own_team.two()
    env = joined(own_team, tmp_path / "noa")
    with watching(env, tmp_path / "plan.html"):
        subprocess.run([*PROGRAM, "set", "f", "of a command", "--in", "plan"], env=env, check=True)
        dana.until(lambda: "of a command" in repr(dana.roadmap))


@pytest.mark.proof
def test_a_watch_without_the_token_says_so_and_goes_on(own_team: Team, tmp_path: Path) -> None:
    own_team.two()
    env = joined(own_team, tmp_path / "noa")
    (Path(env["LFROADMAP_CONFIG_DIR"]) / FILE).unlink()
    page = tmp_path / "plan.html"
    with watching(env, page) as process:
        subprocess.run([*PROGRAM, "set", "f", "goes on", "--in", "plan"], env=env, check=True)
        until(lambda: "goes on" in page.read_text("utf-8"))
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=30)
        assert errors.count("There is no token for") == 1
