"""The table of formats; what a format needs is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from lfroadmap.export.writing import put
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import DEFAULT_THRESHOLDS, Thresholds
from lfroadmap.words import Words


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A roadmap as it is on one day, told in one language."""

    roadmap: Roadmap
    words: Words
    today: date
    thresholds: Thresholds = DEFAULT_THRESHOLDS


class Format(NamedTuple):
    """A sort of file that a snapshot can be written as."""

    suffix: str
    words: str
    """Key of the line that tells what it is for."""
    render: Callable[[Snapshot], bytes]


def _html(snapshot: Snapshot) -> bytes:
    from lfroadmap.export.html import page  # noqa: PLC0415 - brings rich along
    from lfroadmap.report.report import report  # noqa: PLC0415

    told = report(snapshot.roadmap, snapshot.words, today=snapshot.today, thresholds=snapshot.thresholds)
    return page(told, snapshot.roadmap, snapshot.words).encode()


def _json(snapshot: Snapshot) -> bytes:
    from lfroadmap.roadmap.schema import dump  # noqa: PLC0415

    return dump(snapshot.roadmap, snapshot.words.language).encode()


FORMATS: dict[str, Format] = {
    "html": Format(".html", "export.html", _html),
    "json": Format(".json", "export.json", _json),
}


def render(snapshot: Snapshot, format_name: str) -> bytes:
    """The whole file as bytes, for a pipe; raises KeyError for a format that is not in the table."""
    return FORMATS[format_name].render(snapshot)


def write(snapshot: Snapshot, format_name: str, destination: Path, *, force: bool = False) -> Path:
    """Write a snapshot into a file and return its full path; raises RoadmapError.

    Without `force` nothing that is there is replaced: the error's key is `file_exists`.
    """
    return put(render(snapshot, format_name), destination, force=force)
