"""The choices of the last export, and taking them over from the settings of earlier versions."""

from __future__ import annotations

from contextlib import suppress

from lfroadmap.errors import RoadmapError
from lfroadmap.settings import OLD_EXPORT, Settings, config_folder, save
from lfroadmap.state import ExportState
from lfroadmap.store.library.library import Library


def last_export(settings: Settings, library: Library) -> ExportState:
    """The choices of the last export; the defaults before the first."""
    return library.state.export or settings.old_export or ExportState()


def take_over(settings: Settings, library: Library) -> None:
    """Move the choices from the settings to the state, unless a later export has left some there."""
    if settings.old_export is None or library.state.export is not None:
        return
    if library.remember_export(settings.old_export):
        with suppress(RoadmapError):  # lines that stay there have no effect any more
            save(config_folder(), **dict.fromkeys(OLD_EXPORT))
