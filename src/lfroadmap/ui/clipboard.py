"""What is copied, always in the order in which it was typed, and handing it to the system."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

from textual.widgets import Input, TextArea

from lfroadmap.errors import RoadmapError
from lfroadmap.export.formulas import guard_lines
from lfroadmap.roadmap.model import KPI_COLUMNS, Card, Field
from lfroadmap.roadmap.progress import card_tally, iso_day
from lfroadmap.text import clean, one_line
from lfroadmap.ui.door import Context
from lfroadmap.ui.widgets.kpi_table import KpiTable

if TYPE_CHECKING:
    from lfroadmap.ui.app import RoadmapApp

PATIENCE = 2.0
"""Seconds that a program has to take what is copied."""


class Tool(NamedTuple):
    """A program that puts what it reads into the system's clipboard."""

    command: tuple[str, ...]
    needs: str = ""
    """A variable of the environment without which it cannot work."""
    encoding: str = "utf-8"


TOOLS = (
    Tool(("wl-copy",), "WAYLAND_DISPLAY"),
    Tool(("xclip", "-selection", "clipboard"), "DISPLAY"),
    Tool(("xsel", "--clipboard", "--input"), "DISPLAY"),
    Tool(("pbcopy",)),
    Tool(("clip.exe",), encoding="utf-16"),
)


@runtime_checkable
class Copied(Protocol):
    """A widget of which Ctrl+C can copy something."""

    @property
    def to_copy(self) -> str:
        """What is copied of it."""
        ...


def chosen(app: RoadmapApp) -> str:
    """What Ctrl+C copies: what is selected, or all of the field that has the focus."""
    if selected := app.screen.get_selected_text():
        return selected
    match app.focused:
        case Input() as field:
            return field.selected_text or field.value
        case TextArea() as area:
            return area.selected_text or area.text
        case KpiTable(kpi=kpi) as table if kpi:
            return table.text(kpi, KPI_COLUMNS[table.column])
        case Copied() as widget:
            return widget.to_copy
    return ""


def card_text(card: Card, context: Context) -> str:
    """A card as plain text, to be pasted into a message: its title, fields and tasks.

    A sheet makes a cell of each line; none of them is a formula.
    """
    labels = context.labels
    counted = card_tally(card)
    head = f"{one_line(labels.of(card))} ({counted.done}/{counted.total}, {counted.percent}%)"
    fields = [f"{labels.of(field)}: {value}" for field, value in _values(card, context)]
    tasks = [f"{'☑' if task.done else '☐'} {one_line(labels.of(task))}" for task in card.tasks]
    return guard_lines("\n".join([head, *fields, *tasks]))


def _values(card: Card, context: Context) -> Iterator[tuple[Field, str]]:
    """The fields that were filled in, as they are shown."""
    for field in card.fields:
        day = iso_day(field.value) if field.kind == "date" else None
        if day:
            yield field, context.words.day(day)
        elif field.kind == "choice" and field.value:
            yield field, context.labels.option(field, field.value)
        elif field.value.strip():
            yield field, clean(field.value).strip()


async def give(app: RoadmapApp, text: str) -> None:
    """Put a text into the system's clipboard, where there is a program for it, and say so."""
    try:
        await asyncio.to_thread(hand_over, text)
    except RoadmapError as error:
        app.notify(app.words.error(error), severity="warning")
    else:
        app.notify(app.words("copy.done"), timeout=2)


def hand_over(text: str) -> None:
    """Have a program take the text; nothing where there is none. Raises RoadmapError if it does not."""
    tool = next((tool for tool in TOOLS if _works(tool)), None)
    if tool is None:
        return
    name = tool.command[0]
    try:
        # some go on in the background to answer for the clipboard, and would hold a pipe open
        subprocess.run(
            tool.command,
            input=text.encode(tool.encoding, "replace"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise RoadmapError("copy_failed", name=name, reason=error) from error


def _works(tool: Tool) -> bool:
    return bool((not tool.needs or os.environ.get(tool.needs)) and shutil.which(tool.command[0]))
