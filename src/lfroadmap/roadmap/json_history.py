"""Taking the history out of a snapshot's JSON while it is read, so that it may be as long as it likes."""

from __future__ import annotations

import re

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.roadmap.json_pieces import BATCH, FLAT, OPENS, SCALAR, TEXT, TO_BRACKET, Check, checked
from lfroadmap.roadmap.json_source import LIMIT, too_large

_BEGINS = re.compile(rb'"history"[ \t\r\n]*+:[ \t\r\n]*+\[\Z')
_NEAR = 1000
"""Most bytes from the name of the history to its first bracket."""
_BETWEEN = re.compile(rb"[ \t\r\n]*+(,?)[ \t\r\n]*+")
_LONGEST = 16 * 1024 * 1024
"""Most bytes of a change, and of a text of the document."""


class HistoryFilter:
    """Keeps a document without the changes in it, which are checked in batches and let go."""

    def __init__(self, check: Check) -> None:
        self.fault: BrokenSnapshot | None = None
        """What is wrong with the first change that is; what is wrong with the document comes first."""
        self._check = check
        self._rest = bytearray()
        self._buffer = b""
        self._depth = self._changes = self._lines = self._from_line = 0
        self._is_inside = False

    def feed(self, piece: bytes) -> None:
        """Take the next piece of the text (UTF-8); raises BrokenSnapshot where it is too large."""
        self._buffer += piece
        at, before = 0, -1
        while at != before:
            before, at = at, self._inside(at) if self._is_inside else self._outside(at)
        self._buffer = self._buffer[at:]
        if len(self._rest) > LIMIT or len(self._buffer) > _LONGEST:
            raise too_large()

    def document(self) -> bytes:
        """The document without its changes, when all of the text was fed."""
        return bytes(self._rest + self._buffer)

    def in_text(self, error: BrokenSnapshot) -> BrokenSnapshot:
        """What is no JSON in the document, by its line in the text."""
        is_behind = int(str(error.facts["line"])) > self._from_line
        return moved(error, self._lines if is_behind else 0)

    def _outside(self, at: int) -> int:
        """Keep what goes up to the next bracket; returns how far that is."""
        found = TO_BRACKET.match(self._buffer, at)
        assert found
        end = found.end()
        bracket = self._buffer[end : end + 1]
        if bracket in (b"", b'"'):  # the text goes on in the next piece
            self._rest += self._buffer[at:end]
            return end
        self._rest += self._buffer[at : end + 1]
        near = max(len(self._rest) - _NEAR, 0)
        if bracket == b"[" and self._depth == 1 and _BEGINS.search(self._rest, near):
            self._is_inside = True
            self._from_line = self._rest.count(b"\n") + 1
        self._depth += 1 if bracket in OPENS else -1
        return end + 1

    def _inside(self, at: int) -> int:
        """Have the changes in the buffer checked; returns how far they go."""
        starts: list[int] = []
        place, end = at, -1
        while len(starts) < BATCH and end:
            start = self._between(place, self._changes + len(starts))
            end = self._end(start)
            if end:
                starts.append(start)
                place = end
        if starts:
            self._lines += self._buffer.count(b"\n", at, starts[0])
            self._have_checked(self._buffer[starts[0] : place])
            self._changes += len(starts)
            self._lines += self._buffer.count(b"\n", starts[0], place)
        elif self._buffer[start : start + 1] == b"]":
            self._lines += self._buffer.count(b"\n", at, start)
            self._rest += b"]"
            self._is_inside, self._depth = False, self._depth - 1
            return start + 1
        return place

    def _between(self, at: int, changes: int) -> int:
        """Where the next change begins; a comma stands before every one but the first."""
        found = _BETWEEN.match(self._buffer, at)
        assert found
        end = found.end()
        is_last = self._buffer[end : end + 1] == b"]"
        if end < len(self._buffer) and bool(found[1]) != (changes > 0 and not is_last) and not self.fault:
            line = self._from_line + self._lines + self._buffer.count(b"\n", at, end)
            self.fault = BrokenSnapshot("snapshot_not_json", line=line, column=1)
        return end

    def _end(self, at: int) -> int:
        """Where the change that begins at a place ends; 0 where the buffer does not tell."""
        first = self._buffer[at : at + 1]
        if first in (b"", b"]"):
            return 0
        sort = FLAT if first in OPENS else TEXT if first == b'"' else SCALAR
        found = sort.match(self._buffer, at)
        return found.end() if found and found.end() < len(self._buffer) else 0

    def _have_checked(self, changes: bytes) -> None:
        if self.fault:
            return
        try:
            checked(self._check, "change", b"[%b]" % changes, "history", self._changes)
        except BrokenSnapshot as error:
            self.fault = error
            if error.key == "snapshot_not_json":
                self.fault = moved(error, self._from_line + self._lines - 1)


def moved(error: BrokenSnapshot, lines: int) -> BrokenSnapshot:
    """What is no JSON in a piece, by its line in the whole text."""
    line = int(str(error.facts["line"])) + lines
    return BrokenSnapshot(error.key, line=line, column=error.facts["column"])
