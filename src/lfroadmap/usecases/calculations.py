"""Calculations as values for JSON: counts whole, money and days to two decimals, rates as shares."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.roadmap.calculators.card_tables import CardResult, calculate, figures, row_name
from lfroadmap.roadmap.calculators.deals import DealRows
from lfroadmap.roadmap.calculators.funnel import Funnel, Step, what_if
from lfroadmap.roadmap.calculators.numbers import decimals_of
from lfroadmap.roadmap.calculators.pipeline import (
    Pipeline,
    PlacedDeal,
    StageRow,
    pipeline,
    stage_names,
)
from lfroadmap.roadmap.calculators.stage_words import known_words
from lfroadmap.roadmap.calculators.unit_economics import UnitEconomics
from lfroadmap.roadmap.model import CALCULATOR_COLUMNS, Calculator, CalculatorRow, Card
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import match_key
from lfroadmap.usecases.comma_lists import comma_list

Plain = dict[str, Any]


def parse_order(typed: str | None) -> tuple[str, ...] | None:
    """The stages as typed, behind commas; raises UsageError for one that stands there twice."""
    if typed is None:
        return None
    names = [name for part in comma_list(typed) if (name := part.strip())]
    seen: set[str] = set()
    for name in names:
        if match_key(name) in seen:
            raise UsageError("calc_order_twice", stage=name)
        seen.add(match_key(name))
    return tuple(names)


def pipeline_of(rows: DealRows, order: tuple[str, ...] | None = None) -> Pipeline:
    """The pipeline of rows in either language.

    Raises RoadmapError for values in several currencies, and UsageError where the order lacks a stage.
    """
    if len(rows.currencies) > 1:
        raise RoadmapError("calc_currencies", signs=", ".join(rows.currencies))
    words = known_words()
    if order is None:
        return pipeline(rows, words)
    named = {match_key(name) for name in order}
    missing = [name for name in stage_names(rows, words) if match_key(name) not in named]
    if missing:
        raise UsageError("calc_order", stages=", ".join(missing))
    return pipeline(rows, words, order)


def funnel_json(found: Funnel, changed: Mapping[int, Fraction]) -> Plain:
    """A funnel with its rates; a count that grows has a rate above 1 and a negative loss."""
    return {
        "kind": "funnel",
        "counts": [{"name": each.name, "count": each.number} for each in found.counts],
        "rates": [_number(step.rate) for step in found.steps],
        "losses": [step.loss for step in found.steps],
        "overall": _number(found.overall),
        "weakest": _step(found.weakest),
        "growing": [step.place for step in found.steps if step.grows],
        "what_if": _what_if(found, changed) if changed else None,
    }


def card_json(card: Card, labels: Labels) -> Plain:
    """The calculators of a card: their tables as typed, what follows from them, and what cannot be read."""
    found = [(each, calculate(each, labels)) for each in card.calculators]
    return {
        "kind": "card",
        "card": card.id,
        "title": labels.of(card),
        "calculators": [_calculator(each, result, labels) for each, result in found],
    }


def _calculator(calculator: Calculator, result: CardResult, labels: Labels) -> Plain:
    columns = CALCULATOR_COLUMNS[calculator.kind]
    return {
        "id": calculator.id,
        "title": labels.of(calculator),
        "kind": calculator.kind,
        "rows": [
            {"id": row.id, **{column: _typed(row, column, labels) for column in columns}}
            for row in calculator.rows
        ],
        **result_json(result),
    }


def _typed(row: CalculatorRow, column: str, labels: Labels) -> str:
    return row_name(row, labels) if column == "name" else str(getattr(row, column))


def result_json(result: CardResult) -> Plain:
    """What follows from a calculator's table; the result is null where nothing can be calculated."""
    found: list[Plain] = [unit_json(unit) | {"row": row} for row, unit in result.units]
    if result.funnel:
        found = [funnel_json(result.funnel, result.changed)]
    elif result.pipeline and result.deals:
        found = [pipeline_json(result.pipeline, result.deals)]
    return {
        "results": found,
        "figures": [
            {"name": each.name, "value": _number(each.value), "unit": each.unit, "row": each.row or None}
            for each in figures(result)
        ],
        "faults": [{"row": each.row, "column": each.column, "why": each.fault} for each in result.faults],
        "currencies": list(result.currencies),
    }


def _what_if(found: Funnel, changed: Mapping[int, Fraction]) -> Plain:
    result = what_if(found, changed)
    return {
        "rates": [_number(rate) for rate in result.rates],
        "end": _money(result.end),
        "gain": _money(result.gain),
    }


def unit_json(found: UnitEconomics) -> Plain:
    """Unit economics; null for what cannot be calculated."""
    return {
        "kind": "unit",
        "spend": _number(found.spend),
        "customers": found.customers,
        "value": _number(found.value),
        "months": _number(found.months),
        "cac": _money(found.cac),
        "ltv": _money(found.ltv),
        "ratio": _number(found.ratio),
        "payback": _money(found.payback),
        "roi": _number(found.roi),
        "paid_back": found.is_paid_back,
    }


def pipeline_json(found: Pipeline, rows: DealRows) -> Plain:
    """A pipeline with its stages, its deals and the rows that are left out."""
    stay = found.longest_stay
    return {
        "kind": "pipeline",
        "rows": "stages" if found.are_stages else "deals",
        "open": len(found.having("open")) if not found.are_stages else None,
        "won": len(found.having("won")) if not found.are_stages else None,
        "lost": len(found.having("lost")) if not found.are_stages else None,
        "stage_endings": [{"stage": name, "ending": ending} for name, ending in found.endings],
        "value": _money(found.value),
        "won_value": None if found.are_stages else _money(found.value_of("won")),
        "weighted": _money(found.weighted),
        "forecast": _money(found.forecast),
        "success_rate": _number(found.success),
        "win_rate": _number(found.win_rate),
        "rates": [_number(step.rate) for step in found.flow.steps],
        "losses": [step.loss for step in found.flow.steps],
        "overall": _number(found.flow.overall),
        "weakest": _step(found.lowest_rate),
        "longest_stay": {"stage": stay.name, "days": _money(stay.days)} if stay else None,
        "stages": [_stage(stage) for stage in found.stages],
        "deals": [] if found.are_stages else [_deal(each) for each in found.deals],
        "without": found.unknown._asdict(),
        "probabilities": rows.unit or None,
        "bad": [
            {"row": cell.row, "column": cell.column, "text": cell.text, "why": cell.fault}
            for cell in rows.bad
        ],
    }


def _stage(stage: StageRow) -> Plain:
    return {
        "stage": stage.name,
        "reached": stage.reached,
        "standing": stage.standing,
        "value": _money(stage.value),
        "accumulated": _money(stage.accumulated),
        "forecast": _money(stage.forecast),
        "days": _money(stage.days),
    }


def _deal(placed: PlacedDeal) -> Plain:
    deal = placed.deal
    return {
        "row": deal.row,
        "name": deal.name,
        "stage": deal.stage,
        "place": placed.place,
        "standing": placed.standing,
        "value": _money(deal.value),
        "probability": _number(placed.probability),
        "weighted": _money(placed.weighted),
        "days": _money(deal.days),
    }


def _step(step: Step | None) -> Plain | None:
    if step is None:
        return None
    return {
        "step": step.place,
        "from": step.before.name,
        "to": step.after.name,
        "rate": _number(step.rate),
        "loss": step.loss,
    }


def _number(number: Fraction | None) -> int | float | None:
    """A number for JSON, which has no fractions: whole where it is, else the nearest float."""
    if number is None:
        return None
    return number.numerator if number.denominator == 1 else float(number)


def _money(number: Fraction | None) -> int | float | None:
    """As `_number`, rounded first to two decimals, below 1 to no less than two digits."""
    return None if number is None else _number(round(number, decimals_of(number)))
