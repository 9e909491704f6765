"""The rows of the change log: what an edit changed, for people, beside the edit itself."""

from __future__ import annotations

import json
from typing import NamedTuple

from lfroadmap.roadmap.codec import dump
from lfroadmap.roadmap.edits import Edit, SpliceText
from lfroadmap.roadmap.model import TITLE_OF, Node, Roadmap
from lfroadmap.store.sqlite.file_schema import Change

_encode = json.JSONEncoder(ensure_ascii=False).encode
_MAX_SHOWN = 300
"""Characters of an old or new value in the change log's readable columns; the edit itself is complete."""


class Where(NamedTuple):
    """A node, or the roadmap itself, at one moment; of a node only its own values count."""

    node: Node | Roadmap
    parent: str = ""
    home: str = ""
    """Id of the card, or else of the stage, that the node is in or is; empty for KPIs and the roadmap."""


def change_row(edit: Edit, inverse: Edit, old: Where | None, new: Where | None) -> Change:
    """The row for an edit of what was `old` and is `new`, without its number, time and author."""
    node, attribute = edit.touches()
    before, after = _value(attribute, old), _value(attribute, new)
    if isinstance(edit, SpliceText) and isinstance(inverse, SpliceText):
        before, after = _shown(inverse.inserted), _shown(edit.inserted)
    where = new or old
    return Change(
        0, 0, "", "", type(edit).__name__, node, attribute, before, after, dump(edit), dump(inverse),
        card=where.home if where else "", label=_label(where),
    )  # fmt: skip


def _label(where: Where | None) -> str | None:
    if where is None or isinstance(where.node, Roadmap):
        return None
    label: str | None = getattr(where.node, TITLE_OF[type(where.node)])
    return label[:_MAX_SHOWN] if label else label


def _value(attribute: str, where: Where | None) -> str | None:
    """The value of an attribute as JSON, for people."""
    if where is None:
        return None
    if attribute == "place":
        return _shown(where.parent)
    is_attribute = attribute in type(where.node).__dataclass_fields__
    return _shown(getattr(where.node, attribute if is_attribute else TITLE_OF[type(where.node)]))


def _shown(value: object) -> str:
    return _encode(value[:_MAX_SHOWN] if isinstance(value, str) else value)
