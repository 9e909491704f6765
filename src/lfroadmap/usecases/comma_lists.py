"""Lists as people type them into one option."""

from __future__ import annotations

import csv


def comma_list(typed: str) -> list[str]:
    """The parts between commas; as in CSV, a part with a comma stands in quotes. A line break is a space."""
    return next(csv.reader([" ".join(typed.splitlines())], skipinitialspace=True), [])
