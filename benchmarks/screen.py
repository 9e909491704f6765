"""The part that a person feels: start, keys, memory and rest, seen on a real terminal."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.programs import Program, big, built_in, hello, new_home, overview
from benchmarks.table import Row, lines
from benchmarks.visits import Samples, Visit, go, look_around, type_in, work_on_list

VISITS: dict[str, tuple[Callable[[Path], Program], Callable[[Visit], None]]] = {
    "hello": (hello, type_in),
    "overview": (overview, look_around),
    "built-in": (built_in, work_on_list),
    "big": (big, work_on_list),
}
"""Program -> how it is made, and what is done in it."""

CPU = "CPU until ready"
PRESSES = 10
"""How often each key is pressed in one run."""

Pool = dict[str, Samples]


def measure(runs: int) -> Iterator[str]:
    """Run all programs in turn, so many times, and compare them."""
    pool = _pool(runs)
    yield from lines("start: exec to the first key answered, against the smallest app", _start(pool))
    yield from lines("keys, against the smallest app", _keys(pool))
    yield from lines("memory and rest, against the smallest app", _rest(pool))
    yield from lines("10,000 tasks in one checklist, against the built-in roadmap", _size(pool))
    yield from lines("bytes written", _written(pool))


def _pool(runs: int) -> Pool:
    pool: Pool = {name: defaultdict(list) for name in VISITS}
    with tempfile.TemporaryDirectory() as folder:
        made = {name: make(new_home(folder, name)) for name, (make, _) in VISITS.items()}
        for _ in range(runs):
            for name, (_, steps) in VISITS.items():
                for label, noted in go(made[name], steps, PRESSES).items():
                    pool[name][label] += noted
    return pool


def _start(pool: Pool) -> list[Row]:
    base = pool["hello"]
    label = "first key answered"
    return [
        Row("on the overview, as at first", "ms", pool["overview"][label], base[label], 1.5),
        Row("on the stage that was open last", "ms", pool["built-in"][label], base[label], 1.5),
        Row("processor time until ready, overview", "ms", pool["overview"][CPU], base[CPU]),
        Row("processor time until ready, stage", "ms", pool["built-in"][CPU], base[CPU]),
    ]


def _keys(pool: Pool) -> list[Row]:
    base, plan = pool["hello"]["keystroke"], pool["built-in"]
    return [
        Row("keystroke in a field of one line", "ms", plan["keystroke"], base, 2.5),
        Row("keystroke in a field of many lines", "ms", plan["keystroke in long text"], base, 2.5),
        Row("tick with its bars on screen", "ms", plan["tick"], base),
        Row("cursor moved in a list", "ms", plan["cursor"], base),
        Row("task moved in a list", "ms", plan["task moved"], base),
    ]


def _rest(pool: Pool) -> list[Row]:
    base, plan = pool["hello"], pool["built-in"]
    return [
        Row("peak memory, overview", "MB", pool["overview"]["peak memory"], base["peak memory"], 1.6),
        Row("peak memory, after all those keys", "MB", plan["peak memory"], base["peak memory"], 1.6),
        Row("processor time of a second without a key", "ms", plan["idle CPU"], base["idle CPU"]),
    ]


def _size(pool: Pool) -> list[Row]:
    many, few = pool["big"], pool["built-in"]
    timed = ("first key answered", "tick", "keystroke", "keystroke in long text", "cursor", "task moved")
    rows = [Row(label, "ms", many[label], few[label], 1.3) for label in timed]
    return [*rows, Row("peak memory", "MB", many["peak memory"], few["peak memory"])]


def _written(pool: Pool) -> list[Row]:
    rows = [Row("keystroke, smallest app", "bytes", pool["hello"]["keystroke, bytes"])]
    for label in ("keystroke", "tick", "cursor", "task moved"):
        rows.append(Row(f"{label}, with the saved mark", "bytes", pool["built-in"][f"{label}, bytes"]))
    return [*rows, Row("a second without a key", "bytes", pool["built-in"]["idle, bytes"])]
