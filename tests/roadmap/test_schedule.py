"""Days of cards and tasks: which there are, and how they are moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filled import planned
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import iso_day, role_value
from lfroadmap.roadmap.schedule import Schedule, Unit, moved
from lfroadmap.roadmap.schedule_edits import day_edit, span_edit, start_edit

units: st.SearchStrategy[Unit] = st.sampled_from(["day", "week", "month"])


@pytest.mark.parametrize(
    ("day", "unit", "steps", "to"),
    [
        ("2026-01-31", "month", 1, "2026-02-28"),
        ("2028-01-31", "month", 1, "2028-02-29"),
        ("2026-03-31", "month", -13, "2025-02-28"),
        ("2026-12-30", "week", 1, "2027-01-06"),
        ("2026-03-01", "day", -1, "2026-02-28"),
        ("9999-12-31", "day", 1, "9999-12-31"),
        ("9999-12-31", "month", 1, "9999-12-31"),
        ("0001-01-01", "week", -1, "0001-01-01"),
        ("0001-01-15", "month", -1, "0001-01-01"),
    ],
)
def test_a_day_is_moved_by_days_weeks_and_months(day: str, unit: Unit, steps: int, to: str) -> None:
    assert moved(date.fromisoformat(day), unit, steps) == date.fromisoformat(to)


@given(st.dates(), units, st.integers(-40, 40), st.integers(0, 40))
def test_further_steps_never_lead_back(day: date, unit: Unit, steps: int, more: int) -> None:
    assert moved(day, unit, steps) <= moved(day, unit, steps + more)


def plainly(roadmap: Roadmap) -> list[tuple[str, date]]:
    """All that has a day, in reading order."""
    out = []
    for card in (card for stage in roadmap.stages for card in stage.cards):
        if day := iso_day(role_value(card, "deadline")):
            out.append((card.id, day))
        for task in card.tasks:
            if not task.done and (due := iso_day(task.due)):
                out.append((task.id, due))
    return out


@given(planned(), st.data())
def test_a_schedule_has_what_has_a_day_by_stage_and_by_owner_and_follows_edits(
    roadmap: Roadmap, data: st.DataObject
) -> None:
    schedule = Schedule(roadmap)
    for _ in range(3):
        by_stage = [item for group in schedule.by_stage() for item in group.items]
        assert [(item.node.id, item.day) for item in by_stage] == plainly(roadmap)
        by_owner = [item for group in schedule.by_owner() for item in group.items]
        assert sorted(item.node.id for item in by_owner) == sorted(item.node.id for item in by_stage)
        if not by_stage:
            return
        item = data.draw(st.sampled_from(by_stage))
        to = data.draw(st.dates(date(1900, 1, 1), date(2900, 1, 1)))
        edit = data.draw(st.sampled_from([day_edit(item, to), span_edit(item, 3), start_edit(item, to)]))
        if edit is not None:
            before, roadmap = roadmap, edit.on(roadmap)
            assert edit.inverse(before).on(roadmap) == before
        schedule.follow(roadmap)


def test_owners_come_by_name_and_nobody_last() -> None:
    from samples import sample

    roadmap = sample("en")
    goals = roadmap.stages[0].cards[0]
    tasks = (
        *goals.tasks[:1],
        replace(goals.tasks[1], owner=" yossi "),
        replace(goals.tasks[2], due="2026-04-01"),
    )
    stage = replace(roadmap.stages[0], cards=(replace(goals, tasks=tasks),))
    groups = [*Schedule(replace(roadmap, stages=(stage, *roadmap.stages[1:]))).by_owner()]
    assert [group.owner for group in groups] == ["Dana Levi", "yossi", ""]
    assert [item.node.id for item in groups[0].items] == ["goals", "goals.3"]
