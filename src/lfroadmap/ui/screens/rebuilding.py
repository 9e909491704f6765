"""Building the panes again after a change of structure, and where the focus goes then."""

from __future__ import annotations

import asyncio

from lfroadmap.roadmap.model import Field, Roadmap
from lfroadmap.roadmap.tree import find, nearest
from lfroadmap.ui.context import NO_STAGES
from lfroadmap.ui.screens.outside import OutsideKeys
from lfroadmap.ui.widgets.pane_host import PaneHost, reveal


class Rebuilding(OutsideKeys):
    """A screen of tabs whose panes are built again where they do not fit the roadmap any more."""

    def __init__(self) -> None:
        super().__init__()
        self._built: Roadmap | None = None
        """The roadmap that the panes were built for, while they do not fit the one that is shown."""
        self._building = asyncio.Lock()

    def rebuild_soon(self, before: Roadmap) -> None:
        """Build soon what does not fit any more; `before` was shown until now."""
        if self.host.is_stale:
            self._built = self._built or before
            self.call_later(self.rebuild)

    async def rebuild(self, at: str = "") -> None:
        """Build what does not fit the roadmap any more.

        The focus goes to the node `at`; without one it stays, or goes where it is nearest.
        """
        async with self._building:
            if at or self.host.is_stale:
                await self._rebuild(at)

    async def _rebuild(self, at: str) -> None:
        from lfroadmap.ui.widgets.open_edit import open_edit  # noqa: PLC0415 - not before the first picture

        edit = open_edit(self.focused)
        before, self._built = self._built or self.host.roadmap, None
        place, tasks = self.host.place(self.focused), self.host.in_tasks(self.focused)
        near = nearest(before, self.host.roadmap, place) if place else ""
        stays = bool(near and near == place) or (not near and bool(find(self.host.roadmap, place)))
        if aim := _aim(self.host, at, before, "" if stays else near):
            if not stays:
                self.set_focus(None)  # else the field beside the one that goes would have it for a moment
            if self.host.go_within(aim):
                return
            place_to = find(self.host.roadmap, aim)
            is_field = place_to is not None and isinstance(place_to.node, Field)
            await self.go(aim, tasks=tasks and not is_field)
            return
        await self.open(self.host.tab, focus=False)
        was_closed = edit is not None and not edit.editor.is_attached
        if stays and (was_closed or self.host.place(self.focused) != place):
            await self.go(place, tasks=tasks)
            if edit is not None and was_closed and not self.has_ended:
                edit.go_on(self.focused)
        elif self.focused is None:
            self.host.focus_first()
        else:
            self.call_after_refresh(reveal, self.focused)


def _aim(host: PaneHost, at: str, before: Roadmap, near: str) -> str:
    """Id of the node that the focus goes to: `at`, or what is near to the one that went; empty for neither.

    Where a whole tab went, that is what is nearest to it.
    """
    if find(host.roadmap, at):
        return at
    if near or host.tab in NO_STAGES or find(host.roadmap, host.tab):
        return near
    return nearest(before, host.roadmap, host.tab)
