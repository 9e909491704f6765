"""Tables of deals or stages for the pipeline calculator: CSV, workbooks and JSON lists of objects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import BinaryIO, NamedTuple

from lfroadmap.errors import BrokenSnapshot, RoadmapError, UsageError
from lfroadmap.imports.csv_reader import read_csv, table_too_long
from lfroadmap.imports.json_lists import cell_of, objects, parsed
from lfroadmap.imports.kinds import kind_of
from lfroadmap.imports.layout import HEADING_ROWS, place_of
from lfroadmap.imports.sheet import MAX_COLUMNS, MAX_ROWS, Sheet
from lfroadmap.imports.snapshot import open_source, read_bytes
from lfroadmap.imports.xlsx_reader import sheets
from lfroadmap.paths import for_display, typed_path
from lfroadmap.roadmap.calculators.deals import COLUMNS, Column, DealCells
from lfroadmap.roadmap.import_words import head_keys, head_ranks
from lfroadmap.roadmap.json_source import LIMIT
from lfroadmap.roadmap.table_file import ColumnMapping, ImportChoices
from lfroadmap.roadmap.table_rows import NumberCell, NumberedRow
from lfroadmap.text import match_key

_HEADS: dict[Column, str] = {
    "name": "deal_name", "stage": "deal_stage", "value": "deal_value", "probability": "probability",
    "days": "deal_days", "reached": "reached",
}  # fmt: skip
"""Column -> the key of the words that head it."""
_STATUS = "deal_status"
"""The key of the words that may head the stages of deals, and also the marks of tasks."""
_OF_DEALS: frozenset[Column] = frozenset(("value", "probability", "reached"))
"""Columns of which there must be one beside a stage that is headed by `_STATUS`."""
_QUANTITY = "deal_quantity"
"""The key of the words that may head numbers of deals, and also amounts of goods in each deal."""
_LEAST = 2
"""Known headings that a table must have, where none is named by a person."""
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")
_THREE_DECIMALS = re.compile(r"-?\d+\.\d{3}")
_TEXTS = ("csv", "text", "todo_txt", "mail")
"""Kinds of text that are read as a table: a short one is taken for something else."""
_NO_TABLES = ("snapshot", "roadmap", "zip", "trello", "taskwarrior", "xml", "binary")
"""Kinds of files whose own message is about importing them."""


class DealTable(NamedTuple):
    """The rows of a table, and what was read of it."""

    rows: tuple[DealCells, ...]
    heads: tuple[tuple[Column, str], ...]
    """The columns that are read, each with its heading."""
    ignored: tuple[str, ...]
    """Headings of the columns that are not read."""
    title: str = ""
    """The title of its sheet."""
    unread: tuple[str, ...] = ()
    """Titles of the other sheets, of which none is read."""
    rivals: tuple[str, ...] = ()
    """Titles of those among them that are tables of deals too."""


class _Found(NamedTuple):
    """The row of headings among the first rows."""

    at: int
    heads: tuple[str, ...]
    places: Mapping[Column, int]


def read_deals(
    path: str, piped: BinaryIO | None, mapping: ColumnMapping = (), refusal: str = "deals_file"
) -> DealTable:
    """The table in a file, or in what is piped.

    Raises RoadmapError, by its key `refusal`, with the file's name for one that cannot be read, and
    UsageError for a wrong mapping.
    """
    source = typed_path(path) if piped is None else piped
    try:
        with open_source(source) as file:
            return deals_in(read_bytes(file, LIMIT + 1), mapping)
    except BrokenSnapshot as error:
        shown = path if piped is not None else str(for_display(typed_path(path)))
        raise RoadmapError(refusal, path=shown, why=error) from error


def deals_in(data: bytes, mapping: ColumnMapping = ()) -> DealTable:
    """The table of deals in the bytes of a file; raises BrokenSnapshot and UsageError.

    Of several sheets it is the one with rows and most known columns, of these the first.
    """
    _check(mapping)
    if len(data) > LIMIT:
        raise BrokenSnapshot("table_large", limit=LIMIT >> 20)
    tables: list[DealTable] = []
    titles: list[str] = []
    others: list[list[NumberedRow]] = []
    for sheet in _sheets(data):
        first = list(islice(sheet.rows, HEADING_ROWS))
        found = None if sheet.is_hidden else _find(first, mapping)
        titles += [sheet.title] if first else []
        if found is None:
            others.append(first)
        else:
            tables.append(_table(sheet, first, found, mapping))
    if not tables:
        raise _no_deals(others, mapping)
    best = max(tables, key=lambda table: (bool(table.rows), len(table.heads)))
    titles.remove(best.title)
    rivals = tuple(table.title for table in tables if table is not best and table.rows)
    return best._replace(unread=tuple(filter(None, titles)), rivals=rivals)


def _no_deals(sheets: Sequence[Sequence[NumberedRow]], mapping: ColumnMapping) -> RoadmapError:
    """Why none of the sheets, by their first rows, is a table of deals."""
    heads = [head for first in sheets for head in _longest(first)]
    if mapping:
        return UsageError("map_head", heads=", ".join(heads) or "—")
    for first in sheets:
        for at, (_, cells) in enumerate(first):
            known = next(
                (head for cell in cells if _rank_of(head := str(cell).strip(), _HEADS["stage"]) is not None),
                "",
            )
            if known and not any(str(cell).strip() for _, below in first[at + 1 :] for cell in below):
                return BrokenSnapshot("deals_no_rows", stage=known)
            if known:
                return BrokenSnapshot("deals_one_head", stage=known, known=", ".join(COLUMNS))
    return BrokenSnapshot("deals_unknown", heads=", ".join(heads) or "—", known=", ".join(COLUMNS))


def _check(mapping: ColumnMapping) -> None:
    """Raise UsageError for a column that a table of deals does not have."""
    for role, _ in mapping:
        if role not in COLUMNS:
            raise UsageError("map_role", role=role, known=", ".join(COLUMNS))


def _sheets(data: bytes) -> Iterator[Sheet]:
    """The sheets in the bytes of a file; raises BrokenSnapshot for a kind without any."""
    if _JSON.match(data):
        yield _json_sheet(data)
        return
    kind = kind_of(data)
    if kind == "workbook":
        yield from sheets(data, MAX_COLUMNS)
    elif kind in _TEXTS:
        yield read_csv(data, ImportChoices()).sheet
    else:
        raise BrokenSnapshot("deals_no_table" if kind in _NO_TABLES else f"kind_{kind}")


def _json_sheet(data: bytes) -> Sheet:
    """A list of objects as a sheet, also as the one list in an object; raises BrokenSnapshot."""
    value = parsed(data)
    lists = [value] if isinstance(value, list) else [*value.values()] if isinstance(value, dict) else []
    rows = next((found for each in lists if (found := objects(each))), [])
    if not rows or (isinstance(value, dict) and "lfroadmap" in (value.get("format"), *value)):
        raise BrokenSnapshot("deals_no_table")
    heads = list(dict.fromkeys(key for row in rows for key in row))[:MAX_COLUMNS]
    cells = ((n, [_json_cell(row.get(head)) for head in heads]) for n, row in enumerate(rows, 1))
    return Sheet("", iter([(0, heads), *cells]), is_list=True)


def _json_cell(value: object) -> str:
    """A value as the text of a cell; of a number with decimals the point can be no thousands sign."""
    if not isinstance(value, float):
        return cell_of(value)
    digits = f"{Decimal(str(value)):f}"
    return f"{digits}0" if "." in digits else digits


def _find(rows: Sequence[NumberedRow], mapping: ColumnMapping) -> _Found | None:
    """The row with most known headings, of several the first; None where no row heads a table of deals."""
    best: _Found | None = None
    for at, (_, cells) in enumerate(rows):
        heads = tuple(" ".join(str(cell).split()) for cell in cells)
        places = _places(heads, mapping)
        if places is None or "stage" not in places or (not mapping and not _is_of_deals(heads, places)):
            continue
        if best is None or len(places) > len(best.places):
            best = _Found(at, heads, places)
    return best


def _is_of_deals(heads: tuple[str, ...], places: Mapping[Column, int]) -> bool:
    """True if the headings are surely those of deals, and not of tasks with their marks."""
    is_sure = heads[places["stage"]] and _rank_of(heads[places["stage"]], _HEADS["stage"]) is not None
    return len(places) >= _LEAST if is_sure else not _OF_DEALS.isdisjoint(places)


def _places(heads: tuple[str, ...], mapping: ColumnMapping) -> dict[Column, int] | None:
    """Column -> its place; None where a heading of the mapping is missing."""
    chosen = dict(mapping)
    places: dict[Column, int] = {}
    for column, head in chosen.items():
        place = place_of(head, heads) if head else None
        if head and place is None:
            return None
        if place is not None:
            places[_column(column)] = place
    for column in COLUMNS:
        ranked = [(rank, at) for at, head in enumerate(heads) if (rank := _rank(head, column)) is not None]
        free = [each for each in ranked if each[1] not in places.values()]
        if column not in chosen and free:
            places[column] = min(free)[1]
    return places


def _column(name: str) -> Column:
    return next(column for column in COLUMNS if column == name)


def _rank(head: str, column: Column) -> int | None:
    """How sure it is that a heading heads a column, 0 is the surest; None where it does not."""
    rank = _rank_of(head, _HEADS[column])
    if rank is None and column == "stage":
        rank = _rank_of(head, _STATUS)
        return None if rank is None else rank + len(head_ranks(_HEADS["stage"]))
    return rank


def _rank_of(head: str, key: str) -> int | None:
    ranks = head_ranks(key)
    return next((ranks[each] for each in head_keys(head[:60]) if each in ranks), None) if head else None


def _text(cell: object, column: Column) -> str:
    """The text of a cell, as a person would type it: no point of decimals looks like a thousands sign."""
    text = str(cell).strip()
    if not isinstance(cell, NumberCell):
        return text
    if _THREE_DECIMALS.fullmatch(text):
        text += "0"
    return f"{cell.currency} {text}" if cell.currency and column == "value" else text


def _table(sheet: Sheet, first: list[NumberedRow], found: _Found, mapping: ColumnMapping) -> DealTable:
    """The rows below the headings; raises BrokenSnapshot for too many."""
    rows: list[DealCells] = []
    for line, cells in (*first[found.at + 1 :], *islice(sheet.rows, MAX_ROWS + 1)):
        texts = {
            column: _text(cells[at], column) if at < len(cells) else "" for column, at in found.places.items()
        }
        if len(rows) >= MAX_ROWS:
            raise table_too_long()
        rows += [DealCells(line, **texts)] if any(texts.values()) else []
    if _counts_deals(rows, found, mapping):
        rows = [row._replace(name="", reached=row.name) for row in rows]
        places = {**found.places, "reached": found.places["name"]}
        found = found._replace(places={column: at for column, at in places.items() if column != "name"})
    elif _has_goods(rows, found, mapping):
        rows = [row._replace(reached="") for row in rows]
        found = found._replace(places={c: at for c, at in found.places.items() if c != "reached"})
    used = sorted(found.places.items(), key=lambda pair: pair[1])
    ignored = (head for at, head in enumerate(found.heads) if head and at not in found.places.values())
    heads = tuple((column, found.heads[at] or f"#{at + 1}") for column, at in used)
    return DealTable(tuple(rows), heads, tuple(ignored), sheet.title)


def _counts_deals(rows: Sequence[DealCells], found: _Found, mapping: ColumnMapping) -> bool:
    """True if a column `Deals`, which may name them or count them, has nothing but whole numbers."""
    if "name" not in found.places or {"name", "reached"} & ({*dict(mapping)} | {*found.places} - {"name"}):
        return False
    if _rank(found.heads[found.places["name"]], "reached") is None or _repeats(rows):
        return False
    return bool(rows) and all(row.name.replace(",", "").isdecimal() for row in rows)


def _has_goods(rows: Sequence[DealCells], found: _Found, mapping: ColumnMapping) -> bool:
    """True if numbers beside deals are amounts of goods, or the deals' own, and not deals in a stage."""
    if "reached" not in found.places or "reached" in dict(mapping):
        return False
    is_vague = _rank_of(found.heads[found.places["reached"]], _QUANTITY) is not None
    is_named = any(row.name for row in rows)
    return (is_vague and is_named) or ((is_vague or is_named) and _repeats(rows))


def _repeats(rows: Sequence[DealCells]) -> bool:
    """True if several rows name the same stage."""
    keys = [match_key(row.stage) for row in rows if row.stage]
    return len(keys) > len(set(keys))


def _longest(rows: Sequence[NumberedRow]) -> list[str]:
    """The cells of the row that is most likely one of headings."""
    filled = [[" ".join(str(cell).split()) for cell in cells if str(cell).strip()] for _, cells in rows]
    return max(filled, key=len, default=[])
