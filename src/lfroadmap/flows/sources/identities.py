"""A table of identities: the ids under which the sources know a customer, and who that is."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lfroadmap.errors import RoadmapError
from lfroadmap.flows.sources.bad_rows import BadRow
from lfroadmap.flows.sources.careful_rows import Row, careful_rows
from lfroadmap.flows.sources.engine import Engine
from lfroadmap.flows.sources.files import open_source
from lfroadmap.flows.sources.sql_text import own_csv
from lfroadmap.flows.sources.tables import Table, look_at
from lfroadmap.flows.sources.workbook import copy_sheet
from lfroadmap.paths import typed_path
from lfroadmap.roadmap.import_words import head_key, head_ranks


class Identities(NamedTuple):
    """What came of joining ids."""

    ids: int
    """Ids in the table."""
    matched: int
    """Ids of the sources that the table knows."""
    unmatched: int
    """Ids of the sources that it does not know: each stays a customer of its own."""
    twice: int
    """Ids that the table gives to several customers; the first counts."""
    bad: int
    """Rows of the table without an id or a customer, or that could not be read."""


class IdentityTable(NamedTuple):
    """A table of identities as read."""

    known: dict[str, str]
    """Id -> customer; where the customer is an id itself, the customer of that."""
    twice: int
    bad: int

    def joined(self, matched: int, unmatched: int) -> Identities:
        """What came of joining, with the numbers of ids of the sources that are known and are not."""
        return Identities(len(self.known), matched, unmatched, self.twice, self.bad)


def identity_table(engine: Engine, typed: str) -> IdentityTable:
    """Read a table of identities; raises RoadmapError for one without both columns."""
    table = look_at(engine, open_source(typed_path(typed), None, engine.folder), ())
    rejected: list[BadRow] = []
    id_at, customer_at = _places(table.heads, table.file.shown)
    pairs: dict[str, str] = {}
    twice: set[str] = set()
    empty = 0
    for _, cells in _rows(table, rejected.append):
        one, customer = (cells[at].strip() if at < len(cells) else "" for at in (id_at, customer_at))
        if not one or not customer:
            empty += 1
        elif pairs.setdefault(one, customer) != customer:
            twice.add(one)
    known = {one: _last(customer, pairs) for one, customer in pairs.items()}
    return IdentityTable(known, len(twice), empty + len(rejected))


def read_identities(engine: Engine, typed: str, staging: str) -> Identities:
    """Read the table into `identity_of(id, known)`; raises RoadmapError for one without both columns."""
    table = identity_table(engine, typed)
    _store(engine, table.known)
    matched, unmatched = engine.execute(
        f"""SELECT count(*) FILTER (known IS NOT NULL), count(*) FILTER (known IS NULL)
        FROM (SELECT DISTINCT customer FROM {staging} WHERE customer IS NOT NULL) AS ids
        LEFT JOIN identity_of ON identity_of.id = ids.customer"""
    )[0]
    return table.joined(matched, unmatched)


def _rows(table: Table, reject: Callable[[BadRow], None]) -> Iterator[Row]:
    """The rows of a text or a sheet; raises RoadmapError for another kind of file."""
    if table.form is not None:
        return careful_rows(table.file.path, table.form, reject)
    if table.file.kind == "workbook":
        return copy_sheet(table.file.path, table.heads)
    raise RoadmapError("flows_identities", path=table.file.shown, heads=", ".join(table.heads) or "—")


def _places(heads: tuple[str, ...], shown: str) -> tuple[int, int]:
    """The columns of the id and of the customer: by their headings, or the two that there are."""
    named = [head_key(head) for head in heads]
    ids, customers = (head_ranks(f"identity_{role}") for role in ("id", "customer"))
    customer = next((at for at, key in enumerate(named) if key in customers), None)
    one = next((at for at, key in enumerate(named) if key in ids and at != customer), None)
    if one is None and customer is not None and len(heads) == 2:
        one = 1 - customer
    if one is None or customer is None:
        raise RoadmapError("flows_identities", path=shown, heads=", ".join(filter(None, heads)) or "—")
    return one, customer


def _store(engine: Engine, known: dict[str, str]) -> None:
    path = engine.folder / "identities.csv"
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(known.items())
    source = own_csv(path, {"id": "VARCHAR", "known": "VARCHAR"})
    engine.execute(f"CREATE TABLE identity_of AS SELECT id, known FROM {source}")
    path.unlink()


def _last(customer: str, pairs: dict[str, str]) -> str:
    """The customer of an id whose customer is an id itself, as a cookie of an account of a company."""
    seen = {customer}
    while (further := pairs.get(customer)) and further not in seen:
        seen.add(further)
        customer = further
    return customer
