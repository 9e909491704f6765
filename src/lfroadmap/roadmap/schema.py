"""The roadmap as versioned JSON; docs/json-format.md is its description for people.

Writing, which needs no pydantic and is quick to import, and the constants shared with `snapshot_reader`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any, NamedTuple

from lfroadmap.roadmap import templates
from lfroadmap.roadmap.json_text import json_text
from lfroadmap.roadmap.model import (
    CHILDREN,
    KPI_BINDING,
    KPI_TEXTS,
    ROW_VALUES,
    TASK_DAYS,
    TITLE_OF,
    Calculator,
    CalculatorRow,
    Field,
    Kpi,
    Measurement,
    Node,
    Note,
    Reading,
    Relation,
    Roadmap,
    Task,
)
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.tree import places
from lfroadmap.words import Language

FORMAT = "lfroadmap"
EMBEDDED = "lfroadmap"
"""Id of the element with the JSON in a page, and name of the fallback beside it."""
PAGE_KIND = "lfroadmap-page"
"""Name of the element that says of what kind a page without a roadmap is."""
VERSION = 8
"""The newest version that can be read: that of a roadmap with relations, repeating tasks or starts."""
MEASUREMENTS_VERSION = 7
"""The version of a roadmap with measurements, or with KPIs that are bound."""
CALCULATORS_VERSION = 6
"""The version of a roadmap with calculators, or with values taken from them."""
NOTES_VERSION = 5
"""The version of a roadmap with notes, with readings of a KPI, or with words of several templates."""
ARRIVED_VERSION = 4
"""The version of a history with changes that came later than they were made."""
LEGACY_VERSION = 3
"""The version of a roadmap with text of an old version for a day of a task."""
PARTIAL_VERSION = 2
"""The version of a roadmap with its history, or of a part of one."""
PLAIN_VERSION = 1
"""The version of a full roadmap without a history, so that older readers take it too."""

_LEFT_OUT = (
    "notes", "readings", "words_from", "calculators", "origin", "source", "measurements", "relations",
    "repeat", *KPI_BINDING,
)  # fmt: skip
"""Keys that are left out where they are empty, so that older readers take what has none."""

History = Sequence[Mapping[str, object]]
"""Changes in the form of `ChangeForm`."""
Through = Callable[[Iterable[str], int], Iterable[str]]
"""Passes chunks on and receives their expected number, to report progress."""
_PIECES = 28
"""Approximate number of chunks that the encoder makes of a node."""


class SnapshotContent(NamedTuple):
    """The content of a snapshot."""

    roadmap: Roadmap
    is_part: bool
    """True if stages or long texts were left out of it."""


def dump(
    roadmap: Roadmap,
    language: Language,
    history: History | None = None,
    *,
    part: bool = False,
    through: Through | None = None,
) -> str:
    """The roadmap as JSON text with a final line feed; reading it gives the same roadmap.

    Written with `json_text`: a lone surrogate, which reading refuses, becomes U+FFFD.
    """
    content = document(roadmap, language, history, part=part)
    if through is None:
        return json_text(content) + "\n"
    pieces = _PIECES * (sum(1 for _ in places(roadmap)) + len(history or ()))
    return json_text(content, through=lambda made: through(made, pieces)) + "\n"


def document(
    roadmap: Roadmap, language: Language, history: History | None = None, *, part: bool = False
) -> dict[str, Any]:
    """The roadmap as plain values, each node with its texts in `language`, and its history if given."""
    body = _plain(roadmap, templates.Labels(roadmap.template, language))
    version = PLAIN_VERSION if history is None and not part else PARTIAL_VERSION
    if any(isinstance(place.node, Task) and _legacy_days(place.node) for place in places(roadmap)):
        version = LEGACY_VERSION
    if any("made" in change for change in history or ()):
        version = ARRIVED_VERSION
    version = max([version, *(_version_of(place.node) for place in places(roadmap))])
    content = {"format": FORMAT, "version": version, "language": language, "roadmap": body}
    more = {"history": None if history is None else list(history), "part": part or None}
    return content | {key: value for key, value in more.items() if value is not None}


def _version_of(node: Node) -> int:
    """The first version whose readers know the node."""
    if isinstance(node, Relation) or (isinstance(node, Task) and node.repeat):
        return VERSION
    if isinstance(node, Field) and node.role == "start":
        return VERSION
    if isinstance(node, Measurement) or (
        isinstance(node, Kpi) and any(getattr(node, name) for name in KPI_BINDING)
    ):
        return MEASUREMENTS_VERSION
    if isinstance(node, Calculator) or (isinstance(node, Reading) and node.origin):
        return CALCULATORS_VERSION
    is_of_5 = isinstance(node, Note | Reading) or templates.words_source(node)
    return NOTES_VERSION if is_of_5 else PLAIN_VERSION


def _is_left_out(node: Node | Roadmap, name: str) -> bool:
    """True for an empty cell of a calculator, and for the time of a value that somebody typed."""
    return (isinstance(node, CalculatorRow) and name in ROW_VALUES) or (
        isinstance(node, Reading) and name == "time"
    )


def texts_of(node: type) -> tuple[str, ...]:
    """The attributes of a class of node whose texts may come from the template."""
    return KPI_TEXTS if node is Kpi else (TITLE_OF[node],)


def _plain(node: Node | Roadmap, labels: templates.Labels) -> dict[str, Any]:
    out: dict[str, Any] = {}
    below = dict(CHILDREN[type(node)])
    for field in fields(node):
        value = getattr(node, field.name)
        if not value and (field.name in _LEFT_OUT or _is_left_out(node, field.name)):
            continue
        out[field.name] = [_plain(child, labels) for child in value] if field.name in below else value
    template_texts = []
    for name in texts_of(type(node)):
        text = labels.template_text(node, name) if getattr(node, name) is None else None
        if text is not None:
            out[name] = text
            template_texts.append(name)
    if isinstance(node, Task):
        found = _legacy_days(node)
        out |= {**dict.fromkeys(found, ""), "legacy": found} if found else {}
    if template_texts:
        out["from_template"] = template_texts
    return out


def _legacy_days(task: Task) -> dict[str, str]:
    """Text that older versions stored as a task's days: kept under `legacy`, with the days empty."""
    typed = {name: getattr(task, name) for name in TASK_DAYS}
    return {name: text for name, text in typed.items() if text and iso_day(text) is None}
