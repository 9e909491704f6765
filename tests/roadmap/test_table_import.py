"""Rows of tables, taken into a roadmap."""

from __future__ import annotations

from itertools import count

import pytest

from lfroadmap.roadmap import templates
from lfroadmap.roadmap.model import Card, Roadmap, Stage, Task
from lfroadmap.roadmap.table_import import TableImport, import_tables
from lfroadmap.roadmap.table_rows import Row, Rows, TableName
from lfroadmap.roadmap.tree import find
from samples import TODAY, hostile, sample

NOW = sample("en")


def merged(rows: list[dict[str, str]], table: TableName = "tasks", roadmap: Roadmap = NOW) -> TableImport:
    numbers = count(1)
    given = Rows(table, "", tuple(Row(line, cells) for line, cells in enumerate(rows, 2)))
    return import_tables(roadmap, (given,), "en", TODAY, lambda: f"new{next(numbers)}")


def task(roadmap: Roadmap, node_id: str) -> Task:
    place = find(roadmap, node_id)
    assert place and isinstance(place.node, Task)
    return place.node


def test_a_row_finds_its_task_by_id_and_then_by_its_words() -> None:
    result = merged(
        [
            {"id": "goals.2", "task": "Name one owner", "done": "TRUE"},
            {"id": "", "task": " choose the  SEGMENTS", "done": "FALSE"},
            {"id": "goals.3", "task": "Set the targets", "done": "FALSE"},
        ]
    )
    assert [(step.outcome, step.line) for step in result.rows] == [("change", 2), ("change", 3), ("same", 4)]
    assert result.rows[0].changes == (
        ("task", "Name an owner", "Name one owner"),
        ("done", "□", "✓ 2026-03-15"),
    )
    after = result.edit.on(NOW)
    assert task(after, "goals.2").text == "Name one owner"
    assert task(after, "goals.2").done_on == TODAY.isoformat()
    assert task(after, "goals.1") == Task("goals.1", "Choose the segments")
    assert task(after, "goals.3") is task(NOW, "goals.3")


def test_a_column_that_is_not_there_changes_nothing_and_an_empty_cell_empties() -> None:
    assert merged([{"id": "goals.2", "task": "Name an owner"}]).rows[0].outcome == "same"
    result = merged([{"id": "goals.2", "due": "", "owner": ""}])
    assert result.rows[0].changes == (("due", "2026-03-31", ""), ("owner", "Yossi", ""))


@pytest.mark.parametrize(
    ("typed", "day"), [("31/3/2026", "2026-03-31"), ("+3", "2026-03-18"), ("soon", ""), ("", "")]
)
def test_a_day_is_read_as_people_type_it(typed: str, day: str) -> None:
    after = merged([{"id": "goals.3", "due": typed}]).edit.on(NOW)
    assert task(after, "goals.3").due == day


def test_a_new_row_needs_words_and_a_card() -> None:
    result = merged(
        [
            {"id": "x", "card": "pilot", "task": "Ask the sales team", "done": "כן", "owner": "Noa"},
            {"task": "Nowhere"},
            {"card": "No such card", "task": "Lost"},
            {"id": "y", "task": " "},
        ]
    )
    assert [step.reason for step in result.rows] == ["", "no_card", "no_such_card", "no_words"]
    after = result.edit.on(NOW)
    assert task(after, "new1") == Task("new1", "Ask the sales team", True, TODAY.isoformat(), "", "Noa")
    place = find(after, "new1")
    assert place and place.parent == "pilot"


def test_another_card_moves_the_task() -> None:
    after = merged([{"id": "goals.3", "card": "Scale", "stage": "B. Launch"}]).edit.on(NOW)
    place = find(after, "goals.3")
    assert place and place.parent == "c"


def test_what_cannot_be_decided_is_left_out() -> None:
    twins = Roadmap(
        "r", "", "",
        (
            Stage("a", "A", (Card("a1", "Card", (), (Task("1", "Call"),)),)),
            Stage("b", "B", (Card("b1", "Card", (), (Task("2", "Call"),)), Card("b2", "Other"))),
        ),
    )  # fmt: skip
    rows = [
        {"task": "Call", "done": "1"},
        {"task": "Call", "card": "Card", "stage": "B", "done": "1"},
        {"id": "2", "done": "1"},
        {"task": "New", "card": "Card"},
        {"id": "1", "done": "perhaps"},
    ]
    result = merged(rows, roadmap=twins)
    assert [step.reason for step in result.rows] == ["which_one", "", "twice", "which_card", ""]
    assert [task(result.edit.on(twins), n).done for n in "12"] == [False, True]


def test_kpis_are_merged_and_added() -> None:
    result = merged(
        [
            {"id": "k1", "measure": "Return rate", "current": "24", "better": "higher is better"},
            {"measure": "close RATE", "target": "+10%", "unit": "%", "better": "גבוה יותר = טוב יותר"},
            {"measure": "CAC", "baseline": "120", "better": "down"},
            {"id": "k2", "better": "sideways"},
            {"current": "5"},
        ],
        "kpis",
    )
    assert [step.outcome for step in result.rows] == ["change", "change", "add", "same", "skip"]
    assert result.rows[0].changes == (("current", "23", "24"),)
    after = result.edit.on(NOW)
    assert (after.kpis[2].measure, after.kpis[2].target, after.kpis[2].better) == ("Close rate", "+10%", "up")
    assert (after.kpis[3].id, after.kpis[3].measure, after.kpis[3].better) == ("new1", "CAC", "down")


def test_the_templates_own_words_are_no_change_in_either_language() -> None:
    fresh = templates.load("liquid-funnel").roadmap("r")
    first = fresh.stages[0].cards[0].tasks[0]
    for language in ("he", "en"):
        words = templates.Labels(fresh.template, language).of(first)
        assert merged([{"id": first.id, "task": words}], roadmap=fresh).rows[0].outcome == "same"


def test_all_of_it_is_one_step_there_and_back() -> None:
    result = merged(
        [{"id": "goals.3", "card": "c", "done": "x"}, {"task": "N", "card": "c"}, {"id": "goals.2"}]
    )
    edit = result.edit
    assert edit.inverse(NOW).on(edit.on(NOW)) == NOW


def test_hostile_texts_that_come_back_cleaned_are_no_change() -> None:
    from lfroadmap.text import clean

    roadmap = hostile()
    rows = [
        {"id": each.id, "task": clean(each.text or ""), "owner": clean(each.owner), "due": clean(each.due)}
        for each in roadmap.stages[0].cards[0].tasks
    ]
    assert {step.outcome for step in merged(rows, roadmap=roadmap).rows} == {"same"}
