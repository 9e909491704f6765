"""The files of a server: SQLite databases in one folder that only their owner may read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lfroadmap.errors import RoadmapError, SaveFailed
from lfroadmap.files import make_private_folder
from lfroadmap.store.folder.locking import try_lock_folders
from lfroadmap.store.sqlite.disk import Connection, connect, connect_new, raising_save_failed

ROOMS, TOKENS = "rooms.db", "tokens.db"


@contextmanager
def raising_file_error(path: Path) -> Iterator[None]:
    """Raise every error of SQLite as one RoadmapError: nobody types here, so there is nothing to keep."""
    try:
        with raising_save_failed(path, "serve_file"):
            yield
    except SaveFailed as error:
        reason = error.facts.get("reason", error.key)
        raise RoadmapError("serve_file", path=path, reason=reason) from error


def open_database(path: Path, tables: str) -> Connection:
    """A connection to a database, which is made where there is none.

    Commits are durable. Raises RoadmapError.
    """
    try:
        make_private_folder(path.parent)
        db = _connect(path)
    except OSError as error:
        raise RoadmapError("folder_unwritable", path=path.parent, reason=error.strerror) from error
    try:
        with raising_file_error(path):
            db.execute("PRAGMA synchronous=FULL")
            db.execute(tables)
    except BaseException:
        db.close()
        raise
    return db


def _connect(path: Path) -> Connection:
    with raising_file_error(path):
        try:
            return connect_new(path)
        except FileExistsError:
            return connect(path, "mode=rw")


@contextmanager
def serving_alone(folder: Path) -> Iterator[None]:
    """Hold a folder for one server; raises RoadmapError where another one has it."""
    try:
        make_private_folder(folder)
    except OSError as error:
        raise RoadmapError("folder_unwritable", path=folder, reason=error.strerror) from error
    with try_lock_folders(folder) as is_alone:
        if is_alone is False:
            raise RoadmapError("serve_running", path=folder)
        yield
