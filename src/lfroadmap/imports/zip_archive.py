"""The files in a zip that another program exported; a zip in it, as Notion writes, is opened too."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.roadmap.json_source import LIMIT

_MAX_FILES = 1000
_DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError)


def files_in(data: bytes, *, is_inner: bool = False) -> Iterator[tuple[str, bytes]]:
    """The files of an archive with their names, each and all together within the limits of a table.

    Raises BrokenSnapshot for a damaged archive, and beyond the limits.
    """
    left = LIMIT
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in _entries(archive):
                with archive.open(entry) as file:
                    content = file.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise BrokenSnapshot("table_large", limit=LIMIT >> 20)
                if content.startswith(b"PK") and entry.filename.lower().endswith(".zip") and not is_inner:
                    yield from files_in(content, is_inner=True)
                else:
                    yield entry.filename, content
    except _DAMAGE as error:
        raise BrokenSnapshot("zip_damaged") from error


def _entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    entries = [each for each in archive.infolist() if not each.is_dir() and not _is_hidden(each.filename)]
    if len(entries) > _MAX_FILES:
        raise BrokenSnapshot("table_large", limit=LIMIT >> 20)
    return entries


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in name.split("/"))
