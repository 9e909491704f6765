"""A filter that takes the history, of any length, out of a snapshot's JSON while it is read."""

from __future__ import annotations

import re

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.roadmap.json_pieces import BATCH, FLAT, OPENS, SCALAR, TEXT, TO_BRACKET, Check, check_piece
from lfroadmap.roadmap.json_source import LIMIT, too_large

_BEGINS = re.compile(rb'"history"[ \t\r\n]*+:[ \t\r\n]*+\[\Z')
_NEAR = 1000
"""Maximal number of bytes from the key `history` to its bracket."""
_BETWEEN = re.compile(rb"[ \t\r\n]*+(,?)[ \t\r\n]*+")
_MAX_ITEM = 16 * 1024 * 1024
"""Maximal number of bytes of a change, and of a text in the document."""


class HistoryFilter:
    """Keeps a document without its changes, which are checked in batches and dropped."""

    def __init__(self, check: Check) -> None:
        self.fault: BrokenSnapshot | None = None
        """The first fault in the changes; a fault in the document takes precedence."""
        self._check = check
        self._rest = bytearray()
        self._buffer = b""
        self._depth = self._changes = self._lines = self._from_line = 0
        self._is_inside = False

    def feed(self, piece: bytes) -> None:
        """Take the next chunk of the text (UTF-8); raises BrokenSnapshot where it is too large."""
        self._buffer += piece
        at, before = 0, -1
        while at != before:
            before, at = at, self._inside(at) if self._is_inside else self._outside(at)
        self._buffer = self._buffer[at:]
        if len(self._rest) > LIMIT or len(self._buffer) > _MAX_ITEM:
            raise too_large()

    def document(self) -> bytes:
        """The document without its changes, once all of the text was fed."""
        if self._is_inside:  # what is left is not a change: the fault is in it, not before it
            start = self._between(0, self._changes)
            self._lines += self._buffer.count(b"\n", 0, start)
            self._buffer = self._buffer[start:]
        return bytes(self._rest + self._buffer)

    def in_text(self, error: BrokenSnapshot) -> BrokenSnapshot:
        """The error of invalid JSON with its line in the full text, or an earlier one in the changes."""
        if self.fault and self.fault.key == error.key:
            return self.fault
        is_behind = int(str(error.facts["line"])) >= self._from_line
        return shift_line(error, self._lines if is_behind else 0)

    def _outside(self, at: int) -> int:
        """Keep the text up to the next bracket; returns the position behind it."""
        match = TO_BRACKET.match(self._buffer, at)
        assert match
        end = match.end()
        bracket = self._buffer[end : end + 1]
        if bracket in (b"", b'"'):  # the text goes on in the next chunk
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
        """Check the changes in the buffer; returns the position behind the last complete one."""
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
            self._check_batch(self._buffer[starts[0] : place])
            self._changes += len(starts)
            self._lines += self._buffer.count(b"\n", starts[0], place)
        elif self._buffer[start : start + 1] == b"]":
            self._lines += self._buffer.count(b"\n", at, start)
            self._rest += b"]"
            self._is_inside, self._depth = False, self._depth - 1
            return start + 1
        return place

    def _between(self, at: int, changes: int) -> int:
        """Start of the next change; a comma stands before every one but the first."""
        match = _BETWEEN.match(self._buffer, at)
        assert match
        end = match.end()
        is_last = self._buffer[end : end + 1] == b"]"
        if end < len(self._buffer) and bool(match[1]) != (changes > 0 and not is_last) and not self.fault:
            line = self._from_line + self._lines + self._buffer.count(b"\n", at, end)
            self.fault = BrokenSnapshot("snapshot_not_json", line=line, column=1)
        return end

    def _end(self, at: int) -> int:
        """End of the change that starts at a position; 0 where the buffer ends before it."""
        first = self._buffer[at : at + 1]
        if first in (b"", b"]"):
            return 0
        sort = FLAT if first in OPENS else TEXT if first == b'"' else SCALAR
        match = sort.match(self._buffer, at)
        return match.end() if match and match.end() < len(self._buffer) else 0

    def _check_batch(self, changes: bytes) -> None:
        if self.fault:
            return
        try:
            check_piece(self._check, "change", b"[%b]" % changes, "history", self._changes)
        except BrokenSnapshot as error:
            self.fault = error
            if error.key == "snapshot_not_json":
                self.fault = shift_line(error, self._from_line + self._lines - 1)


def shift_line(error: BrokenSnapshot, lines: int) -> BrokenSnapshot:
    """The error of invalid JSON in a part, with its line in the full text."""
    line = int(str(error.facts["line"])) + lines
    return BrokenSnapshot(error.key, line=line, column=error.facts["column"])
