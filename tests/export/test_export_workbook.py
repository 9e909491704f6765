"""The workbook as other programs open it."""

from __future__ import annotations

import io
import re
import sys
import warnings
import zipfile
from datetime import datetime, timedelta, timezone
from xml.etree import ElementTree

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from dashboards import busy, lived_in
from lfroadmap.errors import RoadmapError
from lfroadmap.export import FORMATS, ExportContext, render
from lfroadmap.report.field_columns import MOST
from lfroadmap.report.tables import COLUMNS
from lfroadmap.roadmap.edits import SetTask
from lfroadmap.roadmap.model import Card, Field, Kpi, Roadmap, Stage, Task
from lfroadmap.roadmap.owner_shares import OwnerShares, Share
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import LANGUAGES, Language, words
from samples import TODAY, hostile, sample

each_language = pytest.mark.parametrize("language", LANGUAGES)


def written(language: Language = "en", *, evil: bool = False) -> bytes:
    return render(ExportContext(hostile() if evil else sample(language), words(language), TODAY), "xlsx")


def opened(data: bytes) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # data bars and checkboxes are unknown to this reader
        return openpyxl.load_workbook(io.BytesIO(data))


@each_language
def test_named_tables_under_frozen_heads(language: Language) -> None:
    book = opened(written(language))
    texts = words(language)
    names = ("overview", "cards", "tasks", "kpis", "owners")
    assert book.sheetnames == [texts(f"sheet.{name}") for name in names]
    assert [[*sheet.tables] for sheet in book] == [["Overview"], ["Cards"], ["Tasks"], ["KPIs"], ["Owners"]]
    assert {bool(sheet.sheet_view.rightToLeft) for sheet in book} == {language == "he"}
    heads = [sheet.tables[name].ref.partition(":")[0] for sheet in book for name in sheet.tables]
    assert heads == ["A10", "A1", "A1", "A1", "A1"]
    assert [sheet.freeze_panes for sheet in book] == ["A11", "A2", "A2", "A2", "A2"]
    assert [sheet.print_title_rows for sheet in book] == ["$10:$10", *["$1:$1"] * 4]
    hidden = [[at for at, column in sheet.column_dimensions.items() if column.hidden] for sheet in book]
    assert hidden == [[], ["A"], ["A"], ["A"], []]


def test_cells_have_the_type_of_what_they_say() -> None:
    _, cards, tasks, kpis, _ = opened(written()).worksheets
    assert cards["E2"].value == datetime(2026, 3, 1) and cards["E2"].number_format == "yyyy-mm-dd"
    assert (cards["F2"].value, cards["G2"].value, cards["G2"].number_format) == ("▲ late", 1 / 3, "0.0%")
    assert [tasks[f"E{row}"].value for row in range(2, 6)] == [True, False, False, True]
    assert (kpis["D2"].value, kpis["E2"].value, kpis["K2"].value) == (20, "+20% a quarter", 0.75)


def test_when_it_was_written_is_a_moment() -> None:
    moment = datetime(2026, 3, 15, 9, 30, tzinfo=timezone(timedelta(hours=2)))
    sheet = opened(render(ExportContext(sample("en"), words("en"), TODAY, moment=moment), "xlsx")).worksheets[
        0
    ]
    assert [sheet["A9"].value, sheet["B9"].value] == ["Generated", datetime(2026, 3, 15, 9, 30)]
    assert sheet["B9"].number_format == "yyyy-mm-dd hh:mm"
    assert sheet.freeze_panes == "A12"


def test_ticks_are_checkboxes_and_shares_have_bars() -> None:
    with zipfile.ZipFile(io.BytesIO(written())) as parts:
        names = parts.namelist()
        cards = parts.read("xl/worksheets/sheet2.xml").decode()
    assert "xl/featurePropertyBag/featurePropertyBag.xml" in names
    assert cards.count("<dataBar>") == 1
    assert cards.count('type="cellIs"') == 4  # three tones, and 0 %, which has its cell's own


def test_what_is_late_is_red() -> None:
    overview, cards, *_ = opened(written()).worksheets
    counts = [overview[place].font.color.rgb for place in ("B4", "B6", "B11", "F11")]
    assert [*counts, cards["E2"].font.color.rgb, cards["F2"].font.color.rgb] == ["FFB3202E"] * 6
    assert [sheet[place].font.color.theme for sheet, place in ((overview, "F12"), (cards, "E3"))] == [1, 1]


def test_a_late_task_is_red_and_counted_apart() -> None:
    roadmap = SetTask("goals.2", "due", "2026-03-05").on(sample("en"))
    overview, _, tasks, *_ = opened(render(ExportContext(roadmap, words("en"), TODAY), "xlsx")).worksheets
    assert [overview[place].value for place in ("A6", "B6", "A7", "B7", "F11", "G11")] == [
        "Cards late", 1, "Tasks late", 1, 1, 1,
    ]  # fmt: skip
    assert [tasks[place].value for place in ("H2", "H3", "H4")] == ["✓ done", "▲ late", "○ no date"]
    assert {tasks[place].font.color.rgb for place in ("G3", "H3")} == {"FFB3202E"}


def test_nothing_done_is_red_only_where_it_is_late() -> None:
    late = Card("c", "C", (Field("d", "date", "deadline", value="2026-03-01"),), (Task("t", "T"),))
    roadmap = Roadmap("r", "R", stages=(Stage("s", "S", (late, Card("d", "D", tasks=(Task("u", "U"),)))),))
    cards = opened(render(ExportContext(roadmap, words("en"), TODAY), "xlsx")).worksheets[1]
    assert cards["G2"].font.color.rgb == "FFB3202E" and cards["G3"].font.color.theme == 1
    zero = cards.conditional_formatting["G2:G3"][0]
    assert (zero.operator, zero.formula, zero.stopIfTrue) == ("equal", ["0"], True)


def test_rows_are_as_high_as_their_texts_and_grow() -> None:
    card = Card("c" * 99, "C", (Field("g", "long", "goals", "G", "one\ntwo\nthree"),))
    roadmap = Roadmap("r", "R", stages=(Stage("s", "S", (card, Card("d", "D"))),))
    data = render(ExportContext(roadmap, words("en"), TODAY), "xlsx")
    rows = opened(data).worksheets[1].row_dimensions
    assert [rows[n].height for n in (2, 3)] == [3 * 15 + 3, 15 + 3]
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert b"customHeight" not in b"".join(parts.read(name) for name in parts.namelist())


def test_days_are_days_from_the_first_on_which_all_programs_agree() -> None:
    tasks = (Task("a", "A", due="1900-02-28"), Task("b", "B", due="1900-03-01"))
    roadmap = Roadmap("r", "R", stages=(Stage("s", "S", (Card("c", "C", tasks=tasks),)),))
    sheet = opened(render(ExportContext(roadmap, words("en"), TODAY), "xlsx")).worksheets[2]
    assert [sheet["G2"].value, sheet["G3"].value] == ["1900-02-28", datetime(1900, 3, 1)]


@pytest.mark.parametrize("letter", ["a", "א", "😀"])
def test_a_cell_holds_as_much_as_excel_takes(letter: str) -> None:
    roadmap = Roadmap("r", letter * 40_000, kpis=(Kpi("k", letter * 40_000),))
    sheets = opened(
        render(ExportContext(roadmap, words("en"), TODAY, author=letter * 300), "xlsx")
    ).worksheets
    most = 32_767 // (len(letter.encode("utf-16-le")) // 2)
    assert sheets[0]["A1"].value == sheets[3]["B2"].value == letter * most


@pytest.mark.parametrize("title", ["R&D", "&G", "&&[Picture]", "A&P &N", "&" * 300, "מו&פ", "a\nb"])
@each_language
def test_a_title_is_no_code_at_the_head_of_a_page(title: str, language: Language) -> None:
    data = render(ExportContext(Roadmap("r", title), words(language), TODAY), "xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        header = ElementTree.fromstring(parts.read("xl/worksheets/sheet2.xml")).findtext(".//{*}oddHeader")
    assert header and header[:2] == ("&R" if language == "he" else "&L") and len(header) <= 255
    line = re.sub("[\u200e\u202b\u202c]", "", header[2:])
    assert not re.search("&[^&]|&$", line.replace("&&", ""))
    assert title.replace("\n", " ").startswith(line.replace("&&", "&").rstrip("…"))


@each_language
def test_nothing_typed_is_a_formula_or_a_link(language: Language) -> None:
    data = written(language, evil=True)
    for sheet in opened(data):
        assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "b", "d"}
        assert [cell.coordinate for row in sheet for cell in row if cell.hyperlink] == []
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if "worksheets/sheet" in name]
    assert not re.search("<f>|<hyperlink", "".join(sheets))


def test_without_the_library_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(RoadmapError) as caught:
        written()
    assert "lfroadmap[xlsx]" in words("en").error(caught.value)
    assert render(ExportContext(sample("en"), words("en"), TODAY), "csv")
    assert "xlsx" in FORMATS


@each_language
def test_days_stand_as_the_language_writes_them(language: Language) -> None:
    cards = opened(written(language)).worksheets[1]
    assert cards["E2"].number_format == {"en": "yyyy-mm-dd", "he": "d.m.yyyy"}[language]


@each_language
def test_each_field_of_cards_has_a_column_and_late_ones_their_days(language: Language) -> None:
    texts, (_, cards, tasks, *_) = words(language), opened(written(language)).worksheets
    heads = [cell.value for cell in cards[1]]
    assert texts("sheet.details") not in heads
    late = heads.index(texts("sheet.days_late"))
    assert cards.cell(2, late + 1).value == 14
    if language == "en":
        assert heads[late + 1 : late + 4] == ["Start", "Waits for", "Moves KPIs"]
        assert heads[late + 4 :] == [
            f"Field: {name}" for name in ("Board", "Control group", "Start", "Rhythm")
        ]
        assert [cell.value for cell in cards[3]][late + 6 :] == ["someday", "weekly"]
    assert tasks.max_column == len(COLUMNS["tasks"])


def test_fields_beyond_the_last_column_are_in_words() -> None:
    fields = tuple(Field(f"f{n}", label=f"L{n}", value=f"v{n}") for n in range(MOST + 2))
    roadmap = Roadmap("r", "R", stages=(Stage("s", "S", (Card("c", "C", fields),)),))
    cards = opened(render(ExportContext(roadmap, words("en"), TODAY), "xlsx")).worksheets[1]
    heads = [cell.value for cell in cards[1]]
    assert heads[-2:] == [f"Field: L{MOST - 1}", "Details"]
    assert [cell.value for cell in cards[2]][-2:] == [
        f"v{MOST - 1}",
        f"L{MOST}: v{MOST}\nL{MOST + 1}: v{MOST + 1}",
    ]


@each_language
def test_cells_are_chosen_from_lists(language: Language) -> None:
    _, cards, tasks, kpis, _ = opened(written(language)).worksheets
    rules = [
        rule.formula1 for sheet in (cards, tasks, kpis) for rule in sheet.data_validations.dataValidation
    ]
    owner = next(share.name for share in shares(sample(language)))
    assert any(owner in rule for rule in rules)
    assert any(words(language)("report.up") in rule for rule in rules)
    assert all(rule[0] == rule[-1] == '"' for rule in rules), "a list of texts, and no formula"
    if language == "en":
        assert '"weekly,monthly"' in rules
    for sheet in opened(written(language, evil=True)):
        for rule in sheet.data_validations.dataValidation:
            assert rule.formula1.startswith('"') and rule.formula1.count('"') == 2


def shares(roadmap: Roadmap) -> list[Share]:
    people = OwnerShares()
    people.add(roadmap, Labels(roadmap.template, "en"), TODAY)
    return people.shares()


@each_language
def test_values_of_kpis_are_rows_with_a_chart_of_their_cells(language: Language) -> None:
    roadmap = busy(language)
    context = ExportContext(roadmap, words(language), TODAY, activity=lived_in(roadmap))
    data = render(context, "xlsx")
    sheet = opened(data)[words(language)("sheet.kpi_values")]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_col=4)]
    values = lived_in(roadmap).values
    assert len(rows) == sum(map(len, values.values()))
    assert [row[1].date() for row in rows] == [at.date() for each in values.values() for at, _ in each]
    assert all(isinstance(row[3], int | float) for row in rows)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        charts = [
            parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")
        ]
    assert len(charts) == sum(len(each) > 1 for each in values.values())
    for chart in charts:
        assert "<c:lineChart>" in chart
        title = words(language)("sheet.kpi_values")
        assert set(re.findall(r"<c:f>(.*?)!", chart)) == {f"'{title}'"}
