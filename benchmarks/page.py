"""Writing the page of a large roadmap beside Rich's own `export_html`, of the same report in one run."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from datetime import date

from rich.console import Console

from benchmarks.table import Row, lines
from lfroadmap.export.html import page
from lfroadmap.report.nodes import Report
from lfroadmap.report.report import report
from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage, Task
from lfroadmap.words import words

CARDS, TASKS = 100, 100
"""Cards, and tasks on each."""
TODAY = date(2026, 3, 15)


def measure(runs: int) -> Iterator[str]:
    """Tell times and sizes; a run is at least 3."""
    roadmap = large()
    page_report = report(roadmap, words("en"), today=TODAY)
    makers: dict[str, Callable[[], str]] = {
        "ours": lambda: page(report(roadmap, words("en"), today=TODAY), roadmap, words("en")),
        "rich": lambda: rich_page(page_report),
    }
    spent: dict[str, list[float]] = {name: [] for name in makers}
    sizes: dict[str, int] = {}
    for _ in range(max(3, runs // 3)):
        for name, make in makers.items():
            began = time.perf_counter()
            sizes[name] = len(make().encode())
            spent[name].append((time.perf_counter() - began) * 1e3)
    title = f"a page of {CARDS * TASKS:,} tasks, against Rich's export_html"
    yield from lines(title, [Row("report and page", "ms", spent["ours"], spent["rich"], limit=1 / 3)])
    bare = len(page(page_report, None, words("en")).encode())
    yield f"{'size':<46}{sizes['ours'] / 1e6:>9.2f} MB{'':<7}{sizes['rich'] / 1e6:>9.2f} MB"
    yield f"{'size without the roadmap that it carries':<46}{bare / 1e6:>9.2f} MB"


def rich_page(page_report: Report) -> str:
    """The same report as Rich records and exports it."""
    console = Console(record=True, file=io.StringIO(), width=100, force_terminal=True)
    console.print(page_report)
    return console.export_html()


def large() -> Roadmap:
    """A roadmap as large as people may ever make."""
    stages = tuple(
        Stage(f"s{s}", f"Stage {s}", tuple(_card(s * CARDS // 10 + c) for c in range(CARDS // 10)))
        for s in range(10)
    )
    return Roadmap("large", "A large plan", stages=stages)


def _card(n: int) -> Card:
    fields = (
        Field(f"c{n}.owner", "text", "owner", "Owner", f"Person {n % 12}"),
        Field(f"c{n}.deadline", "date", "deadline", "Deadline", f"2026-{n % 12 + 1:02}-{n % 28 + 1:02}"),
        Field(f"c{n}.goals", "long", "goals", "Goals", "Bring back those who left\nby the end of the year"),
    )
    tasks = (Task(f"c{n}.{t}", f"Task {t} of card {n}: לבדוק API גרסה 2", t % 3 == 0) for t in range(TASKS))
    return Card(f"c{n}", f"Card {n}", fields, tuple(tasks))
