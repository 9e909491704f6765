"""Cells that DuckDB cannot read by itself: times in other forms, numbers with currencies or in words."""

from __future__ import annotations

import csv
from collections.abc import Sequence

from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.flows.sources.engine import Engine
from lfroadmap.flows.sources.heads import NUMBERS
from lfroadmap.flows.sources.sql_text import own_csv, text
from lfroadmap.flows.sources.staging import ROW, STAGING
from lfroadmap.flows.sources.times import Order, in_words_or_digits, order_counts
from lfroadmap.roadmap.calculators.numbers import NumberFault, amount_of
from lfroadmap.roadmap.import_words import listed_words, plain_text

SENTIMENTS = {"sentiments.positive": 1.0, "sentiments.neutral": 0.0, "sentiments.negative": -1.0}
"""Sentiments in words as numbers."""
_MOST_NUMBERS = 200_000
"""Different texts of numbers that are read one by one."""


def read_other_times(engine: Engine, chosen: Order) -> Order:
    """Read the times that are neither ISO 8601 nor numbers; returns the order of day and month.

    Raises UsageError where nothing in the files decides it, and where they prove both.
    """
    left = f"FROM {STAGING} WHERE time_text IS NOT NULL"
    if not engine.execute(f"SELECT 1 {left} LIMIT 1"):
        return ""
    day_first, month_first, either, example = engine.execute(f"SELECT {order_counts('time_text')} {left}")[0]
    order: Order = chosen
    if not order and (day_first or month_first) and not (day_first and month_first):
        order = "dmy" if day_first else "mdy"
    if not order and either:
        row = engine.execute(f"SELECT min({ROW}) {left} AND time_text = {text(example)}")[0][0]
        key = "flows_dates_both" if day_first else "flows_dates"
        raise UsageError(key, value=example, row=row)
    engine.execute(
        f"UPDATE {STAGING} SET moment = {in_words_or_digits('time_text', order)} WHERE time_text IS NOT NULL"
    )
    return order if day_first or month_first or either else ""


def read_other_numbers(engine: Engine) -> str:
    """Read the numbers that have currencies or thousands in them; returns the sign of their currency.

    Raises RoadmapError where there are several.
    """
    signs: dict[str, None] = {}
    for role in NUMBERS:
        found = engine.execute(
            f"SELECT DISTINCT {role}_text FROM {STAGING} WHERE {role}_text IS NOT NULL LIMIT {_MOST_NUMBERS}"
        )
        read = [(typed, _number(typed, role, signs)) for (typed,) in found]
        known = [(typed, number) for typed, number in read if number is not None]
        if known:
            _set_numbers(engine, role, known)
    if len(signs) > 1:
        raise RoadmapError("calc_currencies", signs=", ".join(signs))
    return next(iter(signs), "")


def _number(typed: str, role: str, signs: dict[str, None]) -> float | None:
    """The number that a text is, also a sentiment in words; None for another text."""
    if role == "sentiment" and (found := listed_words("sentiments").get(plain_text(typed))):
        return SENTIMENTS[f"sentiments.{found}"]
    try:
        amount = amount_of(typed)
    except NumberFault:
        return None
    if amount.currency:
        signs[amount.currency] = None
    return float(amount.value / 100 if amount.is_percent else amount.value)


def _set_numbers(engine: Engine, role: str, known: Sequence[tuple[str, float]]) -> None:
    path = engine.folder / "numbers.csv"
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(known)
    source = own_csv(path, {"typed": "VARCHAR", "number": "DOUBLE"})
    engine.execute(
        f"UPDATE {STAGING} SET {role} = found.number, {role}_text = NULL FROM {source} AS found"
        f" WHERE {STAGING}.{role}_text = found.typed"
    )
    path.unlink()
