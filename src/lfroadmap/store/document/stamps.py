"""Stamps: who set a value, on which device and when; they stand beside the values in a document's maps.

The stamp of the attribute `done` has the key `done@` and is written in the transaction that writes the value,
so that both have the same author after any merge. `place@` is the stamp of the parent and the position,
`deleted@` of a removal or its undoing, `made@` of a new node.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple, Protocol

from lfroadmap.roadmap.edits import Edit, Rename
from lfroadmap.roadmap.model import KPI_BINDING, TITLE_OF
from lfroadmap.roadmap.structure import Add, Remove

MARK = "@"
"""The end of the key of a stamp; no attribute has it."""
PLACE, DELETED, MADE = "place", "deleted", "made"
"""What a stamp may be of beside an attribute."""
TOGETHER = (("done", "done_on"), KPI_BINDING)
"""Attributes with one stamp, that of their first, which are always written together."""
SHAPE = ("kind", "role", "direction", "options")
"""Attributes of a field that only another shape sets: the field is removed and added again at once."""
_STAMPED_AS = {
    **{name: names[0] for names in TOGETHER for name in names[1:]}, "parent": PLACE, "pos": PLACE,
}  # fmt: skip
MAX_AUTHOR, MAX_DEVICE = 100, 64
"""Characters of an author's name and a device's id."""
_LAST = 253402300799999
"""The last millisecond of the year 9999."""
_DEVICE, _NUMBER = re.compile(f"[A-Za-z0-9_-]{{0,{MAX_DEVICE}}}"), re.compile("[0-9]+")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class Readable(Protocol):
    """The values of a node by key."""

    def get(self, key: str, /) -> Any:  # noqa: ANN401 - a peer may have written anything
        """The value of a key; None where there is none."""


class Stamp(NamedTuple):
    """Who set a value, on which device and when."""

    author: str = ""
    device: str = ""
    made: int | None = None
    """Milliseconds since 1970, by the clock of the device."""


NOBODY = Stamp()
"""The stamp of a value without one, as in documents before version 3."""


def stamp_text(author: str, device: str, made: int) -> str:
    """A stamp as it stands in a document: `author|device|milliseconds`."""
    name = author[:MAX_AUTHOR].replace("\\", "\\\\").replace("|", "\\|")
    return f"{name}|{device}|{made}"


def read_stamp(value: object) -> Stamp:
    """The stamp in any value that a peer wrote."""
    parts = value.rsplit("|", 2) if isinstance(value, str) and len(value) < 4 * MAX_AUTHOR else ()
    if len(parts) != 3 or not _DEVICE.fullmatch(parts[1]) or not _NUMBER.fullmatch(parts[2]):
        return NOBODY
    made = int(parts[2])
    return Stamp(_ESCAPED.sub(r"\1", parts[0])[:MAX_AUTHOR], parts[1], made if made <= _LAST else None)


def stamp_of(values: Readable, name: str) -> Stamp:
    """The stamp of the value with this name."""
    return read_stamp(values.get(_STAMPED_AS.get(name, name) + MARK))


def stamps_of(names: set[str], stamp: str) -> dict[str, str]:
    """The stamps for values of these names, by key; none for an empty stamp."""
    return {_STAMPED_AS.get(name, name) + MARK: stamp for name in names} if stamp else {}


def stamps_for(edit: Edit, kind: type, values: Readable) -> tuple[Stamp, ...]:
    """The stamps that may be of what an edit changed, the most certain first."""
    name = TITLE_OF[kind] if isinstance(edit, Rename) else edit.touches()[1]
    names: tuple[str, ...] = (name,)
    if isinstance(edit, Add):  # new, restored, or moved from where nobody saw it
        names = (DELETED, MADE, PLACE, *SHAPE)
    elif isinstance(edit, Remove):  # or moved to where nobody sees it
        names = (DELETED, PLACE) if values.get(DELETED) is True else (PLACE, DELETED, *SHAPE)
    return tuple(read_stamp(values.get(each + MARK)) for each in names)
