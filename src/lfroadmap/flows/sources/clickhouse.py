"""Events of a table in ClickHouse, over HTTP: one request a query, and no driver.

Every query is sent as one that may change nothing, to one address, and never to another that it points to.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from lfroadmap.errors import RoadmapError, UsageError

SCHEMES = {"clickhouse": "http", "clickhouses": "https"}
_PORTS = {"http": 8123, "https": 8443}
_SETTINGS = {
    "readonly": "2",
    "join_use_nulls": "1",
    "cancel_http_readonly_queries_on_client_close": "1",
}
"""A query may change no data; outer joins give NULL, without which figures would be silently wrong."""
_SECONDS = 3600
_LIMIT = 256 << 20
"""Most bytes of an answer."""
_LONG = 200_000
"""Characters of a query beyond which the server is asked to allow longer ones."""


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
    body = f"{query.rstrip()}\nFORMAT JSONCompact\n".encode()
    longer = {"max_query_size": str(len(body) + 1)} if len(body) > _LONG else {}
    url = f"{table.url}?{urlencode({**_SETTINGS, **longer, 'database': table.database})}"
    request = Request(
        url,
        body,
        {name: value for name, value in headers.items() if value},
        method="POST",
    )
    try:
        with build_opener(_NoRedirect).open(request, timeout=_SECONDS) as answer:
            text = answer.read(_LIMIT + 1)
            if len(text) > _LIMIT:
                raise RoadmapError("flows_server_much", path=table.shown, limit=_LIMIT >> 20)
            found: Mapping[str, Any] = json.loads(text)
            return Answer(tuple(column["name"] for column in found["meta"]), found["data"])
    except HTTPError as error:
        with error:
            said = error.read(2000).decode("utf-8", "replace").strip().splitlines()
        reason = said[0][:300] if said else f"HTTP {error.code}"
        raise RoadmapError("flows_server", path=table.shown, reason=reason) from error
    except (URLError, OSError, ValueError, KeyError, TypeError) as error:
        reason = str(getattr(error, "reason", error))[:300]
        raise RoadmapError("flows_server", path=table.shown, reason=reason) from error
