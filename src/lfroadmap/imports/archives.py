"""The page in an archive that a browser saved: a single file (MHTML) or Safari's web archive.

Only the path to the page is parsed; other content costs neither time nor memory.
"""

from __future__ import annotations

import binascii
import re
import struct
from collections.abc import Callable
from email.message import Message
from email.parser import BytesHeaderParser

from lfroadmap.errors import BrokenSnapshot

_HEADED = re.compile(rb"\s*[A-Za-z][A-Za-z-]*:")
_BLANK = re.compile(rb"\r?\n\r?\n")
_BLANKS = re.compile(rb"\s*+")
_BOUNDARY = re.compile(rb"""\bboundary=(?:"([^"\r\n]{1,70})"|([^"\s;]{1,70}))""", re.IGNORECASE)
"""The boundary of a multipart message; at most 70 characters. The library's parser fails on odd ones."""
_MAX_HEAD = 64 * 1024
_MAX_PARTS = 100
"""Maximal number of parts that are examined; the page is the first of them."""
_MAX_KEYS, _MAX_NUMBER = 100, 8
"""Maximal number of keys of a mapping, and of bytes of a number, in a web archive."""
_ENCODINGS: dict[str, Callable[[memoryview], bytes]] = {
    "quoted-printable": binascii.a2b_qp,
    "base64": binascii.a2b_base64,
}


def page_in(data: bytes) -> bytes:
    """The page in an archive; other data is returned unchanged. Raises BrokenSnapshot."""
    if data.startswith(b"bplist00"):
        return _PropertyList(data).page()
    head, start = _head_of(data, 0, len(data))
    if start and head.get_content_type() == "multipart/related":
        named = _BOUNDARY.search(data, 0, start)
        return _first_page(data, start, named[1] or named[2] if named else b"")
    return data


def _head_of(data: bytes, start: int, end: int) -> tuple[Message, int]:
    """The headers of a message or of one of its parts, and the offset behind them; 0 without headers."""
    blank = _BLANK.search(data, start, min(end, start + _MAX_HEAD))
    if not blank or not _HEADED.match(data, start, end):
        return Message(), 0
    return BytesHeaderParser().parsebytes(data[start : blank.start()].lstrip()), blank.end()


def _first_page(data: bytes, start: int, boundary: bytes) -> bytes:
    """The first HTML part: our pages have no frames that could come first."""
    mark = b"--" + boundary
    for _ in range(_MAX_PARTS if boundary else 0):
        next_mark = data.find(mark, start)
        end = next_mark if next_mark >= 0 else len(data)
        head, content = _head_of(data, start, end)
        if content and head.get_content_type() == "text/html":
            decode = _ENCODINGS.get(str(head["content-transfer-encoding"]).strip().lower(), bytes)
            try:
                return decode(memoryview(data)[content:end])
            except binascii.Error:
                break
        if next_mark < 0:
            break
        blanks = _BLANKS.match(data, end + len(mark))
        assert blanks
        start = blanks.end()
    raise BrokenSnapshot("snapshot_no_data")


class _PropertyList:
    """A binary property list, of which one value is read.

    The library's parser creates every object of a list; a small file can have more than fits into memory.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data

    def page(self) -> bytes:
        """The page of a web archive: `WebResourceData` in `WebMainResource`."""
        try:
            self.offset_size, self.ref_size = struct.unpack(">BB", self.data[-26:-24])
            if not (0 < self.offset_size <= _MAX_NUMBER and 0 < self.ref_size <= _MAX_NUMBER):
                raise KeyError
            _, top, self.table = struct.unpack(">QQQ", self.data[-24:])
            resource = self.value(self.value(top, b"WebMainResource"), b"WebResourceData")
            kind, count, start = self.head(resource)
        except (struct.error, LookupError) as error:
            raise BrokenSnapshot("snapshot_no_data") from error
        return self.data[start : start + count] if kind == 4 else b""

    def value(self, mapping: int, key: bytes) -> int:
        """The number of the object under a key of a mapping; raises KeyError."""
        kind, count, start = self.head(mapping)
        if kind != 13 or count > _MAX_KEYS:
            raise KeyError(key)
        for at in range(start, start + count * self.ref_size, self.ref_size):
            key_kind, length, text = self.head(self.number(at, self.ref_size))
            if (key_kind, length) == (5, len(key)) and self.data[text : text + length] == key:
                return self.number(at + count * self.ref_size, self.ref_size)
        raise KeyError(key)

    def head(self, number: int) -> tuple[int, int, int]:
        """The kind of an object, its number of elements, and their offset; raises LookupError."""
        at = self.number(self.table + number * self.offset_size, self.offset_size)
        kind, count = self.data[at] >> 4, self.data[at] & 15
        if count < 15:
            return kind, count, at + 1
        size = 1 << (self.data[at + 1] & 15)
        if size > _MAX_NUMBER:
            raise KeyError
        return kind, self.number(at + 2, size), at + 2 + size

    def number(self, at: int, size: int) -> int:
        """The number at an offset."""
        return int.from_bytes(self.data[at : at + size])
