"""`measure` without events of its own: an explanation, queries for a warehouse, and results that it gave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.cli.output import print_bytes, print_json

if TYPE_CHECKING:
    from lfroadmap.cli.measuring_options import MeasureContext
    from lfroadmap.flows.parameters import Parameters
    from lfroadmap.flows.results import Result

DONE = 0


def measure_elsewhere(context: MeasureContext, parameters: Parameters) -> int:
    """Print queries, or what results come to, or an explanation; raises RoadmapError."""
    from lfroadmap.usecases import measure_elsewhere as elsewhere

    options = context.options
    if options.sql:
        dialect = elsewhere.dialect_of(options.sql)
        if options.json:
            print_json(elsewhere.queries_json(parameters, dialect))
        else:
            print_bytes(elsewhere.queries_text(parameters, dialect).encode())
        return DONE
    result = elsewhere.measure_file(options.results, parameters) if options.results else None
    if options.explain or result is None:
        print_explanation(context, parameters, result)
    elif options.json:
        from lfroadmap.usecases.measurement import NOTHING_BEFORE

        print_json({**result.to_json(), **NOTHING_BEFORE, "reading": None})
    else:
        from lfroadmap.usecases.measure_report import result_report

        context.output.report(result_report(result, context.words))
    return DONE


def print_explanation(context: MeasureContext, parameters: Parameters, result: Result | None) -> None:
    """Print what a measure is; raises UsageError for one that there is not."""
    from lfroadmap.usecases.explain_report import explanation_json, explanation_of, explanation_report

    found = explanation_of((context.options.explain or "").strip(), parameters, context.words)
    if context.options.json:
        print_json(explanation_json(found))
    else:
        context.output.report(explanation_report(found, result, context.words))
