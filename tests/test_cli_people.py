"""`people`: what each person has in all roadmaps, and another name for a person everywhere."""

from __future__ import annotations

import json
import shlex
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from checked import validate
from commanding import Capture, at_home, good, run
from lfroadmap.report.formatting import format_short_day
from lfroadmap.roadmap.model import Kpi, Note, Roadmap, Task
from lfroadmap.roadmap.weeks import MONDAY, week_start
from lfroadmap.store.library.library import Library
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.usecases.opening import store_of
from lfroadmap.usecases.schemas import SCHEMAS
from lfroadmap.words import LANGUAGES, Language, words
from portfolios import LATE, SOON, letters, one_card
from terminal import Terminal, environment

PLAN = "תוכנית"


def roadmap(owner: str, *tasks: Task) -> Roadmap:
    return replace(one_card(owner, SOON, *tasks), kpis=(Kpi("k", "Rate", owner="dana"), Kpi("k2", "Cost")))


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """Dana has something in two roadmaps, in three spellings, and wrote a note; Dana Levi is in one."""
    at_home(tmp_path, monkeypatch)
    library = Library(tmp_path / "data")
    note = Note("n", "Called", "Dana", "2026-01-01")
    late = Task("t1", "Sign", due=LATE, owner="DANA", notes=(note,))
    library.create("acme", roadmap("Dana", late, Task("t2", "Call", owner="Dana Levi")), "me")
    library.create(PLAN, roadmap(" dana ", Task("t1", "Ask", owner="Yossi")), "me")
    return library


def people(capsys: Capture, *argv: str) -> Any:  # noqa: ANN401 - as the command prints it
    found = json.loads(good(capsys, "people", *argv, "--json"))
    validate(found, SCHEMAS["people"]())
    return found


def test_each_person_is_one_with_what_is_late_and_open(library: Library, capsys: Capture) -> None:
    found = people(capsys)
    dana, levi, yossi, nobody = found["people"]
    assert (dana["cards"], dana["total"], dana["kpis"]) == (2, 1, 2)
    assert sorted(dana["spellings"]) == ["DANA", "Dana", "dana"]
    assert dana["load"]["late"] == {"cards": 0, "tasks": 1}
    assert sum(week["cards"] for week in dana["load"]["weeks"]) == 2
    assert [levi["owner"], yossi["owner"], nobody["owner"]] == ["Dana Levi", "Yossi", ""]
    assert nobody["kpis"] == 2
    assert found["alike"] == [["dana", "Dana Levi"]]
    within = {each["owner"] for each in people(capsys, "--in", PLAN)["people"]}
    assert within == {"dana", "Yossi", ""}


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_that_may_be_one_are_offered(library: Library, capsys: Capture, language: Language) -> None:
    out = good(capsys, "people", "--lang", language)
    assert words(language)("people.alike") in out
    assert "lfroadmap people rename dana 'Dana Levi'" in out
    assert "Yossi" in out.split(words(language)("people.alike"))[0]


def owners(path: Path) -> list[str]:
    found = read(path)
    card = found.stages[0].cards[0]
    return [card.fields[0].value, *(task.owner for task in card.tasks), *(k.owner or "" for k in found.kpis)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_name_is_shown_first_and_then_given_everywhere(
    library: Library, capsys: Capture, language: Language
) -> None:
    before = {name: library.path(name).read_bytes() for name in library.names()}
    line = ("people", "rename", "dana", "dana levi", "--lang", language)
    shown = good(capsys, *line, "--dry-run")
    say = words(language)
    for text in (say("people.joins", name="Dana Levi"), say("people.stays")):
        assert letters(text) in letters(shown)
    assert {name: library.path(name).read_bytes() for name in library.names()} == before
    ran = run(capsys, *line)
    assert ran.status == 2, "nobody can be asked"
    assert {name: library.path(name).read_bytes() for name in library.names()} == before
    done = good(capsys, *line, "--yes")
    assert done.startswith(shown)
    assert owners(library.path("acme")) == ["Dana Levi", "Dana Levi", "Dana Levi", "Dana Levi", ""]
    assert owners(library.path(PLAN)) == ["Dana Levi", "Yossi", "Dana Levi", ""]
    assert read(library.path("acme")).stages[0].cards[0].tasks[0].notes[0].author == "Dana"
    assert say("editing.unchanged") in good(
        capsys, "people", "rename", "dana levi", "Dana Levi", "--lang", language
    )


def test_one_undo_takes_it_back(library: Library, capsys: Capture) -> None:
    before = read(library.path("acme"))
    good(capsys, "people", "rename", "dana", "Noa", "--in", "acme", "--yes")
    assert owners(library.path("acme"))[:2] == ["Noa", "Noa"]
    assert owners(library.path(PLAN))[0] == " dana ", "another roadmap"
    store = store_of(library.path("acme"))
    store.start(lambda event: None)
    store.undo()
    store.close()
    assert read(library.path("acme")) == before


@pytest.mark.parametrize(
    ("argv", "status", "said"),
    [
        (("yos", "  "), 2, "letters"),
        (("yossi",), 2, "NEW"),
        ((), 2, "OLD"),
        (("yossi", "Noa", "Levi"), 2, "quotes"),
        (("da", "Noa"), 2, "Dana Levi"),
        (("Avi", "Noa"), 1, "Yossi"),
        (("yossi", "Noa", "--json"), 2, "--json"),
    ],
)
def test_what_is_not_understood_changes_nothing(
    library: Library, capsys: Capture, argv: tuple[str, ...], status: int, said: str
) -> None:
    ran = run(capsys, "people", "rename", *argv, "--yes")
    assert ran.status == status
    assert said in ran.err
    assert owners(library.path(PLAN))[1] == "Yossi"


def test_a_rename_says_how_to_take_it_back(library: Library, capsys: Capture) -> None:
    before = {name: owners(library.path(name)) for name in ("acme", PLAN)}
    out = good(capsys, "people", "rename", "yossi", "Noa Gil", "--yes")
    assert "Ctrl+Z in each of these roadmaps" in out
    back = out.rstrip().splitlines()[-1].strip()
    assert back == "lfroadmap people rename 'Noa Gil' Yossi"
    good(capsys, *shlex.split(back)[1:], "--yes")
    assert {name: owners(library.path(name)) for name in ("acme", PLAN)} == before
    joined = good(capsys, "people", "rename", "yossi", "Dana", "--yes")
    assert words("en")("people.undo_joined", names="").split(": ")[1][7:] in joined
    assert "people rename" not in joined


def test_what_cannot_be_read_is_named_and_the_others_are_changed(library: Library, capsys: Capture) -> None:
    library.path("acme").write_bytes(b"no roadmap")
    ran = run(capsys, "people", "rename", "yossi", "Noa", "--yes")
    assert ran.status == 1
    assert str(library.path("acme")) in ran.err
    assert owners(library.path(PLAN))[1] == "Noa"
    assert run(capsys, "people", "rename", "noa", "Yossi", "--dry-run").status == 1
    listed, plain = run(capsys, "people"), run(capsys, "people", "--json")
    assert (listed.status, plain.status) == (1, 1) and "Noa" in listed.out
    assert str(library.path("acme")) in listed.err and plain.err == listed.err
    assert [each["roadmap"] for each in json.loads(plain.out)["unreadable"]] == ["acme"]


@pytest.mark.parametrize("columns", [70, 120])
@pytest.mark.quick_cases(1)
def test_as_many_weeks_are_shown_as_a_terminal_has_room_for(
    library: Library, tmp_path: Path, columns: int
) -> None:
    argv = [sys.executable, "-m", "lfroadmap", "people"]
    with Terminal(argv, environment(tmp_path), columns=columns, lines=30) as terminal:
        assert terminal.wait_exit() == 0
    head, *people = [line.rstrip() for line in terminal.screen.display][:5]
    say = words("en")
    assert say("due.week") in head and say("people.undated") in head
    weeks = [week_start(date.today(), MONDAY) + timedelta(7 * n) for n in (1, 2, 3)]
    shown = [format_short_day(week, date.today(), say) in head for week in weeks]
    assert all(shown) if columns == 120 else not all(shown)
    at = head.index(say("people.cards"))
    assert all(line[at - 1] == " " != line[at] for line in people), "each person has one line"
