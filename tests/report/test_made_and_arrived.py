"""Changes that came from another device later than they were made: the history says when both was."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from jsonschema import Draft202012Validator

from lfroadmap.export import ExportContext, render
from lfroadmap.report.change_log import HistoryLine, history_lines
from lfroadmap.roadmap import schema
from lfroadmap.roadmap.codec import dump
from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.snapshot_reader import json_schema, load
from lfroadmap.store.history.change_entries import ChangeEntry
from lfroadmap.text import without_direction_marks
from lfroadmap.words import LANGUAGES, Language, words
from listening import PLAN

ARRIVED = datetime(2026, 3, 15, 9, 30, tzinfo=UTC)
LATE = timedelta(days=2, hours=1)


def line(made: datetime | None, language: Language = "en") -> HistoryLine:
    edit, inverse = SetField("g", "new"), SetField("g", "")
    entry = ChangeEntry(
        1, ARRIVED, "noa", "SetField", "g", "value", "", "new", "c", None, None, dump(edit), dump(inverse),
        origin="bbbbbbbbbb", made=made,
    )  # fmt: skip
    (found,) = history_lines((entry,), PLAN, words(language))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("apart", [LATE, timedelta(minutes=1), timedelta(hours=-5)])
def test_a_change_says_when_it_was_made(language: Language, apart: timedelta) -> None:
    made = ARRIVED - apart
    found, at_once = line(made, language), line(None, language)
    assert (found.at, found.made) == (ARRIVED, made)
    when = f"{words(language).day(made.date())} {made:%H:%M}"
    assert without_direction_marks(when) in without_direction_marks(found.change.sentence)
    assert found.change.sentence != at_once.change.sentence
    assert found.plain()["time"] == "2026-03-15T09:30:00+00:00"
    assert found.plain()["made"] == made.isoformat()


@pytest.mark.parametrize("made", [None, ARRIVED, ARRIVED - timedelta(seconds=59)])
def test_a_change_that_came_at_once_has_one_time(made: datetime | None) -> None:
    assert line(made).change.sentence == line(None).change.sentence
    assert "made" not in line(made).plain()


def test_only_a_history_that_tells_both_times_is_of_the_newest_version() -> None:
    for made, version in ((ARRIVED - LATE, schema.ARRIVED_VERSION), (None, schema.PARTIAL_VERSION)):
        text = schema.dump(PLAN, "en", [line(made).plain()])
        assert json.loads(text)["version"] == version
        assert load(text) == PLAN
        Draft202012Validator(json_schema()).validate(json.loads(text))


@pytest.mark.parametrize("face", ["html", "md", "json"])
def test_each_export_with_the_history_says_when_it_was_made(face: str) -> None:
    context = ExportContext(PLAN, words("en"), date(2026, 3, 15), history=(line(ARRIVED - LATE),))
    text = without_direction_marks(render(context, face).decode("utf-8-sig"))
    assert "08:30" in text
    assert "noa" in text


def test_persons_of_one_name_are_told_apart() -> None:
    assert line(None).person == ("", "bbbbbbbbbb")
