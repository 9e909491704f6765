"""The overview of a roadmap as a person sees it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from lfroadmap.roadmap.model import Roadmap
from lfroadmap.ui.dashboard.panel import PanelId
from lfroadmap.ui.widgets.dashboard import Dashboard
from lfroadmap.ui.widgets.overview import OverviewPane
from lfroadmap.words import Language
from sitting import Sitting, sitting


@asynccontextmanager
async def overview(
    home: Path, roadmap: Roadmap, size: tuple[int, int] = (120, 40), language: Language = "en"
) -> AsyncIterator[Sitting]:
    """The overview of a roadmap, when its history has been read."""
    async with sitting(home, roadmap=roadmap, size=size, language=language) as at:
        await at.until(lambda: at.one(OverviewPane).source.lately is not None)
        yield at


def drawn(at: Sitting, name: PanelId) -> list[str]:
    """A panel as it is drawn, line by line, also where it is scrolled away."""
    dashboard = at.one(Dashboard)
    place = dashboard.place_of(name)
    top = int(dashboard.scroll_offset.y)
    return [
        dashboard.render_line(place.y + y - top).crop(place.x, place.x + place.width).text
        for y in range(place.height)
    ]
