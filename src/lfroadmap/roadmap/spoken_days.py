"""Days in words, in both languages: `next friday`, `in 2 weeks`, `31 Dec`, `יום ראשון הבא`, `בעוד שבוע`.

A day of the week is the first one after today, `last` and `שעבר` the last one before it. A day of a month is
in this year.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

_DAYS = {
    "today": 0, "היום": 0,
    "tomorrow": 1, "מחר": 1,
    "the day after tomorrow": 2, "day after tomorrow": 2, "מחרתיים": 2,
    "yesterday": -1, "אתמול": -1,
    "the day before yesterday": -2, "day before yesterday": -2, "שלשום": -2,
    "next week": 7, "שבוע הבא": 7, "בשבוע הבא": 7,
    "last week": -7, "שבוע שעבר": -7, "בשבוע שעבר": -7,
}  # fmt: skip
_MONTHS = {
    "next month": 1, "חודש הבא": 1, "בחודש הבא": 1, "last month": -1, "חודש שעבר": -1, "בחודש שעבר": -1,
    "next year": 12, "שנה הבאה": 12, "בשנה הבאה": 12,
}  # fmt: skip
_WEEK = (
    ("monday", "mon", "שני", "ב"), ("tuesday", "tue", "tues", "שלישי", "ג"),
    ("wednesday", "wed", "רביעי", "ד"),
    ("thursday", "thu", "thur", "thurs", "חמישי", "ה"), ("friday", "fri", "שישי", "ששי", "ו"),
    ("saturday", "sat", "שבת", "ש"), ("sunday", "sun", "ראשון", "א"),
)  # fmt: skip
_WEEKDAYS = {name: number for number, names in enumerate(_WEEK) for name in names}
_MONTH_NAMES = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan", "ינואר", "ינו"), ("february", "feb", "פברואר", "פבר"),
            ("march", "mar", "מרץ", "מרס"),
            ("april", "apr", "אפריל", "אפר"), ("may", "מאי"), ("june", "jun", "יוני", "יונ"),
            ("july", "jul", "יולי", "יול"), ("august", "aug", "אוגוסט", "אוג"),
            ("september", "sep", "sept", "ספטמבר", "ספט"), ("october", "oct", "אוקטובר", "אוק"),
            ("november", "nov", "נובמבר", "נוב"), ("december", "dec", "דצמבר", "דצמ"),
        ),
        1,
    )
    for name in names
}  # fmt: skip
_ENDS = {
    "end of month": "month", "end of the month": "month", "סוף החודש": "month", "בסוף החודש": "month",
    "end of year": "year", "end of the year": "year", "סוף השנה": "year", "בסוף השנה": "year",
}  # fmt: skip
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "שני": 2, "שתי": 2, "שלושה": 3, "שלוש": 3, "": 1}
_UNITS = {
    "day": (1, "days"), "days": (1, "days"), "יום": (1, "days"), "ימים": (1, "days"), "יומיים": (2, "days"),
    "week": (7, "days"), "weeks": (7, "days"), "שבוע": (7, "days"), "שבועות": (7, "days"),
    "שבועיים": (14, "days"),
    "month": (1, "months"), "months": (1, "months"), "חודש": (1, "months"), "חודשים": (1, "months"),
    "חודשיים": (2, "months"), "year": (12, "months"), "years": (12, "months"), "שנה": (12, "months"),
    "שנים": (12, "months"), "שנתיים": (24, "months"),
}  # fmt: skip
_QUOTES = re.compile("['’`׳.,]")
_AWAY = re.compile(
    r"(?P<ahead>in|within|בעוד|עוד|תוך) (?P<n>\d{1,4}|[a-zא-ת]+)(?: (?P<unit>[a-zא-ת]+))?"
    r"|(?P<ago>לפני) (?P<n2>\d{1,4}|[א-ת]+)(?: (?P<unit2>[א-ת]+))?"
    r"|(?P<n3>\d{1,4}|an?|one|two) (?P<unit3>[a-z]+) ago",
    re.ASCII,
)
_WEEKDAY = re.compile(
    r"(?:(?P<which>next|this|coming|last|on|by) )?(?P<en>[a-z]+)"
    r"|(?:(?:עד |ב)?יום |ב)?(?P<he>[א-ת]+)(?: (?P<then>הבא|הקרוב|שעבר|האחרון))?"
)
_DAY_OF_MONTH = re.compile(
    r"(?:[בה]-?)?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)?(?: |-)ב?(?P<month>[a-zא-ת]+)"
    r"(?:(?: |-)(?P<year>\d{4}|\d{2}))?"
    r"|(?P<month2>[a-z]+) (?P<day2>\d{1,2})(?:st|nd|rd|th)?(?: (?P<year2>\d{4}))?",
    re.ASCII,
)
MakeDay = Callable[[int, int, int], date]
"""Year, month, day -> the date; raises for one that does not exist."""


def spoken_day(text: str, today: date, make: MakeDay) -> date | None:
    """The day that is meant, None for any other text; raises OverflowError or what `make` raises."""
    typed = " ".join(_QUOTES.sub("", text.lower()).split())
    if typed in _DAYS:
        return today + timedelta(days=_DAYS[typed])
    if typed in _MONTHS:
        return _months_on(today, _MONTHS[typed], make)
    if typed in _ENDS:
        month = today.month if _ENDS[typed] == "month" else 12
        return make(today.year, month, monthrange(today.year, month)[1])
    return _away(typed, today, make) or _weekday(typed, today) or _of_month(typed, today, make)


def _away(typed: str, today: date, make: MakeDay) -> date | None:
    """So many days, weeks, months or years ahead or ago."""
    found = _AWAY.fullmatch(typed)
    if found is None:
        return None
    count, unit = (
        (found["n"] or found["n2"] or found["n3"]),
        found["unit"] or found["unit2"] or found["unit3"],
    )
    if unit is None:  # `בעוד שבועיים`
        count, unit = "", count
    number = int(count) if count.isdecimal() else _COUNTS.get(count)
    if number is None or unit not in _UNITS:
        return None
    size, kind = _UNITS[unit]
    distance = number * size * (1 if found["ahead"] else -1)
    return today + timedelta(days=distance) if kind == "days" else _months_on(today, distance, make)


def _months_on(today: date, months: int, make: MakeDay) -> date:
    """The same day so many months on, or the last of a shorter month."""
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    make(year, month + 1, 1)
    return make(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _weekday(typed: str, today: date) -> date | None:
    found = _WEEKDAY.fullmatch(typed)
    name = found and (found["en"] or found["he"])
    if found is None or name not in _WEEKDAYS or (len(name) == 1 and "יום" not in typed):
        return None
    back = found["which"] == "last" or found["then"] in ("שעבר", "האחרון")
    days = (_WEEKDAYS[name] - today.weekday()) % 7
    return today + timedelta(days=days - 7 if back else days or 7)


def _of_month(typed: str, today: date, make: MakeDay) -> date | None:
    found = _DAY_OF_MONTH.fullmatch(typed)
    month = found and _MONTH_NAMES.get(found["month"] or found["month2"])
    if found is None or not month:
        return None
    year = int(found["year"] or found["year2"] or today.year)
    return make(year + 2000 if year < 100 else year, month, int(found["day"] or found["day2"]))
