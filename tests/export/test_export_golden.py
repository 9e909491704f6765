"""The bytes of each format, in each language, stand in `golden/`; a workbook's as its parts in readable form.

After a change that is meant, `LFROADMAP_GOLDEN=write pytest tests/export/test_export_golden.py` writes
them again; look at the difference before it is kept.
"""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from xml.etree import ElementTree

import pytest

from lfroadmap.export import FORMATS, ExportContext, all_formats, render
from lfroadmap.imports.snapshot import read
from lfroadmap.words import LANGUAGES, Language, words
from lines import sample_history
from samples import TODAY, sample

GOLDEN = Path(__file__).parent / "golden"
OF_THE_LIBRARY = ("[Content_Types].xml", "_rels/", "docProps/app.xml", "xl/_rels/", "xl/theme/")
"""Parts of a workbook that say nothing of the roadmap and change with the library that writes them."""
LEFT_OUT = {"fileVersion", "workbookPr", "calcPr", "cellStyleXfs", "cellStyles", "tableStyles"}

each_language = pytest.mark.parametrize("language", LANGUAGES)


def golden(name: str, language: Language, *, lived: bool = False) -> bytes:
    moment = datetime(2026, 3, 15, 9, 30, tzinfo=timezone(timedelta(hours=2)))
    history = sample_history(language) if lived else None
    texts = words(language)
    context = ExportContext(sample(language), texts, TODAY, moment=moment, author="dana", history=history)
    return render(context, name)


def golden_bytes(path: Path, data: bytes) -> bytes:
    """What stands there to be compared with, or the data themselves where they are to be written."""
    if os.environ.get("LFROADMAP_GOLDEN") == "write":
        path.write_bytes(data)
    return path.read_bytes()


WITHOUT_HISTORY = sorted({*all_formats(history=False)} - {"xlsx", "pdf", "png"})


@each_language
@pytest.mark.parametrize(
    ("name", "lived"),
    [
        *((name, False) for name in WITHOUT_HISTORY),
        *((n, True) for n in ("html", "json", "md", "csv-history")),
    ],
)
def test_the_bytes_are_those_that_were_looked_at(name: str, lived: bool, language: Language) -> None:
    path = GOLDEN / f"{'lived' if lived else 'plan'}.{language}{FORMATS[name].suffix}"
    data = golden(name, language, lived=lived)
    assert data == golden_bytes(path, data)
    if name in ("html", "json"):
        assert read(path) == sample(language)


@each_language
@pytest.mark.parametrize("lived", [False, True])
def test_the_parts_of_the_workbook_are_those_that_were_looked_at(language: Language, lived: bool) -> None:
    data = "\n".join([*lines(golden("xlsx", language, lived=lived)), ""]).encode()
    assert data == golden_bytes(GOLDEN / f"{'lived' if lived else 'plan'}.{language}.xlsx.txt", data)


@pytest.mark.quick_cases(1)
@each_language
def test_the_workbook_is_the_same_in_another_process_and_time_zone(language: Language) -> None:
    code = (
        "import hashlib, test_export_golden as here; "
        f"print(hashlib.sha256(here.golden('xlsx', '{language}')).hexdigest())"
    )
    folder = Path(__file__).parent
    elsewhere = os.environ | {
        "TZ": "Asia/Tokyo",
        "PYTHONHASHSEED": "7",
        "PYTHONPATH": os.pathsep.join(map(str, (folder, folder.parent))),
    }
    ran = subprocess.run(
        [sys.executable, "-c", code], env=elsewhere, check=True, capture_output=True, text=True, timeout=60
    )
    assert ran.stdout.strip() == hashlib.sha256(golden("xlsx", language)).hexdigest()


def lines(data: bytes) -> Iterator[str]:
    """The parts of a workbook, an element a line; a cell's text stands in place of its number."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        roots = {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}
    texts = ["".join(string.itertext()) for string in roots["xl/sharedStrings.xml"]]
    for name, root in sorted(roots.items()):
        if not name.startswith(OF_THE_LIBRARY):
            yield f"== {name}"
            yield from branch(root, "", texts)


def branch(element: ElementTree.Element, indent: str, texts: list[str]) -> Iterator[str]:
    kind = element.tag.partition("}")[2]
    if kind in LEFT_OUT:
        return
    facts = [f"{name.rpartition('}')[2]}={value!r}" for name, value in element.items()]
    text = [repr(element.text)] if element.text and element.text.strip() else []
    if kind == "c" and element.get("t") == "s":
        text = [repr(texts[int(element[0].text or "")])]
    elif kind == "c" and len(element):
        text = [str(element[0].text)]
    yield " ".join([indent + kind, *facts, *text])
    if kind != "c":
        for child in element:
            yield from branch(child, indent + "  ", texts)
