"""The preview of an import: what was decided about the file, what was not read, and every row that counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lfroadmap.bidi.cutting import cut
from lfroadmap.report.measured_source import describe_measured
from lfroadmap.report.nodes import Facts, Grid, Node, Report, Section, Value, limit_rows
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.table_file import TableFile
from lfroadmap.roadmap.table_import import TableImport
from lfroadmap.roadmap.table_rows import Outcome, Remark, RowImport, Rows, format_mark
from lfroadmap.roadmap.whole_days import NoDay
from lfroadmap.text import arrow
from lfroadmap.words import Words

SHOWN: tuple[Outcome, ...] = ("skip", "change", "add")
"""Outcomes that are listed row by row, the problems first; unchanged rows are only counted."""

MAX_TEXT = 300
"""Characters of a text that a screen shows."""
_MAX_NAMES = 30
"""Names of a kind that the facts list."""

Fact = tuple[str, Value]


def import_preview(
    table_import: TableImport, file: TableFile | None, name: str, words: Words, limit: int | None = None
) -> Report:
    """The preview of an import from the file `name`; `file` is None for a copy of a roadmap.

    With `limit`, for a screen that must not wait, further rows are only counted and long texts are cut.
    """
    return Report(
        words("merge.title"),
        words.language,
        words.direction,
        Facts(tuple(_facts(table_import, file, name, words))),
        tuple(_sections(table_import, words, limit)),
    )


def left_out_days(no_days: tuple[NoDay, ...], words: Words, limit: int | None) -> Section:
    """The values of a snapshot that stood where a day must."""
    heads = (words("merge.what"), words("merge.change_head"))
    rows = tuple((Value(each.task[:MAX_TEXT]), Value(no_day_line(each, words), "orange")) for each in no_days)
    title = words.plural("merge.no_days", len(no_days))
    return Section(title, limit_rows(Grid(heads, rows), limit, words), "no_days")


def no_day_line(no_day: NoDay, words: Words) -> str:
    """A value that was left out, in a line."""
    return _remark(Remark("not_day", no_day.attribute, no_day.value), words, MAX_TEXT)


def _facts(table_import: TableImport, file: TableFile | None, name: str, words: Words) -> Iterator[Fact]:
    yield words("merge.file"), Value(name)
    if file is not None:
        yield words("merge.kind"), Value(_kind(file, words))
        yield words("merge.tables"), Value(", ".join(_title(table, words) for table in file.tables))
        yield from _decisions(file, words)
        yield from _unread(file, words)
    else:
        yield words("merge.kind"), Value(words("merge.kind_copy"))
    yield from _cards(table_import, words)
    if table_import.unknown_ids:
        yield words("merge.ids"), Value(words.plural("merge.unknown_ids", table_import.unknown_ids))
    if assumed := sum(row.is_day_assumed for row in table_import.rows):
        yield words("sheet.done_on"), Value(words.plural("merge.assumed_days", assumed))
    counts = [
        words.plural(f"merge.{outcome}", count)
        for outcome in (*SHOWN, "same")
        if (count := len(table_import.with_outcome(outcome)))
    ]
    yield words("merge.rows"), Value(" · ".join(counts) or words("merge.no_rows"))


def _kind(file: TableFile, words: Words) -> str:
    parts = [words(f"merge.kind_{file.kind}"), file.member, file.encoding]
    if file.separator:
        names = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
        parts.append(words(f"merge.separator_{names[file.separator]}"))
    return " · ".join(filter(None, parts))


def _title(table: Rows, words: Words) -> str:
    return table.title or words(f"sheet.{table.table}")


def _decisions(file: TableFile, words: Words) -> Iterator[Fact]:
    """The columns that are read, and the order of day and month."""
    for table in file.tables:
        used = [
            f"{words(f'sheet.{role}')} = {quoted(column.head, words)}"
            for column in table.columns
            if (role := column.role or ("done" if column.is_also_done else ""))
        ]
        label = words("merge.columns")
        yield label if len(file.tables) == 1 else f"{label}: {_title(table, words)}", Value(" · ".join(used))
    if file.is_recalled:
        yield words("merge.recalled"), Value(words("merge.recalled_before"))
    orders = {table.dates for table in file.tables if table.dates}
    if orders:
        yield (
            words("merge.dates"),
            Value(" · ".join(words(f"merge.dates_{order}") for order in sorted(orders))),
        )
    if file.undecided:
        yield words("merge.dates"), Value(words("merge.dates_open", value=file.undecided[0]), "late")
    if local := sum(table.local_days for table in file.tables):
        yield words("merge.times"), Value(words.plural("merge.local_days", local))


def _unread(file: TableFile, words: Words) -> Iterator[Fact]:
    """What stands in the file and is not read."""
    for table in file.tables:
        unread = [column for column in table.columns if not (column.role or column.is_also_done)]
        heads = [quoted(column.head, words) for column in unread]
        if heads:
            label = words("merge.unread_columns")
            title = label if len(file.tables) == 1 else f"{label}: {_title(table, words)}"
            yield title, Value(", ".join(heads))
        if table.above:
            yield words("merge.above"), Value(" · ".join(quoted(line, words) for line in table.above))
        if table.repeated_heads:
            yield words("merge.repeated"), Value(words.plural("merge.repeated_heads", table.repeated_heads))
        if table.further[0]:
            line, cells = table.further
            named = ", ".join(quoted(head, words) for head in cells)
            yield words("merge.further"), Value(words("merge.further_table", line=line, heads=named), "risk")
        if table.hidden_rows:
            yield words("merge.hidden"), Value(words.plural("merge.hidden_rows", table.hidden_rows))
    if file.unread:
        sheets = [
            f"{quoted(each.title, words)} ({words(f'merge.unread_{each.reason}')})" for each in file.unread
        ]
        yield words("merge.unread_sheets"), Value(", ".join(sheets))


def quoted(text: str, words: Words) -> str:
    """A text of a file in quotation marks, of a long one its beginning."""
    return words("merge.quoted", text=text[:MAX_TEXT])


def _cards(table_import: TableImport, words: Words) -> Iterator[Fact]:
    """The cards that are added, and those that rows ask for and that are not there."""
    if table_import.new_cards:
        made = [words("merge.new_card", card=new.title, stage=new.stage) for new in table_import.new_cards]
        yield words("merge.new_cards"), Value(", ".join(made[:_MAX_NAMES]))
    if table_import.missing_cards:
        names = [quoted(name, words) for name in table_import.missing_cards][:_MAX_NAMES]
        there = ", ".join(quoted(name, words) for name in table_import.card_names[:_MAX_NAMES])
        yield words("merge.missing_cards"), Value(words("merge.offer", names=", ".join(names), there=there))


def _sections(table_import: TableImport, words: Words, limit: int | None) -> Iterable[Node]:
    noted = tuple(row for row in table_import.with_outcome("same") if row.remarks)
    for outcome in SHOWN:
        if rows := table_import.with_outcome(outcome):
            title = words.plural(f"merge.{outcome}", len(rows))
            yield _section(title, rows, outcome, words, limit)
        if outcome == "skip" and noted:
            yield _section(words.plural("merge.noted", len(noted)), noted, "noted", words, limit)


def _section(title: str, rows: tuple[RowImport, ...], name: str, words: Words, limit: int | None) -> Section:
    heads = tuple(words(f"merge.{head}") for head in ("what", "line", "change_head"))
    most = None if limit is None else MAX_TEXT
    grid_rows = tuple(
        (
            Value((row.what if most is None else cut(row.what, most + 1)) or "—"),
            Value(str(row.line)),
            _describe(row, words, most),
        )
        for row in rows[:limit]
    )
    grid, rest = Grid(heads, grid_rows), len(rows) - len(grid_rows)
    more = (Value(words.plural("compared.more", rest), "note"),) if rest else ()
    return Section(title, (grid, *more), name)


def _describe(row: RowImport, words: Words, most: int | None) -> Value:
    remarks = "\n".join(_remark(remark, words, most) for remark in row.remarks)
    if row.outcome == "skip":
        reason = words(f"merge.why_{row.reason}", name=cut(row.named, MAX_TEXT))
        return Value(f"{reason}\n{remarks}".strip(), "late")
    changes = (_in_words(*change, words) for change in row.changes)
    lines = [f"{words(f'sheet.{name}')}: {_values(then, now, words, most)}" for name, then, now in changes]
    text = "\n".join(lines) or (words(f"merge.new_{row.table}") if row.outcome == "add" else "")
    return Value(text or remarks, "risk" if remarks else "", remarks if text else "")


def _in_words(column: str, then: str, now: str, words: Words) -> tuple[str, str, str]:
    """A change of what a KPI is bound to by the names of the measures; any other as it is."""
    if column != "bound_to":
        return column, then, now
    before, after = (describe_measured(source, words) if source else "" for source in (then, now))
    return column, before, after


def _remark(remark: Remark, words: Words, most: int | None) -> str:
    column = words(f"sheet.{remark.column}") if remark.column else ""
    return words(f"merge.remark_{remark.key}", column=column, value=_shown(remark.value, words, most))


def _values(then: str, now: str, words: Words, most: int | None) -> str:
    shown = _shown(now, words, most)
    return f"{_shown(then, words, most)} {arrow(then, now, words.direction)} {shown}" if then else shown


def _shown(typed: str, words: Words, most: int | None) -> str:
    mark, _, rest = typed.partition(" ")
    if mark == format_mark(True, "") and rest:
        return f"{mark} {_shown(rest, words, most)}"
    day = iso_day(typed)
    short = typed if most is None else cut(typed, most + 1)
    return words.day(day) if day else short or "—"
