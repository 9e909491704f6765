"""Parts of the Flows tab in columns: none lies on another, and each has the width that it needs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lfroadmap.ui.flows.placing import GAP, column_widths, next_slot, width_of

WIDTHS = st.integers(60, 250)


@given(WIDTHS)
def test_the_columns_fill_the_page(width: int) -> None:
    widths = column_widths(width)
    assert width_of(widths) == width
    assert len(widths) == (1 if width < 110 else 2 if width < 170 else 3)
    assert max(widths) - min(widths) <= 1


@given(WIDTHS, st.lists(st.tuples(st.integers(1, 300), st.integers(1, 40)), max_size=20))
def test_no_part_lies_on_another(width: int, parts: list[tuple[int, int]]) -> None:
    widths = column_widths(width)
    heights = [0] * len(widths)
    taken: set[tuple[int, int]] = set()
    for needed, lines in parts:
        slot = next_slot(heights, widths, needed)
        columns = range(slot.column, slot.column + slot.span)
        assert width_of(widths[slot.column : slot.column + slot.span]) >= min(needed, width)
        cells = {(column, y) for column in columns for y in range(slot.y, slot.y + lines)}
        assert not taken & cells
        taken |= cells
        for column in columns:
            heights[column] = slot.y + lines


def test_a_part_goes_where_the_page_is_shortest() -> None:
    widths = column_widths(200)
    assert next_slot([5, 3, 3], widths, 10)[:2] == (1, 1)
    assert next_slot([5, 3, 9], widths, widths[0] + GAP + widths[1]) == (0, 2, 5)
