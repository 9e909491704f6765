"""Lists that are drawn: points of entry and exit, the funnel, the way back, months, heat."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from lfroadmap.report.bars import BarRow, Bars
from lfroadmap.report.flows.figures import format_count, format_share, is_number, share_of
from lfroadmap.report.flows.list_nodes import ROWS, Row, head, kept_rows, more, point, rows_of, text
from lfroadmap.report.nodes import Node, Value
from lfroadmap.report.palette import ToneName
from lfroadmap.roadmap.flow_figures import FlowFigures
from lfroadmap.words import Words

_PARTS: Mapping[str, tuple[str, ...]] = {
    "entry_points": ("kind", "channel"),
    "exit_points": ("kind", "channel", "stage"),
    "comeback": ("kind", "channel"),
}
"""List of touchpoints -> what names a row of it."""
_COUNTS: Mapping[str, tuple[str, ...]] = {
    "entry_points": ("entries", "new", "reentries"),
    "exit_points": ("exits", "returned"),
    "comeback": ("returns", "lift"),
}
_SHARE: Mapping[str, str] = {"comeback": "share_of_returns"}
HEAT: Mapping[str, ToneName] = {
    "rising": "done", "steady": "accent", "falling": "risk", "ready": "done", "at_risk": "late"
}  # fmt: skip
"""How customers are, and the tone of their bar."""


def touchpoints(figures: FlowFigures, id: str, words: Words) -> tuple[Node, ...]:
    """Entry points, exit points or what brings back, each with its share as a bar."""
    rows, share = kept_rows(figures, id), _SHARE.get(id, "share")

    def bar(row: Row) -> BarRow:
        counts = (format_count(row.get(column)) for column in _COUNTS[id])
        name = point([row.get(part) for part in _PARTS[id]], words)
        return BarRow(name, share_of(row.get(share)), (*counts, format_share(row.get(share))))

    heads = (
        words("flow_figures.head_touchpoint"),
        *(words(f"flows.head_{c}") for c in (*_COUNTS[id], share)),
    )
    return Bars(heads, tuple(map(bar, rows[:ROWS]))), *more(figures, id, len(rows), words)


def funnel(figures: FlowFigures, words: Words) -> tuple[Node, ...]:
    """The steps from any entry and from the first one, side by side; the bars are those of any entry."""
    first = {row.get("place"): row for row in rows_of(figures, "stage_conversion_first")}

    def bar(row: Row) -> BarRow:
        strict = first.get(row.get("place"), {})
        columns = (each.get(name) for each in (row, strict) for name in ("customers", "rate"))
        customers, rate, strict_customers, strict_rate = columns
        return BarRow(
            text(row.get("step")),
            share_of(row.get("overall")),
            (
                format_count(customers),
                format_share(rate),
                format_count(strict_customers),
                format_share(strict_rate),
            ),
        )

    heads = ("flows.head_step", *(f"flow_figures.head_{name}" for name in ("any", "rate", "first", "rate")))
    return (
        Value(words("flow_figures.about_funnel"), "muted"),
        _all(figures, "stage_conversion_any", heads, bar, words),
    )


def return_curve(figures: FlowFigures, words: Words) -> tuple[Node, ...]:
    """The share of exits that a return followed within so many days."""

    def bar(row: Row) -> BarRow:
        days = row.get("days")
        name = words.plural("kpi.in_days", days) if isinstance(days, int) else format_count(days)
        counts = words(
            "calc.of", part=format_count(row.get("returned")), whole=format_count(row.get("exits"))
        )
        return BarRow(name, share_of(row.get("share")), (format_share(row.get("share")), counts))

    heads = tuple(f"flow_figures.head_{name}" for name in ("within", "back", "of_exits"))
    return (
        Value(words("flow_figures.about_return_curve"), "muted"),
        _all(figures, "return_curve", heads, bar, words),
    )


def cohorts(figures: FlowFigures, words: Words) -> tuple[Node, ...]:
    """Buyers by the month of their first purchase, with the share that bought again as a bar."""
    rows = rows_of(figures, "cohorts")
    names = [head(column, figures, words) for column in ("cohort", "buyers", "purchases", "repeated")]
    names += [head(column, figures, words) for column in ("share", "value", "ltv")]
    bars = Bars(tuple(names), tuple(_cohort(row, words) for row in rows))
    older = figures.totals.get("cohorts", 0) - len(rows)
    rest = (Value(words.plural("compared.more", older), "muted"),) if older > 0 else ()
    return Value(words("flow_figures.about_cohorts"), "muted"), bars, *rest


def _cohort(row: Row, words: Words) -> BarRow:
    buyers, repeated = row.get("buyers"), row.get("repeated")
    share = share_of(repeated, buyers)
    is_known = is_number(buyers) and is_number(repeated) and buyers
    counts = (format_count(each) for each in (buyers, row.get("purchases"), repeated))
    money = (format_count(row.get(column)) for column in ("value", "ltv"))
    figures = (*counts, format_share(share if is_known else None), *money)
    return BarRow(format_month(row.get("cohort"), words), share, figures)


def heat(figures: FlowFigures, words: Words) -> tuple[Node, ...]:
    """How many customers are rising, steady, falling, ready and at risk."""
    found = figures.lists.get("hot_cold")
    counts = found if isinstance(found, dict) else {}
    most = max((counts[name] for name in HEAT if is_number(counts.get(name))), default=0)
    rows = tuple(
        BarRow(
            words(f"flow_figures.heat_{name}"),
            share_of(counts[name], most),
            (format_count(counts[name]),),
            tone,
        )
        for name, tone in HEAT.items()
        if is_number(counts.get(name))
    )
    heads = (words("flows.head_trend"), words("flows.head_customers"))
    return (Bars(heads, rows),) if rows else ()


def format_month(month: object, words: Words) -> str:
    """A month, `2026-03`, as the language writes one."""
    shown = text(month)
    if words.language != "he" or len(shown) != 7 or not (shown[:4] + shown[5:]).isdecimal():
        return shown
    return f"{int(shown[5:])}.{shown[:4]}"


def _all(
    figures: FlowFigures, id: str, heads: Sequence[str], bar: Callable[[Row], BarRow], words: Words
) -> Bars:
    """All rows of a list as bars."""
    return Bars(tuple(map(words, heads)), tuple(map(bar, rows_of(figures, id))))
