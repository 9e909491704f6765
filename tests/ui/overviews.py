"""The overview of a roadmap as a person sees it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from lfroadmap.roadmap.model import Card, Kpi, Roadmap, Stage
from lfroadmap.roadmap.tree import find
from lfroadmap.ui.dashboard.panel import PanelId, Target
from lfroadmap.ui.screens.history import HistoryScreen
from lfroadmap.ui.screens.late import LateScreen
from lfroadmap.ui.screens.owned import OwnedScreen
from lfroadmap.ui.widgets.dashboard import Dashboard
from lfroadmap.ui.widgets.overview import OverviewPane
from lfroadmap.words import Language
from sitting import Sitting, sitting

GOLDEN = Path(__file__).parent / "dashboards"


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


async def arrived(at: Sitting, target: Target) -> bool:
    """Whether the screen is where a line leads; a list over it is closed again."""
    screens = {"owner": OwnedScreen, "late": LateScreen, "history": HistoryScreen}
    if target.kind in screens:
        await at.until(lambda: isinstance(at.app.screen, screens[target.kind]))
        await at.press("escape")
        await at.until(lambda: at.app.screen is at.app.main)
        return True
    place = find(at.app.session.roadmap, target.id)
    assert place is not None
    here = find(at.app.session.roadmap, at.focus)
    return {
        Stage: at.tab == target.id,
        Card: here is not None and target.id in (here.parent, at.focus),
        Kpi: at.tab == "kpis" and at.focus == target.id,
    }.get(type(place.node), at.focus == target.id)


def compare_golden(name: str, shown: Sequence[str]) -> None:
    """Compare lines with those that a person looked at; LFROADMAP_GOLDEN=write keeps them instead."""
    data, path = "\n".join([*shown, ""]), GOLDEN / f"{name}.txt"
    if os.environ.get("LFROADMAP_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(data, "utf-8")
    assert data == path.read_text("utf-8")
