"""A table in ClickHouse, as a server on this machine that runs what it is asked for on DuckDB."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import duckdb

MACROS = """
CREATE MACRO toNullable(x) AS x;
CREATE MACRO toString(x) AS CAST(x AS VARCHAR);
CREATE MACRO trimBoth(x) AS trim(x);
CREATE MACRO toFloat64OrNull(x) AS TRY_CAST(x AS DOUBLE);
CREATE MACRO toUnixTimestamp64Milli(x) AS epoch_ms(x);
CREATE MACRO toDateTime64(x, digits) AS CAST(x AS TIMESTAMPTZ),
  (x, digits, zone) AS CAST(x || '+00' AS TIMESTAMPTZ);
CREATE MACRO arrayJoin(x) AS unnest(x);
CREATE MACRO JSONExtract(x, type) AS from_json(x, '[["VARCHAR"]]');
"""
"""What ClickHouse calls otherwise than DuckDB."""


class Server(BaseHTTPRequestHandler):
    """Speaks as much of ClickHouse's HTTP as is needed, and refuses whatever is not as it must be."""

    database: ClassVar[duckdb.DuckDBPyConnection]
    asked: ClassVar[list[str]]
    lock = Lock()

    def do_POST(self) -> None:
        given = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if (self.headers["X-ClickHouse-User"], self.headers["X-ClickHouse-Key"]) != ("dana", "secret"):
            return self.answer(403, b"Code: 516. DB::Exception: dana: Authentication failed\nmore")
        if given.get("database") == "elsewhere":
            return self.answer(302, b"", Location="http://127.0.0.1:9/")
        assert given["readonly"] == "2" and given["join_use_nulls"] == "1"
        assert body.endswith("\nFORMAT JSONCompact\n")
        with self.lock:
            self.asked.append(body)
            self.answer(
                200, json.dumps(self.rows_of(body.removesuffix("FORMAT JSONCompact\n")), default=str).encode()
            )

    def rows_of(self, query: str) -> dict[str, Any]:
        if query.startswith("DESCRIBE TABLE"):
            assert query.strip() == "DESCRIBE TABLE `shop`.`events`"
            found = self.database.execute("SELECT column_name, column_type FROM (DESCRIBE events_of_shop)")
            rows = [
                (name, {"TIMESTAMP WITH TIME ZONE": "DateTime64(3)"}.get(kind, kind))
                for name, kind in found.fetchall()
            ]
        else:
            plain = query.replace("`shop`.`events`", "events_of_shop").replace("`", '"')
            plain = plain.replace("\\\\", "\\").replace("\\'", "''")
            plain = re.sub(
                r"Nullable\((String|Float64)\)",
                lambda kind: {"String": "VARCHAR", "Float64": "DOUBLE"}[kind[1]],
                plain,
            )
            found = self.database.execute(plain)
            rows = found.fetchall()
        return {"meta": [{"name": column[0]} for column in found.description or ()], "data": rows}

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[str]:
    """The address of a server with the sample in it, which lies here, and two bad rows."""
    with duckdb.connect() as connection:
        connection.execute(MACROS)
        connection.execute(
            "CREATE TABLE events_of_shop AS SELECT customer, CAST(time AS TIMESTAMPTZ) AS time, kind,"
            " channel, stage, value, cost FROM read_csv('sample.csv')"
        )
        bad = "(NULL, now(), 'x'), ('c', NULL, 'x')"
        connection.execute(f"INSERT INTO events_of_shop (customer, time, kind) VALUES {bad}")
        Server.database, Server.asked = connection, []
        with ThreadingHTTPServer(("127.0.0.1", 0), Server) as served:
            thread = Thread(target=served.serve_forever)
            thread.start()
            try:
                yield f"clickhouse://127.0.0.1:{served.server_port}/shop/events"
            finally:
                served.shutdown()
                thread.join()
