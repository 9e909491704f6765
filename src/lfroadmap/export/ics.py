"""Deadlines as a calendar (RFC 5545): an all-day event for each card and each task with a due day.

An event keeps its UID from one export to the next and its SEQUENCE grows with time, so that importing
the file again moves the events instead of duplicating them.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256

from lfroadmap.report.formatting import HEALTH_SIGNS, format_days, format_late
from lfroadmap.report.note_lines import note_lines
from lfroadmap.roadmap.health import Health, Late, card_health, task_health
from lfroadmap.roadmap.model import Card, Roadmap, Stage, Task
from lfroadmap.roadmap.progress import card_tally, iso_day, role_value
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import clean, dotted, match_key, one_line
from lfroadmap.words import Words

_MAX_LINE = 75
"""Maximal number of bytes of a line; a longer one continues behind a space in the next."""
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


_LEAD = 7
"""Days before an event on which it is reminded of, at nine in the morning."""

_FIRST_MINUTE = datetime(2026, 1, 1, tzinfo=UTC)
"""The moment from which a SEQUENCE counts minutes."""

_UID_LENGTH = 10
"""Characters of a UID, of 6 bits each: two of 50,000 events share one in one of 10⁹ calendars."""


@dataclass(frozen=True, slots=True)
class _Event:
    """A day in the calendar."""

    id: str
    day: date
    title: str
    about: str
    kinds: tuple[str, ...]
    """What it is, and the stage that it is in."""
    health: Health
    owner: str


def calendar(
    roadmap: Roadmap,
    words: Words,
    today: date,
    moment: datetime,
    *,
    owner: str = "",
    all_events: bool = False,
) -> bytes:
    """The calendar as of `today`, of one owner if named; what is done only with `all_events`.

    `moment` is the time of writing, with its time zone.
    """
    title = Labels(roadmap.template, words.language).of(roadmap)
    stamp = moment.astimezone(UTC)
    name = dotted(title, owner, words.direction) if owner else title
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//lfroadmap//roadmap//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(one_line(name))}",
    ]
    wanted = match_key(owner)
    for event in _events(roadmap, words, today):
        if (all_events or event.health != "done") and (not wanted or match_key(event.owner) == wanted):
            lines += _lines(event, roadmap.id, stamp, today)
    return "".join(map(_fold, [*lines, "END:VCALENDAR"])).encode("utf-8", "replace")


def _events(roadmap: Roadmap, words: Words, today: date) -> Iterator[_Event]:
    formatter = _Formatter(Labels(roadmap.template, words.language), words, today)
    for stage in roadmap.stages:
        for card in stage.cards:
            day = iso_day(role_value(card, "deadline"))
            if day:
                yield formatter.card(card, stage, day)
            for task in card.tasks:
                due = iso_day(task.due)
                if due:
                    yield formatter.task(task, card, stage, due)


class _Formatter:
    """Formats the events of one calendar."""

    def __init__(self, labels: Labels, words: Words, today: date) -> None:
        self.labels = labels
        self.words = words
        self.today = today

    def card(self, card: Card, stage: Stage, day: date) -> _Event:
        done, total = card_tally(card)
        health, late = card_health(card, self.today)
        owner = role_value(card, "owner")
        about = [self.words("report.of", done=done, total=total)]
        about += [*self.owned(owner), *self.lateness(health, day)]
        about += filter(None, [format_late(Late(0, late.tasks), self.words)])
        about += note_lines(replace(card, tasks=()), self.labels, self.words)
        kinds = (self.words("report.deadline"), self.labels.of(stage))
        return _Event(card.id, day, self.labels.of(card), "\n".join(about), kinds, health, owner)

    def task(self, task: Task, card: Card, stage: Stage, day: date) -> _Event:
        health, owner = task_health(task, self.today), task.owner or role_value(card, "owner")
        about = [f"@{task.owner}"] if task.owner.strip() else []
        about += self.lateness(health, day)
        about += note_lines(Card("", notes=task.notes), self.labels, self.words)
        title = dotted(self.labels.of(task), self.labels.of(card), self.words.direction)
        kinds = (self.words("compared.task"), self.labels.of(stage))
        return _Event(task.id, day, title, "\n".join(about), kinds, health, owner)

    def owned(self, owner: str) -> list[str]:
        return [f"{self.words('report.owner')}: {owner}"] if owner.strip() else []

    def lateness(self, health: Health, day: date) -> list[str]:
        """How late it is as of the day of writing; an event that is not late says nothing."""
        return [format_days((day - self.today).days, self.words)] if health == "late" else []


def _lines(event: _Event, roadmap_id: str, stamp: datetime, today: date) -> Iterator[str]:
    """An event of one day; without an end, which is the day's."""
    sign = f"{HEALTH_SIGNS[event.health]} " if event.health in ("done", "late") else ""
    title = _text(one_line(f"{sign}{event.title}"))
    yield "BEGIN:VEVENT"
    yield f"UID:{_uid(event.id, roadmap_id)}"
    yield f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{max(0, int((stamp - _FIRST_MINUTE).total_seconds()) // 60)}"
    yield f"DTSTART;VALUE=DATE:{_day(event.day)}"
    yield f"SUMMARY:{title}"
    if event.about:
        yield f"DESCRIPTION:{_text(event.about)}"
    yield f"CATEGORIES:{','.join(_text(one_line(kind)) for kind in event.kinds)}"
    yield "TRANSP:TRANSPARENT"
    if event.health != "done" and event.day >= today:
        # the day begins at midnight where its reader is; a week before may be over
        trigger = f"-PT{24 * _LEAD - 9}H" if (event.day - today).days >= _LEAD else "PT9H"
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(event.kinds[0])}")
        yield from (f"TRIGGER:{trigger}", "END:VALARM")
    yield "END:VEVENT"


def _uid(node: str, roadmap: str) -> str:
    """An id of a node in a roadmap that is always the same, and as short as is safe."""
    digest = sha256(f"{node}@{roadmap}".encode("utf-8", "surrogatepass")).digest()
    return urlsafe_b64encode(digest)[:_UID_LENGTH].decode()


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _text(text: str) -> str:
    return clean(text).translate(_ESCAPES)


def _fold(line: str) -> str:
    """The line in pieces of at most 75 bytes, never split within a character."""
    pieces, room = [""], _MAX_LINE
    for char in line:
        size = len(char.encode("utf-8", "replace"))
        if size > room:
            pieces.append("")
            room = _MAX_LINE - 1
        pieces[-1] += char
        room -= size
    return "\r\n ".join(pieces) + "\r\n"
