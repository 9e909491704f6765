"""What is measured: the smallest app, and the program with the built-in roadmap and with big ones."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from zlib import crc32

from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage, Task
from lfroadmap.roadmap.templates import DEFAULT, Labels, load
from lfroadmap.store.store import Store
from tests.terminal import environment

ROOT = Path(__file__).parent.parent
HELLO = (sys.executable, str(ROOT / "benchmarks" / "hello.py"))
PRODUCT = (str(Path(sys.executable).with_name("lfroadmap")), "--lang", "en")
BIG = 10_000
"""Tasks of the big roadmap, all in one checklist: nothing is worse for a list."""


STAGES, CARDS, TASKS = 20, 10, 250
"""Stages of the roadmap with many cards, the cards of each, and the tasks of each card."""


@dataclass(frozen=True, slots=True)
class Program:
    """A command and the text by which it is known to be ready for keys."""

    name: str
    command: tuple[str, ...]
    home: Path
    """Where the person's settings and roadmaps lie."""
    ready: str
    """A text on its first screen."""
    tabs_to_long: int = 0
    """How often Tab leads from the first field to the first of many lines."""
    tabs_to_list: int = 0
    """How often Tab leads from there to the first checklist."""

    @property
    def env(self) -> dict[str, str]:
        """The environment of the person at home."""
        return environment(self.home)

    def afresh(self, folder: Path) -> Program:
        """The program in a copy of its home, so that each run begins with the same roadmap."""
        home = folder / "home"
        shutil.copytree(self.home, home)
        return replace(self, home=home)


def new_home(folder: str, name: str) -> Path:
    """A person's empty home."""
    home = Path(folder, name)
    home.mkdir()
    return home


def hello(home: Path) -> Program:
    return Program("hello", HELLO, home, "ello, world")  # the cursor stands on the H


def overview(home: Path) -> Program:
    """The product as it opens for the first time."""
    roadmap = load(DEFAULT).roadmap("built-in")
    return _program(
        "overview", home, roadmap, tab="overview", ready=Labels(DEFAULT, "en").of(roadmap.stages[0].cards[0])
    )


def built_in(home: Path) -> Program:
    """The product, left on the first stage."""
    return _stage("built-in", home, load(DEFAULT).roadmap("built-in"))


def big(home: Path) -> Program:
    """The same with many tasks in the first checklist."""
    roadmap = load(DEFAULT).roadmap("big")
    first = roadmap.stages[0]
    tasks = tuple(Task(f"t{n}", f"Task {n} of a long list") for n in range(BIG))
    card = replace(first.cards[0], tasks=tasks)
    stage = replace(first, cards=(card, *first.cards[1:]))
    return _stage("big", home, replace(roadmap, stages=(stage, *roadmap.stages[1:])))


def many(home: Path) -> Program:
    """Many tasks in many cards, such as `Add a card` makes them; left on the first stage."""
    roadmap = load(DEFAULT).roadmap("many")
    stages = tuple(Stage(f"s{s}", f"Stage {s}", tuple(_cards(s, CARDS, TASKS))) for s in range(STAGES))
    return _stage("many", home, replace(roadmap, stages=stages))


def dated(home: Path, cards: int = 0) -> Program:
    """The built-in roadmap with a day for each card and task, and so many cards more of 25 tasks each."""
    roadmap = load(DEFAULT).roadmap("dated")
    fields = (
        Field("d", "date", role="deadline", label="Deadline"),
        Field("s", "date", role="start", label="Start"),
    )
    more = tuple(
        Card(
            f"c{n}",
            f"Card {n}",
            tuple(replace(field, id=f"c{n}{field.id}") for field in fields),
            tuple(Task(f"c{n}t{at}", f"Task {at} of a long list") for at in range(25)),
        )
        for n in range(cards)
    )
    extra = (Stage("more", "More", more),) if more else ()
    stages = tuple(
        replace(stage, cards=tuple(map(_dated, stage.cards))) for stage in (*roadmap.stages, *extra)
    )
    return _stage("dated", home, replace(roadmap, stages=stages))


def _dated(card: Card) -> Card:
    """The card with days around today, which are other ones for each card."""
    first = date.today() - timedelta(crc32(card.id.encode()) % 60)
    days = {"start": first, "deadline": first + timedelta(90)}
    fields = (replace(f, value=days[f.role].isoformat()) if f.role in days else f for f in card.fields)
    tasks = (replace(t, due=(first + timedelta(5 * n % 100)).isoformat()) for n, t in enumerate(card.tasks))
    return replace(card, fields=tuple(fields), tasks=tuple(tasks))


def few(home: Path) -> Program:
    """The same with 100 tasks in four cards."""
    roadmap = load(DEFAULT).roadmap("few")
    stages = tuple(Stage(f"s{s}", f"Stage {s}", tuple(_cards(s, 2, 25))) for s in range(2))
    return _stage("few", home, replace(roadmap, stages=stages))


def _cards(stage: int, cards: int, tasks: int) -> Iterator[Card]:
    for n in range(cards):
        name = f"s{stage}c{n}"
        owner = Field(f"{name}o", role="owner", label="Owner")
        deadline = Field(f"{name}d", "date", role="deadline", label="Deadline")
        listed = tuple(Task(f"{name}t{at}", f"Task {at} of a long list") for at in range(tasks))
        yield Card(name, f"Card {n} of stage {stage}", (owner, deadline), listed)


def _stage(name: str, home: Path, roadmap: Roadmap) -> Program:
    stage = roadmap.stages[0]
    fields = stage.cards[0].fields
    program = _program(name, home, roadmap, tab=stage.id, ready=Labels(DEFAULT, "en").of(fields[0]))
    long = next((at for at, field in enumerate(fields) if field.kind == "long"), 0)
    return replace(program, tabs_to_long=long, tabs_to_list=len(fields) - long)


def _program(name: str, home: Path, roadmap: Roadmap, *, tab: str, ready: str) -> Program:
    data = home / "data"
    (data / "roadmaps").mkdir(parents=True)
    Store.create(data / "roadmaps" / "plan.roadmap", roadmap, "dana")
    (data / "state.json").write_text(json.dumps({"last": "plan", "tabs": {"plan": tab}}))
    return Program(name, PRODUCT, home, ready)
