"""Working on a roadmap by commands: the day's work, stages and cards, and several edits as one."""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from commanding import Capture, at_home, good, run, stored, stored_card
from lfroadmap.roadmap.model import Card, Field, Roadmap
from lfroadmap.roadmap.tree import find, places
from lfroadmap.store.events import Changed
from lfroadmap.usecases.opening import store_of
from lfroadmap.words import Language
from listening import Listener

NAME = "acme"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Path:
    at_home(tmp_path, monkeypatch)
    good(capsys, "new", NAME)
    return tmp_path


def card(home: Path, ident: str = "launch.pilot") -> Card:
    return stored_card(home, NAME, ident)


def value(home: Path, field: str) -> str:
    place = find(stored(home, NAME), field)
    assert place and isinstance(place.node, Field)
    return place.node.value


# ------------------------------------------------------------------ tasks


def test_a_task_is_added_with_the_owner_and_the_day_that_its_words_name(home: Path, capsys: Capture) -> None:
    said = good(capsys, "add", "--card", "Flow pilot", "Ask", "the", "bank", "@dana", "due", "2026-03-31")
    assert said == "Flow pilot: added the task: Ask the bank\n"
    added = card(home).tasks[-1]
    assert (added.text, added.owner, added.due) == ("Ask the bank", "dana", "2026-03-31")


def test_options_count_more_than_the_words(home: Path, capsys: Capture) -> None:
    good(
        capsys, "add", "Call @dana due 2026-03-31", "--card", "pilot", "--due", "1.4.2026", "--owner", "noa",
    )  # fmt: skip
    added = card(home).tasks[-1]
    assert (added.text, added.owner, added.due) == ("Call", "noa", "2026-04-01")


def test_quiet_prints_the_id_by_which_the_task_is_found_again(home: Path, capsys: Capture) -> None:
    ident = good(capsys, "add", "--card", "pilot", "--quiet", "Call").strip()
    assert ident == card(home).tasks[-1].id
    assert good(capsys, "tick", ident, "--quiet").strip() == ident
    assert card(home).tasks[-1].done


def test_a_task_is_ticked_once_and_unticked(home: Path, capsys: Capture) -> None:
    good(capsys, "add", "--card", "pilot", "Call the bank")
    assert good(capsys, "tick", "call the bank") == "Flow pilot: ticked: Call the bank\n"
    before = card(home).tasks[-1]
    assert before.done and before.done_on
    assert good(capsys, "tick", "call the bank") == "Nothing to change: it is so already.\n"
    assert card(home).tasks[-1] == before
    assert good(capsys, "untick", "call", "the", "bank") == "Flow pilot: unticked: Call the bank\n"
    assert not card(home).tasks[-1].done


def test_a_task_moves_to_another_card(home: Path, capsys: Capture) -> None:
    task = card(home).tasks[0]
    good(capsys, "move", task.id, "--card", "scale")
    assert card(home, "launch.scale").tasks[-1] == task
    assert task not in card(home).tasks


# ------------------------------------------------------------------ values


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("pilot.Deadline", "31/3/2026", "2026-03-31"),
        ("launch.pilot.deadline", "31.3.2026", "2026-03-31"),
        ("Flow pilot.owner", "Dana Levi", "Dana Levi"),
        ("pilot.Goals", "one\ntwo", "one\ntwo"),
    ],
)
def test_a_field_is_filled_and_emptied(
    home: Path, capsys: Capture, field: str, typed: str, kept: str
) -> None:
    good(capsys, "set", field, typed)
    ident = f"launch.pilot.{field.rpartition('.')[2].lower()}"
    assert value(home, ident) == kept
    good(capsys, "set", field, "")
    assert value(home, ident) == ""


def test_hebrew_names_find_what_english_ones_do(home: Path, capsys: Capture) -> None:
    good(capsys, "set", "פיילוט.אחראי", "דנה")
    assert value(home, "launch.pilot.owner") == "דנה"


def choices(roadmap: Roadmap) -> Iterator[Field]:
    return (p.node for p in places(roadmap) if isinstance(p.node, Field) and p.node.kind == "choice")


def test_an_option_is_named_by_its_words_and_kept_by_its_id(home: Path, capsys: Capture) -> None:
    for field in choices(stored(home, NAME)):
        for option in field.options:
            good(capsys, "set", field.id, option)
            assert value(home, field.id) == option
        ran = run(capsys, "set", field.id, "no such thing")
        assert ran.status == 2
        assert "Its options:" in ran.err
        assert value(home, field.id) == field.options[-1]


def test_a_kpi_has_a_current_value(home: Path, capsys: Capture) -> None:
    for typed in (("-5", "%"), ("-5%",), ("--in", NAME, "-.5"), ("31", "%"), ("",)):
        good(capsys, "kpi", "close rate", *typed)
        current = next(kpi.current for kpi in stored(home, NAME).kpis if kpi.id == "kpi.close-rate")
        assert current == " ".join(word for word in typed if word not in ("--in", NAME))


# ------------------------------------------------------------------ stages and cards


def test_stages_and_cards_are_added_renamed_and_removed(home: Path, capsys: Capture) -> None:
    stage = good(capsys, "stage", "add", "Partners", "--quiet").strip()
    made = good(capsys, "card", "add", "Resellers", "--stage", "partners", "--quiet").strip()
    assert [field.role for field in card(home, made).fields] == ["owner", "deadline"]
    good(capsys, "stage", "rename", "Partners", "Our", "partners")
    good(capsys, "card", "rename", "resellers", "Agents")
    last = stored(home, NAME).stages[-1]
    assert (last.id, last.title, [each.title for each in last.cards]) == (stage, "Our partners", ["Agents"])
    good(capsys, "card", "remove", "agents")
    good(capsys, "stage", "remove", "our partners")
    assert find(stored(home, NAME), stage) is None


def test_work_is_not_removed_unasked(home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    good(capsys, "set", "pilot.owner", "Dana")
    before = stored(home, NAME)
    refused = run(capsys, "stage", "remove", "launch")
    assert refused.status == 2
    assert "2 cards, 14 tasks, 1 filled field" in refused.err
    assert stored(home, NAME) == before

    answers = io.StringIO("n\ny\n")
    answers.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdin", answers)
    asked = good(capsys, "stage", "remove", "launch")
    assert "(2 cards, 14 tasks, 1 filled field)" in asked
    assert stored(home, NAME) == before
    good(capsys, "stage", "remove", "launch")
    assert find(stored(home, NAME), "launch") is None
    assert "launch" in good(capsys, "bin", NAME, "--json")


# ------------------------------------------------------------------ names and refusals


def test_several_candidates_are_listed_and_nothing_is_done(home: Path, capsys: Capture) -> None:
    good(capsys, "add", "--card", "pilot", "Ask the bank today")
    good(capsys, "add", "--card", "pilot", "Ask the bank again")
    before = stored(home, NAME)
    ran = run(capsys, "tick", "ask bank")
    assert ran.status == 2
    for task in card(home).tasks[-2:]:
        assert f"{task.id}  {task.text} (Flow pilot)" in ran.err
    assert stored(home, NAME) == before


@pytest.mark.parametrize(
    ("status", "line"),
    [
        (1, ("tick", "no such task")),
        (1, ("add", "--card", "no such card", "Call")),
        (1, ("set", "pilot.no such field", "x")),
        (1, ("kpi", "no such kpi", "5")),
        (1, ("stage", "rename", "no-such-stage", "x")),
        (1, ("tick", "x", "--in", "no-such-roadmap")),
        (2, ("set", "pilot", "x")),
        (2, ("set", "pilot.deadline", "whenever")),
        (2, ("set", "pilot.deadline")),
        (2, ("set",)),
        (2, ("add", "--card", "pilot")),
        (2, ("add", "Call")),
        (2, ("add", "--card", "pilot", "Call", "--due", "whenever")),
        (2, ("tick",)),
        (2, ("tick", "")),
        (2, ("move", "x")),
        (2, ("kpi", "close rate")),
        (2, ("stage",)),
        (2, ("stage", "zap")),
        (2, ("stage", "add")),
        (2, ("stage", "rename", "launch")),
        (2, ("card", "add", "Partners")),
        (2, ("schema", "no-such-command")),
        (2, ("apply", "more")),
    ],
)
@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.quick_cases(9)
def test_what_cannot_be_done_says_why_and_changes_nothing(
    home: Path, capsys: Capture, status: int, line: tuple[str, ...], language: Language
) -> None:
    before = stored(home, NAME)
    ran = run(capsys, "--lang", language, *line)
    assert (ran.status, ran.out) == (status, "")
    assert len(ran.err.splitlines()) >= 1
    assert "Traceback" not in ran.err
    assert stored(home, NAME) == before


def test_an_open_window_shows_it(home: Path, capsys: Capture) -> None:
    heard = Listener()
    store = store_of(home / "data" / "roadmaps" / f"{NAME}.roadmap")
    store.start(heard)
    try:
        good(capsys, "stage", "add", "Partners")
        changed = heard.wait(Changed)
        assert changed.roadmap.stages[-1].title == "Partners"
    finally:
        store.close()
