"""Two installed programs in two terminals, at one card."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from room_server import RoomServer
from team_of_people import ROOM
from terminal import Terminal, environment, keys


def token_file(server: RoomServer, name: str) -> Path:
    file = server.home / f"{name}.token"
    file.write_text(server.token(name, ROOM))
    return file


@pytest.mark.proof
def test_two_programs_edit_one_card_at_the_same_time(server: RoomServer, tmp_path: Path) -> None:
    server.start()
    homes = {name: tmp_path / name for name in ("dana", "avi")}
    program = [str(Path(sys.executable).parent / "lfroadmap")]
    for name, home in homes.items():
        home.mkdir()
        argv = ["share", "plan"] if name == "dana" else ["join"]
        run(program, environment(home), "new", "plan" if name == "dana" else "other")
        run(program, environment(home), *argv, f"{server.url}/{ROOM}", "--token-file",
            str(token_file(server, name)))  # fmt: skip
    dana_home, avi_home = homes.values()
    with (
        Terminal([*program, "plan"], environment(dana_home)) as dana,
        Terminal([*program, "open", ROOM, "--lang", "he"], environment(avi_home)) as avi,
    ):
        for each in (dana, avi):
            each.wait_for("^Q")
        dana.wait_for("in step with")
        for each in (dana, avi):
            each.send(keys("alt+2"))
        dana.wait_for("Deadline")
        avi.wait_for("ןיילדד")
        dana.send("דנה לוי")
        avi.send(keys("tab", "tab"), "יעדים חדשים")
        dana.wait_for("םישדח םידעי")
        avi.wait_for("יול הנד")
        for each in (dana, avi):
            each.send(keys("ctrl+q"))
        assert [each.wait_exit() for each in (dana, avi)] == [0, 0]


def run(program: list[str], env: dict[str, str], *argv: str) -> None:
    ran = subprocess.run([*program, *argv], env=env, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
