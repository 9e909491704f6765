"""Lists of customers as files, for import into a CRM."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.flows.customers import COLUMNS, CustomerList, CustomerRow, customer_rows
from lfroadmap.flows.results import Comeback, Result
from lfroadmap.flows.running import CustomerRunner, DuckRunner
from lfroadmap.flows.sources.engine import Engine
from lfroadmap.report.formulas import guard
from lfroadmap.usecases.measurement import Measurement
from lfroadmap.words import Language


def write_lists(
    engine: Engine,
    found: Measurement,
    files: Mapping[CustomerList, Path],
    language: Language,
    *,
    hashed: bool,
) -> dict[CustomerList, int]:
    """Write the lists of customers of an engine's events, as `write_lists_of` does."""

    def write(runner: DuckRunner) -> dict[CustomerList, int]:
        with runner:
            return write_lists_of(runner, found.result, files, language, hashed=hashed)

    return engine.run(lambda connection: write(DuckRunner(connection, found.result.parameters)))


def write_lists_of(
    runner: CustomerRunner,
    result: Result,
    files: Mapping[CustomerList, Path],
    language: Language,
    *,
    hashed: bool,
) -> dict[CustomerList, int]:
    """Write the lists, each into its file; returns the numbers of customers.

    With `hashed` a customer is the SHA-256 of the id, in hexadecimal digits. Raises RoadmapError for a file
    that cannot be written.
    """
    comebacks = [row for row in result.lists.get("comeback", ()) if isinstance(row, Comeback)]
    return {
        name: _write(path, COLUMNS[name], customer_rows(runner, name, comebacks, language), hashed)
        for name, path in files.items()
    }


def _write(path: Path, columns: Sequence[str], rows: Iterable[CustomerRow], hashed: bool) -> int:
    count = 0
    try:
        with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            for row in rows:
                customer = sha256(row.customer.encode()).hexdigest() if hashed else row.customer
                writer.writerow(_cell(cell) for cell in (customer, *row[1:]))
                count += 1
    except ValueError as error:  # NUL in a path
        raise UsageError("bad_file_name", path=path) from error
    except OSError as error:
        raise RoadmapError("cannot_write", path=path, reason=error.strerror) from error
    return count


def _cell(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula; of a number three decimals at most."""
    if cell is None:
        return ""
    return f"{round(cell, 3):g}" if isinstance(cell, float) else guard(str(cell))
