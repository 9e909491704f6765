"""The parts of a workbook, a zip of XML, read piece by piece within bounds.

A few kilobytes can unpack to gigabytes. What is unpacked and what is parsed is counted as it comes, never
taken from what the file says of itself.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.parsers import expat

from lfroadmap.errors import BrokenSnapshot

UNPACKED = 128 * 1024 * 1024
"""Most bytes that are unpacked of a workbook; 50,000 tasks with 100,000 changes are 43 MB, as far as read."""
STEPS = 4_500_000
"""Most tags, entities and line ends that are parsed of one: each costs about as much time as any other.

An element has two; a sheet with one empty cell in each row that Excel has comes to 4.2 million.
"""
FEW_STEPS = 1_000_000
"""The same of each part that is neither a sheet nor the texts of sheets."""
LISTED = 10_000
"""Most sheets, relations and number formats."""
_ENTRIES = 10_000
"""Most files in the zip; a list of them is made before any is opened."""
_ENTRY = b"PK\x01\x02"
"""What begins the entry of a file in a zip's directory."""
_PIECE = 64 * 1024
_TOKEN = 8 * _PIECE
"""Most bytes in which no element begins: of a tag or a comment the parser keeps them all."""
_DEPTH = 40
_NAMES = 1000
"""Most names of elements that are remembered."""
_DAMAGES = (
    zipfile.BadZipFile, zlib.error, struct.error, expat.ExpatError, OSError, EOFError, ValueError,
    LookupError, ArithmeticError, RuntimeError,
)  # fmt: skip
"""What zip and parser raise for damage; LookupError for an encoding, RuntimeError for a missing password."""

Open = Callable[[dict[str, str]], None]
Close = Callable[[], None]


class _Handlers(dict[str, Callable[..., None] | None]):
    """Handlers by the local name of an element, whatever prefix a program gives it."""

    def __missing__(self, name: str) -> Callable[..., None] | None:
        found = self.get(name.rpartition(":")[2])
        if len(self) < _NAMES:
            self[name] = found
        return found


class PartReader:
    """What is done with the elements of a part."""

    def __init__(self, opens: dict[str, Open], closes: dict[str, Close] | None = None) -> None:
        self.done = False
        """Whether the rest of the part is not needed."""
        self.depth = 0
        self.moved = False
        """Whether an element began since this was last set."""
        self._opens = _Handlers(opens)
        self._closes = _Handlers(closes or {})

    def open(self, name: str, attributes: dict[str, str]) -> None:
        """Called at the beginning of each element; raises ValueError for nesting that no workbook has."""
        self.moved = True
        self.depth += 1
        if self.depth > _DEPTH:
            raise ValueError("deep")
        handler = self._opens[name]
        if handler is not None:
            handler(attributes)

    def close(self, name: str) -> None:
        """Called at the end of each element."""
        self.depth -= 1
        handler = self._closes[name]
        if handler is not None:
            handler()

    def finish(self) -> None:
        """Pass over all that follows."""
        self.done = True
        self._opens.clear()
        self._closes.clear()

    def text(self, text: str) -> None:
        """Called with the text in between, in pieces."""


class Package:
    """The zip; raises BrokenSnapshot where it is none, or has too many files."""

    def __init__(self, data: bytes) -> None:
        self._bytes = self._steps = 0
        if data.count(_ENTRY) > _ENTRIES:
            raise self.too_large("[Content_Types].xml")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGES as error:
            raise BrokenSnapshot("table_workbook") from error
        self._names = {name.lower(): name for name in self._zip.namelist()}

    def has(self, name: str) -> bool:
        """Whether there is a part of this name, in any case."""
        return name.lower() in self._names

    def read(self, name: str, reader: PartReader) -> None:
        """Parse a small part until the reader is done; raises BrokenSnapshot."""
        most = self._steps + FEW_STEPS
        for _ in self.parse(name, reader):
            if self._steps > most:
                raise self.too_large(name)

    def parse(self, name: str, reader: PartReader) -> Iterator[None]:
        """Parse a part piece by piece until the reader is done; raises BrokenSnapshot."""
        parser = _parser(reader)
        idle = 0
        try:
            for piece in self._pieces(name):
                parser.Parse(piece, not piece)
                idle = 0 if reader.moved else idle + len(piece)
                reader.moved = False
                if idle > _TOKEN:
                    raise self.too_large(name)
                yield
                if reader.done:
                    return
        except _DAMAGES as error:
            raise BrokenSnapshot("table_workbook") from error

    def too_large(self, name: str) -> BrokenSnapshot:
        """The refusal of a part that would take too much memory or time."""
        limit, cells = UNPACKED >> 20, f"{STEPS // 4:,}"
        return BrokenSnapshot("workbook_large", part=name, limit=limit, cells=cells)

    def _pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, and an empty piece at its end; raises BrokenSnapshot beyond the bounds."""
        info = self._zip.getinfo(self._names[name.lower()])
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise zipfile.BadZipFile(name)  # others unpack without bound, and no workbook has them
        with self._zip.open(info) as file:
            while piece := file.read(_PIECE):
                self._bytes += len(piece)
                self._steps += sum(map(piece.count, (b"<", b"/>", b"&", b"\n", b"\r")))
                if self._bytes > UNPACKED or self._steps > STEPS:
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
    """A workbook defines no entities of its own; those that grow would be in such a definition."""
    raise ValueError("doctype")
