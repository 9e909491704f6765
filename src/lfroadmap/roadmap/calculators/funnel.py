"""A funnel: counts by step, and the rates, losses and weakest step that follow from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from lfroadmap.roadmap.calculators.formulas import formula

FORMULAS = (
    formula("rate = after ÷ before"),
    formula("loss = before − after"),
    formula("overall = last ÷ first"),
)
WHAT_IF_FORMULA = formula("new_end = first × rates")


class Count(NamedTuple):
    """The number of people, or deals, at a point of a funnel."""

    name: str
    number: int


class Step(NamedTuple):
    """The step from a count to the next one."""

    place: int
    """From 1."""
    before: Count
    after: Count

    @property
    def rate(self) -> Fraction | None:
        """The share that goes on, above 1 where the count grows; None where there is nobody before it."""
        return Fraction(self.after.number, self.before.number) if self.before.number else None

    @property
    def loss(self) -> int:
        """How many do not go on; negative where the count grows."""
        return self.before.number - self.after.number

    @property
    def grows(self) -> bool:
        """True if there are more after the step than before it."""
        return self.loss < 0


@dataclass(frozen=True, slots=True)
class Funnel:
    """Counts in the order of the steps."""

    counts: tuple[Count, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps between the counts; none where there are fewer than two."""
        return tuple(Step(n, *pair) for n, pair in enumerate(pairwise(self.counts), 1))

    @property
    def overall(self) -> Fraction | None:
        """The last count of the first; None without a step, and where the first is 0."""
        if len(self.counts) < 2 or not self.counts[0].number:
            return None
        return Fraction(self.counts[-1].number, self.counts[0].number)

    @property
    def weakest(self) -> Step | None:
        """The step with the lowest rate, of several the one that loses most, of these the first.

        None where no step loses anything.
        """
        losing = [step for step in self.steps if step.loss > 0]
        return min(losing, key=lambda step: (step.rate or Fraction(0), -step.loss), default=None)


class WhatIf(NamedTuple):
    """The end of a funnel with other rates."""

    rates: tuple[Fraction | None, ...]
    """The rates of all steps, the changed ones among them."""
    end: Fraction | None
    """The last count, which need not be whole; None where a step has no rate."""
    gain: Fraction | None
    """How many more than before there are at the end; negative for fewer."""


def funnel(counts: Sequence[Count]) -> Funnel:
    """The funnel of these counts; raises ValueError for a negative one."""
    if any(each.number < 0 for each in counts):
        raise ValueError("a count is negative")
    return Funnel(tuple(counts))


def reaches(found: Funnel, changed: Mapping[int, Fraction], place: int) -> bool:
    """True if anybody comes to a step, with the counts as they are or with the other rates."""
    if found.steps[place - 1].before.number:
        return True
    before = what_if(Funnel(found.counts[:place]), {n: rate for n, rate in changed.items() if n < place})
    return bool(before.end)


def what_if(found: Funnel, changed: Mapping[int, Fraction]) -> WhatIf:
    """The end of a funnel whose steps have other rates, by their place; raises KeyError for no such step."""
    rates: list[Fraction | None] = [step.rate for step in found.steps]
    for place, rate in changed.items():
        if not 0 < place <= len(rates):
            raise KeyError(place)
        rates[place - 1] = rate
    end: Fraction | None = Fraction(found.counts[0].number) if found.counts else None
    for each in rates:
        end = None if end is None or each is None else end * each
    return WhatIf(tuple(rates), end, None if end is None else end - found.counts[-1].number)
