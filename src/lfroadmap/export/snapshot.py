"""Reading a roadmap back from a file that `export` wrote: JSON, or a web page, however it was saved again."""

from __future__ import annotations

from pathlib import Path

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.export.archives import page_in
from lfroadmap.export.carrier import read_page, read_spare
from lfroadmap.roadmap import schema, snapshot_reader
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.text import one_line

_BEFORE = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n\v\f"
"""What may stand before a page: marks of its encoding, and blanks."""


def read(source: Path | bytes, name: str = "") -> Roadmap:
    """The roadmap in a file, as `read_held`."""
    return read_held(source, name).roadmap


def read_held(source: Path | bytes, name: str = "") -> schema.Held:
    """What a file holds, or the bytes of one that is called `name`.

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


def _read(data: bytes) -> schema.Held:
    if len(data) > schema.LIMIT:
        raise schema.too_large()
    page = page_in(data)
    is_page = page is not data or data.lstrip(_BEFORE).startswith(b"<")
    return snapshot_reader.read(_json_in(page) if is_page else data)


def _json_in(data: bytes) -> str:
    """The JSON in a page. In an encoding that lacks signs only the spare, of plain letters, is whole."""
    try:
        return read_page(schema.decode(data))
    except BrokenSnapshot as error:
        told = read_spare(data.decode("latin-1")) if error.key == "snapshot_encoding" else ""
        if not told:
            raise
        return told
