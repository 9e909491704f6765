"""A point in time is written once: `diff`, `--at` and the screen understand the same."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from commanding import Capture, at_home, good, run, stored, write
from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.imports.snapshot import read
from lfroadmap.roadmap.edits import SetField
from lfroadmap.store.library.library import Library
from lfroadmap.usecases.points_in_time import PointInTime, PointsInTime
from lfroadmap.words import words

OWNER = "strategy.goals.owner"
TODAY = date.today()


@pytest.fixture
def points(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> PointsInTime:
    """The points of `acme`: a snapshot `board`, a later change; a file and another roadmap beside it."""
    at_home(tmp_path, monkeypatch)
    good(capsys, "new", "other")
    good(capsys, "new", "acme")
    path = tmp_path / "data" / "roadmaps" / "acme.roadmap"
    write(path, "dana", SetField(OWNER, "Dana"))
    good(capsys, "snapshot", "acme", "--save", "board")
    good(capsys, "export", "json", "acme", "-o", "dana.json")
    write(path, "dana", SetField(OWNER, "Noa"))
    library = Library(tmp_path / "data")
    return PointsInTime(library, lambda: "acme", lambda: stored(tmp_path, "acme"), words("en"), TODAY)


def owner(point: PointInTime) -> str:
    cards = (card for stage in point.roadmap.stages for card in stage.cards)
    return next(field.value for card in cards for field in card.fields if field.id == OWNER)


@pytest.mark.parametrize(
    ("text", "who", "label"),
    [
        ("now", "Noa", f"now ({TODAY})"),
        (" NOW ", "Noa", f"now ({TODAY})"),
        ("עכשיו", "Noa", f"now ({TODAY})"),
        ("board", "Dana", "board"),
        (" board ", "Dana", "board"),
        ("1", "Dana", "board"),
        ("today", "Noa", TODAY.isoformat()),
        ("-7", "", f"{TODAY - timedelta(days=7)} (before the first change)"),
    ],
)
@pytest.mark.quick_cases(3)
def test_a_point_of_the_roadmap_itself(points: PointsInTime, text: str, who: str, label: str) -> None:
    for found in (points.find(text), points.find_own(text)):
        assert (owner(found), found.label) == (who, label)
        assert found.day <= TODAY


def test_a_day_counts_from_its_beginning_or_to_its_end(points: PointsInTime) -> None:
    assert owner(points.find("today", start=True)) == ""
    assert points.find_own("+30").day == TODAY


def test_files_and_other_roadmaps(points: PointsInTime) -> None:
    assert (owner(points.find("dana.json")), points.find("dana.json").label) == ("Dana", "dana.json")
    assert points.find("anything", path=Path("dana.json")).roadmap == read(Path("dana.json"))
    assert (owner(points.find("other")), points.find("other").label) == ("", "other")


@pytest.mark.parametrize("name", ["board.json", "Q1 board.html"])
def test_a_snapshot_may_be_called_like_a_file(points: PointsInTime, name: str, capsys: Capture) -> None:
    good(capsys, "snapshot", "acme", "--save", name)
    assert points.find(name).label == points.find_own(name).label == name


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("dana.json", "at_file"),
        ("nowhere.html", "at_file"),
        ("other", "at_roadmap"),
        ("whenever", "no_moment"),
    ],
)
def test_what_is_no_moment_of_the_roadmap_is_refused(points: PointsInTime, text: str, key: str) -> None:
    with pytest.raises(UsageError) as raised:
        points.find_own(text)
    assert raised.value.key == key


@pytest.mark.parametrize(
    ("text", "key"), [("whenever", "no_point"), ("", "no_point"), ("gone.json", "broken_snapshot")]
)
def test_what_is_no_point_is_refused(points: PointsInTime, text: str, key: str, capsys: Capture) -> None:
    good(capsys, "snapshot", "acme", "--restore", "board")  # keeps a moment without a name
    with pytest.raises(RoadmapError) as raised:
        points.find(text)
    assert raised.value.key == key


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("command", [("show",), ("export", "json", "-o", "-")])
@pytest.mark.parametrize(("text", "part"), [("dana.json", "is a file"), ("other", "another roadmap")])
def test_at_says_why_it_takes_no_file(
    points: PointsInTime, capsys: Capture, command: tuple[str, ...], text: str, part: str
) -> None:
    ran = run(capsys, *command, "--at", text)
    assert (ran.status, ran.out) == (2, "")
    assert part in ran.err and "--at" in ran.err
    assert good(capsys, *command, "--at", "now") == good(capsys, *command)
