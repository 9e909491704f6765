"""Reading snapshots back: our own pages, also after other programs had them, and everything else refused."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.export import ExportContext, render
from lfroadmap.imports.snapshot import read
from lfroadmap.roadmap import json_source
from lfroadmap.words import LANGUAGES, words
from samples import TODAY, hostile, sample

PAGE = render(ExportContext(hostile(), words("he"), TODAY), "html")
BARE = re.sub(rb'<meta name="lfroadmap"[^>]*>', b"", PAGE)
"""As pages were before they carried a spare."""


def refused(source: Path | bytes) -> tuple[str, str]:
    """The inner reason, and the whole message in English."""
    with pytest.raises(BrokenSnapshot) as caught:
        read(source, "plan.html")
    messages = [words(language).error(caught.value) for language in LANGUAGES]
    why = caught.value.facts["why"]
    assert caught.value.key == "broken_snapshot" and isinstance(why, BrokenSnapshot)
    return why.key, messages[1]


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page,
        lambda page: BARE,
        lambda page: page.replace(b"\n", b"\r\n"),
        lambda page: b"\xef\xbb\xbf" + page,
        lambda page: page.decode().encode("utf-16"),
        lambda page: page.replace(b"<html", b"<!-- saved from url=(0014)about:internet -->\n<html"),
        lambda page: page.replace(b"<head>", b'<head><script src="x.js" id="lfroadmap"></script>'),
        lambda page: page.replace(b"<head>", b"<head><script>if (a < b && '<script') {}</script>"),
        lambda page: page.replace(
            b"</body>", b'<script type="application/json" id="other">{}</script></body>'
        ),
        lambda page: page.replace(
            b'type="application/json" id="lfroadmap"', b"ID=lfroadmap TYPE='application/json'"
        ),
        lambda page: page.replace(b"<!DOCTYPE html>", b"\n\n <!doctype html>"),
        lambda page: page[: page.index(b"<body>")] + page[page.index(b"<script") :],
    ],
)
def test_a_page_is_read_whatever_was_done_around_its_data(change: object) -> None:
    assert callable(change)
    changed = change(PAGE)
    assert read(changed) == hostile()


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"<html><p>hello</p></html>", "snapshot_no_data"),
        (b"<", "snapshot_no_data"),
        (b'<script type="application/json" id="lfroadmap">', "snapshot_no_data"),
        (b'<script type="application/json" id="lfroadmap"></script>', "snapshot_no_data"),
        (b'<script type="application/json" id="lfroadmap">{"a":</script>', "snapshot_not_json"),
        (b'<script type="application/json" id="lfroadmap">[]</script>', "snapshot_foreign"),
        (BARE[: BARE.index(b"<script") + 2000], "snapshot_not_json"),
        (b"<script " * 1_000_000, "snapshot_no_data"),
        (b"<script>" * 100_000, "snapshot_no_data"),
        (b"<script a=" + b"'" * 1_000_000 + b">", "snapshot_no_data"),
        (b"", "snapshot_empty"),
        (b"PK\x03\x04\xff\xff", "snapshot_encoding"),
        (b"SQLite format 3\x00" + bytes(100), "snapshot_not_json"),
    ],
)
def test_what_holds_no_roadmap_is_refused(data: bytes, key: str) -> None:
    assert refused(data)[0] == key


def test_a_file_is_named_in_the_message(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(b'{"format": "lfroadmap", "version": 9}')
    key, message = refused(path)
    assert key == "snapshot_newer"
    assert str(path) in message


@pytest.mark.parametrize("name", ["missing", ".", "nul\x00"])
def test_what_cannot_be_opened_is_told(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path / name)[0] == "snapshot_unreadable"


def test_a_file_without_an_end_is_not_read_to_its_end() -> None:
    assert refused(Path("/dev/zero"))[0] == "snapshot_too_large"


@pytest.mark.proof
def test_a_file_of_fifty_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.json"
    with path.open("wb") as file:
        file.write(b"[")
        file.truncate(50 * 1024 * 1024)
    key, message = refused(path)
    assert key == "snapshot_too_large"
    assert f"{json_source.LIMIT >> 20} MB" in message


def test_a_pipe_can_be_read(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as file:
        file.write(render(ExportContext(sample("en"), words("en"), TODAY), "json"))
    assert read(Path(f"/dev/fd/{reading}")) == sample("en")
    os.close(reading)
