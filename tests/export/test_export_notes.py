"""Notes in every face, in both directions; a brief one has none."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date

import pytest

from lfroadmap.export import ExportContext, render
from lfroadmap.report.card_text import card_text
from lfroadmap.report.note_lines import describe_origin
from lfroadmap.report.tables import COLUMNS
from lfroadmap.roadmap.model import Card, Field, Kpi, Note, Reading, Roadmap, Stage, Task
from lfroadmap.roadmap.schema import NOTES_VERSION, PLAIN_VERSION, dump
from lfroadmap.roadmap.scope import Scope, within
from lfroadmap.roadmap.snapshot_reader import load
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import LANGUAGES, Language, words

TODAY = date(2026, 3, 15)
ON_CARD = Note("n1", "The budget <is> set\nfor *all* of it", "Dana", "2026-03-10T09:30:00Z")
ON_TASK = Note("n2", "דנה ביקשה שלושה פלחים", "נועה", "2026-03-11T09:30:00Z")
LOOSE = Note("n3", "=1+1")
TASKS = (Task("t", "Call the bank", due="2026-04-01", notes=(ON_TASK,)), Task("u", "Write"))
FIELDS = (Field("d", "date", "deadline", "Deadline", "2026-05-01"),)
PLAN = Roadmap(
    "r", "Plan", "", (Stage("s", "Stage", (Card("c", "Card", FIELDS, TASKS, (ON_CARD, LOOSE)),)),),
    (Kpi("k", "Rate", "", "", "", readings=(Reading("v", "31", "2026-03-01"),)),),
)  # fmt: skip


def rendered(name: str, language: Language, roadmap: Roadmap = PLAN) -> str:
    return render(ExportContext(roadmap, words(language), TODAY), name).decode("utf-8-sig")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["html", "md"])
def test_a_card_has_its_notes_and_those_of_its_tasks_the_newest_first(name: str, language: Language) -> None:
    text = rendered(name, language).split('type="application/json"')[0]
    places = [text.index(part) for part in ("שלושה פלחים", "The budget", "1+1")]
    assert places == sorted(places)
    assert "נועה" in text and "Dana" in text and words(language)("report.note_undated") in text
    assert words(language)("report.note_on", task="Call the bank").split(":")[0] in text
    assert " <is>" not in text


def test_tables_have_them_in_a_column_and_no_formula() -> None:
    _, *rows = csv.reader(io.StringIO(rendered("csv", "en")))
    tasks, cards, kpis = (COLUMNS[name] for name in ("tasks", "cards", "kpis"))
    day = describe_origin(ON_TASK, words("en")).split(" · ")[0]
    assert [row[tasks.index("notes")] for row in rows] == [f"{day} נועה: {ON_TASK.text}", ""]
    (card,) = list(csv.reader(io.StringIO(rendered("csv-cards", "en"))))[1:]
    notes = card[cards.index("notes")]
    first, second, third = notes.split("\n")
    assert first.endswith("Dana: The budget <is> set") and second == "  for *all* of it" and third == "'=1+1"
    (kpi,) = list(csv.reader(io.StringIO(rendered("csv-kpis", "en"))))[1:]
    assert kpi[kpis.index("readings")] == "2026-03-01: 31"
    book = zipfile.ZipFile(io.BytesIO(render(ExportContext(PLAN, words("en"), TODAY), "xlsx")))
    assert "The budget &lt;is&gt; set" in book.read("xl/sharedStrings.xml").decode()


def test_a_calendar_and_a_copied_card_have_them() -> None:
    unfolded = rendered("ics", "en").replace("\r\n ", "")
    assert "שלושה פלחים" in unfolded and "The budget <is> set for *all* of it" in unfolded
    text = card_text(PLAN.stages[0].cards[0], Labels("", "en"), words("en"))
    assert "Call the bank: דנה ביקשה שלושה פלחים" in text and "Dana: The budget" in text


def test_json_says_its_version_only_where_there_is_one() -> None:
    assert load(dump(PLAN, "en")) == PLAN
    assert f'"version": {NOTES_VERSION}' in dump(PLAN, "en")
    without = within(PLAN, Scope(brief=True))
    assert f'"version": {NOTES_VERSION}' in dump(without, "en")  # the value by day
    bare = Roadmap("r", "Plan", "", without.stages)
    text = dump(bare, "en")
    assert f'"version": {PLAIN_VERSION}' in text and '"notes"' not in text and load(text) == bare


@pytest.mark.parametrize("name", ["html", "md", "csv", "ics", "json"])
def test_a_brief_one_has_no_notes(name: str) -> None:
    text = rendered(name, "en", within(PLAN, Scope(brief=True)))
    assert "budget" not in text and "פלחים" not in text and "Call the bank" in text


def test_many_notes_of_one_task_are_read_back() -> None:
    many = tuple(Note(f"m{n}", f"note {n}", "Dana", "2026-03-01T09:00:00Z") for n in range(3000))
    card = Card("c", "Card", (), (Task("a", "x"), Task("t", "Call", notes=many), Task("b", "y")), many[:0])
    plan = Roadmap("r", "Plan", "", (Stage("s", "S", (card,)),))
    assert load(dump(plan, "en")) == plan
