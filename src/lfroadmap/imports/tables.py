"""Reading tables of tasks, KPIs and cards: CSV files, workbooks, and the lists of other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from lfroadmap.errors import BrokenSnapshot, UsageError
from lfroadmap.imports.csv_reader import read_csv
from lfroadmap.imports.kinds import kind_of
from lfroadmap.imports.layout import ROLES, check_mapping, layout_key, place_of
from lfroadmap.imports.sheet import MAX_COLUMNS, MAX_ROWS, Sheet
from lfroadmap.imports.sheet_rows import table_on
from lfroadmap.imports.taskwarrior import taskwarrior_sheet
from lfroadmap.imports.text_encoding import NAMES, encoding_of_text
from lfroadmap.imports.todo_txt import todo_txt_sheet
from lfroadmap.imports.trello import trello_sheet
from lfroadmap.imports.xlsx_reader import sheets
from lfroadmap.imports.zip_archive import files_in
from lfroadmap.report.history_section import COLUMNS as CHANGES
from lfroadmap.report.over_time import VALUES
from lfroadmap.report.owner_table import COLUMNS as OWNERS
from lfroadmap.report.tables import FLOW_COLUMNS, FLOW_LIST_COLUMNS, MEASUREMENT_COLUMNS, OVERVIEW
from lfroadmap.roadmap.calculators.columns import TABLE_COLUMNS as CALCULATORS
from lfroadmap.roadmap.import_words import head_key, head_ranks
from lfroadmap.roadmap.json_source import LIMIT
from lfroadmap.roadmap.table_file import FileKind, ImportChoices, NotRead, TableFile, UnreadSheet
from lfroadmap.roadmap.table_rows import TASK_COLUMNS, Column, Rows
from lfroadmap.words import LANGUAGES, words

_OURS: dict[NotRead, tuple[str, ...]] = {
    "history": CHANGES, "overview": OVERVIEW, "calculators": CALCULATORS, "flows": FLOW_COLUMNS,
    "flow_lists": FLOW_LIST_COLUMNS, "measurements": MEASUREMENT_COLUMNS, "owners": OWNERS,
    "kpi_values": VALUES,
}  # fmt: skip
"""Sheets that only we write, and that are never read."""
_MEASURED: tuple[NotRead, ...] = ("measurements", "flow_lists", "flows")
"""Those of measured figures."""


class UnmappedTable(BrokenSnapshot):
    """A table whose headings are not known; a person may say what they stand for."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        heads = ", ".join(column.head for column in columns)
        super().__init__("table_unknown", columns=", ".join(TASK_COLUMNS), heads=heads or "—")
        self.columns = columns


class SeveralTables(UsageError):
    """An archive with several tables, of which a person must name one."""

    def __init__(self, tables: tuple[str, ...]) -> None:
        super().__init__("zip_several", tables=", ".join(tables))
        self.tables = tables


def tables_in(data: bytes, choices: ImportChoices, today: date) -> TableFile:
    """The tables in the bytes of a file.

    Raises BrokenSnapshot for a file of another kind and for one without a table, and UsageError for a wrong
    choice.
    """
    if len(data) > LIMIT:
        raise BrokenSnapshot("table_large", limit=LIMIT >> 20)
    check_mapping(choices)
    kind = kind_of(data)
    if kind == "zip":
        return _archived(data, choices, today)
    read = _READERS.get(kind)
    if read is None:
        raise BrokenSnapshot(f"kind_{kind}")
    return _recalled(lambda chosen: read(data, chosen, today), choices)


def _recalled(read: Callable[[ImportChoices], TableFile], choices: ImportChoices) -> TableFile:
    """The tables with the mapping that was chosen before for such headings, unless one is chosen now."""
    file, unmapped = None, None
    try:
        file = read(choices)
    except UnmappedTable as error:
        unmapped = error
    columns = file.main.columns if file else unmapped.columns if unmapped else ()
    known = () if choices.mapping else choices.known(layout_key(columns))
    mapping = tuple(pair for pair in known if pair[0] in ROLES)
    if mapping:
        return replace(read(replace(choices, mapping=mapping)), is_recalled=True)
    if file is None:
        raise unmapped or BrokenSnapshot("snapshot_empty")
    return file


def _archived(data: bytes, choices: ImportChoices, today: date) -> TableFile:
    """The only table of an archive, or the one that was chosen."""
    found: dict[str, TableFile] = {}
    names = []
    for name, content in files_in(data):
        names.append(name)
        if choices.table in ("", name, name.rpartition("/")[2]):
            try:
                found[name] = replace(tables_in(content, choices, today), member=name)
            except BrokenSnapshot:
                continue  # it is no table, as the pages beside one: the archive's names are in the error
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        raise SeveralTables(tuple(found))
    if choices.table and not any(choices.table in (name, name.rpartition("/")[2]) for name in names):
        raise UsageError("zip_no_such", table=choices.table, names=", ".join(names[:20]) or "—")
    raise BrokenSnapshot("zip_without_table", names=", ".join(names[:20]) or "—")


def _workbook(data: bytes, choices: ImportChoices, today: date) -> TableFile:
    return _file("workbook", sheets(data, MAX_COLUMNS), choices, today)


def _csv(data: bytes, choices: ImportChoices, today: date) -> TableFile:
    sheet, encoding, separator = read_csv(data, choices)
    file = _file("csv", (sheet,), choices, today)
    return replace(file, encoding=NAMES.get(encoding, encoding), separator=separator)


def _todo_txt(data: bytes, choices: ImportChoices, today: date) -> TableFile:
    encoding = encoding_of_text(data, choices.encoding)
    file = _file("todo_txt", (todo_txt_sheet(data.decode(encoding)),), choices, today)
    return replace(file, encoding=NAMES.get(encoding, encoding))


def _trello(data: bytes, choices: ImportChoices, today: date) -> TableFile:
    return _file("trello", (trello_sheet(data),), choices, today)


def _taskwarrior(data: bytes, choices: ImportChoices, today: date) -> TableFile:
    return _file("taskwarrior", (taskwarrior_sheet(data),), choices, today)


_READERS: dict[str, Callable[[bytes, ImportChoices, date], TableFile]] = {
    "csv": _csv, "workbook": _workbook, "todo_txt": _todo_txt, "trello": _trello, "taskwarrior": _taskwarrior,
}  # fmt: skip
"""The kinds of files that have tables; a new one is a module and a row here and in `kinds`."""


def _file(kind: FileKind, every: Iterable[Sheet], choices: ImportChoices, today: date) -> TableFile:
    """The tables on the sheets, and the sheets that were not read."""
    tables: list[Rows] = []
    unread: list[UnreadSheet] = []
    columns: tuple[Column, ...] = ()
    for sheet in every:
        if sheet.is_hidden:
            unread.append(UnreadSheet(sheet.title, "hidden"))
            continue
        left = MAX_ROWS - sum(len(table.rows) for table in tables)
        found = table_on(sheet, choices, today, left)
        if isinstance(found, Rows) and (measured := _measured(found)):
            unread.append(UnreadSheet(sheet.title, measured))
        elif isinstance(found, Rows) and not _is_ours(sheet.title, found):
            tables.append(found)
        elif isinstance(found, Rows):
            unread.append(UnreadSheet(sheet.title, _why(sheet.title, ())))
        else:
            unread.append(UnreadSheet(sheet.title, _why(sheet.title, [column.head for column in found])))
            columns = columns or found
    _check_heads(tables, columns, choices)
    if not tables and any(sheet.reason == "calculators" for sheet in unread):
        raise BrokenSnapshot("table_calculators")
    if not tables and any(sheet.reason == "measurements" for sheet in unread):
        raise BrokenSnapshot("table_measurements")
    if not tables:
        raise UnmappedTable(columns)
    return TableFile(kind, tuple(tables), tuple(unread), choices=choices)


def _check_heads(tables: list[Rows], unread: tuple[Column, ...], choices: ImportChoices) -> None:
    """Raise UsageError for a heading of the mapping that no table has."""
    every = [table.columns for table in tables] or [unread]
    for _, head in choices.mapping:
        if head and not any(_has(columns, head) for columns in every):
            named = dict.fromkeys(column.head for columns in every for column in columns)
            raise UsageError("map_head", heads=", ".join(named) or "—")


def _has(columns: Sequence[Column], head: str) -> bool:
    """True if a heading, or the number of a column as `#3`, is one of these columns."""
    is_place = any(head == f"#{column.place + 1}" for column in columns)
    return is_place or place_of(head, [column.head for column in columns]) is not None


def _is_ours(title: str, found: Rows) -> bool:
    """True if a sheet has the name of one that we never read back, and no more than a word of a table."""
    return _why(title, ()) in _OURS and sum(bool(column.role) for column in found.columns) < 2


def _measured(found: Rows) -> NotRead | None:
    """What a table of measured figures is, by all its headings: it would pass for one of KPIs."""
    heads = {head_key(column.head) for column in found.columns}
    for reason in _MEASURED:
        for each in LANGUAGES:
            if heads >= {head_key(words(each)(f"sheet.{column}")) for column in _OURS[reason]}:
                return reason
    return None


def _why(title: str, heads: Sequence[str]) -> NotRead:
    """Why a sheet with this title and these headings is not read."""
    for reason, columns in _OURS.items():
        if head_key(title) in (head_key(words(each)(f"sheet.{reason}")) for each in LANGUAGES):
            return reason
        known = [any(head_key(head) in head_ranks(column) for head in heads) for column in columns]
        if sum(known) * 4 >= len(columns) * 3:
            return reason
    return "no_heads" if heads else "empty"
