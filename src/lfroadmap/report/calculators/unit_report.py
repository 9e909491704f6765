"""The report of unit economics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from lfroadmap.report.bars import BarRow, Bars
from lfroadmap.report.calculators.figures import format_exact, format_rate, formulas, length
from lfroadmap.report.nodes import Facts, Node, Report, Section, Value
from lfroadmap.roadmap.calculators.unit_economics import FORMULAS, UnitEconomics
from lfroadmap.words import Words


def unit_report(found: UnitEconomics, words: Words) -> Report:
    """The cost of a new customer beside what a customer is worth, with the formulas in numbers."""
    numbers = {
        "spend": found.spend, "customers": found.customers, "monthly_value": found.value,
        "months": found.months, "cac": found.cac, "ltv": found.ltv, "ratio": found.ratio,
        "payback": found.payback, "roi": found.roi,
    }  # fmt: skip
    body = (
        Section(words("calc.results"), tuple(_body(found, words)), "results"),
        formulas(FORMULAS, words, numbers),
    )
    return Report(
        words("calc.unit"), words.language, words.direction, Facts(tuple(_facts(found, words))), body
    )


def _facts(found: UnitEconomics, words: Words) -> Iterator[tuple[str, Value]]:
    yield words("calc.name_spend"), Value(format_exact(found.spend))
    yield words("calc.name_customers"), Value(format_exact(found.customers))
    yield words("calc.name_monthly_value"), Value(format_exact(found.value), note=words("calc.value_means"))
    yield words("calc.name_months"), Value(format_exact(found.months))


def _body(found: UnitEconomics, words: Words) -> Iterator[Node]:
    most = max(found.ltv, found.cac or 0)
    heads = (words("calc.result"), words("calc.amount"))
    yield Bars(
        heads,
        (
            BarRow(words("calc.name_cac"), length(found.cac or 0, most), (format_exact(found.cac),), "risk"),
            BarRow(words("calc.name_ltv"), length(found.ltv, most), (format_exact(found.ltv),)),
        ),
    )
    yield Facts(
        (
            (words("calc.name_ratio"), Value(format_exact(found.ratio))),
            (
                words("calc.name_payback"),
                Value(format_exact(found.payback), note=_payback_note(found, words)),
            ),
            (words("calc.name_roi"), Value(format_rate(found.roi))),
        )
    )
    yield from (Value(warning, "risk") for warning in _warnings(found, words))


def _warnings(found: UnitEconomics, words: Words) -> Iterator[str]:
    for key, is_so in (
        ("no_customers", not found.customers),
        ("no_spend", not found.spend),
        ("no_value", not found.value and bool(found.cac)),
        ("not_paid_back", found.payback is not None and not found.is_paid_back),
    ):
        if is_so:
            yield words(f"calc.{key}")


def units_report(rows: Sequence[tuple[str, UnitEconomics]], words: Words) -> Report:
    """Unit economics of several channels or periods beside each other, by their names."""
    most = max(max(found.ltv, found.cac or 0) for _, found in rows)
    heads = ("calculator.unit_name", *(f"calc.name_{name}" for name in _COMPARED))
    bars = Bars(tuple(map(words, heads)), tuple(_compared(name, found, most) for name, found in rows))
    warnings = (
        (name, Value(" ".join(texts), "risk"))
        for name, found in rows
        if (texts := [*_warnings(found, words)])
    )
    facts = Facts(tuple(warnings))
    body = (bars, Value(words("calc.bars_are_ltv"), "muted"), *((facts,) if facts.pairs else ()))
    return Report(
        words("calc.unit"),
        words.language,
        words.direction,
        Facts(()),
        (Section(words("calc.results"), body, "results"), formulas(FORMULAS, words)),
    )


_COMPARED = ("cac", "ltv", "ratio", "payback", "roi")


def _compared(name: str, found: UnitEconomics, most: Fraction | int) -> BarRow:
    numbers = (found.cac, found.ltv, found.ratio, found.payback)
    figures = (*map(format_exact, numbers), format_rate(found.roi))
    is_losing = found.ratio is not None and found.ratio < 1
    return BarRow(name, length(found.ltv, most), figures, "risk" if is_losing else "accent")


def _payback_note(found: UnitEconomics, words: Words) -> str:
    return "" if found.payback is None else words("calc.in_months")
