"""Files that cannot be imported into the open roadmap: each is refused with its reason."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from imported_files import (
    TASK,
    ask,
    can_import,
    imported,
    note,
    snapshot,
    table,
)
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.ui.screens.import_choices import ImportChoicesScreen
from lfroadmap.ui.screens.importing import ImportScreen
from lfroadmap.ui.widgets.report_view import ReportView
from lfroadmap.words import Language, words
from matrices import quick_first
from sitting import sitting, task, template


def _foreign(path: Path) -> None:
    snapshot(str(path))
    content = json.loads(path.read_text("utf-8"))
    content["roadmap"]["template"] = "other"
    path.write_text(json.dumps(content), "utf-8")


def _newer(path: Path) -> None:
    snapshot(str(path))
    content = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(content | {"version": 99}), "utf-8")


WRONG: tuple[tuple[str, Callable[[Path], object], str], ...] = (
    ("missing.csv", lambda path: None, "snapshot_unreadable"),
    ("folder.json", Path.mkdir, "snapshot_unreadable"),
    ("table.csv", lambda path: path.write_text("name,price\nx,1\n"), "table_unknown"),
    ("broken.json", lambda path: path.write_text("{"), "snapshot_not_json"),
    ("book.xlsx", lambda path: path.write_bytes(b"PK\x03\x04nothing"), "table_workbook"),
    ("huge.json", lambda path: path.write_bytes(b" " * (49 << 20)), "table_large"),
    ("pipe.json", os.mkfifo, "snapshot_no_file"),
    ("x" * 300, lambda path: None, "snapshot_unreadable"),
    ("newer.json", _newer, "snapshot_newer"),
    ("foreign.json", _foreign, "other_template"),
)
SAID: dict[str, dict[Language, str]] = {
    "snapshot_unreadable": {"en": "The file cannot be read", "he": "ץבוקה תא אורקל רשפא יא"},
    "table_unknown": {"en": "No table of tasks or KPIs", "he": "הלבט וב האצמנ אל"},
    "snapshot_not_json": {"en": "not valid JSON: line 1", "he": "ןיקת JSON אל הז"},
    "table_workbook": {"en": "not an Excel workbook", "he": "Excel ץבוק אל הז"},
    "table_large": {"en": "The file is larger", "he": "-מ לודג ץבוקה"},
    "snapshot_no_file": {"en": "a pipe or a device", "he": "ןקתה וא רוניצ אלא ץבוק אל הז"},
    "snapshot_newer": {"en": "A newer lfroadmap wrote it", "he": "רתוי השדח הסרגב בתכנ ץבוקה"},
    "other_template": {"en": "lfroadmap import FILE", "he": "lfroadmap import FILE"},
}
"""The beginning of each error's words, as they are drawn."""


@pytest.mark.proof
@pytest.mark.parametrize("language", quick_first(["he", "en"]))
async def test_what_cannot_be_read_is_said_and_nothing_changes(home: Path, language: Language) -> None:
    async with sitting(home, language=language, size=(120, 40)) as at:
        for path, make, key in WRONG:
            make(Path(path))
            screen = await ask(at, path)
            drawn = "\n".join(strip.text for strip in screen.query_one(ReportView).strips)
            # a long path may break a sentence anywhere, and then its parts stand in two lines
            assert [word for word in SAID[key][language].split() if word not in drawn] == [], path
            assert not can_import(screen)
            if key == "table_unknown":  # the page on which its columns can be named
                await at.until(lambda: isinstance(at.app.screen, ImportChoicesScreen))
                await at.press("escape")
                await at.until(lambda: isinstance(at.app.screen, ImportScreen))
            screen.query_one("#cancel").focus()
            await at.type("\r")
            await at.until(lambda: at.app.screen is at.app.main)
            await at.saved()
            assert read(at.path) == template()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing keeps this account from reading")
async def test_a_file_that_may_not_be_read_is_told(home: Path) -> None:
    table("t.csv", {"id": TASK, "task": "", "done": "yes"})
    Path("t.csv").chmod(0)
    async with sitting(home) as at:
        screen = await ask(at, "t.csv")
        assert "Permission denied" in at.text
        assert not can_import(screen)


async def test_what_is_there_already_cannot_be_imported(home: Path) -> None:
    snapshot("same.json")
    async with sitting(home) as at:
        screen = await ask(at, "same.json")
        assert not can_import(screen)
        assert "already says all of this" in note(screen)


async def test_a_roadmap_that_may_only_be_read_refuses(home: Path) -> None:
    table("t.csv", {"id": TASK, "task": "", "done": "yes"})
    async with sitting(home) as at:
        path = at.path
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version=99")
    db.close()
    async with sitting(home) as at:
        await at.until(lambda: at.app.session.read_only)
        await ask(at, "t.csv")
        await imported(at)
        assert "nothing can be changed" in at.notices
        assert words("en")("import.done") not in at.notices
        assert not task(at.app.session.roadmap, TASK).done
