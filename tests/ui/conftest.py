"""For each test a home with settings and a current folder of its own, all colors, and Textual by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lfroadmap.bidi.textual.direction import set_screen_direction
from lfroadmap.bidi.textual.hooks import uninstall


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LFROADMAP_CONFIG_DIR", str(tmp_path / "config"))
    return tmp_path


@pytest.fixture(autouse=True)
def all_colors(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of all colors, whatever the tests run in."""
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(autouse=True)
def textual_unhooked() -> Iterator[None]:
    """Textual's own functions, and a left-to-right screen, after each test."""
    yield
    set_screen_direction("ltr")
    uninstall()
