"""The funnel: rates, losses, the weakest step and other rates, against fractions worked out another way."""

from __future__ import annotations

from fractions import Fraction
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from lfroadmap.roadmap.calculators.funnel import Count, Funnel, funnel, what_if

SHARE = Fraction(1, 100)


def of(*numbers: int) -> Funnel:
    return funnel([Count(str(n), number) for n, number in enumerate(numbers, 1)])


def test_the_example_ties_are_broken_by_the_larger_loss() -> None:
    found = of(1000, 200, 50, 10)
    assert [step.rate for step in found.steps] == [20 * SHARE, 25 * SHARE, 20 * SHARE]
    assert [step.loss for step in found.steps] == [800, 150, 40]
    assert found.overall == SHARE
    assert found.weakest == found.steps[0]


@pytest.mark.parametrize(
    ("numbers", "weakest"),
    [
        ((100, 50, 10), 2),
        ((100, 50, 25), 1),  # of equal rates and unequal losses
        ((10, 5, 100, 50), 3),  # the later one loses more
        ((4, 2, 4, 2), 1),  # all alike: the first
        ((10, 0, 0), 1),
        ((0, 5, 4), 2),
        ((10, 12, 12), None),  # nobody is lost
        ((7, 7), None),
        ((7,), None),
        ((), None),
        ((0, 0), None),
    ],
)
def test_the_weakest_step(numbers: tuple[int, ...], weakest: int | None) -> None:
    found = of(*numbers).weakest
    assert (found.place if found else None) == weakest


def test_after_nobody_there_is_no_rate() -> None:
    found = of(0, 5, 0, 0)
    assert [step.rate for step in found.steps] == [None, 0, None]
    assert [step.loss for step in found.steps] == [-5, 5, 0]
    assert found.overall is None


def test_a_count_that_grows_says_so() -> None:
    found = of(100, 150, 30)
    assert [step.grows for step in found.steps] == [True, False]
    assert [step.rate for step in found.steps] == [Fraction(3, 2), Fraction(1, 5)]
    assert [step.loss for step in found.steps] == [-50, 120]
    assert found.weakest == found.steps[1]


@pytest.mark.parametrize("numbers", [(), (5,)])
def test_without_a_step_there_is_nothing_to_compare(numbers: tuple[int, ...]) -> None:
    found = of(*numbers)
    assert (found.steps, found.overall, found.weakest) == ((), None, None)


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        of(5, -1)


def test_another_rate_moves_the_end() -> None:
    result = what_if(of(1000, 200, 50, 10), {1: 25 * SHARE})
    assert (result.end, result.gain) == (Fraction(25, 2), Fraction(5, 2))
    assert result.rates == (25 * SHARE, 25 * SHARE, 20 * SHARE)
    assert what_if(of(1000, 200), {1: Fraction(1, 10)}).gain == -100


def test_another_rate_cannot_say_what_comes_after_nobody() -> None:
    assert what_if(of(100, 0, 0), {1: Fraction(1, 2)}) == ((Fraction(1, 2), None), None, None)
    assert what_if(of(100, 0, 0), {1: Fraction(1, 2), 2: Fraction(1, 5)}).end == 10


@pytest.mark.parametrize("place", [0, 3, -1])
def test_another_rate_of_no_step_is_refused(place: int) -> None:
    with pytest.raises(KeyError):
        what_if(of(3, 2, 1), {place: SHARE})


counts = st.lists(st.integers(0, 10**15), max_size=8)


@examples(200)
@given(counts)
def test_rates_and_losses_agree_with_each_other(numbers: list[int]) -> None:
    found = of(*numbers)
    assert sum(step.loss for step in found.steps) == (numbers[0] - numbers[-1] if numbers else 0)
    for step in found.steps:
        assert step.grows == (step.after.number > step.before.number)
        if step.rate is not None:
            assert step.rate * step.before.number == step.after.number
    if len(numbers) > 1 and all(numbers):
        assert found.overall == prod((step.rate for step in found.steps if step.rate), start=Fraction(1))


@examples(200)
@given(counts)
def test_no_step_is_weaker_than_the_weakest(numbers: list[int]) -> None:
    found = of(*numbers)
    weakest = found.weakest
    losing = [step for step in found.steps if step.after.number < step.before.number]
    assert (weakest is None) == (not losing)
    for step in losing:
        assert weakest is not None
        # rates compared by cross multiplication
        this, that = step.after.number * weakest.before.number, weakest.after.number * step.before.number
        assert this > that or (this == that and step.loss <= weakest.loss)


@examples(200)
@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=6), st.fractions(0, 1), st.data())
def test_the_new_end_is_the_old_one_by_the_change_of_the_rate(
    numbers: list[int], rate: Fraction, data: st.DataObject
) -> None:
    found = of(*numbers)
    place = data.draw(st.integers(1, len(numbers) - 1))
    result = what_if(found, {place: rate})
    expected = Fraction(numbers[-1]) * rate * numbers[place - 1] / numbers[place]
    assert (result.end, result.gain) == (expected, expected - numbers[-1])
    assert what_if(found, {}) == (tuple(step.rate for step in found.steps), numbers[-1], 0)
