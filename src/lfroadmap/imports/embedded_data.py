"""Extraction of a roadmap's JSON from a page: from its block of data or from the spare copy."""

from __future__ import annotations

import base64
import bz2
import re
from html.parser import HTMLParser
from itertools import islice

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.roadmap import json_source
from lfroadmap.roadmap.schema import EMBEDDED as NAME
from lfroadmap.roadmap.schema import PAGE_KIND
from lfroadmap.roadmap.snapshot_reader import is_json

_MAX_BLOCKS = 100
"""Maximal number of blocks of that name that are examined; a page has one."""
_LOST = re.compile(rb"\?|&#")
"""Replacements of characters that an encoding lacks."""
_SCRIPT = re.compile(rb"<script\b[^<>]{0,400}>", re.IGNORECASE)
_END = re.compile(rb"</script", re.IGNORECASE)
_META = re.compile(rb"<meta\b[^<>]*>", re.IGNORECASE)
_META_NAME = re.compile(rb"\bname\s*=\s*[\"']?%b[\"'\s/>]" % NAME.encode(), re.IGNORECASE)
_KIND_NAME = re.compile(rb"\bname\s*=\s*[\"']?%b[\"'\s/>]" % PAGE_KIND.encode(), re.IGNORECASE)
_WITHOUT_DATA = {b"portfolio": "snapshot_of_portfolio", b"comparison": "snapshot_of_comparison"}
"""Kind of a page that carries no roadmap -> the message that says so."""
_CONTENT = re.compile(rb"\bcontent\s*=\s*(?:[\"']([^\"'<>]*)|([^\s\"'<>]+))", re.IGNORECASE)


def read_page(page: bytes) -> bytes:
    """The JSON in a page (UTF-8), from the block or the spare copy; raises BrokenSnapshot."""
    block, is_intact = _block_in(page)
    spare = b"" if is_intact and not _LOST.search(block) else read_spare(page)
    if is_intact and not (spare and _has_lost(block, spare)):
        return block
    if data := spare or block:
        return data
    raise BrokenSnapshot(_reason(page))


def _reason(page: bytes) -> str:
    """The key of the message for a page without a roadmap; some of our own pages carry none."""
    for tag in islice(_META.finditer(page), _MAX_BLOCKS):
        content = _CONTENT.search(tag[0])
        if content and _KIND_NAME.search(tag[0]):
            kind = content[1] or content[2] or b""
            return _WITHOUT_DATA.get(kind, "snapshot_no_data")
    return "snapshot_no_data"


def _has_lost(block: bytes, spare: bytes) -> bool:
    """True if the block lost characters to an old encoding: `?` or `&#1488;` in their place."""
    if b"&#" in block:  # the block was written without any `&`
        return True
    if block == spare:
        return False
    here, there = block.decode("utf-8", "replace"), spare.decode("utf-8", "replace")
    return len(here) == len(there) and all(b in (s, "?") for b, s in zip(here, there, strict=True))


def read_spare(page: bytes) -> bytes:
    """The JSON in the spare copy; empty where there is none, or where it is damaged."""
    for found in _META.finditer(page):
        tag = found[0]
        if NAME.encode() in tag and _META_NAME.search(tag) and (content := _CONTENT.search(tag)):
            return _unpack(content[1] or content[2] or b"")
    return b""


def _unpack(packed: bytes) -> bytes:
    """The decompressed data, limited to the size of a snapshot."""
    unpacker = bz2.BZ2Decompressor()
    try:
        data = unpacker.decompress(base64.b64decode(packed), json_source.LIMIT + 1)
    except (OSError, ValueError):
        return b""
    if len(data) > json_source.LIMIT:
        raise json_source.too_large()
    return data if unpacker.eof and _is_utf8(data) else b""


def _is_utf8(data: bytes) -> bool:
    try:
        return json_source.encoding_of(data) != "utf-16"
    except BrokenSnapshot:
        return False


def _block_in(page: bytes) -> tuple[bytes, bool]:
    """The JSON in the block, and True if it is intact or validly edited.

    The library's parser reads single tags only: on a malicious page as a whole, its time is quadratic.
    """
    named = (found for found in _SCRIPT.finditer(page) if NAME.encode() in found[0])
    for found in islice(named, _MAX_BLOCKS):
        if _is_ours(found[0].decode("utf-8", "replace")):
            end = _END.search(page, found.end())
            data = page[found.end() : end.start() if end else None].strip()
            if data:
                # a line that a mail program broke within a text is no longer JSON
                return data, end is not None and (b"\n" not in data or is_json(data))
    return b"", False


def _is_ours(tag: str) -> bool:
    parser = _Tag()
    parser.feed(tag)
    return parser.attributes.get("id") == NAME and parser.attributes.get("type") == "application/json"


class _Tag(HTMLParser):
    """The attributes of one tag."""

    def __init__(self) -> None:
        super().__init__()
        self.attributes: dict[str, str | None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes = dict(attrs)
