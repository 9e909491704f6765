"""The report of a measurement that is kept in a roadmap, section by section."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from lfroadmap.report.flows.channels import channels
from lfroadmap.report.flows.charts import cohorts, funnel, heat, return_curve, touchpoints
from lfroadmap.report.flows.headline import headline, trends
from lfroadmap.report.flows.list_nodes import rows_of, table
from lfroadmap.report.flows.movers import delays, movers
from lfroadmap.report.flows.parameters import about_figures
from lfroadmap.report.measure_names import measure_name
from lfroadmap.report.nodes import Node, Section, Value
from lfroadmap.roadmap.flow_figures import FlowFigures
from lfroadmap.roadmap.model import Measurement
from lfroadmap.words import Words

PREFIX = "flows-"
"""Beginning of the ids of the sections; the rest is a key of `MEASURES_OF`."""
MEASURES_OF: Mapping[str, tuple[str, ...]] = {
    "headline": (),
    "entry_points": ("entry_points",),
    "exit_points": ("exit_points",),
    "funnel": ("stage_conversion_any", "stage_conversion_first"),
    "paths": ("paths",),
    "attribution": ("attribution", "roi"),
    "cost_per_channel": ("cost_per_channel",),
    "bottleneck": ("bottleneck", "time_in_stage", "longest_stay"),
    "return_curve": ("return_curve",),
    "comeback": ("comeback",),
    "cohorts": ("cohorts",),
    "movers": ("movers",),
    "hot_cold": ("hot_cold", "at_risk"),
}
"""Part of the report -> the measures that explain it, the first of which names it where it has one name.

The rows of the headline name their own: `Value.measure`.
"""
_OWN_TITLES = ("headline", "funnel", "attribution", "bottleneck", "return_curve", "hot_cold")
_PATHS = ("path", "conversions", "non_conversions", "rate", "value")
_COSTS = ("channel", "cost", "reached", "cost_per_customer")


def flows_report(
    figures: FlowFigures, words: Words, past: Sequence[Measurement] = (), day: str = ""
) -> list[Node]:
    """What the figures are of, and a section for each thing that was measured; empty ones are left out.

    `past` are all measurements that are kept, that of the figures among them; `day` is that of the figures.
    """
    about = about_figures(figures, day, words)
    return [*((about,) if about.pairs else ()), *_sections(figures, words, past)]


def _sections(figures: FlowFigures, words: Words, past: Sequence[Measurement]) -> Iterator[Section]:
    for part, nodes_of in _PARTS.items():
        if nodes := nodes_of(figures, words):
            yield Section(_title(part, words), nodes, f"{PREFIX}{part}")
        if part == "headline" and (found := trends(figures, past, words)):
            yield Section(words("kpi.trend"), (found,), f"{PREFIX}trends")


def _title(part: str, words: Words) -> str:
    if part in _OWN_TITLES:
        return words(f"flow_figures.title_{part}")
    return measure_name(part, words.language)


def _headline(figures: FlowFigures, words: Words) -> tuple[Node, ...]:
    if not figures.measures:
        return ()
    if figures.before:
        note = words.plural("flow_figures.compared", figures.period_days)
    else:
        note = words("flow_figures.nothing_before")
    return Value(note, "muted"), headline(figures, words)


def _if_any(
    id: str, nodes_of: Callable[[FlowFigures, Words], tuple[Node, ...]]
) -> Callable[[FlowFigures, Words], tuple[Node, ...]]:
    """The nodes of a list that has rows."""
    return lambda figures, words: nodes_of(figures, words) if rows_of(figures, id) else ()


def _points(id: str, figures: FlowFigures, words: Words) -> tuple[Node, ...]:
    return touchpoints(figures, id, words) if rows_of(figures, id) else ()


def _table(id: str, columns: Sequence[str], figures: FlowFigures, words: Words) -> tuple[Node, ...]:
    return table(figures, id, columns, words) if rows_of(figures, id) else ()


def _funnel(figures: FlowFigures, words: Words) -> tuple[Node, ...]:
    if rows_of(figures, "stage_conversion_any"):
        return funnel(figures, words)
    return (Value(words("flows.no_steps"), "muted"),)


_PARTS: Mapping[str, Callable[[FlowFigures, Words], tuple[Node, ...]]] = {
    "headline": _headline,
    "entry_points": partial(_points, "entry_points"),
    "exit_points": partial(_points, "exit_points"),
    "funnel": _funnel,
    "paths": partial(_table, "paths", _PATHS),
    "attribution": channels,
    "cost_per_channel": partial(_table, "cost_per_channel", _COSTS),
    "bottleneck": delays,
    "return_curve": _if_any("return_curve", return_curve),
    "comeback": partial(_points, "comeback"),
    "cohorts": _if_any("cohorts", cohorts),
    "movers": _if_any("movers", movers),
    "hot_cold": heat,
}
"""Part -> its nodes, none where there is nothing of it; in reading order."""
