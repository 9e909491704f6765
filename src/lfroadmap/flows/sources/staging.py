"""The table into which all sources are read, and its columns."""

from __future__ import annotations

from lfroadmap.flows.sources.heads import NUMBERS, TEXTS, Columns
from lfroadmap.flows.sources.sql_text import name, text
from lfroadmap.flows.sources.times import is_out_of_range, iso_or_number

STAGING = "read_rows"
_NUMBERS = (*NUMBERS, "seq")

CREATE = f"""CREATE TABLE {STAGING} (
  file INTEGER, row BIGINT, moment BIGINT, time_text VARCHAR,
  {", ".join(f"{role} VARCHAR" for role in TEXTS)},
  {", ".join(f"{role} DOUBLE, {role}_text VARCHAR" for role in NUMBERS)},
  seq BIGINT, seq_text VARCHAR
)"""
"""`…_text` is what could not be read so far, NULL where nothing is left."""


def insert(columns: Columns, file: int, row: str, cells: str, source: str) -> str:
    """The statement that reads a table: `row` is its rows' number, `cells` makes the cell of a place."""
    if columns.kinds:
        return _insert_wide(columns, file, row, cells, source)
    values = {role: _text(cells.format(at)) for role, at in columns.places.items()}
    return _insert(values, file, row, source)


def _insert(values: dict[str, str], file: int, row: str, source: str) -> str:
    out = {"file": str(file), "row": row}
    for role, value in values.items():
        if role == "time":
            out["moment"] = iso_or_number(value)
            out["time_text"] = f"CASE WHEN {is_out_of_range(out['moment'])} THEN {value} END"
        elif role in _NUMBERS:
            out[role] = _number(value, "BIGINT" if role == "seq" else "DOUBLE")
            out[f"{role}_text"] = f"CASE WHEN {out[role]} IS NULL THEN {value} END"
        else:
            out[role] = value
    return f"INSERT INTO {STAGING} ({', '.join(out)}) SELECT {', '.join(out.values())} FROM {source}"


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
    plain = {role: _text(cells.format(at)) for role, at in columns.places.items()}
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
    return f"nullif(trim({cell}, ' ' || chr(9) || chr(160)), '')"


def _number(value: str, kind: str) -> str:
    number = f"TRY_CAST({value} AS {kind})"
    return f"CASE WHEN isfinite({number}) THEN {number} END" if kind == "DOUBLE" else number
