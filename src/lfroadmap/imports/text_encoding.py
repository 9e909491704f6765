"""The encoding of a text file without a label: UTF-8, UTF-16, Windows-1255 or Windows-1252."""

from __future__ import annotations

import codecs
import re

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.roadmap.json_source import decoded, in_pieces

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16",
}  # fmt: skip
_SAMPLE = 256 * 1024
_HIGH_BYTES = (0x00, 0x05, 0x20)
_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
_HEBREW = re.compile(rb"[\xe0-\xfa]{2,}")
_HIGH = re.compile(rb"[\x80-\xff]")
_UTF8_CHARACTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
NAMES = {
    "utf-8-sig": "UTF-8", "utf-8": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16",
    "cp1255": "Windows-1255", "cp1252": "Windows-1252",
}  # fmt: skip
"""Codec -> its name for people."""


def encoding_of_text(data: bytes, chosen: str = "") -> str:
    """The codec of a text; raises BrokenSnapshot with the place of what fits none, or not the chosen one."""
    if chosen:
        return _checked(data, _codec(chosen))
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            return _checked(data, name)
    if name := utf_16_without_mark(data[:_SAMPLE]):
        return _checked(data, name)
    try:
        for _ in decoded(in_pieces(data)):
            pass
        return "utf-8-sig"
    except BrokenSnapshot as error:
        if _is_damaged_utf8(data):
            raise
        return _windows(data, error)


def _codec(chosen: str) -> str:
    """The codec of a name as people write it: `windows-1255`, `1255`, `utf8`."""
    name = chosen.strip().lower()
    name = {"1255": "cp1255", "1252": "cp1252", "hebrew": "cp1255", "utf8": "utf-8"}.get(name, name)
    try:
        found = codecs.lookup(name)
        b"x".decode(found.name)
    except (LookupError, UnicodeError, TypeError) as error:
        raise BrokenSnapshot(
            "unknown_encoding", name=chosen, known="utf-8, utf-16, cp1255, cp1252"
        ) from error
    return {"utf-8": "utf-8-sig"}.get(found.name, found.name)


def _checked(data: bytes, codec: str) -> str:
    """The codec, if all of the data is text in it; raises BrokenSnapshot with the place."""
    decoder = codecs.getincrementaldecoder(codec)()
    at = 0
    for piece in (*in_pieces(data), memoryview(b"")):
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(piece, not piece)
        except UnicodeDecodeError as error:
            place, name = at - pending + error.start, NAMES.get(codec, codec)
            raise BrokenSnapshot("text_encoding", at=place, encoding=name) from error
        at += len(piece)
    return codec


def utf_16_without_mark(sample: bytes) -> str:
    """UTF-16 by the high bytes of Latin, Hebrew and punctuation; empty for anything else."""
    for codec, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if len(high) > 1 and 0 in high and sum(map(high.count, _HIGH_BYTES)) >= len(high) * 0.9:
            return codec
    return ""


def _is_damaged_utf8(data: bytes) -> bool:
    """True if most of what is not ASCII is UTF-8: a damaged byte is no other encoding."""
    sample = data[:_SAMPLE]
    whole = sum(len(found[0]) for found in _UTF8_CHARACTER.finditer(sample))
    return whole * 2 > len(_HIGH.findall(sample))


def _windows(data: bytes, error: BrokenSnapshot) -> str:
    """Windows-1255 where more words are wholly of its Hebrew letters than are Latin with accents."""
    words = [word[0] for word in _WORD.finditer(data[:_SAMPLE]) if _HIGH.search(word[0])]
    hebrew = sum(_HEBREW.fullmatch(word) is not None for word in words)
    order = ("cp1255", "cp1252") if hebrew * 2 >= len(words) else ("cp1252", "cp1255")
    for codec in order:
        try:
            return _checked(data, codec)
        except BrokenSnapshot:
            continue
    raise error
