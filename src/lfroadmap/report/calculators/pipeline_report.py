"""The report of a pipeline of deals or of stages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Literal, Protocol

from lfroadmap.report.bars import BarRow, Bars
from lfroadmap.report.calculators.figures import (
    NONE,
    format_exact,
    format_losing,
    format_rate,
    formulas,
    length,
)
from lfroadmap.report.nodes import Facts, Grid, Node, Report, Section, Value, limit_rows
from lfroadmap.report.palette import ToneName
from lfroadmap.roadmap.calculators.deals import BadCell, Column, DealRows
from lfroadmap.roadmap.calculators.pipeline import FORMULAS, STAGE_FORMULAS, Pipeline, PlacedDeal
from lfroadmap.words import Words


class TableReading(Protocol):
    """How a table was read."""

    @property
    def heads(self) -> tuple[tuple[Column, str], ...]:
        """The columns that are read, each with its heading."""
        ...

    @property
    def ignored(self) -> tuple[str, ...]:
        """Headings of the columns that are not read."""
        ...

    @property
    def unread(self) -> tuple[str, ...]:
        """Titles of the sheets that are not read."""
        ...

    @property
    def rivals(self) -> tuple[str, ...]:
        """Titles of those among them that are tables of deals too."""
        ...


_TONES: dict[str, ToneName] = {"won": "done", "lost": "late"}


def pipeline_report(
    found: Pipeline,
    rows: DealRows,
    words: Words,
    table: TableReading | None = None,
    limit: int | None = None,
) -> Report:
    """A pipeline as bars; of its lists at most `limit` rows are shown.

    `table` says how a file was read; the table of a card names the cells that cannot be read itself.
    """
    facts = Facts(tuple(_facts(found, rows, words)))
    body = (
        *(
            Section(words(f"calc.{key}"), nodes, key)
            for key, nodes in _lists(found, rows if table else DealRows(rows.deals), words, limit)
        ),
        formulas(STAGE_FORMULAS if found.are_stages else FORMULAS, words),
        Section(words("calc.reading"), tuple(_reading(found, rows, words, table)), "reading"),
    )
    return Report(words("calc.pipeline"), words.language, words.direction, facts, body)


def _lists(
    found: Pipeline, rows: DealRows, words: Words, limit: int | None
) -> Iterator[tuple[str, tuple[Node, ...]]]:
    """The keys of the sections with rows, and their nodes."""
    if found.stages:
        yield "by_stage", _limited(_by_stage(found, words), limit, words)
    if any(stage.value is not None for stage in found.stages):
        yield "by_value", _limited(_by_value(found, words), limit, words)
    if found.deals and not found.are_stages:
        yield "deals", limit_rows(_deals(found, words), limit, words)
    if rows.bad:
        yield "bad", limit_rows(_bad(rows.bad, words), limit, words)


def _facts(found: Pipeline, rows: DealRows, words: Words) -> Iterator[tuple[str, Value]]:
    if found.are_stages:
        yield words("calc.name_value"), Value(format_exact(found.value), note=words("calc.of_standing"))
        yield words("calc.name_forecast"), Value(format_exact(found.forecast))
        yield words("calc.name_success"), Value(format_rate(found.success), note=words("calc.last_of_first"))
    else:
        open_, won, lost = (len(found.having(each)) for each in ("open", "won", "lost"))
        note = words("calc.standing", open=open_, won=won, lost=lost)
        yield words("calc.name_deals"), Value(str(len(found.deals)), note=note)
        yield words("calc.accumulated"), Value(format_exact(found.value), note=words("calc.not_lost"))
        yield words("calc.name_weighted"), Value(format_exact(found.weighted), note=words("calc.of_open"))
        yield words("calc.name_forecast"), Value(format_exact(found.forecast))
        yield words("calc.name_success"), Value(format_rate(found.success), note=words("calc.of_all"))
        yield words("calc.name_win_rate"), Value(format_rate(found.win_rate), note=words("calc.of_decided"))
    yield words("calc.lowest_rate"), format_losing(found.lowest_rate, words, "calc.rate_and_rest")
    yield words("calc.longest_stay"), _stay(found, words)
    if rows.bad:
        yield words("calc.bad"), Value(format_exact(rows.bad_rows), "late")


def _stay(found: Pipeline, words: Words) -> Value:
    stage = found.longest_stay
    if stage is None:
        return Value(NONE, "muted")
    key = "calc.stay" if found.are_stages else "calc.stay_of_one" if stage.timed == 1 else "calc.median"
    return Value(stage.name, note=words(key, days=format_exact(stage.days), n=stage.timed))


def _by_stage(found: Pipeline, words: Words) -> Bars:
    most = max((stage.reached for stage in found.stages), default=0)
    rates = {step.place: format_rate(step.rate) for step in found.flow.steps}
    lowest = found.lowest_rate
    heads = ("calc.stage", "calc.reached", "calc.standing_in", "calc.name_rate", "calc.days")
    rows = [
        BarRow(
            stage.name,
            length(stage.reached, most),
            (
                format_exact(stage.reached),
                format_exact(stage.standing),
                rates.get(n, ""),
                format_exact(stage.days, 1),
            ),
            "risk" if lowest and n == lowest.place else "accent",
        )
        for n, stage in enumerate(found.stages)
    ]
    return Bars(tuple(map(words, heads)), tuple(rows))


def _limited(bars: Bars, limit: int | None, words: Words) -> tuple[Node, ...]:
    """At most so many rows (None: all), and the number of omitted ones."""
    rest = 0 if limit is None else len(bars.rows) - limit
    if rest <= 0:
        return (bars,)
    return Bars(bars.heads, bars.rows[:limit]), Value(words.plural("compared.more", rest), "muted")


def _by_value(found: Pipeline, words: Words) -> Bars:
    most = max((stage.value or Fraction(0) for stage in found.stages), default=Fraction(0))
    heads = ("calc.stage", "calc.name_value", "calc.accumulated", "calc.name_forecast")
    rows = [
        BarRow(
            stage.name,
            length(stage.value or 0, most),
            tuple(map(format_exact, (stage.value, stage.accumulated, stage.forecast))),
        )
        for stage in found.stages
    ]
    return Bars(tuple(map(words, heads)), tuple(rows))


def _deals(found: Pipeline, words: Words) -> Grid:
    heads = ("calc.deal", "calc.stage", "calc.state", "calc.name_value", "calc.name_probability", "calc.days")
    return Grid(tuple(map(words, heads)), tuple(_deal(each, words) for each in found.deals))


def _deal(placed: PlacedDeal, words: Words) -> tuple[Value, ...]:
    deal = placed.deal
    return (
        Value(deal.name or words("calc.row", n=deal.row)),
        Value(deal.stage),
        Value(words(f"calc.{placed.standing}"), _TONES.get(placed.standing, "")),
        Value(format_exact(deal.value)),
        Value(format_rate(placed.probability)),
        Value(format_exact(deal.days)),
    )


def _bad(cells: Sequence[BadCell], words: Words) -> Grid:
    rows = tuple(
        (
            Value(words("calc.row", n=cell.row)),
            Value(words(f"calc.column_{cell.column}")),
            Value(cell.text or NONE),
            Value(words(f"error.number_{cell.fault}")),
        )
        for cell in cells
    )
    return Grid(tuple(map(words, ("calc.row_head", "calc.column", "calc.text", "calc.why"))), rows)


def _file_reading(table: TableReading, words: Words) -> Iterator[Node]:
    """The columns of a file that are read, and what is not."""
    yield Facts(tuple((words(f"calc.column_{column}"), Value(head)) for column, head in table.heads))
    for key, left in (("ignored", table.ignored), ("unread", table.unread)):
        if left:
            yield Value(words(f"calc.{key}", names=list(left)), "muted")
    if table.rivals:
        yield Value(words("calc.rivals", names=list(table.rivals)), "risk")


def _reading(found: Pipeline, rows: DealRows, words: Words, table: TableReading | None) -> Iterator[Node]:
    """How the table was read, so that nothing is guessed in silence."""
    tone: ToneName | Literal[""]
    if table:
        yield from _file_reading(table, words)
    key = "rows_are_stages" if found.are_stages else "rows_are_deals" if table else "card_rows_are_deals"
    yield Value(words(f"calc.{key}"))
    if rows.unit:
        yield Value(words(f"calc.as_{rows.unit}"))
    unplaced = sum(not each.place for each in found.deals)
    if unplaced:
        yield Value(words("calc.unplaced", n=unplaced))
    for ending in ("won", "closing", "lost", "unclear"):
        if names := [name for name, its in found.endings if its == ending]:
            tone = "risk" if ending == "unclear" else ""
            yield Value(words(f"calc.stages_{ending}", names=names), tone)
    if found.are_stages and found.value is not None:
        tone = "risk" if found.may_overlap else ""
        yield Value(words("calc.values_may_overlap" if found.may_overlap else "calc.values_stand"), tone)
    rows_are = "stages" if found.are_stages else "deals"
    for key, number in found.unknown._asdict().items():
        if number and (key != "days" or found.longest_stay):
            yield Value(words("_".join((f"calc.{rows_are}", "without", key)), n=number), "risk")
