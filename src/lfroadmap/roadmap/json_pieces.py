"""A snapshot's JSON split into pieces that are checked one by one, so that no long list is checked whole.

The validator keeps a report of every fault; of a file of wrong values the reports would fill the memory.
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
"""Kind, JSON, path of the object or list, index of the list's first item -> the checked value."""

_NESTED: dict[str, dict[str, str]] = {
    "document": {"roadmap": "roadmap", "history": "change"},
    "roadmap": {"stages": "stage", "kpis": "kpi", "measurements": "measurement"},
    "stage": {"cards": "card"},
    "card": {
        "fields": "field",
        "tasks": "task",
        "notes": "note",
        "calculators": "calculator",
        "relations": "relation",
    },
    "calculator": {"rows": "row"},
    "one_task": {"notes": "note", "relations": "relation"},
    "one_kpi": {"readings": "reading"},
}
"""Kind of an object -> key that is checked apart -> kind of its value, or of the items in it."""
_SINGLE = {"task": "one_task", "kpi": "one_kpi"}
"""Kind of an object that seldom has others in it -> the kind that it is checked as where it has."""
_PLACEHOLDER = b'"roadmap":{"id":"-"}'
"""The roadmap in a document that is checked without its roadmap."""
BATCH = 256
"""Maximal number of items that are checked together."""
_MAX_VALUES = 5_000
"""Maximal number of values in a piece."""
_MAX_KEYS = 100
"""Maximal number of keys of an object that has lists."""
_BLANKS = re.compile(rb"[ \t\r\n]*+")
TEXT = re.compile(STRING, re.DOTALL)
FLAT = re.compile(rb'\{(?:[^{}"]++|%b)*+\}' % STRING, re.DOTALL)
"""An object with no other object in it."""
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
        """The checked document, each object with its lists put back; all methods raise BrokenSnapshot."""
        return self._object("document", self._blanks(0), "")[0]

    def _object(self, kind: str, at: int, where: str) -> tuple[Any, int]:
        """The checked object that starts at a position, and its end."""
        own: list[bytes | memoryview] = []
        taken: dict[str, Any] = {}
        keys: set[str] = set()
        at = self._blanks(at + 1)
        while self._data[at] == _QUOTE:
            start, at = at, self._end(at)
            key = _unique_key(str(json.loads(self._data[start:at])), keys, where)
            value = self._blanks(self._blanks(at) + 1)
            child, path = _NESTED[kind].get(key), f"{where}.{key}" if where else key
            if child:
                taken[key], at = self._nested(child, value, path)
            else:
                at = self._end(value)
                own.append(self._view[start:at])
            at = self._next(at)
        if "roadmap" in taken:
            own.append(_PLACEHOLDER)
        return replace(self._check_piece(kind, b"{%b}" % b",".join(own), where), **taken), at + 1

    def _nested(self, kind: str, at: int, where: str) -> tuple[Any, int]:
        """The value of a key that is checked apart: a list, or a document's roadmap."""
        if kind == "roadmap" and self._data[at] == _BRACE:
            return self._object(kind, at, where)
        if kind == "roadmap" or self._data[at] != _BRACKET:
            end = self._end(at)
            return self._check_piece(
                "roadmap" if kind == "roadmap" else "task", self._data[at:end], where
            ), end
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
                item = self._check_piece(kind, self._data[at:end], path)
            items.append(item)
            at = self._next(end)
        return tuple(items), at + 1

    def _leaves(self, kind: str, at: int, where: str) -> tuple[Any, int]:
        """A list of objects with few nested ones: those without any are checked in batches."""
        items: list[Any] = []
        at = start = self._blanks(at + 1)
        total = count = size = 0
        end = at
        while self._data[at] not in _CLOSES:
            if self._has_nested(kind, at):
                item, end = self._object(_SINGLE[kind], at, f"{where}[{total}]")
                items.append(item)
                start = at = self._next(end)
                total += 1
                continue
            end = self._end(at)
            size += values(self._data[at:end], _MAX_VALUES)
            at = self._next(end)
            count += 1
            is_last = self._data[at] in _CLOSES or self._has_nested(kind, at)
            if count == BATCH or size > _MAX_VALUES // 2 or is_last:
                batch = b"".join((b"[", self._view[start:end], b"]"))
                items += self._check_piece(kind, batch, where, total)
                if kind == "change":  # only checked, never used
                    items.clear()
                start, total, count, size = at, total + count, 0, 0
        return tuple(items), at + 1

    def _has_nested(self, kind: str, at: int) -> bool:
        """True for an object that has others in it, of a kind of which few have."""
        return kind in _SINGLE and self._data[at] == _BRACE and not FLAT.match(self._data, at)

    def _check_piece(self, kind: str, data: bytes, where: str, first: int = 0) -> Any:  # noqa: ANN401
        return check_piece(self._check, kind, data, where, first)

    def _blanks(self, at: int) -> int:
        """End of the whitespace at a position."""
        match = _BLANKS.match(self._data, at)
        assert match
        return match.end()

    def _next(self, end: int) -> int:
        """Start of the next item, or the end of the list or object."""
        at = self._blanks(end)
        return self._blanks(at + 1) if self._data[at] == _COMMA else at

    def _end(self, at: int) -> int:
        """End of the value that starts at a position."""
        data = self._data
        if data[at] not in OPENS:
            match = (TEXT if data[at] == _QUOTE else SCALAR).match(data, at)
            return match.end() if match else at + 1
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


def check_piece(check: Check, kind: str, data: bytes, where: str, first: int) -> Any:  # noqa: ANN401
    """The checked value of a piece; raises BrokenSnapshot where it has too many values."""
    if values(data, _MAX_VALUES) > _MAX_VALUES:
        raise BrokenSnapshot("snapshot_crowded", where=where or "{}", most=f"{_MAX_VALUES:,}")
    return check(kind, data, where, first)


def _unique_key(key: str, keys: set[str], where: str) -> str:
    """The key, which must be new: of a duplicate key, a reader would drop one value silently."""
    if key in keys:
        raise BrokenSnapshot("snapshot_twice", where=f"{where}.{key}".lstrip(".")[:200])
    if len(keys) >= _MAX_KEYS:
        raise BrokenSnapshot("snapshot_crowded", where=where or "{}", most=_MAX_KEYS)
    keys.add(key)
    return key
