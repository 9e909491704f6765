"""Rules that are kept are those that a search among all rules finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widget import Widget

from lfroadmap.ui import kept_rules
from lfroadmap.ui.kept_rules import KeptRules
from sitting import Sitting, sitting
from terminal import keys


def rules(widget: Widget) -> object:
    """The rules of a widget and of its named styles, and when it is styled again."""
    named = {name: styles.base.get_rules() for name, styles in widget._component_styles.items()}
    return dict(widget.styles.base.get_rules()), named, kept_rules._flags(widget)


def widgets(at: Sitting) -> list[Widget]:
    return [each for screen in at.app.screen_stack for each in (screen, *screen.walk_children(Widget))]


def check(at: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    """Search for the rules of every widget, and compare them with those that it has."""
    assert isinstance(at.app.stylesheet, KeptRules)
    known = widgets(at)
    before = [rules(each) for each in known]
    with monkeypatch.context() as patch:
        patch.setattr(KeptRules, "_place", lambda self, node: object())
        for each in known:
            at.app.stylesheet.apply(each)
    for widget, had in zip(known, before, strict=True):
        assert rules(widget) == had, widget


async def test_kept_rules_are_those_of_a_search(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sitting(home, size=(120, 40)) as at:
        steps = (
            "alt+2",
            "tab",
            "tab",
            "escape",
            "a",
            "z",
            "escape",
            "alt+3",
            "alt+2",
            "f2",
            "escape",
            "ctrl+n",
        )
        for key in steps:
            await at.type(keys(key))
            check(at, monkeypatch)
        await at.press("escape")
        at.app.theme = "paper"
        await at.quiet()
        check(at, monkeypatch)
        at.app.main.focused.disabled = True  # type: ignore[union-attr]
        await at.quiet()
        check(at, monkeypatch)


async def test_the_rules_of_a_theme_are_not_kept_for_another(home: Path) -> None:
    async with sitting(home, size=(120, 40)) as at:
        await at.press("alt+2")
        field = at.app.main.focused
        assert field is not None
        before = field.styles.background
        at.app.theme = "paper"
        await at.quiet()
        assert field.styles.background != before
        at.app.theme = "deep"
        await at.quiet()
        assert field.styles.background == before
