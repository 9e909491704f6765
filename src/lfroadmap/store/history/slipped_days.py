"""The days that cards were due on before, out of the change log."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from lfroadmap.roadmap.codec import load_edit
from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.store.history.change_entries import local_time
from lfroadmap.store.history.queries import changes_of_kinds

MOST = 5
"""Most days of one card, the newest ones."""


def slipped_days(path: Path, roadmap: Roadmap, upto: int | None = None) -> dict[str, tuple[date, ...]]:
    """Id of a card -> the days that it was due on before, in the order of time; raises BrokenStore.

    A day counts if it still stood on the day after it was set: one that was corrected at once never was a
    plan. The log is walked back by the inverses; a damaged change is skipped.
    """
    fields = {
        field.id: card.id
        for stage in roadmap.stages
        for card in stage.cards
        for field in card.fields
        if field.role == "deadline"
    }
    changed: dict[str, list[tuple[date, str]]] = {}
    condition = "(kind = 'SetField' AND node IN (SELECT value FROM json_each(?)))"
    for change in changes_of_kinds(path, condition, upto, json.dumps([*fields])):
        try:
            parts = load_edit(change.inverse).singles()
        except ValueError:
            continue
        for part in parts:
            if isinstance(part, SetField) and part.field in fields:
                changed.setdefault(part.field, []).append((local_time(change.at).date(), part.value))
    return {fields[field]: days for field, values in changed.items() if (days := _stood(values))}


def _stood(values: list[tuple[date, str]]) -> tuple[date, ...]:
    """The days that stood for longer than one; each value with the day on which it ended, newest first."""
    begins = [*(day for day, _ in values[1:]), None]
    found = [
        due
        for (ended, typed), began in zip(values, begins, strict=True)
        if began != ended and (due := iso_day(typed))
    ]
    return tuple(reversed([*dict.fromkeys(found)][:MOST]))
