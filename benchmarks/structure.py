"""What a change of structure takes from its last key to the screen, against a tick."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator

import pyte

from benchmarks.programs import built_in, new_home
from benchmarks.table import Row, lines
from benchmarks.visits import LETTER, Samples, Visit, go, letters, rows, ticks
from tests.terminal import keys

PRESSES = 6
"""How often each key is pressed in one run; what needs a dialog half as often."""
LIMIT = 3
PATIENCE = 200
"""Looks at the screen until a dialog is there."""
BY_KEY = (
    "field moved",
    "card moved",
    "stage moved",
    "task moved",
    "task begun",
    "task added",
    "task removed",
)
BY_DIALOG = ("card renamed", "field added", "field removed", "card added", "stage added")


def measure(runs: int) -> Iterator[str]:
    """Run the program so many times, ticks and edits in turn."""
    pool: Samples = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        program = built_in(new_home(folder, "home"))
        for _ in range(runs):
            for label, noted in go(program, change_structure, PRESSES).items():
                pool[label] += noted
    base = pool["tick"]
    yield from lines(
        "a change of structure that one key makes, against a tick",
        [Row(label, "ms", pool[label], base, LIMIT) for label in BY_KEY],
    )
    yield from lines(
        "the same by a dialog or a menu, from the key that closes it",
        [Row(label, "ms", pool[label], base, LIMIT) for label in BY_DIALOG],
    )


def change_structure(visit: Visit) -> None:
    """Change what is on the first stage, and tick in between."""
    visit.start(LETTER, letters)
    visit.watch.read(2)
    visit.press("field moved", rows, "alt+down", "alt+up")
    visit.press("card moved", edges, "ctrl+down", "ctrl+up")
    for n in range(PRESSES // 2):
        _by_menu(visit, "card renamed", "Rename the card", f"x{n}")
        _by_menu(visit, "field added", "Duplicate the field", f"x{n}")
        _by_dialog(visit, "card added", "ctrl+n", "New card", f"New {n}")
        _by_dialog(visit, "stage added", "ctrl+t", "New stage", f"N{n}")
        _send(visit, keys("alt+2"), "Tab next field")
    _on_list(visit)
    _remove_fields(visit)


def _on_list(visit: Visit) -> None:
    _send(visit, keys("escape"), "Space tick")
    visit.press("tick", ticks, "space")
    visit.press("task moved", rows, "alt+down", "alt+up")
    for _ in range(PRESSES // 2):
        visit.press_once("task begun", rows, "a")
        visit.press_once("task added", letters, LETTER)
        _send(visit, keys("enter"), "Enter")
        _send(visit, keys("escape"), "Space tick")
        visit.press_once("task removed", rows, "delete")
    visit.press("stage moved", tabs, "}", "{")
    visit.press("tick", ticks, "space")


def _remove_fields(visit: Visit) -> None:
    """Remove fields without a value: nothing is asked."""
    _send(visit, keys("alt+2"), "Tab next field")
    visit.go_on(PRESSES // 2 + 1)
    for _ in range(PRESSES // 2):
        _open_menu(visit, "Remove the field")
        visit.press_once("field removed", labels, "enter")


def _by_menu(visit: Visit, measure: str, command: str, text: str) -> None:
    _open_menu(visit, command)
    _send(visit, keys("enter"), f"─ {command} ")
    _enter(visit, measure, text)


def _open_menu(visit: Visit, command: str) -> None:
    _send(visit, keys("f2"), "What to change")
    _send(visit, command, command, times=2)  # in the field, and the only line below it


def _by_dialog(visit: Visit, measure: str, key: str, title: str, text: str) -> None:
    _send(visit, keys(key), f"─ {title} ")
    _enter(visit, measure, text)


def _enter(visit: Visit, measure: str, text: str) -> None:
    _send(visit, text, text)
    visit.press_once(measure, tabs if measure == "stage added" else edges, "enter")


def _send(visit: Visit, text: str, shows: str, times: int = 1) -> None:
    """Type, and wait until the screen shows a text so many times and is quiet."""
    visit.watch.send(text)
    for _ in range(PATIENCE):
        visit.watch.listen()
        visit.watch.catch_up()
        if visit.watch.text().count(shows) >= times:
            return
    raise AssertionError(f"{shows!r} never came:\n{visit.watch.text()}")


def edges(screen: pyte.Screen) -> tuple[str, ...]:
    """Read the titles of the first cards and the labels of the first column; no dialog lies on them."""
    return screen.display[3], *(line[:16] for line in screen.display[4:-1])


def labels(screen: pyte.Screen) -> tuple[str, ...]:
    """Read the labels of the first column, where no menu lies."""
    return tuple(line[:16] for line in screen.display[4:-1])


def tabs(screen: pyte.Screen) -> str:
    """Read the tabs."""
    line: str = screen.display[1]
    return line
