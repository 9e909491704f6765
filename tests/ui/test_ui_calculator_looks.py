"""Calculators on the screen: each part stays to be read, whatever is done beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from calculators import pipeline
from lfroadmap.ui.widgets.inline_editor import InlineEditor
from test_ui_calculators import at_row, line_with


@pytest.mark.proof
async def test_an_editor_leaves_the_remark_below_its_row_to_be_read(home: Path) -> None:
    async with at_row(home, pipeline(), "p.1", size=(80, 40)) as at:
        await at.press("right", "right", "right")
        await at.type("many")
        assert at.one(InlineEditor).size.height == 1
        assert line_with(at, "Value: It is no number. Write digits, such as 1000 or 12.5.")
