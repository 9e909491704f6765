"""A name that is a part of another one stays as it is typed, and the likeness is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from commanding import Capture, at_home, good, run, stored_card
from lfroadmap.roadmap.progress import role_value
from lfroadmap.words import LANGUAGES, Language, words

NAME = "acme"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Path:
    at_home(tmp_path, monkeypatch)
    good(capsys, "new", NAME)
    good(capsys, "set", "strategy.goals.owner", "Dana Levi")
    return tmp_path


def owner(home: Path, card: str) -> str:
    return role_value(stored_card(home, NAME, card), "owner")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_part_of_a_name_stays_and_the_likeness_is_said(
    home: Path, capsys: Capture, language: Language
) -> None:
    ran = run(capsys, "set", "launch.pilot.owner", "Dana", "--lang", language)
    assert ran.status == 0 and owner(home, "launch.pilot") == "Dana"
    assert "Dana Levi" in ran.err and "lfroadmap people rename Dana 'Dana Levi'" in ran.err
    said = words(language).table["people.similar"].split("{long}")[1].split("\n")[0]
    assert said[-20:] in ran.err
    again = run(capsys, "set", "launch.scale.owner", "Dana", "--lang", language)
    assert (again.err, owner(home, "launch.scale")) == ("", "Dana"), "it is said once, when the name comes"
    for line in (("--owner", "Dana L", "Call"), ("Write", '@"D. Levi"')):
        ran = run(capsys, "add", "--card", "launch.pilot", *line)
        assert ran.status == 0 and "people rename" in ran.err
    assert [task.owner for task in stored_card(home, NAME, "launch.pilot").tasks[-2:]] == [
        "Dana L",
        "D. Levi",
    ]


@pytest.mark.parametrize(("typed", "known"), [("DANA  levi", "Dana Levi"), ("דָּנָה לֵוִי", "דנה לוי")])
def test_the_same_name_is_written_as_it_is_known(home: Path, capsys: Capture, typed: str, known: str) -> None:
    good(capsys, "set", "launch.scale.owner", known)
    assert typed not in good(capsys, "set", "launch.pilot.owner", typed)
    assert owner(home, "launch.pilot") == known


def test_another_name_is_not_like_any(home: Path, capsys: Capture) -> None:
    good(capsys, "set", "launch.pilot.owner", "Danit Levin")
    assert owner(home, "launch.pilot") == "Danit Levin"
