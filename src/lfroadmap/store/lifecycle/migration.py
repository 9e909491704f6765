"""Migration of a file of an older version, in place and in one transaction, after a copy."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import datetime
from pathlib import Path

from lfroadmap.errors import BrokenStore, SaveFailed
from lfroadmap.roadmap.codec import load_edit
from lfroadmap.roadmap.draft import Draft
from lfroadmap.roadmap.model import TITLE_OF, Roadmap
from lfroadmap.store.folder.companions import COPY
from lfroadmap.store.folder.locking import lock_folders
from lfroadmap.store.folder.renaming import rename_exclusive, sync_folder
from lfroadmap.store.lifecycle.creating import temporary_file
from lfroadmap.store.sqlite import disk
from lfroadmap.store.sqlite.disk import Connection
from lfroadmap.store.sqlite.file_format import run_statements
from lfroadmap.store.sqlite.file_schema import (
    FIRST_SEALED,
    MIGRATIONS,
    VERSION,
    change_checksum,
    checksum,
    view_checksum,
)
from lfroadmap.store.sqlite.log import append_update
from lfroadmap.store.sqlite.tables import updates


def migrate(path: Path, roadmap: Roadmap) -> None:
    """Migrate an older file with `roadmap` to the newest version; raises BrokenStore.

    A copy of the old file is left beside it, as `<name>.version-<n>-<time>`. On any error the file
    stays as it was.
    """
    try:
        with (
            lock_folders(path.parent),
            disk.raising_broken_store(path),
            closing(disk.connect(path, "mode=rw")) as db,
        ):
            db.execute("PRAGMA synchronous=FULL")
            _copy(db, path)
            with disk.transaction(db):
                _migrate(db, path, roadmap)
    except BrokenStore as error:
        if error.key in ("store_full", "store_busy"):
            raise
        raise BrokenStore("store_not_migrated", path=path, reason=error.__cause__) from error
    except SaveFailed as error:
        key = "store_full" if error.key == "create_full" else "store_not_migrated"
        raise BrokenStore(key, path=path, reason=error.facts["reason"]) from error


def _copy(db: Connection, path: Path) -> None:
    """Leave a copy of the old file beside it, which gets its name when it is complete and durable."""
    version, time = _version(db), datetime.now().strftime("%Y%m%d-%H%M%S-%f")
    with temporary_file(path, COPY) as temp:
        handle = os.open(temp, os.O_CREAT | os.O_EXCL | os.O_RDWR, disk.PRIVATE)
        try:
            db.execute("VACUUM INTO ?", (str(temp),))
            os.fsync(handle)
        finally:
            os.close(handle)
        rename_exclusive(temp, path.with_name(f"{path.name}.version-{version}-{time}"))
        sync_folder(path.parent)


def _version(db: Connection) -> int:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    return int(version)


def _migrate(db: Connection, path: Path, roadmap: Roadmap) -> None:
    # another window may have been quicker: the version inside the transaction counts
    for version in range(_version(db) + 1, VERSION + 1):
        run_statements(db, MIGRATIONS[version])
        if version == 2:
            _fill_places(db, roadmap)
        elif version == 3:
            _begin_lineage(db, path)
        elif version >= FIRST_SEALED:
            _seal_view(db, version)
    db.execute(f"PRAGMA user_version={VERSION}")


def _seal_view(db: Connection, version: int) -> None:
    """Give the plain copy the checksum of a version, where it is right by that of the version before."""
    row = db.execute("SELECT seq, data, sum FROM view WHERE id = 1").fetchone()
    if row and view_checksum(row[0], row[1], version - 1) == row[2]:
        _keep_view(db, row[0], row[1], version)


def _keep_view(db: Connection, seq: int, view: str, version: int) -> None:
    row = seq, view, view_checksum(seq, view, version)
    db.execute("INSERT OR REPLACE INTO view VALUES(1, ?, ?, ?)", row)


def _fill_places(db: Connection, roadmap: Roadmap) -> None:
    """Fill in the place of each change, walking back through them."""
    draft = Draft(roadmap)
    for seq, node, edit, inverse in _changes(db):
        place = _place(draft, node)
        try:
            draft.apply(load_edit(inverse))
        except ValueError:  # a damaged row: older changes are filled in as far as possible
            continue
        card, label = place or _place(draft, node) or ("", None)
        db.execute(
            "UPDATE changes SET card = ?, label = ?, sum = ? WHERE seq = ?",
            (card, label, change_checksum(edit, inverse, 0), seq),
        )


def _begin_lineage(db: Connection, path: Path) -> None:
    """Write a random lineage into the document; the plain copy is as good after it as before.

    Raises BrokenStore.
    """
    from lfroadmap.store.document.merging import merged  # noqa: PLC0415 - 0.1 s, and once for a file

    rows = updates(db, path)
    if not rows:
        raise BrokenStore("store_damaged", path=path)
    document, _ = merged(update for _, update in rows)
    if document.lineage:
        return
    document.begin_lineage()
    view = db.execute("SELECT data, sum FROM view WHERE seq = ?", (rows[-1][0],)).fetchone()
    for update in document.take_updates():
        seq = append_update(db, update, "")
        if view and checksum(rows[-1][0], view[0]) == view[1]:
            _keep_view(db, seq, view[0], 3)


def _changes(db: Connection) -> list[tuple[int, str, str, str]]:
    return db.execute("SELECT seq, node, edit, inverse FROM changes ORDER BY seq DESC").fetchall()


def _place(draft: Draft, node_id: str) -> tuple[str, str | None] | None:
    """Id of the node's card, or else its stage, and its own text; None for no such node."""
    node = draft.node(node_id)
    if node is None:
        return None
    return draft.home(node_id), getattr(node, TITLE_OF[type(node)])
