"""A roadmap of one card whose tasks have owners and days, and what a person sees of them."""

from __future__ import annotations

from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage, Task
from sitting import Sitting

LONG = "Call every customer who left in the last quarter and write down in their own words why they did"
TASKS = (
    Task("late", "Call the bank", due="2026-03-06", owner="Dana Levi"),
    Task("soon", "Write the offer", due="2026-03-18", owner="Yoav"),
    Task("later", "Measure", due="2026-05-01"),
    Task("plain", "Plain"),
    Task("done", "Done one", True, "2026-03-01", "2026-03-02", "Noa"),
)


def plan(*tasks: Task) -> Roadmap:
    fields = (Field("f", label="Field"), Field("who", role="owner", label="Owner", value=""))
    return Roadmap("r", "Plan", "", (Stage("s", "Stage", (Card("c", "Card", fields, tasks or TASKS),)),))


async def to_tasks(at: Sitting) -> None:
    await at.press("alt+2", "tab", "tab")
    assert at.app.focused is at.checklist("c")


def tasks_of(at: Sitting) -> tuple[Task, ...]:
    return at.app.session.roadmap.stages[0].cards[0].tasks


def line(at: Sitting, words: str) -> str:
    return next(line for line in at.lines if words in line)
