"""`export` of the whole set, of a part, and of the history."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from exporting import GOALS, TASK, do, run, with_plan
from lfroadmap.export import FORMATS, all_formats
from lfroadmap.roadmap.edits import SetField, Tick


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return with_plan(tmp_path)


def test_the_whole_set(env: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"  # which is made
    ran = run(env, "export", "--all", "plan", "-o", str(out))
    assert ran.returncode == 0
    assert "not installed: pdf" in " ".join(ran.stderr.split())
    made = sorted(path.name for path in out.iterdir())
    assert len(made) == len(all_formats(history=False)) < len(FORMATS)
    assert sorted(Path(line).name for line in ran.stdout.splitlines()) == made
    page = next(out.glob("*.html"))
    page.write_text("mine")
    again = run(env, "export", "--all", "-o", str(out))
    assert again.returncode == 1 and again.stderr.count("--force") == len(made)
    assert page.read_text() == "mine"
    assert run(env, "export", "--all", "-o", str(out), "--force").returncode == 0
    assert page.read_text("utf-8") != "mine"


def test_the_others_are_written_when_some_cannot_be(env: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    assert run(env, "export", "--all", "-o", str(out)).returncode == 0
    files = sorted(out.iterdir())
    for path in files:
        path.unlink()
    blocked = [path for path in files if path.suffix in (".json", ".md")]
    for path in blocked:
        path.mkdir()
    ran = run(env, "export", "--all", "-o", str(out))
    assert ran.returncode == 1 and ran.stderr.count("is a folder") == len(blocked)
    assert sorted(ran.stdout.splitlines()) == [str(path) for path in files if path not in blocked]
    nowhere = run(
        env, "export", "--all", "-o", str(next(path for path in files if path not in blocked) / "x")
    )
    assert (nowhere.returncode, nowhere.stdout) == (1, "")
    assert nowhere.stderr.count("There is no folder") == 1


def test_a_part(env: dict[str, str]) -> None:
    do(env, SetField(GOALS, "for our eyes only"))
    whole = run(env, "export", "json", "-o", "-").stdout
    part = run(env, "export", "json", "-o", "-", "--stages", "1, 3", "--brief").stdout
    titles = [stage["id"] for stage in json.loads(whole)["roadmap"]["stages"]]
    assert [stage["id"] for stage in json.loads(part)["roadmap"]["stages"]] == [titles[0], titles[2]]
    assert "our eyes" in whole and "our eyes" not in part


@pytest.fixture
def lived(env: dict[str, str]) -> dict[str, str]:
    """A roadmap in which something was done on two stages."""
    do(env, SetField(GOALS, "for our eyes only"))
    do(env, SetField("data.governance.owner", "secret agent"))
    do(env, Tick(TASK, True, "2026-03-15"))
    return env


def test_the_history_comes_along_when_it_is_asked_for(lived: dict[str, str]) -> None:
    bare = json.loads(run(lived, "export", "json", "-o", "-").stdout)
    assert bare["version"] == 7 and "history" not in bare  # bound KPIs
    with_history = json.loads(run(lived, "export", "json", "--history", "-o", "-").stdout)
    assert with_history["version"] == 7 and with_history["roadmap"] == bare["roadmap"]
    assert with_history["history"] == json.loads(run(lived, "history", "--json").stdout)
    assert [change["what"] for change in with_history["history"]] == ["tick", "fill", "fill"]
    for name in ("html", "md"):
        bare, exported = (
            run(lived, "export", name, "-o", "-", *more).stdout for more in ((), ("--history",))
        )
        assert exported.count("secret agent") == bare.count("secret agent") + 1
    assert "secret agent" in run(lived, "export", "csv-history", "-o", "-").stdout


@pytest.mark.parametrize("name", ["json", "html", "md", "csv-history"])
def test_a_history_of_a_part_tells_of_no_more_than_the_part(lived: dict[str, str], name: str) -> None:
    exported = run(lived, "export", name, "--history", "--stages", "1", "--brief", "-o", "-").stdout
    assert "dana" in exported
    assert "secret" not in exported and "our eyes" not in exported


def test_a_part_says_so_and_does_not_take_the_place_of_the_whole(
    lived: dict[str, str], tmp_path: Path
) -> None:
    for name, more in (("page.html", ("--brief",)), ("part.json", ("--stages", "1"))):
        path = str(tmp_path / name)
        assert run(lived, "export", name.split(".")[1], "-o", path, *more).returncode == 0
        ran = run(lived, "import", path, "--into", "plan", "--yes")
        assert ran.returncode == 1 and "only a part" in ran.stderr and ran.stdout == ""
        assert run(lived, "import", path).returncode == 0
    whole = run(lived, "export", "html", "-o", "-").stdout
    part = (tmp_path / "page.html").read_text("utf-8")
    assert "a part of the roadmap" in part and "The whole roadmap is inside" not in part
    assert "a part of the roadmap" not in whole and "The whole roadmap is inside" in whole


def test_the_history_of_an_earlier_moment_ends_there(lived: dict[str, str]) -> None:
    assert run(lived, "snapshot", "plan", "--save", "then").returncode == 0
    do(lived, Tick(TASK, False))
    exported = run(lived, "export", "json", "--history", "--at", "then", "-o", "-").stdout
    assert [change["what"] for change in json.loads(exported)["history"]] == ["tick", "fill", "fill"]


def test_the_whole_set_has_a_table_of_the_history_only_when_asked(
    lived: dict[str, str], tmp_path: Path
) -> None:
    for folder, more, count in (("bare", (), 0), ("full", ("--history",), 1)):
        out = tmp_path / folder
        out.mkdir()
        assert run(lived, "export", "--all", "-o", str(out), *more).returncode == 0
        assert len([*out.glob("*-history.csv")]) == count
        assert ("## History" in next(out.glob("*.md")).read_text("utf-8")) == bool(more)


@pytest.mark.parametrize(
    ("argv", "part"),
    [
        (["html", "-o", "-", "--watch"], "-o FILE"),
        (["--all", "-o", "-"], "folder"),
        (["--all", "html", "plan"], "html"),
        (["html", "--stages", "5"], "4"),
        (["html", "--stages", "one"], "one"),
        (["html", "--reload", "5"], "--watch"),
        (["html", "--watch", "--reload", "-5"], "86400"),
        (["html", "--watch", "--reload", "2592000"], "86400"),
    ],
)
def test_what_makes_no_sense_is_told(env: dict[str, str], argv: list[str], part: str) -> None:
    ran = run(env, "export", *argv)
    assert ran.returncode == 2 and part in ran.stderr and ran.stdout == ""
