"""What changed since a day, or since a snapshot."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lfroadmap.paths import folder_for_exports
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.ui.paths import file_to_read
from lfroadmap.ui.screens.changes import ChangesScreen
from lfroadmap.usecases.points_in_time import PointsInTime, read_snapshot

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


async def changes(session: Session, shell: Shell) -> None:
    """Show what changed."""
    points = PointsInTime(
        session.library, lambda: session.name, lambda: session.roadmap, session.words, session.today(), _read
    )
    folder = folder_for_exports("", session.library.folder)
    await shell.show(ChangesScreen(points, session.settings.thresholds, folder))


def _read(path: Path) -> Roadmap:
    """The roadmap in a snapshot's file, unless reading it might never end; raises BrokenSnapshot."""
    return read_snapshot(file_to_read(path))
