"""The report as Markdown (GitHub's): headings, task lists and tables, for a wiki or a pull request.

No typed text can become markup: every special character is escaped, and only a text that is an address
as a whole becomes a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import singledispatchmethod

from lfroadmap.bidi.ltr_words import with_marks
from lfroadmap.export.export_progress import ExportProgress
from lfroadmap.report.burn_up import BurnUp
from lfroadmap.report.burn_up_grid import burn_up_grid
from lfroadmap.report.formulas import guard_markdown
from lfroadmap.report.nodes import Checklist, Facts, Grid, Item, Meter, Meters, Node, Report, Section, Value
from lfroadmap.report.sparkline import Sparklines
from lfroadmap.report.timeline import Timeline
from lfroadmap.text import clean, one_line
from lfroadmap.words import Words

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~&$!^]|(?<=[Ww]{3})\.|:(?=//|[\w+-]+:)")
_LINK = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+")
_BAR = 20
"""Characters in a bar."""
_SPARK = 16
"""Characters in a sparkline."""


def text(report: Report, words: Words, progress: ExportProgress) -> str:
    """The whole file; a right-to-left report is wrapped in a block with its direction."""
    walker = _Walker(words)
    blocks = [f"# {typed(report.title)}", *walker.blocks(report.facts, 2)]
    body = (block for node in report.body for block in walker.blocks(node, 2))
    blocks += progress.track(body, sum(map(_parts, report.body)))
    if report.direction == "rtl":
        blocks = ['<div dir="rtl">', *map(with_marks, blocks), "</div>"]
    return "\n\n".join(blocks) + "\n"


def _parts(node: Node) -> int:
    """Approximate number of blocks of a node."""
    return 1 + sum(map(_parts, node.body)) if isinstance(node, Section) else 1


def typed(text: str) -> str:
    """One line of typed text, with every inline markup character escaped.

    It never begins a block, where more characters would be special.
    """
    return _MARKUP.sub(lambda match: f"\\{match[0]}", one_line(text).strip())


class _Walker:
    """Renders the nodes of a report as blocks of Markdown."""

    def __init__(self, words: Words) -> None:
        self.words = words

    @singledispatchmethod
    def blocks(self, node: object, level: int) -> Iterator[str]:
        """The blocks of a node whose heading, if any, has `level`."""
        raise TypeError(f"no Markdown for {type(node).__name__}")

    @blocks.register
    def _section(self, node: Section, level: int) -> Iterator[str]:
        yield f"{'#' * level} {typed(node.title)}"
        for part in node.body:
            yield from self.blocks(part, level + 1)

    @blocks.register
    def _value(self, node: Value, level: int) -> Iterator[str]:
        yield cell(node)

    @blocks.register
    def _facts(self, node: Facts, level: int) -> Iterator[str]:
        yield "\n".join(f"- **{typed(label)}:** {cell(value)}" for label, value in node.pairs)

    @blocks.register
    def _meter(self, node: Meter, level: int) -> Iterator[str]:
        yield f"**{typed(node.label)}:** {_bar(node)}"

    @blocks.register
    def _meters(self, node: Meters, level: int) -> Iterator[str]:
        if node.rows:
            heads = (self.words("report.stage"), self.words("report.progress"))
            yield _table(heads, [(typed(row.label), _bar(row)) for row in node.rows])

    @blocks.register
    def _checklist(self, node: Checklist, level: int) -> Iterator[str]:
        yield "\n".join(map(_item, node.items))

    @blocks.register
    def _timeline(self, node: Timeline, level: int) -> Iterator[str]:
        heads = (self.words("report.card"), self.words("report.deadline"))
        marks = sorted(node.marks(), key=lambda mark: mark.day)
        yield _table(heads, [(typed(mark.label), typed(mark.text)) for mark in marks])

    @blocks.register
    def _burn_up(self, node: BurnUp, level: int) -> Iterator[str]:
        yield "  \n".join(map(typed, node.texts))
        yield from self.blocks(burn_up_grid(node, self.words), level)

    @blocks.register
    def _sparklines(self, node: Sparklines, level: int) -> Iterator[str]:
        heads = (self.words("report.measure"), self.words("kpi.trend"), self.words("report.figures"))
        bars = ("".join(mark.text for mark in row.bars(_SPARK)) for row in node.rows)
        rows = zip(node.rows, bars, strict=True)
        yield _table(heads, [(typed(row.name), drawn, typed(row.text())) for row, drawn in rows])

    @blocks.register
    def _grid(self, node: Grid, level: int) -> Iterator[str]:
        yield _table(tuple(map(typed, node.heads)), [tuple(map(cell, row)) for row in node.rows])


def cell(value: Value) -> str:
    """A value in one line of Markdown; its own lines are separated by `<br>`."""
    if _LINK.fullmatch(value.text):
        return f"<{value.text}>"
    lines = "<br>".join(map(typed, clean(value.text).split("\n")))
    note = typed(value.note)
    return f"{lines} ({note})" if note else lines


def _item(item: Item) -> str:
    note = typed(item.note)
    return f"- [{'x' if item.done else ' '}] {typed(item.text)}" + (f" – {note}" if note else "")


def _bar(meter: Meter) -> str:
    full = int(meter.tally.share * _BAR)
    done, total = meter.tally
    health = f" {typed(meter.health.text)}" if meter.health else ""
    return f"{'█' * full}{'░' * (_BAR - full)} {meter.tally.percent}% ({done}/{total}){health}"


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *(map(guard_markdown, row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
