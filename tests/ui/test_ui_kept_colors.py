"""The colors that widgets have while they are drawn, against those that Textual mixes."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widget import Widget

from lfroadmap.ui.terminal.kept_colors import MixedOnce, colors_kept
from sitting import Sitting, sitting
from terminal import keys


def check(at: Sitting) -> int:
    """Compare the colors of every widget that mixes them once; how many there are."""
    found = [each for screen in at.app.screen_stack for each in screen.walk_children(MixedOnce)]
    with colors_kept():
        mixed = [(each.rich_style, each.background_colors) for each in found]
    for widget, (style, grounds) in zip(found, mixed, strict=True):
        assert isinstance(widget, Widget)
        assert (widget.rich_style, widget.background_colors) == (style, grounds), widget
    return len(found)


@pytest.mark.parametrize("theme", ["", "paper"])
async def test_colors_that_are_mixed_once_are_those_of_textual(home: Path, theme: str) -> None:
    async with sitting(home, size=(120, 40)) as at:
        if theme:
            at.app.theme = theme
        for key in ("alt+2", "tab", "f2", "escape", "ctrl+n"):
            await at.type(keys(key))
            assert check(at)
