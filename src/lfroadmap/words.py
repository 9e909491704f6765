"""The interface's texts in one language, with its direction, dates and numbers."""

from __future__ import annotations

import errno
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from lfroadmap.bidi.marks import isolate, isolate_rtl
from lfroadmap.errors import RoadmapError
from lfroadmap.text import Direction, clean, direction

Language = Literal["he", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
CONTENT = Path(__file__).with_name("content")
"""The folder of texts; `importlib.resources` would find it too, at 8 ms more for each start."""

DateFormat = Literal["auto", "YYYY-MM-DD", "D.M.YYYY", "D/M/YYYY", "D MMM YYYY"]
DATE_FORMATS: tuple[DateFormat, ...] = get_args(DateFormat)
"""How days are written for people; `auto` is the format of the language."""
WeekStart = Literal["auto", "sunday", "monday", "saturday"]
WEEK_STARTS: tuple[WeekStart, ...] = get_args(WeekStart)
"""The first day of a week; `auto` is that of the language."""
_FORMAT_OF: Mapping[Language, DateFormat] = {"he": "D.M.YYYY", "en": "YYYY-MM-DD"}
_FIRST_WEEKDAY = {"monday": 0, "saturday": 5, "sunday": 6}
NO_KEYS: Mapping[str, str] = {}
_MIXING = {"rtl": re.compile("[A-Za-z]"), "ltr": re.compile("[0-9A-Za-z%₪$€£]")}
"""Direction of the page -> what mixes a fact of the other direction with the words beside it."""
_CODES = [
    "EACCES",
    "EEXIST",
    "EIO",
    "EISDIR",
    "ENAMETOOLONG",
    "ENOENT",
    "ENOSPC",
    "ENOTDIR",
    "EPERM",
    "EROFS",
]
_REASONS = {os.strerror(getattr(errno, code)): code.lower() for code in _CODES}
"""What the system says -> the last part of its key, for the reasons that are common."""
_KEY = re.compile(r"\{key_(\w+)\}")
_TABLE = re.compile(r"^\[([\w.-]+)\]$", re.MULTILINE)
_ALWAYS_WHOLE = ("path", "numbers", "address")
"""Facts that are left to right regardless of their letters."""


class SafeText(str):
    """A text that `Words` made; it is inserted into another without cleaning.

    It may have direction isolates, which order it on the screen; before printing it goes through `clean`.
    """

    __slots__ = ()


def safe(text: str) -> str:
    """The text for drawing: `clean`, unless `Words` made it from clean parts."""
    return text if isinstance(text, SafeText) else clean(text)


_SHORT = 2_000
"""Letters of a table that is parsed as a whole: about as long as looking for ten of its lines takes."""
_LONG = '"""'
"""What begins and ends a text of several lines."""
_LINES = 50
"""Lines of a long table that are parsed one by one."""


class Texts(Mapping[str, str]):
    """The texts of a file of words by their dotted keys; a table of the file is parsed when one is asked for.

    A start needs a third of the tables, and of the longest a few lines; parsing all of them would take a
    twentieth of it.
    """

    def __init__(self, source: str) -> None:
        starts = [*_TABLE.finditer(source)]
        ends = [*(start.start() for start in starts[1:]), len(source)]
        self._unread = {
            f"{start[1]}.": source[start.start() : end] for start, end in zip(starts, ends, strict=True)
        }
        self._read: dict[str, str] = {}
        self._lines = dict.fromkeys(self._unread, 0)

    def __getitem__(self, key: str) -> str:
        if key not in self._read:
            names = [name for name in self._unread if key.startswith(name)]
            if not any(self._found(name, key) for name in names):
                self._parse(names)
        return self._read[key]

    def _found(self, name: str, key: str) -> bool:
        """Read the one line of a long table on which a text stands; false where that is not how it stands."""
        source, self._lines[name] = self._unread[name], self._lines[name] + 1
        if len(source) < _SHORT or self._lines[name] > _LINES:
            return False
        start = source.find(f'\n{key[len(name) :]} = "') + 1
        is_long = source.startswith(_LONG, source.index('"', start))
        if not start or is_long or source.count(_LONG, 0, start) % 2:  # a line of a long text looks like one
            return False
        self._read |= _flat(name, tomllib.loads(source[start : source.index("\n", start)]))
        return True

    def __iter__(self) -> Iterator[str]:
        self._parse([*self._unread])
        return iter(self._read)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _parse(self, names: list[str]) -> None:
        for name in names:
            self._read |= _flat("", tomllib.loads(self._unread.pop(name)))


class Words:
    """Key -> text in one language; keys are dotted paths of `content/words.<language>.toml`."""

    date_format: DateFormat = "auto"
    week_starts: WeekStart = "auto"

    def __init__(
        self, language: Language, table: Mapping[str, str], keys: Mapping[str, str] = NO_KEYS
    ) -> None:
        self.language = language
        self.direction: Direction = "rtl" if language == "he" else "ltr"
        self.table = table
        self.keys = keys
        """Id of a command of the screen -> the name of its key, where that is not `key_name.<id>`."""

    def naming(self, keys: Mapping[str, str]) -> Words:
        """The same texts with other keys: `{key_undo}` in a text is the name of the key of `undo`."""
        return Words(self.language, self.table, keys).dated(self.date_format, self.week_starts)

    def dated(self, date_format: DateFormat, week_starts: WeekStart) -> Words:
        """The same texts with days in a format, and weeks that begin on a day."""
        out = Words(self.language, self.table, self.keys)
        out.date_format, out.week_starts = date_format, week_starts
        return out

    def __call__(self, key: str, /, **facts: object) -> str:
        """The text of `key` with `{name}` filled from `facts`, each of them cleaned; a list is joined."""
        text = self.table[key]
        if "{key_" in text:
            facts |= {f"key_{name}": self._key_name(name) for name in _KEY.findall(text)}
        if facts:
            text = text.format(**{name: self._fact(name, value) for name, value in facts.items()})
        return SafeText(text)

    def fill_keys(self, text: str) -> str:
        """A text of another file, `{key_undo}` in it replaced by the name of the key of `undo`."""
        return _KEY.sub(lambda found: self._key_name(found[1]), text)

    def _key_name(self, command: str) -> SafeText:
        return SafeText(self.keys.get(command) or self.table[f"key_name.{command}"])

    def _fact(self, name: str, value: object) -> object:
        if isinstance(value, SafeText | int):
            return value
        if isinstance(value, list):
            return ", ".join(self._isolated(name, clean(str(one)), in_list=True) for one in value) or "—"
        text = str(value)
        if name == "reason" and text in _REASONS:
            return self.table.get(f"system_reason.{_REASONS[text]}", text)
        return self._isolated(name, clean(text))

    def _isolated(self, name: str, text: str, *, in_list: bool = False) -> str:
        """A fact, kept apart from the words beside it where their orders would mix."""
        if self.direction == "rtl" and name in _ALWAYS_WHOLE:
            return isolate(text)
        if self.direction == "ltr" and (text.isascii() or direction(text, "rtl") == "ltr"):
            return text
        if not in_list and not _MIXING[self.direction].search(text):
            return text
        return isolate_rtl(text) if direction(text, self.direction) == "rtl" else isolate(text)

    def __contains__(self, key: str) -> bool:
        return key in self.table

    def plural(self, key: str, n: int, /, **facts: object) -> str:
        """The text of `key.one`, `key.two` or `key.many` for `n` things; `{n}` is the number."""
        form = {1: "one", 2: "two"}.get(n, "many")
        chosen = f"{key}.{form}" if f"{key}.{form}" in self.table else f"{key}.many"
        return self(chosen, n=n, **facts)

    def day(self, day: date) -> str:
        """A date in the format of the settings, or else of the language."""
        match self.day_format:
            case "YYYY-MM-DD":
                return day.isoformat()
            case "D MMM YYYY":
                months = self.table["date.months"].split()
                return self("date.short_with_year", day=day.day, month=months[day.month - 1], year=day.year)
            case other:
                sign = other[1]
                return f"{day.day}{sign}{day.month}{sign}{day.year}"

    @property
    def day_format(self) -> DateFormat:
        """The format of days; never `auto`."""
        return _FORMAT_OF[self.language] if self.date_format == "auto" else self.date_format

    @property
    def first_weekday(self) -> int:
        """The day on which a week begins, as `date.weekday` counts: 0 is a Monday, 6 a Sunday."""
        return _FIRST_WEEKDAY.get(self.week_starts, 6 if self.language == "he" else 0)

    def error(self, error: RoadmapError) -> str:
        """The message of an error; raises KeyError where a fact is missing, which is a defect."""
        return self(f"error.{error.key}", **{name: self._nested(fact) for name, fact in error.facts.items()})

    def _nested(self, fact: object) -> object:
        """The messages of nested errors, a line each; other facts unchanged."""
        if isinstance(fact, RoadmapError):
            return self.error(fact)
        return SafeText("\n".join(map(self.error, fact))) if isinstance(fact, tuple) else fact


@cache
def words(language: Language) -> Words:
    """The texts of a language, read once."""
    return Words(language, Texts((CONTENT / f"words.{language}.toml").read_text("utf-8")))


def _flat(prefix: str, table: dict[str, object]) -> dict[str, str]:
    out: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            out |= _flat(f"{prefix}{key}.", value)
        else:
            out[prefix + key] = str(value)
    return out


def locale_language(environment: dict[str, str]) -> Language:
    """Hebrew if the locale says so (`he_IL.UTF-8`, `iw`), otherwise English.

    As gettext does: the first language of `LANGUAGE` precedes the locale, unless that is `C`.
    """
    candidates = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((value for value in candidates if value), "")
    first = environment.get("LANGUAGE", "").split(":")[0]
    chosen = first if first and locale not in ("C", "POSIX") else locale
    return "he" if re.match(r"(he|iw|hebrew)(?![a-z])", chosen, re.IGNORECASE) else "en"
