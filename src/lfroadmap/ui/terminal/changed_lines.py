"""What is drawn for a change: the pieces of lines that it lies on, each by the widget that is seen there.

Textual draws everything within the smallest rectangle around all changes: a letter and the mark that it is
saved are on opposite sides of the screen, so that with each letter everything between them would be drawn.
And it draws what other widgets cover, as a page below its panels.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from rich.console import RenderableType
from textual._compositor import ChopsUpdate, Compositor, CompositorMap, ReflowResult
from textual._styles_cache import StylesCache
from textual.geometry import Region, Size
from textual.map_geometry import MapGeometry
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from lfroadmap.bidi.textual.direction import screen_direction
from lfroadmap.ui.terminal.kept_colors import colors_kept
from lfroadmap.ui.terminal.kept_lines import KeptLines
from lfroadmap.ui.terminal.kept_picture import KeptPicture

Span = tuple[int, int, int]
"""A row, the column where it begins, and the one behind its end."""
Chops = Sequence[dict[int, Strip | None]]
"""Of each line the piece that begins at each of its cuts."""


class ChangesCompositor(Compositor):
    """The compositor of a screen."""

    frames = 0
    """How often something was drawn."""
    is_uncovered = False
    """True if the screen is seen again and looks as before, but for what changed: that alone is drawn."""

    def __init__(self) -> None:
        super().__init__()
        self._kept = KeptPicture()

    def render_update(
        self, full: bool = False, screen_stack: list[Screen[Any]] | None = None, simplify: bool = False
    ) -> RenderableType | None:
        """Draw what has changed, or everything where a screen was above this one."""
        return super().render_update(full or self.is_uncovered, screen_stack, simplify)

    def update_widgets(self, widgets: set[Widget]) -> None:
        """Note what has to be drawn of widgets."""
        if self.is_uncovered:  # others have changed and not said so yet, or a screen dropped what they said
            widgets = widgets.union(filter(_is_changed, self.visible_widgets))
        super().update_widgets(widgets)
        self._kept.forget(self._dirty_regions)

    def reflow_visible(self, parent: Widget, size: Size) -> set[Widget]:
        """Place what is seen of the widgets after scrolling."""
        exposed = super().reflow_visible(parent, size)
        self._kept.forget(self._dirty_regions)
        return exposed

    def reflow(self, parent: Widget, size: Size) -> ReflowResult:
        """Place the widgets; what has to be drawn is only what looks another then."""
        before = self._full_map if self._visible_map is None else self._visible_map
        dirty = self._dirty_regions.copy()
        result = super().reflow(parent, size)
        self._full_map_invalidated = False  # Textual would place everything once more when it is asked for
        if size.region not in dirty:
            self._dirty_regions = dirty.union(filter(None, _moved(before, self._full_map)))
        for widget in result.shown:
            if type(widget._styles_cache) is StylesCache:
                widget._styles_cache = KeptLines()
        self._kept.forget(self._dirty_regions)
        return result

    def render_partial_update(self) -> ChopsUpdate | None:
        """Draw what has changed; None where nothing has."""
        changes = self._dirty_regions.copy()
        self._dirty_regions.clear()
        if not changes:
            return None
        spans = list(self._regions_to_spans(changes))
        return ChopsUpdate(self._draw(spans), spans, [cuts[1:] for cuts in self.cuts])

    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> Sequence[Mapping[int, Strip]]:
        drawn = self._draw((y, crop.x, crop.right) for y in crop.line_range if is_rendered_line(y))
        return cast("Sequence[Mapping[int, Strip]]", drawn)  # as Textual says; what nobody draws is None

    def _draw(self, spans: Iterable[Span]) -> Chops:
        """Draw the pieces of the spans, from the widget in front to the one at the back."""
        self.frames += 1
        look = self._look()
        picture = _Picture(self.cuts, spans)
        if self.is_uncovered and self._kept.has_look(look):
            picture.take(self._kept)
        self.is_uncovered = False
        with colors_kept(cast("Screen[Any]", self.root)):
            for widget, (region, clip) in self.visible_widgets.items():
                if not picture.missing:
                    break
                if (
                    widget.parent is None
                ):  # it has gone just now, with its styles; the layout without it follows
                    continue
                picture.draw(widget, region, region.intersection(clip))
        self._kept.keep(look, self.cuts, picture.chops)
        return picture.chops

    def _look(self) -> object:
        """What the looks of all widgets depend on."""
        return self.size, screen_direction(), self.root and self.root.app.theme_variables


def _is_changed(widget: Widget) -> bool:
    """True if a widget looks another and was not drawn since."""
    return widget._repaint_required or bool(widget._repaint_regions)


class _Picture:
    """The pieces of lines that are drawn, and those that are still to be."""

    def __init__(self, cuts: Sequence[list[int]], spans: Iterable[Span]) -> None:
        self.cuts = cuts
        self.chops: Chops = [dict.fromkeys(line[:-1]) for line in cuts]
        self.missing: dict[int, set[int]] = {}
        """Row -> the cuts at which the pieces begin that nothing is drawn in yet."""
        for y, start, end in spans:
            if 0 <= y < len(cuts) and start < end:
                self.missing.setdefault(y, set()).update(_between(cuts[y][:-1], start, end))

    def take(self, kept: KeptPicture) -> None:
        """Take the pieces that look as they did."""
        for y, missing in list(self.missing.items()):
            for start, piece in kept.of_line(y, self.cuts[y]):
                if start in missing:
                    missing.discard(start)
                    self.chops[y][start] = piece
            if not missing:
                del self.missing[y]

    def draw(self, widget: Widget, region: Region, seen: Region) -> None:
        """Draw the lines of a widget that are missing where it is seen."""
        for first, last in _runs([y for y in seen.line_range if self._misses(y, seen)]):
            crop = Region(seen.x - region.x, first - region.y, seen.width, last - first + 1)
            for y, strip in enumerate(widget.render_lines(crop), first):
                self._fill(y, seen, strip)

    def _misses(self, y: int, seen: Region) -> bool:
        missing = self.missing.get(y)
        if missing is None:
            return False
        line = self.cuts[y]
        return not missing.isdisjoint(line[bisect_left(line, seen.x) : bisect_left(line, seen.right)])

    def _fill(self, y: int, seen: Region, strip: Strip) -> None:
        """Cut a line of a widget into pieces; each is taken where nothing is drawn yet."""
        line, missing = self.cuts[y], self.missing[y]
        edges = line[bisect_left(line, seen.x) : bisect_left(line, seen.right) + 1]
        for start, piece in zip(edges, strip.divide([edge - seen.x for edge in edges[1:]]), strict=False):
            if start in missing:
                missing.discard(start)
                self.chops[y][start] = piece
        if not missing:
            del self.missing[y]


def _moved(before: CompositorMap, after: CompositorMap) -> Iterator[Region]:
    """The regions in which widgets came, went, or stand in another place.

    Textual also counts those whose number in the order is another because of one that came before them, and
    containers that only scroll over more: that was the whole page.
    """
    for widget in before.keys() | after.keys():
        old, new = before.get(widget), after.get(widget)
        if old is None or new is None:
            one = cast(MapGeometry, old or new)
            yield one.region.intersection(one.clip)
        elif old is not new:
            yield from _difference(widget, old, new)


def _difference(widget: Widget, old: MapGeometry, new: MapGeometry) -> Iterator[Region]:
    """The regions of a widget that look another in a new place."""
    was, now = old.region.intersection(old.clip), new.region.intersection(new.clip)
    is_resized = (old.virtual_size, old.container_size) != (new.virtual_size, new.container_size)
    if old.region == new.region and was == now and _layers(old) == _layers(new):
        if is_resized and not widget.is_container:
            yield now
    elif getattr(widget, "is_hollow", False) and (was.offset, was.width) == (now.offset, now.width):
        top = max(min(was.bottom, now.bottom) - 1, was.y)  # from the upper one of both lower edges
        yield Region(now.x, top, now.width, max(was.bottom, now.bottom) - top)
    else:
        yield was
        yield now


def _layers(place: MapGeometry) -> list[tuple[int, int]]:
    return [(layer, z) for layer, z, _ in place.order]


def _between(starts: list[int], start: int, end: int) -> list[int]:
    """Where the pieces begin that have a column from a start to an end."""
    return starts[max(bisect_right(starts, start) - 1, 0) : bisect_left(starts, end)]


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each run of rows without a gap."""
    start = 0
    for at, y in enumerate(rows, 1):
        if at == len(rows) or rows[at] != y + 1:
            yield rows[start], y
            start = at
