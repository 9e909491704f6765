"""The preview of an import of deals into a calculator."""

from __future__ import annotations

from collections.abc import Mapping

from lfroadmap.report.calculators.columns import column_title
from lfroadmap.report.calculators.pipeline_report import TableReading
from lfroadmap.report.import_preview import quoted
from lfroadmap.report.nodes import Facts, Grid, Report, Section, Value, limit_rows
from lfroadmap.roadmap.deal_import import DealImport, RowChange
from lfroadmap.text import arrow
from lfroadmap.words import Words


def deal_import_report(
    found: DealImport, title: str, table: TableReading, words: Words, limit: int | None = None
) -> Report:
    """How the file was read, and the rows that are added and changed; at most `limit` of them are shown."""
    new = sum(row.is_new for row in found.rows)
    counts = (("rows_added", new), ("rows_changed", len(found.rows) - new), ("rows_same", found.same))
    read = ", ".join(
        f"{words(f'calc.column_{column}')} = {quoted(head, words)}" for column, head in table.heads
    )
    pairs = [(words("calculator.into"), Value(title)), (words("calculator.columns_read"), Value(read))]
    pairs += [(words(f"calculator.{key}"), Value(str(number))) for key, number in counts]
    for key, left in (("columns_ignored", table.ignored), ("sheets_ignored", table.unread)):
        if left:
            pairs.append(
                (words(f"calculator.{key}"), Value(", ".join(quoted(each, words) for each in left), "risk"))
            )
    if found.faults:
        pairs.append((words("calculator.cells_unread"), Value(str(len(found.faults)), "risk")))
    faults = {(each.row, each.column): words(f"error.number_{each.fault}") for each in found.faults}
    grid = Grid(
        (words("calculator.pipeline_name"), words("calculator.change")),
        tuple((Value(row.name or "—"), _change(row, faults, words)) for row in found.rows),
    )
    body = (Section(words("calculator.rows"), limit_rows(grid, limit, words), "rows"),) if grid.rows else ()
    return Report(
        words("calculator.import_title"), words.language, words.direction, Facts(tuple(pairs)), body
    )


def _change(row: RowChange, faults: Mapping[tuple[str, str], str], words: Words) -> Value:
    """The values of a row before and after, and the reasons why some of them cannot be counted with."""
    shown = [words("calculator.added" if row.is_new else "calculator.changed")]
    for column, before, after in row.cells:
        value = f"{before} {arrow(before, after, words.direction)} {after or '—'}" if before else after
        shown.append(f"{column_title('pipeline', column, words)}: {value}")
        if fault := faults.get((row.after.id, column)):
            shown.append(f"▲ {fault}")
    return Value("\n".join(shown))
