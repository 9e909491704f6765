"""What changed between two states."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from examples import examples
from lfroadmap.report.comparison_report import Ends, comparison_report
from lfroadmap.report.nodes import Grid, Section
from lfroadmap.roadmap import templates
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.comparison import Comparison, compare
from lfroadmap.roadmap.edits import Bind, Edit, Rename, SetField, SetKpi, SetTask, Tick
from lfroadmap.roadmap.health import HealthSummary, Late
from lfroadmap.roadmap.late_changes import Days
from lfroadmap.roadmap.model import Card, Kpi, Measurement, Note, Reading, Roadmap, Stage, Task
from lfroadmap.roadmap.progress import Tally, tally
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.words import LANGUAGES, Language, words
from plans import edits, roadmaps
from samples import sample

THEN = sample("en")


def changed(*done: Edit) -> Comparison:
    return compare(THEN, Batch(done).on(THEN), "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_is_no_change(language: Language) -> None:
    for roadmap in (sample(language), templates.load("liquid-funnel").roadmap("x")):
        comparison = compare(roadmap, roadmap, language)
        assert comparison.is_empty
        assert [shift.points for shift in comparison.stages] == [0] * len(roadmap.stages)


def test_progress_is_told_of_every_stage() -> None:
    comparison = changed(Tick("goals.2", True, "2026-03-10"), Add(Stage("z", "Z"), "plan"), Remove("b"))
    assert [(shift.title, shift.before, shift.after) for shift in comparison.stages] == [
        ("A. Strategy", Tally(1, 3), Tally(2, 3)),
        ("Z", None, Tally(0, 0)),
        ("B. Launch", Tally(1, 1), None),
    ]
    assert comparison.stages[0].points == 33
    assert (comparison.overall.before, comparison.overall.after) == (Tally(2, 4), Tally(2, 3))


def test_what_came_of_tasks() -> None:
    comparison = changed(
        Tick("goals.1", False),
        Tick("goals.2", True, "2026-03-10"),
        Rename("goals.2", "Name one owner"),
        Remove("goals.3"),
        Add(Task("new", "New", True, "2026-03-11"), "c"),
    )
    assert [(change.word, change.text, change.card) for change in comparison.tasks] == [
        ("reopened", "Choose the segments", "Goals & <limits>"),
        ("done", "Name one owner", "Goals & <limits>"),
        ("reworded", "Name one owner", "Goals & <limits>"),
        ("added", "New", "Scale"),
        ("done", "New", "Scale"),
        ("removed", "Set the targets", "Goals & <limits>"),
    ]
    assert comparison.tasks_with("reworded")[0].was == "Name an owner"


def test_dates_slip_or_are_brought_forward_by_days() -> None:
    comparison = changed(
        SetField("goals.deadline", "2026-03-11"),
        SetTask("goals.2", "due", "2026-03-30"),
        SetField("pilot.start", "2026-04-01"),
        SetField("pilot.deadline", ""),
    )
    assert [(c.what, c.before, c.after, c.days) for c in comparison.dates] == [
        ("Deadline", "2026-03-01", "2026-03-11", 10),
        ("Deadline", "2026-03-29", "", None),
        ("Start", "someday", "2026-04-01", None),
        ("Name an owner", "2026-03-31", "2026-03-30", -1),
    ]


def test_kpis_move_against_their_targets() -> None:
    comparison = changed(
        SetKpi("k1", "current", "24"),
        SetKpi("k2", "target", "10"),
        Remove("k3"),
        Add(Kpi("k4", "CAC"), "plan"),
    )
    first, second, came, went = comparison.kpis
    assert (first.measure, first.before, first.after, first.moved) == ("Return rate", "23", "24", 1)
    assert (first.standing_before.percent, first.standing_after.percent) == (75, 100)
    assert (second.target_before, second.target_after, second.moved) == ("12", "10", 0)
    assert (came.word, came.measure, went.word, went.measure) == ("added", "CAC", "removed", "Close rate")


def test_owners_of_cards_tasks_and_kpis() -> None:
    comparison = changed(
        SetField("goals.owner", "Noa"), SetTask("goals.2", "owner", ""), SetKpi("k1", "owner", "Sales")
    )
    assert [(c.what, c.where, c.before, c.after) for c in comparison.owners] == [
        ("Owner", "Goals & <limits>", "Dana Levi", "Noa"),
        ("Name an owner", "Goals & <limits>", "Yossi", ""),
        ("Return rate", "", "Growth", "Sales"),
    ]


def test_other_values_and_parts() -> None:
    comparison = changed(
        SetField("pilot.group", "half"), Rename("a", "A. Plan"), Rename("plan", "Acme"), Remove("c"),
        Add(Card("n", "Next"), "b"), SetField("pilot.choice", "monthly"),
    )  # fmt: skip
    assert [(c.what, c.after) for c in comparison.values] == [
        ("Control group", "half"),
        ("Rhythm", "monthly"),
    ]
    assert [(p.word, p.title, p.was) for p in comparison.parts] == [
        ("renamed", "Acme", "Plan · Acme"),
        ("renamed", "A. Plan", "A. Strategy"),
        ("added", "Next", ""),
        ("removed", "Scale", ""),
    ]


def test_what_only_moved_or_speaks_another_language_did_not_change() -> None:
    assert changed(Move("goals.3", "goals", "")).is_empty
    fresh = templates.load("liquid-funnel").roadmap("x")
    assert compare(fresh, replace(fresh, id="y"), "he").is_empty


@examples(60)
@given(roadmaps, edits)
def test_whatever_is_done_is_told_soundly(then: Roadmap, edit: Edit) -> None:
    after = edit.on(then)
    comparison = compare(then, after, "en")
    assert (comparison.overall.before, comparison.overall.after) == (tally(then), tally(after))
    gained = len(comparison.tasks_with("added")) - len(comparison.tasks_with("removed"))
    assert tally(after).total - tally(then).total == gained
    back = compare(after, then, "en")
    assert len(back.tasks_with("removed")) == len(comparison.tasks_with("added"))
    assert (len(back.dates), len(back.parts)) == (len(comparison.dates), len(comparison.parts))


def test_what_became_late_and_what_is_late_no_more() -> None:
    then = SetTask("goals.2", "due", "2026-03-20").on(sample("en"))
    days = Days(date(2026, 3, 15), date(2026, 3, 25))
    moved = Batch((SetField("goals.deadline", "2026-04-01"), SetTask("goals.3", "due", "2026-03-01"))).on(
        then
    )
    found = compare(then, moved, "en", days)
    assert [(change.word, change.id, change.card, change.day) for change in found.late] == [
        ("late", "goals.3", "Goals & <limits>", "2026-03-01"),
        ("late", "goals.2", "Goals & <limits>", "2026-03-20"),
        ("not_late", "goals", "", "2026-03-01"),
    ]
    before, after = found.overall.health_before, found.overall.health_after
    assert (before, after) == (HealthSummary("late", Late(1, 0)), HealthSummary("at_risk", Late(0, 2)))
    assert not compare(then, then, "en", days).is_empty  # the days alone made it late
    assert compare(then, then, "en").is_empty


def test_what_is_removed_is_late_no_more() -> None:
    days = Days(date(2026, 3, 15), date(2026, 3, 15))
    found = compare(sample("en"), Remove("goals").on(sample("en")), "en", days)
    assert [(change.word, change.id) for change in found.late] == [("not_late", "goals")]


def test_what_kpis_are_bound_to_is_compared() -> None:
    then = Roadmap(
        "r", "", "", kpis=(Kpi("k", "Rate", bound_to="win_rate"), Kpi("m"), Kpi("gone", bound_to="cac"))
    )
    now = Bind("m", "cac").on(Bind("k", "close_rate", "ads", "region=north").on(then))
    now = Add(Kpi("new", bound_to="ltv"), "r").on(Remove("gone").on(now))
    found = compare(then, now, "en")
    assert [(each.id, each.what, each.where, each.before, each.after) for each in found.bindings] == [
        ("k", "Rate", "", "win_rate", "close_rate?channel=ads&segment=region%3Dnorth"),
        ("m", "m", "", "", "cac"),
    ]
    assert not compare(then, Bind("k", "").on(then), "he").is_empty
    report = comparison_report(found, Ends("then", "now"), words("en"))
    (values,) = [part for part in report.body if isinstance(part, Section) and part.id == "values"]
    (grid,) = [node for node in values.body if isinstance(node, Grid)]
    assert [tuple(cell.text for cell in row) for row in grid.rows] == [
        ("Rate · bound to", "Win rate", "Close rate · ads · region=north"),
        ("m · bound to", "—", "Acquisition cost (CAC)"),
    ]


def test_measurements_that_came_and_went_are_one_each() -> None:
    def plan(*days: str) -> Roadmap:
        return Roadmap("r", "", "", measurements=tuple(Measurement(day, None, day) for day in days))

    then, now = plan("2026-01-01", "2026-02-01"), plan("2026-02-01", "2026-03-01", "soon", "2026-04-01")
    found = compare(then, now, "en")
    assert [(each.word, each.id, each.title) for each in found.parts] == [
        ("added", "2026-04-01", "3 measurements, the last of 2026-04-01"),
        ("removed", "2026-01-01", "the measurement of 2026-01-01"),
    ]
    named = compare(now, Rename("2026-03-01", "Before the fair").on(now), "he")
    assert [(each.word, each.was, each.title) for each in named.parts] == [
        ("renamed", "1.3.2026", "Before the fair")
    ]
    assert compare(then, then, "en").is_empty


def test_notes_and_values_by_day_are_compared() -> None:
    kept, gone, new = Note("a", "Old words", "Dana"), Note("b", "Gone"), Note("d", "New", "Noa")

    def roadmap(on_task: tuple[Note, ...], on_card: tuple[Note, ...], *readings: Reading) -> Roadmap:
        card = Card("c", "Card", (), (Task("t", "Call", notes=on_task),), on_card)
        return Roadmap("r", "", "", (Stage("s", "S", (card,)),), (Kpi("k", "Rate", readings=readings),))

    then = roadmap((kept,), (gone,), Reading("x", "5", "2026-03-01"), Reading("z", "9", "2026-01-01"))
    now = roadmap(
        (replace(kept, text="New words"),),
        (new,),
        Reading("x", "6", "2026-03-01"),
        Reading("y", "7", "2026-03-02"),
    )
    found = compare(then, now, "en")
    assert [(n.word, n.text, n.author, n.where, n.was) for n in found.notes] == [
        ("reworded", "New words", "Dana", "Call", "Old words"),
        ("added", "New", "Noa", "Card", ""),
        ("removed", "Gone", "", "Card", ""),
    ]
    assert [(r.measure, r.day, r.before, r.after) for r in found.readings] == [
        ("Rate", "2026-03-01", "5", "6"), ("Rate", "2026-03-02", "", "7"), ("Rate", "2026-01-01", "9", ""),
    ]  # fmt: skip
    assert not found.is_empty and compare(now, now, "en").is_empty
    report = comparison_report(found, Ends("then", "now"), words("en"))
    assert {"notes", "readings"} <= {part.id for part in report.body if isinstance(part, Section)}
