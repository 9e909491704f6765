"""Roadmaps with days, and a person who drags them on the Timeline tab."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from textual.geometry import Offset

from lfroadmap.bidi.textual.direction import screen_direction
from lfroadmap.roadmap.model import Card, Field, Relation, Roadmap, Stage, Task
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.ui.widgets.timeline_page import ABOVE
from lfroadmap.ui.widgets.timeline_view import TimelineView
from samples import TODAY
from sitting import Sitting


def day(days: int) -> str:
    return (TODAY + timedelta(days)).isoformat()


def card(
    name: str, due: int | None, start: int | None = None, owner: str = "", tasks: tuple[Task, ...] = ()
) -> Card:
    fields = (
        Field(f"{name}.owner", "text", "owner", "Owner", owner),
        Field(f"{name}.start", "date", "start", "Start", "" if start is None else day(start)),
        Field(f"{name}.due", "date", "deadline", "Deadline", "" if due is None else day(due)),
    )
    return Card(name, name.capitalize(), fields, tasks)


PLAN = Roadmap(
    "plan", "Plan", "",
    (
        Stage("s", "Sell", (
            card("alpha", 20, 5, "Dana", (
                Task("one", "Ask ten", due=day(3), owner="Noa"),
                Task("two", "Done one", done=True, due=day(4)),
            )),
            card("beta", -6),
        )),
        Stage("e", "Empty", (card("gamma", None),)),
    ),
)  # fmt: skip


def of(at: Sitting, field: str) -> date | None:
    return iso_day(at.value(field))


def screen_x(view: TimelineView, column: int) -> int:
    """The place in the widget of a column of the time."""
    x = next(x for x in range(view.size.width) if view.drawing.column(x) == column)
    return x if screen_direction() == "ltr" else view.size.width - 1 - x


def place(view: TimelineView, node: str, day: date) -> Offset:
    """Where the sign of a day is on the row of a node."""
    row = next(n for n, row in enumerate(view.window.rows) if row.id == node)
    return Offset(screen_x(view, view.axis.column(day)), row - view.window.top + ABOVE)


async def drag(at: Sitting, node: str, whence: date, where: date, *, let_go: bool = True) -> None:
    """Drag what is on a day of a row to another day."""
    view = at.one(TimelineView)
    first, last = place(view, node, whence), place(view, node, where)
    await at.pilot.mouse_down(view, offset=tuple(first))
    await at.pause()
    await at.pilot.hover(view, offset=tuple(last))
    await at.pause()
    if let_go:
        await at.pilot.mouse_up(view, offset=tuple(last))
        await at.pause()


async def opened(at: Sitting) -> TimelineView:
    await at.press("alt+6")
    assert at.tab == "timeline"
    return at.one(TimelineView)


def waiting(card: Card, *targets: str) -> Card:
    return replace(
        card, relations=tuple(Relation(f"{card.id}-{each}", "waits_for", each) for each in targets)
    )


LINKED = Roadmap(
    "plan", "Plan", "",
    (
        Stage("s", "Sell", (card("alpha", 20, 5), waiting(card("beta", 40, 28), "alpha"), card("late", 10))),
        Stage("z", "Zoo", (card("delta", 60), waiting(card("early", 14, -3), "delta", "nowhere"))),
    ),
)  # fmt: skip
