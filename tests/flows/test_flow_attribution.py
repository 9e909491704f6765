"""Attribution against its definitions: coalitions one by one, and chains of many channels."""

from __future__ import annotations

import random
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lfroadmap.flows.attribution import MOST_CHANNELS, PathCount, attribute, removal_effects

CHANNELS = "abcd"
PATHS = st.lists(
    st.builds(
        PathCount,
        st.lists(st.sampled_from(CHANNELS), min_size=1, max_size=4).map(tuple),
        st.integers(0, 5),
        st.integers(1, 5),
    ),
    max_size=8,
    unique_by=lambda each: each.path,
)


@given(PATHS)
def test_the_even_split_is_the_shapley_value(paths: list[PathCount]) -> None:
    def worth(coalition: set[str]) -> int:
        return sum(each.conversions for each in paths if coalition.issuperset(each.path))

    orders = list(permutations(CHANNELS))
    values = dict.fromkeys(CHANNELS, 0.0)
    for order in orders:
        for place, channel in enumerate(order):
            gain = worth(set(order[: place + 1])) - worth(set(order[:place]))
            values[channel] += gain / len(orders)
    found = attribute(paths)["shapley"].conversions
    assert {channel: found.get(channel, 0.0) for channel in CHANNELS} == pytest.approx(values)


@given(PATHS)
def test_every_model_attributes_every_conversion(paths: list[PathCount]) -> None:
    conversions = sum(each.conversions for each in paths)
    for model, found in attribute(paths).items():
        assert sum(found.conversions.values()) == pytest.approx(conversions), model
        assert all(credit >= -1e-12 for credit in found.conversions.values()), model


def test_a_chain_of_as_many_channels_as_are_allowed_is_solved() -> None:
    dice = random.Random(1)
    channels = [f"c{n}" for n in range(MOST_CHANNELS // 4)]
    paths = [PathCount(tuple(dice.sample(channels, 5)), 1, 3) for _ in range(500)]
    effects = removal_effects(paths, channels)
    for channel in dice.sample(channels, 3):
        without = _conversion_rate(paths, channel)
        assert effects[channel] == pytest.approx(1 - without / _conversion_rate(paths, None), abs=1e-9)


def _conversion_rate(paths: list[PathCount], removed: str | None) -> float:
    """The chance of a conversion by walking the chain until nothing moves."""
    steps: dict[str, dict[str, int]] = {}
    for each in paths:
        for end, times in (("won", each.conversions), ("lost", each.non_conversions)):
            states = ("start", *each.path, end)
            for before, after in pairwise(states):
                row = steps.setdefault(before, {})
                row[after] = row.get(after, 0) + times
    here, won = {"start": 1.0}, 0.0
    while sum(here.values()) > 1e-14:
        coming: dict[str, float] = {}
        for state, chance in here.items():
            total = sum(steps[state].values())
            for after, times in steps[state].items():
                if after == "won":
                    won += chance * times / total
                elif after not in ("lost", removed):
                    coming[after] = coming.get(after, 0.0) + chance * times / total
        here = coming
    return won
