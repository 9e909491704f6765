"""The parts of a workbook, a zip of XML, read in chunks within limits.

A few kilobytes can unpack to gigabytes. Unpacked bytes and parsed elements are counted as they come; sizes
in the file are not trusted.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.parsers import expat

from lfroadmap.errors import BrokenSnapshot

MAX_UNPACKED = 128 * 1024 * 1024
"""Maximal number of unpacked bytes of a workbook; 50,000 tasks with 100,000 changes have 43 MB."""
MAX_STEPS = 4_500_000
"""Maximal number of tags, entities and line ends that are parsed in one: each takes about the same time.

An element has two; a sheet with one empty cell in each row that Excel has comes to 4.2 million.
"""
MAX_STEPS_OF_PART = 1_000_000
"""The same for a part other than the sheets and their texts."""
MAX_LISTED = 10_000
"""Maximal number of sheets, relations and number formats."""
_MAX_ENTRIES = 10_000
"""Maximal number of files in the zip; a list of them is made before any is opened."""
_ENTRY = b"PK\x01\x02"
"""The start of a file's entry in the directory of a zip."""
_PIECE = 64 * 1024
_MAX_TOKEN = 8 * _PIECE
"""Maximal number of bytes without a new element: the parser buffers a whole tag or comment."""
_MAX_DEPTH = 40
_MAX_NAMES = 1000
"""Maximal number of cached names of elements."""
_DAMAGE_ERRORS = (
    zipfile.BadZipFile, zlib.error, struct.error, expat.ExpatError, OSError, EOFError, ValueError,
    LookupError, ArithmeticError, RuntimeError,
)  # fmt: skip
"""Errors of zip and parser for damage; LookupError for an encoding, RuntimeError for a missing password."""

Open = Callable[[dict[str, str]], None]
Close = Callable[[], None]


class _Handlers(dict[str, Callable[..., None] | None]):
    """Handlers by the local name of an element, regardless of its prefix."""

    def __missing__(self, name: str) -> Callable[..., None] | None:
        handler = self.get(name.rpartition(":")[2])
        if len(self) < _MAX_NAMES:
            self[name] = handler
        return handler


class PartReader:
    """The handlers for the elements of a part."""

    def __init__(self, opens: dict[str, Open], closes: dict[str, Close] | None = None) -> None:
        self.is_done = False
        """True if the rest of the part is not needed."""
        self.depth = 0
        self.has_new_element = False
        """True if an element began since this was last reset."""
        self._opens = _Handlers(opens)
        self._closes = _Handlers(closes or {})

    def open(self, name: str, attributes: dict[str, str]) -> None:
        """Handle the start of an element; raises ValueError for nesting that no workbook has."""
        self.has_new_element = True
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise ValueError("deep")
        handler = self._opens[name]
        if handler is not None:
            handler(attributes)

    def close(self, name: str) -> None:
        """Handle the end of an element."""
        self.depth -= 1
        handler = self._closes[name]
        if handler is not None:
            handler()

    def skip(self, *names: str) -> None:
        """Handle these elements no more."""
        for name in [*self._opens, *self._closes]:
            if name.rpartition(":")[2] in names:
                self._opens[name] = self._closes[name] = None

    def finish(self) -> None:
        """Skip the rest of the part."""
        self.is_done = True
        self._opens.clear()
        self._closes.clear()

    def text(self, text: str) -> None:
        """Handle text, in chunks."""


class Package:
    """The zip; raises BrokenSnapshot for other data, and for too many files."""

    def __init__(self, data: bytes) -> None:
        self._bytes = self._steps = 0
        if data.count(_ENTRY) > _MAX_ENTRIES:
            raise self.too_large("[Content_Types].xml")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGE_ERRORS as error:
            raise BrokenSnapshot("table_workbook") from error
        self._names = {name.lower(): name for name in self._zip.namelist()}

    def has(self, name: str) -> bool:
        """True if there is a part of this name, in any case."""
        return name.lower() in self._names

    def read(self, name: str, reader: PartReader) -> None:
        """Parse a small part until the reader is done; raises BrokenSnapshot."""
        limit = self._steps + MAX_STEPS_OF_PART
        for _ in self.parse(name, reader):
            if self._steps > limit:
                raise self.too_large(name)

    def parse(self, name: str, reader: PartReader) -> Iterator[None]:
        """Parse a part in chunks until the reader is done; raises BrokenSnapshot."""
        parser = _parser(reader)
        idle = 0
        try:
            for piece in self._pieces(name):
                parser.Parse(piece, not piece)
                idle = 0 if reader.has_new_element else idle + len(piece)
                reader.has_new_element = False
                if idle > _MAX_TOKEN:
                    raise self.too_large(name)
                yield
                if reader.is_done:
                    return
        except _DAMAGE_ERRORS as error:
            raise BrokenSnapshot("table_workbook") from error

    def too_large(self, name: str) -> BrokenSnapshot:
        """The error for a part that would take too much memory or time."""
        limit, cells = MAX_UNPACKED >> 20, f"{MAX_STEPS // 4:,}"
        return BrokenSnapshot("workbook_large", part=name, limit=limit, cells=cells)

    def _pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, and an empty chunk at its end; raises BrokenSnapshot beyond the limits."""
        info = self._zip.getinfo(self._names[name.lower()])
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise zipfile.BadZipFile(name)  # other methods unpack without limit, and no workbook has them
        with self._zip.open(info) as file:
            while piece := file.read(_PIECE):
                self._bytes += len(piece)
                self._steps += sum(map(piece.count, (b"<", b"/>", b"&", b"\n", b"\r")))
                if self._bytes > MAX_UNPACKED or self._steps > MAX_STEPS:
                    raise self.too_large(name)
                yield piece
        yield b""


def _parser(reader: PartReader) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.open
    parser.EndElementHandler = reader.close
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*_: object) -> None:
    """Refuse a document type: a workbook defines no entities, and exploding ones would be in it."""
    raise ValueError("doctype")
