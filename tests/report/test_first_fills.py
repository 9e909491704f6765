"""First fills in the history of a report, and long histories of a page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lfroadmap.export.folding import LONG
from lfroadmap.export.html import page
from lfroadmap.report.change_log import HistoryLine
from lfroadmap.report.history_section import section, table
from lfroadmap.report.nodes import Grid
from lfroadmap.report.report import report
from lfroadmap.roadmap.edits import SetField, Tick
from lfroadmap.roadmap.templates import DEFAULT, load
from lfroadmap.words import LANGUAGES, Language, words
from lines import lived
from samples import TODAY

PLAN = load(DEFAULT).roadmap("r")


def filled(language: Language, count: int, ticks: int = 0) -> tuple[HistoryLine, ...]:
    """The history of one person who filled fields on one day, and then ticked tasks."""
    cards = [card for stage in PLAN.stages for card in stage.cards]
    fields = [field.id for card in cards for field in card.fields if field.kind == "text"][:count]
    tasks = [task.id for card in cards for task in card.tasks][:ticks]
    edits = [*(SetField(field, "A") for field in fields), *(Tick(task, True, "2026-03-14") for task in tasks)]
    lines = lived(PLAN, edits, language)[1]
    first = lines[-1].at
    return tuple(replace(line, author="dana", at=first) for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [3, 4, 9])
def test_values_that_were_filled_in_one_after_the_other_are_one_row_from_four_on(
    count: int, language: Language
) -> None:
    lines = filled(language, count, ticks=1)
    grid = section(lines, words(language)).body[0]
    assert isinstance(grid, Grid) and len(table(lines).rows) == count + 1
    if count < 4:
        assert len(grid.rows) == count + 1
    else:
        assert len(grid.rows) == 2
        assert grid.rows[1][-1].text == words(language).plural("report.filled", count)


def test_values_that_others_filled_or_on_other_days_are_told_apart() -> None:
    lines = [*filled("en", 6)]
    lines[1] = replace(lines[1], author="yossi")
    lines[4] = replace(lines[4], at=lines[4].at.replace(day=2))
    grid = section(lines, words("en")).body[0]
    assert isinstance(grid, Grid) and len(grid.rows) == 6


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("ticks", "is_folded"), [(LONG, False), (LONG + 1, True)])
def test_a_long_history_is_behind_the_number_of_its_rows(
    ticks: int, is_folded: bool, language: Language
) -> None:
    said = words(language)
    whole = report(PLAN, said, today=TODAY, history=filled(language, 0, ticks))
    html = page(whole, PLAN, said)
    summary = f'<details class="past"><summary>{said.plural("report.entries", ticks)}</summary>'
    assert (summary in html) == is_folded
