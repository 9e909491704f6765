"""Many roadmaps: how fast the library and the portfolio open, and another roadmap, against a stage's tab."""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pyte

from benchmarks.programs import Program, new_home, overview
from benchmarks.table import Row, lines
from benchmarks.visits import Samples, Visit, go, go_on
from lfroadmap.roadmap.model import Card, Roadmap
from lfroadmap.roadmap.templates import DEFAULT, Labels, load
from lfroadmap.store.folder.stamps import SETTLED
from lfroadmap.store.library.library import Library
from tests.terminal import keys

ROADMAPS = 50
OWNERS = ("Dana", "Yoav", "Noa", "Omer")
SEEN = 30
"""Lines of roadmaps that are seen at once, at least."""
TABS = ("alt+2", "alt+3", "alt+4")
LOADING = 2.0
"""Seconds after which the program is loaded and has done what it does behind its first picture."""
LABELS = Labels(DEFAULT, "en")


def many(home: Path) -> Program:
    """The product on the overview, beside as many other roadmaps, with owners and days."""
    program = overview(home)
    library, chance = Library(home / "data"), random.Random(1)
    for n in range(ROADMAPS - 1):
        library.create(f"plan-{n:02}", _filled(load(DEFAULT).roadmap(f"r{n}"), chance), "dana")
    return program


def _filled(roadmap: Roadmap, chance: random.Random) -> Roadmap:
    stages = [
        replace(stage, cards=tuple(_filled_card(card, chance) for card in stage.cards))
        for stage in roadmap.stages
    ]
    return replace(roadmap, stages=tuple(stages))


def _filled_card(card: Card, chance: random.Random) -> Card:
    day = date.today() + timedelta(chance.randint(-20, 90))
    values = {"owner": chance.choice(OWNERS), "deadline": day.isoformat()}
    fields = tuple(replace(field, value=values.get(field.role, "")) for field in card.fields)
    return replace(
        card, fields=fields, tasks=tuple(replace(t, done=chance.random() < 0.4) for t in card.tasks)
    )


def measure(runs: int) -> Iterator[str]:
    """Open each screen for the first time in a run, then again; with and without what an earlier run left."""
    pool: Samples = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        program = many(new_home(folder, "many"))
        known = program.afresh(Path(folder, "known"))
        time.sleep(SETTLED / 1e9 + 0.5)
        _go_again(program, known, look_through)
        for _ in range(runs):
            for steps in (look_through, *OPENS, look_at_portfolio, look_at_portfolio_only):
                _add(pool, go(program, steps, 1), "")
                if steps not in OPENS:
                    _add(pool, _go_again(program, known, steps), ", known")
    yield from lines(f"{ROADMAPS} roadmaps, against opening a stage's tab", list(_rows(pool)))


def _go_again(program: Program, known: Program, steps: Callable[[Visit], None]) -> Samples:
    """Run a program in its own home, with the roadmap and the tab that the first run began with."""
    state = Path("data", "state.json")
    shutil.copyfile(program.home / state, known.home / state)
    return go_on(known, steps, 1)


def _add(pool: Samples, found: Samples, end: str) -> None:
    for label, noted in found.items():
        pool[label if label == "stage" else label + end] += noted


def _rows(pool: Samples) -> Iterator[Row]:
    base = pool["stage"]
    yield Row("library, the names", "ms", pool["names"], base, 1.3)
    yield Row("portfolio from the palette, the names", "ms", pool["portfolio, names"], base, 1.3)
    for end, limit, name in (("", None, "read"), (", known", 1.3, "known")):
        yield Row(f"library, all lines, {name}", "ms", pool[f"library{end}"], base, limit)
        yield Row(f"portfolio, all lines, {name}", "ms", pool[f"portfolio only{end}"], base, limit)
        yield Row(f"library and portfolio at once, {name}", "ms", pool[f"portfolio at once{end}"], base)
        yield Row(f"portfolio from the library, {name}", "ms", pool[f"portfolio{end}"], base, 1.3)
    yield Row("library again, all lines", "ms", pool["library again"], base, 1.3)
    yield Row("another roadmap, on its overview", "ms", pool["switched"], base)


def look_through(visit: Visit) -> None:
    """Open stages, the library, the portfolio and another roadmap."""
    _begin(visit)
    for label in ("stage", "stage again"):
        for number, key in enumerate(TABS):
            visit.press(label, _shows(_task_of(number)), key)
    for again in ("", " again"):
        visit.press(f"library{again}", _are_read, "ctrl+r")
        visit.press("go back", _are_read, "escape")
    visit.press("go on", _are_read, "ctrl+r")
    visit.press("portfolio", _stands_above, "p")
    visit.press("go back", _stands_above, "escape")
    visit.press("switched", _shows("The plan"), "enter")


def _begin(visit: Visit) -> None:
    """Wait for the roadmap: the picture of an earlier run has the same text before the program is loaded."""
    visit.watch.wait_until_written(visit.program.ready)
    visit.watch.read(LOADING)
    visit.watch.listen()


def look_at_names(visit: Visit) -> None:
    """Open the library for the first time, and look at the names only."""
    _begin(visit)
    visit.press("names", _shows("plan-10"), "ctrl+r")


def look_at_portfolio_names(visit: Visit) -> None:
    """Open the portfolio from the palette, and look at the names only."""
    _begin(visit)
    visit.send(keys("ctrl+p"), "Search for")
    visit.send("portfolio", "Show where all")
    visit.press("portfolio, names", _lists, "enter")


def look_at_portfolio(visit: Visit) -> None:
    """Open the library and the portfolio at once, before anything was read."""
    _begin(visit)
    visit.watch.send(keys("ctrl+r"))
    visit.press("portfolio at once", _stands_above, "p")


def look_at_portfolio_only(visit: Visit) -> None:
    """Open the portfolio from the palette, before anything was read."""
    _begin(visit)
    visit.send(keys("ctrl+p"), "Search for")
    visit.send("portfolio", "Show where all")
    visit.press("portfolio only", _stands_above, "enter")


OPENS = (look_at_names, look_at_portfolio_names)
"""What is looked at only until it is open."""


def _task_of(stage: int) -> str:
    """A text that is seen on the tab of a stage, and nowhere else."""
    card = load(DEFAULT).roadmap("r").stages[stage].cards[0]
    return LABELS.of(card.tasks[0])[:20]


def _shows(text: str) -> Callable[[pyte.Screen], bool]:
    return lambda screen: any(text in line for line in screen.display)


def _are_read(screen: pyte.Screen) -> bool:
    return sum("%" in line for line in screen.display) >= SEEN


def _lists(screen: pyte.Screen) -> bool:
    """True if the portfolio shows the roadmaps, whatever it knows of them."""
    return "Portfolio" in screen.display[0] and _shows("plan-10")(screen)


def _stands_above(screen: pyte.Screen) -> bool:
    """True if the portfolio says how all roadmaps stand, which it does once they are read."""
    return "Portfolio" in screen.display[0] and "%" in screen.display[0]
