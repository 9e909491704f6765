"""A snapshot's JSON taken apart, so that each piece is checked by itself and a long list never as a whole.

A checker keeps a report of every fault; of a file of wrong values the reports would fill the memory.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.roadmap.json_source import STRING, values

Check = Callable[[str, bytes, str, int], Any]
"""Kind, JSON, path of the object or list, number of the list's first item -> what was checked."""

_NESTED: dict[str, dict[str, str]] = {
    "document": {"roadmap": "roadmap", "history": "change"},
    "roadmap": {"stages": "stage", "kpis": "kpi"},
    "stage": {"cards": "card"},
    "card": {"fields": "field", "tasks": "task"},
}
"""Kind of an object -> what is taken out of it -> the kind of that, or of the items in it."""
_SOME_ROADMAP = b'"roadmap":{"id":"-"}'
"""Stands in a document while it is checked without its roadmap."""
BATCH = 256
"""Most items that are checked together."""
_MOST = 5_000
"""Most values of what is checked together."""
_KEYS = 100
"""Most keys of an object that has lists."""
_BLANKS = re.compile(rb"[ \t\r\n]*+")
TEXT = re.compile(STRING, re.DOTALL)
FLAT = re.compile(rb'\{(?:[^{}"]++|%b)*+\}' % STRING, re.DOTALL)
"""An object with no other in it."""
TO_BRACKET = re.compile(rb'(?:[^"\[\]{}]++|%b)*+' % STRING, re.DOTALL)
SCALAR = re.compile(rb"[^ \t\r\n,\]}]++")
OPENS, _CLOSES, _QUOTE, _COMMA, _BRACE, _BRACKET = b"[{", b"]}", 0x22, 0x2C, 0x7B, 0x5B


class Pieces:
    """A JSON text that was parsed once and is known to be valid."""

    def __init__(self, data: bytes, check: Check) -> None:
        self._data = data
        self._view = memoryview(data)
        self._check = check

    def document(self) -> Any:  # noqa: ANN401 - what the check makes of a document
        """The whole, each object with its lists back in it; raises BrokenSnapshot, as everything here."""
        return self._object("document", self._blanks(0), "")[0]

    def _object(self, kind: str, at: int, where: str) -> tuple[Any, int]:
        """An object that begins at a place, and where it ends."""
        own: list[bytes | memoryview] = []
        taken: dict[str, Any] = {}
        keys: set[str] = set()
        at = self._blanks(at + 1)
        while self._data[at] == _QUOTE:
            start, at = at, self._end(at)
            key = _noted(str(json.loads(self._data[start:at])), keys, where)
            value = self._blanks(self._blanks(at) + 1)
            child, path = _NESTED[kind].get(key), f"{where}.{key}" if where else key
            if child:
                taken[key], at = self._nested(child, value, path)
            else:
                at = self._end(value)
                own.append(self._view[start:at])
            at = self._next(at)
        if "roadmap" in taken:
            own.append(_SOME_ROADMAP)
        return replace(self._checked(kind, b"{%b}" % b",".join(own), where), **taken), at + 1

    def _nested(self, kind: str, at: int, where: str) -> tuple[Any, int]:
        """What is taken out of an object: its lists, and a document's roadmap."""
        if kind == "roadmap" and self._data[at] == _BRACE:
            return self._object(kind, at, where)
        if kind == "roadmap" or self._data[at] != _BRACKET:
            end = self._end(at)
            return self._checked("roadmap" if kind == "roadmap" else "task", self._data[at:end], where), end
        if kind not in _NESTED:
            return self._leaves(kind, at, where)
        items: list[Any] = []
        at = self._blanks(at + 1)
        while self._data[at] not in _CLOSES:
            path = f"{where}[{len(items)}]"
            if self._data[at] == _BRACE:
                item, end = self._object(kind, at, path)
            else:
                end = self._end(at)
                item = self._checked(kind, self._data[at:end], path)
            items.append(item)
            at = self._next(end)
        return tuple(items), at + 1

    def _leaves(self, kind: str, at: int, where: str) -> tuple[Any, int]:
        """A list of objects that hold no others, many checked at once."""
        items: list[Any] = []
        at = start = self._blanks(at + 1)
        total = count = size = 0
        end = at
        while self._data[at] not in _CLOSES:
            end = self._end(at)
            size += values(self._data[at:end], _MOST)
            at = self._next(end)
            count += 1
            if count == BATCH or size > _MOST // 2 or self._data[at] in _CLOSES:
                batch = b"".join((b"[", self._view[start:end], b"]"))
                items += self._checked(kind, batch, where, total)
                if kind == "change":  # which nobody needs, once they are checked
                    items.clear()
                start, total, count, size = at, total + count, 0, 0
        return tuple(items), at + 1

    def _checked(self, kind: str, data: bytes, where: str, first: int = 0) -> Any:  # noqa: ANN401
        return checked(self._check, kind, data, where, first)

    def _blanks(self, at: int) -> int:
        """Where the blanks at a place end."""
        found = _BLANKS.match(self._data, at)
        assert found
        return found.end()

    def _next(self, end: int) -> int:
        """Where the item behind the one that ends here begins, or the end of what they stand in."""
        at = self._blanks(end)
        return self._blanks(at + 1) if self._data[at] == _COMMA else at

    def _end(self, at: int) -> int:
        """Where the value that begins at a place ends."""
        data = self._data
        if data[at] not in OPENS:
            found = (TEXT if data[at] == _QUOTE else SCALAR).match(data, at)
            return found.end() if found else at + 1
        if flat := FLAT.match(data, at):
            return flat.end()
        depth = 0
        while True:
            step = TO_BRACKET.match(data, at)
            assert step
            at = step.end() + 1
            depth += 1 if data[at - 1] in OPENS else -1
            if not depth:
                return at


def checked(check: Check, kind: str, data: bytes, where: str, first: int) -> Any:  # noqa: ANN401
    """What the check makes of a piece; raises BrokenSnapshot where it could be wrong in too many places."""
    if values(data, _MOST) > _MOST:
        raise BrokenSnapshot("snapshot_crowded", where=where or "{}", most=f"{_MOST:,}")
    return check(kind, data, where, first)


def _noted(key: str, keys: set[str], where: str) -> str:
    """The key, which must not be there yet; of two, a reader would drop one in silence."""
    if key in keys:
        raise BrokenSnapshot("snapshot_twice", where=f"{where}.{key}".lstrip(".")[:200])
    if len(keys) >= _KEYS:
        raise BrokenSnapshot("snapshot_crowded", where=where or "{}", most=_KEYS)
    keys.add(key)
    return key
