"""Reading one file into the staging table, by its kind."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from lfroadmap.errors import BrokenSnapshot, RoadmapError
from lfroadmap.flows.sources.bad_rows import BadRow, BadRows
from lfroadmap.flows.sources.careful_rows import careful_rows
from lfroadmap.flows.sources.engine import Engine
from lfroadmap.flows.sources.files import SourceFile
from lfroadmap.flows.sources.heads import Columns, Pairs
from lfroadmap.flows.sources.json_keys import clean_lines, keys_in, lines_of_list, path_of
from lfroadmap.flows.sources.sql_text import LONGEST_LINE, buffers, name, own_csv, text
from lfroadmap.flows.sources.staging import STAGING, insert, note_base
from lfroadmap.flows.sources.text_form import TextForm, form_of
from lfroadmap.flows.sources.workbook import copy_sheet, sheet_form
from lfroadmap.imports.text_encoding import NAMES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_CELL = '"c{}"'
_PIECE = 1 << 22
_MOST_BYTES = 4
"""Bytes of a character."""
_SAMPLE_ROWS = 200


@dataclass(frozen=True, slots=True)
class Table:
    """A file that was looked at: its headings, a sample of its rows, and how it is read."""

    file: SourceFile
    heads: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    form: TextForm | None = None

    @property
    def encoding(self) -> str:
        """The name of the encoding where it is not UTF-8."""
        found = NAMES.get(self.form.encoding, self.form.encoding) if self.form else "UTF-8"
        return "" if found == "UTF-8" else found


def look_at(engine: Engine, file: SourceFile, chosen: Pairs) -> Table:
    """The headings and the first rows of a file; raises RoadmapError with its name."""
    try:
        return _look_at(engine, file, chosen)
    except BrokenSnapshot as error:
        raise RoadmapError("flows_file", path=file.shown, why=error) from error


def _look_at(engine: Engine, file: SourceFile, chosen: Pairs) -> Table:
    match file.kind:
        case "text":
            form = form_of(file.path, chosen)
            return Table(file, form.heads, form.sample, form)
        case "workbook":
            return Table(file, *sheet_form(file.path, chosen))
        case "json_list":
            lines = engine.folder / f"{file.path.name}.lines"
            lines_of_list(file.path, lines)
            return _look_at(engine, file._replace(path=lines, kind="json_lines"), chosen)
        case "json_lines":
            heads, sample = keys_in(file.path, chosen)
            return Table(file, heads, sample)
        case "parquet":
            return _parquet(engine, file)


def _parquet(engine: Engine, file: SourceFile) -> Table:
    source = f"read_parquet({text(str(file.path))})"

    def first(connection: DuckDBPyConnection) -> tuple[list[str], list[tuple[Any, ...]]]:
        found = connection.execute(f"SELECT COLUMNS(*)::VARCHAR FROM {source} LIMIT {_SAMPLE_ROWS}")
        names = [row[0] for row in found.description or ()]
        return names, found.fetchall()

    import duckdb  # noqa: PLC0415 - loaded only where it is used

    try:
        heads, rows = engine.run(first)
    except (duckdb.Error, RoadmapError) as error:
        raise BrokenSnapshot("flows_parquet", reason=str(error).splitlines()[0][:200]) from error
    return Table(file, tuple(heads), tuple(tuple(cell or "" for cell in row) for row in rows))


def read_table(engine: Engine, table: Table, columns: Columns, number: int, bad: BadRows) -> int:
    """Read a file into the staging table; returns the number of its rows, the bad ones too."""
    match table.file.kind:
        case "parquet":
            return _read_parquet(engine, table, columns, number)
        case "json_lines":
            return _read_lines(engine, table, columns, number, bad)
        case "workbook":
            rows = copy_sheet(table.file.path, table.heads)
            return _read_rows(engine, table, columns, number, rows)
        case _:
            return _read_text(engine, table, columns, number, bad)


def _read_parquet(engine: Engine, table: Table, columns: Columns, number: int) -> int:
    names = "".join(f", {name(head)}::VARCHAR AS c{at}" for at, head in enumerate(table.heads))
    path = text(str(table.file.path))
    source = f"(SELECT file_row_number + 1 AS r{names} FROM read_parquet({path}, file_row_number = true))"
    engine.execute(insert(columns, number, "r", _CELL, source))
    return int(engine.execute(f"SELECT count(*) FROM read_parquet({path})")[0][0])


def _read_lines(engine: Engine, table: Table, columns: Columns, number: int, bad: BadRows) -> int:
    """Read JSON lines, each of which is parsed alone, so that a bad one is one row."""
    import duckdb  # noqa: PLC0415 - loaded only where it is used

    source = _numbered_lines(table.file.path)
    is_object = "CASE WHEN json_valid(line) THEN json_type(line) = 'OBJECT' ELSE false END"
    try:
        wrong = engine.execute(f"SELECT r, line FROM {source} WHERE trim(line) <> '' AND NOT {is_object}")
    except (duckdb.InvalidInputException, duckdb.NotImplementedException):
        path = engine.folder / f"{table.file.path.name}.clean"
        clean_lines(table.file.path, path, LONGEST_LINE)
        source = _numbered_lines(path)
        wrong = engine.execute(f"SELECT r, line FROM {source} WHERE trim(line) <> '' AND NOT {is_object}")
    for row, line in wrong:
        bad.add(table.file.shown, BadRow(row, "json", line))
    cells = "".join(
        f", json_extract_string(line, {text(path_of(head))}) AS c{at}" for at, head in enumerate(table.heads)
    )
    good = f"(SELECT r{cells} FROM {source} WHERE {is_object})"
    before = _count(engine)
    engine.execute(insert(columns, number, "r", _CELL, good))
    return _count(engine) - before + len(wrong)


def _numbered_lines(path: Path) -> str:
    return f"""(SELECT row_number() OVER () AS r, line FROM read_csv({text(str(path))}, auto_detect = false,
      header = false, delim = '\x01', quote = '', escape = '', columns = {{'line': 'VARCHAR'}},
      {buffers(LONGEST_LINE)}))"""


def _count(engine: Engine) -> int:
    return int(engine.execute(f"SELECT count(*) FROM {STAGING}")[0][0])


def _read_text(engine: Engine, table: Table, columns: Columns, number: int, bad: BadRows) -> int:
    """Read a text by DuckDB itself where each of its lines is a good row, else row by row."""
    form = table.form
    assert form is not None
    if form.is_plain and not columns.kinds:
        lines = _lines_in(table.file.path) - form.skipped - 1
        if _read_plain(engine, table, columns, number, lines):
            return lines
    count = 0

    def reject(row: BadRow) -> None:
        nonlocal count
        count += 1
        bad.add(table.file.shown, row)

    rows = careful_rows(table.file.path, form, reject)
    return _read_rows(engine, table, columns, number, rows) + count


def _lines_in(path: Path) -> int:
    """The lines of a file, the last one also without an end."""
    count, last = 0, b"\n"
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            count += piece.count(b"\n")
            last = piece[-1:]
    return count + (last != b"\n")


def _read_plain(engine: Engine, table: Table, columns: Columns, number: int, lines: int) -> bool:
    """True if the file was read as it is; nothing is read where a row is bad, or is not one line."""
    import duckdb  # noqa: PLC0415 - loaded only where it is used

    form = table.form
    assert form is not None
    names = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(len(form.heads)))
    source = f"""read_csv({text(str(table.file.path))}, auto_detect = false, header = false,
      skip = {form.skipped + 1}, delim = {text(form.separator)}, quote = '"', escape = '"',
      columns = {{{names}}}, strict_mode = true, null_padding = false, {buffers()})"""

    def read(connection: DuckDBPyConnection) -> bool:
        connection.execute("BEGIN")
        try:
            filled = " OR ".join(f"c{at} IS NOT NULL" for at in range(len(form.heads)))
            rows = f"(SELECT * FROM {source} WHERE {filled})"
            found = connection.execute(insert(columns, number, "NULL", _CELL, rows)).fetchone()
        except (duckdb.InvalidInputException, duckdb.NotImplementedException):
            connection.execute("ROLLBACK")
            return False
        is_whole = found is not None and found[0] == lines
        connection.execute("COMMIT" if is_whole else "ROLLBACK")
        if is_whole:
            connection.execute(note_base(number, form.skipped + 2))
        return is_whole

    return bool(lines) and engine.run(read)


def _read_rows(
    engine: Engine, table: Table, columns: Columns, number: int, rows: Iterable[tuple[int, Sequence[str]]]
) -> int:
    """Read numbered rows by way of a file that is in order."""
    named = (*columns.kinds, *columns.segments)
    places = sorted({*columns.places.values(), *(at for _, at in named)})
    path = engine.folder / "rows.csv"
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        count, longest = _write(file, rows, places)
    source = own_csv(path, {"r": "BIGINT", **{f"c{at}": "VARCHAR" for at in places}}, longest)
    engine.execute(insert(columns, number, "r", _CELL, source))
    path.unlink()
    return count


def _write(file: TextIO, rows: Iterable[tuple[int, Sequence[str]]], places: Sequence[int]) -> tuple[int, int]:
    """Write the cells at these places; returns the number of rows, and the most bytes that one may have."""
    writer = csv.writer(file, lineterminator="\n")
    count = longest = 0
    for row, cells in rows:
        written = writer.writerow((row, *(cells[at] if at < len(cells) else "" for at in places)))
        longest = max(longest, written)
        count += 1
    return count, longest * _MOST_BYTES
