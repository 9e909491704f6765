"""The dashboard's panels and their places, without a screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from dashboards import board, busy, lived_in, many
from examples import examples
from filled import planned
from lfroadmap.roadmap.health import late_items
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.tree import find
from lfroadmap.text import clean
from lfroadmap.ui.dashboard.board import Board
from lfroadmap.ui.dashboard.cells import Cell
from lfroadmap.ui.dashboard.layout import EDGES, INSIDE, PANELS, Place, columns, places
from lfroadmap.ui.dashboard.panel import Panel, PanelId, Row, Target
from lfroadmap.ui.dashboard.window import Window
from lfroadmap.words import LANGUAGES, Language, words
from measured import turned
from samples import TODAY, sample

SIZES = [(80, 20), (100, 36), (120, 36), (150, 45), (200, 56), (260, 80)]


def drawn(shown: Board, name: PanelId, width: int, height: int = 0) -> Panel:
    return PANELS[name](shown, width, height, 60)


def texts(panel: Panel) -> list[str]:
    return ["".join(cell.text for cell in row.cells) for row in panel.rows]


def placed(shown: Board, width: int, height: int) -> tuple[Place, ...]:
    def measure(name: PanelId, inside: int, lines: int) -> Panel:
        return drawn(shown, name, inside, lines)

    return places(columns(width), height, measure)


def windows(shown: Board, width: int, height: int) -> Iterator[tuple[Place, Window]]:
    for place in placed(shown, width, height):
        window, lines = Window(shown.words), place.height - EDGES
        window.show(drawn(shown, place.id, place.width - INSIDE, lines), lines)
        yield place, window


# ------------------------------------------------------------------ where they stand


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_panels_stand_beside_each_other_without_touching_and_leave_nothing_out(
    language: Language, size: tuple[int, int]
) -> None:
    roadmap = busy(language)
    found = placed(board(roadmap, language, activity=lived_in(roadmap)), *size)
    assert {place.id for place in found} == set(PANELS)
    cells = [(x, y) for p in found for x in range(p.x, p.x + p.width) for y in range(p.y, p.y + p.height)]
    assert len(cells) == len(set(cells))
    assert max(place.x + place.width for place in found) <= size[0] - 1
    ends = {place.y + place.height for place in found if _is_last(place, found)}
    assert len(ends) == 1
    beside = {place.x for place in found}
    assert len(beside) == (1 if size[0] < 110 else 2 if size[0] < 180 else 3)
    if size[0] >= 180:
        assert ends == {size[1]}, "it fills the screen"


def _is_last(place: Place, found: tuple[Place, ...]) -> bool:
    return place.y == max(other.y for other in found if other.x == place.x)


def test_the_first_screen_of_a_small_window_has_the_plan_and_what_is_late() -> None:
    found = placed(board(busy("en")), 80, 20)
    assert [place.id for place in found][:2] == ["plan", "agenda"]
    assert found[1].y + found[1].height == 20


# ------------------------------------------------------------------ what they say


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_kpi_that_turned_the_wrong_way_is_told_in_words_above_the_others(language: Language) -> None:
    roadmap = turned(sample(language))
    panel = drawn(board(roadmap, language), "kpis", 100)
    (line,) = (row for row in panel.rows if "42.4%" in row.cells[0].text)
    shown = clean(line.cells[0].text)
    assert shown.startswith("▲ ") and "36.8%" in shown
    assert shown.endswith({"en": "· the wrong way", "he": "· לכיוון הלא נכון"}[language])
    assert line.target == Target("node", roadmap.kpis[0].id)


@examples(40)
@given(planned(), st.sampled_from(LANGUAGES), st.sampled_from(SIZES))
def test_everything_late_is_in_the_panel_of_what_is_late(
    roadmap: Roadmap, language: Language, size: tuple[int, int]
) -> None:
    shown = board(roadmap, language)
    late = [item.node.id for item in late_items(roadmap, TODAY)]
    (place,) = (place for place in placed(shown, *size) if place.id == "agenda")
    panel = PANELS["agenda"](shown, place.width - INSIDE, place.height - EDGES, len(late) + 10)
    targets = [row.target.id for row in panel.rows if row.target]
    assert sorted(set(targets[: 2 * len(late)]) & set(late)) == sorted(set(late))
    assert any("▲" in cell.text for cell in panel.end) == bool(late)


@examples(40)
@given(planned(), st.sampled_from(LANGUAGES), st.sampled_from(SIZES))
def test_no_cell_is_wider_than_its_line_and_no_line_than_its_panel(
    roadmap: Roadmap, language: Language, size: tuple[int, int]
) -> None:
    for place, window in windows(board(roadmap, language, activity=lived_in(roadmap)), *size):
        width = place.width - INSIDE
        assert len(window.lines()) <= place.height - EDGES
        for line in window.lines():
            fixed = sum(cell.width for cell in line.row.cells)
            stretching = [cell for cell in line.row.cells if not cell.width and cell.text]
            assert fixed + len(stretching) <= width, (place.id, line.row)
            assert len(stretching) <= 1, (place.id, line.row)
            for cell in line.row.cells:
                assert not cell.drawn or len(cell.text) == cell.width


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_numbers_and_days_are_never_cut(language: Language, size: tuple[int, int]) -> None:
    roadmap = busy(language)
    for place, window in windows(board(roadmap, language, activity=lived_in(roadmap)), *size):
        for line in window.lines():
            for cell in line.row.cells:
                is_name = not cell.width or place.id == "timeline"
                whole = cell_len(cell.text) <= cell.width
                assert is_name or whole or not any(map(str.isdigit, cell.text)), (place.id, cell)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plan_has_heads_and_a_line_for_each_stage_and_card(language: Language) -> None:
    roadmap, in_words = busy(language), words(language)
    panel = drawn(board(roadmap, language), "plan", 100)
    heads = texts(panel)[0]
    for key in ("dashboard.card", "report.owner", "report.deadline", "report.progress", "health.title"):
        assert in_words(key) in heads
    targets = [row.target.id for row in panel.rows if row.target]
    assert targets == [node.id for stage in roadmap.stages for node in (stage, *stage.cards)]
    goals = next(text for text in texts(panel) if "✓" in text)
    assert "100%" in goals and in_words("health.done") in goals
    late = next(row for row in panel.rows if row.target and row.target.id == "strategy.touchpoints")
    assert any(cell.tone == "late" and cell.text == in_words.plural("days.ago", 18) for cell in late.cells)


def test_in_a_tall_window_each_card_names_its_next_task() -> None:
    roadmap = busy("en")
    panel = drawn(board(roadmap)._replace(tall=True), "plan", 100)
    shown = texts(panel)
    assert "all tasks done" in " ".join(shown)
    assert sum("next: " in text for text in shown) == 7
    assert len([row for row in panel.rows if row.target and row.target.id == "data.governance"]) == 2


def test_owners_come_by_what_is_late_and_what_has_no_owner_comes_last() -> None:
    panel = drawn(board(busy("en")), "people", 40)
    names = [row.cells[0].text for row in panel.rows]
    assert names[-1] == "no owner yet"
    assert {"Dana Levi", "Yoav Cohen", "Noa Barak"} == set(names[:-1])
    assert {row.target.kind for row in panel.rows if row.target} == {"owner"}


def test_a_name_that_is_written_in_several_ways_is_one_owner() -> None:
    shown = drawn(board(many(0)), "people", 40)
    assert texts(shown) == [words("en")("report.no_tasks")]


def test_until_the_history_is_read_the_timeline_has_no_bars_and_the_chart_no_columns() -> None:
    roadmap = busy("en")
    bare, full = board(roadmap), board(roadmap, activity=lived_in(roadmap))
    assert "━" not in "".join(texts(drawn(bare, "timeline", 80)))
    assert "━" in "".join(texts(drawn(full, "timeline", 80)))
    assert "█" not in "".join(texts(drawn(bare, "weeks", 80, 10)))
    assert "█" in "".join(texts(drawn(full, "weeks", 80, 10)))
    assert len(drawn(bare, "weeks", 80, 10).rows) == len(drawn(full, "weeks", 80, 10).rows)


def test_tasks_without_a_day_are_counted_beside_the_burn_up() -> None:
    roadmap = busy("en")
    panel = drawn(board(roadmap, activity=lived_in(roadmap)), "weeks", 80, 9)
    undated = board(roadmap).tasks.plan().undated
    assert undated and f"{undated} tasks have no day" in "".join(cell.text for cell in panel.foot)


@pytest.mark.parametrize("width", [33, 46, 76, 100, 140])
def test_a_kpi_has_its_numbers_its_way_and_its_values_at_every_width(width: int) -> None:
    roadmap = busy("en")
    shown = " ".join(texts(drawn(board(roadmap, activity=lived_in(roadmap)), "kpis", width)))
    for part in ("20%", "24%", "23.4%", "85% of the way", "moving away", "●", "▁", "▆"):
        assert part in shown, part


def test_changes_stand_under_the_name_of_who_made_them() -> None:
    panel = drawn(board(busy("en")), "lately", 60)
    shown = texts(panel)
    assert any(text.startswith("dana") for text in shown)
    assert "Return rate · Now2" in " ".join(shown).replace(" 30", "2")
    late = board(busy("en"), today=TODAY + timedelta(30))
    assert texts(drawn(late, "lately", 60)) == ["Nothing changed this week"]


def test_a_history_that_cannot_be_read_says_why() -> None:
    broken = board(busy("en"))._replace(lately=None, problem="The file is gone.")
    assert texts(drawn(broken, "lately", 60)) == ["The file is gone."]


# ------------------------------------------------------------------ what is seen of them


def rows(count: int, *, height: int = 1, rest: int = 0) -> Panel:
    made = []
    for n in range(count):
        target = Target("node", str(n))
        made += [Row((Cell(f"{n}.{line}", 0),), target) for line in range(height)]
    return Panel((Row((Cell("head", 0),)), *made), 1, rest=rest)


def seen(window: Window) -> list[str]:
    return [line.row.cells[0].text.strip() if line.row.cells else "" for line in window.lines()]


def test_a_long_panel_counts_what_is_hidden_and_scrolls_with_the_cursor() -> None:
    window = Window(words("en"))
    window.show(rows(9), 5)
    assert seen(window) == ["head", "0.0", "1.0", "2.0", "6 more …"]
    window.move_to(3)
    assert seen(window) == ["head", "2 above …", "2.0", "3.0", "5 more …"]
    window.move_to(8)
    assert seen(window) == ["head", "6 above …", "6.0", "7.0", "8.0"]
    window.move_to(0)
    assert seen(window) == ["head", "0.0", "1.0", "2.0", "6 more …"]


def test_an_entry_of_two_lines_is_never_cut() -> None:
    window = Window(words("en"))
    window.show(rows(5, height=2), 6)
    assert seen(window) == ["head", "0.0", "0.1", "1.0", "1.1", "3 more …"]
    window.show(rows(5, height=2), 7)
    assert seen(window) == ["head", "0.0", "0.1", "1.0", "1.1", "", "3 more …"]


@given(st.integers(0, 30), st.integers(1, 3), st.integers(0, 20), st.lists(st.integers(-5, 40), max_size=6))
def test_the_cursor_is_always_seen_and_every_entry_is_seen_or_counted(
    count: int, height: int, lines: int, moves: list[int]
) -> None:
    window = Window(words("en"))
    window.show(rows(count, height=height), lines)
    for move in moves:
        window.move_to(move)
        shown = window.lines()
        assert len(shown) <= lines
        if count and lines >= height + 3:
            assert any(line.entry == window.cursor for line in shown)
            hidden = sum(int(text.split()[0]) for text in seen(window) if text.endswith("…"))
            whole = {line.entry for line in shown if line.entry >= 0}
            assert hidden + len(whole) >= count


def test_the_cursor_stays_on_its_target_where_lines_come_before_it() -> None:
    window = Window(words("en"))
    window.show(rows(5), 10)
    window.move_to(3)
    window.show(Panel((*rows(5).rows[:1], Row((), Target("node", "new")), *rows(5).rows[1:]), 1), 10)
    assert window.target == Target("node", "3")


def test_of_a_very_long_list_no_more_is_made_than_is_needed() -> None:
    shown = board(many(10_000))
    panel = PANELS["agenda"](shown, 40, 20, 60)
    assert len(panel.rows) == 120 and panel.rest == 9_940
    window = Window(words("en"))
    window.show(panel, 20)
    assert window.lines()[-1].row.cells[0].text.strip() == "9991 more …"
    assert not window.needs_more
    window.move_to(59)
    assert window.needs_more


def test_every_target_is_in_the_roadmap() -> None:
    roadmap = busy("en")
    for _, window in windows(board(roadmap, activity=lived_in(roadmap)), 200, 56):
        for entry in window.entries:
            if entry.target.kind == "node" and not entry.target.id.startswith(("goals", "k", "own")):
                assert find(roadmap, entry.target.id), entry
