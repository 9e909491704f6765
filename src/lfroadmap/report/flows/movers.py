"""Touchpoints that go with moving on, and where customers stay or are lost."""

from __future__ import annotations

from lfroadmap.report.flows.figures import format_count, format_share, is_number
from lfroadmap.report.flows.list_nodes import ROWS, Row, kept_rows, more, point, rows_of, step, text
from lfroadmap.report.flows.list_nodes import table as list_table
from lfroadmap.report.measure_names import measure_name
from lfroadmap.report.nodes import Facts, Grid, Node, Value
from lfroadmap.roadmap.flow_figures import FlowFigures
from lfroadmap.words import Words


def movers(figures: FlowFigures, words: Words) -> tuple[Node, ...]:
    """The shares that went on with a touchpoint and without it, each with its counts: an association."""
    rows = kept_rows(figures, "movers")
    heads = ("touchpoint", "with", "without")
    grid = Grid(
        tuple(words(f"flow_figures.head_{head}") for head in heads),
        tuple(_mover(row, words) for row in rows[:ROWS]),
    )
    return (
        Value(words("flows.about_movers"), "muted"),
        grid,
        *more(figures, "movers", len(rows), words),
    )


def _mover(row: Row, words: Words) -> tuple[Value, ...]:
    name = point([row.get("kind"), row.get("channel")], words)
    return (
        Value(name, note=step(row.get("stage"), row.get("next_stage"), words)),
        *(_went_on(row, side, words) for side in ("with", "without")),
    )


def _went_on(row: Row, side: str, words: Words) -> Value:
    share, reached, customers = (row.get(f"{name}_{side}") for name in ("share", "reached", "customers"))
    counts = words("calc.of", part=format_count(reached), whole=format_count(customers))
    return Value(format_share(share), note=counts)


def delays(figures: FlowFigures, words: Words) -> tuple[Node, ...]:
    """The step that fewest go on from, the stage that customers stay in longest, and all stays."""
    pairs = [(measure_name("bottleneck", words.language), each) for each in _bottlenecks(figures, words)]
    if longest := _longest_stay(figures, words):
        pairs.append((measure_name("longest_stay", words.language), longest))
    nodes: list[Node] = [Facts(tuple(pairs))] if pairs else []
    if rows_of(figures, "time_in_stage"):
        columns = ("stage", "stays", "mean_days", "median_days", "open")
        nodes += list_table(figures, "time_in_stage", columns, words)
    return tuple(nodes)


def _bottlenecks(figures: FlowFigures, words: Words) -> list[Value]:
    """The steps with the lowest rate, each with its share and its counts."""
    return [
        Value(
            step(row.get("before"), row.get("after"), words),
            "risk",
            words(
                "flow_figures.went_on",
                numbers=format_share(row.get("rate")),
                part=format_count(row.get("customers_after")),
                whole=format_count(row.get("customers_before")),
            ),
            measure="bottleneck",
        )
        for row in rows_of(figures, "bottleneck")
    ]


def _longest_stay(figures: FlowFigures, words: Words) -> Value | None:
    """The stage with the longest median stay, of several the first by name."""
    timed = [row for row in rows_of(figures, "time_in_stage") if is_number(row.get("median_days"))]
    if not timed:
        return None
    longest = max(timed, key=lambda row: row["median_days"])
    note = words(
        "flow_figures.stays", days=format_count(longest["median_days"]), n=format_count(longest.get("stays"))
    )
    return Value(text(longest.get("stage")), note=note, measure="longest_stay")
