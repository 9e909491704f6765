"""`measure --sample`: a log of events whose measures are known."""

from __future__ import annotations

from lfroadmap.cli.measuring_options import MeasureContext
from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.paths import typed_path


def write_sample_log(context: MeasureContext, typed: str) -> int:
    """Write a log whose measures are known; raises RoadmapError where something is there already."""
    from lfroadmap.flows.sample import write_sample
    from lfroadmap.paths import exists

    path = typed_path(typed)
    if exists(path):
        raise RoadmapError("flows_sample_there", path=path)
    try:
        events = write_sample(path)
    except ValueError as error:  # NUL in a path
        raise UsageError("bad_file_name", path=path) from error
    except OSError as error:
        raise RoadmapError("cannot_write", path=path, reason=error.strerror) from error
    context.say("flows.sample", n=f"{events:,}", path=path)
    context.say("flows.sample_next", path=path)
    return 0
