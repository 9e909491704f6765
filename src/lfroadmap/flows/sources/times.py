"""Times as SQL: from a text to milliseconds since 1970, in UTC.

Texts without an offset are in the session's zone. Each function makes an expression over one that is a text.
"""

from __future__ import annotations

from typing import Literal

Order = Literal["", "dmy", "mdy"]
ORDERS: tuple[Order, ...] = ("dmy", "mdy")
EARLIEST, LATEST = "1900-01-01", "2200-01-01"
"""The times that may be: before and after them something else is written there."""
_DAY_FIRST = r"^\s*(\d{1,2})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{4}|\d{2})(?:[T ,]+(.*?))?\s*$"
_CLOCK = (
    r"^(\d{1,2}):(\d{2})(?::(\d{2}(?:[.,]\d+)?))?\s*(?:([AaPp])\.?[Mm]\.?)?"
    r"\s*(Z|z|UTC|GMT|[+-]\d{1,2}:?(?:\d{2})?)?$"
)
_NAIVE_WORDS = (
    "%d %b %Y %H:%M:%S", "%d %b %Y %H:%M", "%d %b %Y", "%d %B %Y", "%d-%b-%Y %H:%M:%S", "%d-%b-%Y",
    "%d-%b-%y", "%b %d, %Y %H:%M:%S",
    "%b %d, %Y %I:%M:%S %p", "%b %d, %Y %I:%M %p", "%b %d, %Y", "%B %d, %Y",
    "%a %b %d %H:%M:%S %Y", "%Y%m%dT%H%M%S", "%d/%b/%Y %H:%M:%S",
)  # fmt: skip
_ZONED_WORDS = (
    "%a, %d %b %Y %H:%M:%S %z", "%d %b %Y %H:%M:%S %z", "%d/%b/%Y:%H:%M:%S %z", "%a %b %d %H:%M:%S %z %Y",
    "%Y%m%dT%H%M%S%z", "%Y-%m-%dT%H:%M%z", "%Y-%m-%d %H:%M%z",
)  # fmt: skip
"""Forms with a month in words, the basic form of ISO 8601, and one that not every DuckDB casts."""


def iso_or_number(cell: str) -> str:
    """Milliseconds of a time in ISO 8601, or of a number: seconds, milliseconds, days as Excel counts."""
    return f"coalesce(epoch_ms(TRY_CAST({cell} AS TIMESTAMPTZ)), {_of_number(f'TRY_CAST({cell} AS DOUBLE)')})"


def is_out_of_range(moment: str) -> str:
    """True for a moment before or after the times that may be, and for none."""
    earliest, latest = (f"epoch_ms(TIMESTAMP '{day}')" for day in (EARLIEST, LATEST))
    return f"coalesce({moment} < {earliest} OR {moment} >= {latest}, true)"


def _of_number(number: str) -> str:
    """Milliseconds of a number by its size; 20261130 and 20261130135500 are days and times."""
    digits = f"CAST(CAST({number} AS BIGINT) AS VARCHAR)"
    return f"""CASE
      WHEN {number} >= 1e8 AND {number} < 1e10 THEN CAST(round({number} * 1000) AS BIGINT)
      WHEN {number} >= 1e11 AND {number} < 1e13 THEN CAST(round({number}) AS BIGINT)
      WHEN {number} >= 1e14 AND {number} < 1e16 THEN CAST(floor({number} / 1000) AS BIGINT)
      WHEN {number} >= 1e17 AND {number} < 1e19 THEN CAST(floor({number} / 1000000) AS BIGINT)
      WHEN {number} >= 19000101 AND {number} < 22000101
        THEN {_zoned(f"try_strptime({digits}, '%Y%m%d')")}
      WHEN {number} >= 19000101000000 AND {number} < 22000101000000
        THEN {_zoned(f"try_strptime({digits}, '%Y%m%d%H%M%S')")}
      WHEN {number} >= 20000 AND {number} < 80000
        THEN {_zoned(f"make_timestamp(CAST(round(({number} - 25569) * 86400000) AS BIGINT) * 1000)")}
    END"""


def _zoned(naive: str) -> str:
    """Milliseconds of a time without an offset, in the session's zone."""
    return f"epoch_ms(CAST({naive} AS TIMESTAMPTZ))"


def in_words_or_digits(cell: str, order: Order) -> str:
    """Milliseconds of other forms: `31/12/2026 5:30 PM`, `31 Dec 2026`, `2026-12-31T10:00:00,5`."""
    naive = ", ".join(f"'{form}'" for form in _NAIVE_WORDS)
    zoned = ", ".join(f"'{form}'" for form in _ZONED_WORDS)
    return f"""coalesce(
      epoch_ms(TRY_CAST({_in_digits(cell, order)} AS TIMESTAMPTZ)),
      epoch_ms(try_strptime(regexp_replace(trim({cell}), '[zZ]$', '+00'), [{zoned}])),
      {_zoned(f"try_strptime(trim({cell}), [{naive}])")},
      {iso_or_number(f"replace(trim({cell}, ' ' || chr(9) || chr(160) || chr(8206) || chr(8207)), ',', '.')")}
    )"""


def _part(cell: str, group: int, pattern: str = _DAY_FIRST) -> str:
    return f"regexp_extract({cell}, '{pattern}', {group})"


def _in_digits(cell: str, order: Order) -> str:
    """A time whose year is last, as ISO 8601; days with dots have their day first always."""
    year = f"CASE WHEN length({_part(cell, 3)}) = 2 THEN '20' ELSE '' END || {_part(cell, 3)}"
    first, second = (f"lpad({_part(cell, n)}, 2, '0')" for n in (1, 2))
    month_first = "true" if order == "mdy" else "false"
    is_month_first = f"({month_first} AND {cell} NOT LIKE '%.%.%')"
    month, day = (
        f"CASE WHEN {is_month_first} THEN {a} ELSE {b} END" for a, b in ((first, second), (second, first))
    )
    undecided = "" if order else f"WHEN {cell} NOT LIKE '%.%.%' AND {first} <> {second} THEN NULL"
    rest = _part(cell, 4)
    hour = _part(rest, 1, _CLOCK)
    half = f"lower({_part(rest, 4, _CLOCK)})"
    hour_24 = f"""CASE {half} WHEN '' THEN lpad({hour}, 2, '0')
      WHEN 'p' THEN lpad(CAST(TRY_CAST({hour} AS INT) % 12 + 12 AS VARCHAR), 2, '0')
      ELSE lpad(CAST(TRY_CAST({hour} AS INT) % 12 AS VARCHAR), 2, '0') END"""
    seconds = _part(rest, 3, _CLOCK)
    zone = f"upper({_part(rest, 5, _CLOCK)})"
    clock = f"""' ' || {hour_24} || ':' || {_part(rest, 2, _CLOCK)}
      || CASE WHEN {seconds} = '' THEN ':00' ELSE ':' || replace({seconds}, ',', '.') END
      || CASE {zone} WHEN 'Z' THEN '+00' WHEN 'UTC' THEN '+00' WHEN 'GMT' THEN '+00' ELSE {zone} END"""
    return f"""CASE WHEN NOT regexp_matches({cell}, '{_DAY_FIRST}') THEN NULL {undecided}
      ELSE ({year}) || '-' || ({month}) || '-' || ({day})
        || CASE WHEN {rest} = '' THEN '' ELSE {clock} END END"""


def order_counts(cell: str) -> str:
    """How many of the cells prove that the day is first, that the month is, and how many prove nothing."""
    first, second = (f"TRY_CAST({_part(cell, n)} AS INT)" for n in (1, 2))
    is_date = f"regexp_matches({cell}, '{_DAY_FIRST}') AND {cell} NOT LIKE '%.%.%'"
    return f"""
      count(CASE WHEN {is_date} AND {first} > 12 AND {second} <= 12 THEN 1 END),
      count(CASE WHEN {is_date} AND {second} > 12 AND {first} <= 12 THEN 1 END),
      count(CASE WHEN {is_date} AND {first} <= 12 AND {second} <= 12 AND {first} <> {second} THEN 1 END),
      min(CASE WHEN {is_date} AND {first} <= 12 AND {second} <= 12 AND {first} <> {second} THEN {cell} END)"""
