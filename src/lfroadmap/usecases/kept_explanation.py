"""The explanation of a figure that is kept: by the parameters that it was measured with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from lfroadmap.flows.parameters import MEANINGS, Filters, Parameters
from lfroadmap.flows.results import Result, Scalar
from lfroadmap.report.nodes import Node, Report, Section, Value
from lfroadmap.roadmap.flow_figures import FlowFigures
from lfroadmap.text import one_line
from lfroadmap.usecases.explain_report import explanation_of, explanation_report
from lfroadmap.words import Words

MOST_CUSTOMERS = 200
"""Customers that are listed at most."""
_DAYS = ("gap_days", "window_days", "look_back_days", "ready_score")


def kept_explanation(figures: FlowFigures, id: str, words: Words, customers: Sequence[str] = ()) -> Report:
    """What a measure is, what it came to and the query that computed it; raises UsageError for none.

    `customers` are the ones that this machine knows of it.
    """
    parameters = parameters_of(figures.parameters)
    figure = figures.measures.get(id)
    scalars = {}
    if figure is not None:
        value, numerator, denominator, unit = figure
        scalars[id] = Scalar(value, numerator, denominator, cast("Any", unit), ())
    result = Result(parameters, scalars, {}, {})
    report = explanation_report(explanation_of(id, parameters, words), result, words)
    if not customers:
        return report
    shown = ", ".join(map(one_line, customers[:MOST_CUSTOMERS]))
    nodes: list[Node] = [Value(words("flows_tab.customers_here"), "muted"), Value(shown)]
    if (rest := len(customers) - MOST_CUSTOMERS) > 0:
        nodes.append(Value(words.plural("compared.more", rest), "muted"))
    return replace(report, body=(Section(words(f"flows.list_{id}"), tuple(nodes)), *report.body))


def parameters_of(plain: Mapping[str, Any]) -> Parameters:
    """The parameters that figures were measured with; what is no parameter has its default."""
    given: dict[str, Any] = {name: plain[name] for name in _DAYS if _is_number(plain.get(name))}
    if isinstance(as_of := plain.get("as_of"), int):
        given["as_of"] = as_of
    if isinstance(steps := plain.get("steps"), list):
        given["steps"] = tuple(step for step in steps if isinstance(step, str))
    if isinstance(weights := plain.get("weights"), Mapping):
        given["weights"] = {kind: weight for kind, weight in weights.items() if _is_number(weight)}
    if isinstance(meanings := plain.get("meanings"), Mapping):
        given["meanings"] = {
            meaning: tuple(kind for kind in kinds if isinstance(kind, str))
            for meaning in MEANINGS
            if isinstance(kinds := meanings.get(meaning), list)
        }
    given["filters"] = _filters(plain)
    try:
        return Parameters(**given)
    except ValueError:  # the text may come from anywhere
        return Parameters()


def _filters(plain: Mapping[str, Any]) -> Filters:
    channel, segment, since = (plain.get(name) for name in ("channel", "segment", "since"))
    column, sign, value = segment.partition("=") if isinstance(segment, str) else ("", "", "")
    return Filters(
        channel if isinstance(channel, str) else None,
        column if sign else "",
        value if sign else None,
        since if type(since) is int else None,
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
