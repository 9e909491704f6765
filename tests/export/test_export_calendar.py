"""The calendar as a calendar program takes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar, Event

from lfroadmap.export import ExportContext, render
from lfroadmap.export.context import FormatChoices
from lfroadmap.machine import new_id
from lfroadmap.roadmap.edits import SetField, SetTask
from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage, Task
from lfroadmap.words import LANGUAGES, Language, words
from samples import TODAY, hostile, sample

EVERYTHING = FormatChoices(all_events=True)
NOW = datetime(2026, 3, 15, 7, 30, tzinfo=UTC)


def events(
    roadmap: Roadmap,
    language: Language = "en",
    moment: datetime = NOW,
    choices: FormatChoices = EVERYTHING,
) -> list[Event]:
    data = render(ExportContext(roadmap, words(language), TODAY, moment=moment, choices=choices), "ics")
    return list(Calendar.from_ical(data).walk("VEVENT"))


def test_an_event_is_a_whole_day_with_its_card_its_categories_and_a_reminder() -> None:
    goals, task, pilot = events(sample("en"))
    assert (goals["SUMMARY"], goals["DTSTART"].dt) == ("▲ Goals & <limits>", date(2026, 3, 1))
    assert "DTEND" not in goals and goals.end == date(2026, 3, 2)
    assert goals["DESCRIPTION"] == "1 of 3\nOwner: Dana Levi\n14 days late"
    assert goals.walk("VALARM") == [], "it is past"
    assert (task["SUMMARY"], task["DESCRIPTION"]) == ("Name an owner · Goals & <limits>", "@Yossi")
    assert task["CATEGORIES"].cats == ["Task", "A. Strategy"]
    assert goals["CATEGORIES"].cats == ["Deadline", "A. Strategy"]
    (alarm,) = task.walk("VALARM")
    assert datetime(2026, 3, 31) + alarm["TRIGGER"].dt == datetime(2026, 3, 24, 9)
    assert pilot["SUMMARY"] == "✓ Pilot" and pilot.walk("VALARM") == []


def test_a_day_of_this_week_is_reminded_of_on_the_day() -> None:
    soon = SetTask("goals.2", "due", "2026-03-18").on(sample("en"))
    (alarm,) = events(soon)[1].walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(hours=9)


def test_without_all_events_nothing_that_is_done_is_there() -> None:
    found = events(sample("en"), choices=FormatChoices())
    assert [event["SUMMARY"] for event in found] == ["▲ Goals & <limits>", "Name an owner · Goals & <limits>"]


def test_of_one_owner_there_are_the_cards_and_tasks_alone() -> None:
    found = events(sample("en"), choices=FormatChoices(owner="  dana LEVI"))
    assert [event["SUMMARY"] for event in found] == ["▲ Goals & <limits>"]
    due = SetTask("goals.3", "due", "2026-03-20").on(sample("en"))  # without an owner: the card's
    assert len(events(due, choices=FormatChoices(owner="Dana Levi"))) == 2


def test_two_thousand_tasks_of_a_usual_length_with_an_owner_each_take_700_kilobytes() -> None:
    tasks = tuple(
        Task(
            new_id(),
            f"Ask customer {n:04} what made them stop and note the why",
            due="2026-05-10",
            owner="Dana Levi",
        )
        for n in range(2000)
    )
    roadmap = Roadmap(
        new_id(), "Plan", stages=(Stage("s", "A. Strategy", (Card("c", "Touchpoints", tasks=tasks),)),)
    )
    data = render(ExportContext(roadmap, words("en"), TODAY, moment=NOW), "ics")
    assert 54 <= len(tasks[0].text or "") <= 56
    assert data.count(b"BEGIN:VEVENT") == 2000 and len(data) <= 700_000


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
