"""The parts of the Flows tab: what was measured, why it was not, or how to measure for the first time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import NamedTuple

from lfroadmap.report.bars import Bars
from lfroadmap.report.flows.charts import HEAT
from lfroadmap.report.flows.figures import HEADLINE, is_number
from lfroadmap.report.flows.flows_report import MEASURES_OF, PREFIX, flows_report
from lfroadmap.report.flows.list_nodes import kept_rows, rows_of
from lfroadmap.report.measure_names import measure_name
from lfroadmap.report.nodes import Facts, Grid, Node, Section, Value
from lfroadmap.report.sparkline import Sparklines
from lfroadmap.roadmap.flow_figures import FlowFigures
from lfroadmap.roadmap.model import Measurement
from lfroadmap.ui.flows.figures import ShownFigures
from lfroadmap.words import Words

_TABLES: Mapping[str, tuple[str, ...]] = {
    "bottleneck": ("time_in_stage",),
    "return_curve": ("return_curve",),
}
"""Section -> the lists that its tables are of, where these are not the measures that explain it."""


class Part(NamedTuple):
    """A framed part of a page."""

    title: str
    nodes: tuple[Node, ...]
    tables: tuple[tuple[str, ...], ...] = ()
    """What the rows of each of its tables stand for."""


def first_steps(name: str, words: Words) -> tuple[Part, ...]:
    """How to measure, where nothing was measured yet; `name` is the roadmap's in the library."""
    command = Value(f"lfroadmap measure events.csv --into {name}", direction="ltr")
    sample = Value("lfroadmap measure --sample events.csv", direction="ltr")
    ways = Facts(
        (
            (words("flows_tab.by_key"), Value(words("flows_tab.by_key_about"))),
            (words("flows_tab.by_command"), command),
            (words("flows_tab.sample"), sample),
        )
    )
    nodes: list[Node] = [Value(words("flows_tab.nothing")), Value(""), ways, Value("")]
    nodes.append(Value(words("flows_tab.stays"), "muted"))
    if find_spec("duckdb") is None:  # found and not loaded
        nodes += [Value(""), Value(words("error.flows_needs_duckdb"), "risk")]
    return (Part(words("flows_tab.first"), tuple(nodes)),)


def problem_part(problem: str, words: Words) -> Part:
    """Why a measuring failed, and what to do."""
    return Part(words("flows_tab.failed"), (Value(problem, "late"), Value(words("flows_tab.then"), "muted")))


def figure_parts(shown: ShownFigures, past: Sequence[Measurement], words: Words) -> tuple[Part, ...]:
    """The report of figures in parts, the last one of what they are of."""
    parts: list[Part] = []
    loose: list[Node] = []
    for node in flows_report(shown.figures, words, past, shown.day):
        if isinstance(node, Section):
            tables = tuple(_targets(node, shown.figures, words))
            parts.append(Part(node.title, node.body, tables))
        else:
            loose.append(node)
    return (*parts, Part(words("flows_tab.about"), tuple(loose)))


def _targets(section: Section, figures: FlowFigures, words: Words) -> Iterator[tuple[str, ...]]:
    """What the rows of each table of a section stand for: a measure, or a row of a list."""
    part = section.id.removeprefix(PREFIX)
    ids = _TABLES.get(part) or MEASURES_OF.get(part, ())
    tables = [node for node in section.body if isinstance(node, Bars | Grid | Sparklines)]
    for n, table in enumerate(tables):
        id = ids[min(n, len(ids) - 1)] if ids else ""
        if isinstance(table, Sparklines):
            known = {measure_name(each, words.language): each for each in HEADLINE}
            yield tuple(known.get(row.name, "") for row in table.rows)
        elif part == "hot_cold":
            counts = figures.lists.get(part)
            names = [name for name in HEAT if isinstance(counts, dict) and is_number(counts.get(name))]
            yield tuple("at_risk" if name == "at_risk" else f"{id}/{name}" for name in names)
        else:
            every, kept = rows_of(figures, id), kept_rows(figures, id)
            places = [at for at, row in enumerate(every) if any(row is each for each in kept)]
            yield tuple(f"{id}/{at}" if id else "" for at in places or range(len(table.rows)))
