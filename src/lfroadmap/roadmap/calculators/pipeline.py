"""A pipeline: where deals stand, what they are worth, how many go on, and where they stick."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from lfroadmap.roadmap.calculators.deals import Deal, DealRows
from lfroadmap.roadmap.calculators.formulas import formula
from lfroadmap.roadmap.calculators.funnel import Count, Funnel, Step, funnel
from lfroadmap.roadmap.calculators.stage_words import Ending, StageWords
from lfroadmap.text import match_key

FORMULAS = (
    formula("weighted = Σ value × probability"),
    formula("forecast = won_value + weighted"),
    formula("success = won ÷ deals"),
    formula("win_rate = won ÷ ( won + lost )"),
)
STAGE_FORMULAS = (formula("forecast = Σ value × probability"), formula("success = last ÷ first"))
"""The formulas of a table whose rows are stages."""
Standing = Literal["open", "won", "lost"]


class PlacedDeal(NamedTuple):
    """A deal, its place among the stages and how it stands."""

    deal: Deal
    place: int
    """From 1; 0 for a lost deal of which no stage is known."""
    standing: Standing

    @property
    def probability(self) -> Fraction | None:
        """1 for a won deal, 0 for a lost one; None for an open one without any."""
        return {"won": Fraction(1), "lost": Fraction(0)}.get(self.standing, self.deal.probability)

    @property
    def weighted(self) -> Fraction | None:
        """Value by probability; None where either is not known."""
        if self.deal.value is None or self.probability is None:
            return None
        return self.deal.value * self.probability


class StageRow(NamedTuple):
    """A stage of the pipeline."""

    name: str
    standing: int | None
    """Deals that stand in it; None in a table of stages, which does not count them."""
    reached: int
    """Deals that stand in it or behind it; of a table of stages the number that it says."""
    value: Fraction | None
    """Of the deals that stand in it and are not lost; None where none of them has a value."""
    accumulated: Fraction | None
    """Of these and all stages before it."""
    forecast: Fraction | None
    """Value by probability of the deals that stand in it and are not lost; None where none has both."""
    days: Fraction | None
    """Median days of its deals; None where no row has any."""
    timed: int
    """Deals of which days are known."""


class Unknown(NamedTuple):
    """How many deals lack a value, a probability, or days; they are left out of the sums of these."""

    value: int
    """Of the deals that are not lost."""
    probability: int
    """Of the open deals, as the next one."""
    days: int


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The deals of a pipeline in the order of its stages."""

    deals: tuple[PlacedDeal, ...]
    stages: tuple[StageRow, ...]
    are_stages: bool = False
    """True if each row is a stage with the number of deals that reached it."""
    endings: tuple[tuple[str, Ending], ...] = ()
    """The stages whose names have words of an ending, in a table of deals."""

    def having(self, standing: Standing) -> list[PlacedDeal]:
        """The deals that stand so."""
        return [each for each in self.deals if each.standing == standing]

    def value_of(self, standing: Standing) -> Fraction | None:
        """The value of the deals that stand so; None where none of them has a value."""
        return known_sum(each.deal.value for each in self.having(standing))

    @property
    def value(self) -> Fraction | None:
        """The accumulated value: of all deals that are not lost; None where none of them has a value."""
        return known_sum(each.deal.value for each in self.deals if each.standing != "lost")

    @property
    def weighted(self) -> Fraction | None:
        """Value by probability of the open deals; None where none of them has both."""
        return known_sum(each.weighted for each in self.having("open"))

    @property
    def forecast(self) -> Fraction | None:
        """What is won, and the weighted value of the rest; None where either is not known."""
        won, weighted = self.value_of("won"), self.weighted
        return None if won is None or weighted is None else won + weighted

    @property
    def may_overlap(self) -> bool:
        """True if values of stages fall from one to the next, as those of all deals that reached them do."""
        values = [stage.value for stage in self.stages if stage.value is not None]
        is_falling = all(before >= after for before, after in pairwise(values))
        return self.are_stages and len(values) > 1 and is_falling

    @property
    def flow(self) -> Funnel:
        """The deals that reached each stage."""
        return funnel([Count(stage.name, stage.reached) for stage in self.stages])

    @property
    def success(self) -> Fraction | None:
        """Won deals of all; in a table of stages the last stage of the first. None where there are none."""
        if self.are_stages:
            return self.flow.overall
        return Fraction(len(self.having("won")), len(self.deals)) if self.deals else None

    @property
    def win_rate(self) -> Fraction | None:
        """Won deals of the won and lost ones; None where none is decided."""
        won, lost = len(self.having("won")), len(self.having("lost"))
        return Fraction(won, won + lost) if won + lost else None

    @property
    def lowest_rate(self) -> Step | None:
        """The step that fewest deals go on from, by their share."""
        return self.flow.weakest

    @property
    def longest_stay(self) -> StageRow | None:
        """The stage with the longest median stay, of several the first."""
        timed = [stage for stage in self.stages if stage.days is not None]
        return max(timed, key=lambda stage: stage.days or Fraction(0), default=None)

    @property
    def unknown(self) -> Unknown:
        """What the deals lack."""
        rows = [each.deal for each in self.having("open")]
        return Unknown(
            sum(each.deal.value is None for each in self.deals if each.standing != "lost"),
            sum(each.probability is None for each in rows),
            sum(each.days is None for each in rows),
        )


def stage_names(rows: DealRows, words: StageWords) -> tuple[str, ...]:
    """The stages in the order in which the rows first name them, those of won deals last.

    Stages of lost deals are none: a deal leaves the others for them.
    """
    names = {match_key(deal.stage): deal.stage for deal in reversed(rows.deals)}
    order = dict.fromkeys(match_key(deal.stage) for deal in rows.deals)
    if rows.are_stages:
        return tuple(names[key] for key in order)
    endings = {key: words.ending(names[key]) for key in order}
    kept = [key for key in order if endings[key] != "lost"]
    return tuple(names[key] for key in sorted(kept, key=lambda key: endings[key] in ("won", "closing")))


def pipeline(rows: DealRows, words: StageWords = StageWords(), stages: Sequence[str] = ()) -> Pipeline:  # noqa: B008 - a frozen tuple
    """The pipeline of these rows, with its stages in an order or else as `stage_names` orders them.

    Raises KeyError for a stage that the order lacks.
    """
    are_stages = rows.are_stages  # it looks at all rows
    names = tuple(stages) or stage_names(rows, words)
    places = {match_key(name): n for n, name in enumerate(names, 1)}
    placed = tuple(_placed(deal, places, words, are_stages=are_stages) for deal in rows.deals)
    standing: dict[int, list[PlacedDeal]] = {n: [] for n in range(len(names) + 1)}
    for each in placed:
        standing[each.place].append(each)
    reached = _reached(standing, are_stages=are_stages)
    found = [_stage(name, standing[n], reached[n], are_stages=are_stages) for n, name in enumerate(names, 1)]
    endings = () if are_stages else _endings(rows.deals, words)
    return Pipeline(placed, tuple(_accumulated(found, standing)), are_stages, endings)


def _endings(deals: Sequence[Deal], words: StageWords) -> tuple[tuple[str, Ending], ...]:
    names = {match_key(deal.stage): deal.stage for deal in deals}
    return tuple((name, ending) for name in names.values() if (ending := words.ending(name)))


def _accumulated(stages: Sequence[StageRow], standing: Mapping[int, Sequence[PlacedDeal]]) -> list[StageRow]:
    """The stages with the values of these and all stages before them."""
    values: list[Fraction | None] = []
    found = []
    for n, stage in enumerate(stages, 1):
        if any(each.standing != "lost" for each in standing[n]):
            values.append(stage.value)
        found.append(stage._replace(accumulated=known_sum(values)))
    return found


def _placed(deal: Deal, places: dict[str, int], words: StageWords, *, are_stages: bool) -> PlacedDeal:
    key = match_key(deal.stage)
    if are_stages:
        return PlacedDeal(deal, places[key], "open")
    ending = words.ending(deal.stage)
    place = places.get(key, 0) if ending == "lost" else places[key]
    return PlacedDeal(deal, place, _standing(deal, ending))


def _standing(deal: Deal, ending: Ending) -> Standing:
    """How a deal stands: by its stage's name if that says it, else by its probability."""
    if ending == "lost" or (deal.probability == 0 and ending != "won"):
        return "lost"
    is_closed = ending == "closing" and deal.probability is None
    return "won" if ending == "won" or deal.probability == 1 or is_closed else "open"


def _reached(standing: Mapping[int, Sequence[PlacedDeal]], *, are_stages: bool) -> dict[int, int]:
    """Place -> deals that reached it; all deals reached the first, also those of which no stage is known."""
    if are_stages:
        return {place: sum(each.deal.reached or 0 for each in here) for place, here in standing.items()}
    places = sorted(standing, reverse=True)
    counts = dict(zip(places, accumulate(len(standing[place]) for place in places), strict=True))
    return counts | {1: counts[0]}


def _stage(name: str, here: Sequence[PlacedDeal], reached: int, *, are_stages: bool) -> StageRow:
    """A stage with its sums; the accumulated one is made when all are known."""
    kept = [each for each in here if each.standing != "lost"]
    days = [each.deal.days for each in here if each.deal.days is not None]
    return StageRow(
        name,
        None if are_stages else len(here),
        reached,
        known_sum(each.deal.value for each in kept),
        None,
        known_sum(each.weighted for each in kept),
        median(days),
        len(days),
    )


def known_sum(numbers: Iterable[Fraction | None]) -> Fraction | None:
    """The sum of the known numbers; None where there are numbers and none is known."""
    every = list(numbers)
    known = [number for number in every if number is not None]
    return sum(known, Fraction(0)) if known or not every else None


def median(numbers: Sequence[Fraction]) -> Fraction | None:
    """The middle number, or the mean of the two in the middle; None where there are none."""
    ordered, middle = sorted(numbers), len(numbers) // 2
    if not ordered:
        return None
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
