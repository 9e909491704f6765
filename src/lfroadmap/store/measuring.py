"""What measuring needs on this machine, in a roadmap's file beside its document.

That is how it was measured last (sources, columns, parameters) and the ids of the customers that it listed.
It is never exported, shared, or taken into another roadmap; a plain copy of the file has it. Each function
opens the file itself, on any thread, also beside a window that has it open.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from lfroadmap.errors import BrokenStore, SaveFailed
from lfroadmap.machine import milliseconds_now
from lfroadmap.roadmap.surrogates import storable
from lfroadmap.store.folder.companions import resolve_link
from lfroadmap.store.sqlite import disk, file_format, roadmap_file
from lfroadmap.store.sqlite.file_schema import (
    FIRST_MEASURING,
    VERSION,
    MeasuringRow,
    measuring_checksum,
)

MOST_LETTERS = 40_000_000
"""Characters of a text that is kept: the ids of some three million customers."""


def read_setup(path: Path) -> str | None:
    """How it was measured last, as `write_setup` was given it; None for never. Raises BrokenStore."""
    return _read(path, "setup")


def write_setup(path: Path, text: str) -> None:
    """Keep how it was measured; an empty text forgets it.

    Raises BrokenStore, SaveFailed where the disk does not take it, and ValueError for one that is too long.
    """
    _write(path, "setup", text)


def read_customers(path: Path) -> str | None:
    """The lists of customers, as `write_customers` was given them; None where there are none."""
    return _read(path, "customers")


def write_customers(path: Path, text: str) -> None:
    """Keep the lists of customers of the last measurement; as `write_setup`."""
    _write(path, "customers", text)


def _read(path: Path, key: str) -> str | None:
    roadmap_file.check(path)
    with disk.reading(path) as db:
        if file_format.version_of(db, path) < FIRST_MEASURING:
            return None
        found = db.execute("SELECT key, value, at, sum FROM measuring WHERE key = ?", (key,)).fetchone()
    row = found and MeasuringRow(*found)
    if row and not (isinstance(row.value, str) and isinstance(row.at, int) and row.is_sound):
        raise BrokenStore("store_damaged", path=path)
    return row.value if row and len(row.value) <= MOST_LETTERS else None


def _write(path: Path, key: str, text: str) -> None:
    if len(text) > MOST_LETTERS:
        raise ValueError(f"{key}: more than {MOST_LETTERS} characters")
    path, text = resolve_link(path), storable(text)
    _bring_up_to_date(path)
    with disk.raising_save_failed(path, other="save_damaged"), closing(disk.connect(path, "mode=rw")) as db:
        db.execute("PRAGMA synchronous=FULL")
        with disk.transaction(db):
            db.execute("DELETE FROM measuring WHERE key = ?", (key,))
            if text:
                at = milliseconds_now()
                row = MeasuringRow(key, text, at, measuring_checksum(key, text, at))
                db.execute("INSERT INTO measuring VALUES(?, ?, ?, ?)", row)


def _bring_up_to_date(path: Path) -> None:
    """Migrate a file of an older version, and refuse one of a newer."""
    roadmap_file.check(path)
    roadmap_file.check_writable(path)
    content = file_format.inspect(path, thorough=False)
    if content.version <= VERSION and roadmap_file.has_hard_links(path):
        from lfroadmap.store.folder.notices import ignore  # noqa: PLC0415 - hardly ever
        from lfroadmap.store.lifecycle.creating import give_own_inode  # noqa: PLC0415

        give_own_inode(path, ignore)
    if content.version > VERSION:
        raise SaveFailed("save_newer", path=path)
    if content.version < VERSION:
        from lfroadmap.store.lifecycle.migration import migrate  # noqa: PLC0415 - once for a file
        from lfroadmap.store.sqlite.loading import roadmap_of  # noqa: PLC0415

        migrate(path, roadmap_of(content, path))
