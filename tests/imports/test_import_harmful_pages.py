"""Pages and archives that are made to harm or are damaged: each is refused with its reason."""

from __future__ import annotations

import base64
import bz2
import plistlib
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lfroadmap.imports.snapshot import read
from lfroadmap.roadmap import json_source
from samples import hostile
from saved_pages import HOSTILE, refused


def spare_of(data: bytes) -> bytes:
    return b'<html><meta name="lfroadmap" content="%s">' % base64.b64encode(data)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (spare_of(bz2.compress(b'{"format":"lfroadmap"}')[:-4]), "snapshot_no_data"),
        (spare_of(bz2.compress(b"\xff\xfe")), "snapshot_no_data"),
        (spare_of(b"not packed"), "snapshot_no_data"),
        (spare_of(b""), "snapshot_no_data"),
        (b'<meta name="lfroadmap" content="=====">', "snapshot_no_data"),
        (b'<meta name="lfroadmap">', "snapshot_no_data"),
        (b"<meta " * 1_000_000, "snapshot_no_data"),
        (b"<meta lfroadmap " + b"name=" * 1_000_000 + b">", "snapshot_no_data"),
        (b'<meta name="lfroadmap" content' + b" " * 5_000_000 + b">", "snapshot_no_data"),
        (b"<" + b"\xff" * 5_000_000, "snapshot_encoding"),
        (b"bplist00", "snapshot_no_data"),
        (b"bplist00" + bytes(100), "snapshot_no_data"),
        (b"bplist00" + b"\xff" * 5_000_000, "snapshot_no_data"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>", "snapshot_no_data"),
        (b"bplist00" + bytes(72) + bytes((4, 0)) + bytes(24), "snapshot_no_data"),
        (b"a:\n" * 1_000_000, "snapshot_not_json"),
        (b" \0" * 10_000_000, "snapshot_not_json"),
        (b'<script type="application/json" id="lfroadmap">[\n' + b"[]," * 5_000_000 + b"</script>",
         "snapshot_too_large"),
        *((b"Content-Type: multipart/related; " + boundary + b"\n\n<p>", "snapshot_no_data") for boundary in (
            b"boundary*" + b"9" * 5_000 + b'="x"', b"boundary*=unicode_escape''%5Cud800",
            b"boundary*=idna''%ff", b"boundary*=a%00b''x", b"boundary=\0x", b'boundary="' + b";" * 60_000,
            b'boundary*0*="a";boundary*x="b";boundary*="c\'d"; boundary="z"',
        )),
        (b"Content-Type: multipart/related; boundary=x\n\n" + b"--x\n" * 1_000_000, "snapshot_no_data"),
        (
            b"Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n"
            b"Content-Transfer-Encoding: base64\n\nA\n--x--",
            "snapshot_no_data",
        ),
    ],
)  # fmt: skip
@pytest.mark.quick_cases(5)
def test_what_is_made_to_harm_is_refused(data: bytes, key: str) -> None:
    assert refused(data) == key


@pytest.mark.proof
def test_what_unpacks_to_too_much_is_refused() -> None:
    packed = bz2.compress(bytes(json_source.LIMIT + 1), 1)
    assert refused(spare_of(packed)) == "snapshot_too_large"


def test_of_a_property_list_only_the_way_to_the_page_is_read() -> None:
    """The library's reader would make a thousand million things out of these few bytes."""
    many, number = 10_000, struct.Struct(">I").pack
    listed = number(6) * 100_000
    objects = [
        b"\xd2" + number(1) + number(5) + number(2) + number(6),  # the keys' numbers, then the values'
        b"\x5f\x10\x0fWebMainResource",
        b"\xd1" + number(3) + number(4),
        b"\x5f\x10\x0fWebResourceData",
        b"\x4f\x12" + number(len(HOSTILE)) + HOSTILE,
        b"\x51x",
        b"\xaf\x12" + number(len(listed) // 4) + listed,
    ]
    offsets = [8 + sum(map(len, objects[:n])) for n in range(len(objects))]
    offsets += offsets[-1:] * many  # each of these numbers names a list of its own
    table = b"bplist00" + b"".join(objects)
    trailer = bytes(6) + b"\x04\x04" + struct.pack(">QQQ", len(offsets), 0, len(table))
    assert read(table + b"".join(map(number, offsets)) + trailer) == hostile()


@settings(deadline=None)
@given(
    st.sampled_from([b"bplist00", b"<", b"Content-Type: multipart/related; boundary=x\n\n--x\n", b""]),
    st.binary(max_size=300),
)
def test_nothing_but_a_refusal_comes_of_any_bytes(beginning: bytes, rest: bytes) -> None:
    assert refused(beginning + rest).startswith("snapshot_")


@settings(deadline=None)
@given(st.data())
def test_nothing_but_a_refusal_comes_of_a_damaged_archive(data: st.DataObject) -> None:
    archive = bytearray(
        plistlib.dumps({"WebMainResource": {"WebResourceData": b"<p>"}}, fmt=plistlib.FMT_BINARY)
    )
    for at in data.draw(st.lists(st.integers(8, len(archive) - 1), min_size=1, max_size=6)):
        archive[at] = data.draw(st.integers(0, 255))
    assert refused(bytes(archive)).startswith("snapshot_")
