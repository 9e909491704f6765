from __future__ import annotations

from dataclasses import replace

from lfroadmap.roadmap.edits import SetField, Tick
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.templates import Labels
from lfroadmap.ui.start_here import Step, is_over, steps_of
from sitting import DEADLINE, OWNER, template

FIRST_TASK = "strategy.goals.choose-segments"
PLACE = "Liquid Funnel goals"


def steps(roadmap: Roadmap) -> tuple[Step, ...]:
    return steps_of(roadmap, Labels(roadmap.template, "en"))


def done(roadmap: Roadmap) -> list[bool]:
    return [step.is_done for step in steps(roadmap)]


def test_a_new_roadmap_has_three_steps_that_lead_to_its_first_card() -> None:
    assert steps(template()) == (
        Step("owner", OWNER, PLACE, False),
        Step("deadline", DEADLINE, PLACE, False),
        Step("tick", FIRST_TASK, PLACE, False),
    )


def test_a_step_is_done_wherever_it_was_done() -> None:
    plan = template()
    assert done(SetField("launch.pilot.owner", "Shira").on(plan)) == [True, False, False]
    assert done(SetField("launch.pilot.owner", "  ").on(plan)) == [False, False, False]
    assert done(SetField("launch.pilot.deadline", "2026-01-01").on(plan)) == [False, True, False]
    assert done(SetField("launch.pilot.deadline", "soon").on(plan)) == [False, False, False]
    assert done(Tick("launch.pilot.review", True, "2026-01-01").on(plan)) == [False] * 3
    last = plan.stages[-1].cards[-1].tasks[-1].id
    assert done(Tick(last, True, "2026-01-01").on(plan)) == [False, False, True]


def test_there_is_no_step_without_a_place_for_it() -> None:
    plan = template()
    card = replace(plan.stages[0].cards[0], fields=(), tasks=())
    bare = replace(plan, stages=(replace(plan.stages[0], cards=(card,)),))
    assert steps(bare) == ()
    assert is_over(steps(bare))
    assert is_over(steps(Roadmap("r", "Empty")))
    assert not is_over(steps(plan))
