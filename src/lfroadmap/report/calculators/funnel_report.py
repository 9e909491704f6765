"""The report of a funnel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from lfroadmap.report.bars import BarRow, Bars
from lfroadmap.report.calculators.figures import (
    NONE,
    format_exact,
    format_losing,
    format_rate,
    format_step,
    formulas,
    length,
)
from lfroadmap.report.nodes import Facts, Node, Report, Section, Value
from lfroadmap.roadmap.calculators.funnel import FORMULAS, WHAT_IF_FORMULA, Funnel, what_if
from lfroadmap.words import Words


def funnel_report(found: Funnel, words: Words, changed: Mapping[int, Fraction] | None = None) -> Report:
    """A funnel as bars with its rates; `changed` are other rates of steps, by their place."""
    facts = Facts((*_facts(found, words), *_what_if_facts(found, words, changed or {})))
    body = (
        Section(words("calc.steps"), tuple(_steps(found, words)), "steps"),
        formulas((*FORMULAS, *((WHAT_IF_FORMULA,) if changed else ())), words),
    )
    return Report(words("calc.funnel"), words.language, words.direction, facts, body)


def _facts(found: Funnel, words: Words) -> Iterator[tuple[str, Value]]:
    first, last = found.counts[0], found.counts[-1]
    note = words("calc.of", part=format_exact(last.number), whole=format_exact(first.number))
    yield words("calc.name_overall"), Value(format_rate(found.overall), note=note)
    yield words("calc.weakest"), format_losing(found.weakest, words)


def _what_if_facts(
    found: Funnel, words: Words, changed: Mapping[int, Fraction]
) -> Iterator[tuple[str, Value]]:
    if not changed:
        return
    for place, rate in sorted(changed.items()):
        step = found.steps[place - 1]
        key = "calc.instead_none" if step.rate is None else "calc.instead"
        note = words(key, rate=format_rate(step.rate))
        yield (
            words("calc.if_step", n=place),
            Value(f"{format_step(step, words)}: {format_rate(rate)}", note=note),
        )
    result = what_if(found, changed)
    note = words("calc.no_end") if result.gain is None else words("calc.gain", n=_signed(result.gain))
    yield words("calc.name_new_end"), Value(format_exact(result.end), note=note)


def _signed(number: Fraction) -> str:
    return f"+{format_exact(number)}" if number > 0 else format_exact(number)


def _steps(found: Funnel, words: Words) -> Iterator[Node]:
    heads = ("calc.stage", "calc.number", "calc.step", "calc.name_rate", "calc.name_loss")
    most = max((count.number for count in found.counts), default=0)
    weakest = found.weakest
    rows = [
        BarRow(found.counts[0].name, length(found.counts[0].number, most), (_number(found, 0), "", "", ""))
    ]
    for step in found.steps:
        loss = NONE if step.grows else format_exact(step.loss)
        figures = (_number(found, step.place), str(step.place), format_rate(step.rate), loss)
        tone = "risk" if step == weakest else "accent"
        rows.append(BarRow(step.after.name, length(step.after.number, most), figures, tone))  # type: ignore[arg-type]
    yield Bars(tuple(map(words, heads)), tuple(rows))
    for step in found.steps:
        if step.grows:
            key = "calc.grows" if step.before.number else "calc.grows_from_none"
            yield Value(words(key, n=step.place, more=format_exact(-step.loss)), "risk")


def _number(found: Funnel, at: int) -> str:
    return format_exact(found.counts[at].number)
