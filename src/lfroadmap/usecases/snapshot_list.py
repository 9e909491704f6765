"""The marked moments of a roadmap as JSON values."""

from __future__ import annotations

from lfroadmap.store.history.change_entries import MarkedMoment


def plain_mark(mark: MarkedMoment) -> dict[str, object]:
    """A marked moment as `snapshot --json` prints it."""
    at = mark.at.isoformat("T", "seconds")
    return {"id": mark.id, "name": mark.name, "kind": mark.kind, "time": at, "author": mark.author}
