"""Reading a roadmap from a file that `export` wrote: JSON, or a web page, also saved again by a browser."""

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
"""A file, its bytes, or a pipe."""
PAGE_LIMIT = 2 * LIMIT
"""Maximal number of bytes of a page, which has its roadmap twice and its visible content."""
_PIECE = 1024 * 1024
_PREFIX = rb"\xef\xbb\xbf\xff\xfe\0 \t\r\n\v\f"
"""Bytes that may precede a page: byte order marks, and whitespace."""
_PAGE = re.compile(rb"[%b]*+(?:<|bplist00|[A-Za-z])" % _PREFIX)
"""The start of a page, or of an archive with one, and not of JSON."""


def read(source: Source, name: str = "") -> Roadmap:
    """The roadmap in a file, as `read_content`."""
    return read_content(source, name).roadmap


def read_content(source: Source, name: str = "") -> SnapshotContent:
    """The content of a file, or of the bytes of one named `name`.

    Raises BrokenSnapshot with the file's name, the fault, its place, and what to do.
    """
    with naming_errors(source, name), open_source(source) as file:
        return _read(file)


@contextmanager
def naming_errors(source: Source, name: str) -> Iterator[None]:
    """Add the file's name to every BrokenSnapshot raised inside."""
    try:
        yield
    except BrokenSnapshot as error:
        raise unreadable(error, source, name) from error


def unreadable(why: BrokenSnapshot, source: Source, name: str) -> BrokenSnapshot:
    """The error of a file that could not be read, or of the bytes of one named `name`."""
    path = str(for_display(source)) if isinstance(source, Path) else name or "-"
    return BrokenSnapshot("broken_snapshot", path=one_line(path), why=why)


@contextmanager
def open_source(source: Source) -> Iterator[BinaryIO]:
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


def read_bytes(file: BinaryIO, limit: int) -> bytes:
    """The next bytes of a file, regardless of its size on disk; raises BrokenSnapshot."""
    try:
        return file.read(limit)
    except OSError as error:
        raise BrokenSnapshot("snapshot_unreadable", reason=error.strerror) from error


def _read(file: BinaryIO) -> SnapshotContent:
    return read_started(read_bytes(file, _PIECE), file)


def read_started(start: bytes, file: BinaryIO) -> SnapshotContent:
    """The content of a file of which the first megabyte, or all, is read already; raises BrokenSnapshot."""
    if _PAGE.match(start):
        return _of_page(start + read_bytes(file, PAGE_LIMIT + 1 - len(start)))
    data = start + read_bytes(file, LIMIT + 1 - len(start))
    if len(data) <= LIMIT:
        return snapshot_reader.read(data)
    rest = iter(partial(read_bytes, file, _PIECE), b"")
    return snapshot_reader.read_long(chain[bytes | memoryview](in_pieces(data), rest))


def _of_page(data: bytes) -> SnapshotContent:
    """The content of a page, or of JSON that looked like one; each stage is freed before the next."""
    if len(data) > PAGE_LIMIT:
        raise too_large()
    page = page_in(data)
    is_page = page is not data or re.match(rb"[%b]*+<" % _PREFIX, data)
    del data
    block = _json_in(page) if is_page else page
    del page
    return snapshot_reader.read(block)


def _json_in(page: bytes) -> bytes:
    """The JSON in a page; in an encoding that lacks characters only the spare copy is complete."""
    try:
        if encoding_of(page) == "utf-16":
            page = page.decode("utf-16").encode("utf-8", "replace")
    except BrokenSnapshot:
        if spare := read_spare(page):
            return spare
        raise
    return read_page(page)
