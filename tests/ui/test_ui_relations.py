"""What waits for what, KPIs that cards move, and tasks that come again, on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.roadmap.model import Card, Kpi, Relation, Roadmap, Stage, Task
from lfroadmap.words import LANGUAGES, Language, words
from sitting import Sitting, sitting


def plan() -> Roadmap:
    price = Card("p", "Price", (), (Task("p1", "Agree on the price"),))
    deal = Card("d", "Deal", (), (Task("d1", "Sign"), Task("d2", "Report", due="2026-03-31", repeat="month")))
    stages = (
        Stage("s", "Sales", (price, deal)),
        Stage("z", "Later", (Card("l", "Launch", (), (Task("l1", "Go"),)),)),
    )
    return Roadmap("r", "Plan", "", stages, (Kpi("k", "Close rate"),))


def relations(at: Sitting, stage: int, card: int) -> list[tuple[str, str, str]]:
    found = at.app.session.roadmap.stages[stage].cards[card]
    having = [found, *found.tasks]
    return [(node.id, each.kind, each.target) for node in having for each in node.relations]


async def choose(at: Sitting, key: str, query: str) -> None:
    await at.press(key)
    await at.type(query)
    await at.press("enter")


async def to_checklist(at: Sitting, card: str) -> None:
    at.checklist(card).focus()
    await at.pause()


async def test_a_task_waits_is_blocked_then_ready_and_a_circle_is_refused(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        await to_checklist(at, "d")
        await choose(at, "b", "Agree on the price")
        assert relations(at, 0, 1) == [("d1", "waits_for", "p1")]
        assert "◆ Agree on" in at.text
        await to_checklist(at, "p")
        await choose(at, "b", "Sign")
        assert relations(at, 0, 0) == []
        assert "circle" in at.notices
        await at.press("space")
        assert "◇ ready" in at.text and "◆" not in at.text
        await at.press("ctrl+z")
        await at.until(lambda: "◆ Agree on" in at.text)
        await to_checklist(at, "d")
        await choose(at, "b", "No longer wait")
        assert relations(at, 0, 1) == [] and "◆" not in at.text


async def test_a_tick_of_a_task_that_repeats_makes_the_next_one_and_one_undo_takes_both_back(
    home: Path,
) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        await to_checklist(at, "d")
        await at.press("down", "space")
        tasks = at.app.session.roadmap.stages[0].cards[1].tasks
        assert [(task.text, task.done) for task in tasks] == [
            ("Sign", False),
            ("Report", True),
            ("Report", False),
        ]
        assert tasks[2].due > "2026-03-31" and tasks[2].repeat == "month 31"
        await at.press("ctrl+z")
        before = plan().stages[0].cards[1].tasks
        await at.until(lambda: at.app.session.roadmap.stages[0].cards[1].tasks == before)
        await choose(at, "r", "every week")
        assert at.app.session.roadmap.stages[0].cards[1].tasks[1].repeat == "week"
        await at.press("r")
        await at.type("Another rule")
        await at.press("enter", "ctrl+a")
        await at.type("10 days")
        await at.press("enter")
        assert at.app.session.roadmap.stages[0].cards[1].tasks[1].repeat == "10 days"
        assert "↻" in at.text


async def test_what_is_done_in_another_stage_makes_ready(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+3")
        await to_checklist(at, "l")
        await choose(at, "b", "Agree on the price")
        assert "◆" in at.text
        await at.press("alt+2")
        await to_checklist(at, "p")
        await at.press("space", "alt+3")
        assert "◇ ready" in at.text and "◆" not in at.text
        await at.press("alt+1")
        assert "◇ 1 ready" in at.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_kpi_names_the_cards_that_move_it_and_how_far_they_are(
    home: Path, language: Language
) -> None:
    roadmap = plan()
    moved = Card(
        "p", "Price", (), (Task("p1", "A", True), Task("p2", "B")), relations=(Relation("m", "moves", "k"),)
    )
    roadmap = Roadmap("r", "Plan", "", (Stage("s", "Sales", (moved,)),), roadmap.kpis)
    async with sitting(home, roadmap=roadmap, language=language, size=(120, 40)) as at:
        await at.press("alt+2")
        shown = words(language)("relation.moves_what", name="Close rate").split()[0]
        assert shown in at.text or shown[::-1] in at.text
        await at.press("alt+3")
        await at.pause()
        assert "Price 50%" in at.text or "50% Price" in at.text
