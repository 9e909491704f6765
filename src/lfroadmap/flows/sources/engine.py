"""A DuckDB database in a temporary folder, whose work another signal or key can end at any moment."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, TypeVar

from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.flows.sources.sql_text import text
from lfroadmap.flows.sources.work_folder import work_folder

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

T = TypeVar("T")
Report = Callable[[float], None]
"""Receives the percentage of the query that runs, below 0 where it is not known."""
_LOOK = 0.1
"""Seconds between two looks at a query: a signal is handled no later."""
_INTERRUPT = 0.02
_MEMORY = re.compile(r"\s*(\d{1,6}(?:\.\d{1,3})?)\s*([kmgt]i?b?)\s*", re.IGNORECASE)
_LEAST_MEMORY = 32 << 20
_A_THREAD = 96 << 20
"""Bytes that a thread needs to sort what does not fit into memory; with less for each, queries fail."""
_BESIDE = 150 << 20
"""Bytes that the process needs beside what DuckDB counts: Python, the libraries, and results."""
_UNITS = {"k": 10, "m": 20, "g": 30, "t": 40}
_DEFAULT_SHARE = 0.25
_SHARE_OF_DUCKDB = 0.8
"""The share of the machine's memory, or of its container's, that DuckDB takes unless limited."""
_NEVER = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
}
"""DuckDB downloads extensions unless its settings forbid it."""


def need_library(module: str, key: str) -> None:
    """Raise RoadmapError, which says how to get it, where a library is not installed."""
    if find_spec(module) is None:
        raise RoadmapError(key)


def bytes_of(typed: str) -> int:
    """The bytes of `1GB` or `300 MB`; raises UsageError for another text, and for too few."""
    found = _MEMORY.fullmatch(typed)
    size = int(float(found[1]) * (1 << _UNITS[found[2][0].lower()])) if found else 0
    if size < _LEAST_MEMORY:
        raise UsageError("flows_memory_form", typed=typed[:80])
    return size


class Engine:
    """A connection and the folder of its database and of whatever does not fit into memory."""

    def __init__(self, connection: DuckDBPyConnection, folder: Path, report: Report) -> None:
        self.connection = connection
        self.folder = folder
        self._report = report

    def run(self, task: Callable[[DuckDBPyConnection], T]) -> T:
        """Run a task in a thread; what is raised here meanwhile, as by Ctrl+C, ends its query first."""
        outcome: list[T] = []
        failure: list[BaseException] = []
        ended = Event()

        def work() -> None:
            try:
                outcome.append(task(self.connection))
            except BaseException as error:
                failure.append(error)
            finally:
                ended.set()

        thread = Thread(target=work, daemon=True)
        thread.start()
        try:
            while not ended.wait(_LOOK):
                self._report(self.connection.query_progress())
        except BaseException:
            while not ended.wait(_INTERRUPT):
                self.connection.interrupt()
            raise
        if failure:
            raise _understood(failure[0]) from failure[0]
        return outcome[0]

    def execute(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of one statement; raises RoadmapError where memory or disk do not suffice."""
        return self.run(lambda connection: connection.execute(sql).fetchall())


def _understood(error: BaseException) -> BaseException:
    """The error with words for a person, where it is about the machine."""
    import duckdb  # noqa: PLC0415 - loaded only where it is used

    if isinstance(error, duckdb.OutOfMemoryException):
        return RoadmapError("flows_memory")
    if isinstance(error, duckdb.IOException):
        return RoadmapError("flows_disk", reason=str(error).splitlines()[0][:200])
    return error


@contextmanager
def opened(memory: int | None, zone: str, report: Report = lambda percentage: None) -> Iterator[Engine]:
    """An engine with an empty database; its folder is removed however the work ends.

    `memory` is in bytes; None is a quarter of the machine's. Naive times are in `zone`.
    """
    need_library("duckdb", "flows_needs_duckdb")
    import duckdb  # noqa: PLC0415 - 150 ms, and an extra

    with work_folder() as path:
        config: dict[str, Any] = {**_NEVER, "temp_directory": str(path / "spill")}
        connection = duckdb.connect(str(path / "events.duckdb"), config=config)
        try:
            engine = Engine(connection, path, report)
            engine.run(lambda settled: _settle(settled, memory, zone))  # there no signal ends a statement
            yield engine
        finally:
            connection.close()


def _settle(connection: DuckDBPyConnection, memory: int | None, zone: str) -> None:
    size = duckdb_limit(memory or _default_memory(connection))
    for statement in (
        f"SET memory_limit = '{size // 1024} KiB'",
        f"SET threads = {min(size // _A_THREAD or 1, _threads(connection))}",
        "SET enable_progress_bar = true",
        "SET enable_progress_bar_print = false",
        "SET preserve_insertion_order = true",
        "PRAGMA disable_checkpoint_on_shutdown",  # the database is removed
        f"SET TimeZone = {text(zone)}",
    ):
        connection.execute(statement)


def _threads(connection: DuckDBPyConnection) -> int:
    """The threads that DuckDB takes unless limited: one a core."""
    row = connection.execute("SELECT current_setting('threads')").fetchone()
    return int(row[0]) if row else 1


def duckdb_limit(memory: int) -> int:
    """The bytes for DuckDB, so that the process stays within its memory; at least two thirds of it."""
    return max(memory - _BESIDE, memory * 2 // 3, _LEAST_MEMORY)


def _default_memory(connection: DuckDBPyConnection) -> int:
    row = connection.execute("SELECT current_setting('memory_limit')").fetchone()
    whole = bytes_of(row[0]) if row else _LEAST_MEMORY
    return max(int(whole / _SHARE_OF_DUCKDB * _DEFAULT_SHARE), _LEAST_MEMORY)


def time_zone(typed: str) -> str:
    """A zone by its name, or the machine's for an empty one; raises UsageError for an unknown one."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 - only measuring needs zones

    if not typed:
        return _machine_zone()
    try:
        ZoneInfo(typed)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError("flows_zone", zone=typed[:80]) from error
    return typed


def _machine_zone() -> str:
    """The name of the machine's zone, by TZ or the system's link; UTC where it has none."""
    import os  # noqa: PLC0415
    from zoneinfo import available_timezones  # noqa: PLC0415

    known = available_timezones()
    candidates = [os.environ.get("TZ", "").lstrip(":")]
    link = os.path.realpath("/etc/localtime")
    candidates.append(link.partition("zoneinfo/")[2])
    return next((zone for zone in candidates if zone in known), "UTC")
