"""The report of what was measured, and of how the sources were read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from lfroadmap.flows.explain import name
from lfroadmap.flows.parameters import MEANINGS
from lfroadmap.flows.results import Result, Scalar
from lfroadmap.flows.sources.reading import Reading
from lfroadmap.report.calculators.figures import NONE, format_exact
from lfroadmap.report.nodes import Facts, Grid, Node, Report, Section, Value
from lfroadmap.text import arrow, one_line
from lfroadmap.usecases.measure_rows import (
    LIST_ROWS,
    attribution_grid,
    bottleneck_facts,
    list_grid,
)
from lfroadmap.usecases.measurement import Measurement
from lfroadmap.words import Words

ROWS = 10
"""Rows of a list that are printed at most; JSON has all of them."""
HEADLINE = (
    "events", "customers", "flows", "active", "won", "exits", "returns", "return_rate",
    "return_rate_per_exit", "return_days_mean", "return_days_median", "entries", "reentries",
    "entry_share_beyond_first", "close_rate", "win_rate", "upsell_rate", "cross_sell_rate", "repeat_rate",
    "interaction_quality", "at_risk", "cac", "ltv",
)  # fmt: skip
"""The numbers of the report, in their order."""
SECTIONS = (
    "line", "entry_points", "exit_points", "stage_conversion_any", "stage_conversion_first", "time_in_stage",
    "return_curve", "paths", "comeback", "movers", "roi", "cost_per_stage", "cost_per_channel", "cohorts",
    "content", "conversations", "satisfaction", "hot_and_cold",
)  # fmt: skip
"""The lists of the report, in their order; those without rows are left out."""


def measure_report(found: Measurement, words: Words) -> Report:
    """Figures first, then the lists, then how the sources were read."""
    headline = _headline(found.result, words, found.before, found.period_days or 0)
    body: list[Node] = [Section(words("flows.headline"), (headline,))]
    body += _sections(found.result, words)
    if not found.result.parameters.steps:
        body.append(Value(words("flows.no_steps"), "muted"))
    body.append(reading_section(found.reading, found.zone, words))
    facts = Facts(tuple(_facts(found, words)))
    return Report(words("flows.title"), words.language, words.direction, facts, tuple(body))


def result_report(result: Result, words: Words) -> Report:
    """The same of results that were measured elsewhere."""
    body: list[Node] = [Section(words("flows.headline"), (_headline(result, words),))]
    body += _sections(result, words)
    facts = Facts(tuple(_parameters(result, "UTC", words)))
    return Report(words("flows.title"), words.language, words.direction, facts, tuple(body))


def reading_report(
    reading: Reading,
    zone: str,
    words: Words,
    channels: Sequence[str] = (),
    segments: Mapping[str, Sequence[str]] | None = None,
) -> Report:
    """How the sources were read and what filters can be chosen from, without measures."""
    counts = Facts(
        (
            (name("events", words.language), Value(f"{reading.events:,}")),
            (words("flows.bad"), Value(f"{reading.bad_count:,}")),
        )
    )
    body = [reading_section(reading, zone, words)]
    choices = [
        ("--channel", channels),
        *((f"--segment {head}=", of) for head, of in (segments or {}).items()),
    ]
    if facts := tuple((option, Value(_first(values))) for option, values in choices if values):
        body.append(Section(words("flows.filters"), (Facts(facts),)))
    return Report(words("flows.title"), words.language, words.direction, counts, tuple(body))


def _facts(found: Measurement, words: Words) -> Iterator[tuple[str, Value]]:
    days = [_day(moment, found.zone, words) for moment in (found.first, found.last)]
    yield words("flows.period"), Value(f"{days[0]} {arrow(days[0], days[1], words.direction)} {days[1]}")
    yield words("flows.zone"), Value(found.zone)
    yield from _parameters(found.result, found.zone, words)
    kinds = [f"{one_line(kind)} ({number:,})" for kind, number in found.kinds]
    yield words("flows.kinds"), Value(_first(kinds))


def _first(names: Sequence[str]) -> str:
    """The first of many names, and the number of the others."""
    more = len(names) - ROWS
    return ", ".join((*names[:ROWS], *((f"+{more}",) if more > 0 else ())))


def _parameters(result: Result, zone: str, words: Words) -> Iterator[tuple[str, Value]]:
    given = result.parameters
    filters = given.filters
    if filters.channel is not None:
        yield words("flows.of_channel"), Value(one_line(filters.channel))
    if filters.segment is not None:
        yield words("flows.of_segment"), Value(f"{filters.segment_column} = {one_line(filters.segment)}")
    if filters.since is not None:
        yield words("flows.since"), Value(_day(filters.since, zone, words))
    if given.as_of is not None:
        yield words("flows.as_of"), Value(_day(given.as_of, zone, words))
    yield (
        words("flows.parameters"),
        Value(
            words(
                "flows.days",
                gap=format_exact(Fraction(given.gap_days)),
                window=format_exact(Fraction(given.window_days)),
                look_back=format_exact(Fraction(given.look_back_days)),
            )
        ),
    )
    for meaning in MEANINGS:
        kinds = given.kinds(meaning)
        shown = _first(kinds) or words("flows.no_kind")
        yield words(f"flows.meaning_{meaning}"), Value(shown, "" if kinds else "muted")


def _day(moment: int, zone: str, words: Words) -> str:
    at = datetime.fromtimestamp(moment / 1000, UTC).astimezone(ZoneInfo(zone))
    return f"{words.day(date(at.year, at.month, at.day))} {at:%H:%M}"


def _headline(result: Result, words: Words, before: Result | None = None, days: float = 0) -> Grid:
    """The numbers, and beside them those of so many days earlier where there were events by then."""
    has_before = before is not None and bool(before.scalars["events"].value)
    rows = []
    for id in HEADLINE:
        if id in result.scalars:
            shown, counts = _cells(result.scalars[id], words)
            earlier = (_cells(before.scalars[id], words)[0],) if before and has_before else ()
            rows.append((Value(name(id, words.language)), shown, *earlier, counts))
    heads = [words("flows.measure"), words("flows.value"), words("flows.counts")]
    if has_before:
        heads.insert(2, words("flows.before", days=format_exact(Fraction(days))))
    return Grid(tuple(heads), tuple(rows), fitted=True)


def _cells(scalar: Scalar, words: Words) -> tuple[Value, Value]:
    shown = format_figure(scalar.value, scalar.unit, words)
    return Value(shown, "muted" if shown == NONE else ""), Value(scalar_counts(scalar, words))


def scalar_counts(scalar: Scalar, words: Words) -> str:
    """What a number was made of, `70 of 190`; empty where it is a count itself."""
    if scalar.denominator is None or scalar.unit in ("days", "weight"):
        return ""
    part, whole = (NONE if n is None else format_exact(_fraction(n)) for n in scalar[1:3])
    return words("calc.of", part=part, whole=whole)


def _fraction(number: float) -> Fraction:
    return Fraction(str(number))


def format_figure(number: float | None, unit: str, words: Words) -> str:
    """A figure with its unit; a dash for none."""
    if number is None:
        return NONE
    exact = format_exact(_fraction(number * 100 if unit == "share" else number))
    if unit == "share":
        return f"{exact}%"
    return words("flows.in_days", days=exact) if unit == "days" else exact


def _sections(result: Result, words: Words) -> Iterator[Section]:
    for id in SECTIONS:
        rows = result.lists.get(id, ())
        if rows and id in LIST_ROWS:
            yield Section(name(id, words.language), tuple(list_grid(id, rows, words, ROWS)))
        if id == "stage_conversion_any" and (narrow := result.lists.get("bottleneck", ())):
            yield Section(name("bottleneck", words.language), (bottleneck_facts(narrow, words),))
        if id == "paths" and result.attribution:
            yield Section(
                name("attribution", words.language),
                tuple(attribution_grid(result.attribution, words, ROWS)),
            )


def reading_section(reading: Reading, zone: str, words: Words) -> Section:
    """How the sources were read: files, columns, ids, bad rows."""
    pairs: list[tuple[str, Value]] = []
    for file in reading.files:
        notes = [words.plural("flows.rows", file.rows), *([file.encoding] if file.encoding else [])]
        pairs.append((file.path, Value(_columns(file.columns.pairs), note=", ".join(notes))))
        if file.columns.ignored:
            pairs.append(("", Value(words("calc.ignored", names=", ".join(file.columns.ignored)), "muted")))
    body: list[Node] = [Facts(tuple(pairs)), Value(words("flows.naive_times", zone=zone), "muted")]
    if reading.order:
        body.append(Value(words(f"flows.order_{reading.order}"), "muted"))
    if reading.skipped:
        body.append(Value(words("flows.skipped", names=list(reading.skipped)), "muted"))
    if (ids := reading.identities) is not None:
        body.append(Value(words("flows.identities", **{k: f"{v:,}" for k, v in ids._asdict().items()})))
    if reading.bad:
        heads = [
            words(f"flows.{head}") for head in ("bad_file", "bad_reason", "bad_count", "bad_rows", "bad_text")
        ]
        body.append(Section(words("flows.bad"), (Grid.of(heads, list(_bad(reading, words))),)))
    return Section(words("flows.reading"), tuple(body))


def _columns(pairs: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{role} = {head}" for role, head in pairs)


def _bad(reading: Reading, words: Words) -> Iterator[list[str]]:
    for each in reading.bad:
        rows = ", ".join(f"{row:,}" for row in each.rows)
        more = ", …" if 0 < len(each.rows) < each.count else ""
        text = each.example if len(each.example) <= 60 else f"{each.example[:60]}…"
        yield [each.file, words(f"flows.why_{each.reason}"), f"{each.count:,}", f"{rows}{more}", text]
