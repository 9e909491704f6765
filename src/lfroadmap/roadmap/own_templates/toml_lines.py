"""The lines of a TOML source on which its values stand; `tomllib` does not say them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

Place = tuple[str | int, ...]
"""Keys and positions in lists from the top of a table to a value."""
_SPACE = re.compile(r"[ \t]*")
_BETWEEN = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}' r"|'''.*?'{3,5}" r'|"(?:[^"\\\n]|\\.)*"' r"|'[^'\n]*'", re.DOTALL
)
_PLAIN_VALUE = re.compile(r"[^,\]}\n#]+")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


def lines_of(source: str) -> dict[Place, int]:
    """Place of each table, list and value -> its line, from 1; the source is valid TOML."""
    scanner = _Scanner(source)
    scanner.statements()
    return scanner.lines


def without_strings(source: str) -> str:
    """The source with an empty text for each text, on the same lines."""
    return _STRING.sub(lambda found: '""' + "\n" * found[0].count("\n"), source)


class _Scanner:
    """A position in a source, and the lines that were found before it."""

    def __init__(self, source: str) -> None:
        self._source, self._at = source, 0
        self._starts = [0, *(found.end() for found in re.finditer("\n", source))]
        self._counts: dict[Place, int] = {}
        """Place of a list of tables -> the tables in it so far."""
        self.lines: dict[Place, int] = {}

    def statements(self) -> None:
        """Go through headers and values to the end."""
        above: Place = ()
        self._skip(_BETWEEN)
        while self._at < len(self._source):
            if self._source[self._at] == "[":
                above = self._header()
            else:
                self._pair(above)
            self._skip(_BETWEEN)

    def _header(self) -> Place:
        is_list = self._source.startswith("[[", self._at)
        line = self._line()
        self._at += 2 if is_list else 1
        path: Place = ()
        keys = self._keys()
        for number, key in enumerate(keys, 1):
            path = (*path, key)
            if is_list and number == len(keys):
                self._counts[path] = self._counts.get(path, 0) + 1
            if path in self._counts:
                self.lines.setdefault(path, line)
                path = (*path, self._counts[path] - 1)
        self._at += 2 if is_list else 1
        self.lines.setdefault(path, line)
        return path

    def _pair(self, above: Place) -> None:
        line, path = self._line(), above
        for key in self._keys():
            path = (*path, key)
            self.lines.setdefault(path, line)
        self._at += 1
        self._skip(_BETWEEN)
        self._value(path)

    def _keys(self) -> list[str]:
        """A key and those behind dots; the position is at the sign after them."""
        keys = [self._key()]
        while self._source.startswith(".", self._at):
            self._at += 1
            keys.append(self._key())
        return keys

    def _key(self) -> str:
        self._skip(_SPACE)
        found = _BARE.match(self._source, self._at) or _STRING.match(self._source, self._at)
        assert found is not None, "the source is valid"
        self._at = found.end()
        self._skip(_SPACE)
        text = found[0]
        if text[0] == '"':
            return _ESCAPE.sub(_unescaped, text[1:-1])
        return text[1:-1] if text[0] == "'" else text

    def _value(self, path: Place) -> None:
        self.lines.setdefault(path, self._line())
        opening = self._source[self._at]
        if opening == "{":
            self._items("}", lambda _: self._pair(path))
        elif opening == "[":
            self._items("]", lambda number: self._value((*path, number)))
        else:
            self._skip(_STRING if opening in "\"'" else _PLAIN_VALUE)

    def _items(self, closing: str, item: Callable[[int], None]) -> None:
        self._at += 1
        self._skip(_BETWEEN)
        number = 0
        while self._source[self._at] != closing:
            item(number)
            number += 1
            self._skip(_BETWEEN)
            if self._source[self._at] == ",":
                self._at += 1
                self._skip(_BETWEEN)
        self._at += 1

    def _skip(self, what: re.Pattern[str]) -> None:
        if found := what.match(self._source, self._at):
            self._at = found.end()

    def _line(self) -> int:
        return bisect_right(self._starts, self._at)


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(found[3], found[3])
