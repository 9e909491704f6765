"""The bytes of each format, in each language, stand in `golden/`.

After a change that is meant, `LFROADMAP_GOLDEN=write pytest tests/export/test_export_golden.py` writes
them anew; look at the difference before it is kept.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lfroadmap.export import FORMATS, Snapshot, read, render
from lfroadmap.words import LANGUAGES, Language, words
from samples import TODAY, sample

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_bytes_are_those_that_were_looked_at(name: str, language: Language) -> None:
    path = GOLDEN / f"plan.{language}{FORMATS[name].suffix}"
    data = render(Snapshot(sample(language), words(language), TODAY), name)
    if os.environ.get("LFROADMAP_GOLDEN") == "write":
        path.write_bytes(data)
    assert data == path.read_bytes()
    assert read(path) == sample(language)
