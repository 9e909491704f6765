"""Queries for a warehouse as text, and its results read back."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.flows.elsewhere import Rows, events_view, measure_results, printed_queries
from lfroadmap.flows.literals import Dialect
from lfroadmap.flows.parameters import Parameters
from lfroadmap.flows.results import Result
from lfroadmap.flows.tables import BadCellError, IncompleteResultError
from lfroadmap.paths import for_display, is_folder, typed_path

DIALECTS: tuple[Dialect, ...] = get_args(Dialect)
_LIMIT = 64 << 20
"""Bytes of a file of results."""


def dialect_of(typed: str) -> Dialect:
    """A dialect by its name; raises UsageError."""
    for dialect in DIALECTS:
        if typed.strip().lower() in (dialect, f"{dialect}ql", f"{dialect}sql"):
            return dialect
    raise UsageError("flows_no_dialect", name=typed[:80], known=", ".join(DIALECTS))


def queries_text(parameters: Parameters, dialect: Dialect) -> str:
    """The view that all queries read, and the queries, each behind its name."""
    view = events_view(dialect, parameters.filters.segment_column)
    parts = [f"-- events\n{view.strip()};\n"]
    parts += [f"-- {name}\n{text.strip()};\n" for name, text in printed_queries(parameters, dialect)]
    return "\n".join(parts)


def queries_json(parameters: Parameters, dialect: Dialect) -> dict[str, object]:
    """The same by names."""
    view = events_view(dialect, parameters.filters.segment_column)
    return {"view": view, "queries": dict(printed_queries(parameters, dialect))}


def measure_file(typed: str, parameters: Parameters) -> Result:
    """The measures of results: JSON with a list of rows by query, or a folder with a CSV file a query.

    Raises RoadmapError.
    """
    path = typed_path(typed)
    try:
        results = _folder(path) if is_folder(path) else _file(path)
        return measure_results(results, parameters)
    except (OSError, ValueError, RecursionError) as error:
        raise RoadmapError("flows_bad_result", path=for_display(path), why=_why(error)) from error


def _why(error: Exception) -> RoadmapError | str:
    match error:
        case IncompleteResultError():
            return RoadmapError("flows_result_column", query=error.query, column=error.column)
        case BadCellError():
            return RoadmapError("flows_result_cell", cell=str(error.cell)[:80])
        case OSError():
            return str(error.strerror)
        case _:
            return str(error)[:200]


def _file(path: Path) -> Mapping[str, Rows]:
    """The results in a JSON file; raises ValueError for another form."""
    with path.open("rb") as file:
        data = file.read(_LIMIT + 1)
    if len(data) > _LIMIT:
        raise ValueError(f"> {_LIMIT >> 20} MB")
    value = json.loads(data)
    if not isinstance(value, dict):
        raise ValueError("{…}")
    for name, rows in value.items():
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise ValueError(f"{name}: [{{…}}]")
    return value


def _folder(path: Path) -> Mapping[str, Rows]:
    """The results in the CSV files of a folder; an empty cell is none."""
    results: dict[str, Rows] = {}
    for file in sorted(path.glob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as lines:
            results[file.stem] = [
                {head: cell or None for head, cell in row.items()} for row in csv.DictReader(lines)
            ]
    if not results:
        raise ValueError("*.csv")
    return results
