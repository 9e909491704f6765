from __future__ import annotations

import pytest

from lfroadmap.report.formatting import format_number, format_target, with_unit
from lfroadmap.words import words


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
        ("Monday 5", "day", "Monday 5 day"), ("\u200e−15", "%", "\u200e−15%"),
        ("15\u200f", "₪", "15\u200f ₪"),
        ("about 5", "%", "about 5%"), ("soon", "days", "soon"), ("", "%", ""),
        ("5", "", "5"), ("5", " ", "5"),
    ],
)  # fmt: skip
def test_a_unit_is_shown_once(typed: str, unit: str, shown: str) -> None:
    assert with_unit(typed, unit) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [(27.6, "27.6"), (36.0, "36"), (1440, "1440"), (0.0, "0"), (-8, "-8"), (0.12, "0.12"), (1 / 3, "0.333"),
     (0.000012, "0.000012"), (10.004, "10"), (1e15, "1000000000000000"), (100, "100")],
)  # fmt: skip
def test_a_number_that_was_worked_out(number: float, shown: str) -> None:
    assert format_number(number) == shown


@pytest.mark.parametrize(
    ("target", "baseline", "unit", "shown"),
    [
        ("+20 %", "23", "", "+20 % → 27.6"), ("+20 %", "23 %", "%", "+20 % → 27.6%"),
        ("+20%", "₪341", "₪", "+20% → 409.2 ₪"), ("-3 days", "20", "days", "-3 days → 17 days"),
        ("+20%", "", "%", "+20%"), ("+20%", "0", "%", "+20%"), ("30", "20", "%", "30"), ("", "20", "%", ""),
    ],
)  # fmt: skip
def test_a_relative_target_shows_the_number_that_it_comes_to(
    target: str, baseline: str, unit: str, shown: str
) -> None:
    assert format_target(target, baseline, unit, words("en")) == shown


def test_the_number_of_a_relative_target_follows_the_order_of_reading() -> None:
    assert format_target("+20% ברבעון", "20", "%", words("he")) == "+20% ברבעון ← 24%"
