"""Names and texts as SQL literals of DuckDB."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

LONGEST_LINE = 16 << 20
"""Characters of a line that is read."""
LONGEST_OWN_LINE = 4 * LONGEST_LINE
"""Bytes of a line that Python wrote."""


def text(value: str) -> str:
    """A text as a literal."""
    return "'" + value.replace("'", "''") + "'"


def own_csv(path: Path, columns: Mapping[str, str]) -> str:
    """The table in a CSV file that Python wrote, with the types of its columns."""
    types = ", ".join(f"{text(column)}: {text(kind)}" for column, kind in columns.items())
    return (
        f"read_csv({text(str(path))}, auto_detect = false, header = false, delim = ',', quote = '\"',"
        f" escape = '\"', columns = {{{types}}}, max_line_size = {LONGEST_OWN_LINE})"
    )


def name(value: str) -> str:
    """A name as an identifier."""
    return '"' + value.replace('"', '""') + '"'
