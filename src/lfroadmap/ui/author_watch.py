"""The name of the person who works in this window, as the settings have it while it is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lfroadmap import machine
from lfroadmap.errors import RoadmapError
from lfroadmap.settings import Settings, config_folder, load

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session


def use_author(session: Session, settings: Settings) -> None:
    """Have what is done from now on stand under the name of the settings, or else of the account."""
    session.store.rename_author(settings.author or machine.author())


class AuthorWatch:
    """Follows the name where another program writes the settings."""

    def __init__(self, session: Callable[[], Session]) -> None:
        """`session` returns the one of the moment."""
        self._session = session
        self._seen: tuple[int, int] | None = None
        """Inode and time of the file at the last look; None before the first one."""

    def look(self) -> None:
        """Take the name, where the file is another than at the last look."""
        before, self._seen = self._seen, _stamp()
        if before in (None, self._seen):
            return
        try:
            use_author(self._session(), load(config_folder()))
        except RoadmapError:  # the settings screen and the next start say what is wrong with the file
            return


def _stamp() -> tuple[int, int]:
    try:
        status = (config_folder() / "settings.toml").stat()
    except (RoadmapError, OSError):
        return 0, 0
    return status.st_ino, status.st_mtime_ns
