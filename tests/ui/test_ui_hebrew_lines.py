"""Lines in Hebrew screens: what is typed without ink, what does not fit, and the side of the scrollbars."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.bidi.marks import LRM, RLM
from lfroadmap.words import Language
from sitting import GOALS, OWNER, sitting

JOINERS = "\u200c\u200d"


@pytest.mark.parametrize(("language", "field"), [("he", OWNER), ("en", OWNER), ("he", GOALS)])
async def test_what_is_typed_without_ink_is_kept_as_it_is_pasted(
    home: Path, language: Language, field: str
) -> None:
    async with sitting(home, language=language) as at:
        await at.press("2")
        at.app.set_focus(at.editor(field))
        typed = f"{RLM}דנה{LRM}+20%{JOINERS}\u00a0₪"
        await at.type(typed)
        assert at.value(field) == typed
        assert await at.stored(field) == typed
