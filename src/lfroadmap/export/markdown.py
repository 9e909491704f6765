"""The report as Markdown (GitHub's): headings, task lists and tables, for a wiki or a pull request.

No typed text can become markup (`markdown_text`), but an address in it may become a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import singledispatchmethod

from lfroadmap.bidi.ltr_words import with_marks
from lfroadmap.export.export_progress import ExportProgress
from lfroadmap.export.markdown_text import block, heading, inline
from lfroadmap.export.mermaid import gantt_chart
from lfroadmap.report.bars import Bars
from lfroadmap.report.burn_up import BurnUp
from lfroadmap.report.burn_up_grid import burn_up_grid
from lfroadmap.report.formatting import HEALTH_SIGNS
from lfroadmap.report.formulas import guard_markdown
from lfroadmap.report.nodes import (
    Checklist,
    Entry,
    Facts,
    Grid,
    Item,
    Meter,
    Meters,
    Node,
    Notes,
    Report,
    Section,
    Value,
)
from lfroadmap.report.sparkline import Sparklines
from lfroadmap.report.timeline import Timeline
from lfroadmap.roadmap.links import address_of
from lfroadmap.text import clean, one_line
from lfroadmap.words import Words

_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.\d{4}")
"""A day as it is written in some language."""
_BAR = 20
"""Characters in a bar."""
_SPARK = 16
"""Characters in a sparkline."""


def text(report: Report, words: Words, progress: ExportProgress, *, gantt: bool = False) -> str:
    """The whole file; a right-to-left report is wrapped in a block with its direction.

    With `gantt` the timeline is a chart in the language of Mermaid too, which GitHub and others draw.
    """
    walker = _Walker(words, gantt=gantt)
    blocks = [f"# {heading(one_line(report.title).strip())}", *walker.blocks(report.facts, 2)]
    body = (block for node in report.body for block in walker.blocks(node, 2))
    blocks += progress.track(body, sum(map(_parts, report.body)))
    if report.direction == "rtl":
        blocks = ['<div dir="rtl">', *map(_in_order, blocks), "</div>"]
    return "\n\n".join(blocks) + "\n"


def _in_order(block: str) -> str:
    """A block of a right-to-left file, in which signed numbers stay whole."""
    if block.startswith("```"):
        return block
    if not block.startswith("| "):
        return with_marks(block)
    head, rule, *rows = block.split("\n")
    return "\n".join([with_marks(head), rule, *rows])


def _parts(node: Node) -> int:
    """Approximate number of blocks of a node."""
    return 1 + sum(map(_parts, node.body)) if isinstance(node, Section) else 1


def typed(text: str, *, in_bold: bool = False, in_cell: bool = False) -> str:
    """One line of typed text that begins no block."""
    return inline(one_line(text).strip(), in_bold=in_bold, in_cell=in_cell)


def _in_cell(text: str) -> str:
    return typed(text, in_cell=True)


class _Walker:
    """Renders the nodes of a report as blocks of Markdown."""

    def __init__(self, words: Words, *, gantt: bool = False) -> None:
        self.words = words
        self.gantt = gantt

    @singledispatchmethod
    def blocks(self, node: object, level: int) -> Iterator[str]:
        """The blocks of a node whose heading, if any, has `level`."""
        raise TypeError(f"no Markdown for {type(node).__name__}")

    @blocks.register
    def _section(self, node: Section, level: int) -> Iterator[str]:
        yield f"{'#' * level} {heading(one_line(node.title).strip())}"
        for before, part in zip((None, *node.body), node.body, strict=False):
            if isinstance(part, Checklist) and isinstance(before, Facts):  # two lists would become one
                yield f"**{typed(self.words('sheet.tasks'), in_bold=True)}**"
            yield from self.blocks(part, level + 1)

    @blocks.register
    def _value(self, node: Value, level: int) -> Iterator[str]:
        yield _link(node) or block("\n".join(_lines(node))).replace("\n", "<br>")

    @blocks.register
    def _facts(self, node: Facts, level: int) -> Iterator[str]:
        yield "\n".join(f"- **{typed(label, in_bold=True)}:** {cell(value)}" for label, value in node.pairs)

    @blocks.register
    def _meter(self, node: Meter, level: int) -> Iterator[str]:
        yield f"**{typed(node.label, in_bold=True)}:** {_bar(node)}"

    @blocks.register
    def _meters(self, node: Meters, level: int) -> Iterator[str]:
        if node.rows:
            heads = (self.words("report.stage"), self.words("report.progress"))
            yield self._table(heads, [(_in_cell(row.label), _bar(row, in_cell=True)) for row in node.rows])

    @blocks.register
    def _checklist(self, node: Checklist, level: int) -> Iterator[str]:
        yield "\n".join(map(_item, node.items))

    @blocks.register
    def _notes(self, node: Notes, level: int) -> Iterator[str]:
        yield f"**{typed(node.title, in_bold=True)}**"
        yield "\n>\n".join(f"> **{typed(e.origin, in_bold=True)}:** {cell(_noted(e))}" for e in node.entries)

    @blocks.register
    def _timeline(self, node: Timeline, level: int) -> Iterator[str]:
        if self.gantt:
            yield gantt_chart(node)
        heads = (self.words("report.what"), self.words("report.deadline"))
        marks = sorted(node.marks(), key=lambda mark: mark.day)
        yield self._table(heads, [(_in_cell(mark.label), _in_cell(mark.text)) for mark in marks])

    @blocks.register
    def _burn_up(self, node: BurnUp, level: int) -> Iterator[str]:
        yield "  \n".join(block(one_line(text).strip()) for text in node.texts)
        yield from self.blocks(burn_up_grid(node, self.words), level)

    @blocks.register
    def _sparklines(self, node: Sparklines, level: int) -> Iterator[str]:
        heads = (self.words("report.measure"), self.words("kpi.trend"), self.words("report.figures"))
        bars = ("".join(mark.text for mark in row.bars(_SPARK)) for row in node.rows)
        rows = zip(node.rows, bars, strict=True)
        yield self._table(heads, [(_in_cell(row.name), drawn, _in_cell(row.text())) for row, drawn in rows])

    @blocks.register
    def _bars(self, node: Bars, level: int) -> Iterator[str]:
        yield from self.blocks(Grid.of(node.heads, node.cells()), level)

    @blocks.register
    def _grid(self, node: Grid, level: int) -> Iterator[str]:
        heads = tuple(map(_in_cell, node.heads))
        for title, rows in node.groups():
            if title:
                yield f"**{typed(title, in_bold=True)}**"
            yield self._table(heads, [tuple(cell(value, in_cell=True) for value in row) for row in rows])

    def _table(self, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
        marked = with_marks if self.words.direction == "rtl" else str
        cells = (tuple(guard_markdown(marked(text)) for text in row) for row in rows)
        lines = [heads, ("---",) * len(heads), *cells]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cell(value: Value, *, in_cell: bool = False) -> str:
    """A value in one line of Markdown; its own lines are separated by `<br>`."""
    return _link(value) or inline("\n".join(_lines(value)), in_cell=in_cell).replace("\n", "<br>")


def _link(value: Value) -> str:
    """The value as a link, if it is an address; else empty. Within a text every reader finds them."""
    address = address_of(value.text)
    return f"<{address}>" if address else ""


def _lines(value: Value) -> list[str]:
    """The lines of a value, with its note, which has a sign where it says how late a day is."""
    *above, last = [one_line(line).strip() for line in clean(value.text).split("\n")]
    note = one_line(value.note).strip()
    if note and value.style == "late" and _DAY.fullmatch(last):
        note = f"{HEALTH_SIGNS['late']} {note}"
    return [*above, f"{last} ({note})" if note else last]


def _noted(entry: Entry) -> Value:
    return Value(entry.text, note=entry.about)


def _item(item: Item) -> str:
    text, note = one_line(item.text).strip(), one_line(item.note).strip()
    return f"- [{'x' if item.done else ' '}] {inline(f'{text} – {note}' if note else text)}"


def _bar(meter: Meter, *, in_cell: bool = False) -> str:
    full = int(meter.tally.share * _BAR)
    done, total = meter.tally
    health = f" {typed(meter.health.text, in_cell=in_cell)}" if meter.health else ""
    return f"{'█' * full}{'░' * (_BAR - full)} {meter.tally.percent}% ({done}/{total}){health}"
