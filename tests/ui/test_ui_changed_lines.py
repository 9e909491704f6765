"""What is drawn for a change is what everything drawn again would show."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip

from lfroadmap.ui.terminal.changed_lines import ChangesCompositor
from lfroadmap.words import Language
from sitting import sitting
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
async def test_the_lines_of_a_change_are_those_of_the_whole(home: Path, lang: Language) -> None:
    async with sitting(home, language=lang, size=(120, 40)) as at:
        await at.type(keys("alt+2"))
        compositor = at.app.screen._compositor
        assert isinstance(compositor, ChangesCompositor)

        @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


async def test_a_letter_does_not_draw_what_lies_between_it_and_the_mark(home: Path) -> None:
    async with sitting(home, size=(120, 40)) as at:
        await at.type(keys("alt+2"))
        await at.saved()
        compositor = at.app.screen._compositor
        field = at.app.screen.focused
        assert field is not None
        mark = at.app.main.header.mark_line
        compositor._dirty_regions = {field.region, mark.region}
        compositor._changes = tuple(compositor._dirty_regions)
        crop = Region.from_union([*compositor._dirty_regions])
        lines = sum(len(strips) for _, _, strips in compositor._get_renders(crop))
        everything = sum(len(strips) for _, _, strips in Compositor._get_renders(compositor, crop))
        compositor._changes = ()
        assert lines * 3 < everything
