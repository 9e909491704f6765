"""The line of headings of a table, and the column of each role: task, owner, due and so on.

A heading is known by the words of `heads` in either language. Where several columns could have a role, the
surest heading wins; the others are not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from lfroadmap.errors import UsageError
from lfroadmap.roadmap.import_words import field_heads, head_key, head_keys, head_ranks
from lfroadmap.roadmap.table_file import ImportChoices
from lfroadmap.roadmap.table_rows import (
    CARD_COLUMNS,
    KPI_TABLE_COLUMNS,
    TASK_COLUMNS,
    Column,
    NumberedRow,
    TableName,
    joined_lines,
)

TABLES: dict[TableName, tuple[str, ...]] = {
    "tasks": TASK_COLUMNS, "kpis": KPI_TABLE_COLUMNS, "cards": CARD_COLUMNS
}  # fmt: skip
"""The roles of the columns of each table."""
ROLES = tuple(dict.fromkeys(role for roles in TABLES.values() for role in roles))
"""The roles of all tables."""
NEEDED: dict[TableName, tuple[str, ...]] = {
    "tasks": ("task",), "kpis": ("measure",), "cards": ("card", "deadline")
}  # fmt: skip
"""The roles that a table must have to be of this kind."""
HEADING_ROWS = 10
"""Number of rows at the top that may contain the headings: people put titles above them."""
MAX_SAMPLE = 60
"""Characters of the sample of a column."""
_ORDER = ("id", "task", "measure", "deadline", "done", "done_on", "due")
"""The roles that choose their columns first: `Card name` is a task where no other column is."""
_EXACT: dict[TableName, tuple[str, ...]] = {
    "cards": ("card", "owner", "stage", "start", "waits_for", "moves"), "tasks": ("repeat", "waits_for"),
}  # fmt: skip
"""Roles that only our own headings have."""
_LONGEST_HEAD = 60
"""Characters of a heading that may be known."""
_SURE = 5
"""Rank from which a heading alone makes no table: `Name` heads prices too."""
_FULL_SHARE = 0.7
"""Least share of the longest row that a row of headings fills, where no heading is known."""
_KNOWN_SHARE = 0.5
"""Least share of known headings in a row under a longer one: cells of data may be such words too."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The use of the columns of a table."""

    table: TableName
    heads: tuple[str, ...]
    places: Mapping[str, int]
    """Role -> its column, from 0."""
    doubles: Mapping[str, tuple[int, ...]]
    """Role -> further columns with the same heading."""
    also_done: tuple[int, ...] = ()
    """Further columns that may say that a task is done, whatever its list or status is."""

    def role(self, place: int) -> str:
        """The role of a column; empty where it is not read."""
        return next((role for role, at in self.places.items() if at == place), "")


@lru_cache(maxsize=1024)
def _ranks(head: str) -> Mapping[str, int]:
    """Role -> how sure it is that the heading heads a column of it."""
    if len(head) > _LONGEST_HEAD or head.startswith(field_heads()):
        return {}
    whole, bare, *parts = head_keys(head)
    for key in (whole, bare):
        if found := _roles(key):
            return found
    known = [found for part in parts if (found := _roles(part))]
    return {role: rank for role, rank in known[0].items() if all(role in f for f in known)} if known else {}


def _roles(key: str) -> dict[str, int]:
    return {role: ranks[key] for role in ROLES if key and key in (ranks := head_ranks(role))}


def layout_of(heads: Sequence[str], choices: ImportChoices) -> Layout | None:
    """The layout of a table with these headings; None where they head no table that we know."""
    named = tuple(joined_lines(str(head)) for head in heads)
    found = [
        Layout(table, named, places, _doubles(named, places), _also_done(named, places, choices))
        for table, roles in TABLES.items()
        if (places := _places(table, named, roles, choices)) and _is_table(table, named, places, choices)
    ]
    return max(found, key=lambda layout: len(layout.places), default=None)


def _is_table(
    table: TableName, heads: tuple[str, ...], places: Mapping[str, int], choices: ImportChoices
) -> bool:
    if not set(NEEDED[table]) <= places.keys():
        return False
    role = NEEDED[table][0]
    if len(places) > 1 or choices.mapping:
        return True
    head = heads[places[role]]
    if sum(map(bool, heads)) == 1:
        return not head.endswith(":")  # as in YAML
    return _ranks(head).get(role, _SURE) < _SURE


def _places(
    table: TableName, heads: tuple[str, ...], roles: tuple[str, ...], choices: ImportChoices
) -> dict[str, int]:
    chosen = {role: head for role, head in choices.mapping if role in roles}
    places: dict[str, int] = {}
    for role, head in chosen.items():
        if head and (place := place_of(head, heads)) is not None:
            places[role] = place
    left_out = {role for role, head in chosen.items() if not head}
    free_roles = set(roles) - left_out - places.keys()
    for role in sorted(free_roles, key=lambda role: (role not in _ORDER, roles.index(role))):
        most = 0 if role in _EXACT.get(table, ()) else 1000
        ranked = ((_ranks(head).get(role, most + 1), at) for at, head in enumerate(heads) if head)
        free = [(rank, at) for rank, at in ranked if rank <= most and at not in places.values()]
        if free:
            places[role] = min(free)[1]
    return places


def place_of(head: str, heads: Sequence[str]) -> int | None:
    """The column with a heading, or with a number as `#3`; None where there is none."""
    if head.startswith("#") and head[1:].isdecimal():
        return int(head[1:]) - 1 if 0 < int(head[1:]) <= len(heads) else None
    if head in heads:
        return list(heads).index(head)
    key = head_key(head)
    return next((at for at, other in enumerate(heads) if key and head_key(other) == key), None)


def _doubles(heads: tuple[str, ...], places: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    same = {
        role: tuple(
            other
            for other, head in enumerate(heads)
            if other not in places.values() and head and head_key(head) == head_key(heads[at])
        )
        for role, at in places.items()
    }
    return {role: others for role, others in same.items() if others}


def _also_done(heads: tuple[str, ...], places: Mapping[str, int], choices: ImportChoices) -> tuple[int, ...]:
    """The columns of Trello and its like that tick a card in any list; none where a person chose."""
    if "done" not in places or any(role == "done" for role, _ in choices.mapping):
        return ()
    ranks = head_ranks("also_done")
    return tuple(
        at for at, head in enumerate(heads) if head and at not in places.values() and head_key(head) in ranks
    )


def find_heads(rows: Sequence[NumberedRow], choices: ImportChoices) -> tuple[int, Layout] | None:
    """The index of the row of headings, and its layout; None where no row has them."""
    found: list[tuple[int, int, Layout]] = []
    longest = 0
    for at, (_, cells) in enumerate(rows[:HEADING_ROWS]):
        filled = sum(1 for cell in cells if cell.strip())
        layout = layout_of(cells, choices)
        if layout is not None:
            known = len(layout.places) + sum(map(len, layout.doubles.values()))
            if choices.mapping or longest < max(filled, 2) or known >= filled * _KNOWN_SHARE:
                found.append((len(layout.places), -at, layout))
        longest = max(longest, filled)
    best = max(found, key=lambda each: each[:2], default=None)
    return None if best is None else (-best[1], best[2])


def likely_columns(rows: Sequence[NumberedRow]) -> tuple[Column, ...]:
    """The columns under the first row that is about as long as any, where no heading is known."""
    counted = [sum(1 for cell in cells if cell.strip()) for _, cells in rows[:HEADING_ROWS]]
    if not any(counted):
        return ()
    first = next(at for at, filled in enumerate(counted) if filled >= max(counted) * _FULL_SHARE)
    below = [cells for _, cells in rows[first + 1 :]]
    return tuple(
        Column(str(head).strip() or f"#{at + 1}", "", _sample(below, at), at)
        for at, head in enumerate(rows[first][1])
        if head.strip() or _sample(below, at)
    )


def _sample(rows: Sequence[Sequence[str]], at: int) -> str:
    return next((cells[at][:MAX_SAMPLE] for cells in rows if at < len(cells) and cells[at].strip()), "")


def layout_key(columns: Iterable[Column]) -> str:
    """A name for the layout of a table, the same for each file with these headings."""
    joined = "\n".join(head_key(column.head) for column in columns)
    return sha256(joined.encode()).hexdigest()[:16]


def check_mapping(choices: ImportChoices) -> None:
    """Raise UsageError for a role that no table has."""
    for role, _ in choices.mapping:
        if role not in ROLES:
            raise UsageError("map_role", role=role, known=", ".join(ROLES))
