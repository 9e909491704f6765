"""Days as other programs and people write them, and the order of day and month of a whole table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from typing import Literal, NamedTuple

from lfroadmap.bidi.marks import DIRECTION_MARKS
from lfroadmap.roadmap.dates import NotADay, read_day
from lfroadmap.roadmap.import_words import months, plain_text, weekdays

DateOrder = Literal["", "dmy", "mdy", "ymd"]
"""The order of day, month and year in a date of digits; empty where nothing proves one."""
ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy", "ymd")
DayNote = Literal["", "range_end", "local_day", "no_year"]

EPOCH, _SERIALS = date(1899, 12, 30), range(20_000, 80_000)
"""Excel's usual day 0, and the numbers that are taken for days: 1954 to 2119."""
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
_ZONE_NAME = re.compile(r"\s*\([^()\d]*\)$|(?<=[+-]\d{4}) [A-Z]{3,5}$")
"""The name of a zone behind its offset: `GMT+0300 (Israel Daylight Time)`, `+0000 UTC`."""
_MARKS = dict.fromkeys(map(ord, f"{DIRECTION_MARKS}\ufeff\u200b"))
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_RANGE = re.compile(
    r"(?<=\d{4}-\d\d-\d\d)/(?=\d{4}-)|\s*(?:→|⟶|➔|->)\s*|\s+(?:-|–|—|to|until|till|through|עד)\s+"
)
_CLOCK = re.compile(
    r"(?:[T ,]+|\s+(?:at|בשעה)\s+)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap])?\.?(?:m\b\.?)?\s*\(?(?P<zone>z|(?:gmt|utc)?\s*[+-]\d{1,2}(?::?\d{2})?|gmt|utc)?\)?$",
    re.IGNORECASE | re.ASCII,
)
_MILLISECONDS = re.compile(r"[1-4]\d{12}", re.ASCII)
"""Milliseconds since 1970, as programs write times: 2001 to 2128."""
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:t(\d{2})(\d{2})(\d{2})?(z)?)?", re.IGNORECASE | re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([-./ ])(\d{1,2})\2(\d{1,2})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-./ ])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
_NO_YEAR = re.compile(r"(\d{1,2})([-./])(\d{1,2})", re.ASCII)
_PIECES = re.compile(r"[^\W\d_]+(?:['\"])?|\d+")
_CJK = str.maketrans({"年": "-", "月": "-", "日": ""})


class _Numbers(NamedTuple):
    """A day written as three numbers, of which the last is the year."""

    first: int
    second: int
    last: int
    year: int
    dotted: bool


@dataclass(frozen=True, slots=True)
class ParsedDay:
    """A cell with a day, perhaps one whose day and month cannot be distinguished."""

    day: date | None = None
    numbers: _Numbers | None = None
    note: DayNote = ""
    clock: tuple[timedelta, timedelta] | None = None
    """The time of a day and the offset of its zone, where it has one: the day is that of the reader."""

    @property
    def is_certain(self) -> bool:
        """True if nothing needs to be decided or said about it."""
        return self.day is not None and self.clock is None and not self.note

    def possible(self) -> tuple[DateOrder, ...]:
        """The orders of day and month in which it is a day; all of them where the order does not matter."""
        if self.numbers is None or self.numbers.first == self.numbers.second:
            return ORDERS
        readings: tuple[DateOrder, ...] = ("dmy", "mdy")
        found = tuple(order for order in readings if self.on(order) is not None)
        return ("dmy",) if self.numbers.dotted and "dmy" in found else found

    def on(self, order: DateOrder) -> date | None:
        """The day in an order; None where there is none, or where the order is needed and empty."""
        day = self.day if self.numbers is None else self._in_order(self.numbers, order)
        return day if day is None or self.clock is None else _local(day, *self.clock)

    def _in_order(self, numbers: _Numbers, order: DateOrder) -> date | None:
        first, second, last, year, dotted = numbers
        if dotted and not order:
            order = "dmy"
        if first == second and order != "ymd":
            order = "dmy"
        if order == "ymd":
            return None if last == year else _day(2000 + first, second, last)
        return {"dmy": _day(year, second, first), "mdy": _day(year, first, second)}.get(order)


def judge(days: Iterable[ParsedDay]) -> tuple[DateOrder, ParsedDay | None]:
    """The order that days of a table prove together, and one that could be either where none is proved."""
    proved: set[DateOrder] = set()
    doubtful: ParsedDay | None = None
    for day in days:
        if day.numbers is None:
            continue
        possible = day.possible()
        if len(possible) == 1 and not day.numbers.dotted:
            proved.add(possible[0])
        elif len(possible) == 2 and doubtful is None:
            doubtful = day
    if len(proved) == 1:
        return proved.pop(), None
    return "", doubtful


def parse_day(typed: str, today: date, first_day: date = EPOCH) -> ParsedDay | None:
    """The day in a cell, a plain number counted from `first_day`; None where there is none: `Q2 2026`."""
    text = unicodedata.normalize("NFKC", typed.translate(_MARKS)).strip().removeprefix("'").strip()
    if match := _ISO.fullmatch(text):
        return _certain(_day(int(match[1]), int(match[2]), int(match[3])))
    ends = _RANGE.split(text)
    if len(ends) == 2 and all(ends):
        first, last = (parse_day(end, today) for end in ends)
        if last is not None and (first is not None or ends[0].strip().isdecimal()):
            return replace(last, note="range_end")
    if match := _COMPACT.fullmatch(text):
        return _compact(match)
    if number := _counted(text, first_day):
        return number
    if match := _CLOCK.search(_ZONE_NAME.sub("", text)):
        return _at_clock(_date_only(text[: match.start()], today), match)
    return _date_only(text, today)


def _counted(text: str, first_day: date) -> ParsedDay | None:
    """The day of a number: of days as Excel counts them, or of milliseconds since 1970."""
    if _MILLISECONDS.fullmatch(text):
        clock = (timedelta(milliseconds=int(text)), timedelta())
        return ParsedDay(date(1970, 1, 1), None, "local_day", clock)
    serial = _SERIAL.fullmatch(text)
    if serial is None or int(serial[1]) not in _SERIALS:
        return None
    return ParsedDay(first_day + timedelta(days=int(serial[1])))


def _certain(day: date | None) -> ParsedDay | None:
    return None if day is None else ParsedDay(day)


def _compact(match: re.Match[str]) -> ParsedDay | None:
    found = _certain(_day(int(match[1]), int(match[2]), int(match[3])))
    if found is None or not match[7]:
        return found
    clock = timedelta(hours=int(match[4]), minutes=int(match[5]))
    return replace(found, clock=(clock, timedelta()), note="local_day")


def _at_clock(found: ParsedDay | None, match: re.Match[str]) -> ParsedDay | None:
    """The day of a time; one with a zone is the day where the reader is."""
    hour, minute = int(match["hour"]), int(match["minute"])
    if found is None or hour > 24 or minute > 59:
        return None
    half = (match["half"] or "").lower()
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    if not match["zone"]:
        return found
    clock = (timedelta(hours=hour, minutes=minute), _offset(match["zone"]))
    return replace(found, clock=clock, note="local_day")


def _offset(zone: str) -> timedelta:
    digits = re.search(r"([+-])(\d{1,2}):?(\d{2})?$", zone)
    if digits is None:
        return timedelta()
    ahead = timedelta(hours=int(digits[2]), minutes=int(digits[3] or 0))
    return ahead if digits[1] == "+" else -ahead


def _local(day: date, clock: timedelta, offset: timedelta) -> date | None:
    """The day where the reader is, at a time of a day in another zone."""
    try:
        return (datetime.combine(day, time(0), timezone(offset)) + clock).astimezone().date()
    except (ValueError, OverflowError):
        return None


def _date_only(text: str, today: date) -> ParsedDay | None:
    if match := _COMPACT.fullmatch(text):
        return _compact(match)
    plain = re.sub(r"\s*([./-])\s*", r"\1", plain_text(text).translate(_CJK)).strip(" .,-")
    bare = _without_weekday(plain)
    if match := _YEAR_FIRST.fullmatch(bare):
        return _certain(_day(int(match[1]), int(match[3]), int(match[4])))
    if match := _YEAR_LAST.fullmatch(bare):
        last = int(match[4])
        year = last if len(match[4]) == 4 else 2000 + last
        return _numbers(_Numbers(int(match[1]), int(match[3]), last, year, match[2] == "."), "")
    if match := _NO_YEAR.fullmatch(bare):
        numbers = _Numbers(int(match[1]), int(match[3]), today.year, today.year, match[2] == ".")
        return _numbers(numbers, "no_year")
    return _named_month(plain, today) or _typed(text, today)


def _without_weekday(plain: str) -> str:
    """The text without weekdays and the like before the first digit."""
    digit = re.search(r"\d", plain)
    before = _PIECES.findall(plain[: digit.start()]) if digit else []
    return plain[digit.start() :] if digit and all(_word(w) in weekdays() for w in before) else plain


def _word(piece: str) -> str:
    return piece.rstrip("'\"")


def _numbers(numbers: _Numbers, note: DayNote) -> ParsedDay | None:
    found = ParsedDay(None, numbers, note)
    return found if found.on("dmy") or found.on("mdy") or found.on("ymd") else None


def _named_month(plain: str, today: date) -> ParsedDay | None:
    """A day with its month in words: `31 Mar 2026`, `Mar 31, 2026`, `31/Mar/26`, `31 במרץ 2026`."""
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", plain)
    pieces = [_word(piece) for piece in _PIECES.findall(plain)]
    found = [months()[piece] for piece in pieces if piece in months()]
    digits = [piece for piece in pieces if piece.isdecimal()]
    known = len(found) + len(digits) + sum(p in weekdays() and p not in months() for p in pieces)
    if len(found) != 1 or known != len(pieces) or not 1 <= len(digits) <= 2:
        return None
    if len(digits) == 1:
        return _this_year(found[0], digits[0], today)
    first, last = digits if len(digits[0]) < 4 else digits[::-1]
    if len(first) > 2 or len(last) not in (2, 4):
        return None
    return _certain(_day(int(last) + (2000 if len(last) == 2 else 0), found[0], int(first)))


def _this_year(month: int, day: str, today: date) -> ParsedDay | None:
    found = _day(today.year, month, int(day)) if len(day) < 3 else None
    return None if found is None else ParsedDay(found, note="no_year")


def _typed(text: str, today: date) -> ParsedDay | None:
    """A day as it may be typed on the screen: `today`, `+14`."""
    try:
        return ParsedDay(read_day(text, today))
    except NotADay:
        return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1900 <= year <= 2999 else None
    except ValueError:
        return None
