"""What 50,000 tasks in 200 cards take more than the built-in roadmap."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator

import pyte

from benchmarks.programs import built_in, many, new_home
from benchmarks.table import Row, lines
from benchmarks.visits import LETTER, Samples, Visit, go, letters, rows, ticks
from benchmarks.watch import Look

PRESSES = 10
LIMIT = 1.3
TITLE = 24
"""Columns in which titles differ; what is behind them moves when a scrollbar comes."""
NOTICE = 6.0
"""Seconds after which the notice of an undo is gone."""
LIMITED = ("first key answered", "keystroke", "tick")
OTHERS = ("task moved", "task begun", "task added", "undo", "stage opened", "stage opened again")


def measure(runs: int) -> Iterator[str]:
    """Run both in turn, so many times."""
    makers = {"many": many, "built-in": built_in}
    pool: dict[str, Samples] = {name: defaultdict(list) for name in makers}
    with tempfile.TemporaryDirectory() as folder:
        programs = {name: make(new_home(folder, name)) for name, make in makers.items()}
        for _ in range(runs):
            for name, program in programs.items():
                for label, noted in go(program, work, PRESSES).items():
                    pool[name][label] += noted
    much, few = pool["many"], pool["built-in"]
    limited = [Row(label, "ms", much[label], few[label], LIMIT) for label in LIMITED]
    others = [Row(label, "ms", much[label], few[label]) for label in OTHERS]
    yield from lines("50,000 tasks in 200 cards, against the built-in roadmap", [*limited, *others])


def work(visit: Visit) -> None:
    """Type, tick, move and add tasks, take them back, and look at other stages."""
    visit.start(LETTER, letters)
    visit.watch.read(2)
    visit.press("keystroke", letters, LETTER)
    visit.go_on(visit.program.tabs_to_long + visit.program.tabs_to_list)
    visit.press("tick", ticks, "space")
    visit.press("task moved", rows, "alt+down", "alt+up")
    for _ in range(3):
        visit.press_once("task begun", rows, "a")
        visit.press_once("task added", letters, LETTER)
        visit.go_on_after("enter", "escape")
    for _ in range(3):
        visit.press_once("undo", rows, "ctrl+z")
        visit.watch.read(NOTICE)
    shown = titles()
    for measure in ("stage opened", "stage opened again"):
        for n in (3, 4, 5):
            visit.watch.read(1)  # the rest of the stage before comes behind its first picture
            visit.press_once(measure, shown, f"alt+{n}")


def titles() -> Look:
    """The title of the first card; that of the tab before as long as the page is empty."""
    seen = ""

    def look(screen: pyte.Screen) -> str:
        nonlocal seen
        line = screen.display[3][:TITLE]
        seen = line if "╭─ " in line else seen
        return seen

    return look
