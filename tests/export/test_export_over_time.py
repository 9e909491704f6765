"""The roadmap over time, in every output format: charts with their figures beside them."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console
from test_export_workbook import opened

from commanding import program
from dashboards import busy, lived_in
from lfroadmap.export import ExportContext, render
from lfroadmap.export.charts_svg import burn_up_svg, spark_svg
from lfroadmap.report.burn_up import BurnUp, burn_up
from lfroadmap.report.nodes import Section
from lfroadmap.report.report import report
from lfroadmap.report.sparkline import Sparklines
from lfroadmap.report.theme import THEME
from lfroadmap.roadmap.activity import Activity
from lfroadmap.roadmap.edits import SetKpi, Tick
from lfroadmap.roadmap.progress import tally
from lfroadmap.roadmap.task_index import Plan, TaskIndex
from lfroadmap.roadmap.templates import Labels
from lfroadmap.store.library.library import Library
from lfroadmap.store.store import Store
from lfroadmap.words import LANGUAGES, Language, words
from reading import read_tables
from samples import TODAY, sample
from terminal import environment

each_language = pytest.mark.parametrize("language", LANGUAGES)


def context(language: Language) -> ExportContext:
    roadmap = busy(language)
    return ExportContext(roadmap, words(language), TODAY, activity=lived_in(roadmap))


def exported(language: Language, name: str) -> str:
    return render(context(language), name).decode()


def chart(language: Language) -> BurnUp:
    roadmap, activity = busy(language), lived_in(busy(language))
    plan, done = TaskIndex(roadmap, TODAY).plan(), tally(roadmap).done
    found = burn_up(plan, activity, done, TODAY, words(language))
    assert found is not None
    return found


def figures(language: Language) -> list[str]:
    """What stands beside the charts."""
    roadmap, said = busy(language), words(language)
    done, total = tally(roadmap)
    undated = TaskIndex(roadmap, TODAY).plan().undated
    rate = Labels(roadmap.template, language).of(roadmap.kpis[0])
    return [
        said("burn_up.title"),
        said("burn_up.done", done=done, total=total),
        said.plural("burn_up.undated", undated),
        rate,
        "20%",
        "23.4%",
        said("kpi.best"),
    ]


@each_language
def test_a_page_has_the_charts_as_drawings_and_their_figures_as_text(language: Language) -> None:
    page = exported(language, "html")
    for figure in figures(language):
        assert figure in page
    assert page.count('class="burn-up"') == 1 and page.count('class="spark"') == 3
    assert page.count('class="work ') == 4 and 'aria-hidden="true"' in page
    assert words(language)("burn_up.due_head") in page


@each_language
def test_markdown_has_the_figures_beside_the_bars(language: Language) -> None:
    text = exported(language, "md").replace("\\", "")
    for figure in figures(language):
        assert figure in text
    row = next(line for line in text.splitlines() if "▁" in line)
    assert "20%" in row and "23.4%" in row
    assert f"| {words(language)('burn_up.day')} |" in text


@each_language
def test_a_terminal_draws_the_charts_with_their_figures(language: Language) -> None:
    roadmap = busy(language)
    whole = report(roadmap, words(language), today=TODAY, activity=lived_in(roadmap))
    out = Console(file=io.StringIO(), width=100, theme=THEME)
    out.print(whole)
    text = out.file.getvalue()  # type: ignore[attr-defined]
    for figure in figures(language):
        assert figure in text
    assert "▄" in text and "▁" in text and "━" in text and "·" in text


@each_language
def test_a_workbook_has_the_figures_in_cells(language: Language) -> None:
    said = words(language)
    book = opened(render(context(language), "xlsx"))
    rows = list(book[said("sheet.burn_up")].iter_rows(values_only=True))
    assert rows[0] == tuple(said(f"sheet.{column}") for column in ("day", "done_by", "due_by"))
    assert list(dict.fromkeys(row[1] for row in rows[1:]))[:7] == [0, 2, 4, 6, 8, 10, 12]
    assert rows[-1][1] is None and rows[-1][2] > rows[1][2]
    kpis = list(book[said("sheet.kpis")].iter_rows(values_only=True))
    at = kpis[0].index(said("sheet.over_time"))
    assert "20%" in str(kpis[1][at]) and "23.4%" in str(kpis[1][at])


@each_language
def test_a_workbook_with_figures_is_read_back_as_before(language: Language) -> None:
    with_charts = read_tables(io.BytesIO(render(context(language), "xlsx")), "a.xlsx")
    plain = ExportContext(busy(language), words(language), TODAY)
    without = read_tables(io.BytesIO(render(plain, "xlsx")), "a.xlsx")
    assert [table.rows for table in with_charts.tables] == [table.rows for table in without.tables]


def test_the_picture_of_the_timeline_has_a_bar_from_each_first_day() -> None:
    bar = 'class="s-track" fill="none"'
    assert exported("en", "svg").count(bar) == 6 + 1  # and that of the legend
    assert render(ExportContext(busy("en"), words("en"), TODAY), "svg").decode().count(bar) == 0


def first_point(svg: str) -> tuple[float, float]:
    found = re.search(r'points="([\d.]+) ([\d.]+) ', svg)
    assert found
    return float(found[1]), float(found[2])


def test_from_right_to_left_time_runs_from_the_right() -> None:
    burn, spark = chart("en"), sparklines("en").rows[0]
    for ltr, rtl, width in (
        (burn_up_svg(burn, "ltr"), burn_up_svg(burn, "rtl"), 1000),
        (spark_svg(spark, "ltr"), spark_svg(spark, "rtl"), 120),
    ):
        (left, y), (right, same) = first_point(str(ltr)), first_point(str(rtl))
        assert left == pytest.approx(width - right, abs=0.2)
        assert y == same


def sparklines(language: Language) -> Sparklines:
    roadmap = busy(language)
    whole = report(roadmap, words(language), today=TODAY, activity=lived_in(roadmap))
    kpis = next(part for part in whole.body if isinstance(part, Section) and part.id == "kpis")
    found = kpis.body[-1]
    assert isinstance(found, Sparklines)
    return found


def test_a_burn_up_counts_by_day_what_is_done_and_what_is_due() -> None:
    day = timedelta(1)
    plan = Plan({TODAY - day: 2, TODAY + 9 * day: 3}, 1)
    activity = Activity(done=((TODAY - 9 * day, 1), (TODAY - 5 * day, 2)))
    found = burn_up(plan, activity, 4, TODAY, words("en"))
    assert found is not None and found.total == 6
    assert found.span() == (TODAY - 9 * day, TODAY + 9 * day)
    assert found.days() == [
        (TODAY - 9 * day, 1, 0),
        (TODAY - 5 * day, 2, 0),
        (TODAY - day, 2, 2),
        (TODAY, 4, 2),
        (TODAY + 9 * day, None, 5),
    ]
    assert found.texts == ("4 of 6 tasks are done", "2 tasks were due by today", "1 task has no day")
    assert burn_up(Plan({}, 0), activity, 0, TODAY, words("en")) is None


def test_without_an_activity_and_in_a_part_of_a_roadmap_there_are_no_charts() -> None:
    for facts in ({"activity": None}, {"activity": lived_in(busy("en")), "part": True}):
        whole = report(busy("en"), words("en"), today=TODAY, **facts)  # type: ignore[arg-type]
        assert "burn-up" not in [part.id for part in whole.body if isinstance(part, Section)]


def test_show_and_export_read_the_history_up_to_their_moment(tmp_path: Path) -> None:
    env = environment(tmp_path)
    library = Library(Path(env["LFROADMAP_DATA_DIR"]))
    library.create("plan", sample("en"), "me")
    store = Store(library.path("plan"), "dana")
    store.start(lambda event: None)
    for value in ("24", "26", "30"):
        store.submit(SetKpi("k1", "current", value))
        store.end_burst()
    store.submit(Tick("goals.2", True, "2026-03-15"))
    assert store.close() == ()
    shown = program(env, "show", "plan", cwd=tmp_path).stdout
    assert "Done week by week" in shown and "30%" in shown and "▁" in shown
    page = program(env, "export", "md", "plan", "--output", "-", cwd=tmp_path).stdout
    assert "last 30%" in page
