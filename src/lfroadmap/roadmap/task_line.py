"""A task as a person types it in one line: `Call the bank @dana due tomorrow`, `להתקשר לבנק @דנה עד מחר`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from lfroadmap.bidi.marks import DIRECTION_MARKS
from lfroadmap.roadmap.dates import NotADay, read_day
from lfroadmap.roadmap.matching import fold
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import role_value
from lfroadmap.text import match_key

_DUE = ("due", "by", "עד")
"""Words before a day; without a day behind them they are words like any other."""
_OWNER = re.compile(r"(?<!\S)@(?:\"(?P<quoted>[^\"]+)\"|(?P<name>[^\s@,;]++)(?!@))")
_GOES_ON = re.compile(r"[-'’׳\"״_.@]?\w")
"""The rest of a longer name, an address or a genitive."""
_GENITIVE = re.compile(r"['’]s$")
_ENDS = ".,;:!?)"
"""Signs that end a name or a day and belong to neither."""
_OPEN_ENDS = re.compile(r"\s*[,;:–—-]+$")
"""Signs that nothing follows any more once the name or the day behind them is taken out."""
_SHORT = re.compile(r"\d+[-.]\d+")
"""A day without a year that may be a number or a range."""
_UNITS = frozenset(
    {
        "million", "millions", "billion", "thousand", "k", "m", "percent", "points", "times", "hour",
        "hours", "days", "weeks", "months", "years", "people", "members", "items", "מיליון", "מיליארד",
        "אלף", "אלפים", "אחוז", "אחוזים", "נקודות", "פעמים", "שעה", "שעות", "ימים", "שבועות", "חודשים",
        "שנים", "אנשים", "שקל", "שקלים", 'ש"ח', "דולר", "דולרים", "יורו", "%", "₪", "$", "€",
    }
)  # fmt: skip
"""Words that make a number of what stands before them: `grow by 2.5 million`."""
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
    known = sorted({owner for owner in owners if owner.strip()}, key=len, reverse=True)
    for found in reversed([*_OWNER.finditer(typed)]):
        before, rest = typed[: found.start()], typed[found.start() + 1 :]
        for owner in known:
            behind = rest[len(owner) :]
            if rest[: len(owner)].casefold() == owner.casefold() and not _GOES_ON.match(behind):
                return _joined(before, behind), owner
        name = found["quoted"] or found["name"].rstrip(_ENDS + DIRECTION_MARKS)
        if not _GENITIVE.search(name) and match_key(name):
            behind = rest[len(name) :] if found["name"] else typed[found.end() :]
            return _joined(before, behind), match_owner(name.strip(DIRECTION_MARKS), known)
    return typed, None


def _joined(before: str, behind: str) -> str:
    """What stood before and behind a name or a day, as one text."""
    behind = behind.lstrip(DIRECTION_MARKS)
    if behind[:1] and behind[0] in _ENDS and before.strip():
        return before.rstrip() + behind
    behind = behind.lstrip(_ENDS)
    return f"{before} {behind}" if behind.strip() else _OPEN_ENDS.sub("", before.rstrip())


def match_owner(name: str, owners: Iterable[str]) -> str:
    """The one of `owners` with that name but for case, vowel points and blanks; else the name as it is typed.

    A part of a name may be somebody else's name: it stays as it is.
    """
    wanted = _folded(name)
    same = {owner for owner in owners if match_key(owner) and _folded(owner) == wanted}
    return next(iter(same)) if len(same) == 1 and name not in same else name


def _folded(name: str) -> str:
    return " ".join(fold(match_key(name)).split())


def _without_day(text: str, today: date) -> tuple[str, str | None]:
    words = [*_WORDS.finditer(text)]
    for at in reversed(range(len(words) - 1)):
        if words[at][0].casefold() not in _DUE or _is_amount(words[at + 1 : at + 3]):
            continue
        for behind in (2, 1):
            last = words[min(at + behind, len(words) - 1)]
            try:
                day = read_day(text[words[at + 1].start() : last.end()].rstrip(_ENDS), today)
            except NotADay:
                continue
            return _joined(text[: words[at].start()], text[last.end() :]), day.isoformat()
    return text, None


def _is_amount(words: list[re.Match[str]]) -> bool:
    """True for a number with its unit, which is no day."""
    first, *rest = (word[0] for word in words)
    return bool(rest and _SHORT.fullmatch(first) and rest[0].rstrip(_ENDS).casefold() in _UNITS)


def owners_of(roadmap: Roadmap) -> tuple[str, ...]:
    """The names of owners in the roadmap, each in its most frequent spelling, the most frequent first."""
    spellings: dict[str, Counter[str]] = {}
    for typed, times in Counter(_owners(roadmap)).items():  # few of many are others than those before
        owner = typed.strip()
        if key := match_key(owner):
            spellings.setdefault(key, Counter())[owner] += times
    order = sorted(spellings, key=lambda key: (-spellings[key].total(), key))
    return tuple(spellings[key].most_common(1)[0][0] for key in order)


_owner = attrgetter("owner")


def _owners(roadmap: Roadmap) -> Iterator[str]:
    for stage in roadmap.stages:
        for card in stage.cards:
            yield role_value(card, "owner")
            yield from map(_owner, card.tasks)
    yield from (kpi.owner or "" for kpi in roadmap.kpis)


class PastedTask(NamedTuple):
    """A line of a pasted list."""

    text: str
    done: bool


_EDGES = DIRECTION_MARKS + "\ufeff\u200b"
"""Invisible signs before a line that is copied from a page or a chat in Hebrew."""
_BULLET = re.compile(r"\s*(?:[-*+•◦▪‣·–—○●◆►▸➤]|\d{1,3}[.)]|\(\d{1,3}\))\s+")
_BOX = re.compile(r"\s*(?:\[(?P<mark>[ xXvV✓✔]?)\](?!\()|(?P<box>[☐☑☒✅✓✔□■◻◼⬜⬛])\ufe0f?)\s*")
_TICKED = "xXvV✓✔☑☒✅■◼⬛"


def read_pasted_tasks(text: str) -> tuple[PastedTask, ...]:
    """The tasks of a pasted list, one a line, without bullets, numbers and boxes; empty lines are dropped."""
    found = []
    for each in text.splitlines():
        line = each.strip(_EDGES)
        bullet = _BULLET.match(line)
        rest = line[bullet.end() :] if bullet else line
        box = _BOX.match(rest)
        mark = (box["mark"] or box["box"] or "") if box else ""
        rest = " ".join((rest[box.end() :] if box else rest).split())
        if rest:
            found.append(PastedTask(rest, bool(mark) and mark in _TICKED))
    return tuple(found)
