"""Names that a peer wrote into its stamps: they are shown, and do nothing to a terminal or to a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commanding import Capture, at_home, run
from foreign_peer import foreign_update, updates_of
from lfroadmap.store.identity import Identity
from lfroadmap.store.library.library import Library
from listening import PLAN, Person
from merging import NOON, merge

NAMES = ("\x1b]0;x\x07evil", "two\nlines", "\u202eabc", "\0n", "\x9b2Jx", "a\tb", "x" * 100, "dana", " ", "|")


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
@pytest.mark.parametrize("made", [NOON, 253402300799999, 0])
@pytest.mark.quick_cases(5)
def test_a_forged_name_and_time_are_shown_on_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture, name: str, made: int
) -> None:
    at_home(tmp_path, monkeypatch)
    path = Library(tmp_path / "data").create("plan", PLAN, "dana")
    dana = Person(path, "dana", Identity("a" * 22, "a" * 10))
    escaped = name.replace("|", "\\|")
    merge(dana, foreign_update(
        updates_of(path), lambda m: m.tasks["t1"].update({"owner": "Noa", "owner@": f"{escaped}|dev|{made}"})
    ))  # fmt: skip
    dana.leaves()
    shown = run(capfd, "history", "plan")
    assert (shown.status, shown.err) == (0, "")
    assert not any(character in shown.out for character in "\x1b\x07\0\x9b\u202e")
    assert sum("Noa" in line for line in shown.out.splitlines()) == 1
    as_json = run(capfd, "history", "plan", "--json")
    assert as_json.status == 0
    assert json.loads(as_json.out)
    export = run(capfd, "export", "json", "plan", "-o", "-", "--history")
    assert export.status == 0
    assert run(capfd, "diff", "-7", "--of", "plan").status == 0
