"""The history as a part of a report: what a scope includes, and how much of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

import plans
from examples import examples
from lfroadmap.report.change_log import HistoryLine, history_lines
from lfroadmap.report.day_grid import DayGrid
from lfroadmap.report.history_section import COLUMNS, MAX_CHANGES, section, table
from lfroadmap.report.nodes import Grid, Value
from lfroadmap.report.report import report
from lfroadmap.report.theme import THEME
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.edits import Edit, Rename, SetField, SetKpi, SetTask, SpliceText, Tick
from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage, Task
from lfroadmap.roadmap.scope import WHOLE, Scope, within
from lfroadmap.roadmap.snapshot_schema import ChangeForm
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.templates import load
from lfroadmap.store.history.queries import every
from lfroadmap.store.library.library import Library
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from lfroadmap.words import LANGUAGES, Language, words
from lines import lived, sample_history
from samples import TODAY, sample


def sentences(edits: Sequence[Edit], scope: Scope, roadmap: Roadmap | None = None) -> list[str]:
    return [line.change.sentence for line in lived(roadmap or sample("en"), edits, "en", scope)[1]]


def test_a_row_a_change_the_newest_first() -> None:
    lines = sample_history("en")
    (grid,) = section(lines, words("en")).body
    assert isinstance(grid, DayGrid) and grid.days[-1] == "2026-03-14"
    assert [value.text for value in grid.rows[-1]] == [
        "18:00", "dana", "Goals & <limits>", "Owner: Dana Levi → Dana <Levi>",
    ]  # fmt: skip
    assert len(grid.rows) == len(lines) == 10
    assert table(lines).rows[-1] == (
        datetime(2026, 3, 14, 18, 0, 30), "dana", "Goals & <limits>", "Owner: Dana Levi → Dana <Levi>",
        "Dana Levi", "Dana <Levi>", 1, "set", "goals.owner", "Owner",
    )  # fmt: skip


def test_the_rows_of_a_day_stand_under_it() -> None:
    lines = sample_history("en")
    (grid,) = section(lines, words("en")).body
    assert isinstance(grid, DayGrid)
    groups = tuple(grid.groups())
    assert [day for day, _ in groups] == list(dict.fromkeys(str(line.at.date()) for line in lines))
    assert sum((rows for _, rows in groups), ()) == grid.rows
    console = Console(width=100, theme=THEME)
    with console.capture() as shown:
        console.print(grid)
    printed = [line.strip() for line in shown.get().splitlines()]
    assert [line for line in printed if line in grid.days] == [day for day, _ in groups]


def test_of_more_changes_than_a_page_holds_the_rest_is_counted() -> None:
    many = (*sample_history("en"),) * 200
    grid, note = section(many, words("en")).body
    assert isinstance(grid, Grid) and isinstance(note, Value)
    assert len(grid.rows) == MAX_CHANGES and f"{len(many) - MAX_CHANGES} more" in note.text
    assert len(table(many).rows) == len(many)


def test_a_report_has_it_only_where_it_is_given() -> None:
    history_lines = [
        report(sample("en"), words("en"), today=TODAY, history=lines)
        for lines in (None, (), sample_history("en"))
    ]
    assert [[node.id for node in each.body if hasattr(node, "id")][-1] for each in history_lines] == [
        "owners", "history", "history",
    ]  # fmt: skip
    assert "No changes yet" in str(history_lines[1].body[-1])


def test_a_line_has_the_keys_of_the_published_form() -> None:
    names = [field.name for field in fields(ChangeForm)]
    names.remove("made")  # only where a change was made at another time than it came
    assert list(sample_history("en")[0].plain()) == names
    history_lines = words("en")
    assert [history_lines(f"sheet.{column}") for column in COLUMNS] == table(()).heads(history_lines)


SECRET = "for our eyes only"


def test_a_brief_history_says_that_long_texts_changed_and_not_how() -> None:
    edits: list[Edit] = [
        SpliceText("goals.text", 0, 0, SECRET),
        SetField("goals.text", SECRET * 2),
        SetField("goals.owner", "Yossi"),
        Batch((SetField("goals.text", SECRET), Tick("goals.3", True))),
    ]
    _, lines = lived(sample("en"), edits, "en", Scope(brief=True))
    assert [line.change.sentence for line in lines] == [
        "Goals: text changed", "ticked: Set the targets", "Owner: Dana Levi → Yossi",
        "Goals: text changed", "Goals: text changed",
    ]  # fmt: skip
    assert SECRET not in str(lines)
    assert SECRET in str(lived(sample("en"), edits, "en")[1])


def test_a_brief_history_keeps_what_a_removed_field_may_have_held() -> None:
    one = Roadmap("r", "R", stages=(Stage("s", "S", (Card("c", "C", (Field("f", "long", label="F"),)),)),))
    edits: list[Edit] = [SetField("f", SECRET), Remove("c")]
    assert SECRET not in str(lived(one, edits, "en", Scope(brief=True))[1])
    # neither the roadmap nor a later change tells of the field any more
    _, (line,) = lived(one, edits[:1], "en")
    assert SECRET in line.change.sentence


def test_a_history_of_chosen_stages_names_nothing_of_the_others() -> None:
    edits: list[Edit] = [
        Tick("pilot.1", False),
        Tick("goals.3", True),
        SetKpi("k1", "current", "30"),
        Rename("plan", "Acme"),
        Rename("b", "B. Secret"),
        Batch((SetField("pilot.group", "secret"), Tick("goals.3", False), SetField("goals.owner", "Y"))),
        Batch((SetField("pilot.group", "more secret"),)),
        Add(Task("t", "Secret", due="2026-05-01"), "pilot"),
        Remove("t"),
        Remove("pilot"),
    ]
    assert sentences(edits, Scope(frozenset({"a"}))) == [
        "unticked: Set the targets",
        "Owner: Dana Levi → Y",
        "“Plan · Acme” is now called “Acme”",
        "Return rate · Now: 23 → 30",
        "ticked: Set the targets",
    ]
    assert len(sentences(edits, WHOLE)) == len(edits) + 2


def test_of_changes_that_were_made_at_once_each_is_told() -> None:
    edits: list[Edit] = [
        Tick("goals.3", True),
        Batch((SetField("goals.owner", "Noa"), SetField("pilot.group", "B"), Tick("goals.2", True))),
    ]
    _, lines = lived(sample("en"), edits, "en")
    assert [(line.number, line.change.sentence) for line in lines] == [
        (2, "Owner: Dana Levi → Noa"), (2, "Control group: B"), (2, "ticked: Name an owner"),
        (1, "ticked: Set the targets"),
    ]  # fmt: skip
    assert [(line.change.old, line.change.new) for line in lines[:2]] == [("Dana Levi", "Noa"), ("", "B")]


def test_what_came_from_a_stage_that_is_not_told_left_its_past_there(tmp_path: Path) -> None:
    plan = load("liquid-funnel").roadmap("r")
    task = plan.stages[1].cards[0].tasks[0].id
    path = Library(tmp_path).create("plan", plan, "dana")
    store = Store(path, "dana")
    store.start(lambda event: None)
    edits = (
        SetTask(task, "owner", SECRET),
        SetTask(task, "due", "2026-05-01"),
        SetTask(task, "owner", ""),
        Move(task, "strategy.goals"),
        Rename(task, "Open"),
    )
    for edit in edits:
        store.submit(edit)
        store.end_burst()
    assert store.close() == ()
    now = read(path)
    scope = Scope(frozenset({"strategy"}))
    found = [line.change.sentence for line in history_lines(every(path), now, words("en"), scope)]
    assert found[0].endswith("is now called “Open”") and SECRET not in str(found)
    assert SECRET in str(history_lines(every(path), now, words("en")))


@pytest.mark.parametrize("end", [Remove("strategy.goals.choose-segments"), Remove("data.governance")])
def test_what_left_the_stage_it_came_with_is_told_no_more(end: Edit) -> None:
    task = "strategy.goals.choose-segments"
    edits: list[Edit] = [
        Tick(task, True, "2026-03-01"),
        Move(task, "data.governance"),
        Rename(task, SECRET),
        SetTask(task, "owner", SECRET),
        end,
    ]
    plan = load("liquid-funnel").roadmap("r")
    _, lines = lived(plan, edits, "en", Scope(frozenset({"strategy"})))
    assert SECRET not in str(lines)
    _, every = lived(plan, edits, "en")
    assert {line.change.card for line in every if SECRET in line.change.sentence} == {
        "Unified data and governance"
    }


def test_a_card_that_came_from_a_stage_which_is_not_told_came_from_nowhere() -> None:
    edits: list[Edit] = [Move("goals.3", "pilot"), Move("c", "a")]
    assert sentences(edits, Scope(frozenset({"b"}))) == ["moved the task: Set the targets"]
    assert sentences(edits, Scope(frozenset({"a"}))) == ["moved the card: Scale"]
    assert sentences(edits, WHOLE)[1] == "moved the task: Set the targets, from Goals & <limits> to Pilot"


@pytest.mark.parametrize(
    ("language", "old", "new", "shown"),
    [
        ("en", "Dana", "Yossi", "Owner: Dana → Yossi"),
        ("en", "דנה", "Yossi", "Owner: דנה → Yossi"),
        ("en", "דנה", "יוסי", "Owner: דנה \u200e→ יוסי"),
        ("he", "דנה", "יוסי", "אחראי/ת: \u200fדנה ← יוסי"),
        ("he", "Dana", "Yossi", "אחראי/ת: \u200f\u2066Dana\u2069 \u200f← \u2066Yossi\u2069"),
    ],
)
def test_a_change_between_names_of_the_other_direction_keeps_its_order(
    language: Language, old: str, new: str, shown: str
) -> None:
    edits = [SetField("goals.owner", old), SetField("goals.owner", new)]
    assert lived(sample(language), edits, language)[1][0].change.sentence == shown


@examples(150)
@given(
    plans.roadmaps,
    st.lists(plans.edits, max_size=6),
    st.sampled_from(LANGUAGES),
    st.sets(st.sampled_from([f"s{n}" for n in range(4)])),
    st.booleans(),
)
def test_whatever_was_done_a_part_of_it_is_told(
    roadmap: Roadmap, edits: list[Edit], language: Language, stages: set[str], brief: bool
) -> None:
    whole, every = lived(roadmap, edits, language)
    scope = Scope(frozenset(stages), brief)
    _, lines = lived(roadmap, edits, language, scope)
    assert {line.number for line in lines} <= {line.number for line in every}
    assert all(_in_scope(line, within(whole, scope), whole) for line in lines)


def _in_scope(line: HistoryLine, part: Roadmap, whole: Roadmap) -> bool:
    """A line never stands on a card that the roadmap still has and its excerpt has not."""
    cards = {card.id for stage in whole.stages for card in stage.cards}
    kept = {card.id for stage in part.stages for card in stage.cards}
    return line.change.home not in cards - kept
