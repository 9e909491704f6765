"""Where the panels stand in a window of a size."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from lfroadmap.ui.dashboard.agenda import agenda
from lfroadmap.ui.dashboard.kpis import kpis
from lfroadmap.ui.dashboard.lately import lately
from lfroadmap.ui.dashboard.panel import Draw, Panel, PanelId
from lfroadmap.ui.dashboard.people import people
from lfroadmap.ui.dashboard.plan import plan
from lfroadmap.ui.dashboard.stand import stand
from lfroadmap.ui.dashboard.timeline import timeline
from lfroadmap.ui.dashboard.weeks import weeks

PANELS: dict[PanelId, Draw] = {
    "plan": plan, "agenda": agenda, "timeline": timeline, "kpis": kpis,
    "stand": stand, "people": people, "weeks": weeks, "lately": lately,
}  # fmt: skip
_TITLES: dict[PanelId, str] = {
    "plan": "dashboard.plan", "agenda": "dashboard.agenda",
    "timeline": "report.timeline", "kpis": "tab.kpis", "stand": "dashboard.stand",
    "people": "report.owners", "weeks": "burn_up.title",
    "lately": "dashboard.lately",
}  # fmt: skip
TWO_COLUMNS, THREE_COLUMNS, TALL = 110, 180, 50
"""Columns from which panels stand in two and in three columns, and lines from which there is room."""
_SIDE, _MIDDLE, _LAST = 37, 50, 42
BESIDE = 46
"""Columns of the panels beside the cards of a stage."""
EDGES = 2
"""Lines, and sides, that the edges of a panel take."""
INSIDE = 4
"""Columns of a panel that are not for its lines: edges, and a free one inside each."""


class Column(NamedTuple):
    """A column of panels; those `below` stand under the first screen and are scrolled to."""

    x: int
    width: int
    panels: tuple[PanelId, ...]
    grows: tuple[PanelId, ...]
    """The panels that take the lines that are left, in this order."""
    below: tuple[PanelId, ...] = ()


class Place(NamedTuple):
    """A panel's place on the page, with its edges."""

    id: PanelId
    x: int
    y: int
    width: int
    height: int

    def contains(self, x: int, y: int) -> bool:
        """True for a place within."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


def columns(width: int, height: int = 0) -> tuple[Column, ...]:
    """The columns of the overview at this width; the last column of the window is the scrollbar's."""
    if width < TWO_COLUMNS:
        order: tuple[PanelId, ...] = ("kpis", "timeline", "people", "stand", "weeks", "lately")
        return (Column(0, width - 1, ("plan", "agenda"), ("agenda",), order),)
    if width < THREE_COLUMNS:
        main = width - _SIDE - 3
        return (
            Column(1, main, ("plan", "timeline", "kpis"), ("kpis", "timeline", "plan"), ("weeks",)),
            Column(main + 2, _SIDE, ("stand", "agenda", "people"), ("agenda",), ("lately",)),
        )
    main = width - _MIDDLE - _LAST - 4
    return (
        Column(1, main, ("plan", "timeline", "weeks"), ("weeks",)),
        Column(main + 2, _MIDDLE, ("agenda", "kpis"), ("agenda",)),
        Column(main + _MIDDLE + 3, _LAST, ("stand", "people", "lately"), ("lately",)),
    )


def _below_cards(width: int, height: int) -> tuple[Column, ...]:
    """The columns below the cards of a stage: each under a card, or one where a page is beside these."""
    if height < LEAST_HEIGHT:
        return ()
    if width >= THREE_COLUMNS - BESIDE - 1:
        panels: tuple[PanelId, ...] = ("agenda", "weeks") if height >= WITH_CHART else ("agenda",)
        return (Column(1, width - 2, panels, panels[-1:]),)
    half = (width - 3) // 2  # as wide as the cards are; the odd column stands between them
    return (
        Column(1, half, ("agenda",), ("agenda",)),
        Column(width - 1 - half, half, ("lately",), ("lately",)),
    )


def _beside_cards(width: int, height: int) -> tuple[Column, ...]:
    """The column beside the cards of a stage."""
    return (Column(0, width, ("stand", "people", "lately"), ("lately",)),)


class Arrangement(NamedTuple):
    """The columns of a page by its width and height, and the titles of its panels."""

    columns: Callable[[int, int], tuple[Column, ...]]
    titles: Mapping[PanelId, str]


OVERVIEW = Arrangement(columns, _TITLES)
_OF_STAGE = _TITLES | {
    "agenda": "dashboard.stage_agenda", "lately": "dashboard.stage_lately", "stand": "dashboard.stage_stand",
}  # fmt: skip
BELOW_CARDS, BESIDE_CARDS = Arrangement(_below_cards, _OF_STAGE), Arrangement(_beside_cards, _OF_STAGE)
LEAST_HEIGHT = 6
"""Lines below the cards of a stage from which there are panels."""
WITH_CHART = 16
"""Lines below the cards from which there is a chart below what is late and next."""

Measure = Callable[[PanelId, int, int], Panel]
"""Draws a panel at an inner width and height."""


def places(page: Sequence[Column], height: int, measure: Measure) -> tuple[Place, ...]:
    """The places of all panels in a window of this height, column by column."""
    out: list[Place] = []
    for column in page:
        y = 0
        heights = _heights(column, height, measure)
        for name, lines in zip((*column.panels, *column.below), heights, strict=True):
            out.append(Place(name, column.x, y, column.width, lines))
            y += lines
    return tuple(_ends_alike(out))


def _ends_alike(out: Sequence[Place]) -> list[Place]:
    """The last panel of each column made longer, so that all columns end at the same line."""
    end = max((place.y + place.height for place in out), default=0)
    lasts = {place.x: place for place in out}
    return [place._replace(height=end - place.y) if lasts[place.x] is place else place for place in out]


def _heights(column: Column, height: int, measure: Measure) -> list[int]:
    """Lines of each panel: the first fill the window, those below are as tall as they like."""
    inside = column.width - INSIDE
    first = {name: measure(name, inside, 0) for name in column.panels}
    sizes = {name: min(panel.least, len(panel.rows)) + EDGES for name, panel in first.items()}
    spare = height - sum(sizes.values())
    wishes = [name for name in column.panels if name not in column.grows] + list(reversed(column.grows))
    for name in wishes:  # what all lines need, then what is left
        more = max(0, min(spare, len(first[name].rows) + EDGES - sizes[name]))
        sizes[name] += more
        spare -= more
    if spare > 0 and column.grows:
        sizes[column.grows[0]] += spare
    below = (min(len(measure(name, inside, 0).rows), max(height - EDGES, 3)) + EDGES for name in column.below)
    return [*sizes.values(), *below]
