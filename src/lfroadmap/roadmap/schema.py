"""The roadmap as JSON, versioned; docs/json-format.md is its description for people.

Writing, which needs no pydantic and is quick to import, and what reading (`snapshot_reader`) shares with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any, NamedTuple

from lfroadmap.roadmap import templates
from lfroadmap.roadmap.json_text import json_text
from lfroadmap.roadmap.model import CHILDREN, KPI_TEXTS, TITLE_OF, Kpi, Node, Roadmap
from lfroadmap.roadmap.tree import places
from lfroadmap.words import Language

FORMAT = "lfroadmap"
EMBEDDED = "lfroadmap"
"""The id of the element, and the name of its spare, that hold the JSON within a page."""
VERSION = 2
"""The newest version that is read."""
PLAIN_VERSION = 1
"""What is written of a whole roadmap without a history, so that older readers take it too."""

History = Sequence[Mapping[str, object]]
"""Changes as `ChangeForm` has them."""
Through = Callable[[Iterable[str], int], Iterable[str]]
"""Passes on about so many pieces, and knows by them how far the work is."""
_PIECES = 28
"""What the encoder makes of a node, about."""


class SnapshotContent(NamedTuple):
    """What a snapshot holds."""

    roadmap: Roadmap
    is_part: bool
    """Stages or long texts were left out of it."""


def dump(
    roadmap: Roadmap,
    language: Language,
    history: History | None = None,
    *,
    part: bool = False,
    through: Through | None = None,
) -> str:
    """The roadmap as JSON text that ends with a line feed; reading gives the same roadmap back.

    Written as `json_text` does: half a surrogate pair, which reading refuses, becomes U+FFFD.
    """
    held = document(roadmap, language, history, part=part)
    if through is None:
        return json_text(held) + "\n"
    pieces = _PIECES * (sum(1 for _ in places(roadmap)) + len(history or ()))
    return json_text(held, through=lambda made: through(made, pieces)) + "\n"


def document(
    roadmap: Roadmap, language: Language, history: History | None = None, *, part: bool = False
) -> dict[str, Any]:
    """The roadmap as plain values, each node with its words in `language`; its history if that is given."""
    known: Mapping[str, str] = {}
    if roadmap.template in templates.names():
        known = templates.load(roadmap.template).words[language]
    body = _plain(roadmap, known)
    version = PLAIN_VERSION if history is None and not part else VERSION
    held = {"format": FORMAT, "version": version, "language": language, "roadmap": body}
    more = {"history": None if history is None else list(history), "part": part or None}
    return held | {key: value for key, value in more.items() if value is not None}


def texts_of(node: type) -> tuple[str, ...]:
    """The attributes of a sort of node whose words may be its template's."""
    return KPI_TEXTS if node is Kpi else (TITLE_OF[node],)


def words_key(node: Node | Roadmap, name: str) -> str:
    """Where a template keeps the words of a node's attribute."""
    return f".{name}" if isinstance(node, Roadmap) else f"{node.id}.{name}"


def _plain(node: Node | Roadmap, known: Mapping[str, str]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    below = dict(CHILDREN[type(node)])
    for field in fields(node):
        value = getattr(node, field.name)
        out[field.name] = [_plain(child, known) for child in value] if field.name in below else value
    borrowed = []
    for name in texts_of(type(node)):
        key = words_key(node, name)
        if out[name] is None and key in known:
            out[name] = known[key]
            borrowed.append(name)
    if borrowed:
        out["from_template"] = borrowed
    return out
