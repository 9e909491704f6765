"""The figures of a measurement, and the JSON text in which a roadmap keeps them.

The text may come from anywhere, so reading it is total: what is no figure is left out, whatever it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from lfroadmap.roadmap.model import LONGEST, Measurement
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.surrogates import storable

VERSION = 1
"""The version of the figures."""
MAX_FIGURES = LONGEST[Measurement]["figures"]
"""Characters of the text of figures."""
MOST_ROWS, MOST_MOVERS = 20, 40
"""Rows of a list that are kept, and of the list of movers."""
MOST_CHANNELS, MOST_COLUMNS, MOST_VALUES = 50, 5, 20
"""Channels, columns of segments, and values of such a column that are kept to choose from."""
_MOST_KEYS = 100
"""Keys of an object that are read."""
_MOST_LETTERS = 500
"""Characters of a text or a key that are read."""
_DEEPEST = 6
"""Nesting of a value that is read."""
_LARGEST = 2**53
"""The largest whole number that every reader of JSON has exactly."""
_ID = re.compile("[a-z0-9_]{1,60}")
_FARTHEST = 1e300
"""The largest number that is read."""
_CUT = ("parameters", "channels", "segments", "before", "measures")
"""The parts that are cut beside the lists."""
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode

Plain = Any
"""A value as JSON has it."""
Rows = list[dict[str, Any]] | dict[str, Any]
"""A list of rows, or a table of numbers by name."""


class Figure(NamedTuple):
    """A measure with what it was divided of."""

    value: float | None
    """None where it is not defined, as a rate of nothing."""
    numerator: float | None = None
    denominator: float | None = None
    unit: str = ""
    """`events`, `customers`, `flows`, `purchases`, `share` (0 to 1), `days`, `weight`, `money`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowFigures:
    """What was measured of the company's events: figures alone, without customers, sources or credentials."""

    version: int = VERSION
    first: str = ""
    last: str = ""
    """The days of the first and of the last event, `YYYY-MM-DD`."""
    events: int = 0
    customers: int = 0
    currency: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    """As `measure --json` prints them: `gap_days`, `window_days`, `steps`, `meanings`, …"""
    channel: str = ""
    segment: str = ""
    since: str = ""
    """The filters that it was measured with; empty: all."""
    period_days: int = 0
    """Days that `before` is earlier."""
    measures: dict[str, Figure] = field(default_factory=dict)
    """Id of a measure -> its figure."""
    before: dict[str, Figure] = field(default_factory=dict)
    """The same as of `period_days` earlier; empty where there were no events then."""
    lists: dict[str, Rows] = field(default_factory=dict)
    """Id of a list -> its first rows, as `measure --json` prints them."""
    totals: dict[str, int] = field(default_factory=dict)
    """Id of a list -> its rows before it was cut."""
    channels: list[str] = field(default_factory=list)
    segments: dict[str, list[str]] = field(default_factory=dict)
    """Channels, and values by column, that figures can be measured of alone."""


def read_figures(text: str) -> FlowFigures | None:
    """The figures in a text; None where it has none, is too long, or is of a later version."""
    return figures_from(_parsed(text))


@lru_cache(maxsize=128)
def read_measures(text: str) -> FlowFigures | None:
    """The same without lists, for what shows many measurements: a third of the time, and each once."""
    plain = _parsed(text)
    return figures_from({**plain, "lists": {}, "totals": {}} if isinstance(plain, dict) else plain)


def _parsed(text: str) -> object:
    """The value in a text; None where it has none, or is too long."""
    try:
        return json.loads(text) if len(text) <= MAX_FIGURES else None
    except (ValueError, RecursionError):
        return None


def figures_from(plain: object) -> FlowFigures | None:
    """The figures in a value of JSON; unknown keys are passed over, and what does not fit is left out."""
    if not isinstance(plain, dict) or not isinstance(plain.get("measures"), dict):
        return None
    if plain.get("version", VERSION) != VERSION:
        return None
    found = ((name, read(plain.get(name))) for name, read in _PARTS.items())
    return FlowFigures(**{name: value for name, value in found if value is not None})


def figures_text(figures: FlowFigures) -> str:
    """The figures as JSON text of at most `MAX_FIGURES` characters; lists that are too long are cut."""
    plain = figures_plain(figures)
    while len(text := _encode(plain)) > MAX_FIGURES:
        _cut_longest(plain)
    return text


def figures_plain(figures: FlowFigures) -> dict[str, Any]:
    """The figures as values of JSON, each list cut to the rows that are kept; what is empty is left out."""
    plain = {name: getattr(figures, name) for name in _PARTS} | _with_plain_measures(figures)
    plain["totals"] = {**{name: len(rows) for name, rows in figures.lists.items()}, **figures.totals}
    read = FlowFigures(**{name: value for name in _PARTS if (value := _PARTS[name](plain[name])) is not None})
    kept = {name: getattr(read, name) for name in _PARTS} | _with_plain_measures(read)
    kept["totals"] = {name: n for name, n in read.totals.items() if n > len(read.lists.get(name, ()))}
    return {
        "version": VERSION,
        **{name: value for name, value in kept.items() if value or name == "measures"},
    }


def _with_plain_measures(figures: FlowFigures) -> dict[str, Any]:
    measures, before = (
        {name: figure._asdict() for name, figure in each.items()}
        for each in (figures.measures, figures.before)
    )
    return {"measures": measures, "before": before}


def _cut_longest(plain: dict[str, Any]) -> None:
    """Halve the longest part of what can be cut, and note the rows that a list had."""
    lists = plain.get("lists", {})
    parts = {("lists", name): rows for name, rows in lists.items()}
    parts |= {("", name): plain[name] for name in _CUT if name in plain}
    where, name = max(parts, key=lambda key: len(_encode(parts[key])))
    part = parts[where, name]
    if where:
        plain.setdefault("totals", {}).setdefault(name, len(part))
        lists[name] = _half(part)
    else:
        plain[name] = _half(part)


def _half(part: Any) -> Any:  # noqa: ANN401 - a list or an object
    """The first half of a list or an object; of an object of objects, of each of them."""
    if isinstance(part, list):
        return part[: len(part) // 2]
    if part and all(isinstance(inner, dict) and len(inner) > 1 for inner in part.values()):
        return {name: _half(inner) for name, inner in part.items()}
    return dict(islice(part.items(), len(part) // 2))


# ------------------------------------------------------------------ the parts


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    value = value if len(value) <= _MOST_LETTERS else value[:_MOST_LETTERS]
    return value if value.isascii() else storable(value)


def _day(value: object) -> str | None:
    return value if isinstance(value, str) and iso_day(value) else None


def _count(value: object) -> int | None:
    return value if type(value) is int and 0 <= value <= _LARGEST else None


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if abs(value) <= _FARTHEST else None  # nor one that is no number


def _figures(value: object) -> dict[str, Figure]:
    found = ((name, _figure(each)) for name, each in _named(value))
    return {name: figure for name, figure in found if figure is not None}


def _figure(value: object) -> Figure | None:
    if not isinstance(value, dict) or "value" not in value:
        return None
    number, numerator, denominator = (_number(value.get(name)) for name in Figure._fields[:3])
    return Figure(number, numerator, denominator, _text(value.get("unit")) or "")


def _json(value: object, depth: int = _DEEPEST) -> Plain:
    """A value of JSON within the limits; None for anything else."""
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return value if abs(value) <= _FARTHEST else None
    if isinstance(value, list | tuple) and depth:
        return [_json(each, depth - 1) for each in value[:_MOST_KEYS]]
    return {name: _json(each, depth - 1) for name, each in _items(value)} if depth else None


def _object(value: object) -> dict[str, Any]:
    return {name: _json(each) for name, each in _items(value)}


def _lists(value: object) -> dict[str, Rows]:
    found = (
        (name, _rows(each, MOST_MOVERS if name == "movers" else MOST_ROWS)) for name, each in _named(value)
    )
    return {name: rows for name, rows in found if rows is not None}


def _rows(value: object, most: int) -> Rows | None:
    if isinstance(value, dict):
        return _object(value)
    if not isinstance(value, list | tuple):
        return None
    return [_object(row) for row in value[:most] if isinstance(row, dict)]


def _totals(value: object) -> dict[str, int]:
    found = ((name, _count(each)) for name, each in _named(value))
    return {name: count for name, count in found if count is not None}


def _texts(value: object, most: int = MOST_CHANNELS) -> list[str]:
    if not isinstance(value, list | tuple):
        return []
    return [text for each in value[:most] if (text := _text(each)) is not None]


def _segments(value: object) -> dict[str, list[str]]:
    return {name: _texts(each, MOST_VALUES) for name, each in islice(_items(value), MOST_COLUMNS)}


def _items(value: object) -> list[tuple[str, Any]]:
    """The items of an object with a text for a key; none of anything else."""
    if not isinstance(value, dict):
        return []
    items = value.items() if len(value) <= _MOST_KEYS else islice(value.items(), _MOST_KEYS)
    return [
        (name if name.isascii() else storable(name), each)
        for name, each in items
        if isinstance(name, str) and len(name) <= _MOST_LETTERS
    ]


def _named(value: object) -> Iterator[tuple[str, Any]]:
    """The items of an object whose keys are ids as measures have them."""
    return ((name, each) for name, each in _items(value) if _ID.fullmatch(name))


_PARTS: dict[str, Callable[[object], Any]] = {
    "first": _day, "last": _day, "events": _count, "customers": _count, "currency": _text,
    "parameters": _object, "channel": _text, "segment": _text, "since": _text, "period_days": _count,
    "measures": _figures, "before": _figures, "lists": _lists, "totals": _totals, "channels": _texts,
    "segments": _segments,
}  # fmt: skip
"""Name of a part -> the function that reads it; None where it is not there."""
