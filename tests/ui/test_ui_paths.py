"""A path as it comes: typed, pasted, dropped on the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.ui.paths import path_of


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("plan.json", "plan.json"),
        ("  /a/plan.json ", "/a/plan.json"),
        ("my plan.json", "my plan.json"),
        ("'/a/my plan.json'", "/a/my plan.json"),
        ("'/a/my plan.json' ", "/a/my plan.json"),
        ('"/a/my plan.json"', "/a/my plan.json"),
        ("'/a/dana'\\''s plan.json'", "/a/dana's plan.json"),
        ("dana's plan.json", "dana's plan.json"),
        ("'not closed.json", "'not closed.json"),
        ("/a/my\\ plan\\ \\(2\\).json", "/a/my plan (2).json"),
        ("file:///a/my%20plan.json", "/a/my plan.json"),
        ("file://host/a/%D7%AA%D7%95%D7%9B%D7%A0%D7%99%D7%AA.json", "/a/תוכנית.json"),
        ("\u200e/a/plan.json\u200e", "/a/plan.json"),
        ("\u2068תוכנית.json\u2069", "תוכנית.json"),
        ("~nobody-of-this-name/plan.json", "~nobody-of-this-name/plan.json"),
        ("a%20b.json", "a%20b.json"),
    ],
)
def test_the_path_that_is_meant(typed: str, meant: str) -> None:
    assert path_of(typed) == Path(meant)


def test_the_home_is_meant_by_its_sign(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert path_of("~/plan.json") == tmp_path / "plan.json"
    assert path_of("'~/my plan.json'") == tmp_path / "my plan.json"


def test_a_name_with_a_backslash_that_is_there_is_meant_as_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a\\b.json").touch()
    assert path_of("a\\b.json") == Path("a\\b.json")
    assert path_of("c\\b.json") == Path("cb.json")
