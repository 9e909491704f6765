"""Measured flows in every export: one and the same figure, in the words and cells of each.

After a change that is meant, `LFROADMAP_GOLDEN=write pytest tests/export/test_export_flows.py` writes the
files again; look at the difference before it is kept.
"""

from __future__ import annotations

import csv
import io
import warnings
from dataclasses import replace
from datetime import datetime
from math import isclose
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from test_export_golden import golden_bytes

from examples import examples
from lfroadmap.errors import BrokenSnapshot
from lfroadmap.export import ExportContext, render
from lfroadmap.imports.snapshot import read
from lfroadmap.imports.tables import tables_in
from lfroadmap.report.flows.figures import HEADLINE, format_counts, format_figure
from lfroadmap.report.flows.flows_report import flows_report
from lfroadmap.report.nodes import Grid, Section
from lfroadmap.report.report import report
from lfroadmap.roadmap.flow_figures import Figure, FlowFigures, read_figures
from lfroadmap.roadmap.measurements import in_order
from lfroadmap.roadmap.model import Measurement, Roadmap
from lfroadmap.roadmap.table_file import ImportChoices
from lfroadmap.text import clean
from lfroadmap.words import LANGUAGES, Language, words
from measured import figures, measured, measurement
from pages import tree
from samples import TODAY, sample

GOLDEN = Path(__file__).parent / "golden"
ENTRY = ("entries", "new", "reentries", "share")
each_language = pytest.mark.parametrize("language", LANGUAGES)


def rendered(roadmap: Roadmap, language: Language, name: str) -> bytes:
    return render(ExportContext(roadmap, words(language), TODAY), name)


def sheet(roadmap: Roadmap, language: Language, name: str) -> Worksheet:
    """A sheet of the workbook by the name of its table."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of bars behind figures, which openpyxl does not know
        book = openpyxl.load_workbook(io.BytesIO(rendered(roadmap, language, "xlsx")))
    (found,) = (each for each in book.worksheets if name in each.tables)
    return found


def rows(found: Worksheet) -> list[tuple[object, ...]]:
    return [tuple(cell.value for cell in row) for row in found.iter_rows(min_row=2)]


@each_language
@pytest.mark.parametrize(("name", "suffix"), [("md", ".md"), ("csv-measurements", "-measurements.csv")])
def test_the_bytes_are_those_that_were_looked_at(language: Language, name: str, suffix: str) -> None:
    data = rendered(measured(language), language, name)
    assert data == golden_bytes(GOLDEN / f"measured.{language}{suffix}", data)


@each_language
@pytest.mark.quick_cases(1)
def test_the_workbook_has_figures_as_numbers_and_days_as_days(language: Language) -> None:
    roadmap, texts = measured(language, channel="=cmd", segment="@a=+1"), words(language)
    found = sheet(roadmap, language, "Flows")
    assert found.title == texts("sheet.flows")
    by_id = {row[0]: row[1:] for row in rows(found)}
    assert by_id["return_rate"][1:] == (
        pytest.approx(70 / 190), pytest.approx(70 / 165), 70, 190, texts("flow_figures.unit_share"),
        datetime(2026, 3, 10), "=cmd", "@a=+1", None,
    )  # fmt: skip
    assert by_id["cac"][5] == "₪"
    assert by_id["cross_sell_rate"][1:4] == (texts("flow_figures.undefined"), None, 0)
    assert found.cell(2, 3).number_format == "0.00%"
    heads = [cell.value for cell in next(found.iter_rows(max_row=1))]
    assert heads[8:] == [texts(f"sheet.{name}") for name in ("channel", "segment", "since")]
    assert sheet(measured(language), language, "Flows").max_column == 8
    dated = sheet(roadmap, language, "Measurements")
    assert dated.title == texts("sheet.measurements")
    assert {row[1] for row in rows(dated)} == {datetime(2026, 2, 10), datetime(2026, 3, 10)}
    assert {row[8:10] for row in rows(dated)} == {("=cmd", "@a=+1")}
    every = [cell for found in (found, dated) for row in found.iter_rows() for cell in row]
    assert [cell.coordinate for cell in every if cell.data_type == "f"] == []


@each_language
def test_the_workbook_has_the_lists_of_the_report_with_the_numbers_of_json(language: Language) -> None:
    roadmap, texts = measured(language), words(language)
    kept = figures_of(roadmap)
    found = sheet(roadmap, language, "FlowLists")
    assert found.title == texts("sheet.flow_lists")
    cells = rows(found)
    shown = {section.id.removeprefix("flows-") for section in sections_of(roadmap, language)}
    with_rows = {"headline", "trends"} | {
        each if each != "funnel" else "stage_conversion_any" for each in shown
    }
    assert {str(row[0]) for row in cells} >= {id for id in with_rows if id in kept.lists}
    blog = [row for row in cells if row[0] == "entry_points" and "blog" in str(row[2])]
    (first,) = [row for row in kept.lists["entry_points"] if row["channel"] == "blog"]  # type: ignore[index]
    assert [row[4] for row in blog] == [pytest.approx(first[name]) for name in ENTRY]  # type: ignore[index]
    assert {row[5] for row in cells} == {datetime(2026, 3, 10)}
    assert not [cell for row in found.iter_rows() for cell in row if cell.data_type == "f"]


@each_language
def test_csv_has_no_formula_either(language: Language) -> None:
    text = rendered(measured(language, channel="=cmd"), language, "csv-measurements").decode("utf-8-sig")
    _, *found = csv.reader(io.StringIO(text))
    assert {row[8] for row in found} == {"'=cmd"}


@each_language
def test_without_measurements_there_is_nothing_of_them(language: Language) -> None:
    roadmap = sample(language)
    assert "flows" not in {node.id for node in of(roadmap, language) if isinstance(node, Section)}
    heads = rendered(roadmap, language, "csv-measurements").decode("utf-8-sig").splitlines()
    assert len(heads) == 1
    unreadable = replace(roadmap, measurements=(Measurement("m", day="2026-03-10", figures="{"),))
    assert of(unreadable, language) == of(roadmap, language)
    assert rendered(unreadable, language, "md") == rendered(roadmap, language, "md")


@each_language
def test_our_tables_of_measured_figures_are_not_taken_for_kpis(language: Language) -> None:
    roadmap = measured(language)
    with pytest.raises(BrokenSnapshot) as caught:
        tables_in(rendered(roadmap, language, "csv-measurements"), ImportChoices(), TODAY)
    assert caught.value.key == "table_measurements"
    book = tables_in(rendered(roadmap, language, "xlsx"), ImportChoices(), TODAY)
    assert {"flows", "flow_lists", "measurements"} <= {each.reason for each in book.unread}
    (kpis,) = (table for table in book.tables if table.table == "kpis")
    assert len(kpis.rows) == len(roadmap.kpis)


@each_language
@pytest.mark.parametrize("name", ["html", "md"])
def test_what_turned_is_told_at_the_head(language: Language, name: str) -> None:
    text = rendered(measured(language), language, name).decode()
    before, turned = text.index("42.4%"), words(language)("kpi.turned")
    assert (
        text.index(turned) < before < text.index(words(language)("report.progress") + "<" * (name == "html"))
    )


def figures_of(roadmap: Roadmap) -> FlowFigures:
    found = read_figures(in_order(roadmap.measurements)[-1].figures)
    assert found is not None
    return found


def sections_of(roadmap: Roadmap, language: Language) -> list[Section]:
    """The sections of the flows in a report."""
    (section,) = (node for node in of(roadmap, language) if isinstance(node, Section) and node.id == "flows")
    return [node for node in section.body if isinstance(node, Section)]


def of(roadmap: Roadmap, language: Language) -> tuple[object, ...]:
    return report(roadmap, words(language), today=TODAY).body


def headline(nodes: object) -> dict[str, tuple[str, str]]:
    """Id of a measure -> its value and what it is out of, as a report shows them."""
    assert isinstance(nodes, list | tuple)
    (section,) = (node for node in nodes if isinstance(node, Section) and node.id == "flows-headline")
    (grid,) = (node for node in section.body if isinstance(node, Grid))
    return {row[1].measure: (row[1].text, row[1].note) for row in grid.rows}


numbers = st.none() | st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9, allow_nan=False)
units = st.sampled_from(["events", "customers", "share", "days", "weight", "money"])
some_figures = st.builds(Figure, numbers, numbers, numbers, units)
measures = st.dictionaries(st.sampled_from(HEADLINE), some_figures, min_size=1, max_size=6)


@examples(25)
@given(measures, measures, st.sampled_from(LANGUAGES))
def test_the_tab_the_page_the_workbook_and_json_have_one_and_the_same_figure(
    now: dict[str, Figure], before: dict[str, Figure], language: Language
) -> None:
    texts = words(language)
    kept = measurement("2026-03-10", figures(now, before=before, lists={}))
    roadmap = replace(sample(language), measurements=(kept,))
    (back,) = read(rendered(roadmap, language, "json")).measurements
    found = read_figures(back.figures)
    assert found is not None and found.measures == now and found.before == before
    tab = headline(flows_report(found, texts, roadmap.measurements, kept.day))
    (section,) = (node for node in of(roadmap, language) if isinstance(node, Section) and node.id == "flows")
    assert headline(section.body) == tab
    page = page_figures(rendered(roadmap, language, "html").decode())
    assert page == [*tab.values()]
    cells = {str(row[0]): row for row in rows(sheet(roadmap, language, "Flows"))}
    listed = {row[0]: row for row in rows(sheet(roadmap, language, "Measurements"))}
    assert [*cells] == [*tab]
    for id, figure in now.items():
        shown = format_figure(figure.value, figure.unit, "₪", texts), format_counts(figure, texts)
        assert tab[id] == tuple(map(clean, shown))
        assert same(cells[id][2], figure.value, language) and same(listed[id][4], figure.value, language)
        assert same(cells[id][4], figure.numerator) and same(cells[id][5], figure.denominator)
        was = before.get(id)
        assert same(cells[id][3], was.value if was else None, language if was else None)


def page_figures(page: str) -> list[tuple[str, str]]:
    """The values of the headline on a page with what they are out of, in their order."""
    (article,) = (each for each in tree(page).all("article") if each.given.get("id") == "flows-headline")
    return [row.all("td")[0].cell() for row in article.one("tbody").all("tr")]


def same(cell: object, number: float | None, language: Language | None = None) -> bool:
    """True for the cell of a number; of none it is empty, or the word for it in a language."""
    if number is None:
        return cell == (words(language)("flow_figures.undefined") if language else None)
    return isinstance(cell, int | float) and isclose(cell, number, rel_tol=1e-12, abs_tol=1e-12)


def test_measurements_of_any_order_are_told_by_their_days() -> None:
    roadmap = measured("en")
    turned_around = replace(roadmap, measurements=roadmap.measurements[::-1])
    assert in_order(turned_around.measurements) == roadmap.measurements
    for name in ("html", "md", "csv-measurements"):
        if name != "html":  # the page has the roadmap itself inside
            assert rendered(turned_around, "en", name) == rendered(roadmap, "en", name)
    assert isinstance(read_figures(roadmap.measurements[-1].figures), FlowFigures)
