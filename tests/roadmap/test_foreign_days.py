"""Days as other programs write them."""

from __future__ import annotations

from datetime import date

import pytest

from lfroadmap.roadmap.foreign_days import judge, parse_day

TODAY = date(2026, 3, 15)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-31", "2026/3/31", "2026.03.31", "2026-03-31 14:30", "2026-03-31T14:30:00", "31 Mar 2026",
        "31-Mar-26", "31/Mar/26 12:00 AM", "Mar 31, 2026", "March 31st, 2026", "31st of March 2026",
        "Tuesday, March 31, 2026 at 5:00 PM", "31 במרץ 2026", "31 מרץ 2026", "יום ג׳, 31 במרץ 2026",
        "31/3/2026", "31.3.26", "31. 3. 2026", "Tue 31/03/2026", "'31/03/2026", "\u200f31/03/2026\u200f",
        "20260331", "46112", "2026年3月31日", "２０２６－０３－３１", "+16", "3/31/2026 9:00 PM",
        "31 Mar", "31.3",
        "1774958400000",
    ],
)  # fmt: skip
def test_a_day(text: str) -> None:
    found = parse_day(text, TODAY)
    assert found is not None
    (order, *_) = found.possible()
    assert found.on(order) == date(2026, 3, 31)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Q2 2026",
        "March 2026",
        "soon",
        "12",
        "0.5",
        "2026-13-01",
        "32/1/2026",
        "31/31/2026",
        "x 31/3/2026",
        "99",
    ],
)
def test_no_day(text: str) -> None:
    assert parse_day(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-31 → 2026-04-05", date(2026, 4, 5)),
        ("April 1, 2026 → April 5, 2026", date(2026, 4, 5)),
        ("1/4/2026 - 5/4/2026", date(2026, 4, 5)),
        ("1.4.2026 עד 5.4.2026", date(2026, 4, 5)),
    ],
)
def test_the_end_of_a_range(text: str, day: date) -> None:
    found = parse_day(text, TODAY)
    assert found is not None and found.note == "range_end" and found.on("dmy") == day


@pytest.mark.parametrize(
    ("texts", "order", "doubtful"),
    [
        (["4/5/2026", "31/3/2026"], "dmy", False),
        (["4/5/2026", "3/31/2026"], "mdy", False),
        (["4/5/2026"], "", True),
        (["5/5/2026"], "", False),
        (["4/5/2026", "31/3/2026", "3/31/2026"], "", True),
        (["1.5.2026", "4/5/2026"], "", True),
        (["1.5.2026"], "", False),
    ],
)
def test_the_order_of_a_table(texts: list[str], order: str, doubtful: bool) -> None:
    days = [day for text in texts if (day := parse_day(text, TODAY))]
    found, first = judge(days)
    assert (found, first is not None) == (order, doubtful)
