"""The bytes of each format, in each language, stand in `golden/`.

After a change that is meant, `LFROADMAP_GOLDEN=write pytest tests/export/test_export_golden.py` writes
them anew; look at the difference before it is kept.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from lfroadmap.export import FORMATS, Snapshot, read, render
from lfroadmap.words import LANGUAGES, Language, words
from samples import TODAY, sample

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"xlsx"}))  # its bytes are its library's
def test_the_bytes_are_those_that_were_looked_at(name: str, language: Language) -> None:
    path = GOLDEN / f"plan.{language}{FORMATS[name].suffix}"
    moment = datetime(2026, 3, 15, 9, 30, tzinfo=timezone(timedelta(hours=2)))
    data = render(Snapshot(sample(language), words(language), TODAY, moment=moment, author="dana"), name)
    if os.environ.get("LFROADMAP_GOLDEN") == "write":
        path.write_bytes(data)
    assert data == path.read_bytes()
    if name in ("html", "json"):
        assert read(path) == sample(language)
