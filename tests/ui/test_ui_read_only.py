"""A roadmap whose file or folder cannot be written: it is shown, and cannot be changed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitting import OWNER, sitting

NOBODY = 65534


@pytest.fixture
def place() -> Iterator[Path]:
    """A home that everybody may enter."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    if os.getuid() == 0:
        os.seteuid(0)
    (folder / "data" / "roadmaps").chmod(0o777)
    shutil.rmtree(folder)


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o777), (0o666, 0o555)])
async def test_it_opens_for_reading(home: Path, place: Path, file_mode: int, folder_mode: int) -> None:
    async with sitting(place) as at:
        await at.type("\x1b2Dana\x1b2")
        path = at.path
    path.chmod(file_mode)
    path.parent.chmod(folder_mode)
    path.parent.parent.chmod(0o777)
    before = path.read_bytes()
    if os.getuid() == 0:
        os.seteuid(NOBODY)
    async with sitting(place) as at:
        await at.until(lambda: "read-only" in at.lines[0])
        assert "open for reading only" in at.notices
        await at.type("\x1b2!")
        await at.until(lambda: at.editor(OWNER).value == "Dana")
        assert at.value(OWNER) == "Dana"
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
