"""The calendar as a calendar program takes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar, Event

from lfroadmap.export import ExportContext, render
from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage, Task
from lfroadmap.words import LANGUAGES, Language, words
from samples import TODAY, hostile, sample

NOW = datetime(2026, 3, 15, 7, 30, tzinfo=UTC)


def events(roadmap: Roadmap, language: Language = "en", moment: datetime = NOW) -> list[Event]:
    data = render(ExportContext(roadmap, words(language), TODAY, moment=moment), "ics")
    return list(Calendar.from_ical(data).walk("VEVENT"))


def test_an_event_is_a_whole_day_with_a_reminder_a_week_before() -> None:
    goals, task, pilot = events(sample("en"))
    assert (goals["SUMMARY"], goals["DTSTART"].dt, goals["DTEND"].dt) == (
        "▲ Goals & <limits>", date(2026, 3, 1), date(2026, 3, 2),
    )  # fmt: skip
    (alarm,) = goals.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(days=-7)
    assert goals["DESCRIPTION"] == "A. Strategy\n1 of 3\nOwner: Dana Levi\n14 days late"
    assert (task["SUMMARY"], task["DESCRIPTION"]) == ("Name an owner", "Goals & <limits>\nOwner: Yossi")
    assert pilot["SUMMARY"] == "✓ Pilot" and pilot.walk("VALARM") == []


def test_an_event_that_moved_keeps_its_uid_and_is_newer() -> None:
    before = events(sample("en"))
    moved = SetField("goals.deadline", "2026-04-01").on(sample("en"))
    after = events(moved, moment=NOW + timedelta(minutes=1))
    assert [e["UID"] for e in before] == [e["UID"] for e in after]
    assert len({e["UID"] for e in after}) == 3
    assert after[0]["DTSTART"].dt == date(2026, 4, 1)
    assert after[0]["SEQUENCE"] == before[0]["SEQUENCE"] + 1
    assert after[0]["DTSTAMP"].dt == NOW + timedelta(minutes=1)


def test_another_roadmap_of_the_same_template_has_other_uids() -> None:
    other = replace(sample("en"), id="other")
    assert not {e["UID"] for e in events(sample("en"))} & {e["UID"] for e in events(other)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_texts_stay_texts(language: Language) -> None:
    evil = "\r\nEND:VEVENT\r\nBEGIN:VALARM\nTRIGGER;VALUE=URI:x\\;,\\n" + "ש" * 200
    tasks = (*hostile().stages[0].cards[0].tasks, Task("t", evil, due="2026-03-31"))
    fields = (Field("d", "date", "deadline", "D", "2026-03-31"), Field("o", "text", "owner", "O", evil))
    cards = (Card(evil, evil, fields, tasks),)
    found = events(Roadmap(evil, evil, stages=(Stage("s", evil, cards),)), language)
    assert len(found) == 2
    assert [len(e.walk("VALARM")) for e in found] == [1, 1]
    assert all("TRIGGER;VALUE=URI:x\\;,\\n" in str(e["SUMMARY"]) for e in found)


def test_the_last_day_there_is_can_be_a_deadline() -> None:
    late = SetField("goals.deadline", "9999-12-31").on(sample("en"))
    assert events(late)[0]["DTSTART"].dt == date.max
