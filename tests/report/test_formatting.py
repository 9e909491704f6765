from __future__ import annotations

import pytest

from lfroadmap.report.formatting import with_unit


@pytest.mark.parametrize(
    ("typed", "unit", "shown"),
    [
        ("341", "₪", "341 ₪"), ("₪341", "₪", "₪341"), ("₪ 341", "₪", "₪ 341"), ("341 ₪", "₪", "341 ₪"),
        ("NIS 341", "₪", "NIS 341"), ("$341", "USD", "$341"), ("$341", "₪", "$341"),
        ("ש״ח 341", "₪", "ש״ח 341"),
        ("20", "%", "20%"), ("20 %", "%", "20 %"), ("20%", "%", "20%"), ("%20", "%", "%20"),
        ("20", "percent", "20 percent"), ("%20", "percent", "%20"),
        ("5", "days", "5 days"), ("5 days", "days", "5 days"), ("Days: 5", "days", "Days: 5"),
        ("ימים: 5", "ימים", "ימים: 5"), ("5 ימים", "ימים", "5 ימים"),
        ("Monday 5", "day", "Monday 5 day"), ("\u200e−15", "%", "\u200e−15%"), ("15\u200f", "₪", "15\u200f ₪"),
        ("about 5", "%", "about 5%"), ("soon", "days", "soon"), ("", "%", ""), ("5", "", "5"), ("5", " ", "5"),
    ],
)  # fmt: skip
def test_a_unit_is_shown_once(typed: str, unit: str, shown: str) -> None:
    assert with_unit(typed, unit) == shown
