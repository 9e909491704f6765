"""The report of very many channels: the first of them, and how many more there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from commanding import Capture, at_home, good
from lfroadmap.flows.attribution import MOST_CHANNELS
from lfroadmap.usecases.measure_report import ROWS
from lfroadmap.words import LANGUAGES, Language, words
from reading_events import table

MANY = MOST_CHANNELS + 50


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.quick_cases(1)
def test_lists_of_very_many_channels_are_cut_and_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, language: Language
) -> None:
    at_home(tmp_path, monkeypatch)
    rows = [
        f"c{n},2026-01-{day:02},{kind},page-{n}"
        for n in range(MANY)
        for day, kind in ((1, f"read-{n}"), (2, "purchase"))
    ]
    path = table(tmp_path / "many.csv", ["customer,time,kind,channel", *rows])
    report = good(capsys, "measure", str(path), "--lang", language)
    assert words(language).plural("compared.more", MANY - ROWS) in report
    assert words(language)("flows.no_markov", most=MOST_CHANNELS) in report
    assert f"+{MANY + 1 - ROWS}" in report, "kinds of events"
    assert report.count("\n") < 20 * ROWS


def test_few_channels_have_their_markov_chain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    at_home(tmp_path, monkeypatch)
    path = table(tmp_path / "few.csv", ["customer,time,kind,channel", "a,2026-01-01,purchase,ad"])
    assert words("en")("flows.no_markov", most=MOST_CHANNELS) not in good(capsys, "measure", str(path))
