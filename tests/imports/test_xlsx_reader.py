"""Workbooks of all makes, read as the library reads them that is made for it."""

from __future__ import annotations

import io
import random
import warnings
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from bombs import MAIN, Part, relations, workbook, zipped
from damage import damaged
from lfroadmap.errors import BrokenSnapshot
from lfroadmap.imports.xlsx_reader import sheets
from lfroadmap.roadmap.table_rows import NumberedRow
from reading import read_tables

COLUMNS = 100
FORMATS = (
    "General", "0.00", "0%", "@", "yyyy-mm-dd", "dd/mm/yy", '"day" 0', "[Red]0.0", "[$-40D]d mmmm yyyy",
    "h:mm",
    "mm:ss.0", "[h]:mm:ss", "[mm]", '0 "days"', r"0\d", "_d0", "# ??/??", "0.00E+00", "m/d/yy h:mm",
    "m/d/yy h:mm", "0;yyyy",
    "0;yyyy",
)  # fmt: skip
NUMBERS = (0, 1, -1, 12, 59, 60, 61, 45_000, 45_000.5, 45_000.9999999999, 0.25, 0.3 - 0.1, 1e-7, -2.5)


def read(data: bytes) -> dict[str, list[NumberedRow]]:
    return {sheet.title: list(sheet.rows) for sheet in sheets(data, COLUMNS)}


def typed(value: object) -> str:
    """A value of the other library as a person would type it."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def shown(cell: Cell | MergedCell) -> str:
    """The text of a cell of the other library; a percentage as the sheet shows it, not rounded."""
    if isinstance(cell.value, int | float) and cell.number_format == "0%":
        return f"{round(cell.value * 100, 9):.15g}%"
    return typed(cell.value)


def expected(data: bytes) -> dict[str, list[NumberedRow]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that it does not know
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    found: dict[str, list[NumberedRow]] = {}
    for sheet in book.worksheets:
        rows = ((row[0].row, [shown(cell) for cell in row]) for row in sheet.iter_rows() if row)
        found[sheet.title] = [(number, trimmed(cells)) for number, cells in rows if any(cells)]
    return found


def trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def every_format(mac: bool = False) -> bytes:
    """Every number in every format, and values of every sort."""
    book = openpyxl.Workbook()
    if mac:
        book.epoch = CALENDAR_MAC_1904
    for row, code in enumerate(FORMATS, 1):
        for column, number in enumerate(NUMBERS, 1):
            book.active.cell(row, column, number).number_format = code
    more = book.create_sheet("שונות & <more>")
    more.append([])
    more.append([None, "x", True, False, "#N/A", "=1+1", "  two  blanks ", "line\nline", "שלום API 2", "😀"])
    more.append([date(2026, 3, 31), datetime(2026, 3, 31, 23, 59), time(12, 30), timedelta(hours=36), ""])
    more["C9"] = CellRichText("plain ", TextBlock(InlineFont(b=True), "bold"), " end")
    more["CV12"] = "last"
    more["CW12"] = "too far"
    more.merge_cells("A20:C22")
    more["A20"] = "merged"
    book.create_sheet("empty")
    chart = BarChart()
    chart.add_data(Reference(more, min_col=1, min_row=1, max_row=3))
    book.create_chartsheet("chart").add_chart(chart)
    return saved(book)


@pytest.mark.parametrize("mac", [False, True])
def test_every_value_in_every_format_is_read_as_the_library_reads_it(mac: bool) -> None:
    here, there = read(every_format(mac)), expected(every_format(mac))
    assert here.keys() == there.keys()
    assert here["Sheet"] == there["Sheet"]
    assert [line for line in here["שונות & <more>"] if line[0] != 12] == [
        line for line in there["שונות & <more>"] if line[0] != 12
    ]
    assert (12, [*[""] * 99, "last"]) in here["שונות & <more>"]


def test_the_first_days_of_1900_are_those_that_excel_shows() -> None:
    book = openpyxl.Workbook()
    for number in (1, 59, 60, 61):
        book.active.append([number])
        book.active.cell(book.active.max_row, 1).number_format = "yyyy-mm-dd"
    days = [cells[0] for _, cells in read(saved(book))["Sheet"]]
    assert days == ["1900-01-01", "1900-02-28", "1900-02-28", "1900-03-01"]


def sheet(rows: str, **parts: Part | bytes) -> list[NumberedRow]:
    """The rows of a workbook whose sheet has this inside."""
    whole = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData><c><v>5</v></c></worksheet>'
    return read(zipped(workbook(**({"sheet": whole.encode()} | parts))))["S"]


def test_rows_and_cells_without_names_are_counted() -> None:
    rows = (
        '<row><c><v>1</v></c><c r="C1"><v>2</v></c><c><v>3</v></c></row><row r="5"/>'
        '<row><c r="B6"><v>4</v></c></row><row r="1048576"><c r="A1048576"><v>5</v></c></row>'
    )
    assert sheet(rows) == [(1, ["1", "", "2", "3"]), (6, ["", "4"]), (1_048_576, ["5"])]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c t="s"><v>0</v></c>', "task"),
        ('<c t="s"><v>7</v></c>', ""),
        ('<c t="s"><v>-1</v></c>', ""),
        ('<c t="str"><f>A1&amp;"x"</f><v>a&lt;b</v></c>', "a<b"),
        ('<c t="e"><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c t="d"><v>2026-03-31T00:00:00</v></c>', "2026-03-31"),
        ('<c t="d"><v>someday</v></c>', "someday"),
        ('<c t="b"><v>1</v></c>', "TRUE"),
        ('<c t="inlineStr"><is><r><t>a</t></r><rPh><t>no</t></rPh><r><t> b</t></r></is></c>', "a b"),
        ('<c t="str"><v>_x0041_ _x005F_x0041_ _xD83D_ a_x000B_b</v></c>', "A _x0041_ _xD83D_ a\vb"),
        ("<c><v><![CDATA[12]]></v></c>", "12"),
        ("<c><v>007</v></c>", "7"),
        ("<c><v>1" + "0" * 400 + "</v></c>", "1" + "0" * 400),
        ("<c><v>123456789012345678</v></c>", "123456789012345678"),
        ("<c><v>1E20</v></c>", "1e+20"),
        ("<c><v>NaN</v></c>", "NaN"),
        ('<c s="99"><v>45000</v></c>', "45000"),
        ('<c s="-1"><v>45000</v></c>', "45000"),
        ("<c><v/></c>", ""),
    ],
)  # fmt: skip
def test_a_cell_of_any_sort(cell: str, text: str) -> None:
    found = sheet(f"<row>{cell}</row>")
    assert (found[0][1][0] if found else "") == text


def test_a_workbook_of_another_make_is_found() -> None:
    """Prefixes, strict names, parts elsewhere, in other letters, with absolute names."""
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    parts = {
        "_rels/.rels": relations(("officeDocument", "/XL/workbook2.xml")),
        "xl/Workbook2.xml": f'<x:workbook xmlns:x="{strict}" xmlns:q="q"><x:sheets>'
        '<x:sheet name="S" q:id="r2"/><x:sheet name="gone" q:id="r9"/></x:sheets></x:workbook>'.encode(),
        "xl/_rels/workbook2.xml.rels": relations(
            ("sharedStrings", "/xl/texts.xml"), ("worksheet", "../s.xml")
        ),
        "xl/texts.xml": f'<x:sst xmlns:x="{strict}"><x:si><x:t>task</x:t></x:si></x:sst>'.encode("utf-16"),
        "s.xml": f'<x:worksheet xmlns:x="{strict}"><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c>'
        '</x:row><x:row r="2"><x:c><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>'.encode(),
    }  # fmt: skip
    (table,) = read_tables(zipped(parts)).tables
    assert [dict(row.cells) for row in table.rows] == [{"task": "5"}]


def test_a_sheet_that_is_no_table_is_left_at_its_tenth_row() -> None:
    """Behind them comes what would be refused."""
    rows = "<row><c><v>1</v></c></row>" * 10 + '<row><c t="inlineStr"><is><t>' + "x" * 1_100_000
    begin = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}'.encode()
    book = workbook(sheet=begin)
    with pytest.raises(BrokenSnapshot) as caught:
        read_tables(zipped(book))
    assert getattr(caught.value.facts["why"], "key", "") == "table_unknown"


@pytest.mark.proof
def test_any_damage_is_refused_with_words_or_read() -> None:
    chance = random.Random(9)
    whole = every_format()
    with zipfile.ZipFile(io.BytesIO(whole)) as parts:
        files = {part.filename: parts.read(part) for part in parts.infolist()}
    outcomes = set()
    for n in range(300):
        name = chance.choice([*files])
        data = (
            damaged(whole, chance, n % 100)
            if n % 2
            else zipped(files | {name: damaged(files[name], chance, n)})
        )
        try:
            outcomes.add(bool(read(data)))
        except BrokenSnapshot as error:
            outcomes.add(error.key)
    assert {True, "table_workbook"} <= outcomes
