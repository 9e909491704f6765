"""Where the value of a KPI comes from, in words: a calculator and one of its results, or events."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lfroadmap.report.formatting import with_unit
from lfroadmap.roadmap.model import Calculator, CalculatorRow, Kpi, Node, Origin, Reading, Roadmap
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import one_line
from lfroadmap.words import SafeText, Words

if TYPE_CHECKING:
    from lfroadmap.roadmap.kpi_sources import ValueSource

ORIGIN_SIGNS: dict[Origin, str] = {"": "", "calculated": "=", "measured": "#"}
"""Origin -> the sign beside a value of it."""
NodeOf = Callable[[str], Node | None]
"""Returns the node of an id, as it is or as it was last."""


def describe_source(source: str, node_of: NodeOf, labels: Labels, words: Words) -> str:
    """A source as a reading stores it: `Sales funnel: Overall rate`; empty without its calculator."""
    at, calculator = source.find("/"), None
    while at >= 0 and not isinstance(calculator := node_of(source[:at]), Calculator):
        at = source.find("/", at + 1)
    if at < 0 or calculator is None:
        return ""
    figure = describe_result(source[at + 1 :], node_of, labels, words)
    return words("kpi.figure_of", calculator=one_line(labels.of(calculator)), figure=figure)


def describe_result(name: str, node_of: NodeOf, labels: Labels, words: Words) -> str:
    """A result by its name: `overall rate`, `CAC · Search ads`."""
    plain, _, row = name.partition("/")
    key = f"kpi.figure_{plain.replace('-', '_')}"
    node = node_of(row) if row else None
    of = one_line(labels.of(node)) if isinstance(node, CalculatorRow) else ""
    if plain == "rate" and of:
        return words("kpi.figure_rate_to", step=of)
    known = words(key) if key in words else one_line(name)
    return SafeText(f"{known} · {of}") if of else known


def describe_origin(origin: Origin, calculator: str, words: Words) -> str:
    """The sign of an origin and the title of its calculator, where that is known."""
    if origin == "measured":
        text = words("kpi.origin_measured")
    else:
        text = words("kpi.from", source=one_line(calculator)) if calculator else words("kpi.from_gone")
    return SafeText(f"{ORIGIN_SIGNS[origin]} {text}")


def describe_reading(reading: Reading, node_of: NodeOf, labels: Labels, words: Words) -> str:
    """Where a value was taken from; empty for one that a person typed."""
    if not reading.origin:
        return ""
    if reading.origin == "measured":
        from lfroadmap.report.measured_source import describe_measured  # noqa: PLC0415 - few values are measured

        return words("kpi.measured", source=describe_measured(reading.source, words))
    source = describe_source(reading.source, node_of, labels, words)
    return words("kpi.from", source=source) if source else words("kpi.from_gone")


def describe_value_source(found: ValueSource, labels: Labels, words: Words) -> str:
    """Where a current value comes from, since when, and what its calculator gives now."""
    reading = found.reading
    text = describe_reading(reading, found.node, labels, words)
    day = iso_day(reading.day)
    parts = [text, words.day(day) if day else "", describe_now(found, labels, words)]
    return SafeText(" · ".join(filter(None, parts)))


def describe_now(found: ValueSource, labels: Labels, words: Words, *, unit: bool = True) -> str:
    """The result of today, where it is another or there is none; otherwise empty."""
    if found.is_outdated:
        shown = with_unit(found.value_now, labels.kpi(found.kpi, "unit")) if unit else found.value_now
        return words("kpi.now", value=shown)
    return words("kpi.now_none") if found.calculator is not None and not found.value_now else ""


def _source(roadmap: Roadmap, kpi: Kpi, labels: Labels) -> ValueSource | None:
    if not kpi.readings or not kpi.current:  # without a value there is nothing that came from anywhere
        return None
    from lfroadmap.roadmap.kpi_sources import current_source  # noqa: PLC0415 - few KPIs have any

    return current_source(roadmap, kpi, labels)


def source_text(roadmap: Roadmap, kpi: Kpi, labels: Labels, words: Words) -> str:
    """Where the current value of a KPI comes from; empty for a typed one."""
    found = _source(roadmap, kpi, labels)
    return describe_value_source(found, labels, words) if found else ""


def source_note(roadmap: Roadmap, kpi: Kpi, labels: Labels, words: Words) -> str:
    """The same behind the sign of its origin."""
    found = _source(roadmap, kpi, labels)
    if found is None:
        return ""
    return SafeText(f"{ORIGIN_SIGNS[found.reading.origin]} {describe_value_source(found, labels, words)}")
