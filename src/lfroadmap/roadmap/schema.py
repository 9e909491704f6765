"""The roadmap as JSON, versioned; docs/json-format.md is its description for people.

Writing, which needs no pydantic and is quick to import, and what reading (`snapshot_reader`) shares with it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any, NamedTuple

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.roadmap import templates
from lfroadmap.roadmap.model import CHILDREN, KPI_TEXTS, TITLE_OF, Kpi, Node, Roadmap
from lfroadmap.roadmap.storable import storable
from lfroadmap.roadmap.tree import places
from lfroadmap.words import Language

FORMAT = "lfroadmap"
VERSION = 2
"""The newest version that is read."""
PLAIN_VERSION = 1
"""What is written of a whole roadmap without a history, so that older readers take it too."""
LIMIT = 32 * 1024 * 1024
"""Largest snapshot that is read, in bytes; 10,000 tasks are 3 MB."""
PARTS = 1_000_000
"""Most values that a snapshot may hold; 10,000 tasks are 80,000. The checker keeps a report of every
fault, so that a file of millions of wrong values would fill the memory."""

_HIDDEN = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufffe\uffff]")


History = Sequence[Mapping[str, object]]
"""Changes as `ChangeForm` has them."""
Through = Callable[[Iterable[str], int], Iterable[str]]
"""Passes on about so many pieces, and knows by them how far the work is."""
_PIECES = 28
"""What the encoder makes of a node, about."""


class Held(NamedTuple):
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

    What is invisible in an editor or steers a terminal (C1, direction marks) is written as an escape;
    half a surrogate pair, which no UTF-8 file can hold, becomes U+FFFD.
    """
    held = document(roadmap, language, history, part=part)
    pieces: Iterable[str] = json.JSONEncoder(ensure_ascii=False, indent=2).iterencode(held)
    if through:
        nodes = sum(1 for _ in places(roadmap)) + len(history or ())
        pieces = through(pieces, _PIECES * nodes)
    return escape("".join(pieces)) + "\n"


def escape(text: str) -> str:
    """JSON text with the characters that are not seen written as escapes."""
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", storable(text))


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


def check_size(data: bytes) -> None:
    """Refuse JSON that would take minutes or all the memory before it is looked at; raises BrokenSnapshot."""
    if len(data) > LIMIT or sum(map(data.count, (b",", b"[", b"{"))) > PARTS:
        raise too_large()


def too_large() -> BrokenSnapshot:
    """The refusal of a file that no roadmap needs."""
    return BrokenSnapshot("snapshot_too_large", limit=LIMIT >> 20, parts=f"{PARTS:,}")


def decode(data: bytes) -> str:
    """A snapshot's bytes as text; some shells write what is piped to a file as UTF-16."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise BrokenSnapshot("snapshot_encoding", at=error.start) from error
