"""One program among fifty people who type, and one with 50,000 tasks: until a colleague's work is shown."""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import pyte
from pycrdt import Map

from benchmarks.crowd import FIELD, write
from benchmarks.programs import PRODUCT, many, new_home
from benchmarks.table import Row, lines
from benchmarks.team import ROOM, enter, owner, run, server, wait_for
from benchmarks.watch import PATIENCE, Watch
from lfroadmap.store.document.stamps import stamp_text
from tests.team.wire_peer import Peer
from tests.terminal import environment, keys

PEOPLE, SAMPLES = 50, 60
MOST, MEMORY = 250.0, 150.0
"""Milliseconds that 95 of 100 may take among the people, and megabytes of the server."""
TICKS, TICK_MOST = 25, 600.0
"""Ticks in the large roadmap, and milliseconds that one may take."""
PAUSE = 0.3


def measure(runs: int) -> Iterator[str]:
    """Measure both, so many times."""
    among, memory, ticks = [], [], []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            taken, used = _among_people(folder)
            among += taken
            memory.append(used)
        with tempfile.TemporaryDirectory() as folder:
            ticks += _ticks(folder)
    yield from lines(
        f"a program among {PEOPLE} people who type twice a second, and a program with 50,000 tasks",
        [
            Row("what a colleague types is shown", "ms", among),
            Row("95 of 100 of them", "ms", [_p95(among)], limit=MOST),
            Row("memory of the server", "MB", memory, limit=MEMORY),
            Row("a colleague's tick in 50,000 tasks is shown", "ms", ticks),
            Row("95 of 100 of them", "ms", [_p95(ticks)], limit=TICK_MOST),
        ],
    )


def _p95(samples: list[float]) -> float:
    return statistics.quantiles(samples, n=20)[-1]


def _among_people(folder: str) -> tuple[list[float], float]:
    """Milliseconds until the program shows what one of the people types; and the server's megabytes."""
    data = Path(folder, "server")
    with server(data) as (url, pid):
        home = new_home(folder, "dana")
        enter(home, "dana", url, data)
        token = _token(home, "crowd", data)
        address = url.rpartition("/")[0]
        argv = [sys.executable, "-m", "benchmarks.crowd", address, ROOM, str(PEOPLE)]
        with (
            subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as crowd,
            Watch([*PRODUCT, "open", ROOM], environment(home)) as watch,
            colleague(address, token) as do,
        ):
            try:
                assert crowd.stdin is not None
                assert crowd.stdout is not None
                wait_for("in step", watch)
                crowd.stdin.write(token + "\n")
                crowd.stdin.close()
                crowd.stdout.readline()
                watch.send(keys("alt+2"))
                watch.read(2)
                watch.send(keys("tab", "tab"))  # what has the focus is not written into
                watch.read(2)
                samples = [
                    _until(watch, owner, lambda n=n: do(lambda peer: write(peer, FIELD, f"n{n}", "probe 1")))
                    for n in range(SAMPLES)
                ]
            finally:
                crowd.terminate()
            return samples, _memory(pid)


def _ticks(folder: str) -> list[float]:
    """Milliseconds until the program with the large roadmap shows a colleague's tick."""
    data = Path(folder, "server")
    with server(data) as (url, _):
        program = many(new_home(folder, "dana"))
        token = _token(program.home, "dana", data)
        (program.home / "token").write_text(token, "utf-8")

        run(program.home, "share", ROOM, url, "--token-file", str(program.home / "token"))
        address = url.rpartition("/")[0]
        with (
            Watch([*PRODUCT, "open", ROOM], environment(program.home)) as watch,
            colleague(address, token) as do,
        ):
            wait_for("in step", watch)
            watch.send(keys("alt+2"))
            watch.read(3)
            return [_until(watch, _boxes, lambda n=n: do(lambda peer: _tick(peer, n))) for n in range(TICKS)]


async def _tick(peer: Peer, n: int) -> None:
    with peer.doc.transaction():
        values = peer.doc.get("tasks", type=Map)[f"s0c0t{n // 2}"]
        values["done"] = n % 2 == 0
        values["done@"] = stamp_text("probe", "device0001", 1764400000000 + n)
    await peer.push()


def _boxes(screen: pyte.Screen) -> tuple[str, ...]:
    """The boxes of the tasks that are seen in the first card."""
    return tuple(line[: screen.columns // 2].strip(" │")[:1] for line in screen.display)


def _until(watch: Watch, look: Callable[[pyte.Screen], object], act: Callable[[], None]) -> float:
    """Milliseconds from an act until the screen looks another; raises AssertionError."""
    watch.read(PAUSE)
    watch.catch_up()
    before, began = look(watch.screen), perf_counter()
    act()
    while perf_counter() < began + PATIENCE:
        watch.read(0.002)
        for stamp in watch.draw_pieces():
            if look(watch.screen) != before:
                return 1000 * (stamp - began)
    raise AssertionError(f"it was never shown:\n{watch.text()}")


def _token(home: Path, name: str, data: Path) -> str:
    return run(home, "serve", "token", "add", name, "--room", ROOM, "--data", str(data)).split("\n")[-2]


def _memory(pid: int) -> float:
    """Megabytes of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


Act = Callable[[Peer], Coroutine[None, None, None]]


@contextmanager
def colleague(address: str, token: str) -> Iterator[Callable[[Act], None]]:
    """Somebody in the room, on a thread; what is yielded has them do something, and does not wait for it."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    peer = asyncio.run_coroutine_threadsafe(_join(address, token), loop).result(60)
    try:
        yield lambda act: [asyncio.run_coroutine_threadsafe(act(peer), loop)].clear()
    finally:
        asyncio.run_coroutine_threadsafe(peer.leave(), loop).result(60)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _join(address: str, token: str) -> Peer:
    peer = Peer(address, ROOM, token)
    await peer.join()
    return peer
