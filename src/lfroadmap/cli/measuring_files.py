"""The files that `measure` writes: lists of customers, and where they go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.cli.measuring_options import MeasureContext, MeasureOptions
from lfroadmap.errors import UsageError
from lfroadmap.paths import resolved, typed_path

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from lfroadmap.flows.customers import CustomerList
    from lfroadmap.flows.sources.engine import Engine
    from lfroadmap.usecases.measurement import Measurement


def lists_of(options: MeasureOptions) -> dict[CustomerList, str]:
    """The lists of customers that are asked for, with their files."""
    named: dict[CustomerList, str | None] = {
        "at_risk": options.at_risk,
        "ready": options.ready,
        "paths": options.paths,
        "cohorts": options.cohorts,
    }
    return {name: path for name, path in named.items() if path}


def write_lists(context: MeasureContext, engine: Engine, found: Measurement) -> None:
    """Write the lists of customers; raises RoadmapError."""
    from lfroadmap.usecases import measure_lists

    files = {each: target(context, path) for each, path in lists_of(context.options).items()}
    language, hashed = context.words.language, context.options.hash
    counts = measure_lists.write_lists(engine, found, files, language, hashed=hashed) if files else {}
    say_listed(context, counts, files)


def say_listed(
    context: MeasureContext, counts: Mapping[CustomerList, int], files: Mapping[CustomerList, Path]
) -> None:
    """Say what was written where."""
    for each, count in counts.items():
        shown = context.words(
            "flows.listed", name=context.words(f"flows.list_{each}"), n=f"{count:,}", path=files[each]
        )
        context.output.notice(shown)


def check_targets(context: MeasureContext) -> None:
    """Raise UsageError, before anything is read, where two results would go into one file."""
    seen = set()
    for typed in filter(None, (context.options.rejects, *lists_of(context.options).values())):
        path = target(context, typed)
        if (place := resolved(path)) in seen:
            raise UsageError("flows_same_target", path=path)
        seen.add(place)


def target(context: MeasureContext, typed: str) -> Path:
    """The path of a file to write; raises UsageError where it is a source."""
    sources = (context.options.identities, *context.options.words)
    try:
        path = typed_path(typed)
        if any(resolved(path) == resolved(typed_path(source)) for source in sources if source):
            raise UsageError("flows_sample_there", path=path)
    except ValueError as error:  # NUL in a path
        raise UsageError("bad_file_name", path=typed) from error
    return path
