"""One run of a program: what a person does in it, and what is noted of it."""

from __future__ import annotations

import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pyte

from benchmarks.programs import Program
from benchmarks.watch import Look, Watch
from tests.terminal import keys

LETTER = "z"
"""What is typed; no word of the first screens has many of them."""
IDLE = 3.0
"""Seconds without a key over which a program's rest is watched."""
LOOKS = 200
"""Looks at the screen until a dialog is there."""

Samples = dict[str, list[float]]
"""Measure -> what was noted: milliseconds, bytes, megabytes."""


def letters(screen: pyte.Screen) -> int:
    """Count the typed letters that can be seen."""
    return sum(line.count(LETTER) for line in screen.display)


def rows(screen: pyte.Screen) -> tuple[str, ...]:
    """Read all but the header, where the saved mark turns."""
    return tuple(line[:58] for line in screen.display[1:])


def ticks(screen: pyte.Screen) -> tuple[int, str]:
    """Count the marks of the first card, and read the count in its title."""
    count = re.search(r"(\d+)/\d+", screen.display[3])
    shown = sum("✓" in line[:58] for line in screen.display[3:-1])
    return shown, count[1] if count else ""


def colors(screen: pyte.Screen) -> tuple[str, ...]:
    """Look down a column of the first card: the cursor's background is one of the colors there."""
    return tuple(screen.buffer[y][8].bg for y in range(screen.lines))


class Visit:
    """A program that is being watched, and what was noted in this run of it."""

    def __init__(self, program: Program, watch: Watch, times: int) -> None:
        self.program = program
        self.watch = watch
        self.times = times
        self.samples: Samples = defaultdict(list)

    def note(self, measure: str, value: float) -> None:
        """Keep a sample."""
        self.samples[measure].append(value)

    def start(self, key: str, look: Look) -> None:
        """Wait for the first screen, and for the answer to a key that is pressed as soon as it is there."""
        self.watch.wait_until_written(self.program.ready)
        self.note("ready", (time.perf_counter() - self.watch.began) * 1e3)
        self.note("CPU until ready", _cpu(self.watch.pid))
        sent = time.perf_counter()
        answer = self.watch.press(key, look)
        self.note("first key answered", (sent - self.watch.began + answer.seen) * 1e3)

    def go_on(self, fields: int) -> None:
        """Go from field to field by Tab."""
        self.go_on_after(*["tab"] * fields)

    def go_on_after(self, *names: str) -> None:
        """Press keys in turn, each when the program is quiet."""
        for name in names:
            self.watch.send(keys(name))
            self.watch.listen()

    def send(self, text: str, shows: str, times: int = 1) -> None:
        """Type, and wait until the screen shows a text so many times and is quiet."""
        self.watch.send(text)
        for _ in range(LOOKS):
            self.watch.listen()
            self.watch.catch_up()
            if self.watch.text().count(shows) >= times:
                return
        raise AssertionError(f"{shows!r} never came:\n{self.watch.text()}")

    def press(self, measure: str, look: Look, *names: str) -> None:
        """Press the keys in turn, each when the one before has been answered and is done."""
        for n in range(self.times):
            self.press_once(measure, look, names[n % len(names)])

    def press_once(self, measure: str, look: Look, key: str) -> None:
        """Press a key and wait until it has been answered and is done."""
        answer = self.watch.press(key, look)
        self.note(measure, answer.seen * 1e3)
        self.note(f"{measure}, bytes", answer.written)
        self.note(f"{measure}, settled", answer.settled * 1e3)

    def rest(self) -> None:
        """Watch the program do nothing."""
        self.watch.listen()
        cpu, written = _cpu(self.watch.pid), len(self.watch.output)
        self.watch.read(IDLE)
        self.note("idle CPU", (_cpu(self.watch.pid) - cpu) / IDLE)
        self.note("idle, bytes", (len(self.watch.output) - written) / IDLE)

    def leave(self) -> None:
        """Note the most memory it ever had, and quit."""
        self.note("peak memory", _peak_memory(self.watch.pid))
        self.watch.send(keys("ctrl+q"))
        if self.watch.wait_exit() != 0:
            raise AssertionError(f"{self.program.name} ended with {self.watch.status}")


def type_in(visit: Visit) -> None:
    """Type into the first field, and rest."""
    visit.start(LETTER, letters)
    visit.press("keystroke", letters, LETTER)
    visit.rest()


def look_around(visit: Visit) -> None:
    """Move the cursor of the overview."""
    visit.start("down", colors)


def work_on_list(visit: Visit) -> None:
    """Type into a field, then tick and move tasks."""
    type_in(visit)
    visit.go_on(visit.program.tabs_to_long)
    visit.press("keystroke in long text", letters, LETTER)
    visit.go_on(visit.program.tabs_to_list)
    visit.press("tick", ticks, "space")
    visit.press("cursor", colors, "down", "up")
    visit.press("task moved", rows, "alt+down", "alt+up")


def go(program: Program, steps: Callable[[Visit], None], times: int) -> Samples:
    """Run a program once and take these steps, each key `times` times."""
    with tempfile.TemporaryDirectory() as folder:
        return go_on(program.afresh(Path(folder)), steps, times)


def go_on(program: Program, steps: Callable[[Visit], None], times: int) -> Samples:
    """Run a program once in its own home and take these steps."""
    with Watch(program.command, program.env) as watch:
        visit = Visit(program, watch, times)
        steps(visit)
        visit.leave()
    return visit.samples


def _cpu(pid: int) -> float:
    """Milliseconds of processor time that all threads of a process have used."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e6


def _peak_memory(pid: int) -> float:
    """Megabytes."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024
