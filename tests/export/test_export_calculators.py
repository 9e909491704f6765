"""The calculators of cards in every export: what was typed, and the same results everywhere."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from lfroadmap.bidi.marks import DIRECTION_MARKS
from lfroadmap.errors import BrokenSnapshot
from lfroadmap.export import ExportContext, render
from lfroadmap.imports.tables import tables_in
from lfroadmap.report.card_text import card_text
from lfroadmap.report.formulas import unguard
from lfroadmap.roadmap.edits import SetRow
from lfroadmap.roadmap.model import ROW_VALUES, Calculator, CalculatorRow, Card, Roadmap, Stage
from lfroadmap.roadmap.snapshot_reader import load as read_snapshot
from lfroadmap.roadmap.table_file import ImportChoices
from lfroadmap.roadmap.templates import Labels, load, names
from lfroadmap.roadmap.tree import places
from lfroadmap.text import clean
from lfroadmap.words import LANGUAGES, Language, words
from plans import roadmaps
from samples import TODAY

each_language = pytest.mark.parametrize("language", LANGUAGES)
FUNNEL = Calculator(
    "f", "funnel", "Counts",
    (
        CalculatorRow("f1", "Visitors", "1,000"), CalculatorRow("f2", "Leads", "200", "30%"),
        CalculatorRow("f3", "Quotes", "50"), CalculatorRow("f4", "Deals", "10"),
    ),
)  # fmt: skip
DEALS = Calculator(
    "d", "pipeline", "Deals",
    (
        CalculatorRow("d1", "Acme", stage="Quote", value="4000", probability="25%", days="7"),
        CalculatorRow("d2", "בטא", stage="Won", value="500", days="3"),
    ),
)  # fmt: skip
UNITS = Calculator(
    "u", "unit", "Channels",
    (
        CalculatorRow("u1", "Search", spend="5000", customers="50", value="30", months="12"),
        CalculatorRow("u2", "Social", spend="many", customers="50", value="30", months="12"),
    ),
)  # fmt: skip
PLAN = Roadmap("r", "Plan", "", (Stage("s", "S", (Card("c", "C", calculators=(FUNNEL, DEALS, UNITS)),)),))
FIGURES = ("20%", "25%", "1%", "800", "15", "1,000", "1,500", "100", "360", "3.6", "260%")
"""Rates, the overall one, a loss, the end with another rate, weighted, forecast; CAC, LTV, ratio, ROI."""


def rendered(roadmap: Roadmap, language: Language, name: str) -> bytes:
    return render(ExportContext(roadmap, words(language), TODAY), name)


@each_language
@pytest.mark.parametrize("name", ["html", "md", "csv-calculators"])
def test_the_results_stand_in_the_export(name: str, language: Language) -> None:
    text = re.sub(
        r"[\u2066-\u2069\u200e\u200f\\]|<bdi[^>]*>|</bdi>", "", rendered(PLAN, language, name).decode()
    )
    missing = [
        figure for figure in FIGURES if not re.search(rf"(?<![\d.,]){re.escape(figure)}(?![\d])", text)
    ]
    assert missing == []
    assert words(language)("error.number_not_a_number").split(".")[0] in text


def test_missing_columns_stand_in_their_order_among_the_filled_ones() -> None:
    """One column is missing in every row, the next is not."""
    row = CalculatorRow("u1", "Search", spend="5000", value="30", months="12")
    card = Card("c", "C", calculators=(Calculator("u", "unit", "Channels", (row,)),))
    page = rendered(replace(PLAN, stages=(Stage("s", "S", (card,)),)), "en", "md").decode()
    assert "| Channel or period | Spend | New customers | Value a month | Months |" in page
    assert words("en")("error.number_empty") in page


@each_language
def test_the_bars_of_a_page_begin_where_the_language_does(language: Language) -> None:
    page = rendered(PLAN, language, "html").decode()
    bars = re.findall(r'<rect class="(?:accent|risk)" x="([\d.]+)" width="([\d.]+)"', page)
    assert bars[0][1] == "1000.0"
    ends = {float(x) + float(width) for x, width in bars}
    assert ends == {1000.0} if language == "he" else {float(x) for x, _ in bars} == {0.0}
    assert page.count('class="share" aria-hidden="true"') == len(bars)


@each_language
def test_the_picture_has_the_bars_with_their_figures(language: Language) -> None:
    picture = rendered(PLAN, language, "svg").decode()
    shape = r'<rect class="f-(?:accent|risk)" fill="#\w+" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"'
    bars = re.findall(shape, picture)
    assert len(bars) == 4 + 2 + 2
    starts = {float(x) + (float(width) if language == "he" else 0) for x, width in bars}
    assert max(starts) - min(starts) < 0.2
    plain = re.sub(f"[{DIRECTION_MARKS}]", "", picture.replace("\u00a0", " "))
    rate = words(language)("calc.name_rate")
    assert f"{words(language)('calc.number')}: 200 · {rate}: 20%" in plain
    assert f"Leads: {words(language)('calc.number')}: 200" in plain[: plain.index("</desc>")]
    assert '<rect class="f-track"' not in rendered(replace(PLAN, stages=()), language, "svg").decode()


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # checkboxes and data bars
@each_language
def test_the_workbook_has_a_sheet_of_calculators(language: Language) -> None:
    book = openpyxl.load_workbook(io.BytesIO(rendered(PLAN, language, "xlsx")))
    sheet = book.worksheets[-1]
    assert sheet.title == words(language)("sheet.calculators")
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        "f", "f1", "f2", "f3", "f4", "d", "d1", "d2", "u", "u1", "u2",
    ]  # fmt: skip
    without = replace(PLAN, stages=())
    assert len(openpyxl.load_workbook(io.BytesIO(rendered(without, language, "xlsx"))).worksheets) == 4


@examples(30)
@given(roadmaps, st.sampled_from(LANGUAGES))
def test_csv_holds_every_row_as_typed(roadmap: Roadmap, language: Language) -> None:
    text = rendered(roadmap, language, "csv-calculators").decode("utf-8-sig")
    _, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    found = [[unguard(row[0]), *map(unguard, row[6:-1])] for row in rows]
    expected = []
    for place in places(roadmap):
        if isinstance(place.node, Calculator):
            expected.append([place.node.id, *("" for _ in ROW_VALUES)])
        if isinstance(place.node, CalculatorRow):
            expected.append([place.node.id, *(clean(getattr(place.node, name)) for name in ROW_VALUES)])
    assert [row[0] for row in found] == [clean(row[0]) for row in expected]
    assert [[cell.strip() for cell in row] for row in found] == [
        [unguard(cell).strip() for cell in row] for row in expected
    ]


@each_language
def test_a_snapshot_brings_every_calculator_back(language: Language) -> None:
    for template in names():
        roadmap = load(template).roadmap("r")
        for place in places(roadmap):
            if isinstance(place.node, CalculatorRow):
                roadmap = SetRow(place.node.id, "count", "5").on(roadmap)
        data = rendered(roadmap, language, "json")
        assert read_snapshot(data) == roadmap
        is_bound = any(kpi.bound_to for kpi in roadmap.kpis)
        assert json.loads(data)["version"] == (7 if is_bound else 6)


def test_very_many_deals_come_back() -> None:
    rows = tuple(CalculatorRow(f"d{n}", f"Deal {n}", stage="Quote", value=str(n)) for n in range(3000))
    many = replace(PLAN.stages[0].cards[0], calculators=(replace(DEALS, rows=rows),))
    roadmap = replace(PLAN, stages=(replace(PLAN.stages[0], cards=(many,)),))
    assert read_snapshot(rendered(roadmap, "en", "json")) == roadmap


@each_language
def test_our_table_of_calculators_is_not_read_back_and_says_so(language: Language) -> None:
    with pytest.raises(BrokenSnapshot) as caught:
        tables_in(rendered(PLAN, language, "csv-calculators"), ImportChoices(), TODAY)
    assert caught.value.key == "table_calculators"
    book = tables_in(rendered(PLAN, language, "xlsx"), ImportChoices(), TODAY)
    assert "calculators" in {sheet.reason for sheet in book.unread}


def test_a_copied_card_has_its_tables() -> None:
    text = card_text(PLAN.stages[0].cards[0], Labels("", "en"), words("en"))
    assert "Leads: Count 200, What-if rate 30%" in text
    assert "Acme: Stage Quote, Value 4000, Probability 25%, Days 7" in text
