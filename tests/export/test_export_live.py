"""A page that is watched, while it is open in a real browser and its file is written again."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from browsing import driven, needs_browser
from lfroadmap.export import ExportContext, render
from lfroadmap.imports.snapshot import read
from lfroadmap.words import LANGUAGES, Language, words
from samples import TODAY, sample


def watched(language: Language, title: str, reload: int = 2) -> bytes:
    roadmap = replace(sample(language), title=title)
    return render(ExportContext(roadmap, words(language), TODAY, reload=reload), "html")


@pytest.mark.proof
@needs_browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_open_page_keeps_itself_current_until_it_is_told_not_to(
    language: Language, tmp_path: Path
) -> None:
    versions = [tmp_path / f"{n}.html" for n in range(4)]
    for n, path in enumerate(versions):
        path.write_bytes(watched(language, f"Version {n}"))
    plan = {"file": str(tmp_path / "plan.html"), "versions": [*map(str, versions)]}
    assert json.loads(driven("live.mjs", plan, tmp_path)) == {
        "switch": True,
        "stays": [0, True, words(language)("report.owners")],
        "stopped": "Version 1",
        "kept": ["Version 2", False],
        "selected": "Version 2",
        "errors": [],
    }


@needs_browser
@pytest.mark.proof
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_open_page_says_when_nobody_writes_it_any_more(language: Language, tmp_path: Path) -> None:
    path = tmp_path / "plan.html"
    path.write_bytes(watched(language, "Version", reload=1))
    assert json.loads(driven("gone.mjs", {"file": str(path)}, tmp_path)) == {
        "alive": True,
        "message": words(language)("report.gone"),
        "back": True,
        "errors": [],
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_policy_lets_this_one_script_run(language: Language) -> None:
    page = watched(language, "Version", 7).decode()
    *_, script = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    pin = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert re.findall(r"script-src ([^;]*);", page) == [f"'sha256-{pin}'"]
    assert page.count("<script") == 2 and "7 * 1000" in script
    assert read(page.encode()) == replace(sample(language), title="Version")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_is_not_watched_has_no_script_that_runs(language: Language) -> None:
    page = watched(language, "Version", 0).decode()
    assert "script-src" not in page and 'id="live"' not in page
    assert page.count("<script") == 1
