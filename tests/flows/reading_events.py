"""Reading sources in tests, without the command."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from lfroadmap.flows.sources.bad_rows import BadRows
from lfroadmap.flows.sources.engine import opened
from lfroadmap.flows.sources.reading import ReadChoices, Reading, read_events

ZONE = "Asia/Jerusalem"


class Read(NamedTuple):
    """What was read, and the events as rows."""

    reading: Reading
    events: list[tuple[Any, ...]]
    rejects: list[tuple[str, str, str, str]]

    @property
    def bad(self) -> dict[str, tuple[int, ...]]:
        """Reason -> the rows that are named."""
        return {each.reason: each.rows for each in self.reading.bad}

    def column(self, name: str) -> list[Any]:
        """A column of the events, in their order."""
        at = COLUMNS.index(name)
        return [row[at] for row in self.events]


COLUMNS = ("customer", "moment", "kind", "channel", "stage", "value", "cost", "sentiment", "content")


def read(
    *sources: Path | str, choices: ReadChoices | None = None, zone: str = ZONE, memory: int | None = None
) -> Read:
    """Read sources with one engine."""
    with opened(memory, zone) as engine, closing(BadRows(engine.folder / "bad.csv")) as bad:
        reading = read_events(engine, [*map(str, sources)], choices or ReadChoices(), None, bad)
        columns = ", ".join(("name AS customer", *COLUMNS[1:]))
        events = engine.execute(
            f"SELECT {columns} FROM events JOIN customer_names ON customer_names.id = customer ORDER BY seq"
        )
        return Read(reading, events, list(bad.rows()))


def table(path: Path, rows: Sequence[str], encoding: str = "utf-8", end: str = "\n") -> Path:
    """Write lines as a file."""
    path.write_bytes("".join(f"{row}{end}" for row in rows).encode(encoding))
    return path
