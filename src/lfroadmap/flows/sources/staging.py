"""The table into which all sources are read, and its columns."""

from __future__ import annotations

from collections.abc import Iterable

from lfroadmap.flows.sources.heads import NUMBERS, TEXTS, Columns
from lfroadmap.flows.sources.sql_text import name, text
from lfroadmap.flows.sources.times import is_out_of_range, iso_or_number

STAGING = "read_rows"
_NUMBERS = (*NUMBERS, "seq")


def create(segments: Iterable[str] = ()) -> str:
    """The statement that makes the table, with further columns of texts.

    `…_text` is what could not be read so far, NULL where nothing is left. `row` is NULL in files that are
    read as they are: their rows stand one after the other.
    """
    return f"""CREATE TABLE {STAGING} (
  file INTEGER, row BIGINT, moment BIGINT, time_text VARCHAR,
  {", ".join(f"{role} VARCHAR" for role in (*TEXTS, *segments))},
  {", ".join(f"{role} DOUBLE, {role}_text VARCHAR" for role in NUMBERS)},
  seq BIGINT, seq_text VARCHAR
)"""


BASES = "first_rows"
ROW = f"coalesce(row, rowid + (SELECT base FROM {BASES} WHERE {BASES}.file = {STAGING}.file))"
"""The row as people see it."""


def note_base(file: int, first: int) -> str:
    """The statement that notes which row of its file the first row of a file without numbers is."""
    return f"INSERT INTO {BASES} SELECT {file}, {first} - min(rowid) FROM {STAGING} WHERE file = {file}"


def insert(columns: Columns, file: int, row: str, cells: str, source: str) -> str:
    """The statement that reads a table: `row` is its rows' number, `cells` makes the cell of a place."""
    if columns.kinds:
        return _insert_wide(columns, file, row, cells, source)
    values = {role: _text(cells.format(at)) for role, at in (*columns.places.items(), *columns.segments)}
    return _insert(values, file, row, source)


def _insert(values: dict[str, str], file: int, row: str, source: str) -> str:
    """Cells are trimmed, read and compared in queries around each other, so that each is done once."""
    trimmed = ", ".join(f"{value} AS {name('t_' + role)}" for role, value in values.items())
    read = {role: _read(role, name("t_" + role)) for role in values if role in ("time", *_NUMBERS)}
    also_read = "".join(f", {value} AS {name('r_' + role)}" for role, value in read.items())
    out = {"file": str(file), "row": row}
    for role in values:
        typed, found = name("t_" + role), name("r_" + role)
        if role == "time":
            out |= {"moment": found, "time_text": f"CASE WHEN {is_out_of_range(found)} THEN {typed} END"}
        elif role in read:
            out |= {role: found, f"{role}_text": f"CASE WHEN {found} IS NULL THEN {typed} END"}
        else:
            out[role] = typed
    inner = f"SELECT *{also_read} FROM (SELECT {row} AS x_at, {trimmed} FROM {source})"
    selected = ", ".join((out | {"row": "x_at"}).values())
    return f"INSERT INTO {STAGING} ({', '.join(out)}) SELECT {selected} FROM ({inner})"


def _read(role: str, typed: str) -> str:
    if role == "time":
        return iso_or_number(typed)
    number = f"TRY_CAST({typed} AS {'BIGINT' if role == 'seq' else 'DOUBLE'})"
    return number if role == "seq" else f"CASE WHEN isfinite({number}) THEN {number} END"


def _insert_wide(columns: Columns, file: int, row: str, cells: str, source: str) -> str:
    """The same for a table with one column of times a kind: a row becomes as many events as it has times.

    A row without any time stays one row, which is bad. Numbers belong to the last of its times.
    """
    events = ", ".join(
        f"{{'kind': {text(kind)}, 'time': {_text(cells.format(at))}}}" for kind, at in columns.kinds
    )
    filled = f"list_filter([{events}], lambda e: e.time IS NOT NULL)"
    nothing = "[{'kind': '-', 'time': CAST(NULL AS VARCHAR)}]"
    listed = f"CASE WHEN len({filled}) = 0 THEN {nothing} ELSE {filled} END"
    plain = {role: _text(cells.format(at)) for role, at in (*columns.places.items(), *columns.segments)}
    selected = ", ".join(f"{value} AS {name('x_' + role)}" for role, value in plain.items())
    rows = f"(SELECT {row} AS x_row, {selected}, {listed} AS x_events FROM {source})"
    inner = (
        f"SELECT *, unnest(x_events) AS x_event, unnest(range(len(x_events), 0, -1)) AS x_left FROM {rows}"
    )
    values = {role: name("x_" + role) for role in plain}
    values |= {
        role: f"CASE WHEN x_left = 1 THEN {value} END" for role, value in values.items() if role in _NUMBERS
    }
    values |= {"kind": "x_event.kind", "time": "x_event.time"}
    return _insert(values, file, "x_row", f"({inner})")


def _text(cell: str) -> str:
    """A cell without spaces at its ends; NULL for an empty one."""
    return f"nullif(trim({cell}), '')"
