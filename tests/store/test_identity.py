"""The ids of a person and a device: made once, kept privately, and never a reason not to start."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.tree import find
from lfroadmap.store.history.queries import every
from lfroadmap.store.identity import FILE, UNKNOWN, Identity, known_identity, new_identity, read_identity
from lfroadmap.store.store import Store
from lfroadmap.usecases.opening import own_identity
from samples import sample

READ = "import sys; from pathlib import Path; from lfroadmap.store.identity import read_identity;"
READ += "print(*read_identity(Path(sys.argv[1])))"


@pytest.fixture(autouse=True)
def _fresh() -> None:
    read_identity.cache_clear()
    new_identity.cache_clear()


def later(folder: Path) -> Identity:
    """The identity that another run of the program finds."""
    read_identity.cache_clear()
    new_identity.cache_clear()
    return read_identity(folder)


def test_the_ids_are_made_once_and_are_private(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "config"
    made = read_identity(folder)
    assert later(folder) == made
    assert (folder / FILE).stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert json.loads((folder / FILE).read_text()) == made._asdict()
    assert re.fullmatch("[0-9a-f]{10}", made.device)


def test_the_actor_is_a_uuid_of_version_4() -> None:
    from base64 import urlsafe_b64decode

    actor = new_identity().actor
    assert len(actor) == 22
    assert UUID(bytes=urlsafe_b64decode(actor + "==")).version == 4


def test_programs_that_start_at_once_agree(tmp_path: Path) -> None:
    programs = [
        subprocess.Popen([sys.executable, "-c", READ, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(6)
    ]
    found = {program.communicate(timeout=60)[0] for program in programs}
    assert found == {" ".join(read_identity(tmp_path)) + "\n"}
    assert [entry.name for entry in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"7", b'{"actor": "x"}', b'{"actor": 5, "device": []}', b"\xff\xfe", b"[" * 5000,
     b'{"actor": "aaaaaaaaaa|b", "device": "dddddddddd"}'],
)  # fmt: skip
def test_a_damaged_file_is_set_aside(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    made = read_identity(tmp_path)
    assert later(tmp_path) == made
    (aside,) = (entry for entry in tmp_path.iterdir() if entry.name != FILE)
    assert aside.read_bytes() == content


@pytest.mark.parametrize("kind", ["pipe", "folder", "circle", "file for a folder"])
def test_what_cannot_be_kept_hinders_nothing(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "config"
    if kind == "file for a folder":
        folder.write_text("here")
    else:
        folder.mkdir()
    if kind == "pipe":
        os.mkfifo(folder / FILE)
    elif kind == "folder":
        (folder / FILE).mkdir()
    elif kind == "circle":
        (folder / FILE).symlink_to(FILE)
    made = read_identity(folder)
    assert made.actor and made.device
    assert read_identity(folder) == made
    assert later(folder) != made


def test_without_a_known_folder_the_ids_are_those_of_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    monkeypatch.setenv("LFROADMAP_CONFIG_DIR", "config")
    assert own_identity() == own_identity()
    assert own_identity().actor


def test_a_command_that_only_reads_makes_no_ids(tmp_path: Path) -> None:
    assert known_identity(tmp_path) == UNKNOWN
    assert list(tmp_path.iterdir()) == []
    made = read_identity(tmp_path)
    assert known_identity(tmp_path) == made
    (tmp_path / FILE).unlink()
    (tmp_path / FILE).mkdir()
    assert known_identity(tmp_path) == UNKNOWN


def test_another_name_of_the_same_person_stands_on_what_follows(tmp_path: Path) -> None:
    path, before = tmp_path / "a.roadmap", sample("en")
    Store.create(path, before, "dana")
    field = before.stages[0].cards[0].fields[0]
    store = Store(path, "dana", new_identity())
    store.start(lambda event: None)
    for name in ("", "דנה", "Dana"):
        if name:
            store.rename_author(name)
        store.submit(SetField(field.id, f"by {name}"))
    assert store.flush(10)
    rows = [*every(path)]
    assert [row.author for row in rows] == ["Dana", "דנה", "dana"]
    assert len({row.actor for row in rows}) == 1 and store.author.name == "Dana"
    for _ in rows:
        store.undo()
    assert store.flush(10)
    assert find(store.roadmap, field.id) == find(before, field.id), "undo goes on behind the name"
    store.close()
