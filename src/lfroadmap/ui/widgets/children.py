"""Giving a widget other children while those that stay are not touched."""

from __future__ import annotations

from collections.abc import Sequence

from textual.widget import Widget


async def put_children(parent: Widget, wanted: Sequence[Widget]) -> None:
    """Give a widget these children in this order: the new ones are mounted, the others that it had removed.

    Those that go are removed last, for the page would be shorter meanwhile and scroll.
    """
    known = set(parent.children)
    mounted = []
    for at, child in enumerate(wanted):
        if child not in known:
            mounted.append(parent.mount(child, before=at if at < len(parent.children) else None))
        elif parent.children[at] is not child:
            parent.move_child(child, before=at)
    for each in mounted:
        await each
    if gone := parent.children[len(wanted) :]:
        await parent.remove_children(gone)
