"""The texts of a workbook: those of cells, and the shared ones that cells refer to by number."""

from __future__ import annotations

import re
from array import array

from lfroadmap.imports.xlsx_package import Close, Open, Package, PartReader
from lfroadmap.roadmap.table_rows import MAX_CELL

_MAX_TEXTS = 64 * 1024 * 1024
"""Maximal number of bytes of all texts together."""
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    """The text with the characters that XML cannot have, which Excel writes as `_x000B_`."""

    def character(match: re.Match[str]) -> str:
        code = int(match[1], 16)
        return match[0] if 0xD800 <= code < 0xE000 else chr(code)

    return _ESCAPED.sub(character, text) if "_x" in text else text


class TextReader(PartReader):
    """A part with texts in certain elements, without their phonetic readings."""

    def __init__(self, package: Package, part: str, opens: dict[str, Open], closes: dict[str, Close]) -> None:
        super().__init__(
            opens | {"t": self.keep, "v": self.keep, "rPh": self.mute},
            closes | {"t": self.stop, "v": self.stop, "rPh": self.unmute},
        )
        self._package, self._part = package, part
        self._chunks: list[str] = []
        self._size = 0
        self._is_collecting = self._is_mute = False

    def clear(self) -> None:
        """Start another text."""
        if self._chunks:
            self._chunks = []
            self._size = 0

    @property
    def content(self) -> str:
        """The text collected since `clear`."""
        return "".join(self._chunks)

    def text(self, text: str) -> None:
        """Collect a piece of text; raises BrokenSnapshot for an endless one."""
        if self._is_collecting:
            self._size += len(text)
            if self._size > MAX_CELL:
                raise self._package.too_large(self._part)
            self._chunks.append(text)

    def keep(self, attributes: dict[str, str]) -> None:
        """Start a text."""
        self._is_collecting = not self._is_mute

    def stop(self) -> None:
        """End a text."""
        self._is_collecting = False

    def mute(self, attributes: dict[str, str]) -> None:
        """Start a phonetic reading."""
        self._is_mute = True

    def unmute(self) -> None:
        """End a phonetic reading."""
        self._is_mute = False


class SharedTexts(TextReader):
    """The shared texts by number, parsed on demand and kept as bytes."""

    def __init__(self, package: Package, part: str) -> None:
        super().__init__(package, part, {"si": self.begin}, {"si": self.add})
        self._bytes = bytearray()
        self._ends = array("Q", (0,))
        self._rest = package.parse(part, self) if package.has(part) else iter(())

    def begin(self, attributes: dict[str, str]) -> None:
        """Start a shared text."""
        self.clear()

    def add(self) -> None:
        """End a shared text; raises BrokenSnapshot beyond the limit."""
        self._bytes += self.content.encode()
        if len(self._bytes) > _MAX_TEXTS:
            raise self._package.too_large(self._part)
        self._ends.append(len(self._bytes))

    def __getitem__(self, at: int) -> str:
        while len(self._ends) < at + 2:
            try:
                next(self._rest)
            except StopIteration:
                return ""
        return unescape(self._bytes[self._ends[at] : self._ends[at + 1]].decode())
