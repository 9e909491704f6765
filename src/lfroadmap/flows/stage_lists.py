"""Lists about steps and stages, out of the results of queries."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from lfroadmap.flows.conversation_rows import Conversations, Objection, Satisfaction
from lfroadmap.flows.parameters import DAY, LEAST, Parameters
from lfroadmap.flows.results import (
    Bottleneck,
    ChannelCost,
    Mover,
    StageCost,
    Stay,
    StepCount,
)
from lfroadmap.flows.tables import Table, Tables, number, ratio, text, whole
from lfroadmap.roadmap.calculators.funnel import Count, funnel


def _steps(table: Table, steps: tuple[str, ...]) -> tuple[StepCount, ...]:
    reached = [whole(table.first(f"reached_{place}")) for place in range(1, len(steps) + 1)]
    return tuple(
        StepCount(
            place,
            step,
            reached[place - 1],
            ratio(reached[place - 1], reached[place - 2]) if place > 1 else None,
            ratio(reached[place - 1], reached[0]),
        )
        for place, step in enumerate(steps, 1)
    )


def stage_conversion_any(tables: Tables, parameters: Parameters) -> tuple[StepCount, ...]:
    """Customers with a chain of the first steps that begins at any event of the first step."""
    return _steps(tables["funnel_any"], parameters.steps)


def stage_conversion_first(tables: Tables, parameters: Parameters) -> tuple[StepCount, ...]:
    """Customers with a chain of the first steps that begins at their first event of the first step."""
    return _steps(tables["funnel_first"], parameters.steps)


def bottleneck(tables: Tables, parameters: Parameters) -> tuple[Bottleneck, ...]:
    """The step with the lowest rate, of several the one that loses most; empty where none loses anybody."""
    counts = [Count(row.step, row.customers) for row in stage_conversion_any(tables, parameters)]
    worst = funnel(counts).weakest
    if worst is None:
        return ()
    rate = float(worst.rate or Fraction(0))
    before, after = worst.before, worst.after
    return (Bottleneck(before.name, after.name, before.number, after.number, rate, worst.loss),)


def time_in_stage(tables: Tables, _: Parameters) -> tuple[Stay, ...]:
    """Stays in each stage, in the order of the stages' names."""
    found = []
    for stage, ended, still_open, total, middle, middles in tables["time_in_stage"].each(
        "stage", "ended_stays", "open_stays", "total", "middle", "middles"
    ):
        mean, median = ratio(number(total), whole(ended) * DAY), ratio(number(middle), whole(middles) * DAY)
        found.append(Stay(str(stage), whole(ended), mean, median, whole(still_open)))
    return tuple(sorted(found, key=lambda row: row.stage))


def longest_stay(tables: Tables, parameters: Parameters) -> tuple[Stay, ...]:
    """The stage with the longest median stay, of several the first by name."""
    timed = [row for row in time_in_stage(tables, parameters) if row.median_days is not None]
    return (max(timed, key=lambda row: row.median_days or 0.0),) if timed else ()


def movers(tables: Tables, parameters: Parameters) -> tuple[Mover, ...]:
    """Touchpoints in each stage by how many more of the customers with them went on."""
    arrived = {
        whole(place): (whole(customers), whole(reached))
        for place, customers, reached in tables["arrivals"].each("place", "customers", "reached")
    }
    found = []
    for place, kind, channel, customers, reached in tables["movers"].each(
        "place", "kind", "channel", "customers_with", "reached_with"
    ):
        here, step = arrived[whole(place)], whole(place)
        with_it, gone_on = whole(customers), whole(reached)
        without, others = here[0] - with_it, here[1] - gone_on
        row = Mover(
            parameters.steps[step - 1],
            parameters.steps[step],
            text(kind),
            text(channel),
            with_it,
            gone_on,
            gone_on / with_it,
            without,
            others,
            ratio(others, without),
            min(with_it, without) >= LEAST,
        )
        found.append((step, row))
    return tuple(row for _, row in sorted(found, key=_by_effect))


def _by_effect(found: tuple[int, Mover]) -> tuple[object, ...]:
    """By step, the ranked first, by the difference of the shares."""
    step, row = found
    gain = row.share_with - (row.share_without or 0.0)
    return (step, not row.is_ranked, -gain, -row.customers_with, str(row.kind), row.channel or "")


def cost_per_stage(tables: Tables, parameters: Parameters) -> tuple[StageCost, ...]:
    """Cost at each step by customers who reached the next one within the window."""
    counts = {
        whole(place): (number(spent), whole(customers), whole(reached))
        for place, spent, customers, reached in tables["cost_per_stage"].each(
            "place", "spent", "customers", "reached"
        )
    }
    found = []
    for place, step in enumerate(parameters.steps, 1):
        spent, customers, reached = counts.get(place, (None, 0, 0))
        is_last = place == len(parameters.steps)
        found.append(
            StageCost(
                step, spent, customers, None if is_last else reached, ratio(spent, 0 if is_last else reached)
            )
        )
    return tuple(found)


def cost_per_channel(tables: Tables, _: Parameters) -> tuple[ChannelCost, ...]:
    """Cost in each channel by customers who reached the next step within the window of an event there."""
    spent: dict[str, list[float]] = defaultdict(list)
    for _kind, channel, cost in tables["touchpoints"].each("kind", "channel", "spent"):
        if channel is not None:
            spent[str(channel)] += [] if cost is None else [number(cost) or 0.0]
    reached = {str(channel): whole(n) for channel, n in tables["cost_per_channel"].each("channel", "reached")}
    found = []
    for channel, costs in sorted(spent.items()):
        total, n = sum(costs) if costs else None, reached.get(channel, 0)
        found.append(ChannelCost(channel, total, n, ratio(total, n)))
    return tuple(found)


def satisfaction(tables: Tables, _: Parameters) -> tuple[Satisfaction, ...]:
    """Mean satisfaction of all, and by stage; empty where nobody answered."""
    rows = [
        (text(stage), whole(answers), number(total) or 0.0)
        for stage, answers, total in tables["satisfaction"].each("stage", "answers", "total")
    ]
    if not rows:
        return ()
    answers = sum(row[1] for row in rows)
    by_stage = [
        Satisfaction("stage", stage, n, total / n) for stage, n, total in sorted(rows, key=_none_last)
    ]
    return (Satisfaction("all", None, answers, sum(row[2] for row in rows) / answers), *by_stage)


def _none_last(row: tuple[str | None, int, float]) -> tuple[bool, str]:
    return row[0] is None, row[0] or ""


_Group = tuple[str, str | None]
"""`stage` with its name, or `exit` or `purchase` with None."""


def _groups(stage: object, before_exit: object, before_purchase: object) -> list[_Group]:
    """The groups that a conversation is counted in."""
    groups: list[_Group] = [("stage", text(stage))]
    groups += [("exit", None)] if whole(before_exit) else []
    groups += [("purchase", None)] if whole(before_purchase) else []
    return groups


def conversations(tables: Tables, _: Parameters) -> tuple[Conversations, ...]:
    """Conversations by stage, in exits and before purchases, with means of what the columns hold."""
    sums: dict[_Group, list[float]] = defaultdict(lambda: [0.0] * 5)
    for stage, before_exit, before_purchase, *cells in tables["conversations"].each(
        "stage",
        "before_exit",
        "before_purchase",
        "conversations",
        "rated",
        "sentiments",
        "readied",
        "readinesses",
    ):
        for group in _groups(stage, before_exit, before_purchase):
            sums[group] = [a + (number(b) or 0.0) for a, b in zip(sums[group], cells, strict=True)]
    heard: dict[_Group, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for stage, before_exit, before_purchase, objection, n in tables["objections"].each(
        "stage", "before_exit", "before_purchase", "objection", "occurrences"
    ):
        for group in _groups(stage, before_exit, before_purchase):
            heard[group][str(objection)] += whole(n)
    return tuple(
        _conversations(group, sums[group], heard[group]) for group in sorted(sums, key=_stages_first)
    )


def _stages_first(group: _Group) -> tuple[bool, str, bool, str]:
    return group[0] != "stage", group[0], group[1] is None, group[1] or ""


def _conversations(group: _Group, sums: list[float], heard: dict[str, int]) -> Conversations:
    count, rated, sentiments, readied, readinesses = sums
    objections = sorted(heard.items(), key=lambda each: (-each[1], each[0]))
    return Conversations(
        group[0],  # type: ignore[arg-type]
        group[1],
        int(count),
        ratio(sentiments, rated),
        ratio(readinesses, readied),
        tuple(Objection(*each) for each in objections),
    )
