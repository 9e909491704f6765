"""Nothing that was typed becomes a formula, whichever sign a sheet takes for the end of a cell."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import warnings
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from examples import examples
from lfroadmap.export import ExportContext, render
from lfroadmap.export.csv import sheet
from lfroadmap.export.export_progress import ExportProgress
from lfroadmap.export.markdown import typed
from lfroadmap.report.formulas import guard, guard_lines, guard_markdown, is_formula, unguard
from lfroadmap.report.tables import COLUMNS, Table
from lfroadmap.roadmap.model import Card, Kpi, Roadmap, Stage, Task
from lfroadmap.roadmap.table_import import import_tables
from lfroadmap.roadmap.table_rows import joined_lines
from lfroadmap.text import clean
from lfroadmap.words import words
from reading import read_tables
from samples import TODAY

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
SIGNS = "=+-@＝＋－＠"
NUMBER = re.compile(r"[+-]?\d[\d,.]*%?")
CASES = [
    "a;=20+22;b",
    "a,=20+22,b",
    "a|=20+22|b",
    "a\n=20+22\nb",
    "a;+20+22",
    "a;-20+22",
    "a;@SUM(A1)",
    "a;＝1",
    "=1;=2",
    "a; =20+22",
    'a;"=20+22"',
    "a;'=20+22",
    'x,y;"=20+22',
    ';"";=20+22',
    "=20+22",
    '"=20+22"',
    '=HYPERLINK("https://example.com";"x")',
    "=cmd|'/c calc'!A0",
    "'=1",
    "''=1;'=2",
    "- one\n- two",
    "-5",
    "+20%",
    "-1,-2",
    "1;-2",
    "growth, +20%",
    "it's; 'quoted' – fine",
    "\u00a0=1",
]
texts = st.sampled_from(CASES) | st.text() | st.text(f"{SIGNS},;|\t\r\n'\" \u00a0a1%", max_size=12)


def calculates(cell: str) -> bool:
    """Whether a sheet might take a cell for a formula, as it is or without the spaces around it."""
    bare = [cell, cell.strip(" \u00a0")]
    return any(each[:1] and each[0] in SIGNS and not NUMBER.fullmatch(each) for each in bare)


def table(*rows: tuple[str, ...]) -> bytes:
    """A table of tasks as CSV, each row an id, a task and an owner."""
    cells = tuple((one, "S", "C", two, False, "", "", "", three) for one, two, three in rows)
    return sheet(Table("tasks", COLUMNS["tasks"], cells), words("en"), ExportProgress())


def cells(data: bytes, **how: object) -> list[str]:
    """All cells of a CSV file, as Python reads it in some way."""
    lines = io.StringIO(data.decode("utf-8-sig"), newline="")
    return [cell for row in csv.reader(lines, **how) for cell in row]  # type: ignore[arg-type]


# ------------------------------------------------------------------ the guard


@settings(deadline=None)
@given(texts, st.booleans())
def test_a_guarded_text_comes_back_and_no_part_of_it_is_a_formula(text: str, is_first: bool) -> None:
    guarded = guard(text, is_first=is_first)
    assert unguard(guarded) == text
    for separator in (*SEPARATORS.values(), "\n", "\r"):
        head, *parts = guarded.split(separator)
        assert not calculates(head)
        for part in parts:
            assert not re.match(rf"[\s\"]*[{re.escape(SIGNS)}]", part)
    assert not guarded.startswith(("\t", "\r"))


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("a;=20+22;b", "a;'=20+22;b"),
        ("=1|=2", "'=1|'=2"),
        ("growth, +20%", "growth,' +20%"),
        ("+20%", "+20%"),
        ("+20% a quarter", "'+20% a quarter"),
        ("a-b; c=d; e@f", "a-b; c=d; e@f"),
        ("it's 'fine'", "it's 'fine'"),
    ],
)
def test_an_apostrophe_stands_before_what_would_calculate_and_nowhere_else(text: str, guarded: str) -> None:
    assert guard(text) == guarded


def test_older_exports_are_read_which_guard_the_start_only() -> None:
    assert unguard("'=1;=2") == "=1;=2"
    assert unguard("'=1;'=2;=3") == "=1;'=2;=3"
    assert unguard("a;'=1;=2") == "a;'=1;=2", "not ours: it stays as it is"


# ------------------------------------------------------------------ CSV, read in any way


@examples(200)
@given(st.lists(st.tuples(texts.filter(lambda text: bool(clean(text).strip())), texts, texts), max_size=3))
@example([(text, text, text) for text in CASES])
def test_no_cell_is_a_formula_however_the_file_is_read_and_every_text_comes_back(
    rows: list[tuple[str, str, str]],
) -> None:
    data = table(*rows)
    for separator in SEPARATORS.values():
        for how in (
            {},
            {"skipinitialspace": True},
            {"quoting": csv.QUOTE_NONE},
            {"doublequote": False, "escapechar": "\\"},
        ):
            assert [cell for cell in cells(data, delimiter=separator, **how) if calculates(cell)] == []
    found = [row.cells for table in read_tables(data).tables for row in table.rows]
    assert [(row["id"], row["task"], row["owner"]) for row in found] == [
        tuple(joined_lines(clean(cell)) for cell in row) for row in rows
    ]


def roadmap(*tasks: str) -> Roadmap:
    those = tuple(Task(f"t{n}", text, owner=text) for n, text in enumerate(tasks))
    kpis = tuple(Kpi(f"k{n}", text, text, target=text, unit=text) for n, text in enumerate(tasks))
    return Roadmap("r", "R", "", (Stage("s", "S", (Card("c", "C", tasks=those),)),), kpis)


@pytest.mark.parametrize("name", ["csv", "csv-kpis"])
def test_what_is_imported_again_changes_nothing_and_makes_the_very_text(name: str) -> None:
    plan = roadmap(*CASES)
    tables = read_tables(render(ExportContext(plan, words("en"), TODAY), name)).tables
    assert {step.outcome for step in import_tables(plan, tables, "en", TODAY, lambda: "new").rows} == {"same"}
    ids = iter(f"new{n}" for n in range(len(CASES)))
    empty = roadmap()
    made = import_tables(empty, tables, "en", date(2026, 3, 15), lambda: next(ids)).edit.on(empty)
    nodes = made.stages[0].cards[0].tasks if name == "csv" else made.kpis
    texts = [node.text if isinstance(node, Task) else node.measure for node in nodes]
    assert texts == [joined_lines(text) for text in CASES]


# ------------------------------------------------------------------ CSV, opened by a sheet

OFFICE = shutil.which("soffice")
IMPORT = "Text - txt - csv (StarCalc):{signs},34,76,1,,0,false,true,false,false,{trim},0,true"
"""How LibreOffice takes a CSV file apart; the last asks it to calculate what begins with a sign."""
OF_TABLES = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"


def opened(paths: list[Path], separators: str, to: str) -> None:
    """Have LibreOffice open CSV files and write them as files of another sort, in one start of it."""
    folder = paths[0].parent
    profile = f"-env:UserInstallation={(folder.parent / 'profile').as_uri()}"
    signs = "/".join(str(ord(sign)) for sign in separators)
    how = f"--infilter={IMPORT.format(signs=signs, trim=str(len(separators) > 1).lower())}"
    command = [OFFICE or "", profile, "--headless", how, "--convert-to", to, "--outdir", str(folder / to)]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=240)


def formulas(path: Path) -> list[str]:
    key = f"{{{OF_TABLES}}}formula"
    return [cell.attrib[key] for cell in ElementTree.parse(path).iter() if key in cell.attrib]


@pytest.mark.proof
@pytest.mark.skipif(OFFICE is None, reason="no LibreOffice here")
@pytest.mark.parametrize(
    "separators", [*SEPARATORS.values(), "".join(SEPARATORS.values())], ids=[*SEPARATORS, "all"]
)
def test_libreoffice_calculates_nothing_and_its_own_file_reads_as_it_was(
    tmp_path: Path, separators: str
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    plain = [text for text in CASES if not NUMBER.fullmatch(text)]  # numbers it writes in its own way
    rows = [(f"t{n}{text}", text, text) for n, text in enumerate(plain)]
    guarded, bare = folder / "guarded.csv", folder / "bare.csv"
    guarded.write_bytes(table(*rows))
    bare.write_text(f"id{separators[0]}task\n1{separators[0]}=20+22\n", "utf-8")
    opened([guarded, bare], separators, "fods")
    assert formulas(folder / "fods" / "bare.fods"), "it was asked to calculate"
    assert formulas(folder / "fods" / "guarded.fods") == []
    if separators == ",":
        opened([guarded], separators, "csv")
        first, again = (
            [dict(row.cells) for one in read_tables(path).tables for row in one.rows]
            for path in (guarded, folder / "csv" / "guarded.csv")
        )
        assert again == first
        assert [row["task"] for row in again] == list(map(joined_lines, plain))


# ------------------------------------------------------------------ Markdown, workbooks, pasted lines


@settings(deadline=None)
@given(texts)
def test_a_cell_of_markdown_is_no_formula_and_shows_what_was_typed(text: str) -> None:
    shown = typed(text)
    guarded = guard_markdown(shown)
    for separator in SEPARATORS.values():
        assert not any(calculates(part.strip()) for part in f"| {guarded} |".split(separator))
    assert rendered(guarded) == rendered(shown)


def rendered(cell: str) -> str:
    """What a reader of Markdown makes of a table with one cell."""
    return MarkdownIt("commonmark").enable("table").render(f"| head |\n| --- |\n| {cell} |\n")


def test_the_tables_of_a_markdown_file_are_guarded() -> None:
    document = render(ExportContext(roadmap("a;=20+22;b", "=1+1"), words("en"), TODAY), "md").decode()
    rows = [line for line in document.splitlines() if line.startswith("|") and "---" not in line]
    assert any("\\=1" in row for row in rows) and any(";\\=20" in row for row in rows)
    for separator in SEPARATORS.values():
        assert not any(calculates(part.strip()) for row in rows for part in row.split(separator))


def test_a_text_of_a_workbook_stays_one_when_its_cell_is_edited() -> None:
    plan = roadmap("=1+1", "@x", "-5", "+20%", "plain")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # checkboxes are unknown to the reader
        book = openpyxl.load_workbook(io.BytesIO(render(ExportContext(plan, words("en"), TODAY), "xlsx")))
    quoted = {cell.value: bool(cell.quotePrefix) for row in book["Tasks"].rows for cell in row}
    assert {text: quoted[text] for text in ("=1+1", "@x", "-5", "+20%", "plain")} == {
        "=1+1": True, "@x": True, "-5": False, "+20%": False, "plain": False,
    }  # fmt: skip
    assert {cell.data_type for row in book["Tasks"].rows for cell in row if cell.value == "=1+1"} == {"s"}


@settings(deadline=None)
@given(texts)
def test_no_pasted_line_is_a_formula(text: str) -> None:
    lines = guard_lines(text).split("\n")
    assert not any(is_formula(line) and line[0] in SIGNS for line in lines)
    assert "\n".join(line[1:] if line[:1] == " " else line for line in lines) == "\n".join(
        line[1:] if line[:1] == " " else line for line in text.split("\n")
    )
