"""The nodes of a report: plain values that Rich can print.

Texts are as typed; each output format cleans them (`text.clean`). Nodes are in reading order, nothing is
mirrored, and a style is a name from `theme.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from lfroadmap.report.bars import Bars
from lfroadmap.report.burn_up import BurnUp
from lfroadmap.report.charts.bar import bar
from lfroadmap.report.drawing import Drawing
from lfroadmap.report.sparkline import Sparklines
from lfroadmap.report.theme import THEME
from lfroadmap.report.timeline import Timeline
from lfroadmap.roadmap.model import TextDirection
from lfroadmap.roadmap.progress import Tally, Tone
from lfroadmap.text import Direction, clean, one_line
from lfroadmap.words import Language, Words

_REST = " "
"""The cell of a last column that takes the width which fitted columns leave."""
SHORT = 10
"""Columns up to which all values of a column of a table are shown in their own width."""


@dataclass(frozen=True, slots=True)
class Value:
    """A text with an optional note: `2026-02-10` with the note `9 days late` in the style `late`."""

    text: str
    style: str = ""
    """The style of the note, or of the text where there is no note."""
    note: str = ""
    direction: TextDirection = "auto"
    target: str = ""
    """Id of the section that it is about, for formats with links."""
    measure: str = ""
    """Id of the measure whose figure it is, for a screen that explains it."""

    def __rich__(self) -> Text:
        return self.render("  ")

    def cell(self) -> RenderableType:
        """The value in a table, its note on a line of its own."""
        return self.render("\n")

    def render(self, between: str) -> Text:
        """The text and its note with `between` in the middle."""
        if not self.note:
            return Text(clean(self.text), self.style)
        return Text.assemble(clean(self.text), between, (clean(self.note), self.style or "muted"))


@dataclass(frozen=True, slots=True)
class Facts:
    """Labelled values."""

    pairs: tuple[tuple[str, Value], ...]

    def __rich__(self) -> Table:
        return _columns([(Text(one_line(label), "muted"), value) for label, value in self.pairs], wide=1)


@dataclass(frozen=True, slots=True)
class Meter:
    """A share of tasks done."""

    label: str
    tally: Tally
    tone: Tone | None
    """None where the share is neutral: nothing is done and nothing is late."""
    target: str = ""
    """Id of the section that it is about, for formats with links."""
    health: Value | None = None

    def __rich__(self) -> Table:
        return _bars((self,))


@dataclass(frozen=True, slots=True)
class Meters:
    """Shares for comparison, one below the other."""

    rows: tuple[Meter, ...]

    def __rich__(self) -> Table:
        return _bars(self.rows)


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a checklist."""

    text: str
    done: bool
    note: str = ""
    style: str = ""
    """The style of the note."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """Tasks, done or open."""

    items: tuple[Item, ...]

    def __rich__(self) -> Table:
        return _columns([(_mark(item), _line(item), _note(item)) for item in self.items], wide=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """A note: who wrote it and when, what it says, and the task that it is about."""

    origin: str
    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Notes:
    """Notes under their title, the newest first."""

    title: str
    entries: tuple[Entry, ...]

    def __rich__(self) -> Group:
        rows = [(Text(one_line(each.origin), "muted"), _entry(each)) for each in self.entries]
        return Group("", Text(one_line(self.title), "muted"), _columns(rows, wide=1))


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of values with column headings; the first column names the row."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    fitted: bool = False
    """True for columns as wide as their texts need; otherwise they share the width by place."""

    @classmethod
    def of(cls, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Grid:
        """The table of these texts."""
        return cls(tuple(heads), tuple(tuple(map(Value, row)) for row in rows))

    def groups(self) -> Iterable[tuple[str, tuple[tuple[Value, ...], ...]]]:
        """Groups of rows, each with its title; one without a title where they are not grouped."""
        return (("", self.rows),)

    def __rich__(self) -> Table:
        table = Table(box=None, expand=True, padding=(0, 2, 0, 0), pad_edge=False, header_style="muted")
        for n, head in enumerate(self.heads):
            ratio = None if self.fitted else 3 if n == 0 else None if self._is_short(n) else 2
            is_whole = ratio is None and not self.fitted
            table.add_column(one_line(head), overflow="fold", ratio=ratio, no_wrap=is_whole)
        rest = (_REST,) if self.fitted else ()
        for _ in rest:
            table.add_column(ratio=1)
        for n, row in enumerate(self.rows):
            cells = (value.cell() for value in row)
            table.add_row(*cells, *rest, end_section=n < len(self.rows) - 1)
        return table

    def _is_short(self, column: int) -> bool:
        """True for a column that needs no share of the width, such as one of numbers."""
        values = (row[column] for row in self.rows if column < len(row))
        texts = (text for value in values for text in (value.text, value.note))
        return cell_len(self.heads[column]) <= SHORT and all(cell_len(text) <= SHORT for text in texts)


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part, which may contain others."""

    title: str
    body: tuple[Node, ...]
    id: str = ""

    def __rich__(self) -> Group:
        title = Text(one_line(self.title), "heading")
        return Group("", Rule(title, align="left", style="border"), *map(_inner, self.body))


Node = (
    Value | Facts | Meter | Meters | Bars | Checklist | Notes | Grid | Timeline | BurnUp | Sparklines
    | Section
)  # fmt: skip


def limit_rows(grid: Grid, limit: int | None, words: Words, total: int | None = None) -> tuple[Node, ...]:
    """A table of at most so many rows (None: all), and how many of `total`, or of its own, are omitted."""
    rest = 0 if limit is None else (len(grid.rows) if total is None else total) - limit
    if rest <= 0:
        return (grid,)
    return Grid(grid.heads, grid.rows[:limit]), Value(words.plural("compared.more", rest), "muted")


def size(node: Node) -> int:
    """Approximate size of a node: the tasks and rows in it and in all nodes below it."""
    match node:
        case Section(body=body):
            return 1 + sum(map(size, body))
        case Checklist(items=items):
            return len(items)
        case Notes(entries=entries):
            return len(entries)
        case Grid(rows=rows):
            return len(rows)
        case _:
            return 1


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report: its title, its facts, and its parts."""

    title: str
    language: Language
    direction: Direction
    facts: Facts
    body: tuple[Node, ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Render with the report's own styles on any console."""
        with console.use_theme(THEME):
            yield from console.render(self.whole(), options)

    def content(self) -> Group:
        """The report without its title."""
        facts = (self.facts,) if self.facts.pairs else ()
        return Group(*facts, *self.body)

    def whole(self) -> Group:
        """The whole report, for a console that has the styles."""
        return Group(Text(one_line(self.title), "title"), "", self.content())


def _inner(node: Node) -> RenderableType:
    """A section within a section is indented, under its bare title."""
    if not isinstance(node, Section):
        return node
    body = Padding(Group(*map(_inner, node.body)), (0, 0, 0, 2))
    return Group("", Text(one_line(node.title), "heading"), body)


def _bars(meters: Sequence[Meter]) -> Table:
    return _columns([_meter(meter) for meter in meters], wide=1)


def _meter(meter: Meter) -> tuple[RenderableType, ...]:
    done, total = meter.tally
    count = Text(f"{done}/{total}", "muted", justify="right")
    percent = Text(f"{meter.tally.percent}%".rjust(4))
    health = (meter.health,) if meter.health else ()
    return (
        Text(one_line(meter.label), "muted"),
        Drawing(lambda width: [bar(meter.tally.share, width, meter.tone or "border")]),
        count,
        percent,
        *health,
    )


def _mark(item: Item) -> Text:
    return Text("✓", "done") if item.done else Text("□", "muted")


def _line(item: Item) -> Text:
    return Text(clean(item.text), "muted" if item.done else "")


def _note(item: Item) -> Text:
    return Text(one_line(item.note), item.style or "muted", justify="right")


def _entry(entry: Entry) -> Text:
    about = f"  {one_line(entry.about)}" if entry.about else ""
    return Text.assemble(clean(entry.text), (about, "muted"))


def _columns(rows: Sequence[Sequence[RenderableType]], wide: int) -> Table:
    """Rows side by side without lines; the column `wide` takes the remaining width."""
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    for n in range(len(rows[0]) if rows else 0):
        table.add_column(ratio=1 if n == wide else None, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table
