from __future__ import annotations

from dataclasses import replace

import pytest

from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.edits import Rename, SetField, SetKpi, SetTask, Tick
from lfroadmap.roadmap.model import Roadmap, Task
from lfroadmap.roadmap.templates import Labels
from lfroadmap.ui.search_index import MOST, Found, RoadmapTargets, SearchIndex, target
from lfroadmap.words import Language, words
from sitting import FIRST_CARD, GOALS, OWNER, template

UNIFIED = "data.governance"
JOIN = "data.governance.join-sources"
LONG = "first words " + "of a long text " * 40 + "the needle " + "and more of it " * 40


def filled() -> Roadmap:
    """A roadmap with people, days, values and texts of one's own."""
    edits = (
        SetField(OWNER, "Dana Levi"),
        SetField("data.governance.owner", "dana  levi"),
        SetField("data.governance.deadline", "2026-03-31"),
        SetField("data.governance.consent", "partial"),
        SetField(GOALS, LONG),
        SetTask(JOIN, "owner", "Yoav"),
        Rename("data.governance.list-sources", "לְתַאֵם עם ראש המטה"),
        Rename("data.governance.consent-check", "\u200fשלום \u202bעולם\u202c"),
        Tick("data.governance.one-identity", True, "2026-01-01"),
        SetKpi("kpi.close-rate", "owner", "Yoav"),
    )
    return Batch(edits).on(template())


def search(query: str, language: Language = "en", roadmap: Roadmap | None = None) -> list[Found]:
    plan = roadmap or filled()
    offered = [target("command", "undo", "undo", "Undo the last change")]
    targets = RoadmapTargets(plan, Labels(plan.template, language), words(language)).all()
    return SearchIndex(offered, targets).search(query)


@pytest.mark.parametrize(
    ("query", "kind", "node", "place"),
    [
        ("undo", "command", "undo", "Undo the last change"),
        ("data and infra", "stage", "data", ""),
        ("unified data", "card", UNIFIED, "B Data"),
        ("JOIN the sources", "task", JOIN, "B Data › Unified data and governance · Yoav"),
        ("dana", "owner", OWNER, "2 cards"),
        ("yoav", "owner", JOIN, "1 task, 1 KPI"),
        ("2026-03-31", "field", f"{UNIFIED}.deadline", "B Data › Unified data and governance › Deadline"),
        ("partial", "field", f"{UNIFIED}.consent", "B Data › Unified data and governance › Consent status"),
        ("needle", "field", GOALS, "A Strategy › Liquid Funnel goals › Goals"),
        ("close rate", "kpi", "kpi.close-rate", "% of leads closed as deals"),
        ("closed as deals", "kpi", "kpi.close-rate", "% of leads closed as deals"),
    ],
)  # fmt: skip
def test_everything_is_found_and_says_what_it_is_and_where(
    query: str, kind: str, node: str, place: str
) -> None:
    best = search(query)[0].target
    assert (best.kind, best.id, best.place) == (kind, node, place)


@pytest.mark.parametrize(
    ("query", "node"),
    [
        ("לתאם", "data.governance.list-sources"),
        ("לְתַאֵם", "data.governance.list-sources"),
        ("שלום עולם", "data.governance.consent-check"),
        ("שלומ עולמ", "data.governance.consent-check"),
        ("\u2067שלום\u2069", "data.governance.consent-check"),
    ],
)
def test_points_and_direction_marks_make_no_difference(query: str, node: str) -> None:
    assert search(query, "he")[0].target.id == node


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("cafe", "Café"),
        ("ÉCOLE", "e\u0301cole"),
        ('מנכ"ל', "מנכ״ל"),
        ("e-mail", "E\u200b-mail"),
        ("ﬁn", "fin"),
    ],
)
def test_other_ways_to_write_the_same_are_the_same(typed: str, text: str) -> None:
    task = Task("t", text)
    roadmap = Roadmap(
        "r",
        "Plan",
        stages=(
            replace(template().stages[0], cards=(replace(template().stages[0].cards[0], tasks=(task,)),)),
        ),
    )
    found = search(typed, roadmap=roadmap)
    assert found[0].target.id == "t"
    assert "".join(found[0].name[at] for at in found[0].offsets)


def test_of_a_long_value_the_part_with_the_words_is_shown() -> None:
    (found, *_) = search("needle")
    assert "needle" in found.name
    assert len(found.name) < 200
    assert "".join(found.name[at] for at in found.offsets) == "needle"


def test_better_matches_come_first_and_open_tasks_before_done_ones() -> None:
    names = [found.name for found in search("agree")]
    assert names[-1] == "Agree on one customer identity across site, CRM and calls", "it is done"
    assert len(names) == 4
    assert [found.target.kind for found in search("scale")][:2] == ["card", "stage"], "its beginning is first"


def test_what_was_chosen_recently_comes_first() -> None:
    plan = template()
    targets = RoadmapTargets(plan, Labels(plan.template, "en"), words("en")).all()
    index = SearchIndex([target("command", "undo", "undo"), target("command", "redo", "redo")], targets)
    recent = [("card", "scale.gone"), ("task", JOIN), ("command", "redo")]
    assert [found.target.id for found in index.search("", recent)] == [JOIN, "redo", "undo"]
    step = next(found.target for found in index.search("agree") if "steps back" in found.name)
    assert index.search("agree", [step.choice])[0].target == step


def test_of_thousands_of_tasks_the_best_are_found() -> None:
    tasks = tuple(Task(f"t{number}", f"Call number {number}") for number in range(10_000))
    plan = template()
    card = replace(plan.stages[0].cards[0], tasks=tasks)
    stage = replace(plan.stages[0], cards=(card, *plan.stages[0].cards[1:]))
    plan = replace(plan, stages=(stage, *plan.stages[1:]))
    assert len(search("call", roadmap=plan)) == MOST
    assert search("number 9876", roadmap=plan)[0].target.id == "t9876"
    assert {found.target.kind for found in search("goals", roadmap=plan)} >= {"card", "task"}
    assert search("liquid funnel goals", roadmap=plan)[0].target.id == FIRST_CARD


def test_letters_alone_find_names_but_no_tasks() -> None:
    assert search("uo")[0].target.id == "undo"
    assert all(found.target.kind not in ("task", "field") for found in search("crm clls"))
    assert search("zzzz") == []
