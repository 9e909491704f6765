"""The bytes of each format, in each language, stand in `golden/`.

After a change that is meant, `LFROADMAP_GOLDEN=write pytest tests/export/test_export_golden.py` writes
them anew; look at the difference before it is kept.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from lfroadmap.export import FORMATS, Snapshot, read, render, the_set
from lfroadmap.words import LANGUAGES, Language, words
from lines import sample_history
from samples import TODAY, sample

GOLDEN = Path(__file__).parent / "golden"


each_language = pytest.mark.parametrize("language", LANGUAGES)


def compare(path: Path, data: bytes) -> None:
    if os.environ.get("LFROADMAP_GOLDEN") == "write":
        path.write_bytes(data)
    assert data == path.read_bytes()


def snapshot(language: Language) -> Snapshot:
    moment = datetime(2026, 3, 15, 9, 30, tzinfo=timezone(timedelta(hours=2)))
    return Snapshot(sample(language), words(language), TODAY, moment=moment, author="dana")


@each_language
@pytest.mark.parametrize(
    "name", sorted(set(the_set(history=False)) - {"xlsx"})
)  # its bytes are its library's
def test_the_bytes_are_those_that_were_looked_at(name: str, language: Language) -> None:
    path = GOLDEN / f"plan.{language}{FORMATS[name].suffix}"
    compare(path, render(snapshot(language), name))
    if name in ("html", "json"):
        assert read(path) == sample(language)


@each_language
@pytest.mark.parametrize("name", ["html", "json", "md", "csv-history"])
def test_the_bytes_with_a_history_are_those_that_were_looked_at(name: str, language: Language) -> None:
    path = GOLDEN / f"lived.{language}{FORMATS[name].suffix}"
    compare(path, render(replace(snapshot(language), history=sample_history(language)), name))
    if name in ("html", "json"):
        assert read(path) == sample(language)
