"""Nesting of plain values: what the library's stack takes is let through, however much there is of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from forged_updates import ANY, CLIENT, in_root, number, text, update
from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage
from lfroadmap.store.document.document import Document
from lfroadmap.store.document.limits import MAX_DEPTH
from lfroadmap.store.document.value_depth import check_depth

NULL = b"\x7e"
HEADS = {
    "lists": b"u\x01",
    "lists of nine": b"u\x09" + NULL * 8,
    "lists of forty": b"u\x28" + NULL * 39,
    "lists of a number in many bytes": b"u\x81\x80\x00",
    "lists behind texts": b"u\x02w" + text("u\x01" * 9),
    "maps": b"v\x01" + text("a"),
    "maps of thirteen": b"v\x0d" + (text("key") + NULL) * 12 + text("key"),
    "maps with long keys": b"v\x01" + text("k" * 200),
    "maps and lists": b"v\x01" + text("a") + b"u\x0a" + NULL * 9,
}
"""Lists and maps whose last value is the next one."""


def nested(head: bytes, depth: int) -> bytes:
    return update({CLIENT: [in_root("tasks", "x", ANY, number(1) + head * depth + NULL)]})


@pytest.mark.parametrize("what", HEADS)
@pytest.mark.quick_cases(3)
def test_what_is_nested_too_deeply_is_refused_before_the_library_reads_it(what: str) -> None:
    levels = HEADS[what].count(b"v\x01") + HEADS[what].count(b"u\x0a") if what == "maps and lists" else 1
    for depth in (MAX_DEPTH // levels + 1, 30_000):
        with pytest.raises(ValueError, match="deep"):
            Document().merge(nested(HEADS[what], depth))
    in_texts = 10 if what == "lists behind texts" else 1  # what looks like a list counts too
    Document().merge(nested(HEADS[what], MAX_DEPTH // levels // in_texts - 1))


def test_the_library_would_not_survive_it() -> None:
    """Else the limit would be needless."""
    code = (
        "import sys; from pycrdt import Doc; data = sys.stdin.buffer.read(); print('read', flush=True);"
        "Doc().apply_update(data); print('survived')"
    )
    command = [sys.executable, "-c", code]
    found = subprocess.run(
        command, input=nested(HEADS["lists of nine"], 300_000), capture_output=True, check=False
    )
    assert found.stdout == b"read\n"
    assert found.returncode < 0


def test_many_lists_side_by_side_are_no_nesting(tmp_path: Path) -> None:
    """As a roadmap with thousands of choices has them."""
    fields = tuple(Field(f"f{n}", "choice", options=("a", "b"), value="a") for n in range(MAX_DEPTH + 1000))
    roadmap = Roadmap("r", "Plan", "", (Stage("s", None, (Card("c", "One", fields),)),))
    document, other = Document(), Document()
    document.fill(roadmap)
    other.merge(document.full_update())
    assert other.roadmap() == roadmap


def test_what_looks_like_lists_is_looked_through_once() -> None:
    check_depth(b"survey the university, value by value " * 20_000)
    with pytest.raises(ValueError, match="look through"):
        check_depth((b"u\xff\x7f" + NULL * 5_000) * (MAX_DEPTH + 1))
