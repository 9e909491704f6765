"""Reading sources into the relation `events`, with what was decided and what could not be read."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.flows.sources.bad_rows import BadReason, BadRow, BadRows
from lfroadmap.flows.sources.engine import Engine
from lfroadmap.flows.sources.files import find_files, is_beside, open_source
from lfroadmap.flows.sources.heads import (
    NUMBERS,
    ROLES,
    Columns,
    Pairs,
    check_roles,
    columns_of,
    layout_key,
)
from lfroadmap.flows.sources.identities import Identities, read_identities
from lfroadmap.flows.sources.sql_text import own_csv, text
from lfroadmap.flows.sources.staging import BASES, CREATE, ROW, STAGING
from lfroadmap.flows.sources.tables import Table, look_at, read_table
from lfroadmap.flows.sources.times import (
    ORDERS,
    Order,
    in_words_or_digits,
    is_out_of_range,
    iso_or_number,
    order_counts,
)
from lfroadmap.imports.layout import place_of
from lfroadmap.paths import for_display
from lfroadmap.roadmap.calculators.numbers import NumberFault, amount_of
from lfroadmap.roadmap.import_words import listed_words, plain_text

SENTIMENTS = {"sentiments.positive": 1.0, "sentiments.neutral": 0.0, "sentiments.negative": -1.0}
"""Sentiments in words as numbers."""
_MOST_NUMBERS = 200_000
"""Different texts of numbers that are read one by one."""
Remembered = Callable[[str], Pairs]
"""The columns that were chosen earlier for a table, by the key of its headings."""


@dataclass(frozen=True, slots=True)
class ReadChoices:
    """What a person chose about the sources."""

    columns: Pairs = ()
    order: Order = ""
    identities: str = ""
    remembered: Remembered = lambda key: ()


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read."""

    path: str
    kind: str
    encoding: str
    """The name of its encoding where that is not UTF-8."""
    columns: Columns
    key: str
    """The key by which its columns are remembered."""
    rows: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading the sources."""

    files: tuple[ReadFile, ...]
    skipped: tuple[str, ...]
    """Files of folders that were not read."""
    rows: int
    events: int
    bad: tuple[BadReason, ...]
    order: Order
    """The order of days and months where it was decided; empty where none was needed."""
    identities: Identities | None
    currency: str
    """The sign beside the values, where they have one."""

    @property
    def bad_count(self) -> int:
        """The number of bad rows."""
        return sum(reason.count for reason in self.bad)


def read_events(
    engine: Engine, sources: Sequence[str], choices: ReadChoices, piped: BinaryIO | None, bad: BadRows
) -> Reading:
    """Read all sources, and make the relation `events`.

    Raises RoadmapError for a source that cannot be read, or lacks a column, and for no events at all;
    UsageError for columns that are named and in no file.
    """
    tables, skipped = look_at_all(engine, sources, choices, piped)
    engine.execute(CREATE)
    engine.execute(f"CREATE TABLE {BASES} (file INTEGER, base BIGINT)")
    files = []
    for number, (table, columns) in enumerate(tables):
        rows = read_table(engine, table, columns, number, bad)
        key = layout_key(table.heads)
        files.append(ReadFile(table.file.shown, table.file.kind, table.encoding, columns, key, rows))
    order = _read_other_times(engine, choices.order)
    currency = _read_other_numbers(engine)
    identities = None
    if choices.identities:
        identities = read_identities(engine, choices.identities, STAGING)
    _make_events(engine, is_joined=identities is not None)
    _reject(engine, [file.path for file in files], bad)
    events = int(engine.execute("SELECT count(*) FROM events")[0][0])
    total = sum(file.rows for file in files)
    return Reading(tuple(files), skipped, total, events, bad.summary(), order, identities, currency)


def look_at_all(
    engine: Engine, sources: Sequence[str], choices: ReadChoices, piped: BinaryIO | None
) -> tuple[list[tuple[Table, Columns]], tuple[str, ...]]:
    """The tables of all sources with their columns, and the files that are not read; raises RoadmapError."""
    check_roles(choices.columns)
    found = find_files(sources)
    tables, skipped = [], [*found.skipped]
    fault: RoadmapError | None = None
    for path in found.paths:
        try:
            table = look_at(engine, open_source(path, piped, engine.folder), choices.columns)
            tables.append((table, _columns(engine, table, choices)))
        except RoadmapError as error:
            why = error.facts.get("why")
            if path not in found.in_folders or not (isinstance(why, RoadmapError) and is_beside(path, why)):
                raise
            fault = fault or error
            skipped.append(path)
    if fault and not tables:
        raise fault
    _check_chosen(choices.columns, [table for table, _ in tables])
    return tables, tuple(str(for_display(path)) for path in skipped)


def _columns(engine: Engine, table: Table, choices: ReadChoices) -> Columns:
    remembered = choices.remembered(layout_key(table.heads))
    try:
        return columns_of(table.heads, choices.columns, remembered, lambda: _time_columns(engine, table))
    except RoadmapError as error:
        raise RoadmapError("flows_file", path=table.file.shown, why=error) from error


def _time_columns(engine: Engine, table: Table) -> list[bool]:
    """Which columns have times in nearly all filled cells of the sample, and no mere numbers."""
    found = []
    for at in range(len(table.heads)):
        cells = [row[at].strip() for row in table.sample if at < len(row) and row[at].strip()]
        if not cells or all(cell.isdecimal() for cell in cells):
            found.append(False)
            continue
        listed = ", ".join(f"({text(cell[:60])})" for cell in cells)
        forms = (iso_or_number("t"), *(in_words_or_digits("t", order) for order in ORDERS))
        count = engine.execute(
            f"SELECT count(coalesce({', '.join(forms)})) FROM (VALUES {listed}) AS cells(t)"
        )[0][0]
        found.append(count >= 0.9 * len(cells))
    return found


def _check_chosen(chosen: Pairs, tables: Sequence[Table]) -> None:
    """Raise UsageError where a heading that is chosen is in no file."""
    for role, head in chosen:
        if head and not any(_has(table, head) for table in tables):
            heads = dict.fromkeys(each for table in tables for each in table.heads if each)
            raise UsageError("flows_map_head", head=head[:80], role=role, heads=", ".join(heads) or "—")


def _has(table: Table, head: str) -> bool:
    return place_of(head, tuple(" ".join(each.split()) for each in table.heads)) is not None


def _read_other_times(engine: Engine, chosen: Order) -> Order:
    """Read the times that are neither ISO 8601 nor numbers; returns the order of day and month.

    Raises UsageError where nothing in the files decides it, and where they prove both.
    """
    left = f"FROM {STAGING} WHERE time_text IS NOT NULL"
    if not engine.execute(f"SELECT 1 {left} LIMIT 1"):
        return ""
    day_first, month_first, either, example = engine.execute(f"SELECT {order_counts('time_text')} {left}")[0]
    order: Order = chosen
    if not order and (day_first or month_first) and not (day_first and month_first):
        order = "dmy" if day_first else "mdy"
    if not order and either:
        row = engine.execute(f"SELECT min({ROW}) {left} AND time_text = {text(example)}")[0][0]
        key = "flows_dates_both" if day_first else "flows_dates"
        raise UsageError(key, value=example, row=row)
    engine.execute(
        f"UPDATE {STAGING} SET moment = {in_words_or_digits('time_text', order)} WHERE time_text IS NOT NULL"
    )
    return order if day_first or month_first or either else ""


def _read_other_numbers(engine: Engine) -> str:
    """Read the numbers that have currencies or thousands in them; returns the sign of their currency.

    Raises RoadmapError where there are several.
    """
    signs: dict[str, None] = {}
    for role in NUMBERS:
        found = engine.execute(
            f"SELECT DISTINCT {role}_text FROM {STAGING} WHERE {role}_text IS NOT NULL LIMIT {_MOST_NUMBERS}"
        )
        read = [(typed, _number(typed, role, signs)) for (typed,) in found]
        known = [(typed, number) for typed, number in read if number is not None]
        if known:
            _set_numbers(engine, role, known)
    if len(signs) > 1:
        raise RoadmapError("calc_currencies", signs=", ".join(signs))
    return next(iter(signs), "")


def _number(typed: str, role: str, signs: dict[str, None]) -> float | None:
    """The number that a text is, also a sentiment in words; None for another text."""
    if role == "sentiment" and (found := listed_words("sentiments").get(plain_text(typed))):
        return SENTIMENTS[f"sentiments.{found}"]
    try:
        amount = amount_of(typed)
    except NumberFault:
        return None
    if amount.currency:
        signs[amount.currency] = None
    return float(amount.value / 100 if amount.is_percent else amount.value)


def _set_numbers(engine: Engine, role: str, known: Sequence[tuple[str, float]]) -> None:
    path = engine.folder / "numbers.csv"
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(known)
    source = own_csv(path, {"typed": "VARCHAR", "number": "DOUBLE"})
    engine.execute(
        f"UPDATE {STAGING} SET {role} = found.number, {role}_text = NULL FROM {source} AS found"
        f" WHERE {STAGING}.{role}_text = found.typed"
    )
    path.unlink()


_UNREAD = " OR ".join(f"{role}_text IS NOT NULL" for role in (*NUMBERS, "seq"))
_FAULT = f"""CASE
  WHEN customer IS NULL THEN 'no_customer'
  WHEN kind IS NULL THEN 'no_kind'
  WHEN moment IS NULL AND time_text IS NULL THEN 'no_time'
  WHEN moment IS NULL THEN 'time'
  WHEN {is_out_of_range("moment")} THEN 'time_range'
  WHEN {_UNREAD} THEN 'number'
END"""
"""Why a row of the staging table is no event."""
_CELL_AT_FAULT = f"""CASE {{fault}} WHEN 'time' THEN time_text
  WHEN 'time_range' THEN time_text
  WHEN 'number' THEN coalesce({", ".join(f"{role}_text" for role in (*NUMBERS, "seq"))})
  ELSE concat_ws(' · ', customer, kind, time_text) END"""


def _make_events(engine: Engine, *, is_joined: bool) -> None:
    """Make the relation `events` of the good rows.

    The order of rows is that of the files, and that of the rows in each, which the staging table has.
    """
    customer = "coalesce(identity_of.known, r.customer)" if is_joined else "r.customer"
    join = "LEFT JOIN identity_of ON identity_of.id = r.customer" if is_joined else ""
    has_seq = bool(engine.execute(f"SELECT 1 FROM {STAGING} WHERE seq IS NOT NULL LIMIT 1"))
    seq = "r.rowid" if not has_seq else (
        "row_number() OVER (ORDER BY r.moment, r.seq NULLS LAST, r.rowid)"
    )  # fmt: skip
    plain = [role for role in ROLES if role not in ("customer", "time", "seq", "kind")]
    columns = ", ".join(f"r.{role} AS {role}" for role in plain)
    engine.execute(
        f"CREATE {'TABLE' if is_joined or has_seq else 'VIEW'} events AS SELECT {customer} AS customer,"
        f" r.moment AS moment, {seq} AS seq, r.kind AS kind, {columns}"
        f" FROM {STAGING} AS r {join} WHERE ({_FAULT}) IS NULL"
    )


def _reject(engine: Engine, shown: Sequence[str], bad: BadRows) -> None:
    """Note the rows of the staging table that are no events."""
    cell = _CELL_AT_FAULT.format(fault=f"({_FAULT})")

    def fetch(connection: object) -> None:
        found = connection.execute(  # type: ignore[attr-defined]
            f"SELECT file, {ROW}, {_FAULT}, {cell} FROM {STAGING} WHERE ({_FAULT}) IS NOT NULL ORDER BY rowid"
        )
        while rows := found.fetchmany(10_000):
            for file, row, reason, typed in rows:
                bad.add(shown[file], BadRow(row, reason, typed or ""))

    engine.run(fetch)
