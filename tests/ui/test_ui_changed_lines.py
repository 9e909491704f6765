"""What is drawn for a change is what everything drawn again would show."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from examples import number
from lfroadmap.ui.terminal.changed_lines import ChangesCompositor
from lfroadmap.words import Language
from sitting import Sitting, sitting
from terminal import keys

REGIONS = st.lists(
    st.builds(Region, st.integers(0, 119), st.integers(0, 39), st.integers(1, 40), st.integers(1, 5)),
    min_size=1,
    max_size=5,
)


def drawn(update: ChopsUpdate) -> dict[tuple[int, int], Strip]:
    """Place -> the strip that is sent there."""
    sent = {}
    for y, first, last in update.spans:
        for (x, strip), end in zip(update.chops[y].items(), update.chop_ends[y], strict=False):
            if x < last and end > first:
                sent[x, y] = strip
    return sent


@pytest.mark.parametrize("lang", ["en", "he"])
@pytest.mark.quick_cases(1)
async def test_the_lines_of_a_change_are_those_of_the_whole(home: Path, lang: Language) -> None:
    async with sitting(home, language=lang, size=(120, 40)) as at:
        await at.type(keys("alt+2"))
        compositor = at.app.screen._compositor
        assert isinstance(compositor, ChangesCompositor)

        @settings(
            max_examples=number(60),
            deadline=None,
            suppress_health_check=[HealthCheck.function_scoped_fixture],
        )
        @given(REGIONS)
        def check(regions: list[Region]) -> None:
            inside = {region.intersection(compositor.size.region) for region in regions}
            compositor._dirty_regions = set(inside)
            update = compositor.render_partial_update()
            compositor._dirty_regions = set(inside)
            whole = Compositor.render_partial_update(compositor)
            assert isinstance(update, ChopsUpdate)
            assert isinstance(whole, ChopsUpdate)
            assert drawn(update) == drawn(whole)
            assert all(strip is not None for strip in drawn(update).values())

        check()


async def test_a_letter_does_not_draw_what_lies_between_it_and_the_mark(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(home, size=(120, 40)) as at:
        await at.type(keys("alt+2"))
        await at.saved()
        compositor, main = at.app.screen._compositor, at.app.main
        field = at.app.screen.focused
        assert field is not None
        compositor._dirty_regions = {field.region, main.header.mark_line.region}
        drawn = lines_drawn(monkeypatch, at)
        compositor.render_partial_update()
        assert drawn == {field: field.region.height, main.header.mark_line: 1}


async def test_what_others_cover_is_not_drawn(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sitting(home, size=(120, 40)) as at:
        await at.type(keys("alt+2"))
        drawn = lines_drawn(monkeypatch, at)
        at.app.screen._compositor.render_full_update()
        assert at.app.main not in drawn
        assert at.app.main.host not in drawn
        assert drawn[at.app.main.tab_bar] == at.app.main.tab_bar.region.height


def lines_drawn(monkeypatch: pytest.MonkeyPatch, at: Sitting) -> Counter[Widget]:
    """How many lines each widget of the screen draws from now on."""
    lines = Counter[Widget]()
    for widget in at.app.screen._compositor.visible_widgets:

        def draw(crop: Region, widget: Widget = widget) -> list[Strip]:
            lines[widget] += crop.height
            return type(widget).render_lines(widget, crop)

        monkeypatch.setattr(widget, "render_lines", draw)
    return lines
