"""The kind of a file, by its content and never by its name."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from lfroadmap.imports.csv_reader import SEPARATORS, sample_rows
from lfroadmap.imports.layout import find_heads
from lfroadmap.imports.taskwarrior import is_taskwarrior
from lfroadmap.imports.text_encoding import utf_16_without_mark
from lfroadmap.imports.todo_txt import is_todo_txt
from lfroadmap.imports.trello import is_trello
from lfroadmap.roadmap.table_file import ImportChoices

Kind = Literal[
    "snapshot", "roadmap", "csv", "workbook", "zip", "todo_txt", "trello", "taskwarrior",
    "ods", "document", "slides", "numbers", "xlsb", "old_office", "pdf", "picture", "packed", "rtf", "mail",
    "calendar", "xml", "text", "binary",
]  # fmt: skip
"""What a file is; those of the last two lines cannot be imported."""

ROADMAP = b"SQLite format 3\0"
SAMPLE = 1024 * 1024
_STARTS: tuple[tuple[bytes, Kind], ...] = (
    (ROADMAP, "roadmap"), (b"\xd0\xcf\x11\xe0", "old_office"), (b"%PDF", "pdf"), (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"), (b"GIF8", "picture"), (b"\x1f\x8b", "packed"), (b"7z\xbc\xaf", "packed"),
    (b"Rar!", "packed"), (b"BZh", "packed"), (b"\xfd7zXZ", "packed"), (b"{\\rtf", "rtf"),
    (b"bplist00", "snapshot"), (b"BEGIN:V", "calendar"),
)  # fmt: skip
_IN_ZIP: tuple[tuple[str, Kind], ...] = (
    ("xl/workbook.bin", "xlsb"), ("xl/", "workbook"), ("word/", "document"), ("ppt/", "slides"),
    ("Index/", "numbers"),
)  # fmt: skip
_OPEN_DOCUMENTS: tuple[tuple[bytes, Kind], ...] = (
    (b"opendocument.spreadsheet", "ods"), (b"opendocument.presentation", "slides"),
    (b"opendocument", "document"), (b"epub", "document"),
)  # fmt: skip
_MAIL = re.compile(
    r"(?:From|To|Subject|Received|Return-Path|Delivered-To|Date|MIME-Version|Message-ID"
    r"|(?:Snapshot-)?Content-[\w-]+|X-[\w-]+): ",
    re.IGNORECASE,
)
_PAGE = re.compile(r"<html|<svg|lfroadmap", re.IGNORECASE)
_MAX_NAMES, _MAX_LINE = 10_000, 20_000


def kind_of(data: bytes) -> Kind:
    """The kind of a file of which this is the beginning, or all."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data.startswith(b"PK"):
        return _kind_of_zip(data)
    text = _text(data[:SAMPLE])
    if text is None:
        return "binary"
    first = text.lstrip("\ufeff \t\r\n\f\v")[:1]
    if first == "<":
        return _kind_of_markup(text)
    if first in ("{", "["):
        return _kind_of_json(text)
    return _kind_of_text(text)


def _text(sample: bytes) -> str | None:
    """The sample as text, roughly: its ASCII is right, which is enough to know the kind; None for no text."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return sample.decode("utf-16", "replace")
    if codec := utf_16_without_mark(sample):
        return sample.decode(codec, "replace")
    return None if b"\0" in sample else sample.decode("utf-8", "replace")


def _kind_of_zip(data: bytes) -> Kind:
    """The kind of an archive; one that cannot be listed counts as a workbook."""
    head = data[:200]
    for name, kind in _OPEN_DOCUMENTS:
        if name in head:
            return kind
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()[:_MAX_NAMES]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "workbook"
    for start, kind in _IN_ZIP:
        if any(name.lower().startswith(start.lower()) for name in names):
            return kind
    is_package = any(name in ("[Content_Types].xml", "_rels/.rels") for name in names)
    return "workbook" if is_package else "zip"


def _kind_of_markup(text: str) -> Kind:
    """The kind of a page, or of XML, by its first element; a page may be a roadmap's."""
    if "urn:schemas-microsoft-com:office:spreadsheet" in text[:_MAX_LINE]:
        return "old_office"
    is_xml = text.lstrip("\ufeff \t\r\n\f\v")[:5].lower() == "<?xml"
    return "xml" if is_xml and not _PAGE.search(text[:_MAX_LINE]) else "snapshot"


def _kind_of_json(text: str) -> Kind:
    if '"lfroadmap"' in text:
        return "snapshot"
    if is_trello(text):
        return "trello"
    return "taskwarrior" if is_taskwarrior(text) else "snapshot"


def _kind_of_text(text: str) -> Kind:
    text = text.removeprefix("\ufeff")
    lines = [line[:_MAX_LINE] for line in text.splitlines()[:60]]
    if len([line for line in lines[:12] if _MAIL.match(line)]) > 1:
        return "snapshot" if re.search("multipart/related", text[:65536], re.I) else "mail"
    if sum(c < " " and c not in "\t\r\n\f\v\x1a" for c in text[:4096]) > len(text[:4096]) // 50:
        return "binary"
    if any(find_heads(sample_rows(lines, each), ImportChoices()) for each in SEPARATORS):
        return "csv"
    if is_todo_txt(lines):
        return "todo_txt"
    is_table = any(sum(len(row) > 1 for _, row in sample_rows(lines, each)) > 1 for each in SEPARATORS)
    return "csv" if is_table or not text.strip() or lines[0][:4].lower() == "sep=" else "text"
