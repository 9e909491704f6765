"""Lists about flows and touchpoints, out of the results of queries."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from lfroadmap.flows.conversation_rows import Content
from lfroadmap.flows.parameters import CURVE_DAYS, DAY, LEAST, Parameters
from lfroadmap.flows.results import (
    Cohort,
    Comeback,
    CurvePoint,
    EntryPoint,
    ExitPoint,
    HotCold,
    LineRow,
    Trend,
)
from lfroadmap.flows.tables import Tables, number, ratio, text, whole


def _order(*names: str | None) -> tuple[tuple[bool, str], ...]:
    """An order of texts in which None is last."""
    return tuple((name is None, name or "") for name in names)


def entry_points(tables: Tables, _: Parameters) -> tuple[EntryPoint, ...]:
    """The kinds and channels that flows begin with, the most frequent first."""
    rows = list(tables["entry_points"].each("entry_kind", "entry_channel", "entries", "new_entries"))
    total = sum(whole(row[2]) for row in rows)
    found = [
        EntryPoint(text(kind), text(channel), n := whole(entries), new := whole(first), n - new, n / total)
        for kind, channel, entries, first in rows
    ]
    return tuple(sorted(found, key=lambda row: (-row.entries, _order(row.kind, row.channel))))


def exit_points(tables: Tables, _: Parameters) -> tuple[ExitPoint, ...]:
    """The last kinds, channels and stages of exits, the most frequent first."""
    rows = list(tables["exit_points"].each("exit_kind", "exit_channel", "exit_stage", "exits", "returned"))
    total = sum(whole(row[3]) for row in rows)
    found = [
        ExitPoint(text(kind), text(channel), text(stage), n := whole(exits), whole(returned), n / total)
        for kind, channel, stage, exits, returned in rows
    ]
    return tuple(sorted(found, key=lambda row: (-row.exits, _order(row.kind, row.channel, row.stage))))


def comeback(tables: Tables, _: Parameters) -> tuple[Comeback, ...]:
    """The touchpoints that returning flows begin with, by lift; those with few returns below the line."""
    points = list(tables["touchpoints"].each("kind", "channel", "occurrences"))
    events = {(text(kind), text(channel)): whole(n) for kind, channel, n in points}
    returns = {
        (text(kind), text(channel)): whole(n)
        for kind, channel, n in tables["comeback"].each("entry_kind", "entry_channel", "returns")
    }
    all_returns, all_events = sum(returns.values()), sum(events.values())
    found = []
    for (kind, channel), n in returns.items():
        of_events = events[kind, channel]
        share, usual = n / all_returns, of_events / all_events
        lift = n * all_events / (all_returns * of_events)
        found.append(Comeback(kind, channel, n, share, of_events, usual, lift, n >= LEAST))
    return tuple(
        sorted(
            found, key=lambda row: (not row.is_ranked, -row.lift, -row.returns, _order(row.kind, row.channel))
        )
    )


def cohorts(tables: Tables, _: Parameters) -> tuple[Cohort, ...]:
    """Buyers by the month of their first purchase, UTC."""
    months: dict[str, list[tuple[int, int, int, float | None]]] = defaultdict(list)
    for day, buyers, bought, total, repeated in tables["cohorts"].each(
        "first_day", "buyers", "bought", "total", "repeated"
    ):
        month = date.fromordinal(whole(day) // DAY + 1).isoformat()[:7]
        months[month].append((whole(buyers), whole(bought), whole(repeated), number(total)))
    return tuple(_cohort(month, rows) for month, rows in sorted(months.items()))


def _cohort(month: str, rows: list[tuple[int, int, int, float | None]]) -> Cohort:
    buyers, bought, repeated, values = zip(*rows, strict=True)
    known = [value for value in values if value is not None]
    total = sum(known) if known else None
    return Cohort(month, sum(buyers), sum(bought), sum(repeated), total, ratio(total, sum(buyers)))


def content(tables: Tables, _: Parameters) -> tuple[Content, ...]:
    """Contents by the flows that have them."""
    found = [
        Content(str(name), whole(flows), whole(returning), whole(lost))
        for name, flows, returning, lost in tables["content"].each(
            "content", "flows_with", "returning_flows", "lost_flows"
        )
    ]
    return tuple(sorted(found, key=lambda row: (-row.flows, row.content)))


TRENDS = ("rising", "steady", "falling", "new", "away")


def hot_and_cold(tables: Tables, _: Parameters) -> tuple[Trend, ...]:
    """Customers by their engagement against their own past, every trend."""
    counts = {
        str(trend): (whole(customers), whole(ready))
        for trend, customers, ready in tables["hot_and_cold"].each("trend", "customers", "ready")
    }
    return tuple(Trend(trend, *counts.get(trend, (0, 0))) for trend in TRENDS)


def hot_cold(tables: Tables, parameters: Parameters) -> tuple[HotCold, ...]:
    """Customers who rise, stay and fall, all who are ready, and those at risk, in one row."""
    rows = hot_and_cold(tables, parameters)
    customers = {row.trend: row.customers for row in rows}
    ready, at_risk = sum(row.ready for row in rows), whole(tables["risk_count"].first("at_risk"))
    return (HotCold(customers["rising"], customers["steady"], customers["falling"], ready, at_risk),)


def return_curve(tables: Tables, parameters: Parameters) -> tuple[CurvePoint, ...]:
    """The share of exits back after some days, of the exits that are at least as old.

    Days within the gap are left out, since no flow follows another by then, and days that no exit is old for.
    """
    table = tables["return_curve"]
    found = []
    for days in CURVE_DAYS:
        exits = whole(table.first(f"exits_{days}"))
        if days > parameters.gap_days and exits:
            returned = whole(table.first(f"returned_{days}"))
            found.append(CurvePoint(days, returned / exits, returned, exits))
    return tuple(found)


def line(tables: Tables, _: Parameters) -> tuple[LineRow, ...]:
    """The same events as a line counts them (first flows alone, every exit a loss), and as flows."""
    table = tables["line"]
    customers = whole(table.first("customers"))
    won = [whole(table.first(f"{view}_won")) for view in ("line", "liquid")]
    still_open = [whole(table.first(f"{view}_open")) for view in ("line", "liquid")]
    lost = [customers - won_here - open_here for won_here, open_here in zip(won, still_open, strict=True)]
    return (
        LineRow("customers", customers, customers),
        LineRow("won", *won),
        LineRow("open", *still_open),
        LineRow("lost", *lost),
        LineRow("close_rate", *(ratio(each, customers) for each in won)),
        LineRow("value", number(table.first("line_worth")), number(table.first("liquid_worth"))),
    )
