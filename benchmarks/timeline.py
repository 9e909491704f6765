"""The Timeline tab: how fast it opens beside a stage's tab, and its keys with 5,000 dated tasks."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from functools import partial

import pyte

from benchmarks.many import titles
from benchmarks.programs import dated, new_home
from benchmarks.table import Row, lines
from benchmarks.visits import LETTER, Samples, Visit, go, letters

PRESSES = 10
LIMIT = 1.3
CARDS = 200
"""Cards beside the built-in ones, of 25 dated tasks each."""
KEYS = ("row", "day moved", "time scrolled")


def measure(runs: int) -> Iterator[str]:
    """Run the built-in roadmap with days, and one with 5,000 tasks more, in turn, so many times."""
    makers = {"few": dated, "many": partial(dated, cards=CARDS)}
    pool: dict[str, Samples] = {name: defaultdict(list) for name in makers}
    with tempfile.TemporaryDirectory() as folder:
        programs = {name: make(new_home(folder, name)) for name, make in makers.items()}
        for _ in range(runs):
            for name, program in programs.items():
                for label, noted in go(program, work, PRESSES).items():
                    pool[name][label] += noted
    few, much = pool["few"], pool["many"]
    opened = [
        Row(f"timeline opened{again}", "ms", few[f"timeline{again}"], few[f"stage{again}"], LIMIT)
        for again in ("", " again")
    ]
    yield from lines("the timeline, against a tab of a stage", opened)
    keys = [Row(label, "ms", much[label], few[label]) for label in ("timeline", *KEYS)]
    yield from lines("5,000 dated tasks, against the built-in ones", keys)


def work(visit: Visit) -> None:
    """Open a stage and the timeline, each twice, and press the keys of the timeline."""
    visit.start(LETTER, letters)
    visit.watch.read(2)
    shown = titles()
    last = "alt+9" if "More" in visit.watch.text() else "alt+8"
    for again in ("", " again"):
        for measure, key in (("stage", "alt+3"), ("timeline", last)):
            visit.watch.read(1)  # what comes behind the first picture
            visit.press_once(f"{measure}{again}", shown, key)
    visit.watch.read(1)
    visit.press("row", page, "down")
    visit.press("day moved", page, "shift+right", "shift+left")
    visit.press("time scrolled", page, "right", "left")


def page(screen: pyte.Screen) -> tuple[object, ...]:
    """All that the timeline shows, with the grounds of the names."""
    grounds = tuple(screen.buffer[y][8].bg for y in range(3, screen.lines - 1))
    return (*screen.display[3:-1], grounds)
