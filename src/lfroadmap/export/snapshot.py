"""Reading a roadmap back from a file that `export` wrote: JSON, or a web page with the JSON inside."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.roadmap import schema
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.text import one_line

BLOCK = "lfroadmap"
"""The id of the element of a page that holds the roadmap."""


def read(source: Path | bytes, name: str = "") -> Roadmap:
    """The roadmap in a file, or in the bytes of one that is called `name`.

    Raises BrokenSnapshot that names the file and says what is wrong, where, and what to do.
    """
    try:
        return _read(file_bytes(source) if isinstance(source, Path) else source)
    except BrokenSnapshot as error:
        path = str(source.absolute()) if isinstance(source, Path) else name or "-"
        raise BrokenSnapshot("broken_snapshot", path=one_line(path), why=error) from error


def file_bytes(path: Path) -> bytes:
    """The file's bytes; no more of them than a snapshot may have, whatever the file's size says."""
    try:
        with path.open("rb") as file:
            return file.read(schema.LIMIT + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise BrokenSnapshot("snapshot_unreadable", reason=reason) from error


def _read(data: bytes) -> Roadmap:
    if len(data) > schema.LIMIT:
        raise schema.too_large()
    text = schema.decode(data)
    return schema.load(_inside(text) if text.lstrip("\ufeff \t\r\n").startswith("<") else text)


def _inside(html: str) -> str:
    """The JSON in a page; only the data block is looked at, wherever a browser that saved it again put it.

    The library's parser reads single tags only: on a whole page made for it, its time is quadratic.
    """
    for found in _TAG.finditer(html):
        if BLOCK in found[0] and _is_ours(found[0]):
            end = _END.search(html, found.end())
            data = html[found.end() : end.start() if end else None]
            if data.strip():
                return data
    raise BrokenSnapshot("snapshot_no_data")


_TAG = re.compile(r"<script\b[^<>]{0,400}>", re.IGNORECASE)
_END = re.compile(r"</script", re.IGNORECASE)


def _is_ours(tag: str) -> bool:
    parser = _Tag()
    parser.feed(tag)
    return parser.given.get("id") == BLOCK and parser.given.get("type") == "application/json"


class _Tag(HTMLParser):
    """The attributes of one tag."""

    def __init__(self) -> None:
        super().__init__()
        self.given: dict[str, str | None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.given = dict(attrs)
