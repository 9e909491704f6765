"""The title of a new roadmap, on every face of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commanding import Capture, good, settle, stored
from lfroadmap.roadmap import templates
from lfroadmap.words import LANGUAGES, Language


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return settle(tmp_path, monkeypatch)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_roadmap_is_called_as_it_was_named(capsys: Capture, home: Path, language: Language) -> None:
    good(capsys, "new", "Q3 plan")
    lang = ("--lang", language)
    assert "  Q3 plan  " in good(capsys, *lang, "list").splitlines()[0][9:]
    assert json.loads(good(capsys, *lang, "list", "--json"))[0]["title"] == "Q3 plan"
    assert "Q3 plan" in good(capsys, *lang, "show").splitlines()[0]
    for name in ("html", "json", "md", "svg", "ics"):
        written = good(capsys, *lang, "export", name, "-o", "-")
        assert "Q3 plan" in written
        assert "Liquid Funnel roadmap" not in written.replace("from_template", "")


def test_a_roadmap_that_is_named_as_its_template_is_called_as_that(capsys: Capture, home: Path) -> None:
    good(capsys, "new", templates.DEFAULT)
    assert stored(home, templates.DEFAULT).title is None
    assert "Liquid Funnel roadmap" in good(capsys, "list")


def test_an_import_keeps_its_title_whatever_its_name(capsys: Capture, home: Path) -> None:
    good(capsys, "new", "Q3 plan")
    good(capsys, "export", "json", "-o", str(home / "q3.json"))
    good(capsys, "import", str(home / "q3.json"), "--name", "from-dana")
    assert stored(home, "from-dana").title == "Q3 plan"
