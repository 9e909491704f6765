"""Files that unpack or parse to far more than they are, made in no time."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1024 * 1024
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TEXT = b'<c r="A2" t="inlineStr"><is><t>x</t></is></c>'
ROWS = b'<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2">%b</row>' % TEXT


@dataclass(frozen=True)
class Part:
    """The content of a file in a zip: a unit that is repeated between a beginning and an end."""

    begin: bytes
    unit: bytes = b""
    times: int = 0
    end: bytes = b""
    method: int = 8
    packed: bytes | None = None
    """What stands in the zip in place of the packed content."""
    claims: int | None = None
    """The size that the zip tells, where it lies."""
    flags: int = 0


def deflated(part: Part) -> tuple[bytes, int, int]:
    """The packed content, its length and checksum; what is repeated is packed once."""
    many = max(1, min(part.times, MEGABYTE // max(len(part.unit), 1)))
    block, blocks, rest = part.unit * many, part.times // many, part.unit * (part.times % many)
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = [pack.compress(part.begin) + pack.flush(zlib.Z_FULL_FLUSH)]
    unit = pack.compress(block) + pack.flush(zlib.Z_FULL_FLUSH)
    data += [unit] * blocks + [pack.compress(rest + part.end) + pack.flush()]
    checksum = zlib.crc32(part.begin)
    for _ in range(blocks):
        checksum = zlib.crc32(block, checksum)
    size = len(part.begin) + len(part.unit) * part.times + len(part.end)
    return b"".join(data), size, zlib.crc32(rest + part.end, checksum)


def zipped(parts: Mapping[str, Part | bytes]) -> bytes:
    """A zip of these parts."""
    out, directory = bytearray(), bytearray()
    for name, content in parts.items():
        part = content if isinstance(content, Part) else Part(content)
        data, size, checksum = deflated(part)
        data = data if part.packed is None else part.packed
        size = size if part.claims is None else part.claims
        head = struct.pack("<HHHHHIII", 20, part.flags, part.method, 0, 33, checksum, len(data), size)
        at = len(out)
        out += b"PK\3\4" + head + struct.pack("<HH", len(name), 0) + name.encode() + data
        directory += b"PK\1\2" + struct.pack("<H", 20) + head
        directory += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, at) + name.encode()
    end = struct.pack("<HHHHIIH", 0, 0, len(parts) & 0xFFFF, len(parts) & 0xFFFF, len(directory), len(out), 0)
    return bytes(out + directory + b"PK\5\6" + end)


def relations(*targets: tuple[str, str]) -> bytes:
    """A list of relations, numbered from `r1`."""
    found = (
        f'<Relationship Id="r{n}" Type="{KINDS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{RELATIONS}">{"".join(found)}</Relationships>'.encode()


def workbook(rows: bytes = ROWS, **parts: Part | bytes) -> dict[str, Part | bytes]:
    """The parts of a workbook with one task; each can be given instead."""
    ours: dict[str, Part | bytes] = {
        "book": f'<workbook xmlns="{MAIN}" xmlns:r="{KINDS}"><sheets><sheet name="S" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>".encode(),
        "rels": relations(
            ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("sharedStrings", "strings.xml")
        ),
        "styles": f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/></cellXfs></styleSheet>'.encode(),
        "strings": f'<sst xmlns="{MAIN}"><si><t>task</t></si></sst>'.encode(),
        "sheet": b"".join(
            (f'<worksheet xmlns="{MAIN}"><sheetData>'.encode(), rows, b"</sheetData></worksheet>")
        ),
    }
    all_parts = ours | parts
    return {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": all_parts["book"],
        "xl/_rels/workbook.xml.rels": all_parts["rels"],
        "xl/styles.xml": all_parts["styles"],
        "xl/strings.xml": all_parts["strings"],
        "xl/worksheets/sheet1.xml": all_parts["sheet"],
    }


@dataclass(frozen=True)
class Outcome:
    """What reading a file came to."""

    result: str
    """The key of the refusal, `read` where there was none, or what was raised."""
    megabytes: int
    """The most memory that the process had, about 30 of it before reading."""
    seconds: float
    """Of the processor."""


READER = """
import gc, json, os, sys
from pathlib import Path
from lfroadmap.errors import BrokenSnapshot
from lfroadmap.imports import preview, tables
from lfroadmap.roadmap.snapshot_reader import load
from lfroadmap.words import words
load('{"format": "lfroadmap", "version": 1, "roadmap": {"id": "r"}}')  # brings what reading needs

def outcome(path):
    try:
        preview.read_source(path)
    except BrokenSnapshot as error:
        assert Path(path).name in words("en").error(error) and Path(path).name in words("he").error(error)
        return error.facts["why"].key
    return "read"

gc.disable()  # as a command does
for path in sys.argv[1:]:
    here, there = os.pipe()
    child = os.fork()
    if not child:
        try:
            answer = outcome(path)
        except BaseException as error:
            answer = repr(error)[:300]
        os.write(there, answer.encode())
        os._exit(0)
    os.close(there)
    answer = os.fdopen(here).read()
    _, status, used = os.wait4(child, 0)
    print(json.dumps([answer or f"ended by {status}", used.ru_maxrss >> 10, used.ru_utime + used.ru_stime]))
"""


def read_each(paths: Sequence[Path]) -> list[Outcome]:
    """Read each file in a process of its own."""
    command = [sys.executable, "-c", READER, *map(str, paths)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ))
    assert run.returncode == 0, run.stderr[-2000:]
    return [Outcome(*json.loads(line)) for line in run.stdout.splitlines()]
