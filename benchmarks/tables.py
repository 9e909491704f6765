"""What a table of another program takes to be read and shown, against one of our own layout."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import count

from benchmarks.table import Row, lines
from lfroadmap.imports.preview import ImportSource, PreviewContext, preview
from lfroadmap.imports.tables import tables_in
from lfroadmap.roadmap.progress import DEFAULT_THRESHOLDS
from lfroadmap.roadmap.table_file import ImportChoices
from lfroadmap.roadmap.templates import DEFAULT, load
from lfroadmap.words import words

ROWS = 20_000
LIMIT = 1.3
TODAY = date(2026, 3, 15)
OURS = ("ID", "Stage", "Card", "Task", "Done", "Done on", "Due", "Health", "Owner")
JIRA = (
    "Summary", "Issue key", "Issue Type", "Status", "Priority", "Resolution", "Assignee", "Reporter",
    "Created", "Updated", "Resolved", "Due Date", "Labels", "Labels", "Description",
)  # fmt: skip
PLANNER = (
    "Task ID",
    "Task Name",
    "Bucket Name",
    "Progress",
    "Assigned To",
    "Due date",
    "Completed Date",
    "Notes",
)
MONTHS = ("Jan", "Feb", "Mar", "Apr")


def measure(runs: int) -> Iterator[str]:
    """Read and show each in turn; processor time, so that other programs count little."""
    files = {"our own": _table(OURS, _own), "Jira": _table(JIRA, _jira), "Planner": _table(PLANNER, _planner)}
    taken: dict[str, list[float]] = {name: [] for name in files}
    for _ in range(runs):
        for name, data in files.items():
            taken[name].append(_milliseconds(data))
    rows = [Row("our own layout", "ms", taken.pop("our own"))]
    rows += [Row(name, "ms", samples, rows[0].samples, LIMIT) for name, samples in taken.items()]
    yield from lines(f"a table of {ROWS:,} rows, read and shown", rows)


def _milliseconds(data: bytes) -> float:
    fresh = count()
    context = PreviewContext(words("en"), DEFAULT_THRESHOLDS, TODAY, lambda: f"n{next(fresh)}")
    roadmap = load(DEFAULT).roadmap("r")
    began = time.process_time()
    source = ImportSource("plan.csv", tables_in(data, ImportChoices(), TODAY))
    preview(source, roadmap, context).report(100).whole()
    return (time.process_time() - began) * 1e3


def _table(heads: Sequence[str], row: Callable[[int], Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows(row(n) for n in range(ROWS))
    return out.getvalue().encode()


def _own(n: int) -> Sequence[str]:
    done = ("TRUE", "2026-03-10") if n % 2 else ("FALSE", "")
    due = f"2026-{n % 12 + 1:02}-{n % 28 + 1:02}"
    return ("", "A. Strategy", "Liquid Funnel goals", f"Task {n}", *done, due, "no date", f"Person {n % 50}")


def _jira(n: int) -> Sequence[str]:
    day = f"{n % 28 + 1}/{MONTHS[n % 4]}/26 12:00 AM"
    state = ("Done", "High", "Done") if n % 2 else ("In Progress", "High", "")
    return (
        f"Task {n}",
        f"LF-{n}",
        "Task",
        *state,
        f"Person {n % 50}",
        "x",
        day,
        day,
        day if n % 2 else "",
        day,
    )


def _planner(n: int) -> Sequence[str]:
    day = f"{n % 12 + 1:02}/{n % 28 + 1:02}/2026"
    state = "Completed" if n % 2 else "In progress"
    return (
        f"a{n}",
        f"Task {n}",
        "Liquid Funnel goals",
        state,
        f"Person {n % 50}",
        day,
        day if n % 2 else "",
        "",
    )
