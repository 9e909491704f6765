"""The first screen of a report: the sentence of standing, and what is due in the days ahead."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lfroadmap.report.nodes import Grid, Section, Value
from lfroadmap.report.report import report
from lfroadmap.roadmap.activity import Activity, Earlier
from lfroadmap.roadmap.edits import SetKpi, SetTask, Tick
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.words import words
from samples import TODAY, sample


def first_sentence(now: Roadmap, earlier: Earlier | None) -> str:
    (progress, *_) = report(now, words("en"), today=TODAY, activity=Activity(earlier=earlier)).body
    assert isinstance(progress, Section) and isinstance(progress.body[0], Value)
    return progress.body[0].text


def test_the_first_sentence_says_how_it_stands_what_changed_and_what_is_next() -> None:
    then, day = sample("en"), TODAY - timedelta(40)
    begin, end = "Late, with 50% of the tasks done: 1 card; ", "next is “Name an owner” on 2026-03-31."
    assert first_sentence(then, None) == begin + end
    assert first_sentence(then, Earlier("", day, then)) == (
        f"{begin}since 2026-02-03: 1 card became late; {end}"  # by time alone
    )
    assert first_sentence(then, Earlier("Board", TODAY, then)) == (
        f"{begin}since “Board” (2026-03-15): nothing changed; {end}"
    )
    now = SetKpi("k1", "current", "30").on(Tick("goals.2", True, "2026-03-15").on(then))
    now = SetTask("goals.3", "due", "2026-04-02").on(SetTask("goals.1", "done_on", "").on(now))
    text = first_sentence(now, Earlier("Board", day, SetTask("goals.3", "due", "2026-04-01").on(then)))
    assert "; since “Board” (2026-02-03): " in text
    for part in ("became late", "1 date slipped"):
        assert part in text
    assert "30" in text.split("slipped, ")[1].split(";")[0]


@pytest.mark.parametrize(
    ("due", "there"), [("2026-03-15", True), ("2026-03-29", True), ("2026-03-30", False)]
)
def test_cards_and_tasks_of_the_next_two_weeks_have_a_part(due: str, there: bool) -> None:
    found = report(SetTask("goals.3", "due", due).on(sample("en")), words("en"), today=TODAY)
    parts = [part for part in found.body if isinstance(part, Section) and part.id == "next"]
    assert bool(parts) == there
    if parts:
        (grid,) = parts[0].body
        assert isinstance(grid, Grid) and [row[0].text for row in grid.rows] == ["Set the targets"]
        assert parts[0].title == "Next 14 days" and grid.rows[0][1].text == "Dana Levi"
