"""What Excel is strict about: a workbook that breaks one of these it calls damaged."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from xml.etree import ElementTree

import pytest
from openpyxl.utils import get_column_letter, range_boundaries

from expected_rows import any_roadmap
from lfroadmap.export import ExportContext, render
from lfroadmap.report.history_section import COLUMNS as HISTORY
from lfroadmap.report.owner_table import owner_table
from lfroadmap.report.tables import COLUMNS, OVERVIEW
from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.links import address_of
from lfroadmap.roadmap.model import Card, Field, Kpi, Roadmap, Stage, Task
from lfroadmap.words import LANGUAGES, Language, words
from lines import lived
from samples import EVIL, TODAY, hostile, sample

Parts = dict[str, ElementTree.Element]

SHAPES = {
    "sample": sample("en"),
    "hostile": hostile(),
    "empty": Roadmap("r", ""),
    "bare": Roadmap("r", "R", "", (Stage("s", "S", (Card("c", "C"),)), Stage("t", "S")), (Kpi("k", ""),)),
    "long": Roadmap(
        "r",
        "😀" * 40_000,
        stages=(Stage("s", "x" * 40_000, (Card("c", "\n" * 40_000, (Field("f", value="&" * 40_000),)),)),),
    ),
    "formulas": Roadmap(
        "r", "=1", stages=(Stage("=1", "=1", (Card("c", "@x", tasks=(Task("t", "=A1", owner="+1"),)),)),)
    ),
}

EVERY_EVIL = {
    language: lived(sample(language), [SetField("goals.owner", evil) for evil in EVIL], language)[1]
    for language in LANGUAGES
}

each_language = pytest.mark.parametrize("language", LANGUAGES)
each_shape = pytest.mark.parametrize("shape", SHAPES)


def parts(roadmap: Roadmap, language: Language) -> Parts:
    """The parts of a workbook with a history; raises where one is no XML."""
    snapshot = ExportContext(roadmap, words(language), TODAY, history=EVERY_EVIL[language])
    with zipfile.ZipFile(io.BytesIO(render(snapshot, "xlsx"))) as archive:
        assert archive.testzip() is None
        assert len(set(archive.namelist())) == len(archive.namelist())
        return {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}


def texts(found: Parts) -> list[str]:
    return ["".join(string.itertext()) for string in found["xl/sharedStrings.xml"]]


def cells(sheet: ElementTree.Element, strings: list[str]) -> dict[str, str | None]:
    """Place -> what the cell holds, a text as it is."""
    out = {}
    for cell in sheet.iterfind(".//{*}c"):
        value = cell.findtext("{*}v")
        out[cell.attrib["r"]] = strings[int(value or "")] if cell.get("t") == "s" else value
    return out


def well_made(roadmap: Roadmap, language: Language) -> None:
    found = parts(roadmap, language)
    related(found)
    typed(found)
    has_owners = owner_table(roadmap, words(language), TODAY) is not None
    has_calculators = any(card.calculators for stage in roadmap.stages for card in stage.cards)
    tables(found, 5 + has_calculators + has_owners)
    for name, sheet in found.items():
        if name.startswith("xl/worksheets/sheet"):
            ordered(sheet)
            styled(found, sheet)
            ruled(sheet)


def related(found: Parts) -> None:
    """Each relation has its own id and leads to a part, and each part but the first is led to."""
    reached = set()
    for name, part in found.items():
        if name.endswith(".rels"):
            home = posixpath.dirname(posixpath.dirname(name))
            ids = [relation.attrib["Id"] for relation in part]
            assert len(set(ids)) == len(ids)
            outside = [r for r in part if "TargetMode" in r.attrib]
            assert all(r.attrib["Type"].endswith("/hyperlink") for r in outside), "links alone"
            assert all(address_of(r.attrib["Target"]) for r in outside)
            reached |= {
                posixpath.normpath(posixpath.join(home, r.attrib["Target"].lstrip("/")))
                for r in part
                if r not in outside
            }
    assert reached == {name for name in found if not name.endswith(".rels")} - {"[Content_Types].xml"}


def typed(found: Parts) -> None:
    """Each part has a content type, by name or by the end of its name."""
    types = found["[Content_Types].xml"]
    named = {kind.attrib["PartName"].lstrip("/") for kind in types.iterfind("{*}Override")}
    ends = {kind.attrib["Extension"] for kind in types.iterfind("{*}Default")}
    assert named <= set(found)
    assert {n for n in found if n not in named and n.rpartition(".")[2] not in ends} <= {
        "[Content_Types].xml"
    }


def tables(found: Parts, count: int) -> None:
    """Tables have ids, names and heads of their own, a row at least, and heads as in the sheet."""
    strings = texts(found)
    made = [(n, part) for n, part in sorted(found.items()) if n.startswith("xl/tables/")]
    assert len(made) == count
    assert len({table.attrib["id"] for _, table in made}) == count
    names = [table.attrib["displayName"] for _, table in made]
    assert all(re.fullmatch(r"[A-Za-z_]\w{3,254}", name, re.ASCII) for name in names)
    assert not [name for name in names if re.fullmatch(r"[A-Za-z]{1,3}\d+|[RrCc]", name)]
    defined = [d.attrib["name"] for d in found["xl/workbook.xml"].iterfind(".//{*}definedName")]
    assert len({name.lower() for name in (*names, *(set(defined) - {"_xlnm.Print_Area"}))}) == count + 1
    for at, (_, table) in enumerate(made, 1):
        left, top, right, bottom = range_boundaries(table.attrib["ref"])
        heads = [column.attrib["name"] for column in table.iterfind(".//{*}tableColumn")]
        ids = [column.attrib["id"] for column in table.iterfind(".//{*}tableColumn")]
        assert bottom > top and right - left + 1 == len(heads)
        assert table.find("{*}autoFilter").attrib["ref"] == table.attrib["ref"]  # type: ignore[union-attr]
        assert ids == [str(n) for n in range(1, len(heads) + 1)]
        assert len({head.lower() for head in heads}) == len(heads)
        values = cells(found[f"xl/worksheets/sheet{at}.xml"], strings)
        assert heads == [values[f"{get_column_letter(c)}{top}"] for c in range(left, right + 1)]


def ordered(sheet: ElementTree.Element) -> None:
    """Rows and cells stand in their order, each once, and a row is no higher than Excel takes."""
    rows = [int(row.attrib["r"]) for row in sheet.iterfind(".//{*}row")]
    assert rows == sorted(set(rows))
    for row in sheet.iterfind(".//{*}row"):
        places = [range_boundaries(cell.attrib["r"])[:2] for cell in row]
        assert places == sorted(set(places)) and {line for _, line in places} == {int(row.attrib["r"])}
        assert 0 < float(row.get("ht", 15)) <= 409.5


def styled(found: Parts, sheet: ElementTree.Element) -> None:
    """No cell asks for a format that is not there, and none holds more than Excel takes."""
    formats = len(found["xl/styles.xml"].findall("{*}cellXfs/{*}xf"))
    assert max(int(cell.get("s", 0)) for cell in sheet.iterfind(".//{*}c")) < formats
    assert {cell.get("t") for cell in sheet.iterfind(".//{*}c")} <= {None, "s", "b"}
    assert max(len(text.encode("utf-16-le")) // 2 for text in texts(found)) <= 32_767
    assert {end.text for end in sheet.iterfind(".//{*}f")} <= {"0", "1"}, "only the ends of data bars"


def ruled(sheet: ElementTree.Element) -> None:
    """Rules of a sheet have priorities of their own, and both halves of a data bar stand in one place."""
    rules = sheet.findall("{*}conditionalFormatting/{*}cfRule")
    priorities = [rule.attrib["priority"] for rule in rules]
    assert len(set(priorities)) == len(priorities)
    rows = {int(row.attrib["r"]) for row in sheet.iterfind(".//{*}row")}
    old, new = {}, {}
    for place in sheet.iterfind("{*}conditionalFormatting"):
        _, top, _, bottom = range_boundaries(place.attrib["sqref"])
        assert set(range(top, bottom + 1)) <= rows
        old |= {id_.text: place.attrib["sqref"] for id_ in place.iterfind(".//{*}ext/{*}id")}
    for place in sheet.iterfind(".//{*}conditionalFormattings/{*}conditionalFormatting"):
        new |= {rule.attrib["id"]: place.findtext("{*}sqref") for rule in place.iterfind("{*}cfRule")}
    assert old == new


@each_shape
@each_language
@pytest.mark.quick_cases(3)
def test_it_is_well_made(shape: str, language: Language) -> None:
    well_made(SHAPES[shape], language)


@any_roadmap
def test_any_roadmap_makes_a_workbook_that_is_well_made(roadmap: Roadmap, language: Language) -> None:
    well_made(roadmap, language)


@each_language
def test_names_of_sheets_are_names_that_excel_takes(language: Language) -> None:
    sheets = parts(Roadmap("r", "R"), language)["xl/workbook.xml"].findall(".//{*}sheet")
    names = [sheet.attrib["name"] for sheet in sheets]
    assert len({name.lower() for name in names}) == len({sheet.attrib["sheetId"] for sheet in sheets}) == 5
    assert all(0 < len(name) <= 31 for name in names)
    assert not [name for name in names if re.search(r"[\[\]:*?/\\]|^'|'$", name)]
    assert "history" not in {name.lower() for name in names}, "Excel keeps that name to itself"


@each_language
def test_no_two_heads_of_a_table_are_alike(language: Language) -> None:
    for columns in (OVERVIEW, HISTORY, *COLUMNS.values()):
        heads = [words(language)(f"sheet.{column}").casefold() for column in columns]
        assert len(set(heads)) == len(heads)
