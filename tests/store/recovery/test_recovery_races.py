"""Several programs that make, move and recover roadmaps in one folder at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lfroadmap.errors import RoadmapError
from lfroadmap.store.folder.notices import Notice
from lfroadmap.store.library import trash
from lfroadmap.store.library.library import Library
from lfroadmap.store.recovery.rescue import examine
from lfroadmap.store.sqlite.file_format import read
from store_states import done, names

MAKER = """
import sys
from pathlib import Path
from lfroadmap.store.library import trash
from lfroadmap.store.library.library import Library
from listening import PLAN
library = Library(Path(sys.argv[1]))
for n in range(int(sys.argv[3])):
    name = f"{sys.argv[2]}{n}"
    library.create(name, PLAN, "dana")
    if n % 2:
        trash.restore(library, trash.move_to_trash(library, name))
    library.recover()
"""


@pytest.mark.proof
def test_programs_that_make_move_and_tidy_at_once_lose_nothing(
    library: Library, notices: list[Notice]
) -> None:
    count = 6
    makers = [
        subprocess.Popen(
            [sys.executable, "-c", MAKER, str(library.folder), who, str(count)],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        for who in "ab"
    ]
    while any(maker.poll() is None for maker in makers):
        library.recover()
    assert [maker.returncode for maker in makers] == [0, 0]
    library.recover()
    assert notices == []
    assert set(library.names()) == {"plan", *(f"{who}{n}" for who in "ab" for n in range(count))}
    assert all(examine(library.path(name)).sound for name in library.names())
    assert names(library.folder / "bin") == []


def test_what_another_program_moved_meanwhile_is_told_in_words(
    library: Library, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    thrown = trash.move_to_trash(library, "plan")
    assert trash.restore(library, thrown) == "plan"
    with pytest.raises(RoadmapError) as refused:
        trash.restore(library, thrown)
    assert refused.value.key == "not_in_bin"
    (library.folder / "bin").rmdir()
    (library.folder / "bin").write_text("a file where the bin should be")
    with pytest.raises(RoadmapError) as refused:
        trash.move_to_trash(library, "plan")
    assert refused.value.key == "folder_unwritable"
    assert read(path) == done()
