"""What was measured of the company's events, in the report of its roadmap; read where there is something."""

from __future__ import annotations

from lfroadmap.report.nodes import Section, Value
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import Words

FLOWS = "flows"
"""The id of the section with the last measurement."""


def turned_facts(roadmap: Roadmap, labels: Labels, words: Words) -> tuple[tuple[str, Value], ...]:
    """The KPIs that turned the wrong way between their last two measured values; none where none did."""
    if not any(kpi.readings for kpi in roadmap.kpis):
        return ()
    from lfroadmap.report.flows.turned import describe_turns  # noqa: PLC0415 - few KPIs have values by day
    from lfroadmap.roadmap.kpi_turns import kpi_turns  # noqa: PLC0415

    turns = kpi_turns(roadmap, labels)
    return ((words("kpi.turned"), Value(describe_turns(turns, words), "late")),) if turns else ()


def flows_sections(roadmap: Roadmap, words: Words) -> tuple[Section, ...]:
    """The section with the last measurement; none where there is none that can be read."""
    if not roadmap.measurements:
        return ()
    from lfroadmap.report.flows.flows_report import flows_report  # noqa: PLC0415 - few roadmaps have any
    from lfroadmap.roadmap.measure_changes import last_measured  # noqa: PLC0415

    found = last_measured(roadmap.measurements)
    if found is None:
        return ()
    nodes = flows_report(found.figures, words, roadmap.measurements, found.day)
    return (Section(words("flows.title"), tuple(nodes), FLOWS),)
