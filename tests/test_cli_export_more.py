"""`export` of the whole set, of a part, and of a roadmap that is followed."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from commanding import program
from lfroadmap.export import FORMATS, all_formats
from lfroadmap.imports.snapshot import read
from lfroadmap.roadmap.edits import Edit, SetField, Tick
from lfroadmap.roadmap.templates import load
from lfroadmap.store.library.library import Library
from lfroadmap.store.store import Store
from terminal import environment

TASK, GOALS = "strategy.goals.choose-segments", "strategy.goals.goals"
PROGRAM = [sys.executable, "-m", "lfroadmap"]


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    env = environment(tmp_path)
    Library(Path(env["LFROADMAP_DATA_DIR"])).create("plan", load("liquid-funnel").roadmap("r"), "me")
    return env


def run(env: dict[str, str], *argv: str) -> subprocess.CompletedProcess[str]:
    return program(env, *argv, cwd=Path(env["HOME"]))


def do(env: dict[str, str], edit: Edit) -> None:
    store = Store(Path(env["LFROADMAP_DATA_DIR"]) / "roadmaps" / "plan.roadmap", "dana")
    store.start(lambda event: None)
    store.submit(edit)
    assert store.close() == ()


def test_the_whole_set(env: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    ran = run(env, "export", "--all", "plan", "-o", str(out))
    assert (ran.returncode, ran.stderr) == (0, "")
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
    assert ran.returncode == 1 and ran.stderr.count("is a folder") == 2
    assert sorted(ran.stdout.splitlines()) == [str(path) for path in files if path not in blocked]
    nowhere = run(env, "export", "--all", "-o", str(tmp_path / "nowhere"))
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
    assert bare["version"] == 1 and "history" not in bare
    held = json.loads(run(lived, "export", "json", "--history", "-o", "-").stdout)
    assert held["version"] == 2 and held["roadmap"] == bare["roadmap"]
    assert held["history"] == json.loads(run(lived, "history", "--json").stdout)
    assert [change["what"] for change in held["history"]] == ["tick", "fill", "fill"]
    for name in ("html", "md"):
        bare, told = (run(lived, "export", name, "-o", "-", *more).stdout for more in ((), ("--history",)))
        assert told.count("secret agent") == bare.count("secret agent") + 1
    assert "secret agent" in run(lived, "export", "csv-history", "-o", "-").stdout


@pytest.mark.parametrize("name", ["json", "html", "md", "csv-history"])
def test_a_history_of_a_part_tells_of_no_more_than_the_part(lived: dict[str, str], name: str) -> None:
    told = run(lived, "export", name, "--history", "--stages", "1", "--brief", "-o", "-").stdout
    assert "dana" in told
    assert "secret" not in told and "our eyes" not in told


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
    told = run(lived, "export", "json", "--history", "--at", "then", "-o", "-").stdout
    assert [change["what"] for change in json.loads(told)["history"]] == ["tick", "fill", "fill"]


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


Watch = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def watch(env: dict[str, str]) -> Iterator[Watch]:
    running: list[subprocess.Popen[str]] = []

    def start(*argv: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*PROGRAM, "export", *argv, "--watch"],
            env=env | {"PYTHONUNBUFFERED": "1"}, cwd=env["HOME"], text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        running.append(process)
        assert process.stdout is not None
        while "Ctrl+C" not in process.stdout.readline():
            assert process.poll() is None
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def until(holds: Callable[[], object], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_watched_file_follows_the_roadmap(
    env: dict[str, str], watch: Watch, tmp_path: Path, number: signal.Signals
) -> None:
    path = tmp_path / "plan.json"
    process = watch("json", "-o", str(path))
    first = read(path)
    assert not first.stages[0].cards[0].tasks[0].done
    do(env, Tick(TASK, True, "2026-03-15"))
    until(lambda: read(path).stages[0].cards[0].tasks[0].done)
    do(env, SetField(GOALS, "שלום"))
    until(lambda: "שלום" in path.read_text("utf-8"))
    process.send_signal(number)
    _, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (0, "")
    assert [entry for entry in tmp_path.iterdir() if entry.name.startswith(".lfroadmap-")] == []


@pytest.mark.parametrize(("more", "reload"), [((), 30), (("--reload", "5"), 5), (("--reload", "0"), 0)])
def test_a_watched_page_keeps_itself_current_as_long_as_it_is_watched(
    env: dict[str, str], watch: Watch, tmp_path: Path, more: tuple[str, ...], reload: int
) -> None:
    path = tmp_path / "plan.html"
    process = watch("html", "-o", str(path), *more)
    first = path.read_text("utf-8")
    assert (f"{reload} * 1000" in first) == (reload > 0) == ("script-src" in first)
    do(env, SetField(GOALS, "שלום"))
    until(lambda: "שלום" in path.read_text("utf-8"))
    assert ("script-src" in path.read_text("utf-8")) == (reload > 0)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (0, "")
    last = path.read_text("utf-8")
    assert "script-src" not in last and "שלום" in last


def test_a_reader_of_a_watched_file_never_finds_half_of_it(
    env: dict[str, str], watch: Watch, tmp_path: Path
) -> None:
    path = tmp_path / "plan.json"
    process = watch("json", "-o", str(path))
    with path.open("rb") as first:  # or the system would give its number to another file
        for n in range(3):
            do(env, SetField(GOALS, "x" * 50_000 + str(n)))
            until(lambda n=n: f'x{n}"' in path.read_text("utf-8") and read(path))  # type: ignore[misc]
        assert path.stat().st_ino != os.fstat(first.fileno()).st_ino, "it was replaced as a whole"
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)


def test_each_write_of_a_watch_keeps_the_permissions_of_the_file(
    env: dict[str, str], watch: Watch, tmp_path: Path
) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(b"old")
    path.chmod(0o600)
    process = watch("json", "-o", str(path), "--force")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for text, bits in (("first", 0o600), ("second", 0o640)):
        path.chmod(bits)
        do(env, SetField(GOALS, text))
        until(lambda text=text: text in path.read_text("utf-8"))  # type: ignore[misc]
        assert stat.S_IMODE(path.stat().st_mode) == bits
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_watched_file_that_becomes_read_only_is_left_as_it_is_and_told(
    env: dict[str, str], watch: Watch, tmp_path: Path
) -> None:
    path = tmp_path / "plan.json"
    process = watch("json", "-o", str(path))
    do(env, SetField(GOALS, "first"))
    until(lambda: "first" in path.read_text("utf-8"))
    path.chmod(0o444)
    before = path.read_bytes()
    do(env, SetField(GOALS, "new"))
    assert process.stderr is not None
    assert "read-only" in process.stderr.readline()
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (before, 0o444)


def test_a_watch_does_not_replace_a_file_unasked(env: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "plan.html"
    path.write_text("mine")
    ran = run(env, "export", "html", "-o", str(path), "--watch")
    assert ran.returncode == 1 and "--force" in ran.stderr
    assert path.read_text() == "mine"


def test_a_watch_ends_when_the_roadmap_goes(env: dict[str, str], watch: Watch, tmp_path: Path) -> None:
    process = watch("md", "-o", str(tmp_path / "plan.md"))
    roadmap = Path(env["LFROADMAP_DATA_DIR"]) / "roadmaps" / "plan.roadmap"
    roadmap.rename(tmp_path / "elsewhere.roadmap")
    _, err = process.communicate(timeout=20)
    assert process.returncode == 1 and "plan.roadmap" in err and "Traceback" not in err


@pytest.mark.proof
def test_a_folder_that_goes_is_complained_of_and_used_again_when_it_is_back(
    env: dict[str, str], watch: Watch, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    process = watch("json", "-o", str(out / "plan.json"))
    for entry in out.iterdir():
        entry.unlink()
    out.rmdir()
    do(env, Tick(TASK, True, "2026-03-15"))
    assert process.stderr is not None
    assert "out" in process.stderr.readline()
    out.mkdir()
    until((out / "plan.json").exists)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert process.returncode == 0
