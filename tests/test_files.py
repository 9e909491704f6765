"""What is new is private or as the umask says; what is read-only is refused."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest

from commanding import Capture, export_all, good, run, settle, without_notes
from file_modes import mode, modes, umask
from lfroadmap.errors import RoadmapError
from lfroadmap.export import ExportContext, write_file, write_somewhere
from lfroadmap.files import ReadOnlyFile, make_private_folder, replace_file, write_whole
from lfroadmap.roadmap.templates import load
from lfroadmap.settings import save
from lfroadmap.state import ExportState, State
from lfroadmap.store.library.library import Library
from lfroadmap.text import clean
from lfroadmap.words import LANGUAGES, words
from samples import TODAY, sample

MOMENT = datetime(2026, 3, 15, 9, 30, tzinfo=UTC)
COPY = "plan-unsaved-2026-03-15-093000.json"


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = settle(tmp_path, monkeypatch)
    Library(home / "data").create("plan", load("liquid-funnel").roadmap("r"), "me")
    return home


# ------------------------------------------------------------------ new files


@pytest.mark.parametrize("bits", [0, 0o022, 0o077])
def test_settings_and_what_was_open_last_are_for_their_owner_alone(tmp_path: Path, bits: int) -> None:
    with umask(bits):
        save(tmp_path / "config" / "lfroadmap", language="he")
        assert Library(tmp_path / "share" / "lfroadmap").remember("plan", "overview")
    assert modes(tmp_path) == {
        "config": 0o700,
        "config/lfroadmap": 0o700,
        "config/lfroadmap/settings.toml": 0o600,
        "share": 0o700,
        "share/lfroadmap": 0o700,
        "share/lfroadmap/state.json": 0o600,
    }


def test_folders_that_are_there_stay_as_they_are(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with umask(0):
        make_private_folder(tmp_path)
        make_private_folder(tmp_path / "a" / "b")
    assert (mode(tmp_path), mode(tmp_path / "a"), mode(tmp_path / "a" / "b")) == (0o755, 0o700, 0o700)
    with pytest.raises(OSError):
        make_private_folder(tmp_path / "a" / "b" / ("x" * 300))


@pytest.mark.parametrize(("bits", "wanted"), [(0o022, 0o644), (0o027, 0o640), (0o077, 0o600)])
@pytest.mark.quick_cases(1)
def test_a_new_export_is_as_the_umask_says(capsys: Capture, plan: Path, bits: int, wanted: int) -> None:
    Path("out").mkdir()
    with umask(bits):
        good(capsys, "export", "html", "-o", "plan.html")
        good(capsys, "diff", "now", "now", "-o", "diff.json")
        export_all(capsys)
    assert {mode(Path(name)) for name in ("plan.html", "diff.json", *map(str, Path("out").iterdir()))} == {
        wanted
    }


def test_an_emergency_copy_is_for_its_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with umask(0):
        path = write_somewhere(
            ExportContext(sample("en"), words("en"), TODAY, moment=MOMENT), "plan", [tmp_path]
        )
    assert path == tmp_path / COPY
    assert mode(path) == 0o600


@pytest.mark.parametrize("trap", ["dangling link", "link to a file", "pipe"])
def test_an_emergency_copy_follows_nothing_that_stands_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trap: str
) -> None:
    here, home = tmp_path / "here", tmp_path / "home"
    here.mkdir()
    home.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("HOME", str(home))
    target = tmp_path / "target"
    if trap == "pipe":
        os.mkfifo(here / COPY)  # nobody reads it: to write there would wait for ever
    else:
        (here / COPY).symlink_to(target)
    if trap == "link to a file":
        target.write_bytes(b"theirs")
    path = write_somewhere(
        ExportContext(sample("en"), words("en"), TODAY, moment=MOMENT), "plan", [here, home]
    )
    assert path == home / COPY
    assert (target.read_bytes() if target.exists() else None) == (
        b"theirs" if trap == "link to a file" else None
    )


def test_what_is_being_written_is_never_more_open_than_what_it_replaces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, seen = tmp_path / "plan", []
    real = os.fsync

    def look(file: int) -> None:
        seen.append(stat.S_IMODE(os.fstat(file).st_mode))
        real(file)

    monkeypatch.setattr(os, "fsync", look)
    path.write_bytes(b"old")
    path.chmod(0o600)
    with umask(0):
        write_file(b"new", path, force=True)
        write_file(b"new", tmp_path / "private", private=True)
    assert seen == [0o600, 0o600]


def test_every_kind_of_export_that_replaces_a_file_keeps_its_permissions(capsys: Capture, plan: Path) -> None:
    Path("out").mkdir()
    good(capsys, "export", "json", "-o", "plan.json")
    good(capsys, "diff", "now", "now", "-o", "diff.html")
    export_all(capsys)
    paths = [Path("plan.json"), Path("diff.html"), *Path("out").iterdir()]
    for path in paths:
        path.chmod(0o600)
    good(capsys, "export", "json", "-o", "plan.json", "--force")
    good(capsys, "diff", "now", "now", "-o", "diff.html", "--force")
    export_all(capsys, "--force")
    assert [mode(path) for path in paths] == [0o600] * len(paths)


# ------------------------------------------------------------------ read-only files


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("bits", [0o444, 0o400, 0o440, 0o555, 0o464])
def test_a_read_only_file_is_refused_also_for_root(
    capsys: Capture, plan: Path, bits: int, tmp_path: Path
) -> None:
    real, link = tmp_path / "real.html", Path("plan.html")
    real.write_bytes(b"mine")
    real.chmod(bits)
    link.symlink_to(real)
    for language in LANGUAGES:
        for path in (real, link):
            ran = run(capsys, "--lang", language, "export", "html", "-o", str(path), "--force")
            assert (ran.status, ran.out) == (1, "")
            message = clean(words(language)("error.read_only_file", path=real))
            assert ran.err == f"lfroadmap: {message}\n"
        ran = run(capsys, "--lang", language, "diff", "now", "now", "-o", str(real), "--force")
        assert ran.status == 1 and str(real) in ran.err
    assert (real.read_bytes(), mode(real), link.is_symlink()) == (b"mine", bits, True)
    assert sorted(path.name for path in Path.cwd().iterdir()) == ["plan.html"]


def test_of_a_set_the_others_are_written(capsys: Capture, plan: Path) -> None:
    Path("out").mkdir()
    export_all(capsys)
    page = next(Path("out").glob("*.html"))
    for path in Path("out").iterdir():
        path.write_bytes(b"old")
    page.chmod(0o444)
    ran = run(capsys, "export", "--all", "-o", "out", "--force")
    assert ran.status == 1 and page.name in ran.err and without_notes(ran.err).count("\n") == 1
    assert [path for path in Path("out").iterdir() if path.read_bytes() == b"old"] == [page]


def test_read_only_settings_stay_and_are_told(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('theme = "nord"\n')
    path.chmod(0o444)
    with pytest.raises(ReadOnlyFile):
        replace_file(path, "x")
    with pytest.raises(RoadmapError, match="settings_unwritable"):
        save(tmp_path, language="he")
    assert path.read_text() == 'theme = "nord"\n'


def test_a_note_that_is_read_only_hinders_nothing(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    state.write_text("{}")
    state.chmod(0o444)
    assert not Library(tmp_path).remember("plan", "overview")
    assert state.read_text() == "{}"


def test_threads_that_note_something_at_once_lose_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note, other = State(tmp_path / "state.json"), State(tmp_path / "state.json")
    noted = Thread(target=other.remember_tab, args=("plan", "data", print))

    def slow(path: Path, text: str) -> None:
        monkeypatch.undo()
        noted.start()
        noted.join(0.3)  # longer than it takes, if it does not wait
        replace_file(path, text)

    monkeypatch.setattr("lfroadmap.state.replace_file", slow)
    assert note.remember_export(ExportState("md"), print)
    noted.join()
    assert (note.tab("plan"), note.export) == ("data", ExportState("md"))


def test_a_name_that_settings_cannot_hold_is_told(tmp_path: Path) -> None:
    with pytest.raises(RoadmapError, match="settings_unwritable"):
        save(tmp_path, theme="/half\udcff")
    state = State(tmp_path / "state.json")
    assert not state.remember_export(ExportState(folder="/half\udcff"), print)
    assert [*tmp_path.iterdir()] == []


def test_a_file_that_is_there_stays_where_none_may_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "plan"
    path.write_bytes(b"mine")
    for private in (False, True):
        with pytest.raises(FileExistsError):
            write_whole(path, b"new", replace=False, private=private)
    assert path.read_bytes() == b"mine" and [*tmp_path.iterdir()] == [path]
