"""CSV files and the workbook hold what the model holds, cell for cell, whatever was typed."""

from __future__ import annotations

import csv
import io
import re
import warnings
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from expected_rows import (
    SIGNS,
    any_roadmap,
    card_word,
    expected_cards,
    expected_health,
    expected_kpis,
    expected_stages,
    expected_tasks,
    field_names,
    heads_of,
    number,
    places,
    plain,
    rendered,
    share,
)
from lfroadmap.report.formulas import guard, unguard
from lfroadmap.report.tables import COLUMNS, OVERVIEW
from lfroadmap.roadmap.model import Card, Roadmap, Stage, Task
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import one_line
from lfroadmap.words import LANGUAGES, Language, words
from samples import TODAY

each_language = pytest.mark.parametrize("language", LANGUAGES)


def typed_again(cell: str) -> object:
    """What a CSV cell says: sheets read TRUE and days as values."""
    return {"TRUE": True, "FALSE": False}.get(cell, iso_day(cell) or unguard(cell))


def csv_rows(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def sheet_rows(data: bytes) -> list[list[list[object]]]:
    """The rows of each sheet of a workbook."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # data bars and checkboxes are unknown to the reader
        book = openpyxl.load_workbook(io.BytesIO(data))
    return [[[*map(read, row)] for row in sheet.values] for sheet in book.worksheets]


def read(cell: object) -> object:
    """A cell without what the reader adds."""
    return "" if cell is None else cell.date() if isinstance(cell, datetime) else cell


def exact(cell: str) -> float | str:
    """A number of a CSV file, which is not rounded."""
    return float(cell) if cell else ""


@any_roadmap
def test_csv_holds_every_task(roadmap: Roadmap, language: Language) -> None:
    heads, *rows = csv_rows(rendered(roadmap, language, "csv"))
    assert heads == [*heads_of("tasks", roadmap, language), words(language)("sheet.as_of")]
    assert {row[-1] for row in rows} <= {TODAY.isoformat()}
    expected = expected_tasks(roadmap, language)
    assert [[*map(unguard, row[:4])] for row in rows] == [row[:4] for row in expected]
    assert [[*map(typed_again, row[4:8])] for row in rows] == [
        [typed_again(str(cell)) if isinstance(cell, str) else cell for cell in row[4:8]] for row in expected
    ]


@any_roadmap
def test_csv_holds_every_card(roadmap: Roadmap, language: Language) -> None:
    heads, *rows = csv_rows(rendered(roadmap, language, "csv-cards"))
    known = heads_of("cards", roadmap, language)
    assert heads[: len(known)] == known and heads[-1] == words(language)("sheet.as_of")
    assert len(heads) - len(known) - 1 == len(field_names(roadmap, Labels(roadmap.template, language)))
    found = [[*map(unguard, row[:6]), *map(float, row[6:9]), *map(unguard, row[9:-1])] for row in rows]
    expected = expected_cards(roadmap, language)
    assert found == [[*row[:4], str(row[4]), *row[5:9], *map(str, row[9:])] for row in expected]


@any_roadmap
def test_csv_holds_every_kpi(roadmap: Roadmap, language: Language) -> None:
    heads, *rows = csv_rows(rendered(roadmap, language, "csv-kpis"))
    assert heads == [*heads_of("kpis", roadmap, language), words(language)("sheet.as_of")]
    found = [
        [*map(unguard, row[:10]), *map(exact, row[10:12]), *map(unguard, row[12:14]), *map(exact, row[14:16])]
        for row in rows
    ]
    assert found == expected_kpis(roadmap, language)


@any_roadmap
def test_the_workbook_holds_every_stage_card_task_and_kpi(roadmap: Roadmap, language: Language) -> None:
    top, *sheets = sheet_rows(rendered(roadmap, language, "xlsx"))[: 1 + len(COLUMNS)]  # calculators follow
    texts = words(language)
    head = [texts(f"sheet.{name}") for name in OVERVIEW]
    stages = top[top.index(head) + 1 :]
    kpis = [[*row[:3], *map(number, row[3:6]), *row[6:]] for row in expected_kpis(roadmap, language)]
    expected = [expected_stages, expected_cards, expected_tasks]
    for rows, cells in zip(
        (stages, *(rows[1:] for rows in sheets)),
        (*(tell(roadmap, language) for tell in expected), kpis),
        strict=True,
    ):
        assert rows == ([plain(row) for row in cells] or [[""] * len(rows[0])])
    for rows, name in zip(sheets, COLUMNS, strict=True):
        known = heads_of(name, roadmap, language)
        assert rows[0][: len(known)] == known
        more = [title for _, title in field_names(roadmap, Labels(roadmap.template, language))]
        assert len(rows[0]) == len(known) + (len(more) if name == "cards" else 0)


@any_roadmap
def test_the_overview_says_how_far_all_is_and_what_is_late(roadmap: Roadmap, language: Language) -> None:
    top = sheet_rows(rendered(roadmap, language, "xlsx"))[0]
    texts, stages = words(language), expected_stages(roadmap, language)
    done, total, late, tasks = (sum(int(str(row[at])) for row in stages) for at in (3, 4, 5, 6))
    ahead: object = min((row[7] for row in stages if isinstance(row[7], date)), default="")
    cards = (card_word(card) for _, card in places(roadmap))
    health = min(cards, key=[*SIGNS].index, default="no_date")
    title = one_line(Labels(roadmap.template, language).of(roadmap))
    assert [row[:2] for row in top[:8]] == [
        [title, ""],
        [texts("report.as_of"), TODAY],
        plain([texts("report.overall"), share(done, total)]),
        [texts("health.title"), expected_health(health, language)],
        [texts("report.tasks"), texts("report.of", done=done, total=total)],
        [texts("sheet.late"), late],
        [texts("sheet.late_tasks"), tasks],
        [texts("sheet.next"), ahead],
    ]
    assert {cell for row in top[:8] for cell in row[2:]} == {""}


@given(st.text() | st.sampled_from(["=1+1", "'=1", "-2", "+20%", "+20% a quarter", "@x", " =x", "'x", "-"]))
def test_a_guarded_cell_is_no_formula_and_comes_back(text: str) -> None:
    guarded = guard(text)
    assert unguard(guarded) == text
    assert not re.match(r"\s*[=@＝＠]", guarded)
    if re.match(r"\s*[-+－＋]", guarded):
        assert re.fullmatch(r"[+-]\d[\d,.]*%?", guarded)


@each_language
def test_no_csv_cell_of_a_hostile_roadmap_is_a_formula(language: Language) -> None:
    formulas = ("=HYPERLINK(1)", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "＝1", '=cmd|"/c calc"!A0')
    tasks = tuple(Task(f"t{n}", text, owner=text) for n, text in enumerate(formulas))
    roadmap = Roadmap("r", "R", stages=(Stage("s", "S", (Card("c", "C", tasks=tasks),)),))
    _, *rows = csv_rows(rendered(roadmap, language, "csv"))
    assert [row[3][0] for row in rows] == [row[8][0] for row in rows] == ["'"] * len(formulas)
