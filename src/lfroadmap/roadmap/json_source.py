"""The bytes of a JSON text before parsing: encoding and size limits."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from lfroadmap.errors import BrokenSnapshot

LIMIT = 48 * 1024 * 1024
"""Maximal number of bytes of a snapshot without its history; 50,000 tasks are 16 MB."""
PARTS = 1_000_000
"""Maximal number of values of the same; 50,000 tasks are 450,000."""
STRING = rb'"(?:[^"\\]++|\\.)*+"'
"""The pattern of a string, to be compiled with DOTALL."""
_PIECE = 1024 * 1024
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SHOWN = re.compile(rb"[^ \t\r\n]")
_PART = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[,\[{]', re.DOTALL)
"""A string, or an unterminated one up to the end: retrying from each quote would take quadratic time."""
_QUOTE = 0x22
_SEPARATORS = (b",", b"[", b"{")


def too_large() -> BrokenSnapshot:
    """The error for a file that is larger than any roadmap."""
    return BrokenSnapshot("snapshot_too_large", limit=LIMIT >> 20, parts=f"{PARTS:,}")


def check_size(data: bytes) -> None:
    """Refuse JSON that would take minutes or all the memory, before parsing it; raises BrokenSnapshot."""
    if len(data) > LIMIT or values(data, PARTS) > PARTS:
        raise too_large()


def values(data: bytes, most: int) -> int:
    """The number of values in a JSON text: every one but the first of a list or object follows a comma.

    Commas within texts are excluded only where there are more than `most`; counting stops there.
    """
    count = sum(map(data.count, _SEPARATORS))
    if count <= most:
        return count
    separators = (part for part in _PART.finditer(data) if part[0][0] != _QUOTE)
    return sum(1 for _ in islice(separators, most + 1))


def in_pieces(data: bytes) -> Iterator[memoryview]:
    """The same bytes in chunks of about a megabyte."""
    view = memoryview(data)
    return (view[at : at + _PIECE] for at in range(0, len(data), _PIECE))


def decoded(pieces: Iterable[bytes | memoryview]) -> Iterator[str]:
    """Decode chunks of UTF-8, or UTF-16 with a byte order mark; raises BrokenSnapshot for all others."""
    decoder: codecs.IncrementalDecoder | None = None
    at = 0
    for piece in chain(pieces, (b"",)):
        if decoder is None:
            decoder = codecs.getincrementaldecoder(_encoding(bytes(piece[:2])))()
        pending = len(decoder.getstate()[0])
        try:
            yield decoder.decode(piece, not piece)
        except UnicodeDecodeError as error:
            raise BrokenSnapshot("snapshot_encoding", at=at - pending + error.start) from error
        at += len(piece)


def _encoding(start: bytes) -> str:
    """The encoding by the first bytes; some shells redirect output as UTF-16."""
    return "utf-16" if start in _MARKS else "utf-8-sig"


def encoding_of(data: bytes) -> str:
    """The encoding of a text; raises BrokenSnapshot for one that is not supported.

    The text is decoded in chunks: as a whole it can take four times the memory.
    """
    for _ in decoded(in_pieces(data)):
        pass
    return _encoding(data[:2])


def is_blank(data: bytes) -> bool:
    """True if a text in UTF-8 or UTF-16 has nothing but whitespace."""
    if data[:2] in _MARKS:
        return not data[2:].strip(b"\0 \t\r\n")
    return not _SHOWN.search(data, 3 if data.startswith(codecs.BOM_UTF8) else 0)


def as_utf8(source: str | bytes) -> bytes:
    """The text as UTF-8 without a byte order mark; raises BrokenSnapshot where it is no text, or empty."""
    if isinstance(source, bytes) and encoding_of(source) == "utf-16":
        source = source.decode("utf-16")
    data = source.removeprefix(codecs.BOM_UTF8) if isinstance(source, bytes) else utf8(source)
    if is_blank(data):
        raise BrokenSnapshot("snapshot_empty")
    return data


def utf8(text: str) -> bytes:
    """The text as UTF-8 without a byte order mark; raises BrokenSnapshot for a lone surrogate."""
    try:
        return text.removeprefix("\ufeff").encode()
    except UnicodeEncodeError as error:
        raise BrokenSnapshot("snapshot_encoding", at=error.start) from error


def line_start(data: bytes, line: int) -> int:
    """Offset of the start of a line; the first line is 1."""
    start, left = 0, line - 1
    while left > (count := data.count(b"\n", start, start + _PIECE)):
        start, left = start + _PIECE, left - count
    for _ in range(left):
        start = data.index(b"\n", start) + 1
    return start
