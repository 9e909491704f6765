"""`rename` and `new --copy`: what the library does with whole roadmaps, from the command line."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from commanding import Capture, good, run, settle
from lfroadmap.store.library.library import Library
from lfroadmap.store.presence import peers
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store

TASK = "strategy.goals.choose-segments"


@pytest.fixture(autouse=True)
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Library:
    home = settle(tmp_path, monkeypatch)
    good(capsys, "new", "plan")
    good(capsys, "tick", TASK, "--in", "plan")
    return Library(home / "data")


def test_a_roadmap_gets_another_name_with_its_history(capsys: Capture, library: Library) -> None:
    before = good(capsys, "history", "plan")
    said = good(capsys, "rename", "plan", "Q3 plan")
    assert "plan" in said and "Q3 plan" in said
    assert library.names() == ("Q3 plan",)
    assert before.splitlines()[-1] in good(capsys, "history", "Q3 plan")


def test_a_title_that_was_the_name_changes_with_it(capsys: Capture, library: Library) -> None:
    good(capsys, "new", "acme", "--copy", "plan")
    assert read(library.path("acme")).title == "acme"
    good(capsys, "rename", "acme", "beta")
    assert read(library.path("beta")).title == "beta"


def test_a_copy_has_all_as_it_is_and_a_life_of_its_own(capsys: Capture, library: Library) -> None:
    good(capsys, "new", "acme", "--copy", "plan")
    plan, acme = read(library.path("plan")), read(library.path("acme"))
    assert acme.stages == plan.stages and acme.id != plan.id
    good(capsys, "untick", TASK, "--in", "acme")
    assert read(library.path("plan")) == plan


@pytest.mark.parametrize("line", [("rename", "plan"), ("new", "--copy", "plan")])
@pytest.mark.parametrize("to", ["other", "help", "a/b", ""])
def test_a_name_that_is_taken_or_not_valid_changes_nothing(
    capsys: Capture, library: Library, line: tuple[str, ...], to: str
) -> None:
    good(capsys, "new", "other")
    before = {name: library.path(name).read_bytes() for name in library.names()}
    ran = run(capsys, *line, to)
    assert ran.status in (1, 2) and ran.err and "Traceback" not in ran.err
    assert {name: library.path(name).read_bytes() for name in library.names()} == before


def test_both_names_are_needed_and_the_first_must_be_there(capsys: Capture) -> None:
    for argv, missing in (
        (("rename",), "NAME"),
        (("rename", "plan"), "NEW"),
        (("new", "--copy", "plan"), "NAME"),
        (("new", "acme", "--copy", "plan", "--template", "liquid-funnel"), "--copy"),
        (("new", "acme", "--copy", "plan", "--choose"), "--copy"),
    ):
        ran = run(capsys, *argv)
        assert ran.status == 2 and missing in ran.err
    assert run(capsys, "rename", "nowhere", "else").status == 1
    assert run(capsys, "new", "else", "--copy", "nowhere").status == 1


def test_a_roadmap_that_is_open_keeps_its_name(capsys: Capture, library: Library) -> None:
    path = library.path("plan")
    store = Store(path, "dana")
    store.start(lambda event: None)
    try:
        end = time.monotonic() + 10
        while not peers(path):
            assert time.monotonic() < end
        assert run(capsys, "rename", "plan", "other").status == 1
        assert "other" in good(capsys, "new", "other", "--copy", "plan")
    finally:
        store.close()
    assert library.names() == ("other", "plan")
