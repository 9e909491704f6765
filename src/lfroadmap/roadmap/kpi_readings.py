"""The values that were set down for days of a KPI: their order, and their form in the cell of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lfroadmap.roadmap.model import Kpi, Reading
from lfroadmap.roadmap.progress import iso_day


def by_day(kpi: Kpi) -> tuple[Reading, ...]:
    """The readings of a KPI from the earliest day on; those of no day are left out."""
    return tuple(sorted((each for each in kpi.readings if iso_day(each.day)), key=lambda each: each.day))


def cell_of(readings: Iterable[Reading]) -> str:
    """The readings as the text of one cell, a line each: `2026-03-15: 31`."""
    return "\n".join(f"{each.day}: {each.value or ''}" for each in readings)


def readings_in(cell: str) -> Iterator[tuple[str, str]]:
    """The days and values in a cell as `cell_of` writes it; an empty day where a line is no such line."""
    for line in cell.strip().splitlines():
        day, colon, value = line.strip().removeprefix("'").partition(":")
        if colon and iso_day(day.strip()):
            yield day.strip(), value.strip()
        elif line.strip():
            yield "", line.strip()
