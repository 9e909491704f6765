"""A walk through every tab, screen, dialog and editor of the app."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from lfroadmap.ui.widgets.calculator_table import CalculatorTable
from sitting import Sitting

TABS = range(1, 9)
EDITORS = {
    "task": ("alt+2", "escape", "enter"),
    "task's day": ("alt+2", "escape", "d"),
    "task's owner": ("alt+2", "escape", "o"),
    "new task": ("alt+2", "escape", "a"),
    "KPI's cell": ("alt+6", "right", "right", "enter"),
    "KPI's last cell": (
        "alt+6",
        "left",
        "end",
        "right",
        "right",
        "right",
        "right",
        "right",
        "right",
        "right",
        "enter",
    ),
    "new KPI": ("alt+6", "insert"),
}
"""Editors in place, each with the keys that lead there from anywhere on the tabs."""
ACTIONS: dict[str, tuple[str, ...]] = {
    "history": ("slash", "escape", "v"),
    "moment": ("left", "d"),
    "snapshots": ("a",),
    "bin": ("e",),
    "late": (),
    "team": ("s",),
    "search": ("c", "tab", "right"),
    "due": ("down",),
    "people": ("down",),
    "portfolio": ("down",),
    "library": ("down",),
    "settings": ("down", "down", "down"),
    "keys": ("down", "enter"),
    "guide": ("down", "enter", "tab"),
    "card_notes": ("x",),
    "wait_for": ("down",),
    "moves_kpi": ("down",),
    "repeat_task": ("down",),
    "save_template": ("tab",),
    "bind_kpi": ("down",),
    "measure_source": ("tab",),
    "join_team": ("tab",),
    "changes": ("tab", "tab"),
    "export": ("tab", "tab", "tab", "tab"),
    "import": ("tab",),
    "palette": ("m", "down"),
    "help": ("pagedown",),
    "theme": (),
    "structure": ("down",),
    "add_card": ("x",),
    "add_field": ("x", "tab", "space"),
    "add_stage": (),
    "rename_roadmap": (),
    "reset": (),
}
"""Screens and dialogs by the actions that open them, each with keys that are pressed there one by one."""
MOST_LEVELS = 4
"""How often Escape is pressed at most to come back: out of a field, a list, a screen, and the one below."""
ROWS = "Task,Owner,Due,Priority\nWrite a task,Dana,2026-04-01,high\nRead a task,Dana,soon,low\n"
"""A table to import; one of its days cannot be read, one of its columns is not known."""


async def every_place(at: Sitting, home: Path) -> AsyncIterator[str]:
    """The name of each place when it is on the screen."""
    for number in TABS:
        await at.press(f"alt+{number}")
        yield f"tab {number}"
        await at.press("tab", "tab", "down")
        yield f"tab {number}, moved"
    for name, keys in EDITORS.items():
        await at.press(*keys)
        yield name
        await at.press("escape", "escape")
    async for name in _calculators(at):
        yield name
    for action, keys in ACTIONS.items():
        await _start(at, action)
        yield action
        for key in keys:
            await at.press(key)
            yield f"{action}, {key}"
        await _back(at)
    async for name in _importing(at, home):
        yield name


async def _calculators(at: Sitting) -> AsyncIterator[str]:
    """The table and the results of each calculator, and the editor of a cell."""
    stages = at.app.session.roadmap.stages
    for each in (each for stage in stages for card in stage.cards for each in card.calculators):
        await at.app.main.go(each.rows[-1].id)
        await at.quiet()
        yield f"{each.kind}, table"
        await at.press("right", "enter")
        yield f"{each.kind}, cell"
        await at.press("escape")
        table = next(table for table in at.app.main.query(CalculatorTable) if table.calculator is each)
        assert table.parent is not None
        for child in table.parent.children:
            child.scroll_visible(animate=False, top=True)
            await at.quiet()
            yield f"{each.kind}, {child}"


async def _importing(at: Sitting, home: Path) -> AsyncIterator[str]:
    """The preview of a table, and the choices of its columns."""
    (home / "tasks.csv").write_text(ROWS)
    await _start(at, "import")
    await at.type(f"{home / 'tasks.csv'}\r")
    await at.until(lambda: at.app.screen.preview is not None)  # type: ignore[attr-defined]
    yield "import, read"
    await at.pilot.click("#columns")
    await at.pause()
    yield "import, columns"
    await _back(at)


async def _start(at: Sitting, action: str) -> None:
    await at.app.action_start(action)
    await at.until(lambda: at.app.screen is not at.app.main, 10)
    await at.quiet()


async def _back(at: Sitting) -> None:
    """Leave what stands over the roadmap."""
    at.app.clear_notifications()
    for _ in range(MOST_LEVELS):
        if at.app.screen is not at.app.main:
            await at.press("escape")
            await at.pause()
    assert at.app.screen is at.app.main
