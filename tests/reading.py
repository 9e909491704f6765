"""Reading the tables in a file, as an import does."""

from __future__ import annotations

from datetime import date

from lfroadmap.imports.snapshot import Source, naming_errors, open_source, read_bytes
from lfroadmap.imports.tables import tables_in
from lfroadmap.roadmap.json_source import LIMIT
from lfroadmap.roadmap.table_file import ImportChoices, TableFile


def read_tables(source: Source, name: str = "", today: date | None = None) -> TableFile:
    """The tables in a file, or in the bytes of one named `name`; raises BrokenSnapshot with that name."""
    with naming_errors(source, name), open_source(source) as file:
        return tables_in(read_bytes(file, LIMIT + 1), ImportChoices(), today or date.today())
