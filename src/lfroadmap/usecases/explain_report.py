"""The explanation of a measure as a report, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from lfroadmap.errors import UsageError
from lfroadmap.flows.catalogue import IDS
from lfroadmap.flows.explain import Explanation, explain
from lfroadmap.flows.parameters import Parameters
from lfroadmap.flows.results import Result
from lfroadmap.report.nodes import Facts, Node, Report, Section, Value
from lfroadmap.usecases.measure_report import format_figure, scalar_counts
from lfroadmap.words import Words

_MOMENTS = ("as_of", "since")
"""Parameters that are milliseconds since 1970."""


def explanation_of(id: str, parameters: Parameters, words: Words) -> Explanation:
    """The explanation of a measure; raises UsageError for an id that there is not."""
    if id not in IDS:
        raise UsageError("flows_no_measure", name=id[:80], known=", ".join(IDS))
    return explain(id, words.language, parameters)


def explanation_report(found: Explanation, result: Result | None, words: Words) -> Report:
    """What a measure is, what it comes to, how others define it, and the query that runs."""
    body: list[Node] = [Value(found.definition), Value("")]
    if found.others:
        body.append(Section(words("flows.others"), (Value(found.others),)))
    body += [
        Section(f"SQL: {name}", (Value(text.rstrip(), direction="ltr"),)) for name, text in found.queries
    ]
    facts = Facts(tuple(_facts(found, result, words)))
    title = f"{found.name} ({found.id})"
    return Report(title, words.language, words.direction, facts, tuple(body))


def _facts(found: Explanation, result: Result | None, words: Words) -> Iterator[tuple[str, Value]]:
    scalar = result.scalars.get(found.id) if result else None
    if scalar is not None:
        yield words("flows.value"), Value(format_figure(scalar.value, scalar.unit, words))
        if counts := scalar_counts(scalar, words):
            yield words("flows.counts"), Value(counts)
    for key, text in (("formula", found.formula), ("above", found.numerator), ("below", found.denominator)):
        if text:
            yield words(f"flows.{key}"), Value(text)
    if found.parameters:
        given = "; ".join(f"{name} = {_given(name, value)}" for name, value in found.parameters.items())
        yield words("flows.parameters"), Value(given, direction="ltr")


def _given(name: str, value: object) -> str:
    """A parameter as text; a moment as people read it, while the query has its milliseconds."""
    if name in _MOMENTS and isinstance(value, int):
        try:
            return f"{datetime.fromtimestamp(value / 1000, UTC).replace(tzinfo=None).isoformat(' ')} UTC"
        except (OverflowError, ValueError, OSError):  # figures that are kept may come from anywhere
            return str(value)
    return _shown(value)


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_shown(each)}" for key, each in value.items())
    if isinstance(value, list):
        return " ".join(map(str, value)) or "—"
    return "—" if value is None else str(value)


def explanation_json(found: Explanation) -> dict[str, object]:
    """The same for programs."""
    return {**found._asdict(), "parameters": dict(found.parameters), "queries": dict(found.queries)}
