"""What the first results of a search take, with 50,000 tasks against 100."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator

import pyte

from benchmarks.programs import few, many, new_home
from benchmarks.table import Row, lines
from benchmarks.visits import LETTER, Samples, Visit, go, letters
from tests.terminal import keys

LIMIT, MOST = 1.5, 50
"""The ratio that is allowed, and the milliseconds."""
SECOND_LINE = 7
"""The line that says what the first result is."""
NOTHING = "Nothing was found"
MEASURES = (
    "search opened, the first time",
    "a word of all tasks, as the first thing",
    "a word of all tasks",
    "a word of one task of each card",
    "a word of few, near the end",
    "a filter, open tasks",
)


def measure(runs: int) -> Iterator[str]:
    """Run both in turn, so many times."""
    makers = {"many": many, "few": few}
    pool: dict[str, Samples] = {name: defaultdict(list) for name in makers}
    with tempfile.TemporaryDirectory() as folder:
        programs = {name: make(new_home(folder, name)) for name, make in makers.items()}
        for _ in range(runs):
            for name, program in programs.items():
                for label, noted in go(program, look_for, 1).items():
                    pool[name][label] += noted
    much, little = pool["many"], pool["few"]
    yield from lines(
        "first results of a search over 50,000 tasks, against 100",
        [Row(label, "ms", much[label], little[label], LIMIT) for label in MEASURES],
    )
    yield from lines(
        "the same, in milliseconds", [Row(label, "ms", much[label], limit=MOST) for label in MEASURES[1:]]
    )


def look_for(visit: Visit) -> None:
    """Open the search, and look for words of many tasks and of few, each key when all is quiet."""
    visit.start(LETTER, letters)
    visit.watch.read(2)
    visit.go_on_after("escape")
    visit.press_once("search opened, the first time", title, "ctrl+f")
    visit.press_once("a word of all tasks, as the first thing", first_result, "l")
    visit.watch.read(2)  # all is looked through
    last = "9 of stage 19" if visit.program.name == "many" else "1 of stage 1"
    for measure, query in zip(MEASURES[2:], ("long list", "task 24", last, "is:open list"), strict=True):
        visit.send(keys("ctrl+a") + f"{query}q", NOTHING)
        visit.watch.read(0.5)
        visit.press_once(measure, first_result, "backspace")
        visit.watch.read(0.5)


def title(screen: pyte.Screen) -> bool:
    """Look whether the search is there."""
    return any("Words, in any order" in line for line in screen.display)


def first_result(screen: pyte.Screen) -> bool:
    """Look whether there is a result."""
    return screen.display[SECOND_LINE].split()[:1] in (["roadmap"], ["card"], ["task"])
