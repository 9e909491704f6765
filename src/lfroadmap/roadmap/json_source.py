"""The bytes of a JSON text before it is parsed: their encoding, and how much they may hold."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from lfroadmap.errors import BrokenSnapshot

LIMIT = 48 * 1024 * 1024
"""Most bytes of a snapshot without its history; 50,000 tasks are 16 MB."""
PARTS = 1_000_000
"""Most values of the same; 50,000 tasks are 450,000."""
STRING = rb'"(?:[^"\\]++|\\.)*+"'
"""The pattern of a string, to be compiled with DOTALL."""
_PIECE = 1024 * 1024
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SHOWN = re.compile(rb"[^ \t\r\n]")
_PART = re.compile(rb"%b|[,\[{]" % STRING, re.DOTALL)
_SEPARATORS = (b",", b"[", b"{")


def too_large() -> BrokenSnapshot:
    """The refusal of a file that no roadmap needs."""
    return BrokenSnapshot("snapshot_too_large", limit=LIMIT >> 20, parts=f"{PARTS:,}")


def check_size(data: bytes) -> None:
    """Refuse JSON that would take minutes or all the memory before it is looked at; raises BrokenSnapshot."""
    if len(data) > LIMIT or values(data, PARTS) > PARTS:
        raise too_large()


def values(data: bytes, most: int) -> int:
    """How many values are in a JSON text: every one but the first of a list or object follows a comma.

    The commas within texts are told apart only where the count is beyond `most`.
    """
    found = sum(map(data.count, _SEPARATORS))
    return found if found <= most else sum(1 for part in _PART.finditer(data) if part[0][0] != 0x22)


def decoded(pieces: Iterable[bytes | memoryview]) -> Iterator[str]:
    """A text in pieces, UTF-8 or UTF-16 with a mark; raises BrokenSnapshot for any other encoding."""
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
    """Some shells write what is piped to a file as UTF-16."""
    return "utf-16" if start in _MARKS else "utf-8-sig"


def encoding_of(data: bytes) -> str:
    """The encoding of a text; raises BrokenSnapshot where it is none that is read.

    The text is decoded in pieces: as a whole it can take four times the room.
    """
    view = memoryview(data)
    for _ in decoded(view[at : at + _PIECE] for at in range(0, len(data), _PIECE)):
        pass
    return _encoding(data[:2])


def is_blank(data: bytes) -> bool:
    """Whether there is nothing but blanks in a text that is UTF-8 or UTF-16."""
    if data[:2] in _MARKS:
        return not data[2:].strip(b"\0 \t\r\n")
    return not _SHOWN.search(data, 3 if data.startswith(codecs.BOM_UTF8) else 0)


def as_utf8(source: str | bytes) -> bytes:
    """The text as UTF-8 without a mark; raises BrokenSnapshot where it is no text, or empty."""
    if isinstance(source, bytes) and encoding_of(source) == "utf-16":
        source = source.decode("utf-16")
    data = source.removeprefix(codecs.BOM_UTF8) if isinstance(source, bytes) else utf8(source)
    if is_blank(data):
        raise BrokenSnapshot("snapshot_empty")
    return data


def utf8(text: str) -> bytes:
    """The text as UTF-8 without a mark; raises BrokenSnapshot where it has half a surrogate pair."""
    try:
        return text.removeprefix("\ufeff").encode()
    except UnicodeEncodeError as error:
        raise BrokenSnapshot("snapshot_encoding", at=error.start) from error


def line_start(data: bytes, line: int) -> int:
    """Where a line begins; the first one is 1."""
    start, left = 0, line - 1
    while left > (found := data.count(b"\n", start, start + _PIECE)):
        start, left = start + _PIECE, left - found
    for _ in range(left):
        start = data.index(b"\n", start) + 1
    return start
