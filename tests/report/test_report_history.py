"""Changes in words, newest first as the history shows them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plans
from examples import examples
from lfroadmap.report.history import ChangeFormatter, ChangeText
from lfroadmap.report.node_index import NodeIndex
from lfroadmap.roadmap.batch import Batch, ResetAll
from lfroadmap.roadmap.edits import Edit, Rename, SetField, SetKpi, SetTask, SpliceText, Tick
from lfroadmap.roadmap.model import Kpi, Roadmap, Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.templates import load
from lfroadmap.words import LANGUAGES, Language, words
from samples import sample


def described(
    edits: list[Edit], language: Language = "en", roadmap: Roadmap | None = None
) -> list[ChangeText]:
    """What the history says of edits that were done in this order; newest first."""
    roadmap = roadmap or sample("en")
    rows = []
    for edit in edits:
        rows.append((edit, edit.inverse(roadmap)))
        roadmap = edit.on(roadmap)
    formatter = ChangeFormatter(NodeIndex(roadmap), words(language))
    return [formatter.describe(edit, inverse) for edit, inverse in reversed(rows)]


@pytest.mark.parametrize(
    ("edit", "sentence", "card"),
    [
        (SetField("goals.owner", "Yossi"), "Owner: Dana Levi → Yossi", "Goals & <limits>"),
        (SetField("pilot.group", "B"), "Control group: B", "Pilot"),
        (SetField("goals.owner", ""), "Owner: emptied, was Dana Levi", "Goals & <limits>"),
        (SetField("goals.deadline", "2026-04-01"), "Deadline: 2026-03-01 → 2026-04-01", "Goals & <limits>"),
        (SpliceText("goals.text", 0, 0, "First: "), "Goals: wrote “First: ”", "Goals & <limits>"),
        (SpliceText("goals.text", 0, 5, ""), "Goals: deleted “Bring”", "Goals & <limits>"),
        (SpliceText("goals.text", 0, 5, "Take"), "Goals: “Bring” became “Take”", "Goals & <limits>"),
        (Tick("pilot.1", False), "unticked: Run it", "Pilot"),
        (Tick("goals.3", True, "2026-03-15"), "ticked: Set the targets", "Goals & <limits>"),
        (Rename("goals.3", "Aim"), "“Set the targets” is now called “Aim”", "Goals & <limits>"),
        (Rename("plan", "Acme"), "“Plan · Acme” is now called “Acme”", ""),
        (SetTask("goals.2", "due", "2026-05-01"), "Name an owner · due: 2026-03-31 → 2026-05-01",
         "Goals & <limits>"),
        (SetKpi("k1", "current", "30"), "Return rate · Now: 23 → 30", "Return rate"),
        (SetKpi("k1", "better", "down"), "Return rate · Better: higher is better → lower is better",
         "Return rate"),
        (SetKpi("k1", "unit", None), "Return rate · Unit: —", "Return rate"),
        (Add(Task("new", "Ask them"), "pilot"), "added the task: Ask them", "Pilot"),
        (Remove("pilot.1"), "removed the task: Run it", "Pilot"),
        (Remove("pilot"), "removed the card: Pilot", "Pilot"),
        (Remove("a"), "removed the stage: A. Strategy", "A. Strategy"),
        (Move("goals.3", "goals", ""), "moved the task: Set the targets", "Goals & <limits>"),
        (Move("goals.3", "pilot"), "moved the task: Set the targets, from Goals & <limits> to Pilot",
         "Pilot"),
        (ResetAll(Roadmap("plan", "Plan")), "reset the whole roadmap", ""),
        (Batch((Tick("goals.3", True), SetField("pilot.group", "B"))),
         "2 changes at once: ticked: Set the targets, …", "Goals & <limits>"),
    ],
)  # fmt: skip
def test_a_change_is_told_with_its_place_and_values(edit: Edit, sentence: str, card: str) -> None:
    (row,) = described([edit])
    assert (row.sentence, row.card) == (sentence, card)


def test_what_was_removed_later_keeps_its_name_in_older_rows() -> None:
    edits: list[Edit] = [
        SetField("pilot.group", "B"), Tick("goals.3", True, "2026-03-15"), Remove("goals.3"), Remove("pilot"),
    ]  # fmt: skip
    rows = described(edits)
    assert [(row.sentence, row.card) for row in rows] == [
        ("removed the card: Pilot", "Pilot"),
        ("removed the task: Set the targets", "Goals & <limits>"),
        ("ticked: Set the targets", "Goals & <limits>"),
        ("Control group: B", "Pilot"),
    ]


def test_words_of_a_template_come_in_the_language_of_the_reader() -> None:
    plan = load("liquid-funnel").roadmap("r1")
    edits: list[Edit] = [
        Rename("strategy.goals", "Aims"), Rename("strategy.goals", None),
        SetField("strategy.goals.owner", "דנה"),
        SetKpi("kpi.return-rate", "target", "+30%"), SetField("strategy.goals.deadline", "2026-03-31"),
    ]  # fmt: skip
    english, hebrew = described(edits, "en", plan), described(edits, "he", plan)
    assert english[0].sentence == "Deadline: 2026-03-31"
    assert "31.3.2026" in hebrew[0].sentence
    assert "+20% a quarter → +30%" in english[1].sentence
    assert "ברבעון ← +30%" in hebrew[1].sentence
    assert english[3].sentence == "“Aims” is now called “Liquid Funnel goals”"
    assert [row.node for row in english] == [row.node for row in hebrew]
    assert all(any("א" <= c <= "ת" for c in row.sentence) for row in hebrew)


def test_a_change_that_took_another_back_says_so() -> None:
    plan = sample("en")
    edit = Tick("pilot.1", False)
    row = ChangeFormatter(NodeIndex(plan), words("en")).describe(edit, edit.inverse(plan), step="undo")
    assert row.sentence == "undo · unticked: Run it"


def test_an_added_kpi_and_its_cells_are_told() -> None:
    rows = described([Add(Kpi("k9", "Loyalty", "", "", ""), "plan"), SetKpi("k9", "unit", "%"), Remove("k9")])
    assert [row.sentence for row in rows] == [
        "removed the KPI: Loyalty", "Loyalty · Unit: %", "added the KPI: Loyalty",
    ]  # fmt: skip


@examples(150)
@given(plans.roadmaps, st.lists(plans.edits, max_size=6), st.sampled_from(LANGUAGES))
def test_whatever_was_done_can_be_told_in_one_line(
    roadmap: Roadmap, edits: list[Edit], language: Language
) -> None:
    rows = described(edits, language, roadmap)
    assert len(rows) == len(edits)
    for row in rows:
        assert row.sentence.strip()
        assert "\n" not in row.sentence
        assert "\x1b" not in row.sentence
