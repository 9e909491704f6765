"""A task as a person types it in one line: `Call the bank @dana due tomorrow`, `להתקשר לבנק @דנה עד מחר`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from lfroadmap.roadmap.dates import NotADay, read_day
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import role_value

_DUE = ("due", "by", "עד")
"""Words before a day; without a day behind them they are words like any other."""
_OWNER = re.compile(r"(?<!\S)@(?:\"(?P<quoted>[^\"]+)\"|(?P<name>[^\s@,;]+))")
_WORDS = re.compile(r"\S+")


class TaskLine(NamedTuple):
    """What a typed line says; None where it says nothing."""

    text: str
    owner: str | None = None
    due: str | None = None
    """The day, `YYYY-MM-DD`."""


def read_task_line(typed: str, today: date, owners: Iterable[str] = ()) -> TaskLine:
    """The words of a task, its owner and its day; what is not understood stays in the words.

    `@` begins a name: the longest of `owners` that stands there, or one word, or several in quotes. The last
    name and the last day count; an address such as `a@b.com` is no name. A line of nothing but a name or a
    day has no task, so it is all words.
    """
    text, owner = _without_owner(typed, owners)
    text, due = _without_day(text, today)
    text = " ".join(text.split())
    return TaskLine(text, owner, due) if text else TaskLine(" ".join(typed.split()))


def _without_owner(typed: str, owners: Iterable[str]) -> tuple[str, str | None]:
    found = next(reversed([*_OWNER.finditer(typed)]), None)
    if found is None:
        return typed, None
    known = sorted({owner for owner in owners if owner}, key=len, reverse=True)
    rest = typed[found.start() + 1 :]
    for owner in known:
        behind = rest[len(owner) : len(owner) + 1]
        if rest[: len(owner)].casefold() == owner.casefold() and (not behind or not behind.isalnum()):
            return f"{typed[: found.start()]} {rest[len(owner) :]}", owner
    name = found["quoted"] or found["name"]
    return f"{typed[: found.start()]} {typed[found.end() :]}", match_owner(name, known)


def match_owner(name: str, owners: Iterable[str]) -> str:
    """The one of `owners` with that name in any case, or the only one with that first name; else the name."""
    known, wanted = {owner for owner in owners if owner.strip()}, name.casefold()
    first = [owner for owner in known if owner.split(maxsplit=1)[0].casefold() == wanted]
    same = [owner for owner in known if owner.casefold() == wanted]
    if name in same:
        return name
    return (same or first)[0] if len(same or first) == 1 else name


def _without_day(text: str, today: date) -> tuple[str, str | None]:
    words = [*_WORDS.finditer(text)]
    for at in reversed(range(len(words) - 1)):
        if words[at][0].casefold() not in _DUE:
            continue
        for behind in (2, 1):
            last = words[min(at + behind, len(words) - 1)]
            try:
                day = read_day(text[words[at + 1].start() : last.end()].rstrip(".,;"), today)
            except NotADay:
                continue
            return f"{text[: words[at].start()]} {text[last.end() :]}", day.isoformat()
    return text, None


def owners_of(roadmap: Roadmap) -> tuple[str, ...]:
    """The names of owners in the roadmap, each once, the most frequent first."""
    counted: dict[str, int] = {}
    for owner in _owners(roadmap):
        if owner:
            counted[owner] = counted.get(owner, 0) + 1
    return tuple(sorted(counted, key=lambda owner: (-counted[owner], owner.casefold())))


def _owners(roadmap: Roadmap) -> Iterator[str]:
    for stage in roadmap.stages:
        for card in stage.cards:
            yield role_value(card, "owner").strip()
            yield from (task.owner.strip() for task in card.tasks)
    yield from ((kpi.owner or "").strip() for kpi in roadmap.kpis)


class PastedTask(NamedTuple):
    """A line of a pasted list."""

    text: str
    done: bool


_BULLET = re.compile(r"\s*(?:[-*+•◦▪‣·–—]|\d{1,3}[.)])\s+")
_BOX = re.compile(r"\s*(?:\[(?P<mark>[ xX✓✔]?)\]|(?P<box>[☐☑☒✅✓✔□■]))\s*")
_TICKED = "xX✓✔☑☒✅■"


def read_pasted_tasks(text: str) -> tuple[PastedTask, ...]:
    """The tasks of a pasted list, one a line, without bullets, numbers and boxes; empty lines are dropped."""
    found = []
    for line in text.splitlines():
        bullet = _BULLET.match(line)
        rest = line[bullet.end() :] if bullet else line
        box = _BOX.match(rest)
        mark = (box["mark"] or box["box"] or "") if box else ""
        rest = " ".join((rest[box.end() :] if box else rest).split())
        if rest:
            found.append(PastedTask(rest, bool(mark) and mark in _TICKED))
    return tuple(found)
