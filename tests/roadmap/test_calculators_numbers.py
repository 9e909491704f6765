"""Numbers as people type them: read exactly, or refused with a reason."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from lfroadmap.roadmap.calculators.numbers import NumberFault, amount_of, count_of, quantity, share_of
from lfroadmap.roadmap.progress import number_in


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1000", 1000), ("1,000", 1000), ("1,234,567.25", Fraction(123456725, 100)),
        ("12.5", Fraction(25, 2)),
        ("1,5", Fraction(3, 2)), ("0,25", Fraction(1, 4)), ("0,1250", Fraction(1, 8)),
        (" 7 ", 7), ("+3", 3), ("0.125", Fraction(1, 8)),
        (".5", Fraction(1, 2)),
        ("₪ 1,000", 1000), ("1,000 ₪", 1000), ("$20", 20), ("1000 ש״ח", 1000), ("30 days", 30),
        ("12 ימים", 12),
        ("\u200f1,000\u200e", 1000), ("٣", 3), ("١٢٫٥".replace("٫", "."), Fraction(25, 2)), ("1000.0", 1000),
        ("1000000000000000", 10**15), ("1.0000", 1), ("1000.125", Fraction(1000125, 1000)), ("007", 7),
    ],
)  # fmt: skip
def test_a_number_is_read_exactly(typed: str, value: Fraction | int) -> None:
    assert quantity(typed) == value


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", "empty"), ("  ", "empty"), ("\u200f", "empty"), ("abc", "not_a_number"), ("5k", "not_a_number"),
        ("1 000", "not_a_number"), ("1.000.000", "not_a_number"), ("1,000,00", "not_a_number"),
        ("1e5", "not_a_number"), ("1/2", "not_a_number"), ("א", "not_a_number"), ("²", "not_a_number"),
        ("nan", "not_a_number"), ("inf", "not_a_number"), ("#DIV/0!", "not_a_number"),
        ("3 apples", "not_a_number"),
        ("--5", "not_a_number"), ("5-7", "not_a_number"), ("5 ₪ $", "not_a_number"),
        ("1.000", "ambiguous"), ("1,00", "ambiguous"), ("1,0000", "ambiguous"), ("12,50 ₪", "ambiguous"),
        ("10,00", "ambiguous"), ("12.500", "ambiguous"), ("₪1.000", "ambiguous"),
        ("1000000000000001", "too_large"), ("9" * 5000, "too_large"), ("0" * 5000 + "1", "too_large"),
        ("0." + "1" * 5000, "too_large"), ("-5", "negative"), ("−5", "negative"), ("–5", "negative"),
        ("5%", "percent"), ("5 אחוזים", "percent"),
    ],
)  # fmt: skip
def test_what_is_no_plain_number_is_refused_with_the_reason(typed: str, fault: str) -> None:
    with pytest.raises(NumberFault) as refused:
        quantity(typed)
    assert refused.value.fault == fault


@pytest.mark.parametrize("typed", ["1.5", "1,5", "0.1"])
def test_a_count_is_whole(typed: str) -> None:
    with pytest.raises(NumberFault, match="not_whole"):
        count_of(typed)
    assert count_of("2.0") == 2


@pytest.mark.parametrize(
    ("typed", "in_percent", "share"),
    [
        ("25%", None, Fraction(1, 4)), ("0.25", None, Fraction(1, 4)), ("25", None, Fraction(1, 4)),
        ("1", None, 1), ("100", None, 1), ("0", None, 0), ("0%", None, 0), ("12.5 %", None, Fraction(1, 8)),
        ("12.500%", None, Fraction(1, 8)), ("1%", None, Fraction(1, 100)), ("٢٥٪", None, Fraction(1, 4)),
        ("1", True, Fraction(1, 100)), ("50", True, Fraction(1, 2)), ("0.5%", True, Fraction(1, 200)),
        ("1", False, 1), ("0.5", False, Fraction(1, 2)), ("25 אחוז", None, Fraction(1, 4)),
    ],
)  # fmt: skip
def test_a_share_is_read_in_percent_or_as_one(
    typed: str, in_percent: bool | None, share: Fraction | int
) -> None:
    assert share_of(typed, in_percent=in_percent) == share


@pytest.mark.parametrize(
    ("typed", "in_percent", "fault"),
    [
        ("101", None, "no_share"), ("100.5%", None, "no_share"), ("-5%", None, "negative"),
        ("0.5", True, "mixed_shares"), ("2", False, "no_share"), ("", None, "empty"),
    ],
)  # fmt: skip
def test_what_is_no_share_is_refused(typed: str, in_percent: bool | None, fault: str) -> None:
    with pytest.raises(NumberFault) as refused:
        share_of(typed, in_percent=in_percent)
    assert refused.value.fault == fault


@examples(300)
@given(st.integers(0, 10**15))
def test_a_whole_number_is_read_with_and_without_groups(number: int) -> None:
    assert count_of(str(number)) == count_of(f"{number:,}") == number


@examples(300)
@given(st.integers(0, 10**13), st.integers(0, 99))
def test_cents_are_never_lost(whole: int, cents: int) -> None:
    assert quantity(f"{whole:,}.{cents:02}") == Fraction(whole * 100 + cents, 100)


@examples(500)
@given(st.text(st.sampled_from("0123456789.,-+%₪ אבkd"), max_size=12) | st.text(max_size=12))
def test_any_text_is_a_number_or_refused_and_no_other_number_than_elsewhere(typed: str) -> None:
    try:
        found = amount_of(typed)
    except NumberFault:
        return
    elsewhere = number_in(typed)
    assert elsewhere is not None and float(found.value) == pytest.approx(elsewhere, rel=1e-15)
