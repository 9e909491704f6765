"""The files of a source: one, a folder's, or those of a pattern; and their kinds, by content."""

from __future__ import annotations

import errno
import glob
import gzip
import os
import shutil
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple

from lfroadmap.errors import BrokenSnapshot, RoadmapError
from lfroadmap.flows.sources.heads import NEEDED
from lfroadmap.imports.kinds import kind_of
from lfroadmap.paths import exists, for_display, is_file, is_folder, typed_path

Kind = Literal["text", "json_lines", "json_list", "parquet", "workbook"]
ENDS = (".csv", ".tsv", ".tab", ".txt", ".json", ".jsonl", ".ndjson", ".parquet", ".pq", ".xlsx")
"""Ends of the names of a folder's files that are read, each also with `.gz` behind it."""
_MAY_BE_OTHER = (".txt", ".json")
"""Ends of names that notes and settings have as well."""
SAMPLE = 1 << 20
"""Bytes of a file by which its kind, its encoding and its separator are decided."""
PIPED = "-"
_READABLE = ("csv", "text", "todo_txt", "mail", "calendar")
_OTHER_TABLES = ("snapshot", "roadmap", "zip", "trello", "taskwarrior", "xml", "binary")
"""Kinds of files whose own message is about importing them."""


class SourceFile(NamedTuple):
    """A file to read."""

    path: Path
    """The file itself, or its content without gzip in the temporary folder."""
    shown: str
    """The file as a message names it."""
    kind: Kind


class Found(NamedTuple):
    """The files of all sources."""

    paths: tuple[Path, ...]
    skipped: tuple[Path, ...]
    """Files of folders that are no tables by their names, and folders that cannot be read."""
    in_folders: frozenset[Path]
    """Those of the files that no source names itself."""


def find_files(sources: Iterable[str]) -> Found:
    """The files that the sources name, each once; raises RoadmapError where one names none."""
    paths: list[Path] = []
    skipped: list[Path] = []
    named: set[Path] = set()
    for source in sources:
        taken, others = _files_of(source)
        paths += taken
        skipped += others
        named |= set() if is_folder(typed_path(source)) else {*taken}
    return Found(tuple(dict.fromkeys(paths)), tuple(dict.fromkeys(skipped)), frozenset(paths) - named)


def _files_of(source: str) -> tuple[list[Path], list[Path]]:
    path = typed_path(source)
    if source == PIPED:
        return [Path(PIPED)], []
    if is_folder(path):
        files, unread = _files_below(path)
        taken = [each for each in files if _is_table(each)]
        if not taken and path in unread:
            why = RoadmapError("snapshot_unreadable", reason=os.strerror(errno.EACCES))
            raise RoadmapError("flows_file", path=for_display(path), why=why)
        if not taken:
            raise RoadmapError("flows_folder", path=for_display(path), ends=", ".join(ENDS))
        return taken, [*(each for each in files if not _is_table(each)), *unread]
    if exists(path):
        return [path], []
    if "\0" in source or not glob.has_magic(source):
        raise RoadmapError("flows_no_file", path=for_display(path))
    found = [Path(each) for each in sorted(glob.glob(str(path), recursive=True))]  # noqa: PTH207 - any pattern
    taken = [each for each in found if is_file(each)]
    if not taken:
        raise RoadmapError("flows_no_match", path=source)
    return taken, []


def _files_below(folder: Path) -> tuple[list[Path], list[Path]]:
    """The files in a folder and below it, and the folders that cannot be read."""
    unread: list[Path] = []

    def note(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):  # it was removed meanwhile
            unread.append(Path(error.filename))

    found = [
        Path(below) / name
        for below, _, names in os.walk(folder, onerror=note, followlinks=False)
        for name in names
    ]
    return sorted(each for each in found if is_file(each) and not _is_hidden(each, folder)), unread


def _is_hidden(path: Path, folder: Path) -> bool:
    """True for `.git/x.csv` and for `_SUCCESS`, which other programs write beside their tables."""
    return any(part.startswith((".", "_")) for part in path.relative_to(folder).parts)


def _is_table(path: Path) -> bool:
    return _has_end(path, ENDS)


def _has_end(path: Path, ends: tuple[str, ...]) -> bool:
    return path.name.lower().removesuffix(".gz").endswith(ends)


def is_beside(path: Path, fault: RoadmapError) -> bool:
    """True for a file of a folder that only lies beside its tables: empty, no table, or text about them.

    A table that lacks one of its columns is none of these: it is a fault of the source.
    """
    if fault.key == "flows_columns":
        return fault.facts["missing"] == ", ".join(NEEDED) and _has_end(path, _MAY_BE_OTHER)
    return fault.key in ("snapshot_empty", "flows_no_table") or fault.key.startswith("kind_")


def open_source(path: Path, piped: BinaryIO | None, folder: Path) -> SourceFile:
    """The file with its kind; what is piped or packed is written into the folder first.

    Raises RoadmapError with the file's name for one that cannot be read, or is no table.
    """
    shown = str(for_display(path)) if str(path) != PIPED else PIPED
    try:
        plain = _unpacked(path, piped, folder)
        with plain.open("rb") as file:
            return SourceFile(plain, shown, kind_of_events(file.read(SAMPLE)))
    except BrokenSnapshot as error:
        raise RoadmapError("flows_file", path=shown, why=error) from error
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        why = RoadmapError("snapshot_unreadable", reason=reason)
        raise RoadmapError("flows_file", path=shown, why=why) from error


def _unpacked(path: Path, piped: BinaryIO | None, folder: Path) -> Path:
    """The file without gzip, in the temporary folder where it is not so already; raises OSError."""
    if str(path) == PIPED and piped is not None:
        path = _copied(piped, _free(folder))
    with path.open("rb") as file:
        if file.read(2) != b"\x1f\x8b":
            return path
    with gzip.open(path, "rb") as packed:
        return _copied(packed, _free(folder))  # type: ignore[arg-type]


def _copied(source: BinaryIO, target: Path) -> Path:
    with target.open("wb") as file:
        shutil.copyfileobj(source, file, SAMPLE)
    return target


def _free(folder: Path) -> Path:
    """A name in the folder that is not used."""
    return next(path for path in _names(folder) if not exists(path))


def _names(folder: Path) -> Iterator[Path]:
    n = 0
    while True:
        n += 1
        yield folder / f"source-{n}"


def kind_of_events(head: bytes) -> Kind:
    """The kind of a file that begins so; raises BrokenSnapshot for one that is no table of events."""
    if head.startswith(b"PAR1"):
        return "parquet"
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if first in (b"{", b"[") and not is_wide:
        return "json_lines" if first == b"{" else "json_list"
    kind = kind_of(head)
    if kind == "workbook":
        return "workbook"
    if is_wide or kind in _READABLE or (kind == "binary" and _is_text(head)):
        return "text"
    raise BrokenSnapshot("flows_no_table" if kind in _OTHER_TABLES else f"kind_{kind}")


def _is_text(head: bytes) -> bool:
    """True for a table with a stray NUL or control character in it."""
    sample = head[:4096]
    return b"\n" in head and sum(byte < 32 and byte not in b"\t\r\n" for byte in sample) * 50 <= len(sample)
