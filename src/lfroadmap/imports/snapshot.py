"""Reading a roadmap back from a file that `export` wrote: JSON, or a web page, however it was saved again."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.imports.archives import page_in
from lfroadmap.imports.embedded_data import read_page, read_spare
from lfroadmap.paths import for_display
from lfroadmap.roadmap import snapshot_reader
from lfroadmap.roadmap.json_source import LIMIT, encoding_of, in_pieces, too_large
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.schema import SnapshotContent
from lfroadmap.text import one_line

Source = Path | bytes | BinaryIO
"""A file, the bytes of one, or a pipe."""
PAGE_LIMIT = 2 * LIMIT
"""Most bytes of a page, which holds its roadmap twice and all that it shows besides."""
_PIECE = 1024 * 1024
_BEFORE = rb"\xef\xbb\xbf\xff\xfe\0 \t\r\n\v\f"
"""What may stand before a page: marks of its encoding, and blanks."""
_PAGE = re.compile(rb"[%b]*+(?:<|bplist00|[A-Za-z])" % _BEFORE)
"""The beginning of a page, or of an archive with one, and not of JSON."""


def read(source: Source, name: str = "") -> Roadmap:
    """The roadmap in a file, as `read_held`."""
    return read_content(source, name).roadmap


def read_content(source: Source, name: str = "") -> SnapshotContent:
    """What a file holds, or the bytes of one that is called `name`.

    Raises BrokenSnapshot that names the file and says what is wrong, where, and what to do.
    """
    with named(source, name), opened(source) as file:
        return _read(file)


@contextmanager
def named(source: Source, name: str) -> Iterator[None]:
    """Say in every BrokenSnapshot from within which file it is about."""
    try:
        yield
    except BrokenSnapshot as error:
        raise not_read(error, source, name) from error


def not_read(why: BrokenSnapshot, source: Source, name: str) -> BrokenSnapshot:
    """The error of a file that could not be read, or of the bytes of one that is called `name`."""
    path = str(for_display(source)) if isinstance(source, Path) else name or "-"
    return BrokenSnapshot("broken_snapshot", path=one_line(path), why=why)


@contextmanager
def opened(source: Source) -> Iterator[BinaryIO]:
    """The file to read from; raises BrokenSnapshot where the system refuses."""
    if not isinstance(source, Path | bytes):
        yield source
        return
    try:
        file: BinaryIO = source.open("rb") if isinstance(source, Path) else io.BytesIO(source)
    except (OSError, ValueError) as error:  # ValueError: NUL in a path
        if isinstance(source, Path) and not for_display(source).is_absolute():
            raise BrokenSnapshot("no_current_folder", path=source) from error
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise BrokenSnapshot("snapshot_unreadable", reason=reason) from error
    with file:
        yield file


def taken(file: BinaryIO, most: int) -> bytes:
    """The next bytes of a file, whatever its size says; raises BrokenSnapshot."""
    try:
        return file.read(most)
    except OSError as error:
        raise BrokenSnapshot("snapshot_unreadable", reason=error.strerror) from error


def _read(file: BinaryIO) -> SnapshotContent:
    start = taken(file, _PIECE)
    if _PAGE.match(start):
        return _of_page(start + taken(file, PAGE_LIMIT + 1 - len(start)))
    data = start + taken(file, LIMIT + 1 - len(start))
    if len(data) <= LIMIT:
        return snapshot_reader.read(data)
    rest = iter(partial(taken, file, _PIECE), b"")
    return snapshot_reader.read_long(chain[bytes | memoryview](in_pieces(data), rest))


def _of_page(data: bytes) -> SnapshotContent:
    """What a page holds, or JSON that may have looked like one; each is let go when the next is made."""
    if len(data) > PAGE_LIMIT:
        raise too_large()
    page = page_in(data)
    is_page = page is not data or re.match(rb"[%b]*+<" % _BEFORE, data)
    del data
    block = _json_in(page) if is_page else page
    del page
    return snapshot_reader.read(block)


def _json_in(page: bytes) -> bytes:
    """The JSON in a page. In an encoding that lacks signs only the spare, of plain letters, is whole."""
    try:
        if encoding_of(page) == "utf-16":
            page = page.decode("utf-16").encode("utf-8", "replace")
    except BrokenSnapshot:
        if told := read_spare(page):
            return told
        raise
    return read_page(page)
