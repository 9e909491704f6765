"""Events of a table in ClickHouse, over HTTP: one request a query, and no driver.

Every query is sent as one that may change nothing, to one address, and never to another that it points to.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.flows.sources.heads import NUMBERS, TEXTS, Columns, Pairs, columns_of, layout_key
from lfroadmap.flows.sources.times import EARLIEST, LATEST
from lfroadmap.imports.layout import place_of

SCHEMES = {"clickhouse": "http", "clickhouses": "https"}
_PORTS = {"http": 8123, "https": 8443}
_SETTINGS = {
    "readonly": "2",
    "join_use_nulls": "1",
    "cancel_http_readonly_queries_on_client_close": "1",
}
"""A query may change no data; outer joins give NULL, without which figures would be silently wrong."""
Remembered = Callable[[str], Pairs]
"""The columns that were chosen earlier for a table, by the key of its headings."""
_SECONDS = 3600
_LIMIT = 256 << 20


class _NoRedirect(HTTPRedirectHandler):
    """Follows no answer to another address, which would be sent the password."""

    def redirect_request(self, *_: object) -> None:
        """Refuse."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user and a password, of which neither is ever shown."""

    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        return "Credentials(…)"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a server."""

    url: str
    database: str
    table: str
    shown: str

    @property
    def name(self) -> str:
        """The table's name in SQL."""
        return f"{quoted(self.database)}.{quoted(self.table)}"


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a query."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[object]]


def is_clickhouse(source: str) -> bool:
    """True for the address of a table in ClickHouse."""
    return source.partition("://")[0].lower() in SCHEMES and "://" in source


def table_at(source: str) -> Table:
    """The table of `clickhouse://host:8123/database/table`; raises UsageError, which shows no password."""
    try:
        parts = urlsplit(source)
        port = parts.port
        names = [unquote(name) for name in parts.path.split("/") if name]
    except ValueError as error:
        raise UsageError("flows_address") from error
    if parts.username is not None or parts.password is not None:
        raise UsageError("flows_address_password", name="clickhouse.toml")
    if not parts.hostname or len(names) != 2 or parts.query or parts.fragment:
        raise UsageError("flows_address")
    scheme = SCHEMES[parts.scheme.lower()]
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    url = f"{scheme}://{host}:{port or _PORTS[scheme]}/"
    return Table(
        url, names[0], names[1], f"{parts.scheme}://{host}:{port or _PORTS[scheme]}/{'/'.join(names)}"
    )


def quoted(name: str) -> str:
    """A name as an identifier of ClickHouse."""
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"


def ask(table: Table, credentials: Credentials, query: str) -> Answer:
    """The answer to a query; raises RoadmapError with what the server says."""
    headers = {"X-ClickHouse-User": credentials.user, "X-ClickHouse-Key": credentials.password}
    url = f"{table.url}?{urlencode({**_SETTINGS, 'database': table.database})}"
    request = Request(
        url,
        f"{query.rstrip()}\nFORMAT JSONCompact\n".encode(),
        {name: value for name, value in headers.items() if value},
        method="POST",
    )
    try:
        with build_opener(_NoRedirect).open(request, timeout=_SECONDS) as answer:
            found: Mapping[str, Any] = json.loads(answer.read(_LIMIT))
            return Answer(tuple(column["name"] for column in found["meta"]), found["data"])
    except HTTPError as error:
        with error:
            said = error.read(2000).decode("utf-8", "replace").strip().splitlines()
        reason = said[0][:300] if said else f"HTTP {error.code}"
        raise RoadmapError("flows_server", path=table.shown, reason=reason) from error
    except (URLError, OSError, ValueError, KeyError, TypeError) as error:
        reason = str(getattr(error, "reason", error))[:300]
        raise RoadmapError("flows_server", path=table.shown, reason=reason) from error


@dataclass(frozen=True, slots=True)
class ServerEvents:
    """The events of a table: its columns, and the relation that they are."""

    columns: Columns
    key: str
    relation: str
    """A query whose rows are the events, as one that others read from."""
    counts: str
    """A query of the number of rows, and of those without a customer, a kind or a time that can be read."""


def server_events(
    described: Answer, table: Table, chosen: Pairs, remembered: Remembered, zone: str, *, segment: str = ""
) -> ServerEvents:
    """The events of a table by the names and types of its columns; `segment` is the column of that role.

    Raises RoadmapError where it lacks a needed column, and UsageError for one that is named and not there.
    """
    types = {str(row[0]): str(row[1]) for row in described.rows}
    names = [*types]
    for role, head in chosen:
        if head and head not in types:
            raise UsageError("flows_map_head", head=head[:80], role=role, heads=", ".join(names) or "—")
    columns = columns_of(names, chosen, remembered(layout_key(names)))
    if columns.kinds:
        raise UsageError("flows_server_wide")
    cells = {role: names[at] for role, at in columns.places.items()}
    if segment:
        cells["segment"] = _segment(segment, names, cells)
    found = {role: _text(cells.get(role)) for role in TEXTS}
    found |= {role: _number(cells.get(role)) for role in NUMBERS}
    moment = _moment(cells["time"], types[cells["time"]], zone)
    seq = _cell(cells["seq"]) if "seq" in cells else "CAST(NULL AS Nullable(String))"
    listed = ",\n    ".join(f"{value} AS {role}" for role, value in found.items())
    inner = f"SELECT {listed},\n    {moment} AS moment, {seq} AS place\n  FROM {table.name} AS source"
    is_good = (
        "customer IS NOT NULL AND kind IS NOT NULL"
        f" AND moment >= {_bound(EARLIEST)} AND moment < {_bound(LATEST)}"
    )
    kept = ", ".join(found)
    relation = (
        f"SELECT {kept}, moment,\n"
        "  toNullable(row_number() OVER (PARTITION BY customer ORDER BY moment, place)) AS seq\n"
        f"FROM (\n  {inner}\n)\nWHERE {is_good}"
    )
    counts = (
        f"SELECT count(*), countIf(customer IS NULL), countIf(customer IS NOT NULL AND kind IS NULL),"
        f" countIf(customer IS NOT NULL AND kind IS NOT NULL AND moment IS NULL), countIf({is_good})\n"
        f"FROM (\n  {inner}\n)"
    )
    return ServerEvents(columns, layout_key(names), relation, counts)


def _segment(typed: str, names: Sequence[str], cells: Mapping[str, str]) -> str:
    """The column by its name or the name of its role; raises UsageError."""
    at = place_of(typed, names)
    if at is None and typed not in cells:
        raise UsageError("flows_segment_head", head=typed[:80], heads=", ".join(names) or "—")
    return cells[typed] if at is None else names[at]


def _bound(day: str) -> str:
    return f"toUnixTimestamp64Milli(toDateTime64('{day} 00:00:00', 3, 'UTC'))"


def _cell(name: str) -> str:
    """A column of the table; a bare name would be the alias of another expression where one has that name."""
    return f"source.{quoted(name)}"


def _text(name: str | None) -> str:
    return f"nullIf(trimBoth(toString({_cell(name)})), '')" if name else "CAST(NULL AS Nullable(String))"


def _number(name: str | None) -> str:
    return f"toFloat64OrNull(toString({_cell(name)}))" if name else "CAST(NULL AS Nullable(Float64))"


def _moment(name: str, kind: str, zone: str) -> str:
    """Milliseconds since 1970 of a column by its type; a text without an offset is in the zone."""
    cell = _cell(name)
    if "Date" in kind:
        return f"toNullable(toUnixTimestamp64Milli(toDateTime64({cell}, 3)))"
    if "Int" in kind or "Float" in kind or "Decimal" in kind:
        number = f"toFloat64OrNull(toString({cell}))"
        return f"toInt64(if({number} < 1e11, {number} * 1000, {number}))"
    parsed = f"parseDateTime64BestEffortOrNull(toString({cell}), 3, '{zone}')"
    return f"if(isNull({parsed}), NULL, toUnixTimestamp64Milli(assumeNotNull({parsed})))"


def with_events(query: str, relation: str) -> str:
    """A query that reads from `events`, with that relation in its WITH."""
    inner = "\n".join(f"  {line}" for line in relation.splitlines())
    part = f"events AS (\n{inner}\n)"
    return f"WITH {part}, {query[5:]}" if query.startswith("WITH ") else f"WITH {part}\n{query}"
