"""What the app says and does where saving does not go as it should."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lfroadmap.errors import SaveFailed
    from lfroadmap.ui.app import RoadmapApp

ENDED = "save_ended"
"""Key of the error after which nothing is saved any more."""


def failing(app: RoadmapApp, error: SaveFailed) -> None:
    """Say that the disk does not take the edits, once for each reason."""
    if app.failing is None or app.failing.key != error.key:
        app.notify(app.words.error(error), severity="error", timeout=30)
    app.failing = error
    app.show_saved()


def mended(app: RoadmapApp) -> bool:
    """Say that saving works again, where it did not; whether that is so."""
    failed, app.failing = app.failing, None
    if failed is not None:
        app.notify(app.words("saved.mended"))
    return failed is not None


def has_ended(app: RoadmapApp) -> bool:
    """Whether nothing is saved any more."""
    return app.failing is not None and app.failing.key == ENDED


def is_stuck(app: RoadmapApp) -> bool:
    """Whether nothing is saved any more; then it says so, for what only the file can do."""
    if app.failing is None or not has_ended(app):
        return False
    app.notify(app.words.error(app.failing), severity="error", timeout=30)
    return True


def outdated(app: RoadmapApp) -> None:
    """Say that something was not done because others changed the roadmap at the same moment."""
    app.clear_notifications()  # which say that it is done
    app.notify(app.words("dialog.outdated"), severity="warning", timeout=15)


def refuse(app: RoadmapApp) -> None:
    """Say why nothing can be changed, and take off the screen what was typed."""
    if app.refusing or app.failing is None:
        return
    app.refusing = True
    app.notify(app.words.error(app.failing), severity="warning", timeout=8)

    async def rebuild() -> None:
        await app.main.speak(app.main.context)
        app.show_saved()
        app.refusing = False

    app.call_later(rebuild)
