"""Signs in Markdown: what is late, and numbers that a right-to-left line would tear."""

from __future__ import annotations

import pytest

from lfroadmap.bidi.marks import LRM
from lfroadmap.export import ExportContext, render
from lfroadmap.roadmap.edits import Rename, SetField
from lfroadmap.words import LANGUAGES, Language, words
from samples import TODAY, sample


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_late_day_has_its_sign_once(language: Language) -> None:
    text = render(ExportContext(sample(language), words(language), TODAY), "md").decode()
    late = ("14 days late", "באיחור של 14 ימים")
    lines = [line for line in text.splitlines() if any(word in line for word in late)]
    assert len(lines) == 4 and all(line.count("▲") >= 1 and "▲ ▲" not in line for line in lines)
    assert sum("(▲ " in line for line in lines) == 3


@pytest.mark.parametrize("number", ["+20%", "-5", "3–5", "10%-20%", "80×24"])
def test_in_hebrew_a_number_that_would_be_torn_stands_between_marks(number: str) -> None:
    typed = f"יעד של {number} השנה"
    roadmap = SetField("goals.text", typed).on(Rename("goals.2", typed).on(sample("he")))
    text = render(ExportContext(roadmap, words("he"), TODAY), "md").decode()
    assert text.count(f"{LRM}{number}{LRM}") == text.count(number) >= 2
