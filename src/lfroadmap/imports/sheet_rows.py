"""The rows under the headings of a sheet: repeated headings, groups, merged cells, columns without a use."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date
from itertools import chain, islice

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.imports.csv_reader import table_too_long
from lfroadmap.imports.layout import (
    HEADING_ROWS,
    MAX_SAMPLE,
    NEEDED,
    Layout,
    find_heads,
    layout_of,
    likely_columns,
)
from lfroadmap.imports.sheet import MAX_COLUMNS, MAX_ROWS, Sheet
from lfroadmap.imports.table_cells import RawRow, cell_text, checked, drop_faults
from lfroadmap.roadmap.import_words import read_mark
from lfroadmap.roadmap.notes import BETWEEN
from lfroadmap.roadmap.table_file import ImportChoices
from lfroadmap.roadmap.table_rows import CellFault, Column, NumberedRow, Remark, Rows

_MAX_FILLED = 1_000_000
"""Maximal number of cells that merged ranges fill."""
_RULE = re.compile(r"\s*[:+|]?-{2,}[-+:|]*\s*", re.ASCII)
_FURTHER_HEADS, _SHARE_OF_HEADS = 2, 0.75
"""Known headings that begin another table at least: their number, and their share of the row."""
_NESTED_HEADS = 2
"""Headings of the table that a line of headings below it repeats at least."""
_NOT_FILLED = ("id", "task", "measure")
"""Roles whose merged cells are not repeated in the rows below: they would be the same task again."""
_PLACES = ("stage", "card", "done")
"""Roles that alone make no row."""
GROUP = "group"
"""The role of the group of a row, which is its card if there is one of that name."""


def table_on(sheet: Sheet, choices: ImportChoices, today: date, limit: int) -> Rows | tuple[Column, ...]:
    """The table on a sheet; its likely columns where none of its first rows heads a table that we know."""
    first = list(islice(sheet.rows, HEADING_ROWS))
    found = find_heads(first, choices)
    if found is None:
        return likely_columns(first)
    layout = found[1]
    reader = _Reader(sheet, found, first, choices, limit)
    rows = reader.raw_rows()
    _fill_merged(sheet, layout, rows)
    result = checked([row for row in rows if not row.is_bare], choices.dates, today, sheet.first_day)
    return Rows(
        layout.table, sheet.title, result.rows, tuple(reader.columns()), reader.above,
        reader.repeated + reader.nested, sheet.hidden_rows, result.dates, result.undecided,
        result.local_days, reader.further,
    )  # fmt: skip


class _Reader:
    """Reads the rows under the headings."""

    def __init__(
        self,
        sheet: Sheet,
        found: tuple[int, Layout],
        first: list[NumberedRow],
        choices: ImportChoices,
        limit: int,
    ) -> None:
        """`found` is the index of the headings in the `first` rows, which were read, and their layout."""
        place, layout = found
        above = first[:place]
        self._lines = chain(first[place + 1 :], sheet.rows)
        self._layout, self._choices, self._limit, self._is_list = layout, choices, limit, sheet.is_list
        self._heads = [head for head in layout.heads if head]
        self._first = (layout.heads[0], "")
        self._group = self._only_cell(above[-1][1]) if above else ""
        self._titles = tuple(" ".join(filter(None, map(str, cells))) for _, cells in above if any(cells))
        self._has_faults = sheet.has_faults
        self._name = NEEDED[layout.table][0]
        self._empty = list(range(MAX_COLUMNS))
        """The columns that had no content yet."""
        self._bare = {at for role, at in layout.places.items() if role in _PLACES}
        self._samples: dict[int, str] = {}
        self.repeated = self.nested = 0
        """Numbers of lines that repeat the headings, and of headings of another layout below."""
        self.further: tuple[int, tuple[str, ...]] = (0, ())
        self._known_heads = frozenset(self._heads if layout.table == "tasks" else ())
        self._nested: Layout | None = None

    def raw_rows(self) -> list[RawRow]:
        """All rows with any content but repeated headings and the names of groups above these."""
        rows: list[RawRow] = []
        before: list[str] = []
        last = 0
        for n, (line, cells) in enumerate(self._lines):
            if n >= self._limit:
                raise table_too_long()
            if self._is_heading(cells):
                self._begin_group(rows, self._only_cell(before))
                before = []
                continue
            if last and line - last > 1 and self._is_further_table(line, cells):
                break
            if any(cells):
                last = line
            before = cells
            if not rows and _is_rule(cells):
                continue
            if self._begin_nested(cells):
                continue
            if row := self._row(line, cells):
                rows.append(row)
        if not self.repeated:
            for row in rows:
                row.cells.pop(GROUP, None)
        return rows

    def _is_heading(self, cells: list[str]) -> bool:
        return (
            len(cells) > 1
            and cells[0] in self._first
            and self._heads[0] in cells
            and [cell.strip() for cell in cells if cell] == self._heads
        )

    def _is_further_table(self, line: int, cells: list[str]) -> bool:
        """True for the headings of another table under a blank row; it is not read, but named."""
        filled = tuple(cell.strip() for cell in cells if cell.strip())
        found = layout_of(cells, ImportChoices()) if len(filled) >= _FURTHER_HEADS else None
        if found is None or len(found.places) < max(_FURTHER_HEADS, len(filled) * _SHARE_OF_HEADS):
            return False
        self.further = (line, filled)
        return True

    def _begin_nested(self, cells: list[str]) -> bool:
        """True for the headings of another layout under a row, as those of subitems."""
        if len(self._known_heads.intersection(cells)) < _NESTED_HEADS:
            return False
        found = layout_of(cells, self._choices)
        if found is None or found.table != "tasks" or len(found.places) <= _NESTED_HEADS:
            return False
        self._nested = found
        self.nested += 1
        return True

    def _layout_for(self, cells: list[str]) -> Layout:
        """The layout of a row: that of nested headings above it, until a row has one as the table has."""
        if self._nested is None:
            return self._layout
        first, other = self._layout.places["task"], self._nested.places["task"]
        if (first < len(cells) and cells[first].strip()) or not (other < len(cells) and cells[other].strip()):
            self._nested = None
        return self._nested or self._layout

    def _begin_group(self, rows: list[RawRow], alone: str) -> None:
        """Count a repeated heading; the single cell above it was no row but the name of a group."""
        self.repeated += 1
        if alone and rows:
            rows.pop()
            self._group = alone

    @staticmethod
    def _only_cell(cells: list[str]) -> str:
        filled = [cell for cell in cells if cell and cell.strip()]
        return filled[0].strip() if len(filled) == 1 and cells[0] else ""

    def _row(self, line: int, cells: list[str]) -> RawRow | None:
        joined = "".join(cells)
        if not joined and not self._is_faulty(cells):
            return None
        size, layout = len(cells), self._layout_for(cells)
        if joined.isascii() and joined.isprintable() and not self._has_faults:  # most rows are
            values = {role: cells[at].strip() if at < size else "" for role, at in layout.places.items()}
        else:
            values = {
                role: cell_text(cells[at], role) if at < size else "" for role, at in layout.places.items()
            }
        for at in layout.also_done:
            if at < size and read_mark(cells[at]):
                values["done"] = cells[at]
        row = RawRow(line, values)
        row.is_bare = not values.get(self._name) and self._is_bare(values, cells)
        if self._has_faults or "#" in joined:
            drop_faults(row)
        for role, others in layout.doubles.items():
            self._note_doubles(row, role, [cells[at].strip() for at in others if at < size])
        self._note_samples(cells)
        if self._group and "card" not in self._layout.places:
            row.cells[GROUP] = self._group
        return row

    def _is_faulty(self, cells: list[str]) -> bool:
        return self._has_faults and any(cell.__class__ is CellFault for cell in cells)

    @staticmethod
    def _note_doubles(row: RawRow, role: str, others: list[str]) -> None:
        if role == "notes":  # a list of comments has a column for each
            row.cells[role] = BETWEEN.join(filter(None, (row.cells.get(role, ""), *others)))
            return
        for other in others:
            if other and other != row.cells.get(role, "").strip():
                row.remarks.append(Remark("differs", role, other))

    def _is_bare(self, values: dict[str, str], cells: list[str]) -> bool:
        return not read_mark(values.get("done", "")) and not any(
            cell or cell.__class__ is CellFault for at, cell in enumerate(cells) if at not in self._bare
        )

    def _note_samples(self, cells: list[str]) -> None:
        """Note the first content of each column."""
        size, found = len(cells), []
        for at in self._empty:
            if at >= size:
                break
            if cells[at]:
                found.append(at)
        for at in found:
            self._samples[at] = cells[at][:MAX_SAMPLE]
            self._empty.remove(at)

    @property
    def above(self) -> tuple[str, ...]:
        """The lines above the headings; without the name of the first group, where there are groups."""
        return self._titles[:-1] if self.repeated and self._titles else self._titles

    def columns(self) -> Iterator[Column]:
        """The columns with their uses; those without a heading only if they have content."""
        heads, doubles = self._layout.heads, {at for every in self._layout.doubles.values() for at in every}
        for at in range(
            max(len(heads), *(at + 1 for at in self._samples), 0) if self._samples else len(heads)
        ):
            head = heads[at] if at < len(heads) else ""
            role = self._layout.role(at) if at not in doubles else ""
            if at in self._samples or (head and (role or not self._is_list)):
                yield Column(
                    head or f"#{at + 1}", role, self._samples.get(at, ""), at, at in self._layout.also_done
                )


def _is_rule(cells: list[str]) -> bool:
    """True for a line of dashes under the headings, as tables of Markdown and of databases have it."""
    filled = [cell for cell in cells if cell and not cell.isspace()]
    return bool(filled) and all(_RULE.fullmatch(cell) for cell in filled)


def _fill_merged(sheet: Sheet, layout: Layout, rows: list[RawRow]) -> None:
    """Give the rows of a merged range the content of its first cell."""
    lines = [row.line for row in rows]
    left = _MAX_FILLED
    for merge in sheet.merges:
        roles = [
            r for r, at in layout.places.items() if merge.left <= at <= merge.right and r not in _NOT_FILLED
        ]
        covered = rows[bisect_left(lines, merge.top) : bisect_right(lines, merge.bottom)]
        left -= len(covered) * len(roles)
        if left < 0:
            raise BrokenSnapshot("table_long", rows=f"{MAX_ROWS:,}")
        if covered and covered[0].line == merge.top:
            for role in roles:
                _fill(covered, role)


def _fill(covered: list[RawRow], role: str) -> None:
    value = covered[0].cells.get(role, "")
    for row in covered[1:]:
        if value and not row.cells.get(role):
            row.cells[role] = value
