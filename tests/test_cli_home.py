"""`~` in every path that a person gives is the home, also where no shell replaces it."""

from __future__ import annotations

from pathlib import Path

import pytest

from commanding import Capture, at_home, good, run


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    at_home(tmp_path, monkeypatch)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def test_the_home_in_every_path(capsys: Capture, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good(capsys, "new", "p", "--data-dir=~/plans")
    assert (home / "plans" / "roadmaps" / "p.roadmap").is_file()
    monkeypatch.setenv("LFROADMAP_DATA_DIR", "~/plans")
    assert "p" in good(capsys, "list")
    good(capsys, "export", "json", "--output=~/p.json")
    (home / "all").mkdir()
    assert run(capsys, "export", "--all", "--output=~/all").status == 0
    good(capsys, "diff", "~/p.json", "now", "--output=~/d.html")
    good(capsys, "doctor", "~/plans/roadmaps/p.roadmap")
    good(capsys, "import", "~/p.json", "--name", "q")
    good(capsys, "import", "~/all/" + next((home / "all").glob("*.xlsx")).name, "--into", "q")
    good(capsys, "import", "~/plans/roadmaps/p.roadmap", "--into", "q")
    assert (home / "p.json").is_file() and (home / "d.html").is_file()
    assert [path.name for path in (home / "here").iterdir()] == []


def test_other_names_with_the_sign_stay_as_they_are(capsys: Capture, home: Path) -> None:
    good(capsys, "new", "p", "--data-dir=./~")
    good(capsys, "new", "p", "--data-dir=~nobody-of-this-name")
    assert (home / "here" / "~" / "roadmaps" / "p.roadmap").is_file()
    assert (home / "here" / "~nobody-of-this-name" / "roadmaps" / "p.roadmap").is_file()
