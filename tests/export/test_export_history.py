"""The history in each face: every change, as it is described, and nothing of it runs."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
from dataclasses import replace
from html import unescape

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import plans
from examples import examples
from lfroadmap.export import ExportContext, render
from lfroadmap.report.change_log import HistoryLine
from lfroadmap.report.formulas import unguard
from lfroadmap.roadmap.edits import Edit, SetField
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.snapshot_reader import json_schema, load
from lfroadmap.roadmap.whole_days import with_days
from lfroadmap.text import clean, one_line, without_direction_marks
from lfroadmap.words import LANGUAGES, Language, words
from lines import lived, sample_history
from samples import EVIL, TODAY, sample

VALIDATOR = Draft202012Validator(json_schema())
each_language = pytest.mark.parametrize("language", LANGUAGES)
evil = [SetField("goals.owner", text) for text in EVIL]


def exported(language: Language, lines: tuple[HistoryLine, ...] | None, name: str) -> str:
    context = ExportContext(sample(language), words(language), TODAY, history=lines)
    return render(context, name).decode("utf-8-sig")


def squeezed(text: str) -> str:
    return " ".join(without_direction_marks(one_line(text)).split())


def in_page(page: str) -> list[list[str]]:
    """The rows of the page's last table, as text."""
    part = page[page.index('id="history"') :].split("</thead>")[1].split("</table>", maxsplit=1)[0]
    cells = (
        re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row, re.DOTALL) for row in re.findall("<tr>(.*?)</tr>", part)
    )
    return [[squeezed(unescape(re.sub("<[^>]*>", "", cell))) for cell in row] for row in cells]


@each_language
@pytest.mark.parametrize(
    "lines", [sample_history, lambda language: lived(sample(language), evil, language)[1]]
)
def test_the_page_tells_every_change(language: Language, lines: object) -> None:
    expected: tuple[HistoryLine, ...] = lines(language)  # type: ignore[operator]
    page = exported(language, expected, "html")
    assert [(row[1], row[3]) for row in in_page(page)] == [
        (squeezed(line.author), squeezed(line.change.sentence)) for line in expected
    ]
    assert page.count("<script") == exported(language, None, "html").count("<script")


@each_language
def test_the_page_keeps_names_of_the_other_direction_in_their_order(language: Language) -> None:
    edits = [SetField("goals.owner", name) for name in ("Dana", "Yossi", "דנה", "יוסי")]
    page = exported(language, lived(sample(language), edits, language)[1], "html")
    assert ("\u200e→" in page, "\u200f←" in page) == (language == "en", language == "he")


@each_language
def test_the_table_has_every_change_whole(language: Language) -> None:
    lines = lived(sample(language), evil, language)[1]
    _, *rows = csv.reader(io.StringIO(exported(language, lines, "csv-history"), newline=""), strict=True)
    assert [[*map(unguard, row)] for row in rows] == [
        [f"{line.at:%Y-%m-%d %H:%M:%S}", line.author]
        + [clean(text) for text in (line.change.card, line.change.sentence, line.change.old, line.change.new)]
        + [str(line.number), *map(clean, (line.change.action, line.change.node, line.change.place))]
        for line in lines
    ]


@each_language
def test_the_workbook_has_a_sheet_of_every_change(language: Language) -> None:
    lines = lived(sample(language), evil, language)[1]
    context = ExportContext(sample(language), words(language), TODAY, history=lines)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # data bars and checkboxes are unknown to the reader
        book = openpyxl.load_workbook(io.BytesIO(render(context, "xlsx")))
    sheet = book[words(language)("sheet.history")]
    assert [*sheet.tables] == ["Changes"] and sheet.freeze_panes == "A2"
    assert sheet["A2"].number_format == ("d.m.yyyy hh:mm" if language == "he" else "yyyy-mm-dd hh:mm")
    assert [["" if cell is None else cell for cell in row] for row in sheet.values][1:] == [
        [line.at.replace(microsecond=0, tzinfo=None), line.author]
        + [clean(text) for text in (line.change.card, line.change.sentence, line.change.old, line.change.new)]
        + [line.number, *map(clean, (line.change.action, line.change.node, line.change.place))]
        for line in lines
    ]


@examples(60)
@given(plans.roadmaps, st.lists(plans.edits, max_size=5), st.sampled_from(LANGUAGES))
def test_json_with_any_history_is_valid_and_gives_the_roadmap_back(
    roadmap: Roadmap, edits: list[Edit], language: Language
) -> None:
    after, lines = lived(roadmap, edits, language)
    context = ExportContext(after, words(language), TODAY, history=lines)
    text = render(context, "json")
    days = ExportContext(with_days(after, language)[0], words(language), TODAY, history=lines)
    VALIDATOR.validate(json.loads(render(days, "json")))
    told_ = json.loads(text)["history"]
    assert len(told_) == len(lines) and {change["id"] for change in told_} <= {*range(1, len(edits) + 1)}
    assert load(text) == load(render(replace(context, history=None), "json"))
    assert render(context, "html") == render(context, "html")
    assert len(in_page(render(context, "html").decode())) == len(lines) if lines else True


@each_language
def test_markdown_tells_every_change_in_one_row(language: Language) -> None:
    lines = lived(sample(language), evil, language)[1]
    part = exported(language, lines, "md").split(f"## {words(language)('report.history')}")[1]
    rows = [row for table in part.split("\n\n") if table.startswith("|") for row in table.split("\n| ")[2:]]
    assert len(rows) == len(lines)
    assert all(row.count(" | ") == 3 for row in rows)
