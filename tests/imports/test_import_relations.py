"""Tables with what waits for what, KPIs that cards move, rules of repeating and starts: written and read."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lfroadmap.export import ExportContext, render
from lfroadmap.roadmap.dependencies import Dependencies
from lfroadmap.roadmap.model import Card, Field, Kpi, Relation, Roadmap, Stage, Task
from lfroadmap.roadmap.structure import Add
from lfroadmap.roadmap.table_import import TableImport, import_tables
from lfroadmap.roadmap.table_rows import Row, Rows, TableName
from lfroadmap.words import LANGUAGES, Language, words
from reading import read_tables
from samples import TODAY

CARDS = (
    Card(
        "a", "Price",
        (
            Field("as", "date", "start", "Start", "2026-02-01"),
            Field("ad", "date", "deadline", "By", "2026-05-01"),
        ),
        (Task("a1", "Agree"), Task("a2", "Same")),
    ),
    Card(
        "b", "Deal", (Field("bd", "date", "deadline", "By", ""),),
        (Task("b1", "Sign", repeat="month 31"), Task("b2", "Same")),
    ),
)  # fmt: skip
PLAN = Roadmap("r", "R", stages=(Stage("s", "S", CARDS),), kpis=(Kpi("k", "Close rate"), Kpi("l", "Churn")))
IDS = ["a", "a1", "a2", "b", "b1", "b2"]


def related(*pairs: tuple[str, str]) -> Roadmap:
    plan = PLAN
    for number, (node, target) in enumerate(pairs):
        if target in ("k", "l") or not Dependencies(plan).path_to(node, target):
            plan = Add(Relation(f"w{number}", "moves" if target in "kl" else "waits_for", target), node).on(
                plan
            )
    return plan


def ids() -> Iterator[str]:
    return (f"new{number}" for number in count())


def imported(plan: Roadmap, *tables: Rows, language: Language = "en") -> TableImport:
    new = ids()
    return import_tables(plan, tables, language, TODAY, lambda: next(new))


def rows(table: TableName, *cells: dict[str, str]) -> Rows:
    return Rows(table, "", tuple(Row(line, each) for line, each in enumerate(cells, 2)))


def targets(plan: Roadmap) -> dict[str, list[str]]:
    nodes = [node for stage in plan.stages for card in stage.cards for node in (card, *card.tasks)]
    return {node.id: [each.target for each in node.relations] for node in nodes if node.relations}


waits = st.tuples(st.sampled_from(IDS), st.sampled_from(IDS))
pairs = st.lists(waits | st.tuples(st.sampled_from("ab"), st.sampled_from("kl")), max_size=6)


@pytest.mark.parametrize("language", LANGUAGES)
@given(pairs)
def test_our_tables_change_nothing_and_make_them_again(
    language: Language, made: list[tuple[str, str]]
) -> None:
    plan = related(*dict.fromkeys(made))
    found: list[Rows] = []
    for sort in ("csv", "csv-cards"):
        data = render(ExportContext(plan, words(language), TODAY), sort)
        found += read_tables(io.BytesIO(data), f"x-{sort}.csv").tables
    again = imported(plan, *found, language=language)
    assert {row.outcome for row in again.rows} == {"same"}
    bare = imported(PLAN, *found, language=language)
    assert not [remark for row in bare.rows for remark in row.remarks]
    after = {node: sorted(each) for node, each in targets(bare.edit.on(PLAN)).items()}
    assert after == {node: sorted(set(each)) for node, each in targets(plan).items()}


def test_names_that_mean_nothing_or_close_a_circle_are_told_and_take_nothing_away() -> None:
    plan = related(("b", "a"))
    found = imported(
        plan,
        rows("cards", {"card": "Deal", "deadline": "", "waits_for": "nothing of ours"}),
        rows("cards", {"card": "Price", "deadline": "", "waits_for": "Deal", "moves": "churn\nClose rate"}),
        rows("tasks", {"task": "Agree", "repeat": "now and then", "waits_for": "Same"}),
        rows("tasks", {"task": "Sign", "repeat": "every week", "waits_for": "Agree"}),
    )
    said = [[(remark.key, remark.value) for remark in row.remarks] for row in found.rows]
    assert said == [
        [("no_target", "nothing of ours")], [("circle", "Deal")],
        [("bad_repeat", "now and then"), ("no_target", "Same")], [],
    ]  # fmt: skip
    after = found.edit.on(plan)
    assert targets(after) == {"b": ["a"], "a": ["l", "k"], "b1": ["a1"]}
    assert after.stages[0].cards[1].tasks[0].repeat == "week"
    assert found.edit.inverse(plan).on(after) == plan


def test_a_row_waits_for_one_that_comes_below_it_and_an_empty_cell_ends_a_wait() -> None:
    plan = related(("a1", "b1"))
    found = imported(
        plan,
        rows(
            "tasks",
            {"task": "First", "card": "Deal", "waits_for": "Second"},
            {"task": "Second", "card": "Deal", "waits_for": ""},
            {"id": "a1", "task": "Agree", "waits_for": ""},
        ),
    )
    after = found.edit.on(plan)
    first, second = after.stages[0].cards[1].tasks[2:]
    assert (first.text, targets(after)) == ("First", {first.id: [second.id]})
    assert found.rows[2].changes == (("waits_for", "Sign", ""),)


def test_ids_of_another_roadmap_mean_the_rows_that_have_them() -> None:
    found = imported(
        PLAN,
        rows(
            "tasks",
            {"id": "far1", "task": "Report", "card": "Deal", "waits_for": "far2\nfar3\nfar4"},
            {"id": "far2", "task": "Report", "card": "Price", "waits_for": ""},
            {"id": "far3", "task": "Agree", "card": "Price", "waits_for": ""},
        ),
    )
    after = found.edit.on(PLAN)
    price, deal = after.stages[0].cards
    assert targets(after) == {deal.tasks[-1].id: [price.tasks[-1].id, "a1"]}
    assert [(each.key, each.value) for each in found.rows[0].remarks] == [("no_target", "far4")]
