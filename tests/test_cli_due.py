"""`due` and `remind`: what is late and due in all roadmaps, printed, mailed and shown."""

from __future__ import annotations

import email
import email.policy
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checked import validate
from commanding import Capture, at_home, good, program, run
from lfroadmap.roadmap.due import span_of
from lfroadmap.roadmap.model import Roadmap, Task
from lfroadmap.roadmap.weeks import MONDAY, SUNDAY, week_start
from lfroadmap.store.library.library import Library
from lfroadmap.store.sqlite import file_format
from lfroadmap.usecases.schemas import SCHEMAS
from lfroadmap.words import LANGUAGES, Language, words
from outlines import keep_soon, seen, settle
from portfolios import one_card
from terminal import environment

NAME = "תוכנית רבעון 3"


def day(ahead: int) -> str:
    return (date.today() + timedelta(ahead)).isoformat()


def tasks(owner: str) -> tuple[Task, ...]:
    return (
        Task("t1", "Sign", due=day(-4), owner=owner),
        Task("t2", "Call", due=day(0)),
        Task("t3", "Done", True, due=day(-9)),
        Task("t4", "Far", due=day(15)),
        Task("t5", "No day"),
    )


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """Two roadmaps: Dana's card is due in three days, Yossi's task in it is late."""
    at_home(tmp_path, monkeypatch)
    library = Library(tmp_path / "data")
    library.create("acme", one_card("Dana", day(3), *tasks("Yossi")), "me")
    library.create(NAME, one_card("Dana Levi", day(20)), "me")
    return library


def due(capsys: Capture, *argv: str) -> Any:  # noqa: ANN401 - as the command prints it
    found = json.loads(good(capsys, "due", *argv, "--json"))
    validate(found, SCHEMAS["due"]())
    return found


def names(found: Any) -> list[str]:  # noqa: ANN401 - as the command prints it
    return [each["task"] or each["card"] for each in found["items"]]


def test_it_lists_open_cards_and_tasks_by_day(library: Library, capsys: Capture) -> None:
    found = due(capsys)
    assert names(found) == ["Sign", "Call", "Card"]
    assert [each["days"] for each in found["items"]] == [-4, 0, 3]
    assert found["counts"]["late"] == 1 == found["counts"]["today"]
    assert sum(found["counts"].values()) == len(found["items"])
    assert names(due(capsys, "--days", "15")) == ["Sign", "Call", "Card", "Far"]
    assert names(due(capsys, "--days", "0")) == ["Sign", "Call"]
    assert names(due(capsys, "--days", "20", "--in", NAME)) == ["Card"]


def test_a_task_is_its_own_owners_or_else_its_cards(library: Library, capsys: Capture) -> None:
    assert names(due(capsys, "--owner", "yos")) == ["Sign"]
    assert names(due(capsys, "--owner", "DANA")) == ["Call", "Card"]
    assert due(capsys, "--owner", "levi")["owner"] == "Dana Levi"


def test_several_people_are_listed_and_nobody_is_said(library: Library, capsys: Capture) -> None:
    for command in (("due",), ("remind",)):
        ran = run(capsys, *command, "--owner", "dan")
        assert ran.status == 2
        assert "Dana, Dana Levi" in ran.err
        ran = run(capsys, *command, "--owner", "Noa")
        assert ran.status == 1
        assert "Yossi" in ran.err


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_parts_have_headings(library: Library, capsys: Capture, language: Language) -> None:
    lines = good(capsys, "due", "--days", "0", "--lang", language).split("\n")
    assert lines[0] == words(language)("due.late")
    assert "Sign" in lines[1] and "acme" in lines[1] and "Yossi" in lines[1]
    assert lines[2] == words(language)("due.today")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_that_nothing_is_due(tmp_path: Path, capsys: Capture, language: Language) -> None:
    nothing = words(language).plural("due.nothing", 2)
    line = ("--days", "2", "--lang", language, "--data-dir", str(tmp_path))
    assert good(capsys, "due", *line) == f"{nothing}\n"
    ran = run(capsys, "remind", *line)
    assert (ran.status, ran.out, ran.err) == (3, f"{nothing}\n", "")


def test_a_file_that_cannot_be_opened_is_named(library: Library, capsys: Capture) -> None:
    library.path("acme").write_bytes(b"no roadmap")
    ran = run(capsys, "due")
    assert ran.status == 1 and ran.out == f"{words('en').plural('due.nothing', 14)}\n"
    assert str(library.path("acme")) in ran.err
    plain = run(capsys, "due", "--json")
    assert (plain.status, plain.err) == (1, ran.err)
    assert [each["roadmap"] for each in json.loads(plain.out)["unreadable"]] == ["acme"]
    assert str(library.path("acme")) in good(capsys, "remind")
    assert run(capsys, "due", "--in", "acme").status == 1


def test_what_did_not_change_is_not_opened(
    library: Library, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_soon(monkeypatch)
    settle(library)
    before = good(capsys, "due")

    def refuse(path: Path, notify: Callable[[object], None]) -> Roadmap:
        raise AssertionError(path)

    monkeypatch.setattr(file_format, "read", refuse)
    assert good(capsys, "due") == before


# ------------------------------------------------------------------ spans


@given(st.dates(date(1, 1, 10), date(9999, 12, 1)), st.integers(0, 400), st.sampled_from((MONDAY, SUNDAY)))
def test_this_week_ends_before_its_first_day_comes_again(today: date, ahead: int, first: int) -> None:
    day = date.fromordinal(min(today.toordinal() + ahead, date.max.toordinal()))
    start = next(
        each
        for each in (date.fromordinal(today.toordinal() - back) for back in range(7))
        if each.weekday() == first
    )
    assert week_start(today, first) == start
    same = start.toordinal() <= day.toordinal() < start.toordinal() + 7
    assert span_of(day, today, first) == ("today" if day == today else "week" if same else "later")
    assert day == today or span_of(today, day, first) == "late"


# ------------------------------------------------------------------ mail and notification


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pipe_is_given_a_mail_that_readers_understand(
    library: Library, tmp_path: Path, language: Language
) -> None:
    ran = program(environment(tmp_path), "remind", "--lang", language, cwd=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    read = email.message_from_bytes(ran.stdout.encode(), policy=email.policy.default)
    say = words(language)
    assert say.plural("remind.late", 1) in read["Subject"]
    assert not read.defects
    body = read.get_content()
    for text in (say("due.late"), say("due.today"), "Sign", "Call", "acme", "Yossi"):
        assert text in body


def test_the_subject_says_whose_it_is(library: Library, capsys: Capture) -> None:
    text = good(capsys, "remind", "--owner", "yossi")
    assert text.startswith("Subject: Yossi: 1 late\n")


def notifier(folder: Path, status: int) -> None:
    """A `notify-send` that writes down what it is given."""
    path = folder / "notify-send"
    path.write_text(
        f'#!/bin/sh\nfor each; do printf "%s\\n" "$each"; done > "{folder}/shown"\n'
        f"echo no bus >&2\nexit {status}\n"
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_a_notification_is_shown_by_the_program_of_the_system(library: Library, tmp_path: Path) -> None:
    notifier(tmp_path, 0)
    env = environment(tmp_path) | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    ran = program(env, "remind", "--desktop", "--days", "15", cwd=tmp_path)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    shown = (tmp_path / "shown").read_text("utf-8")
    assert "Sign" in shown and "1 late" in shown
    notifier(tmp_path, 1)
    ran = program(env, "remind", "--desktop", cwd=tmp_path)
    assert ran.returncode == 1
    assert "no bus" in ran.stderr


def test_a_system_without_notifications_is_said(
    library: Library, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    ran = run(capsys, "remind", "--desktop")
    assert (ran.status, ran.out) == (1, "")
    assert "notify-send" in ran.err


@pytest.mark.parametrize("argv", [("due",), ("due", "--owner", "yossi", "--json"), ("remind",)], ids=" ".join)
def test_nothing_heavy_is_imported_for_it(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...]
) -> None:
    """The outlines are in the cache, as behind any command that read five roadmaps or more."""
    keep_soon(monkeypatch)
    settle(library)
    seen(library)
    code = f"import sys; from lfroadmap.main import main; main({[*argv]!r})"
    code += "; print(*sys.modules, file=sys.stderr)"
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment(tmp_path), check=True, capture_output=True, text=True
    )
    loaded = {name.partition(".")[0] for name in ran.stderr.split()}
    assert not loaded & {
        "rich",
        "textual",
        "pycrdt",
        "pydantic",
        "sqlite3",
        "asyncio",
        "tomlkit",
        "subprocess",
    }
    assert "lfroadmap" in loaded
