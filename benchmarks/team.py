"""A key on one screen until it is on another: two programs and a server on this machine."""

from __future__ import annotations

import re
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyte

from benchmarks.programs import PRODUCT, new_home
from benchmarks.table import Row, lines
from benchmarks.watch import PATIENCE, Watch
from tests.terminal import environment, keys

ROOM, KEYS = "plan", 20
MEDIAN, MOST = 60.0, 120.0
"""Milliseconds that the median, and 95 of 100, may take."""
OWNER = 4
"""The line of the first field of the first card."""


def measure(runs: int) -> Iterator[str]:
    """Let one person type while the other looks at the same card, so many times."""
    with tempfile.TemporaryDirectory() as folder, server(Path(folder, "server")) as (url, _):
        homes = [new_home(folder, name) for name in ("dana", "avi")]
        for home, name in zip(homes, ("dana", "avi"), strict=True):
            enter(home, name, url, Path(folder, "server"))
        samples = [each for _ in range(runs) for each in _type(homes)]
    p95 = statistics.quantiles(samples, n=20)[-1]
    yield from lines(
        "two programs, a server, a card",
        [
            Row("key on one screen until it is on the other", "ms", samples, limit=MEDIAN),
            Row("95 of 100 of them", "ms", [p95], limit=MOST),
        ],
    )


def run(home: Path, *argv: str) -> str:
    ran = subprocess.run([*PRODUCT, *argv], env=environment(home), check=True, capture_output=True, text=True)
    return ran.stdout


def enter(home: Path, name: str, url: str, data: Path) -> None:
    added = run(home, "serve", "token", "add", name, "--room", ROOM, "--data", str(data))
    token = home / "token"
    token.write_text(added, "utf-8")
    if name == "dana":
        run(home, "new", ROOM)
        run(home, "share", ROOM, url, "--token-file", str(token))
    else:
        run(home, "join", url, "--token-file", str(token), "--name", ROOM)


@contextmanager
def server(data: Path) -> Iterator[tuple[str, int]]:
    """A server at a free port; the address of the room, and the id of the process."""
    argv = [*PRODUCT, "serve", "--port", "0", "--data", str(data)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"ws://[\w.]+:\d+", process.stdout.readline())
            assert found
            yield f"{found[0]}/{ROOM}", process.pid
        finally:
            process.terminate()


def _type(homes: list[Path]) -> Iterator[float]:
    """Milliseconds of each key."""
    command = [*PRODUCT, "open", ROOM]
    with Watch(command, environment(homes[0])) as typing, Watch(command, environment(homes[1])) as looking:
        for text in ("in step with", "Touchpoints"):
            wait_for(text, typing, looking)
            for each in (typing, looking):
                each.send(keys("alt+2"))
        looking.send(keys("tab", "tab"))
        for each in (typing, looking):
            each.read(1.5)
        for at in range(KEYS):
            yield 1000 * typing.press_for("backspace" if at % 2 else "x", looking, owner)
            typing.listen()
        for each in (typing, looking):
            each.send(keys("ctrl+q"))
            each.wait_exit()


def wait_for(text: str, *programs: Watch) -> None:
    """Wait until all show a text; raises AssertionError."""
    end = time.perf_counter() + PATIENCE
    while not all(text in each.text() for each in programs):
        if time.perf_counter() > end:
            raise AssertionError(f"{text!r} was never shown:\n" + "\n".join(each.text() for each in programs))
        for each in programs:
            each.read(0.1)
            each.catch_up()


def owner(screen: pyte.Screen) -> str:
    return screen.display[OWNER][: screen.columns // 2]
