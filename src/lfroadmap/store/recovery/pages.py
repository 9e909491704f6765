"""Rows from the bytes of an SQLite file that SQLite itself refuses: header, tree and schema may be gone.

Every page is parsed by itself: one that looks like a leaf of a table gives its cells, and their assignment
to tables is left to the caller, who knows the rows by their shape and their checksums. Pages in the
log beside the file count as well, older versions included: rows that are read twice do no harm.
Layout: https://www.sqlite.org/fileformat2.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from lfroadmap.store.folder.companions import companion
from lfroadmap.store.sqlite.disk import PAGE

_LEAF = 0x0D
_FRAME, _WAL_HEAD = 24, 32
_OVERFLOW_READS, _OVERFLOW_READS_PER_PAGE = 20_000, 100
"""Limit of overflow pages that are read: in a forged file many rows share the same ones."""
Row = tuple[int, list[object]]
"""Number of a row and its columns; the first column of a table with an integer key is None."""


def rows(path: Path, *, file: bool = True, log: bool = True) -> Iterator[Row]:
    """Every row that can be parsed in the file, in the log beside it, or in both; raises OSError.

    Some are older versions of others, or were deleted; some are not rows at all.
    """
    return _rows(_File(path, file=file, log=log))


def _rows(file: _File) -> Iterator[Row]:
    for page in (*file.pages, *file.logged):
        yield from _rows_of(page, file.page, file.size)
        if file.logged:  # a long row may continue in pages of the log
            yield from _rows_of(page, file.newest, file.size)


class _File:
    """The pages of the file and of the log beside it."""

    def __init__(self, path: Path, *, file: bool, log: bool) -> None:
        data = path.read_bytes() if file else b""
        self.pages = [data[at : at + PAGE].ljust(PAGE, b"\0") for at in range(0, len(data), PAGE)]
        wal = companion(path, "-wal")
        frames = wal.read_bytes() if log and wal.is_file() else b""
        starts = range(_WAL_HEAD, len(frames) - _FRAME - PAGE + 1, _FRAME + PAGE)
        self.size = len(data) + len(frames)
        self._left = _OVERFLOW_READS + _OVERFLOW_READS_PER_PAGE * (self.size // PAGE)
        self.logged = [frames[at + _FRAME : at + _FRAME + PAGE] for at in starts]
        self._newest = {
            int.from_bytes(frames[at : at + 4], "big"): page
            for at, page in zip(starts, self.logged, strict=True)
        }

    def page(self, number: int) -> bytes:
        """A page of the file by its number, from 1 on; behind the end of the file, one of the log.

        Empty where there is none, or where far more were requested than exist.
        """
        self._left -= 1
        if self._left < 0:
            return b""
        if 1 <= number <= len(self.pages):
            return self.pages[number - 1]
        return self._newest.get(number, b"")

    def newest(self, number: int) -> bytes:
        """A page in its latest version in the log, or else of the file."""
        page = self.page(number)
        return self._newest.get(number, page) if page else b""


def _rows_of(page: bytes, read_page: Callable[[int], bytes], max_size: int) -> Iterator[Row]:
    head = 100 if page.startswith(b"SQLite format 3\0") else 0
    if len(page) < PAGE or page[head] != _LEAF:
        return
    count = int.from_bytes(page[head + 3 : head + 5], "big")
    for n in range(min(count, PAGE // 4)):
        at = int.from_bytes(page[head + 8 + 2 * n : head + 10 + 2 * n], "big")
        if head + 8 <= at < PAGE:
            row = _row(page, at, read_page, max_size)
            if row is not None:
                yield row


def _row(page: bytes, at: int, read_page: Callable[[int], bytes], max_size: int) -> Row | None:
    """The row of a cell; None for an invalid cell."""
    try:
        size, at = _varint(page, at)
        number, at = _varint(page, at)
        if size > max_size:
            return None
        payload = _payload(page, at, size, read_page)
        return None if payload is None else (_signed(number), _columns(payload))
    except (IndexError, UnicodeDecodeError):
        return None


def _payload(page: bytes, at: int, size: int, read_page: Callable[[int], bytes]) -> bytes | None:
    """The bytes of a row, including its overflow pages; None where one of these is missing."""
    most = PAGE - 35
    if size <= most:
        return page[at : at + size]
    least = (PAGE - 12) * 32 // 255 - 23
    here = least + (size - least) % (PAGE - 4)
    here = here if here <= most else least
    parts, missing = [page[at : at + here]], size - here
    following = int.from_bytes(page[at + here : at + here + 4], "big")
    while missing > 0:
        page = read_page(following)
        if not page:
            return None
        parts.append(page[4 : 4 + min(missing, PAGE - 4)])
        missing -= len(parts[-1])
        following = int.from_bytes(page[:4], "big")
    return b"".join(parts)


def _columns(payload: bytes) -> list[object]:
    """The columns of a row; raises IndexError or UnicodeDecodeError for an invalid row."""
    head, at = _varint(payload, 0)
    types: list[int] = []
    while at < head:
        kind, at = _varint(payload, at)
        types.append(kind)
    out: list[object] = []
    for kind in types:
        value, at = _column(payload, at, kind)
        out.append(value)
    return out


_WIDTHS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


def _column(payload: bytes, at: int, kind: int) -> tuple[object, int]:
    if kind == 0:
        return None, at
    if kind in (8, 9):
        return kind - 8, at
    width = _WIDTHS.get(kind, (kind - 12) // 2)
    data = payload[at : at + width]
    if kind in (7, 10, 11) or len(data) < width:
        raise IndexError
    if kind in _WIDTHS:
        return int.from_bytes(data, "big", signed=True), at + width
    return (data.decode() if kind % 2 else data), at + width


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for n in range(8):
        value = value << 7 | data[at + n] & 0x7F
        if data[at + n] < 0x80:
            return value, at + n + 1
    return value << 8 | data[at + 8], at + 9


def _signed(number: int) -> int:
    return number - (1 << 64) if number >= 1 << 63 else number
