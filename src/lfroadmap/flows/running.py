"""Running queries: on DuckDB with shared relations as temporary tables, elsewhere as complete texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

from lfroadmap.flows.literals import Dialect
from lfroadmap.flows.parameters import Parameters
from lfroadmap.flows.queries import complete, query, reads
from lfroadmap.flows.tables import Table, whole

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LATEST = "SELECT max(moment) AS latest, count(*) AS occurrences\nFROM events\n"
"""The query of the moment that is measured at, where none is given."""
_AS_TABLES = frozenset(("of_channel", "of_segment", "flows", "buyers", "placed"))
"""Relations that several queries read, made once; the others are views."""
_BATCH = 10_000
_NAMES = "customer_names"
"""The table of the names of customers, where the customers of `events` are numbers."""
_HAS_NAMES = f"SELECT 1 FROM duckdb_tables() WHERE table_name = '{_NAMES}'"


class Runner(Protocol):
    """An engine that queries run on."""

    parameters: Parameters
    """With the moment that is measured at."""

    def table(self, name: str) -> Table:
        """The result of a query."""
        ...


class CustomerRunner(Protocol):
    """An engine that also gives lists of customers."""

    parameters: Parameters
    """With the moment that is measured at."""

    def rows(self, name: str) -> Iterator[Sequence[object]]:
        """The rows of a query."""
        ...

    def rank_channels(self, channels: Sequence[str | None]) -> None:
        """Set the channels of the touchpoints that are suggested to customers, the highest ranked first."""
        ...


class TextRunner:
    """An engine that is given complete texts, such as a warehouse."""

    def __init__(self, run: Callable[[str], Table], parameters: Parameters, dialect: Dialect) -> None:
        self._run = run
        self._dialect: Dialect = dialect
        self._channels: tuple[str | None, ...] = ()
        self.parameters = parameters
        if parameters.as_of is None:
            self.parameters = replace(parameters, as_of=whole(run(LATEST).first("latest")))

    def table(self, name: str) -> Table:
        """The result of a query."""
        return self._run(complete(name, self.parameters, self._dialect, self._channels))

    def rows(self, name: str) -> Iterator[Sequence[object]]:
        """The rows of a query."""
        yield from self.table(name).rows

    def rank_channels(self, channels: Sequence[str | None]) -> None:
        """Set the channels of the touchpoints that are suggested to customers, the highest ranked first."""
        self._channels = tuple(channels)


class DuckRunner:
    """A connection of DuckDB with the relation `events`; as a context it drops at its end what it made."""

    def __init__(self, connection: DuckDBPyConnection, parameters: Parameters) -> None:
        self._connection = connection
        self._made: list[str] = []
        self._channels: tuple[str | None, ...] = ()
        self._names = _NAMES if connection.execute(_HAS_NAMES).fetchall() else ""
        self.parameters = parameters
        if parameters.as_of is None:
            latest = connection.execute(LATEST).fetchall()[0][0]
            self.parameters = replace(parameters, as_of=whole(latest))

    def __enter__(self) -> DuckRunner:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name in reversed(self._made):
            self._connection.execute(f"DROP {_form(name)} IF EXISTS {name}")
        self._made.clear()

    def table(self, name: str) -> Table:
        """The result of a query."""
        done = self._execute(name)
        return Table(tuple(column[0] for column in done.description or ()), done.fetchall(), name)

    def rows(self, name: str) -> Iterator[Sequence[object]]:
        """The rows of a query, a batch at a time."""
        done = self._execute(name)
        while batch := done.fetchmany(_BATCH):
            yield from batch

    def rank_channels(self, channels: Sequence[str | None]) -> None:
        """Set the channels of the touchpoints that are suggested to customers, the highest ranked first."""
        self._channels = tuple(channels)

    def _execute(self, name: str) -> DuckDBPyConnection:
        text = query(name, self.parameters)
        for relation in reads(text, self.parameters):
            self._make(relation)
        return self._connection.execute(text)

    def _make(self, relation: str) -> None:
        if relation not in self._made:
            text = query(relation, self.parameters, channels=self._channels, names=self._names)
            self._connection.execute(f"CREATE OR REPLACE TEMPORARY {_form(relation)} {relation} AS\n{text}")
            self._made.append(relation)


def _form(relation: str) -> str:
    return "TABLE" if relation in _AS_TABLES else "VIEW"
