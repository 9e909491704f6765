"""The stamps that come with an update: only these can name who made what it changes.

The stamp that stands beside a value may be an older one, of somebody else: where a peer writes no stamps, or
where the peer's stamp lost against one that was written at the same time.
Layout: https://github.com/yjs/yjs/blob/main/INTERNALS.md
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lfroadmap.store.document.stamps import MAX_AUTHOR, MAX_DEVICE, NOBODY, Stamp, read_stamp

_TEXT = re.compile(rb"\x01w([\x02-\x7f]|[\x80-\xff][\x01-\x1f])")
"""One value that is a text, with the number of its bytes."""
_MAX_BYTES = 2 * 4 * MAX_AUTHOR + MAX_DEVICE + 32
"""Bytes of the longest stamp."""


class ArrivedStamps:
    """The stamps in updates."""

    def __init__(self, updates: Iterable[bytes], *, but_of: str = "") -> None:
        """Those of the device `but_of` are left out."""
        found = (stamp for update in updates for stamp in _stamps_in(update))
        self._stamps = frozenset(stamp for stamp in found if not but_of or stamp.device != but_of)

    def first_of(self, stamps: Iterable[Stamp]) -> Stamp:
        """The first of some stamps that came with the updates; nobody's where none did."""
        return next((stamp for stamp in stamps if stamp in self._stamps), NOBODY)

    def newest_of(self, stamps: Iterable[Stamp]) -> Stamp:
        """The newest of some stamps that came with the updates; nobody's where none did."""
        return newest(stamp for stamp in stamps if stamp in self._stamps)

    def only(self) -> Stamp:
        """The newest stamp where all are of one author and device; else nobody's."""
        authors = {(stamp.author, stamp.device) for stamp in self._stamps}
        return newest(self._stamps) if len(authors) == 1 else NOBODY


def newest(stamps: Iterable[Stamp]) -> Stamp:
    """The stamp with the latest time; of equal ones always the same."""
    return max(stamps, key=lambda stamp: (stamp.made or 0, stamp.author, stamp.device), default=NOBODY)


def _stamps_in(update: bytes) -> Iterator[Stamp]:
    for found in _TEXT.finditer(update):
        head = found[1]
        size = head[0] if len(head) == 1 else head[0] & 0x7F | head[1] << 7
        if size > _MAX_BYTES:
            continue
        try:
            stamp = read_stamp(update[found.end(1) : found.end(1) + size].decode())
        except UnicodeDecodeError:  # not a text after all
            continue
        if stamp != NOBODY:
            yield stamp
