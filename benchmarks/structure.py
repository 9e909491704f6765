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
        visit.send(keys("alt+2"), "Tab next field")
    _on_list(visit)
    _remove_fields(visit)


def _on_list(visit: Visit) -> None:
    visit.send(keys("escape"), "Space tick")
    visit.press("tick", ticks, "space")
    visit.press("task moved", rows, "alt+down", "alt+up")
    for _ in range(PRESSES // 2):
        visit.press_once("task begun", rows, "a")
        visit.press_once("task added", letters, LETTER)
        visit.send(keys("enter"), "Enter")
        visit.send(keys("escape"), "Space tick")
        visit.press_once("task removed", rows, "delete")
    visit.press("stage moved", tabs, "}", "{")
    visit.press("tick", ticks, "space")


def _remove_fields(visit: Visit) -> None:
    """Remove fields without a value: nothing is asked."""
    visit.send(keys("alt+2"), "Tab next field")
    visit.go_on(PRESSES // 2 + 1)
    for _ in range(PRESSES // 2):
        _open_menu(visit, "Remove the field")
        visit.press_once("field removed", labels, "enter")


def _by_menu(visit: Visit, measure: str, command: str, text: str) -> None:
    _open_menu(visit, command)
    visit.send(keys("enter"), f"─ {command} ")
    _enter(visit, measure, text)


def _open_menu(visit: Visit, command: str) -> None:
    visit.send(keys("f2"), "What to change")
    visit.send(command, command, times=2)  # in the field, and the only line below it


def _by_dialog(visit: Visit, measure: str, key: str, title: str, text: str) -> None:
    visit.send(keys(key), f"─ {title} ")
    _enter(visit, measure, text)


def _enter(visit: Visit, measure: str, text: str) -> None:
    visit.send(text, text)
    visit.press_once(measure, tabs if measure == "stage added" else edges, "enter")


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
