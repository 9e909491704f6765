"""Pages that other programs wrote again read back without loss, as long as the roadmap is still in them."""

from __future__ import annotations

import base64
import bz2
import json
import plistlib
import quopri
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from browsing import driven, needs_browser
from lfroadmap.imports.snapshot import read
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.words import LANGUAGES, Language
from plans import roadmaps
from samples import hostile, sample
from saved_pages import BLOCK, HOSTILE, NO_BLOCK, NO_SPARE, SPARE, page, refused

# ------------------------------------------------------------------ what the page carries


def test_the_spare_is_the_block_packed_and_small() -> None:
    for language in LANGUAGES:
        whole = page(sample(language), language)
        (block,), (spare,) = BLOCK.findall(whole), SPARE.findall(whole)
        assert bz2.decompress(base64.b64decode(spare)) == block
        assert len(spare) < len(block)
        assert whole.index(spare) < whole.index(b"</head>") < whole.index(block)


def test_either_of_the_two_is_enough() -> None:
    assert read(HOSTILE) == read(NO_BLOCK) == read(NO_SPARE) == hostile()
    assert refused(SPARE.sub(b"", NO_BLOCK)) == "snapshot_no_data"


@settings(deadline=None)
@given(roadmaps, st.sampled_from(LANGUAGES))
def test_any_roadmap_comes_out_of_the_spare(roadmap: Roadmap, language: Language) -> None:
    assert read(BLOCK.sub(b"", page(roadmap, language))) == roadmap


# ------------------------------------------------------------------ browsers


def resaved(pages: list[bytes], folder: Path) -> list[tuple[bytes, bytes]]:
    """Each page as a browser writes its document, and as its single file."""
    plan = [{sort: str(folder / f"{n}.{sort}") for sort in ("dom", "mhtml")} for n in range(len(pages))]
    for n, (data, files) in enumerate(zip(pages, plan, strict=True)):
        files["file"] = str(folder / f"{n}.html")
        Path(files["file"]).write_bytes(data)
    driven("save.mjs", {"pages": plan}, folder)
    return [(Path(files["dom"]).read_bytes(), Path(files["mhtml"]).read_bytes()) for files in plan]


@pytest.mark.proof
@needs_browser
def test_what_a_browser_saves_reads_back(tmp_path: Path) -> None:
    plans = [
        (roadmap, language)
        for roadmap, language in product((hostile(), sample("en"), sample("he"), Roadmap("r")), LANGUAGES)
    ]
    saved = resaved([page(*plan) for plan in plans], tmp_path)
    for (roadmap, _), (dom, mhtml) in zip(plans, saved, strict=True):
        assert read(dom) == read(mhtml) == roadmap


@pytest.mark.proof
@needs_browser
@settings(deadline=None, max_examples=2)
@given(st.lists(st.tuples(roadmaps, st.sampled_from(LANGUAGES)), min_size=5, max_size=12))
def test_any_roadmap_comes_through_a_browser(
    tmp_path_factory: pytest.TempPathFactory, plans: list[tuple[Roadmap, Language]]
) -> None:
    saved = resaved([page(*plan) for plan in plans], tmp_path_factory.mktemp("saved"))
    for (roadmap, _), (dom, mhtml) in zip(plans, saved, strict=True):
        assert read(dom) == read(mhtml) == roadmap


@pytest.mark.proof
@needs_browser
def test_a_single_file_has_lost_the_block_and_is_read_by_the_spare_alone(tmp_path: Path) -> None:
    (_, whole), (_, bare) = resaved([HOSTILE, NO_SPARE], tmp_path)
    assert b'id=3D"lfroadmap"' not in whole
    assert read(whole) == hostile()
    assert refused(bare) == "snapshot_no_data"


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_a_single_file_is_read_in_every_encoding_of_mail(encoding: str, newline: bytes) -> None:
    body = {
        "quoted-printable": lambda: quopri.encodestring(HOSTILE),
        "base64": lambda: base64.encodebytes(HOSTILE),
        "8bit": lambda: HOSTILE,
    }[encoding]()
    lines = [
        b"From: <Saved by a browser>", b"MIME-Version: 1.0",
        b'Content-Type: multipart/related;', b'\ttype="text/html";', b'\tboundary="--x"', b"", b"",
        b"----x", b"Content-Type: text/css", b"", b"body{}", b"----x",
        b"Content-Type: text/html", b"Content-Transfer-Encoding: " + encoding.encode(), b"",
        body.replace(b"\n", newline), b"----x--", b"",
    ]  # fmt: skip
    assert read(newline.join(lines)) == hostile()


@pytest.mark.parametrize("data", [HOSTILE, NO_BLOCK, HOSTILE.decode().encode("utf-16")])
def test_a_web_archive_is_read(data: bytes) -> None:
    resource = {"WebResourceURL": "file:///plan.html", "WebResourceMIMEType": "text/html"}
    main = {**resource, "WebResourceTextEncodingName": "UTF-8", "WebResourceData": data}
    other = {"WebResourceURL": "x.css", "WebResourceData": b"body{}"}
    archive = {"שם": 1, "WebSubresources": [other] * 300, "WebMainResource": main}
    assert read(plistlib.dumps(archive, fmt=plistlib.FMT_BINARY)) == hostile()
    assert refused(plistlib.dumps({"WebMainResource": other}, fmt=plistlib.FMT_BINARY)) == "snapshot_no_data"


def test_a_page_without_scripts_quotes_and_line_ends_is_read() -> None:
    """SingleFile leaves the block out and every sign that HTML can do without."""
    smaller = SPARE.sub(rb"<META content=\1 NAME=lfroadmap>", NO_BLOCK).replace(b"\n", b"")
    assert b"<META" in smaller
    assert read(smaller) == hostile()


def test_an_unquoted_copy_is_read_whatever_its_length() -> None:
    """The name behind it must not count as more of it where no padding ends it."""
    for n in range(3):
        plan = replace(hostile(), title="x" * n)
        lean = SPARE.sub(rb"<META content=\1 NAME=lfroadmap>", BLOCK.sub(b"", page(plan)))
        assert read(lean) == plan


# ------------------------------------------------------------------ editors and mail


@pytest.mark.parametrize("charset", ["windows-1255", "iso-8859-8", "windows-1252", "ascii"])
@pytest.mark.parametrize("lacking", ["replace", "xmlcharrefreplace", "ignore"])
@pytest.mark.parametrize("named", [True, False])
def test_a_page_in_an_old_encoding_keeps_every_sign(charset: str, lacking: str, named: bool) -> None:
    text = HOSTILE.decode().replace("utf-8", charset if named else "utf-8", 1)
    if charset != "ascii":
        text = text.replace("<h1>", "<h1>é" if charset == "windows-1252" else "<h1>א")
    changed = text.encode(charset, lacking)
    if charset != "ascii":
        with pytest.raises(UnicodeDecodeError):
            changed.decode()
    elif lacking == "ignore":  # nobody can tell it from what a person took out of the block
        changed = changed.replace(b"<h1>", b"<h1>\x96")
    assert read(changed) == hostile()


def test_an_old_page_in_an_old_encoding_is_refused_as_nobody_can_tell_what_it_lost() -> None:
    assert refused(NO_SPARE.decode().encode("windows-1255", "replace")) == "snapshot_encoding"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("whole", [HOSTILE, NO_SPARE, NO_BLOCK])
def test_encodings_with_every_sign_and_all_line_ends_are_read(
    whole: bytes, encoding: str, newline: str
) -> None:
    assert read(whole.decode().replace("\n", newline).encode(encoding)) == hostile()


@pytest.mark.parametrize("broken", [b"\r\n", b"\r\n ", b"!\r\n ", b"\n"])
@pytest.mark.parametrize("length", [76, 500, 998])
def test_lines_that_a_mail_server_broke_are_read(broken: bytes, length: int) -> None:
    """998 bytes are the longest line of a mail; servers differ in what they put after it."""
    lines = [
        broken.join(line[n : n + length] for n in range(0, len(line), length)) if len(line) > 998 else line
        for line in HOSTILE.splitlines()
    ]
    assert read(b"\r\n".join(lines)) == hostile()


@pytest.mark.parametrize("share", [0.4, 0.6, 0.9, 0.99])
def test_a_page_that_stops_in_the_middle_is_read_from_its_head(share: float) -> None:
    cut = HOSTILE[: int(len(HOSTILE) * share)]
    assert read(cut) == hostile()
    assert refused(SPARE.sub(b"", cut)) in ("snapshot_no_data", "snapshot_not_json", "snapshot_encoding")


# ------------------------------------------------------------------ which of the two


@pytest.mark.parametrize("indent", [None, 2])
def test_what_somebody_changed_in_the_block_counts(indent: int | None) -> None:
    whole = page(sample("en"), "en")
    document = json.loads(BLOCK.findall(whole)[0])
    document["roadmap"]["title"] = "Renamed by hand"
    block = json.dumps(document, indent=indent).replace("<", "\\u003c").encode()
    changed = whole.replace(BLOCK.findall(whole)[0], block)
    assert read(changed) == replace(sample("en"), title="Renamed by hand")


def test_a_slip_of_the_hand_in_the_block_is_told() -> None:
    assert refused(HOSTILE.replace(b'"format":', b'"format"', 1)) == "snapshot_not_json"
