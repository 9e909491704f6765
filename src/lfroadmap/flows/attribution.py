"""Attribution of conversions, or of their value, to the channels of their paths."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from lfroadmap.flows.results import Credits, Model

Path = tuple[str, ...]
Split = Callable[[Path], Sequence[tuple[str, float]]]
"""Path -> channels with their shares of a conversion, which sum to 1."""
MOST_CHANNELS = 200
"""Of more channels no Markov chain is solved, since the time grows with the cube of their number."""


class PathCount(NamedTuple):
    """How often a path was walked."""

    path: Path
    conversions: int
    non_conversions: int
    worth: float | None = None
    """The value of its conversions; None where none has one."""

    @property
    def rate(self) -> float:
        """Conversions of all walks."""
        return self.conversions / (self.conversions + self.non_conversions)


def _first(path: Path) -> Sequence[tuple[str, float]]:
    return [(path[0], 1.0)]


def _last(path: Path) -> Sequence[tuple[str, float]]:
    return [(path[-1], 1.0)]


def _linear(path: Path) -> Sequence[tuple[str, float]]:
    return [(channel, 1 / len(path)) for channel in path]


def _shapley(path: Path) -> Sequence[tuple[str, float]]:
    """Exact where a set of channels is worth the conversions whose channels all lie in it."""
    channels = dict.fromkeys(path)
    return [(channel, 1 / len(channels)) for channel in channels]


def _counterfactual(rates: Mapping[Path, float]) -> Split:
    """By how much higher the path's rate is than that of the path without the place; evenly if nowhere."""

    def split(path: Path) -> Sequence[tuple[str, float]]:
        gains = [
            max(0.0, rates[path] - rates.get(path[:place] + path[place + 1 :], 0.0))
            for place in range(len(path))
        ]
        total = sum(gains)
        if not total:
            return _linear(path)
        return [(channel, gain / total) for channel, gain in zip(path, gains, strict=True)]

    return split


class Attributed(NamedTuple):
    """Credits of a model."""

    conversions: Credits
    worth: Credits | None
    """The value that is attributed; None where no conversion has one."""


def attribute(paths: Sequence[PathCount]) -> dict[Model, Attributed]:
    """Credits by every model for every channel; those of Markov are empty for too many channels."""
    channels = sorted({channel for each in paths for channel in each.path})
    rates = {each.path: each.rate for each in paths}
    splits: dict[Model, Split] = {
        "first": _first,
        "last": _last,
        "linear": _linear,
        "shapley": _shapley,
        "counterfactual": _counterfactual(rates),
    }
    found = {model: _split_all(paths, channels, split) for model, split in splits.items()}
    found["markov"] = _by_effects(paths, channels)
    order: tuple[Model, ...] = ("first", "last", "linear", "markov", "shapley", "counterfactual")
    return {model: found[model] for model in order}


def _split_all(paths: Iterable[PathCount], channels: Iterable[str], split: Split) -> Attributed:
    conversions = dict.fromkeys(channels, 0.0)
    worth = dict.fromkeys(channels, 0.0)
    has_worth = False
    for each in paths:
        if not each.conversions:
            continue
        has_worth |= each.worth is not None
        for channel, share in split(each.path):
            conversions[channel] += share * each.conversions
            worth[channel] += share * (each.worth or 0.0)
    return Attributed(conversions, worth if has_worth else None)


def _by_effects(paths: Sequence[PathCount], channels: Sequence[str]) -> Attributed:
    """Conversions, and their value, by the removal effects of the Markov chain."""
    effects = removal_effects(paths, channels)
    total = sum(effects.values())
    shares = {channel: effect / total if total else 0.0 for channel, effect in effects.items()}
    conversions = sum(each.conversions for each in paths)
    values = [each.worth for each in paths if each.worth is not None]
    return Attributed(
        {channel: share * conversions for channel, share in shares.items()},
        {channel: share * sum(values) for channel, share in shares.items()} if values else None,
    )


def removal_effects(paths: Sequence[PathCount], channels: Sequence[str]) -> dict[str, float]:
    """Channel -> the share of conversions that would be lost without it: 1 − P without it ÷ P.

    In closed form: P(ever at c) × P(conversion from c) ÷ P. Empty for more than `MOST_CHANNELS` channels.
    """
    if len(channels) > MOST_CHANNELS:
        return {}
    steps = _transitions(paths)
    total = sum(steps[_START].values())
    staying = [[(a == b) - _chance(steps[a], b) for b in channels] for a in channels]
    visits_from = _inverse([[float(cell) for cell in row] for row in staying])
    starts = [steps[_START].get(channel, 0) / total if total else 0.0 for channel in channels]
    ends = [_chance(steps[channel], _WON) for channel in channels]
    places = range(len(channels))
    visits = [sum(starts[i] * visits_from[i][j] for i in places) for j in places]
    converts = [sum(visits_from[i][j] * ends[j] for j in places) for i in places]
    overall = sum(starts[i] * converts[i] for i in places)
    if not overall:
        return dict.fromkeys(channels, 0.0)
    return {
        channel: visits[i] / visits_from[i][i] * converts[i] / overall for i, channel in enumerate(channels)
    }


_START, _WON, _LOST = None, True, False
"""States of the chain beside the channels, which are texts."""
_State = str | bool | None


def _transitions(paths: Iterable[PathCount]) -> dict[_State, dict[_State, int]]:
    """State -> next state -> how often."""
    steps: dict[_State, dict[_State, int]] = defaultdict(lambda: defaultdict(int))
    for each in paths:
        walks = each.conversions + each.non_conversions
        for before, after in zip((_START, *each.path), each.path, strict=False):
            steps[before][after] += walks
        steps[each.path[-1]][_WON] += each.conversions
        steps[each.path[-1]][_LOST] += each.non_conversions
    return steps


def _chance(row: Mapping[_State, int], state: _State) -> float:
    return row.get(state, 0) / sum(row.values())


def _inverse(matrix: list[list[float]]) -> list[list[float]]:
    """The inverse of a matrix by Gauss-Jordan elimination with pivots."""
    size = len(matrix)
    rows = [[*row, *(float(i == j) for j in range(size))] for i, row in enumerate(matrix)]
    for i in range(size):
        best = max(range(i, size), key=lambda j: abs(rows[j][i]))
        rows[i], rows[best] = rows[best], rows[i]
        pivot = rows[i][i]
        rows[i] = [cell / pivot for cell in rows[i]]
        for j in range(size):
            if j != i and (factor := rows[j][i]):
                rows[j] = [cell - factor * above for cell, above in zip(rows[j], rows[i], strict=True)]
    return [row[size:] for row in rows]
