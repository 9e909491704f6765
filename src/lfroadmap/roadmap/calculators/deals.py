"""Rows of deals, or of stages, read from the texts of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple, TypeVar

from lfroadmap.roadmap.calculators.numbers import (
    Fault,
    NumberFault,
    amount_of,
    count_of,
    currency_of,
    quantity,
    share_of,
)
from lfroadmap.text import match_key

Column = Literal["name", "stage", "value", "probability", "days", "reached"]
COLUMNS: tuple[Column, ...] = ("name", "stage", "value", "probability", "days", "reached")
Unit = Literal["", "share", "percent"]
T = TypeVar("T")


class DealCells(NamedTuple):
    """The texts of a row, as typed."""

    row: int
    """Its number in the table."""
    name: str = ""
    stage: str = ""
    value: str = ""
    probability: str = ""
    days: str = ""
    """Days that it has been in its stage, or that deals stay in the stage."""
    reached: str = ""
    """Deals that reached the stage, in a row that is a stage."""


class BadCell(NamedTuple):
    """A cell because of which a row is not counted."""

    row: int
    column: Column
    text: str
    fault: Fault


class Deal(NamedTuple):
    """A row that can be counted; None for what is not written in it."""

    row: int
    name: str
    stage: str
    value: Fraction | None = None
    probability: Fraction | None = None
    days: Fraction | None = None
    reached: int | None = None


class DealRows(NamedTuple):
    """The rows of a table."""

    deals: tuple[Deal, ...]
    bad: tuple[BadCell, ...] = ()
    """The cells for which rows are left out."""
    currencies: tuple[str, ...] = ()
    """The signs of currencies that values have; sums are made of one."""
    unit: Unit = ""
    """The reading of probabilities without a percent sign; empty where all have one."""

    @property
    def bad_rows(self) -> int:
        """Number of rows that are left out."""
        return len({cell.row for cell in self.bad})

    @property
    def are_stages(self) -> bool:
        """True if a row is a stage with the number of deals that reached it."""
        return any(deal.reached is not None for deal in self.deals)


def deal_rows(rows: Iterable[DealCells], are_stages: bool | None = None) -> DealRows:
    """The rows that can be counted, and the cells for which others cannot.

    Each row is a stage as `are_stages` says, by default if any row says how many deals reached its stage.
    """
    every = [row for row in rows if any(map(str.strip, row[1:]))]
    unit = _unit_of([row.probability for row in every])
    if are_stages is None:
        are_stages = any(row.reached.strip() for row in every)
    deals: list[Deal] = []
    bad: list[BadCell] = []
    seen: set[str] = set()
    for row in every:
        deal, faults = _read(row, unit, are_stages=are_stages)
        if are_stages and not faults and match_key(row.stage) in seen:
            faults = [BadCell(row.row, "stage", row.stage, "stage_twice")]
        seen.add(match_key(row.stage))
        bad += faults
        deals += [] if faults else [deal]
    found = dict.fromkeys(currency for row in every if (currency := currency_of(row.value)))
    return DealRows(tuple(deals), tuple(bad), tuple(found), unit)


def _unit_of(texts: Sequence[str]) -> Unit:
    """The reading of a column: percentages if any number without a sign is more than 1."""
    found: list[Fraction] = []
    for text in texts:
        try:
            amount = amount_of(text)
        except NumberFault:
            continue  # its row is reported when it is read
        found += [] if amount.is_percent else [amount.value]
    return ("percent" if max(found) > 1 else "share") if found else ""


def _read(row: DealCells, unit: Unit, *, are_stages: bool) -> tuple[Deal, list[BadCell]]:
    bad: list[BadCell] = []

    def cell(column: Column, read: Callable[[str], T], *, needed: bool = False) -> T | None:
        text: str = getattr(row, column)
        if not text.strip() and not needed:
            return None
        try:
            return read(text)
        except NumberFault as error:
            bad.append(BadCell(row.row, column, text, error.fault))
        return None

    stage = " ".join(row.stage.split())
    if not stage:
        bad.append(BadCell(row.row, "stage", row.stage, "no_stage"))
    deal = Deal(
        row.row,
        " ".join(row.name.split()),
        stage,
        cell("value", lambda text: quantity(text, "money")),
        cell("probability", lambda text: share_of(text, in_percent=unit == "percent")),
        cell("days", lambda text: quantity(text, "days")),
        cell("reached", count_of, needed=are_stages),
    )
    return deal, bad
