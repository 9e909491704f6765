"""A day read as people type it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lfroadmap.roadmap.dates import NotADay, read_day, read_moment
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.words import DATE_FORMATS, LANGUAGES, WEEK_STARTS, DateFormat, Language, WeekStart, words

TODAY = date(2026, 11, 21)
REASONS = ("format", "month", "day", "year")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-03-31", "2026-03-31"),
        ("2026-3-1", "2026-03-01"),
        ("2026/03/31", "2026-03-31"),
        ("31/3/2026", "2026-03-31"),
        ("31.3.2026", "2026-03-31"),
        ("31-3-2026", "2026-03-31"),
        ("31.3.26", "2026-03-31"),
        ("01.02.03", "2003-02-01"),
        ("31.3", "2026-03-31"),
        ("5/12", "2026-12-05"),
        ("29.2.2028", "2028-02-29"),
        ("  31.3.2026 ", "2026-03-31"),
        ("\u200e31.3.2026\u200f", "2026-03-31"),
        ("\u206731.3.2026\u2069", "2026-03-31"),
        ("today", "2026-11-21"),
        ("Today", "2026-11-21"),
        ("היום", "2026-11-21"),
        ("tomorrow", "2026-11-22"),
        ("מחר", "2026-11-22"),
        ("yesterday", "2026-11-20"),
        ("אתמול", "2026-11-20"),
        ("+14", "2026-12-05"),
        ("+ 14", "2026-12-05"),
        ("\u200e+14", "2026-12-05"),
        ("-21", "2026-10-31"),
        ("−21", "2026-10-31"),
        ("+0", "2026-11-21"),
        ("1900-01-01", "1900-01-01"),
        ("31.12.2999", "2999-12-31"),
    ],
)
def test_ways_to_write_a_day(typed: str, day: str) -> None:
    assert read_day(typed, TODAY).isoformat() == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        # Saturday, 21.11.2026
        ("מחרתיים", "2026-11-23"),
        ("the day after tomorrow", "2026-11-23"),
        ("שלשום", "2026-11-19"),
        ("31 בדצמבר", "2026-12-31"),
        ("31 בדצמבר 2027", "2027-12-31"),
        ("ה-31 בדצמ׳", "2026-12-31"),
        ("31 Dec", "2026-12-31"),
        ("31 december 2027", "2027-12-31"),
        ("Dec 31", "2026-12-31"),
        ("December 31st, 2027", "2027-12-31"),
        ("1st of March", "2026-03-01"),
        ("בעוד שבוע", "2026-11-28"),
        ("עוד שבועיים", "2026-12-05"),
        ("בעוד 3 ימים", "2026-11-24"),
        ("בעוד חודשיים", "2027-01-21"),
        ("in 2 weeks", "2026-12-05"),
        ("in a week", "2026-11-28"),
        ("in 3 months", "2027-02-21"),
        ("לפני שבוע", "2026-11-14"),
        ("2 days ago", "2026-11-19"),
        ("יום ראשון", "2026-11-22"),
        ("יום ראשון הבא", "2026-11-22"),
        ("ביום ראשון הקרוב", "2026-11-22"),
        ("ראשון", "2026-11-22"),
        ("יום א׳", "2026-11-22"),
        ("יום ו'", "2026-11-27"),
        ("שבת", "2026-11-28"),
        ("יום שישי שעבר", "2026-11-20"),
        ("next friday", "2026-11-27"),
        ("next monday", "2026-11-23"),
        ("Friday", "2026-11-27"),
        ("on tue", "2026-11-24"),
        ("last saturday", "2026-11-14"),
        ("שבוע הבא", "2026-11-28"),
        ("next week", "2026-11-28"),
        ("בחודש הבא", "2026-12-21"),
        ("סוף החודש", "2026-11-30"),
        ("end of the year", "2026-12-31"),
        ("3/5", "2026-05-03"),
        ("\u200fיום ראשון\u200e", "2026-11-22"),
    ],
)
def test_days_in_words(typed: str, day: str) -> None:
    assert read_day(typed, TODAY).isoformat() == day


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("30 בפברואר", "day"),
        ("31 Jun", "day"),
        ("in 9999 years", "year"),
        ("בעוד", "format"),
        ("ב", "format"),
        ("הבא", "format"),
        ("in some weeks", "format"),
        ("31 of", "format"),
        ("next", "format"),
        ("יום", "format"),
        ("בעוד פרסה", "format"),
    ],
)
def test_words_that_are_no_day(typed: str, reason: str) -> None:
    with pytest.raises(NotADay) as problem:
        read_day(typed, TODAY)
    assert problem.value.reason == reason


def test_a_month_on_from_its_last_day_is_the_last_day() -> None:
    assert read_day("next month", date(2026, 1, 31)).isoformat() == "2026-02-28"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "format"),
        ("some week", "format"),
        ("31", "format"),
        ("14+", "format"),
        ("+12345", "format"),
        ("31.3.026", "format"),
        ("31.3.", "format"),
        ("31.3/2026", "format"),
        ("2026-03", "format"),
        ("٣١/٣/٢٠٢٦", "format"),
        ("2026-13-01", "month"),
        ("3/31/2026", "month"),
        ("1.0.2026", "month"),
        ("31.4.2026", "day"),
        ("0.4.2026", "day"),
        ("29.2", "day"),
        ("2026-02-29", "day"),
        ("1.1.1899", "year"),
        ("3000-01-01", "year"),
        ("0000-01-01", "year"),
    ],
)
def test_a_wrong_day_is_told_with_its_reason(typed: str, reason: str) -> None:
    with pytest.raises(NotADay) as caught:
        read_day(typed, TODAY)
    assert caught.value.reason == reason


@pytest.mark.parametrize(("typed", "today"), [("+1", date.max), ("-1", date.min), ("tomorrow", date.max)])
def test_days_beyond_the_calendar(typed: str, today: date) -> None:
    with pytest.raises(NotADay, match="year"):
        read_day(typed, today)


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_words(reason: str) -> None:
    assert all(words(language)(f"date.{reason}") for language in LANGUAGES)


DATEISH = st.text("0123456789-/.+− היוםtodayמחר\u200e", max_size=14)


@given(st.one_of(st.text(), DATEISH), st.dates())
def test_never_fails_otherwise(typed: str, today: date) -> None:
    try:
        day = read_day(typed, today)
    except NotADay as wrong:
        assert wrong.reason in REASONS
    else:
        assert iso_day(day.isoformat()) == day


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_a_day_as_each_language_writes_it_is_read_back(day: date) -> None:
    assert read_day(day.isoformat(), TODAY) == day
    assert all(read_day(words(language).day(day), TODAY) == day for language in LANGUAGES)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-02-01", "2026-02-01T23:59:59.999999"),
        ("1.2", "2026-02-01T23:59:59.999999"),
        ("yesterday", "2026-03-14T23:59:59.999999"),
        ("היום 8:05", "2026-03-15T08:05:59.999999"),
        ("2026-02-01T14:30:07", "2026-02-01T14:30:07.999999"),
        ("  2026-02-01   14:30 ", "2026-02-01T14:30:59.999999"),
    ],
)
def test_a_moment_is_a_day_with_or_without_an_hour(text: str, moment: str) -> None:
    assert read_moment(text, date(2026, 3, 15)).isoformat() == moment


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "format"),
        ("soon", "format"),
        ("14:30", "format"),
        ("2026-02-30 1:00", "day"),
        ("1.2 25:00", "clock"),
    ],
)
def test_what_is_no_moment_is_told_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(NotADay) as caught:
        read_moment(text, date(2026, 3, 15))
    assert caught.value.reason == reason


DAYS = st.dates(date(1900, 1, 1), date(2999, 12, 31))


@given(DAYS, st.sampled_from(DATE_FORMATS), st.sampled_from(LANGUAGES))
def test_a_day_in_any_format_reads_back_as_itself(day: date, chosen: DateFormat, language: Language) -> None:
    assert read_day(words(language).dated(chosen, "auto").day(day), TODAY) == day


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("starts", WEEK_STARTS)
def test_the_first_weekday_is_that_of_the_settings_or_the_language(
    language: Language, starts: WeekStart
) -> None:
    usual = {"he": 6, "en": 0}[language]
    wanted = {"sunday": 6, "monday": 0, "saturday": 5, "auto": usual}[starts]
    assert words(language).dated("auto", starts).naming({"undo": "F5"}).first_weekday == wanted
