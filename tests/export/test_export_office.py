"""The workbook as LibreOffice opens it, cell for cell, and as it prints it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from expected_rows import expected_cards, expected_kpis, expected_stages, expected_tasks, number, plain
from lfroadmap.bidi.tables import without_marks
from lfroadmap.export import ExportContext, render
from lfroadmap.report.owner_table import COLUMNS as OWNERS
from lfroadmap.report.tables import COLUMNS, OVERVIEW
from lfroadmap.roadmap.import_words import read_mark
from lfroadmap.roadmap.links import address_of
from lfroadmap.roadmap.model import Card, Field, Kpi, Roadmap, Stage, Task
from lfroadmap.roadmap.owner_shares import OwnerShares
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import one_line
from lfroadmap.words import LANGUAGES, Language, words
from printed import first, pages
from reading import read_tables
from samples import TODAY, hostile, sample

OFFICE = shutil.which("soffice")
EARLY, LONG = "1900-02-28", "x" * 32_000
MORE = Stage(
    "more",
    "=1+1",
    (
        Card(
            "early",
            "  two  spaces  ",
            (Field("d", "date", "deadline", "D", EARLY), Field("g", "long", "goals", "G", LONG)),
            (
                Task("m1", "_x0041_", due=EARLY, owner="'quoted"),
                Task("m2", '=HYPERLINK("https://example.com")', True, "1900-03-01", "+1", "#REF!"),
                Task("m3", "12", False, "", "9999-12-31", "TRUE"),
                Task("m4", "שלום\n\nAPI 2", False, "31/12", "1.5", "@x"),
            ),
        ),
    ),
)
KPIS = tuple(Kpi(f"n{n}", "N", "", "5", "", typed, typed) for n, typed in enumerate(["-0.5", "1e3", "007"]))
COLUMNS_OF = {"overview": OVERVIEW, **COLUMNS, "owners": OWNERS}

pytestmark = [pytest.mark.proof, pytest.mark.skipif(OFFICE is None, reason="no LibreOffice here")]
each_language = pytest.mark.parametrize("language", LANGUAGES)


def roadmap(sort: str, language: Language) -> Roadmap:
    if sort == "sample":
        return sample(language)
    evil = hostile()
    return replace(evil, stages=(*evil.stages, MORE), kpis=(*evil.kpis, *KPIS))


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with each workbook as LibreOffice holds it, and as it prints it."""
    folder = tmp_path_factory.mktemp("office")
    for sort in ("sample", "hostile"):
        for language in LANGUAGES:
            snapshot = ExportContext(roadmap(sort, language), words(language), TODAY)
            (folder / f"{sort}-{language}.xlsx").write_bytes(render(snapshot, "xlsx"))
    for to, into in (("fods", folder), ("pdf", folder), ("xlsx", folder / "again")):
        convert(folder, to, into)
    return folder


def convert(folder: Path, to: str, into: Path) -> None:
    """Write all workbooks as files of another sort, in one start of the program."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [OFFICE or "", profile, "--headless", "--convert-to", to, "--outdir", str(into)]
    subprocess.run([*command, *map(str, folder.glob("*.xlsx"))], check=True, capture_output=True, timeout=240)


# ------------------------------------------------------------------ cell for cell


def sheets(path: Path) -> dict[str, list[list[object]]]:
    """The rows of each sheet, without what is empty below and beyond."""
    root = ElementTree.parse(path).getroot()
    return {sheet.get(tag("table:name"), ""): rows(sheet) for sheet in root.iter(tag("table:table"))}


def rows(sheet: ElementTree.Element) -> list[list[object]]:
    out = []
    for row in sheet.iter(tag("table:table-row")):
        cells: list[object] = []
        for cell in row:
            cells += [value(cell)] * min(int(cell.get(tag("table:number-columns-repeated"), 1)), 20)
        while cells and cells[-1] == "":
            cells.pop()
        out += [cells] * min(int(row.get(tag("table:number-rows-repeated"), 1)), 100)
    while out and not out[-1]:
        out.pop()
    return out


def value(cell: ElementTree.Element) -> object:
    """The value of a cell by its type; LibreOffice keeps a tick as a call of TRUE or FALSE."""
    ticks = {"of:=TRUE()": True, "of:=FALSE()": False, None: None}
    tick = ticks[cell.get(tag("table:formula"))]
    link = cell.find(f".//{tag('text:a')}")
    assert link is None or address_of("".join(letters(cell.findall(tag("text:p"))[0]))), "a link"
    shown = "\n".join("".join(letters(line)) for line in cell.findall(tag("text:p")))
    if tick is not None:
        assert shown == ("☑" if tick else "☐")
        return tick
    kind = cell.get(tag("office:value-type"), "")
    if kind == "date":
        return date.fromisoformat(cell.get(tag("office:date-value"), "")[:10])
    if kind in ("float", "percentage"):
        found = float(cell.get(tag("office:value"), ""))
        return ShareCell(found) if kind == "percentage" else found
    assert kind in ("string", "")
    return shown


class ShareCell(float):
    """A number that is shown in percents."""


def letters(line: ElementTree.Element) -> Iterator[str]:
    """The text of a line, in which runs of blanks are elements."""
    yield line.text or ""
    for part in line:
        if part.tag == tag("text:s"):
            yield " " * int(part.get(tag("text:c"), 1))
        else:
            yield from letters(part)
        yield part.tail or ""


def tag(name: str) -> str:
    space, _, local = name.partition(":")
    return f"{{urn:oasis:names:tc:opendocument:xmlns:{space}:1.0}}{local}"


def expected_sheets(found: Roadmap, language: Language) -> dict[str, list[list[object]]]:
    """Sheet -> the rows of its table, as the model has them."""
    kpis = [[*row[:3], *map(number, row[3:6]), *row[6:]] for row in expected_kpis(found, language)]
    tables = (
        expected_stages(found, language),
        expected_cards(found, language),
        expected_tasks(found, language),
        kpis,
        expected_owners(found, language),
    )
    names = [words(language)(f"sheet.{name}") for name in COLUMNS_OF]
    return {name: [stripped(plain(row)) for row in table] for name, table in zip(names, tables, strict=True)}


def expected_owners(found: Roadmap, language: Language) -> list[list[object]]:
    """What each person answers for, as the model has it."""
    people = OwnerShares()
    people.add(found, Labels(found.template, language), TODAY)
    return [
        [
            share.name or words(language)("report.nobody"),
            "\n".join(map(one_line, share.cards)),
            share.done,
            share.total,
            share.done / share.total if share.total else 0,
            *share.late_count,
            iso_day(share.first_day) or "",
            "\n".join(map(one_line, share.kpis)),
        ]
        for share in people.shares()
    ]


def stripped(cells: list[object]) -> list[object]:
    while cells and cells[-1] == "":
        cells = cells[:-1]
    return cells


def unmarked(line: list[object]) -> list[object]:
    """The cells without the marks that keep signs of numbers in place, with the digits that are kept."""
    marked = (without_marks(cell) if isinstance(cell, str) else cell for cell in line)
    return [round(cell, 12) if type(cell) in (float, ShareCell) else cell for cell in marked]  # type: ignore[call-overload]


@pytest.mark.parametrize("sort", ["sample", "hostile"])
@each_language
def test_libreoffice_holds_what_the_model_holds(opened: Path, language: Language, sort: str) -> None:
    found = sheets(opened / f"{sort}-{language}.fods")
    expected = expected_sheets(roadmap(sort, language), language)
    assert [*found] == [*expected]
    for (name, lines), columns in zip(found.items(), COLUMNS_OF.values(), strict=True):
        heads = [words(language)(f"sheet.{column}") for column in columns]
        body = lines[next(at for at, line in enumerate(lines) if line[: len(heads)] == heads) + 1 :]
        assert [*map(unmarked, body)] == [*map(unmarked, expected[name])]
        for line in body:
            for column, cell in zip(columns, line, strict=False):
                assert isinstance(cell, ShareCell) == (column in ("progress", "way") and cell != "")
                assert isinstance(cell, bool) == (column == "done")


@each_language
def test_the_hostile_title_is_the_text_over_the_stages(opened: Path, language: Language) -> None:
    top = next(iter(sheets(opened / f"hostile-{language}.fods").values()))
    assert top[0] == [one_line(Labels("", language).of(hostile()))]


@pytest.mark.parametrize("sort", ["sample", "hostile"])
@each_language
def test_what_libreoffice_saved_again_is_read_as_it_was(opened: Path, language: Language, sort: str) -> None:
    first_, again = (read(folder / f"{sort}-{language}.xlsx") for folder in (opened, opened / "again"))
    assert first_ == again


def read(path: Path) -> list[tuple[str, dict[str, object]]]:
    """The rows that an import takes from a workbook, ticks as what they say."""
    rows = [(table.table, dict(row.cells)) for table in read_tables(path).tables for row in table.rows]
    return [
        (table, cells | ({"done": read_mark(cells["done"])} if "done" in cells else {}))
        for table, cells in rows
    ]


# ------------------------------------------------------------------ on paper


@each_language
def test_columns_stand_on_paper_in_the_order_of_reading(opened: Path, language: Language) -> None:
    printed = pages(opened / f"sample-{language}.pdf")
    assert len(printed) == len(COLUMNS_OF)
    for page, columns in zip(printed, COLUMNS_OF.values(), strict=True):
        heads = [words(language)(f"sheet.{column}") for column in columns if column != "id"]
        line = first(heads[0], page).y
        places = [
            min(
                (each for each in page if each.text == head.split()[-1]), key=lambda each: abs(each.y - line)
            ).x
            for head in heads
            if [each.split()[-1] for each in heads].count(head.split()[-1]) == 1
        ]
        assert places == sorted(places, reverse=language == "he")
        assert words(language)("sheet.id") not in {each.text for each in page}


@each_language
def test_the_overview_reads_from_the_title_down(opened: Path, language: Language) -> None:
    page = pages(opened / f"sample-{language}.pdf")[0]
    texts, plan = words(language), sample(language)
    facts = ("report.as_of", "report.overall", "report.tasks", "sheet.late", "sheet.next", "sheet.stage")
    lines = [plan.title or "", *map(texts, facts)]
    heights = [first(line, page).y for line in lines]
    assert heights == sorted(set(heights))
    stages = [first((stage.title or "").split()[1], page, heights[-1]).y for stage in plan.stages]
    assert stages == sorted(set(stages))
    name, day = first(texts("report.as_of"), page), first(texts.day(TODAY), page)
    assert (name.x > day.x) == (language == "he") and abs(name.y - day.y) < 4


@each_language
def test_every_page_has_the_heads_and_its_number(opened: Path, language: Language) -> None:
    printed = pages(opened / f"hostile-{language}.pdf")
    names = [words(language)(f"sheet.{name}") for name in COLUMNS_OF]
    assert len(printed) > len(names)
    for number_, page in enumerate(printed, 1):
        if not page:  # behind rows that are as high as a page
            continue
        *_, foot = page
        last = [each.text for each in page if foot.y - each.y < 8]
        assert {str(number_), "/", str(len(printed))} <= set(last)
        sheet = next(at for at, name in enumerate(names) if name in last)
        columns = [*COLUMNS_OF.values()][sheet]
        head = words(language)(f"sheet.{next(column for column in columns if column != 'id')}")
        assert head in {each.text for each in page}
